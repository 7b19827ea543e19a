"""Files: those that are sent, and those that came with a form, as on Django."""

import io
import os

import pytest

from tests.minidjango.twoframeworks import agree, environ


class Unseekable(io.BytesIO):
    def seekable(self):
        return False


class OnlyReads:
    """Can be read, and no more; it has a name."""

    def __init__(self, content, name="dir/name.txt"):
        self.read, self.name = io.BytesIO(content).read, name


class SeeksAndCannotTell(OnlyReads):
    def __init__(self, content):
        inner = io.BytesIO(content)
        self.read, self.seek, self.name = inner.read, inner.seek, 7


def further(file):
    file.read(4)
    return file


def pipe():
    """Return the readable end of a pipe: it has a place, but cannot say where."""
    reading, writing = os.pipe()
    os.write(writing, b"through a pipe")
    os.close(writing)
    return open(reading, "rb")


SOURCES = {
    "bytes": lambda: io.BytesIO(b"binary content"),
    "bytes from their middle": lambda: further(io.BytesIO(b"binary content")),
    "bytes that cannot be sought": lambda: further(Unseekable(b"binary content")),
    "a file": lambda: open(__file__, "rb"),  # noqa: SIM115 - the response closes it
    "a file from its middle": lambda: further(open(__file__, "rb")),  # noqa: SIM115
    "only read": lambda: OnlyReads(b"abc"),
    "sought but not told": lambda: SeeksAndCannotTell(b"a" * 9000),
    "a pipe": pipe,
    "no file": lambda: [b"a", "b"],
}
HOW = [
    {},
    {"as_attachment": True},
    {"filename": '/dir/na\\me ".pdf'},
    {"filename": "é.tar.gz", "as_attachment": True},
    {"filename": "a\tb.br"},
    {"filename": "a\x7fb.xz", "content_type": None},
    {"filename": "x.unknown", "content_type": "a/b", "status": 206},
    {"headers": {"Content-Type": "c/d", "Content-Disposition": "mine"}},
]


@pytest.mark.parametrize("how", HOW, ids=str)
@pytest.mark.parametrize("source", SOURCES)
def test_a_file_is_sent_with_the_same_headers(source, how):
    def case(fw):
        response = fw("http.FileResponse")(SOURCES[source](), **how)
        sent = [dict(response.items()), repr(response), response.block_size]
        held = response.file_to_stream is not None
        body = response.getvalue()
        response.close()
        return [*sent, held, body]

    agree(case)


def test_a_second_file_takes_the_place_of_the_first_and_both_are_closed():
    def case(fw):
        first, second = io.BytesIO(b"first"), io.BytesIO(b"the second")
        response = fw("http.FileResponse")(first)
        response.streaming_content = second
        sent = [response["Content-Length"], b"".join(response), first.closed]
        response.close()
        return [*sent, first.closed, second.closed]

    agree(case)


urlpatterns = []


@pytest.mark.parametrize("offered", [True, False])
@pytest.mark.parametrize("content", [SOURCES["bytes"], SOURCES["no file"]])
def test_a_servers_own_way_to_send_files_is_taken(content, offered):
    class Wrapper:
        def __init__(self, file, block_size):
            self.file, self.block_size = file, block_size

    def case(fw):
        global urlpatterns
        ended = []
        view = lambda request: fw("http.FileResponse")(content())  # noqa: E731
        urlpatterns = [fw("urls.path")("", view)]
        finished = fw("core.signals.request_finished")
        finished.connect(note := lambda sender, **kwargs: ended.append(sender.__name__))
        env = environ(**({"wsgi.file_wrapper": Wrapper} if offered else {}))
        sent = fw("core.handlers.wsgi.WSGIHandler")()(env, lambda status, headers: None)
        taken = [sent.file.getvalue(), sent.block_size] if isinstance(sent, Wrapper) else []
        (sent.file if isinstance(sent, Wrapper) else sent).close()
        finished.disconnect(note)
        return [type(sent).__name__, taken, ended]

    agree(case, ROOT_URLCONF=__name__)


NAMES = ["a.txt", "dir/a.txt", "x" * 300 + ".txt", "a." + "y" * 300, "..", "", "a/..", None, "é\0"]


@pytest.mark.parametrize("name", NAMES)
def test_an_uploaded_file_has_a_harmless_name(name):
    def case(fw):
        SimpleUploadedFile = fw("core.files.uploadedfile.SimpleUploadedFile")
        file = SimpleUploadedFile(name, b"x")
        first = [file.name, str(file), repr(file), bool(file), len(file)]
        file.name = "other/name"
        return [*first, file.name]

    agree(case)


@pytest.mark.parametrize("content", [b"one\ntwo\r\nthree\rfour", b"", None])
def test_an_uploaded_file_is_read_the_same_way(content):
    def case(fw):
        file = fw("core.files.uploadedfile.SimpleUploadedFile")("a", content)
        begun = [file.read(5), file.tell(), file.readline(), list(file), list(file.chunks(2))]
        with file.open() as again:
            rest = [again is file, file.read(2), file.seek(1), file.read(), file.closed]
        about = [file.size, file.content_type, file.charset, file.content_type_extra]
        return [*begun, *rest, file.closed, *about, file.field_name, file.multiple_chunks()]

    agree(case)
