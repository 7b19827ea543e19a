"""`course lab`: the student's copies of the lessons, brought up to date and opened in JupyterLab.

They are `work/`, and the one that opens is the first that is not finished.
"""

import argparse
import errno
import os
import secrets
import signal
import socket
import sys
from pathlib import Path
from urllib.parse import quote

from course.door.environment import ROOT
from course.errors import CourseError
from course.student import progress, work

RELEASED = Path(ROOT, "notebooks")
WORK = Path(ROOT, "work")
HOST = "127.0.0.1"
PORT = 8888  # Jupyter's usual one; if it is taken and nobody asked for it, the next free one


# JupyterLab would ask, over the first lesson, whether it may fetch news from elsewhere.
NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}\n'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `lab` understands."""
    parser.add_argument(
        "lesson", nargs="?", help="the lesson to open, as 06 (the first unfinished one)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--port", type=port, help=f"the port to serve on ({PORT}, or the next)")


def port(text: str) -> int:
    """Read a port number; raise argparse.ArgumentTypeError if it is not one."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f'"{text}" is no port; take a number from 1 to 65535')


def run(arguments: argparse.Namespace) -> int:
    """Bring `work/` up to date and serve it until Ctrl-C; return 0.

    Raises CourseError if there is no such lesson, if the port is taken, or if `work/` cannot be
    written.
    """
    if arguments.port is not None:
        check_port(arguments.port)
    lesson = choose(arguments.lesson)
    try:
        for sentence in work.refresh(RELEASED, WORK):
            say(sentence)
        configure()
    except OSError as error:
        raise CourseError(
            f"{error.filename}: {error.strerror}; the folder work/ must be yours to write."
        ) from error
    serve(lesson or first_unfinished(), arguments.port, browser=not arguments.no_browser)
    return 0


def say(sentence: str) -> None:
    """Tell the student something, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def choose(wanted: str | None) -> str | None:
    """Return the name of the lesson that was asked for: its number, its name or the start of it."""
    names = work.lessons(RELEASED)
    if not names:
        raise CourseError(
            f"There are no lessons in {RELEASED}: restore it with: git checkout notebooks"
        )
    if wanted is None:
        return None
    number = wanted.zfill(2) + "_" if wanted.isdigit() else wanted.rstrip("/")
    for name in names:
        if name.startswith(number):
            return name
    raise CourseError(f'There is no lesson "{wanted}": the lessons are {", ".join(names)}.')


def first_unfinished() -> str:
    """Return the first lesson that is not finished, or the first one if all are."""
    names = work.lessons(RELEASED)
    for name in names:
        if not progress.is_finished(WORK, RELEASED / name / f"{name}.ipynb"):
            return name
    return names[0]


def check_port(number: int) -> None:
    """Raise CourseError, with the mend, if a port of this machine cannot be had."""
    with socket.socket() as probe:
        if os.name == "posix":
            # As the server does: a port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            denied = error.errno in (errno.EACCES, errno.EPERM)
            reason = "may not be used" if denied else "is taken by another program"
            raise CourseError(
                f"Port {number} {reason}: "
                "choose another, or leave --port out and a free one is found."
            ) from error


def configure() -> None:
    """Point Jupyter at this course's settings and Python, whatever the student's own say.

    Jupyter reads these variables when it is imported (jupyter_core.paths).
    """
    settings = WORK / ".jupyter"
    settings.mkdir(parents=True, exist_ok=True)
    kernels = os.path.join(sys.prefix, "share", "jupyter")
    os.environ["JUPYTER_CONFIG_DIR"] = str(settings)
    quiet = settings / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    if not quiet.exists():  # from then on it is the student's
        quiet.mkdir(parents=True)
        (quiet / "notification.jupyterlab-settings").write_text(NO_NEWS, encoding="utf-8")
    # nbgrader's extensions look for nbgrader_config.py where Jupyter's settings are.
    os.environ["JUPYTER_CONFIG_PATH"] = ROOT
    # First of all places: the kernel "python3" is this Python and no other.
    others = [path for path in [os.environ.get("JUPYTER_PATH")] if path]
    os.environ["JUPYTER_PATH"] = os.pathsep.join([kernels, *others])


def serve(lesson: str, number: int | None, *, browser: bool) -> None:
    """Serve `work/` in JupyterLab, opened at a lesson, until Ctrl-C.

    Raises CourseError if no port is free.
    """
    from jupyterlab.labapp import LabApp

    token = secrets.token_hex(24)
    page = f"/lab/tree/{quote(lesson)}/{quote(lesson)}.ipynb"
    server = LabApp.initialize_server(
        argv=[
            f"--ServerApp.root_dir={WORK}",
            f"--ServerApp.ip={HOST}",
            f"--ServerApp.port={number or PORT}",
            f"--ServerApp.port_retries={0 if number else 50}",
            f"--ServerApp.open_browser={browser}",
            f"--IdentityProvider.token={token}",
            f"--LabApp.default_url={page}",
            "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--ServerApp.allow_root=True",  # in a container everybody is root
            "--Application.log_level=ERROR",
        ]
    )
    address = f"http://{HOST}:{server.port}{page}?token={token}"
    # The server listens once its loop runs; what is added now comes after that.
    server.io_loop.add_callback(say, f"{lesson} is open at {address}\nCtrl-C here stops it.")
    # Jupyter's own handler asks whether one means it, and is not there without a terminal.
    signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
    server.start()
