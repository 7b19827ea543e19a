"""Logging in and out, and what a session keeps of it, as on Django."""

import pytest

from tests.minidjango.accounts import accounts, two_users, visitor
from tests.minidjango.twoframeworks import agree

SECRETS = {"SECRET_KEY": "new", "SECRET_KEY_FALLBACKS": ["other", "for tests"]}


def came_back(fw, request):
    """Return the visitor's next request: the session is saved, and loaded by its key."""
    request.session.save()
    again = visitor(fw)
    again.session = type(request.session)(request.session.session_key)
    return again


def contents(fw, session):
    """Return what a session holds, but for a hash."""
    return [[key, None if "hash" in key else session[key]] for key in sorted(session.keys())]


def test_a_login_is_remembered_until_the_logout():
    def case(fw):
        with accounts(fw) as auth:
            ann, bob = two_users(auth)
            request, seen = visitor(fw), []

            def note(signal, sender, user, **more):
                seen.append([sender.__name__, str(user), sorted(more)])

            for name in ("user_logged_in", "user_logged_out"):
                auth(f"signals.{name}").connect(note)
            request.session["cart"] = 7
            request.session.save()
            key, request.user = request.session.session_key, None
            auth("login")(request, ann)
            first = [contents(fw, request.session), request.session.session_key != key]
            first += ["CSRF_COOKIE" in request.META, request.user is ann, ann.last_login is None]
            later = came_back(fw, request)
            found = auth("get_user")(later)
            kept = auth("models.User").objects.get(pk=1).last_login == ann.last_login
            first += [found == ann, found.last_login == ann.last_login, kept]
            auth("login")(later, ann)
            same = contents(fw, later.session)
            auth("login")(later, bob)
            other = contents(fw, later.session)
            later.user = bob
            auth("logout")(later)
            gone = [contents(fw, later.session), later.session.session_key, str(later.user)]
            auth("logout")(later)
            auth("logout")(visitor(fw))
            for name in ("user_logged_in", "user_logged_out"):
                auth(f"signals.{name}").disconnect(note)
            return [first, same, other, gone, str(auth("get_user")(later)), seen]

    agree(case)


def changed_password(fw, auth, request, ann):
    ann.set_password("new")
    ann.save()


def kept_session(fw, auth, request, ann):
    changed_password(fw, auth, request, ann)
    request.user = ann
    auth("update_session_auth_hash")(request, ann)


def not_own_session(fw, auth, request, ann):
    changed_password(fw, auth, request, ann)
    request.user = auth("models.AnonymousUser")()
    auth("update_session_auth_hash")(request, ann)


def inactive(fw, auth, request, ann):
    ann.is_active = False
    ann.save()


def no_hash(fw, auth, request, ann):
    del request.session["_auth_user_hash"]


def no_backend(fw, auth, request, ann):
    del request.session["_auth_user_backend"]


def other_backend(fw, auth, request, ann):
    request.session["_auth_user_backend"] = f"{__name__}.Elsewhere"


def nobody(fw, auth, request, ann):
    request.session["_auth_user_id"] = "99"


def new_key(fw, auth, request, ann):
    fw("conf.settings").SECRET_KEY = "new"


def renewed_key(fw, auth, request, ann):
    for name, value in SECRETS.items():
        setattr(fw("conf.settings"), name, value)


def nothing(fw, auth, request, ann):
    """Change nothing."""


CHANGES = [
    *(nothing, changed_password, kept_session, not_own_session, inactive, no_hash),
    *(no_backend, other_backend, nobody, new_key, renewed_key),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_session_counts_as_long_as_what_it_was_begun_with(change):
    def case(fw):
        with accounts(fw) as auth:
            ann, _ = two_users(auth)
            request = visitor(fw)
            auth("login")(request, ann)
            request = came_back(fw, request)
            key = request.session.session_key
            change(fw, auth, request, ann)
            found = [str(auth("get_user")(request)), contents(fw, request.session)]
            found += [request.session.session_key == key, request.session.session_key is None]
            fw("conf.settings").SECRET_KEY_FALLBACKS = []
            return [*found, str(auth("get_user")(request))]

    agree(case)


class Elsewhere:
    """A backend that knows a user of its own."""

    def get_user(self, user_id):
        return f"user {user_id} of elsewhere"


def test_a_backend_may_know_users_of_another_kind():
    def case(fw):
        with accounts(fw, AUTHENTICATION_BACKENDS=[f"{__name__}.Elsewhere"]) as auth:
            request = visitor(fw)
            request.session["_auth_user_id"] = "7"
            request.session["_auth_user_backend"] = f"{__name__}.Elsewhere"
            return auth("get_user")(request)

    assert agree(case) == ["returned", "user 7 of elsewhere"]


def test_a_login_needs_to_know_its_backend():
    def case(fw):
        model = f"{fw.root}.contrib.auth.backends.ModelBackend"
        with accounts(fw, AUTHENTICATION_BACKENDS=[model, f"{__name__}.Elsewhere"]) as auth:
            ann, _ = two_users(auth)
            login = auth("login")
            refused = fw.each(
                none=lambda: login(visitor(fw), ann),
                not_a_path=lambda: login(visitor(fw), ann, 7),
            )
            request = visitor(fw)
            login(request, ann, "a.given.Backend")
            ann.backend = model
            also = visitor(fw)
            login(also, ann)
            return [refused, contents(fw, request.session), contents(fw, also.session)]

    agree(case)


def test_nobody_is_looked_for_before_the_user_is_asked_for():
    def case(fw):
        with accounts(fw) as auth:
            ann, _ = two_users(auth)
            request = visitor(fw)
            auth("login")(request, ann)
            request = came_back(fw, request)
            layer = auth("middleware.AuthenticationMiddleware")(lambda request: "the response")
            found = [layer(request), request.session.accessed]
            in_template = auth("context_processors.auth")(request)["user"]
            found += [request.session.accessed, str(in_template), request.session.accessed]
            found += [in_template == ann, ann == in_template, isinstance(in_template, type(ann))]
            find = auth("middleware.get_user")
            found.append(find(request) is find(request))
            without = str(auth("context_processors.auth")(fw("http.HttpRequest")())["user"])
            return [found, without, fw.outcome(layer, fw("http.HttpRequest")())]

    agree(case)
