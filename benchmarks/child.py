"""One framework in a process of its own: ``python -m benchmarks.child NAME``.

It makes the site, then reads ``LAYERS REQUESTS`` from each line of its input and writes the CPU
seconds that so many requests through so many layers took.
"""

import sys
from functools import cache
from importlib import import_module
from io import BytesIO
from time import process_time
from typing import Any

ENVIRON = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "QUERY_STRING": "",
    "CONTENT_TYPE": "",
    "CONTENT_LENGTH": "",
    "REMOTE_ADDR": "127.0.0.1",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "8000",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "SERVER_SOFTWARE": "benchmark",
    "HTTP_HOST": "localhost:8000",
    "HTTP_ACCEPT": "text/html",
    "HTTP_USER_AGENT": "benchmark",
    "wsgi.errors": sys.stderr,
    "wsgi.multiprocess": False,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0),
}
REQUESTS = [{**ENVIRON, "PATH_INFO": f"/greet/{number}/"} for number in range(100)]


def start_response(status: str, headers: Any, exc_info: Any = None) -> None:
    """Take what a server is told; a site that does not answer 200 is not measured."""
    if status != "200 OK":
        raise SystemExit(f"benchmarks: the answer was {status}")


def answer(application: Any, request: dict[str, Any]) -> bytes:
    """Ask as a server does, with an ``environ`` that nobody has seen; return the body."""
    parts = application({**request, "wsgi.input": BytesIO()}, start_response)
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    return body


def seconds(application: Any, requests: int) -> float:
    """Return the CPU time that a number of requests, in full hundreds, takes."""
    start = process_time()
    for _ in range(requests // len(REQUESTS)):
        for request in REQUESTS:
            answer(application, request)
    return process_time() - start


def main(framework: str) -> None:
    """Obey the lines that come in."""
    site = import_module(f"benchmarks.sites.{framework}")
    application = cache(site.application)
    for line in sys.stdin:
        layers, requests = map(int, line.split())
        if answer(application(layers), REQUESTS[7]) != b"Hello, 7!":
            raise SystemExit(f"benchmarks: {framework} does not greet")
        print(seconds(application(layers), requests), flush=True)  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    main(sys.argv[1])
