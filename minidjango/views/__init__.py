"""Views that come with the framework: the pages of errors."""
