"""What is the student's: their copies of the lessons, and how far they are."""
