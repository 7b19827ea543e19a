"""Submissions that want something else than marks for their work, and what they get."""
