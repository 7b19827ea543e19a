"""What a view may be wrapped in: a layer for this view alone."""
