"""``python -m minidjango runserver``: a site on this machine, for who is making it.

Django's command of that name, but for system checks and reloading; and on waitress, which is made
for sites in earnest too.
"""

import argparse
import errno
import importlib
import os
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import minidjango
from minidjango.conf import ENVIRONMENT_VARIABLE, settings
from minidjango.core.servers.basehttp import get_internal_wsgi_application
from minidjango.core.servers.logged import logged

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

ADDRPORT = re.compile(r"(?:(\[[a-fA-F0-9:]+\]|[a-zA-Z0-9.-]+):)?([0-9]+)")
NOT_OURS = (os.path.dirname(minidjango.__file__), os.path.dirname(importlib.__file__), "<frozen")
REFUSED = {
    errno.EACCES: "You don't have permission to access that port.",
    errno.EADDRINUSE: "That port is already in use.",
    errno.EADDRNOTAVAIL: "That IP address can't be assigned to.",
}


class CannotServe(Exception):
    """What is wrong, in a sentence for who typed the command."""


def main(argv: Sequence[str] | None = None) -> int:
    """Obey the command line and return the exit status: 0, or 1 when there is nothing to serve.

    Raises SystemExit(2) for a wrong command line.
    """
    parser = argparse.ArgumentParser(prog="python -m minidjango", allow_abbrev=False)
    verbs = parser.add_subparsers(metavar="COMMAND", required=True)
    verb = verbs.add_parser(
        "runserver",
        help="serve a site on this machine",
        description="Serve a site on this machine, for developing it. Control-C ends it.",
    )
    verb.add_argument(
        "settings", metavar="SETTINGS", help="its settings, as Python imports them: mysite.settings"
    )
    verb.add_argument(
        "addrport",
        nargs="?",
        metavar="ADDRPORT",
        type=address,
        default="127.0.0.1:8000",
        help="a port, or address:port (%(default)s); 0.0.0.0:8000 is open to other machines too",
    )
    arguments = parser.parse_args(argv)
    try:
        serve(load(arguments.settings), *arguments.addrport)
    except CannotServe as problem:
        print(f"Error: {problem}", file=sys.stderr)  # noqa: T201 - a command's own words
        return 1
    return 0


def address(text: str) -> tuple[str, int]:
    """Split ``port`` or ``address:port``; ArgumentTypeError for anything else."""
    if not (match := ADDRPORT.fullmatch(text)):
        message = f'"{text}" is not a valid port number or address:port pair.'
        raise argparse.ArgumentTypeError(message)
    host, port = match.groups(default="127.0.0.1")
    return host, int(port)


def load(name: str) -> "WSGIApplication":
    """Return the application of a settings module; CannotServe says why there is none."""
    sys.path.insert(0, os.getcwd())
    os.environ[ENVIRONMENT_VARIABLE] = name
    try:
        importlib.import_module(name)
        if not settings.DEBUG and not settings.ALLOWED_HOSTS:
            raise CannotServe("You must set settings.ALLOWED_HOSTS if DEBUG is False.")
        application: WSGIApplication = get_internal_wsgi_application()
        return application
    except CannotServe:
        raise
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and f"{name}.".startswith(f"{error.name}."):
            example = 'it is named as Python imports it, such as "mysite.settings"'
            raise CannotServe(f'There is no settings module "{name}" here; {example}.') from error
        raise CannotServe(f'"{name}" cannot be served: {in_a_line(error)}') from error


def in_a_line(error: Exception) -> str:
    """Return class and words of an error, and the line of the site's own code that led to it."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(NOT_OURS)]
    place = f" ({own[-1].filename}, line {own[-1].lineno})" if own else ""
    return f"{type(error).__name__}: {error}{place}"


def serve(application: "WSGIApplication", host: str, port: int) -> None:
    """Serve until Control-C or SIGTERM; CannotServe when the address cannot be had."""
    from waitress import create_server  # here, so that whoever has another server needs no waitress

    try:
        # Whether proxies are trusted is for settings to say, as on every other server.
        server = create_server(
            logged(application),
            host=host.strip("[]"),
            port=port,
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        raise CannotServe(REFUSED.get(error.errno or 0, str(error))) from error
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    quit_command = "CTRL-BREAK" if sys.platform == "win32" else "CONTROL-C"
    print(  # noqa: T201 - a command's own words
        f"{datetime.now():%B %d, %Y - %X}\n"
        f"minidjango version {minidjango.get_version()}, "
        f"using settings {settings.SETTINGS_MODULE!r}\n"
        f"Starting development server at http://{host}:{server.effective_port}/\n"
        f"Quit the server with {quit_command}.",
        flush=True,
    )
    server.run()  # which Control-C and SystemExit end, when what is being answered has been
    server.close()
