"""A site for layers to stand round: a view for each of what they look at."""

import dataclasses
import gzip
from typing import Any
from unittest import mock

from tests.minidjango.twoframeworks import Framework, environ, logs, served

LONG = "the same words again and again, " * 40
EPOCH = 784111777.0  # Sun, 06 Nov 1994 08:49:37 GMT
ROOT = {"ROOT_URLCONF": __name__}
urlpatterns = []


def answered(name, **more):
    """Return a view that answers with an instance of a class of ``http``."""

    def view(request):
        return of(request)(f"http.{name}")(**more)

    return view


def of(request):
    """Return the framework that made a request."""
    return Framework(type(request).__module__.split(".")[0])


def handler404(request, exception):
    return answered("HttpResponse", content="nothing here", status=404)(request)


def handler403(request, exception):
    return answered("HttpResponse", content=str(exception), status=403)(request)


def handler400(request, exception):
    return answered("HttpResponse", content=str(exception), status=400)(request)


def stream(request):
    return of(request)("http.StreamingHttpResponse")(iter([LONG, "☃", LONG]))


def measured(request):
    response = stream(request)
    response["Content-Length"] = "7"
    return response


def cookie(request):
    response = of(request)("http.HttpResponse")("with a cookie", headers={"Vary": "Cookie"})
    response.set_cookie("seen", "yes")
    return response


def exempt(request):
    response = of(request)("http.HttpResponse")("frame me")
    response.xframe_options_exempt = True
    return response


def no_slash(request):
    return of(request)("http.HttpResponse")("a secret slash")


no_slash.should_append_slash = False
VIEWS = {
    "": answered("HttpResponse", content="home"),
    "slash/": answered("HttpResponse", content="slash"),
    "a b/": answered("HttpResponse", content="escaped"),
    "no": answered("HttpResponse", content="no slash"),
    "secret/": no_slash,
    "long/": answered("HttpResponse", content=LONG),
    "stream/": stream,
    "measured/": measured,
    "199/": answered("HttpResponse", content="a" * 199),
    "200/": answered("HttpResponse", content="a" * 200),
    "empty/": answered("HttpResponse"),
    "cookie/": cookie,
    "exempt/": exempt,
    "missing/": answered("HttpResponseNotFound", content=LONG),
    "random/": answered("HttpResponse", content=bytes(range(256))),
    "to/": answered("HttpResponseRedirect", redirect_to="/slash/"),
    "json/": answered("JsonResponse", data={"text": LONG}, headers={"ETag": '"strong"'}),
    "weak/": answered("HttpResponse", content=LONG, headers={"ETag": 'W/"weak"'}),
    "packed/": answered("HttpResponse", content=LONG, headers={"Content-Encoding": "br"}),
    "old/": answered(
        "HttpResponse",
        content="old",
        headers={"Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT", "Cache-Control": "No-Store"},
    ),
    "set/": answered(
        "HttpResponse",
        content=LONG,
        headers={
            "Content-Length": "5",
            "X-Frame-Options": "ALLOW",
            "X-Content-Type-Options": "sniff",
            "Strict-Transport-Security": "max-age=1",
            "Referrer-Policy": "origin",
            "Cross-Origin-Opener-Policy": "unsafe-none",
            "Vary": "Cookie, accept-encoding",
        },
    ),
}


def elsewhere(get_response):
    """A layer that lets another URLconf answer."""

    def layer(request):
        request.urlconf = (of(request)("urls.path")("only/here/", VIEWS["slash/"]),)
        return get_response(request)

    return layer


def site(fw, layers, old=False):
    """Return an application with these layers."""
    global urlpatterns
    path = fw("urls.path")
    urlpatterns = [path(route, view) for route, view in VIEWS.items()]
    urlpatterns += [fw("urls.re_path")(r"^/evil/$", VIEWS["slash/"])]
    own = __name__
    names = [each if each.startswith(own) else f"{fw.root}.{each}" for each in layers]
    settings = fw("conf.settings")
    if old:
        settings.MIDDLEWARE, settings.MIDDLEWARE_CLASSES = None, names
    else:
        settings.MIDDLEWARE = names
    return fw("core.handlers.wsgi.WSGIHandler")()


def unpacked(answer):
    """Return an answer with its body decompressed."""
    if ("Content-Encoding", "gzip") in answer["headers"]:
        answer["body"] = gzip.decompress(answer["body"])
    return answer


def talk(fw, layers, asked, old=False):
    """Return what a site answers and logs."""
    app = site(fw, layers, old)
    with logs(fw) as lines, mock.patch("secrets.randbelow", lambda most: most // 9):
        said = [
            fw.outcome(
                lambda ask=ask: unpacked(served(app, environ(ask.path, ask.method, **ask.more)))
            )
            for ask in asked
        ]
    return [said, lines]


@dataclasses.dataclass
class Asked:
    path: str
    method: str
    more: dict[str, Any]


def ask(path, method="GET", **more):
    return Asked(path, method, more)
