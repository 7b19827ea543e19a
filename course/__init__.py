"""The course: its lessons, what builds and proves them, and the front door `python3 -m course`.

    cli          the verbs: each is a module of this package with `add_arguments` and `run`
    door         from any system Python into `.venv`
    lab, check, hint, progress, reset, submit
                 a student's verbs; `student` holds what is theirs
    demo, handout
                 an instructor's verbs; `instructor` makes the class, and the edition for students
    new, build   an author's verbs: `source` reads a lesson, `compiler` makes notebooks of it
    verify       an author's verb: `proof` holds what a bank promises, and who judges it
    testing      `course test`
    lessons      the lessons themselves

This module imports nothing: any Python that finds it, however old, must get as far as
`course.__main__`.
"""

__version__ = "0.1.0"
