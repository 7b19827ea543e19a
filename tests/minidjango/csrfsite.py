"""A site with one view behind the layer, and what comes back from it, on either framework."""

import re
from io import BytesIO

from tests.minidjango.twoframeworks import environ, logs, served

SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF"
MASKED = "Z" * 32 + "Z" * 32
"""What stands for the secret ``"a" * 32``."""

urlpatterns = []


def stack(fw, view, *decorators, layers=("middleware.csrf.CsrfViewMiddleware",)):
    """Return an application with one view behind some layers."""
    global urlpatterns
    for decorator in decorators:
        view = fw(f"views.decorators.csrf.{decorator}")(view)
    urlpatterns = [fw("urls.path")("", view)]
    fw("conf.settings").MIDDLEWARE = [f"{fw.root}.{layer}" for layer in layers]
    fw("urls.clear_url_caches")()
    return fw("core.handlers.wsgi.WSGIHandler")()


def asked(fw, app, method="POST", cookie=None, post=None, **headers):
    """Send a request; return its outcome, with whatever is random replaced."""
    body = b"" if post is None else f"csrfmiddlewaretoken={post}".encode()
    env = environ("/", method, CONTENT_TYPE="application/x-www-form-urlencoded", **headers)
    env |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    if cookie is not None:
        env["HTTP_COOKIE"] = f"csrftoken={cookie}"
    with logs(fw) as lines:
        found = served(app, env)
    sent = [value for name, value in found["headers"] if name == "Set-Cookie"]
    sent = [re.sub("=[a-zA-Z0-9]{32};", "=<new>;", each.replace(SECRET, "<old>")) for each in sent]
    sent = [re.sub("expires=[^;]*", "expires=<then>", each) for each in sent]
    vary = [value for name, value in found["headers"] if name == "Vary"]
    body = found["body"].decode() if found["status"].startswith("200") else ""
    return [found["status"], body, sent, vary, lines]


def plain_view(fw):
    return lambda request: fw("http.HttpResponse")("fine")


def token_view(fw):
    def view(request):
        tokens = {fw("middleware.csrf.get_token")(request) for _ in range(3)}
        unmask = fw("middleware.csrf._unmask_cipher_token")
        secrets = {unmask(token) for token in tokens} - {SECRET}
        return fw("http.HttpResponse")(f"{len(tokens)} tokens, {len(secrets)} new secrets")

    return view
