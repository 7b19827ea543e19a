"""Ratios of one run."""
