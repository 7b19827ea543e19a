"""A site behind two servers, over real sockets: both agree, and so do Django and two validators."""

import contextlib
from wsgiref.validate import validator

import pytest
from webtest import TestApp

from tests.minidjango import served
from tests.minidjango.accounts import django_apps
from tests.minidjango.served import ask, seen
from tests.minidjango.twoframeworks import framework, logs

FORM = (
    b"--edge\r\nContent-Disposition: form-data; name=word\r\n\r\nl\xc3\xa4rm\r\n"
    b'--edge\r\nContent-Disposition: form-data; name=file; filename="a.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n\x00\xff\r\n\r\n--edge--\r\n"
)
MULTIPART = {"Content_Type": "multipart/form-data; boundary=edge"}
QUESTIONS = {
    "a view": ("GET", "/hello/J%C3%BCrgen/?and=a%2Bb&and=%FF"),
    "cookies": ("GET", "/hello/you/", None, {"Cookie": "a=1; b=2"}),
    "HEAD": ("HEAD", "/hello/you/"),
    "a stream": ("GET", "/stream/"),
    "HEAD of a stream": ("HEAD", "/stream/"),
    "a file": ("GET", "/file/"),
    "a session": ("GET", "/visits/"),
    "a missing slash": ("GET", "/visits?a=b"),
    "nothing there": ("GET", "/n%C3%B6/"),
    "a view that fails": ("GET", "/fails/"),
    "a form without its token": ("POST", "/form/", FORM, MULTIPART),
    "too much": ("POST", "/form/", b"a=" + b"x" * 20_000),
    "a bad host": ("GET", "/visits", None, {"Host": "a_b c"}),
    "another method": ("OPTIONS", "/visits/"),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The port of each server, and what stands behind waitress."""
    file = tmp_path_factory.mktemp("served") / "söme.txt"
    file.write_bytes(b"of a file\n" * 5000)
    with contextlib.ExitStack() as stack:
        apps = {}
        stack.enter_context(framework("django"))
        stack.enter_context(django_apps())
        for root in ("django", "minidjango"):
            fw = stack.enter_context(framework(root, **served.options(root)))
            stack.enter_context(logs(fw))
            apps[root] = served.site(fw, str(file))
        checked = validator(apps["minidjango"])
        ports = {
            "waitress": stack.enter_context(served.waitress(checked)),
            "wsgiref": stack.enter_context(served.wsgiref(checked)),
            "unchecked": stack.enter_context(served.waitress(apps["minidjango"])),
            "django": stack.enter_context(served.wsgiref(apps["django"])),
        }
        yield ports, apps["minidjango"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_two_servers_and_django_give_the_same_answer(sites, name):
    method, path, *rest = QUESTIONS[name]
    body, headers = rest[:1], rest[1] if len(rest) > 1 else {}
    answers = {
        server: seen(ask(port, method, path, *body, **headers)) for server, port in sites[0].items()
    }
    django = answers.pop("django")
    assert answers == dict.fromkeys(answers, django)


# The cookie jar of WebTest warns of a path that has been decoded, and of a host that is none.
LINTED = [name for name in QUESTIONS if name not in ("a view", "a bad host")]


@pytest.mark.parametrize("name", LINTED)
def test_webtest_finds_nothing_to_complain_of_and_sees_what_a_client_sees(sites, name):
    ports, app = sites
    method, path, *rest = QUESTIONS[name]
    body, headers = rest[:1], rest[1] if len(rest) > 1 else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = TestApp(app, lint=True).request(
        path,
        method=method,
        body=b"".join(filter(None, body)),
        headers={"Host": "site.test", **named},
        expect_errors=True,
    )
    here = seen((answer.status_int, answer.headerlist, b"" if method == "HEAD" else answer.body))
    there = seen(ask(ports["waitress"], method, path, *body, **headers))
    if "stream" in name:  # the length, which it finds out, is not the site's
        here[1].remove(("content-length", "12"))
    assert here == there


def test_a_form_with_a_file_comes_through_both_servers(sites):
    for server in ("waitress", "wsgiref"):
        port = sites[0][server]
        _, headers, token = ask(port, "GET", "/form/")
        cookie = dict(headers)["Set-Cookie"].partition(";")[0]
        more = {**MULTIPART, "Cookie": cookie, "X_CSRFToken": token.decode()}
        status, _, body = ask(port, "POST", "/form/", FORM, **more)
        assert (status, body.decode()) == (201, "[[('word', ['lärm'])], [b'\\x00\\xff\\r\\n']]")


def test_a_session_goes_on_behind_either_server(sites):
    cookie, counted = "", []
    for server in ("waitress", "wsgiref", "waitress"):
        _, headers, body = ask(sites[0][server], "GET", "/visits/", Cookie=cookie)
        cookie = dict(headers)["Set-Cookie"].partition(";")[0]
        counted.append(body)
    assert counted == [b"1", b"2", b"3"]
