"""What `verify` proves: the promises of a bank, and the ways in which each answer is judged."""
