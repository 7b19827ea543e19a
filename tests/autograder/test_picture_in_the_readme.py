"""The picture in the README is of a real run, drawn by the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder import onion, picture
from autograder.hosts import LocalHost
from autograder.session import Session, using
from minidjango.http import HttpResponse, HttpResponseForbidden

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "onion.svg"
DRAW = "PYTHONPATH=. python -m tests.autograder.test_picture_in_the_readme"

GetResponse = Callable[[Any], Any]


class RequestId:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        return self.get_response(request)


class Timing(RequestId):
    pass


class Sessions(RequestId):
    pass


class BlockList(RequestId):
    def __call__(self, request: Any) -> Any:
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden()
        return self.get_response(request)


def vault(request: Any) -> Any:
    return HttpResponse("gold")


def drawn() -> str:
    with using(Session(LocalHost("minidjango"), lambda verdict: None)):
        app = onion(RequestId, Timing, BlockList, Sessions, view=vault)
        app.get("/admin/users/", status=403)
        return picture.svg(app.trace.plain) + "\n"


def test_the_picture_in_the_readme_is_what_a_real_run_draws() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawn(), f"draw it again with: {DRAW}"


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
