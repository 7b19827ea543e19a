"""The batteries that Django calls contributed, at its paths."""
