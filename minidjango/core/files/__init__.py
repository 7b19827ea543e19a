"""Files that came with a request."""
