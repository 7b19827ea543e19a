"""Turning things into text."""
