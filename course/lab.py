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
from course.student import advice, work
from course.student.desk import Desk
from course.student.notebook_file import NotebookError

HOST = "127.0.0.1"
PORT = 8888  # Jupyter's usual one; if it is taken and nobody asked for it, the next free one


# JupyterLab would ask, over the first lesson, whether it may fetch news from elsewhere.
NO_NEWS = '{"fetchNews": "false", "checkForUpdates": false}\n'
# An answer is lost with its browser tab until it is saved, which JupyterLab does every two minutes.
SAVE_SOON = '{"autosaveInterval": 10}\n'
SETTINGS = {
    "apputils-extension/notification": NO_NEWS,
    "docmanager-extension/plugin": SAVE_SOON,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `lab` understands."""
    parser.add_argument(
        "lesson",
        nargs="?",
        metavar="LESSON",
        help="a lesson's number, its name or the start of it (if none: the first unfinished one)",
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

    Raises CourseError if there is no such lesson, if its notebook is broken, if the port is taken,
    or if `work/` cannot be written.
    """
    desk = Desk.of_the_course()
    if arguments.port is not None:
        check_port(arguments.port)
    lesson = desk.named(arguments.lesson) if arguments.lesson else None
    if lesson and desk.mine(lesson).exists():
        work.read_own(desk, desk.mine(lesson).relative_to(desk.work))
    try:
        for sentence in work.refresh(desk):
            say(sentence)
        opened = lesson or first_unfinished(desk)
        configure(desk.work)
    except OSError as error:
        raise CourseError(
            f"{error.filename}: {error.strerror}; the folder work/ must be yours to write."
        ) from error
    serve(desk, opened, arguments.port, not arguments.no_browser)
    return 0


def say(sentence: str) -> None:
    """Tell the student something, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def first_unfinished(desk: Desk) -> str:
    """Return the first lesson that is not finished, or the first of all if all are, and say so.

    One whose notebook is broken is passed over: what is wrong with it has been said. Raises
    CourseError if all are broken.
    """
    whole = [lesson for lesson in desk.lessons() if not is_broken(desk, lesson)]
    for lesson in whole:
        if not advice.finished(desk, lesson):
            return lesson
    if not whole:
        raise CourseError("There is no lesson that could be opened: mend one as it says above.")
    say("All lessons are finished. The first one opens, to look at again.")
    return whole[0]


def is_broken(desk: Desk, lesson: str) -> bool:
    """Tell whether a student's copy is not a notebook any more."""
    try:
        work.read_own(desk, desk.mine(lesson).relative_to(desk.work))
    except NotebookError:
        return True
    return False


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


def configure(folder: Path) -> None:
    """Point Jupyter at this course's settings and Python, whatever the student's own say.

    `folder` is `work/`, where the settings are kept. Jupyter reads these variables when it is
    imported (jupyter_core.paths).
    """
    settings = folder / ".jupyter"
    settings.mkdir(parents=True, exist_ok=True)
    kernels = os.path.join(sys.prefix, "share", "jupyter")
    os.environ["JUPYTER_CONFIG_DIR"] = str(settings)
    for name, content in SETTINGS.items():
        file = settings / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        if not file.exists():  # from then on it is the student's
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
    # nbgrader's extensions look for nbgrader_config.py where Jupyter's settings are.
    os.environ["JUPYTER_CONFIG_PATH"] = ROOT
    # First of all places: the kernel "python3" is this Python and no other.
    others = [path for path in [os.environ.get("JUPYTER_PATH")] if path]
    os.environ["JUPYTER_PATH"] = os.pathsep.join([kernels, *others])


def serve(desk: Desk, lesson: str, number: int | None, browser: bool) -> None:
    """Serve `work/` in JupyterLab, opened at a lesson, until Ctrl-C.

    Raises CourseError if no port is free.
    """
    import zmq
    from jupyterlab.labapp import LabApp

    token = secrets.token_hex(24)
    page = f"/lab/tree/{quote(lesson)}/{quote(lesson)}.ipynb"
    server = LabApp.initialize_server(
        argv=[
            f"--ServerApp.root_dir={desk.work}",
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
            # Else every kernel warns, in this terminal, that others on the machine could listen.
            f"--KernelManager.transport_encryption={'auto' if zmq.has('curve') else 'disabled'}",
        ]
    )
    address = f"http://{HOST}:{server.port}{page}?token={token}"
    # The server listens once its loop runs; what is added now comes after that.
    server.io_loop.add_callback(say, f"{lesson} is open at {address}\nCtrl-C here stops it.")
    # Jupyter's own handler asks whether one means it, and is not there without a terminal.
    signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
    server.start()
