"""Reading one lesson file: what an author may write, and what each cell of it says."""
