"""The test client asks the same, follows, remembers and raises the same as Django's."""

import inspect
import io

import pytest

from tests.minidjango import clientsite
from tests.minidjango.accounts import accounts, two_users
from tests.minidjango.clientsite import install, seen
from tests.minidjango.twoframeworks import agree, framework, logs

METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]
TARGETS = [
    *("/echo/?a=1&b=2", "/echo/7/", "", "?q=1", "er/301/?to=/echo/", "../echo/", "/nowhere/"),
    *("http://testserver/echo/", "https://other.example:8443/echo/?x=y", "//other.example"),
    *("http://other.example?x=y", "/to/307/?to=/echo/%3Fr=1"),
]


def asked(case, **options):
    """Compare what a case sees of the site."""

    def run(fw):
        install(fw)
        with logs(fw):
            return case(fw, fw("test.Client")())

    return agree(run, **options)


CALLS = {
    "alone": {},
    "data": {"data": {"a": ["1", "2"], "b": "é"}},
    "secure": {"secure": True},
    "headers": {"headers": {"X-A": "1"}, "HTTP_HOST": "other.example"},
    "query": {"query_params": {"q": [1, 2]}},
    "query and data": {"query_params": {"q": 1}, "data": {"a": 1}},
    "json": {"data": {"a": [1]}, "content_type": "application/json"},
    "text": {"data": "é", "content_type": "text/plain; charset=latin-1"},
}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_asks_the_same(method):
    def case(fw, client):
        found = {}
        for name, options in CALLS.items():
            if name in ("data", "query and data") and method not in ("get", "head", "post"):
                options = {**options, "data": "raw"}
            if method == "trace":
                options = {key: each for key, each in options.items() if key != "data"}
            answer = fw.outcome(lambda: seen(getattr(client, method)("/echo/", **options)))  # noqa: B023
            found[name] = [answer, client.extra, client.headers]
        return found

    asked(case)


REDIRECTS = [("get", 301), ("post", 302), ("put", 303), ("head", 302), ("get", 304), ("get", 200)]
REDIRECTS += [(method, 307) for method in METHODS] + [("post", 308)]


@pytest.mark.parametrize(("method", "status"), REDIRECTS)
def test_redirects_are_followed_to_the_same_place(method, status):
    def case(fw, client):
        def follow(target):
            options = {"QUERY_STRING": f"to={target}".replace("&", "%26"), "follow": True}
            data = {"data": {"d": "1"}} if method == "post" else {}
            ask = getattr(client, method)
            return seen(ask(f"/deep/er/{status}/", headers={"X-A": "1"}, **data, **options))

        return [fw.outcome(follow, target) for target in TARGETS]

    asked(case)


def test_data_goes_along_only_where_the_method_does():
    def case(fw, client):
        found = []
        for status in (302, 307):
            url = f"/to/{status}/"
            data = {"to": "/echo/", "a": "1"}
            found.append(seen(client.get(url, data, follow=True)))
            found.append(seen(client.get(url, query_params=data, follow=True)))
            found.append(seen(client.get(url, data, True, True)))
            file = io.BytesIO(b"x")
            found.append(seen(client.post(url + "?to=/echo/", {"f": file}, follow=True)))
            json = {"content_type": "application/json", "follow": True}
            found.append(seen(client.put(url + "?to=/echo/", {"a": 1}, **json)))
        return found

    asked(case)


def test_redirects_that_never_end_are_an_error():
    def case(fw, client):
        found = []
        for url in ("/loop/1/", "/loop/1/?more=1", "/endless/0/"):
            try:
                client.get(url, follow=True)
            except fw("test.client.RedirectCycleError") as error:
                last = error.last_response
                found.append([str(error), error.redirect_chain, last.status_code])
        return found

    assert len(asked(case)[1]) == 3


@pytest.mark.parametrize("kind", ["plain", "stream"])
def test_bodies_that_no_server_would_send_are_taken_away(kind):
    def case(fw, client):
        statuses = [100, 150, 199, 200, 204, 304, 404]
        found = [seen(client.get(f"/{kind}/{status}/")) for status in statuses]
        return [*found, seen(client.head(f"/{kind}/200/"))]

    asked(case)


