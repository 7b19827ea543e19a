"""Of Django's documentation generator only the layer that names views."""
