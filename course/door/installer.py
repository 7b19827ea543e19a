"""Install with pip in `.venv`, and show how far it is.

How far pip is, is read from what it says and from the `.dist-info` folders (PEP 376) that appear
as packages are installed.
"""

import os
import re
import subprocess
import sys
import time

from course.door import background, environment, pip_errors
from course.door.environment import PYTHON, RUNNING, VENV
from course.door.progress_line import ProgressLine
from course.errors import CourseError

LOG = os.path.join(VENV, "install.log")
TAIL = 12  # lines of pip's own words that are shown when it fails
INSTALLING = "Installing collected packages: "  # pip's; until it says so, nothing has changed

# Counts the requirements that hold for this system. pip brings its own copy of `packaging`, which
# can read their markers before anything else is there.
COUNT = """
import sys
from pip._vendor.packaging.requirements import Requirement
lines = [line.partition(" #")[0].strip() for name in sys.argv[1:] for line in open(name)]
pins = [Requirement(line) for line in lines if line and line[0] not in "#-"]
print(sum(pin.marker is None or pin.marker.evaluate() for pin in pins) + lines.count("-e ."))
"""


def install(requirements: str, line: ProgressLine, held: "list[int]") -> None:
    """Install one of the repository's requirements files into `.venv`.

    `held` is passed on to `background.run`. Raises CourseError with the reason if pip fails, after
    the end of what it said has been shown. Afterwards, `environment.UNFINISHED` exists if packages
    may be there in part.
    """
    progress = Progress(line, count(requirements))
    command = [PYTHON, "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    command += ["--disable-pip-version-check", "-r", requirements]
    for path in (LOG, environment.UNFINISHED):
        with open(path, "wb"):
            pass  # an empty file
    status = background.run(command, LOG, held, progress.look)
    words = environment.read(LOG)
    if status == 0 or INSTALLING not in words:
        os.remove(environment.UNFINISHED)
    if status != 0:
        line.close()
        sys.stderr.write("\n".join(["", *words.splitlines()[-TAIL:], "", ""]))
        raise CourseError(
            f"The installation stopped: {pip_errors.reason(words)}, and run the command again. "
            f"(All that pip said: {LOG})"
        )


def count(requirements: str) -> int:
    """Return how many packages a requirements file of ours asks for on this system."""
    files = sorted({RUNNING, requirements})
    answer = subprocess.run(
        [PYTHON, "-c", COUNT, *files],
        cwd=environment.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        return int(answer.stdout)
    except ValueError:
        said = answer.stdout.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise CourseError(f"{' and '.join(files)} cannot be read: {said}; restore them.") from None


class Progress:
    """What pip is at, looked up while it runs."""

    def __init__(self, line: ProgressLine, total: int) -> None:
        self.line = line
        self.total = total
        self.began = time.time()

    def look(self) -> None:
        """Show how far pip is."""
        words = environment.read(LOG)
        names = re.search(f"^{INSTALLING}(.*)$", words, re.MULTILINE)
        if names:
            packages = names.group(1).split(", ")
            done = min(self.installed(), len(packages) - 1)
            phase = f"Installing {len(packages)} packages: "
            self.line.show(phase, f"{done}/{len(packages)} {packages[done]}")
            return
        seen = re.findall(
            r"^(?:Collecting|Requirement already satisfied:|Obtaining) ([^\s=<>;(\[]+)", words, re.M
        )
        phase = f"Fetching {self.total} packages: "
        last = words.rstrip().rpartition("\n")[2]
        if "Retrying" in last:
            self.line.show(phase, "the network does not answer, trying again")
        elif seen:
            self.line.show(phase, f"{min(len(set(seen)), self.total)}/{self.total} {seen[-1]}")
        else:
            self.line.show(phase)

    def installed(self) -> int:
        """Return how many packages are there that were not when this began."""
        fresh = 0
        for folder in site_packages():
            for entry in os.scandir(folder):
                if entry.name.endswith(".dist-info") and entry.stat().st_mtime >= self.began:
                    fresh += 1
        return fresh


def site_packages() -> "list[str]":
    """Return the folders of `.venv` that packages are installed into."""
    if environment.WINDOWS:
        return [os.path.join(VENV, "Lib", "site-packages")]
    library = os.path.join(VENV, "lib")
    return [os.path.join(library, name, "site-packages") for name in os.listdir(library)]
