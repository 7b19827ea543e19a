"""Mistakes in what an answer carries, and their neighbours."""

from __future__ import annotations

from tests.autograder.recognised.asked import (
    NO_STAMP,
    PASSES,
    PASSES_TWICE,
    SAYS_CLOSED,
    STAMPS,
    TIMES,
)
from tests.autograder.recognised.made import CLOCK, LAYER, STAMP
from tests.autograder.recognised.row import but, row

ROWS = [
    row(
        "response-replaced",
        PASSES,
        LAYER + "        return HttpResponse(self.get_response(request).content)\n",
        ("HttpResponse(self.get_response(request).content)", "self.get_response(request)"),
        ("self.get_response(request).content", "", "never-called-next"),
    ),
    row(
        "kept-an-old-answer",
        PASSES_TWICE,
        LAYER
        + '        if not hasattr(self, "kept"):\n'
        + "            self.kept = self.get_response(request)\n"
        + "        return self.kept\n",
        ('not hasattr(self, "kept")', "True"),
        ("return self.kept", 'return HttpResponse(f"{self.kept.content}!")', "response-replaced"),
    ),
    row(
        "header-sometimes-missing",
        STAMPS,
        but(
            STAMP,
            "        response.headers",
            "        if response.status_code == 200: response.headers",
        ),
        ("== 200", "< 500"),
        ("== 200", "== 500", "header-missing"),
    ),
    row(
        "header-missing",
        STAMPS,
        but(STAMP, 'response.headers["X-Kind"]', 'request.META["X-Kind"]'),
        ('request.META["X-Kind"]', 'response.headers["X-Kind"]'),
        ('request.META["X-Kind"] = "tea"', 'response.headers["X-Kind"] = ""', "wrong-header-value"),
    ),
    row("header-unwanted", NO_STAMP, STAMP, ('"X-Kind"', '"X-Sort"')),
    row(
        "wrong-unit",
        TIMES,
        but(CLOCK, " * 1000", ""),
        ("- began)", "- began) * 1000"),
        ("- began)", "- began) * 10", "clock-stopped-early"),
    ),
    row(
        "clock-stopped-early",
        TIMES,
        but(
            CLOCK, "began = time.perf_counter()\n", "began = time.perf_counter(); took = 0\n"
        ).replace("time.perf_counter() - began", "took"),
        ("str((took)", "str((time.perf_counter() - began)"),
        ("str((took)", "str((2 * (time.perf_counter() - began))", "wrong-header-value"),
    ),
    row(
        "clock-started-early",
        TIMES,
        but(
            but(
                CLOCK,
                "self.get_response = get_response",
                "self.began = time.perf_counter()\n        self.get_response = get_response",
            ),
            "- began",
            "- self.began",
        ),
        ("- self.began", "- began"),
    ),
    row(
        "wrong-header-value",
        STAMPS,
        but(STAMP, '= "tea"', '= "Tea"'),
        ('"Tea"', '"tea"'),
        (
            'response.headers["X-Kind"] = "Tea"',
            'response.headers["X-Kinds"] = "Tea"',
            "header-missing",
        ),
    ),
    row(
        "wrong-content",
        SAYS_CLOSED,
        LAYER
        + '        if request.path.startswith("/closed/"):\n'
        + '            return HttpResponse("Closed", status=503)\n'
        + "        return self.get_response(request)\n",
        ('"Closed"', '"closed"'),
        ("status=503", "status=404", "wrong-status"),
    ),
]
