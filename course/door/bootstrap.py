"""Make `.venv` and keep it up to date, one run at a time, so that an interrupted run does no harm.

An environment is whole once `activate`, the last file that `python -m venv` writes, is there. An
installation is whole once its stamp is there; `unfinished` marks one that may have left packages
in part, and then `.venv` is made afresh.
"""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys

from course.door import background, environment, installer
from course.door.environment import NEWEST, OLDEST, PYTHON, ROOT, VENV
from course.door.lock import Lock
from course.door.progress_line import ProgressLine
from course.errors import CourseError

ACTIVATE = os.path.join(environment.SCRIPTS, "activate")


def prepare(requirements: str) -> int:
    """Bring `.venv` up to a requirements file; return 0, or else the exit status.

    What went wrong has then been said on standard error, in a sentence with its mend.
    """
    line = ProgressLine()
    try:
        with Lock(line) as lock:
            if not environment.is_ready(requirements):  # another run may have done it meanwhile
                bring_up_to_date(requirements, line, lock.held)
    except CourseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        line.close()
        sys.stderr.write(f"{refusal(error)}\n")
        return 1
    except KeyboardInterrupt:
        line.close()
        sys.stderr.write("Stopped; nothing is lost, the same command goes on from here.\n")
        return 130
    return 0


def bring_up_to_date(requirements: str, line: ProgressLine, held: "list[int]") -> None:
    """Make `.venv` if it is not whole, install into it, and leave the stamps."""
    fault = damage()
    if fault is not None:
        if fault:
            sys.stderr.write(f"{fault}: making it afresh.\n")
        make(line, held)
    for name in {environment.RUNNING, requirements}:
        remove(environment.stamp_file(name))
    installer.install(requirements, line, held)
    for name in {environment.RUNNING, requirements}:
        write(environment.stamp_file(name), environment.stamp(name))
    line.close("Everything is installed")


def damage() -> "str | None":
    """Return what is wrong with `.venv`, "" if there is none yet, None if it is whole."""
    if not os.path.lexists(VENV):
        return ""
    activate = environment.read(ACTIVATE)
    if not activate or os.path.exists(environment.UNFINISHED):
        return ".venv was left half-made"
    if not environment.base_interpreter():
        return "The Python that .venv was made with is gone"
    if VENV not in activate:
        return ".venv has been moved here from another folder"
    fits = f"{OLDEST} <= sys.version_info[:2] <= {NEWEST} and sys.prefix != sys.base_prefix"
    question = f"import sys, pip; sys.exit(not ({fits}))"
    silent = subprocess.DEVNULL
    try:
        status = subprocess.call([PYTHON, "-c", question], stdout=silent, stderr=silent)
    except OSError:
        return ".venv was made for another system"
    return None if status == 0 else ".venv was made by another Python, which does not fit"


def make(line: ProgressLine, held: "list[int]") -> None:
    """Make `.venv` afresh with the Python that runs this (PEP 405)."""
    if importlib.util.find_spec("ensurepip") is None:
        raise CourseError(f"This Python ({sys.executable}) comes without ensurepip; {package()}.")
    line.show("Making .venv")
    remove(ACTIVATE)  # first, so that one removed in part does not pass for whole
    remove(VENV)
    os.mkdir(VENV)
    # The base interpreter, so that no other environment that is active now has to outlive this.
    command = [getattr(sys, "_base_executable", sys.executable), "-m", "venv", VENV]
    if background.run(command, installer.LOG, held, lambda: line.show("Making .venv")) != 0:
        line.close()
        said = environment.read(installer.LOG).strip()
        sys.stderr.write(f"\n{said}\n\n")
        raise CourseError(
            f"Python ({sys.executable}) could not make {VENV}: its words are above; "
            "mend that, and run the command again."
        )


def package() -> str:
    """Say how ensurepip is installed, as far as this system lets us know."""
    version = "{}.{}".format(*sys.version_info)
    if shutil.which("apt"):
        return f"install it with: sudo apt install python{version}-venv"
    return f"install your system's package for venv and pip of Python {version}"


def refusal(error: OSError) -> str:
    """Say in a sentence what the operating system refused, and the mend."""
    if error.errno == errno.ENOSPC:
        return f"The disk is full ({error.filename or ROOT}): free about 500 MB and try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"This folder may not be written ({error.filename or ROOT}): "
            "copy the repository to one that belongs to you."
        )
    return f"{error.strerror or error} ({error.filename or ROOT}): mend that and try again."


def remove(path: str) -> None:
    """Remove a file, a link or a folder with all that is in it, if it is there."""
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


def write(path: str, text: str) -> None:
    """Write a text file whole or not at all."""
    aside = path + ".new"
    with open(aside, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.replace(aside, path)
