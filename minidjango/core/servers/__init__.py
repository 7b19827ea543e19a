"""Serving a site on the machine on which it is made."""
