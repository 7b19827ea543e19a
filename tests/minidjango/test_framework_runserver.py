"""``python -m minidjango runserver``: what it says, how it ends, and what it refuses."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import minidjango
from minidjango.core.servers.runserver import main
from minidjango.utils.functional import empty
from tests.minidjango.served import ask
from tests.minidjango.twoframeworks import agree, framework

SITE = """
from minidjango.http import HttpResponse
from minidjango.urls import path

DEBUG = True
ROOT_URLCONF = __name__
urlpatterns = [path("", lambda request: HttpResponse("hello"))]
"""
BROKEN = {
    "no_such_module": 'There is no settings module "no_such_module" here; it is named as Python',
    "folder/settings.py": 'There is no settings module "folder/settings.py" here; it is named',
    "fails": '"fails" cannot be served: NameError: name',
    "imports": "\"imports\" cannot be served: ModuleNotFoundError: No module named 'no_such'",
    "syntax": '"syntax" cannot be served: SyntaxError: invalid syntax (syntax.py, line 1)',
    "hosts": "You must set settings.ALLOWED_HOSTS if DEBUG is False.",
    "layer": '"layer" cannot be served: ImportError: Module "minidjango.http" does not define',
    "app": "\"app\" cannot be served: ImproperlyConfigured: WSGI application 'no.app' could not be",
}
MODULES = {
    "fails": "DEBUG = no_such_name",
    "imports": "import no_such",
    "syntax": "DEBUG = = True",
    "hosts": "",
    "layer": "DEBUG = True\nMIDDLEWARE = ['minidjango.http.NoSuch']",
    "app": "DEBUG = True\nWSGI_APPLICATION = 'no.app'",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to be in, with settings of several kinds; no settings are known."""
    for name, text in {**MODULES, "site_settings": SITE}.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    monkeypatch.setattr(sys, "modules", sys.modules.copy())
    monkeypatch.setenv("MINIDJANGO_SETTINGS_MODULE", "")
    with framework("minidjango") as fw:
        fw("conf.settings")._wrapped = empty
        yield tmp_path


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_served_is_refused_in_one_sentence(folder, capsys, name):
    assert main(["runserver", name]) == 1
    error = capsys.readouterr().err
    assert error.startswith(f"Error: {BROKEN[name]}")
    assert error.count("\n") == 1


def test_an_error_of_the_settings_is_found_by_file_and_line(folder, capsys):
    main(["runserver", "fails"])
    assert f"({folder / 'fails.py'}, line 1)" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["port", "1.2.3.4:", "[::1]", "a b:80"])
def test_a_bad_address_is_a_wrong_command_line(capsys, address):
    with pytest.raises(SystemExit) as stopped:
        main(["runserver", "site_settings", address])
    assert stopped.value.code == 2
    assert f'"{address}" is not a valid port number or address:port' in capsys.readouterr().err


def test_a_port_that_is_taken_is_refused(folder, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["runserver", "site_settings", str(taken.getsockname()[1])]) == 1
    assert capsys.readouterr().err == "Error: That port is already in use.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a signal there is not sent, it kills")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_site_is_served_until_a_signal_comes(folder, sent):
    command = [sys.executable, "-m", "minidjango", "runserver", "site_settings", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(minidjango.__file__).parent.parent)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as server:
        said = [server.stdout.readline() for _ in range(4)]
        try:
            port = int(re.search(r"http://127.0.0.1:(\d+)/\n$", said[2])[1])
            answers = [ask(port, "GET", path, Host="127.0.0.1") for path in ("/", "/%1b?a=b")]
        finally:
            server.send_signal(sent)
            _, logged = server.communicate(timeout=10)
    assert server.returncode == 0
    assert [(status, body[:5].upper()) for status, _, body in answers] == [
        (200, b"HELLO"),
        (404, b"<!DOC"),
    ]
    assert said[1] == "minidjango version 5.2, using settings 'site_settings'\n"
    assert said[3] == "Quit the server with CONTROL-C.\n"
    # waitress says so where the machine is busy
    logged = re.sub(r"^Task queue depth is \d+\n", "", logged, flags=re.MULTILINE)
    time = r"\[\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d\] "
    assert re.fullmatch(
        time + r'"GET / HTTP/1.1" 200 5\nNot Found: /\\x1b\n'
        "" + time + r'"GET /%1b\?a=b HTTP/1.1" 404 \d+\n',
        logged,
    )


def test_the_settings_may_name_the_application():
    def case(fw):
        load, settings = (
            fw("core.servers.basehttp.get_internal_wsgi_application"),
            fw("conf.settings"),
        )
        found = [type(load()).__name__]
        for path in ("os.path.join", "no.such", "os.path.no_such", "word"):
            settings.WSGI_APPLICATION = path
            found.append(fw.outcome(lambda: load() is os.path.join))
        return found

    agree(case)
