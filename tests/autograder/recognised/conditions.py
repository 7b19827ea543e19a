"""Mistakes in the decision which requests are answered, and their neighbours."""

from __future__ import annotations

from tests.autograder.recognised.asked import STOPS
from tests.autograder.recognised.made import LAYER
from tests.autograder.recognised.row import row

ROWS = [
    row(
        "short-circuit-too-late",
        STOPS,
        LAYER
        + "        response = self.get_response(request)\n"
        + "        return HttpResponseForbidden() if blocked else response\n",
        ("if blocked", "if not blocked", "response-replaced"),
        ("HttpResponseForbidden() if", "HttpResponse(status=500) if", "failed"),
    ),
    row(
        "condition-inverted",
        STOPS,
        LAYER
        + "        return self.get_response(request) if blocked else HttpResponseForbidden()\n",
        ("if blocked", "if not blocked"),
        ("if blocked", 'if request.path == "/admin/"', "failed"),
    ),
    row(
        "blocks-everything",
        STOPS,
        LAYER + "        return HttpResponseForbidden()\n",
        ("HttpResponseForbidden()", 'HttpResponse("welcome")', "never-called-next"),
        ("return HttpR", "return self.get_response(request) if not blocked else HttpR"),
    ),
    row(
        "condition-too-wide",
        STOPS,
        LAYER
        + '        if "admin" in request.path:\n            return HttpResponseForbidden()\n'
        + "        return self.get_response(request)\n",
        ('"admin" in request.path', 'request.path.startswith("/admin/")'),
        ('"admin" in request.path', 'request.path.endswith("/admin/")', "failed"),
    ),
    row(
        "never-called-next",
        STOPS,
        LAYER + '        return HttpResponseForbidden() if blocked else HttpResponse("welcome")\n',
        ('HttpResponse("welcome")', "self.get_response(request)"),
        ('HttpResponse("welcome")', "HttpResponseForbidden()", "blocks-everything"),
    ),
    row(
        "never-short-circuits",
        STOPS,
        LAYER
        + "        if blocked:\n            HttpResponseForbidden()\n"
        + "        return self.get_response(request)\n",
        ("            Http", "            return Http"),
        (
            "            HttpResponseForbidden()",
            "            return HttpResponse()",
            "wrong-status",
        ),
    ),
    row(
        "condition-too-narrow",
        STOPS,
        LAYER
        + '        if request.path == "/admin/":\n            return HttpResponseForbidden()\n'
        + "        return self.get_response(request)\n",
        (' == "/admin/"', '.startswith("/admin/")'),
        ('"/admin/":', '"/admin":', "never-short-circuits"),
    ),
    row(
        "stops-the-wrong-ones",
        STOPS,
        LAYER
        + '        if request.path.startswith("/blog/"):\n'
        + "            return HttpResponseForbidden()\n"
        + "        return self.get_response(request)\n",
        ('("/blog/")', '("/admin/")'),
        ('("/blog/")', '("/blog/x/")', "never-short-circuits"),
        ('request.path.startswith("/blog/")', "not blocked", "condition-inverted"),
    ),
    row(
        "wrong-status",
        STOPS,
        LAYER + '        return HttpResponse("no") if blocked else self.get_response(request)\n',
        ('HttpResponse("no")', 'HttpResponse("no", status=403)'),
        ('HttpResponse("no")', 'HttpResponse("no", status=500)', "failed"),
        ('HttpResponse("no") if', 'HttpResponse("no") if not', "condition-inverted"),
    ),
]
