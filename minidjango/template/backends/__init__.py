"""The two engines: thin, as Django's wrappers of the same two are."""
