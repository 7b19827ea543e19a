"""Views for some users only, and the way to the login page, as on Django."""

import pytest

from tests.minidjango.accounts import accounts, two_users, visitor
from tests.minidjango.twoframeworks import agree, environ, framework, served


def site(fw, auth, layers):
    """Return an application whose views are marked and decorated in every way."""
    global urlpatterns

    def view(request):
        return fw("http.HttpResponse")(f"for {request.user}")

    required, tested = auth("decorators.login_required"), auth("decorators.user_passes_test")
    elsewhere = required(login_url="https://sso.example.com/in?a=b", redirect_field_name="back")
    views = {
        "plain": view,
        "public": auth("decorators.login_not_required")(lambda request: view(request)),
        "required": required(view),
        "elsewhere": elsewhere(view),
        "here": required(view, login_url="http://testserver/in/"),
        "secure": required(view, login_url="https://testserver/in/"),
        "other": required(view, login_url="//sso.example.com/in/"),
        "named": required(view, login_url="plain", redirect_field_name="step"),
        "tested": tested(lambda user: user.username == "ann", redirect_field_name=None)(view),
    }
    path = fw("urls.path")
    urlpatterns = [path(f"{name}/", views[name], name=name) for name in views]
    fw("urls.clear_url_caches")()
    names = ["sessions.middleware.SessionMiddleware", "auth.middleware.AuthenticationMiddleware"]
    layers = [f"{fw.root}.contrib.{name}" for name in [*names, *layers]]
    fw("conf.settings").MIDDLEWARE = layers
    return fw("core.handlers.wsgi.WSGIHandler")(), list(views)


urlpatterns = []
REQUIRED = [[], ["auth.middleware.LoginRequiredMiddleware"]]


@pytest.mark.parametrize("layers", REQUIRED, ids=len)
@pytest.mark.parametrize("login_url", ["/accounts/login/", "named", ""])
def test_who_is_not_logged_in_is_sent_to_the_login_page_and_back(layers, login_url):
    def case(fw):
        with accounts(fw, LOGIN_URL=login_url, DEBUG_PROPAGATE_EXCEPTIONS=True) as auth:
            users = two_users(auth)
            app, names = site(fw, auth, layers)
            cookies = [None]
            for user in users:
                request = visitor(fw)
                auth("login")(request, user)
                request.session.save()
                cookies.append(f"sessionid={request.session.session_key}")

            def asked(name, cookie):
                env = environ(f"/{name}/", QUERY_STRING="q=1&r=%C3%A4")
                found = served(app, env | ({"HTTP_COOKIE": cookie} if cookie else {}))
                where = [value for name, value in found["headers"] if name == "Location"]
                return [found["status"], where, found["body"]]

            return [fw.outcome(asked, name, cookie) for name in names for cookie in cookies]

    agree(case, ROOT_URLCONF=__name__)


def test_the_old_style_knows_the_user_too():
    with framework("minidjango", ROOT_URLCONF=__name__) as fw, accounts(fw) as auth:
        site(fw, auth, REQUIRED[1])
        settings = fw("conf.settings")
        settings.MIDDLEWARE, settings.MIDDLEWARE_CLASSES = None, settings.MIDDLEWARE
        app = fw("core.handlers.wsgi.WSGIHandler")()
        found = [served(app, environ(f"/{name}/")) for name in ("plain", "public")]
    assert [each["status"] for each in found] == ["302 Found", "200 OK"]
    assert found[1]["body"] == b"for AnonymousUser"
