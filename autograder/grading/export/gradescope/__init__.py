"""An autograder that Gradescope can run: the zip that is uploaded, and what then runs there.

The rooms:

    bundle      the zip: this project, a lesson's master, and the two scripts beside this file
    masters     the master notebooks, and their checks without the hidden parts
    running     in Gradescope's container: a submission found, judged, its results written
    results     verdicts as Gradescope's results.json
    lateness    how late a submission is, by Gradescope's own word
    hosts       where a student's code runs: in the sandbox, else as a user without rights
    demoted     the process that gives its rights away before any of that code runs
"""
