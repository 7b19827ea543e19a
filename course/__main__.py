"""The front door, `python3 -m course VERB`: from any system Python into the project's environment.

Whatever is imported before `.venv` is entered uses the standard library alone and parses on
Python 3.6, so that an old Python gets a sentence and not a SyntaxError.
"""

import os
import sys

from course.door.environment import NEWEST, OLDEST


def unsuitable(version: "tuple[int, ...]", alternative: "str | None" = None) -> "str | None":
    """Say why a Python cannot run the course, or return None if it can.

    `version` is the beginning of a `sys.version_info`; `alternative` is a command that starts a
    Python which can.
    """
    found = tuple(version[:2])
    if OLDEST <= found <= NEWEST:
        return None
    fault = "too old" if found < OLDEST else "newer than what the course has been tried with"
    supported = "the course runs on {}.{} to {}.{}".format(*(OLDEST + NEWEST))
    if alternative:
        mend = f"use another that is on this machine: {alternative} -m course"
    else:
        newest = "{}.{}".format(*NEWEST)
        mend = f"get Python {newest} from https://www.python.org/downloads/ and start it with that"
    return f"Python {found[0]}.{found[1]} is {fault} ({supported}); {mend}"


def suitable_python() -> "str | None":
    """Return a command on PATH that starts a Python the course runs on, newest first, or None."""
    import shutil
    import subprocess

    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        if shutil.which(command[0]) is None:
            continue
        # A name on PATH may be a pyenv shim with nothing behind it: it has to answer.
        question = f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"
        silent = subprocess.DEVNULL
        if subprocess.call([*command, "-c", question], stdout=silent, stderr=silent) == 0:
            return " ".join(command)
    return None


def main(argv: "list[str]") -> int:
    """Answer at once what needs no environment; go on inside `.venv` with the rest.

    Returns the exit status: the verb's own, 1 for what the reader can mend, 2 for a wrong
    command line, 130 after Ctrl-C.
    """
    if unsuitable(sys.version_info[:2]):
        sys.stderr.write(f"{unsuitable(sys.version_info[:2], suitable_python())}\n")
        return 1
    from course import cli
    from course.door import environment

    status = cli.answer_at_once(argv)
    if status is not None:
        return status
    requirements = cli.requirements_of(argv[0])
    if not environment.is_ready(requirements):
        from course.door import bootstrap

        status = bootstrap.prepare(requirements)
        if status != 0:
            return status
    return environment.go_on_inside(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
