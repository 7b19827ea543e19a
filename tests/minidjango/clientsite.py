"""A site to visit with the test client, and what is to be seen of an answer."""

import sys
import types

NAME = "urls_of_the_client_tests"
SHOWN = ["QUERY_STRING", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_A", "HTTP_COOKIE"]


class Layer:
    """Lets a request choose its own URLconf."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "other" in request.GET:
            request.urlconf = NAME + "_other"
        return self.get_response(request)


def install(fw):
    """Write the URLconf; its views answer with this framework's responses."""
    Http, path = (lambda name: fw(f"http.{name}")), fw("urls.path")

    def echo(request, **kwargs):
        shown = [[name, request.META.get(name)] for name in SHOWN]
        said = [request.method, request.scheme, request.path, sorted(kwargs.items()), shown]
        sent = [dict(request.GET.lists()), dict(request.POST.lists()), request.content_type]
        files = [[each.name, each.read().decode()] for each in request.FILES.values()]
        return Http("JsonResponse")({"said": said, "sent": [*sent, files]})

    def redirect(request, status):
        response = Http("HttpResponse")(status=status)
        response["Location"] = request.GET["to"]
        response.url = request.GET["to"]
        return response

    def loop(request, n):
        return Http("HttpResponseRedirect")(f"/loop/{n + int(request.GET.get('more', 0))}/?more=1")

    def plain(request, status):
        return Http("HttpResponse")("body", status=status)

    def stream(request, status):
        response = Http("StreamingHttpResponse")(iter([b"one ", b"two"]), status=status)
        response._resource_closers.append(lambda: closed.append("stream"))
        return response

    def fails(request):
        raise KeyError("view", "two arguments")

    def cookies(request):
        response = Http("HttpResponse")(str(sorted(request.COOKIES.items())))
        response.set_cookie("visits", int(request.COOKIES.get("visits", 0)) + 1, max_age=9)
        return response

    def nested(request):
        client = fw("test.Client")(raise_request_exception=False)
        return Http("HttpResponse")(str(client.get("/fails/").status_code))

    def token(request):
        return Http("HttpResponse")("checked")

    def broken_json(request):
        return Http("HttpResponse")(request.GET["text"], request.GET["type"])

    closed = []
    urls = sys.modules[NAME] = types.ModuleType(NAME)
    urls.urlpatterns = [
        path("echo/<int:n>/", echo, name="echo"),
        path("echo/", echo),
        path("to/<int:status>/", redirect),
        path("deep/er/<int:status>/", redirect),
        path("loop/<int:n>/", loop),
        path("endless/<int:n>/", lambda request, n: Http("HttpResponseRedirect")(f"../{n + 1}/")),
        path("plain/<int:status>/", plain),
        path("stream/<int:status>/", stream),
        path("fails/", fails),
        path("cookies/", cookies),
        path("nested/", nested),
        path("token/", token),
        path("json/", broken_json),
        path("", echo),
    ]
    other = sys.modules[NAME + "_other"] = types.ModuleType(NAME + "_other")
    other.urlpatterns = [path("only/here/", echo, name="other")]
    fw("conf.settings").ROOT_URLCONF = NAME
    fw("urls.clear_url_caches")()
    return closed


def seen(response):
    """Return what a test can see of an answer."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    wsgi = response.wsgi_request
    if response.status_code in (404, 500):
        body = b"a default page"
    return [
        [response.status_code, body, sorted(response.items())],
        [response.templates, response.context, bool(response.exc_info)],
        [wsgi.method, wsgi.get_full_path(), response.request["PATH_INFO"]],
        getattr(response, "redirect_chain", None),
    ]
