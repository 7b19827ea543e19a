"""A browser that keeps cookies, in front of a stack on either framework."""

from collections.abc import Callable
from typing import Any

from tests.minidjango.twoframeworks import Framework, environ, logs

Step = Callable[[Any], Any]
URLCONF = __name__
urlpatterns: list[Any] = []


class Browser:
    """Sends one request for each step: a view that says something, or a status."""

    def __init__(self, fw: Framework, *layers: str, setting: str = "MIDDLEWARE") -> None:
        global urlpatterns
        self.fw, self.jar, self.step = fw, {}, None
        paths = [f"{fw.root}.contrib.{layer}" for layer in layers]
        settings = fw("conf.settings")
        settings.ROOT_URLCONF = URLCONF
        settings.MIDDLEWARE = None
        setattr(settings, setting, paths)
        urlpatterns = [fw("urls.path")("", self.view)]
        fw("urls.clear_url_caches")()
        self.handler = fw("core.handlers.wsgi.WSGIHandler")()

    def view(self, request: Any) -> Any:
        self.said = None
        self.said = self.step(request)
        status = self.said if type(self.said) is int else 200
        return self.fw("http.HttpResponse")(status=status)

    def visit(self, step: Step) -> dict[str, Any]:
        """Return what the view said, the status, ``Vary``, what became of each cookie, the log."""
        self.step = step
        cookie = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        request = self.fw("core.handlers.wsgi.WSGIRequest")(environ(HTTP_COOKIE=cookie))
        with logs(self.fw) as lines:
            response = self.handler.get_response(request)
            response.close()
        cookies = [self.keep(morsel) for morsel in response.cookies.values()]
        status, vary = response.status_code, response.get("Vary")
        return {"said": self.said, "status": status, "vary": vary, "cookies": cookies, "log": lines}

    def keep(self, morsel: Any) -> list[Any]:
        """Take a cookie; return its name, attributes, length, and whether it is as before."""
        same = self.jar.get(morsel.key) == morsel.value
        if morsel["max-age"] == 0:
            self.jar.pop(morsel.key, None)
        else:
            self.jar[morsel.key] = morsel.coded_value
        attributes = {name: value for name, value in morsel.items() if value != ""}
        return [morsel.key, attributes, len(morsel.value), same]
