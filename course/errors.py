"""What goes wrong in a way that the person at the keyboard can mend."""


class CourseError(Exception):
    """One sentence that names the culprit and the mend.

    Whoever runs a verb prints it without a traceback and exits with status 1.
    """
