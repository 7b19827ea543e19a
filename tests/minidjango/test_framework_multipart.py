"""A multipart body, however broken, is read or refused as Django does."""

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree, environ

FIELD = b'Content-Disposition: form-data; name="a"'
FILE = b'content-disposition: form-data; name="f"; filename="x.txt"'
BASE64 = b"\r\nContent-Transfer-Encoding: base64"
NAMELESS = b'Content-Disposition: form-data; name=""; filename="a/b\\c"'

heads = st.sampled_from(
    [
        *(FIELD, FILE, FIELD + BASE64, FILE + BASE64, NAMELESS, b"Content-Type: image/png"),
        FILE + b"\r\nContent-Type: text/plain; charset=x; more=y",
        FIELD + b"\r\n" + FILE,
        b"Content-Disposition: form-data; name*=utf-8''%e2%98%83; filename=\"..\"",
        b'Content-Disposition: form-data; name="\xc3\xa9 "; filename="&#47;\xc3\xa9\x07"',
        b'Content-Disposition: form-data; name="\xff"',
        b'Content-Disposition: attachment; filename="no name"',
        b"no colon",
        b"X: " + b"x" * 1024,
    ]
)
contents = st.lists(
    st.sampled_from(
        [
            b"value",
            b"\r\n",
            b"\n",
            b"\r",
            b"aGVsbG8=",
            b"aGV\r\nsbG8",
            b"!",
            b"\x00\xff",
            b"\r\n\r\n",
        ]
    ),
    max_size=3,
).map(b"".join)
whole = st.builds(lambda head, content: head + b"\r\n\r\n" + content, heads, contents)
between = st.sampled_from([b"\r\n--b\r\n", b"--b\r\n", b"\n--b", b"\r\n--b--\r\n"])
parts = st.lists(st.tuples(st.one_of(whole, heads, contents), between), max_size=4)
bodies = st.builds(
    lambda before, parts: before + b"".join(map(b"".join, parts)), st.one_of(between, whole), parts
)
charsets = st.sampled_from(["", "", "; charset=latin-1", "; charset=utf-16", "; charset=none"])
limits = st.dictionaries(
    st.sampled_from(["NUMBER_FIELDS", "NUMBER_FILES", "MEMORY_SIZE"]), st.integers(0, 9), max_size=1
)


def read(fw, body, content_type, length=None):
    """Return what a request makes of a body, and of asking again."""
    length = str(len(body)) if length is None else length
    env = environ("/", "POST", CONTENT_TYPE=content_type, CONTENT_LENGTH=length)
    request = fw("core.handlers.wsgi.WSGIRequest")({**env, "wsgi.input": BytesIO(body)})

    def form():
        files = [(name, each) for name, several in request.FILES.lists() for each in several]
        return [list(request.POST.lists()), [[name, told(each)] for name, each in files]]

    return [fw.outcome(form), fw.outcome(form)]


def told(file):
    about = [file.name, file.size, file.content_type, file.charset, file.content_type_extra]
    return [type(file).__name__, *about, file.field_name, file.read()]


@settings(max_examples=80, derandomize=True, database=None, deadline=None)
@given(bodies, charsets, limits)
@example(FILE + b"\r\n\r\nends here--b", "", {})
@example(b"--b\r\n" + FILE + b"\r\n\r\nbreaks off", "", {})
@example(b"--b\r\n" + FILE + BASE64 + b"\r\n\r\naGVs!bG8=\r\n--b--", "", {})
def test_a_drawn_body_gives_the_same_form_or_the_same_refusal(body, charset, limit):
    options = {f"DATA_UPLOAD_MAX_{name}": most for name, most in limit.items()}
    agree(lambda fw: read(fw, body, f"multipart/form-data; boundary=b{charset}"), **options)


@pytest.mark.parametrize("length", ["-1", "0", "", "x", "40"])
def test_the_length_that_a_client_tells_is_believed(length):
    body = b"--b\r\n" + FIELD + b"\r\n\r\nvalue\r\n--b--"
    agree(lambda fw: read(fw, body, "multipart/form-data; boundary=b", length))


BOUNDARIES = ["", "; boundary=", "; boundary=é", "; boundary=" + "x" * 202, '; boundary=" "', ";b"]


@pytest.mark.parametrize("boundary", BOUNDARIES)
@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/mixed", "MULTIPART/FORM-DATA"])
def test_a_boundary_that_is_none_is_refused(kind, boundary):
    agree(lambda fw: read(fw, b"body", kind + boundary))
