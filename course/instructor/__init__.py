"""What an instructor's verbs are made of: a class of pretend students, an edition for real ones."""
