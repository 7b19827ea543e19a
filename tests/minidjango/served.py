"""A site behind real servers, and what a client sees of its answers."""

import contextlib
import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from types import ModuleType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from webtest.http import StopableWSGIServer

from tests.minidjango.twoframeworks import Framework

LAYERS = [
    "middleware.security.SecurityMiddleware",
    "contrib.sessions.middleware.SessionMiddleware",
    "middleware.http.ConditionalGetMiddleware",
    "middleware.common.CommonMiddleware",
    "middleware.csrf.CsrfViewMiddleware",
    "contrib.auth.middleware.AuthenticationMiddleware",
    "contrib.messages.middleware.MessageMiddleware",
    "middleware.clickjacking.XFrameOptionsMiddleware",
]
SERVERS_OWN = {"connection", "date", "server", "transfer-encoding"}
CHANGING = re.compile(r"((?:csrftoken|sessionid)=)[^;]+|(expires=)[^;]+")

Answer = tuple[int, list[tuple[str, str]], bytes]


def options(root: str) -> dict[str, Any]:
    """Return the site's settings."""
    return {
        "MIDDLEWARE": [f"{root}.{layer}" for layer in LAYERS],
        "SESSION_ENGINE": f"{root}.contrib.sessions.backends.signed_cookies",
        "CSRF_FAILURE_VIEW": f"{__name__}.refused",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 10_000,
    }


def page(status: int) -> Any:
    """Return a view for errors: the default pages have the words of their framework."""

    def view(request: Any, *args: Any, **kwargs: Any) -> Any:
        fw = Framework(type(request).__module__.partition(".")[0])
        return fw("http.HttpResponse")(f"{status} {args} {sorted(kwargs)}", status=status)

    return view


refused = page(403)


def site(fw: Framework, file: str) -> Any:
    """Return the site as a WSGI application, made with the settings that are in force."""
    Response, token = fw("http.HttpResponse"), fw("middleware.csrf.get_token")

    def hello(request, name):
        response = Response(f"Hello, {name} and {request.GET.getlist('and')}!")
        response.set_cookie("last", "a b;ü", max_age=60, httponly=True)
        response.set_cookie("seen", ",".join(sorted(request.COOKIES.values())), samesite="Lax")
        return response

    def visits(request):
        request.session["visits"] = request.session.get("visits", 0) + 1
        return Response(str(request.session["visits"]))

    def form(request):
        if request.method == "GET":
            return Response(token(request))
        sent = [sorted(request.POST.lists()), [each.read() for each in request.FILES.values()]]
        return Response(str(sent), status=201, reason="Made")

    def stream(request):
        return fw("http.StreamingHttpResponse")(f"{n}é\n" for n in range(3))

    def fails(request):
        raise RuntimeError("the view fails")

    urls, path = ModuleType("the_urls_of_served"), fw("urls.path")
    urls.urlpatterns = [
        *(path(f"{view.__name__}/", view) for view in (visits, form, stream, fails)),
        path("hello/<name>/", hello),
        path("file/", lambda request: fw("http.FileResponse")(open(file, "rb"))),  # noqa: SIM115
    ]
    vars(urls).update({f"handler{status}": page(status) for status in (400, 403, 404, 500)})
    fw("conf.settings").ROOT_URLCONF = urls
    return fw("core.handlers.wsgi.WSGIHandler")()


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@contextlib.contextmanager
def wsgiref(app: Any) -> Iterator[int]:
    """Serve with the standard library's server; give the port."""
    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


@contextlib.contextmanager
def waitress(app: Any) -> Iterator[int]:
    """Serve with waitress; give the port."""
    server = StopableWSGIServer.create(app, clear_untrusted_proxy_headers=False)
    try:
        yield server.effective_port
    finally:
        server.shutdown()


def ask(port: int, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """Ask a server, and return what can be the same of two servers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Host": "site.test", **named})
    with contextlib.closing(connection):
        response = connection.getresponse()
        return response.status, response.getheaders(), response.read()


def seen(answer: Answer) -> Answer:
    """Return an answer without what a server adds, and what changes from one time to the next."""
    status, headers, body = answer
    named = [(name.lower(), CHANGING.sub(r"\1\2", value.strip())) for name, value in headers]
    return status, sorted(pair for pair in named if pair[0] not in SERVERS_OWN), body
