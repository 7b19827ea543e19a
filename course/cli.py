"""The verbs of `python3 -m course`: what each is for, and who does it.

The front door imports this module in the reader's system Python, before `.venv` exists, so it
needs the standard library alone. A verb is the module `course.<verb>`, imported when it is asked
for; it has `add_arguments(parser)` and `run(arguments) -> int`, the exit status.
"""

import importlib
import os
import sys

from course import __version__
from course.door import environment
from course.errors import CourseError

COMMAND = "py -m course" if os.name == "nt" else "python3 -m course"

VERBS = {
    "lab": "open the lessons in JupyterLab and learn",
    "check": "check your answers from the terminal, without a browser",
    "hint": "read the next hint for an exercise",
    "progress": "see how far you are",
    "reset": "begin a lesson afresh; what you had is kept",
    "submit": "hand a lesson in: write it as one file",
    "demo": "watch a whole class being graded by nbgrader (for instructors)",
    "handout": "make the edition that students get, without the answers (for instructors)",
    "new": "begin a lesson of your own (for authors)",
    "build": "build the notebooks from the lesson files (for authors)",
    "verify": "prove that right answers pass and wrong ones fail, by name (for authors)",
    "test": "run everything that must hold before a change is shared",
}

# `course.test` would read as a test module, and pytest would collect it.
MODULES = {"test": "course.testing"}

HELP = """\
Inside the Onion: a course on Django middleware that you run.

  {command} VERB [ARGUMENTS]

{verbs}

New here? Type

  {command} lab

The first time, this makes a folder .venv with all that the course needs: a minute or so,
with a network. After that it starts at once. Your own answers live in the folder work.

{command} VERB --help says more about one of them.
"""


def module_of(verb: str) -> str:
    """Return the name of the module that does what a verb says."""
    return MODULES.get(verb, f"course.{verb}")


def offered() -> "list[str]":
    """Return the verbs whose modules are here: the edition that students get has not all."""
    here = os.path.dirname(os.path.abspath(__file__))
    names = {verb: module_of(verb).partition(".")[2] for verb in VERBS}
    return [verb for verb in VERBS if os.path.exists(os.path.join(here, names[verb] + ".py"))]


def help_text() -> str:
    """Return what `python3 -m course --help` shows."""
    verbs = "\n".join(f"  {verb:<10}{VERBS[verb]}" for verb in offered())
    return HELP.format(command=COMMAND, verbs=verbs)


def requirements_of(verb: str) -> str:
    """Return the name of the requirements file that a verb needs installed."""
    return environment.TESTING if verb == "test" else environment.RUNNING


def unknown(verb: str) -> str:
    """Say that there is no such verb here, and which one was probably meant."""
    import difflib

    there = f"the verbs are {', '.join(offered())}."
    if verb in VERBS:
        return f'There is no verb "{verb}" in the edition for students: {there}'
    near = difflib.get_close_matches(verb, offered(), n=1, cutoff=0.5)
    mend = f'did you mean "{COMMAND} {near[0]}"?' if near else there
    return f'There is no verb "{verb}": {mend}'


def answer_at_once(argv: "list[str]") -> "int | None":
    """Answer a command line that needs no environment; return its exit status, or None.

    Help, the version and a verb that does not exist are answered here. A verb's own help is too
    if its module can be imported outside `.venv`.
    """
    if not argv or argv[0] in ("-h", "--help", "help"):
        sys.stdout.write(help_text())
        return 0
    if argv[0] in ("-V", "--version"):
        sys.stdout.write(f"Inside the Onion {__version__}\n")
        return 0
    if argv[0] not in offered():
        sys.stderr.write(unknown(argv[0]) + "\n")
        return 2
    if asks_for_help(argv) and not environment.is_ready(requirements_of(argv[0])):
        try:
            return run_verb(argv)
        except ModuleNotFoundError:
            return None
    return None


def asks_for_help(argv: "list[str]") -> bool:
    """Tell whether a verb is asked for its help; what follows `--` is not meant for the verb."""
    own = argv[: argv.index("--")] if "--" in argv else argv
    return "-h" in own or "--help" in own


def run_verb(argv: "list[str]") -> int:
    """Parse a verb's arguments, run it, and return its exit status.

    Raises SystemExit(2) for a wrong command line, as argparse does, and what the verb raises.
    """
    import argparse

    verb = argv[0]
    module = importlib.import_module(module_of(verb))
    summary = VERBS[verb][0].upper() + VERBS[verb][1:] + "."
    parser = argparse.ArgumentParser(
        prog=f"{COMMAND} {verb}",
        description=summary,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    status: int = module.run(parser.parse_args(argv[1:]))
    return status


def main(argv: "list[str]") -> int:
    """Run the verb in this Python, which has all that it needs; return the exit status."""
    status = answer_at_once(argv)
    if status is not None:
        return status
    try:
        return run_verb(argv)
    except CourseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
