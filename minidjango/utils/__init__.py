"""Small helpers, at Django's paths."""
