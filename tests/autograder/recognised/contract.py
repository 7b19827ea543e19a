"""Mistakes against what a layer must be, and their neighbours."""

from __future__ import annotations

from tests.autograder.recognised.asked import ECHOES, NEEDS_A_KEY, PASSES, STAMPS, STOPS
from tests.autograder.recognised.made import ECHO, FACTORY, LAYER, STAMP
from tests.autograder.recognised.row import but, row

ROWS = [
    row(
        "not-a-response",
        STOPS,
        LAYER + '        return "no" if blocked else self.get_response(request)\n',
        ('"no"', 'HttpResponseForbidden("no")'),
        ('"no"', "None", "forgot-return"),
    ),
    row(
        "not-a-response",
        ECHOES,
        but(ECHO, 'HttpResponse(request.GET.get("q", ""))', 'request.GET.get("q", "")'),
        ('request.GET.get("q", "")', 'HttpResponse(request.GET.get("q", ""))'),
        ('return request.GET.get("q", "")', "pass", "forgot-return"),
    ),
    row(
        "forgot-return",
        STOPS,
        LAYER
        + "        if blocked:\n            return HttpResponseForbidden()\n"
        + "        self.get_response(request)\n",
        ("        self.get_response(", "        return self.get_response("),
    ),
    row(
        "forgot-return",
        ECHOES,
        but(ECHO, "return HttpResponse", "HttpResponse"),
        ("HttpResponse(request", "return HttpResponse(request"),
    ),
    row(
        "wrong-signature",
        PASSES,
        but(LAYER, "request):", "request, response):")
        + "        return self.get_response(request)\n",
        ("request, response", "request, response=None"),
        ("request, response", "request, *response"),
    ),
    row(
        "wrong-signature",
        PASSES,
        but(FACTORY, "Layer(get_response)", "Layer(request, get_response)"),
        ("request, get_response", "get_response"),
    ),
    row(
        "wrong-signature",
        PASSES,
        but(LAYER, "__init__", "init") + "        return self.get_response(request)\n",
        ("def init", "def __init__"),
        ("def init(self, get_response):", "def __new__(cls, get_response):", "failed"),
    ),
    row(
        "wrong-signature",
        PASSES,
        but(LAYER, "request):", "request, *, response):")
        + "        return self.get_response(request)\n",
        ("*, response", "*, response=None"),
    ),
    row(
        "wrong-arguments",
        PASSES,
        LAYER + "        return self.get_response()\n",
        ("get_response()", "get_response(request)"),
        ("get_response()", "get_response(request)[0]", "failed"),
    ),
    row(
        "wrong-arguments",
        PASSES,
        but(FACTORY, "return middleware", "return middleware()"),
        ("middleware()", "middleware"),
        ("middleware()", "middleware + 1", "failed"),
    ),
    row(
        "factory-returned-nothing",
        PASSES,
        but(FACTORY, "return middleware", "middleware"),
        ("    middleware\n", "    return middleware\n"),
        ("    middleware\n", '    return "middleware"\n', "not-callable"),
    ),
    row(
        "get-response-not-kept",
        PASSES,
        but(LAYER, "self.get_response = get_response", "pass")
        + "        return self.get_response(request)\n",
        ("pass", "self.get_response = get_response"),
        ("pass", "self.get_response = None", "failed"),
    ),
    row(
        "not-callable",
        PASSES,
        but(LAYER, "__call__", "call") + "        return self.get_response(request)\n",
        ("def call", "def __call__"),
        ("def call(self, request):", "def __call__(self, request):\n        request()", "failed"),
    ),
    row(
        "raised-no-exception",
        STOPS,
        LAYER
        + "        if blocked:\n            raise HttpResponseForbidden()\n"
        + "        return self.get_response(request)\n",
        ("raise Http", "return Http"),
        ("HttpResponseForbidden()", "PermissionDenied()"),
        ("HttpResponseForbidden()", "TypeError()", "failed"),
    ),
    row(
        "reads-what-is-not-there",
        NEEDS_A_KEY,
        LAYER
        + '        if request.headers["X-Key"] != "sesame":\n'
        + "            return HttpResponseForbidden()\n"
        + "        return self.get_response(request)\n",
        ('["X-Key"]', '.get("X-Key")'),
        ('["X-Key"] !=', '.get("X-Key").lower() !=', "failed"),
    ),
    row(
        "reads-what-is-not-there",
        ECHOES,
        but(ECHO, '.get("q", "")', '["q"]'),
        ('["q"]', '.get("q", "")'),
        ('["q"]', '.getlist("q")[0]', "failed"),
    ),
    row(
        "called-next-twice",
        PASSES,
        LAYER + "        self.get_response(request)\n        return self.get_response(request)\n",
        ("        self.get_response(request)\n", "        self.get_response\n"),
        ("return self.get_response(request)", "return HttpResponse()", "response-replaced"),
    ),
    row(
        "layer-never-entered",
        STAMPS,
        but(STAMP, "self.get_response = get_response", "raise MiddlewareNotUsed"),
        ("raise MiddlewareNotUsed", "self.get_response = get_response"),
        ("raise MiddlewareNotUsed", "raise PermissionDenied", "failed"),
    ),
]
