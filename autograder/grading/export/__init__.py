"""Marks on their way out, in the formats that schools' systems read.

The rooms:

    table       nbgrader's own columns, correctly quoted
    sheet       a CSV file of somebody else's, filled in and otherwise left byte for byte
    matching    which row of such a file is whose
    filling     the marks put into its rows
    canvas      a gradebook downloaded from Canvas
    moodle      a grading worksheet downloaded from Moodle; `comments` for it
    junit       JUnit XML, a test suite a submission
    gradescope  an autograder that Gradescope can run
    command     the command line
"""
