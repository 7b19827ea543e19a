"""Answers to one exercise, and the notebook that holds them: what the tests here judge."""

from __future__ import annotations

from typing import Any

from autograder.hosts import LocalHost, PipeHost
from autograder.judge import judge
from autograder.verdict import Verdict

CHECK = """
from autograder import check, fresh, onion
from minidjango.http import HttpResponse

with check("block-list", points=2):

    def secret(request):
        return HttpResponse("the vault")

    app = onion(BlockList, view=secret)
    app.get(fresh("/public/{}/"))
    app.get("/admin/", status=403)
    app.trace.never_reached(secret)
    app.get(fresh("/admin/{}/"), status=403)
    app.trace.never_reached(secret)
    app.get(fresh("/administrators/{}/"))
    app.get(fresh("/blog/{}/admin/"))
"""

HEAD = """
from minidjango.core.exceptions import PermissionDenied
from minidjango.http import HttpResponse, HttpResponseForbidden

class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        blocked = request.path.startswith("/admin/")
"""

RIGHT = (
    HEAD
    + """
        if blocked:
            return HttpResponseForbidden("no")
        return self.get_response(request)
"""
)

RIGHTS = {
    "class": RIGHT,
    "raises": HEAD
    + """
        if blocked:
            raise PermissionDenied
        return self.get_response(request)
""",
    "factory": """
from minidjango.http import HttpResponse

def BlockList(get_response):
    def middleware(request):
        if request.path.startswith("/admin/"):
            return HttpResponse(status=403)
        return get_response(request)
    return middleware
""",
    "mixin": """
from minidjango.http import HttpResponseForbidden
from minidjango.utils.deprecation import MiddlewareMixin

class BlockList(MiddlewareMixin):
    def process_request(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden()
""",
}

_WRONG = {
    "not-a-response": """
        return "no" if blocked else self.get_response(request)
""",
    "forgot-return": """
        if blocked:
            return HttpResponseForbidden()
        self.get_response(request)
""",
    "called-next-twice": """
        if blocked:
            return HttpResponseForbidden()
        self.get_response(request)
        return self.get_response(request)
""",
    "layer-never-entered": """
        return HttpResponseForbidden() if blocked else self.get_response(request)

    def __init__(self, get_response):
        from minidjango.core.exceptions import MiddlewareNotUsed

        raise MiddlewareNotUsed
""",
    "short-circuit-too-late": """
        response = self.get_response(request)
        return HttpResponseForbidden() if blocked else response
""",
    "condition-inverted": """
        return self.get_response(request) if blocked else HttpResponseForbidden()
""",
    "blocks-everything": """
        return HttpResponseForbidden()
""",
    "never-called-next": """
        return HttpResponseForbidden() if blocked else HttpResponse("welcome")
""",
    "never-short-circuits": """
        if blocked:
            HttpResponseForbidden()
        return self.get_response(request)
""",
    "condition-too-narrow": """
        if request.path == "/admin/":
            return HttpResponseForbidden()
        return self.get_response(request)
""",
    "condition-too-wide": """
        if "admin" in request.path:
            return HttpResponseForbidden()
        return self.get_response(request)
""",
    "wrong-status": """
        return HttpResponse("Forbidden") if blocked else self.get_response(request)
""",
}
WRONGS = {name: HEAD + body for name, body in _WRONG.items()}

STUB = HEAD + "\n        raise NotImplementedError()\n"

HOSTS = {
    "local": lambda: LocalHost("minidjango"),
    "pipe": lambda: PipeHost("minidjango"),
    "local, Django": lambda: LocalHost("django"),
}
"""Where most tests ask; the fourth is asked for every answer of the lessons by `verify`."""

ALL_HOSTS = {**HOSTS, "pipe, Django": lambda: PipeHost("django")}


def code(source: str, **nbgrader: Any) -> dict[str, Any]:
    """A code cell."""
    return {"cell_type": "code", "source": source, "metadata": {"nbgrader": nbgrader}}


def check_cell(
    source: str, grade_id: str = "block-list-check", points: float = 2
) -> dict[str, Any]:
    """A check, as nbgrader marks it."""
    return code(source, grade=True, solution=False, locked=True, grade_id=grade_id, points=points)


def notebook(*cells: str | dict[str, Any]) -> dict[str, Any]:
    """A notebook of answer cells (text) and other cells."""
    made = [code(c, grade=False, solution=True) if isinstance(c, str) else c for c in cells]
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def verdict_on(answer: str, check: str = CHECK, host: str = "local") -> Verdict:
    """The verdict of one check on one answer, in one of `ALL_HOSTS`."""
    judged = judge(notebook(answer, check_cell(check)), host=ALL_HOSTS[host])
    return judged["block-list-check"]