def test_a_response_is_closed_at_once_or_when_it_has_been_read():
    def case(fw):
        closed = install(fw)
        client, finished = fw("test.Client")(), []

        def note(sender, **kwargs):
            finished.append(getattr(sender, "__name__", sender))

        signals = [fw(f"core.signals.request_{when}") for when in ("started", "finished")]
        for signal in signals:
            signal.connect(note)
        plain = client.get("/plain/200/")
        found = [plain.closed, list(finished)]
        response = client.get("/stream/200/")
        found.append([response.closed, list(closed), list(finished)])
        found.append([b"".join(response), response.closed, closed, finished])
        for signal in signals:
            signal.disconnect(note)
        return found

    agree(case)


@pytest.mark.parametrize("told", [True, False])
def test_what_became_a_500_is_raised_unless_the_client_was_told_not_to(told):
    def case(fw, client):
        client.raise_request_exception = told
        found = [fw.outcome(lambda: seen(client.get("/fails/"))), client.exc_info]
        found += [seen(client.get("/nowhere/")), seen(client.get("/nested/"))]
        response = fw("test.Client")(raise_request_exception=False).get("/fails/")
        return [*found, response.exc_info[0].__name__, response.exc_info[1].args]

    asked(case)


def test_cookies_are_kept_and_sent_back():
    def case(fw, client):
        client.cookies["mine"] = "x"
        pages = [client.get("/cookies/").content for _ in range(3)]
        kept = [[name, each.value, each["max-age"]] for name, each in client.cookies.items()]
        fresh = fw("test.Client")(HTTP_COOKIE="sent=1").get("/cookies/").content
        return pages, kept, fresh

    assert b"('visits', '2')" in asked(case)[1][0][2]


def test_a_response_knows_where_it_came_from():
    def case(fw, client):
        response, other = client.get("/echo/7/"), client.get("/only/here/?other")
        lost = client.get("/nowhere/")
        same = [response.client is client, response.resolver_match.func is not None]
        names = [each.resolver_match.view_name for each in (response, other)]
        nowhere = fw.outcome(lambda: lost.resolver_match.func)
        return same, names, response.resolver_match.kwargs, nowhere[:2]

    layers = [f"{clientsite.__name__}.Layer"]
    assert asked(case, MIDDLEWARE=layers)[1][1] == ["echo", "other"]


def test_json_is_read_once_and_only_from_json():
    def case(fw, client):
        def read(text, kind, **options):
            return client.get("/json/", {"text": text, "type": kind}).json(**options)

        response = client.get("/json/", {"text": '{"a": 1}', "type": "application/vnd.x+json"})
        return [
            response.json() is response.json(),
            read('{"a": 1}', "application/json", parse_int=str),
            fw.outcome(lambda: read("{", "application/json")),
            fw.outcome(lambda: read("{}", "text/html")),
        ]

    asked(case)


@pytest.mark.parametrize("enforce", [True, False])
def test_the_csrf_layer_is_asked_only_when_it_should_be(enforce):
    def case(fw):
        install(fw)
        with logs(fw):
            fw("conf.settings").MIDDLEWARE = [f"{fw.root}.middleware.csrf.CsrfViewMiddleware"]
            return fw("test.Client")(enforce_csrf_checks=enforce).post("/token/").status_code

    assert agree(case) == ["returned", 403 if enforce else 200]


def test_sessions_and_logins_need_no_view():
    def case(fw):
        install(fw)
        with accounts(fw) as auth:
            ann, bob = two_users(auth)
            client, found = fw("test.Client")(), []
            session = client.session
            session["cart"] = 7
            session.save()
            found.append([client.session["cart"], sorted(client.cookies)])
            found.append([client.login(username="ann", password="wrong"), "cart" in client.session])
            found.append(client.login(username="ann", password="secret"))
            cookie = client.cookies["sessionid"]
            found.append([client.session["_auth_user_id"], dict(cookie), bool(cookie.value)])
            client.force_login(bob)
            found.append([client.session["_auth_user_id"], bob.backend])
            client.force_login(ann, backend=bob.backend)
            key = client.session.session_key
            client.logout()
            found.append([len(client.cookies), client.session.session_key != key])
            client.logout()
            return found

    agree(case)


def test_the_methods_take_what_djangos_take():
    with framework("django") as django, framework("minidjango") as ours:
        for name in METHODS:
            for kind in ("Client", "RequestFactory"):
                theirs, own = (
                    {
                        each.name: [each.default, each.kind]
                        for each in inspect.signature(
                            getattr(fw(f"test.{kind}"), name)
                        ).parameters.values()
                        if each.name not in ("headers", "query_params")  # `generic` has them
                    }
                    for fw in (django, ours)
                )
                assert list(own.items()) == list(theirs.items()), (kind, name)
