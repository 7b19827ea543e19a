"""What a client has already is not sent again, and what it has not seen is not overwritten."""

import pytest

from tests.minidjango.site_of_layers import EPOCH, ROOT, ask, talk
from tests.minidjango.twoframeworks import agree, environ, logs

CONDITIONAL = "middleware.http.ConditionalGetMiddleware"
ETAGS = [
    '"strong"',
    'W/"strong"',
    'W/"weak"',
    '"weak"',
    '"other"',
    "*",
    " * ",
    "strong",
    '"a","weak"',
]
DATES = ["Sun, 06 Nov 1994 08:49:37 GMT", "Saturday, 05-Nov-94 08:49:37 GMT", "never"]
CONDITIONS = [
    *({header: value} for header in ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH") for value in ETAGS),
    *(
        {header: value, **extra}
        for header in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")
        for value in DATES
        for extra in ({}, {"HTTP_IF_MATCH": '"strong"'}, {"HTTP_IF_NONE_MATCH": '"strong"'})
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["json/", "weak/", "old/", "long/", "missing/", "cookie/", "stream/"]
)
def test_conditions_are_judged_as_djangos(path):
    asked = [ask(f"/{path}", **each) for each in CONDITIONS]
    agree(lambda fw: talk(fw, [CONDITIONAL], asked), **ROOT)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT"])
@pytest.mark.parametrize("modified", [None, int(EPOCH)])
@pytest.mark.parametrize("etag", [None, '"strong"', 'W/"weak"'])
def test_a_conditional_response_is_djangos(etag, modified, method):
    def case(fw):
        found = []
        with logs(fw) as lines:
            for each in CONDITIONS:
                request = fw("core.handlers.wsgi.WSGIRequest")(environ("/a\nb", method, **each))
                found.append(fw("utils.cache.get_conditional_response")(request, etag, modified))
        return [[each and each.status_code for each in found], lines]

    agree(case)
