"""Where the course's own environment is, whether it is up to date, and how to go on inside it.

This runs at every start, in whatever Python the reader has: a few small files are read and
nothing is imported that the interpreter has not already loaded.
"""

import os
import sys

OLDEST = (3, 11)  # the Pythons that the course runs on: `requires-python` in pyproject.toml
NEWEST = (3, 13)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
SCRIPTS = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(SCRIPTS, "python.exe" if WINDOWS else "python")
UNFINISHED = os.path.join(VENV, "unfinished")

RUNNING = "requirements.txt"
TESTING = "requirements-dev.txt"


def read(path: str) -> str:
    """Return a text file's contents, or "" if there is no such file."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def base_interpreter() -> str:
    """Return the file that really runs when `.venv`'s python is started, or "" if it is gone.

    `.venv/bin/python` is a link to it; on Windows it is a starter that reads `home` in
    `pyvenv.cfg` (PEP 405).
    """
    if not WINDOWS:
        return os.path.realpath(PYTHON) if os.path.exists(PYTHON) else ""
    for line in read(os.path.join(VENV, "pyvenv.cfg")).splitlines():
        key, _, value = line.partition("=")
        if key.strip() == "home":
            base = os.path.join(value.strip(), "python.exe")
            return base if os.path.exists(base) and os.path.exists(PYTHON) else ""
    return ""


def stamp_file(requirements: str) -> str:
    """Return the path of the stamp that a finished installation of a requirements file leaves."""
    return os.path.join(VENV, f"installed-{requirements}")


def stamp(requirements: str) -> str:
    """Return all that an installation depends on, as the text of its stamp.

    The place is in it because an environment cannot be moved, and the interpreter's because a
    system upgrade can change what is behind the link.
    """
    parts = [ROOT, base_interpreter(), read(os.path.join(ROOT, RUNNING))]
    if requirements != RUNNING:
        parts.append(read(os.path.join(ROOT, requirements)))
    return "\n".join([*parts, read(os.path.join(ROOT, "pyproject.toml"))])


def is_ready(requirements: str) -> bool:
    """Tell whether `.venv` holds what the named requirements file says now."""
    return read(stamp_file(requirements)) == stamp(requirements) and bool(base_interpreter())


def variables() -> "dict[str, str]":
    """Return the environment variables of a process inside `.venv`, as `activate` would set them.

    The scripts directory comes first on PATH: nbgrader starts `alembic` by its name.
    """
    changed = dict(os.environ, VIRTUAL_ENV=VENV)
    changed.pop("PYTHONHOME", None)
    path = changed.get("PATH", os.defpath).split(os.pathsep)
    changed["PATH"] = os.pathsep.join([SCRIPTS, *(entry for entry in path if entry != SCRIPTS)])
    return changed


def go_on_inside(argv: "list[str]") -> int:
    """Run `course.cli` with the same arguments in `.venv`'s Python; return its exit status.

    Where the system can, this process becomes that one and the call does not return.
    """
    command = [PYTHON, "-m", "course.cli", *argv]
    sys.stdout.flush()
    sys.stderr.flush()
    if not WINDOWS:
        os.execve(PYTHON, command, variables())
    # Windows' own exec returns to the shell at once, so here the parent stays and waits.
    import subprocess

    with subprocess.Popen(command, env=variables()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # the child has the Ctrl-C too, and says what becomes of it
