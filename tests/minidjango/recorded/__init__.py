"""Cases recorded on real Django: what they are, see the README here."""
