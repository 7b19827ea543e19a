"""Where cached values are kept, one place to a file."""
