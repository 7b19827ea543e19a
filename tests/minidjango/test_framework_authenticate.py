"""Who says whether credentials are right, as on Django."""

import itertools

import pytest

from tests.minidjango.accounts import accounts
from tests.minidjango.twoframeworks import agree

CREDENTIALS = [
    {"username": "ann", "password": "secret"},
    {"username": "ann", "password": "wrong", "api_key": "x", "plain": "y"},
    {"username": "bob", "password": "secret"},
    {"username": "eve", "password": "secret"},
    {"username": "ann"},
    {"password": "secret"},
    {"token": "t"},
    {},
]


class Picky:
    """A backend that takes only tokens."""

    def authenticate(self, request, token):
        return None


class Door:
    """A backend that lets nobody in."""

    def authenticate(self, request, **credentials):
        from django.core.exceptions import PermissionDenied as Theirs

        from minidjango.core.exceptions import PermissionDenied as Ours

        raise type("PermissionDenied", (Theirs, Ours), {})


BACKENDS = [["Model"], ["Picky", "Model"], ["Door", "Model"], ["Model", "Door"], ["All"], []]


def paths(fw, names):
    """Return dotted paths of backends."""
    theirs = {"Model": "ModelBackend", "All": "AllowAllUsersModelBackend"}
    there = f"{fw.root}.contrib.auth.backends."
    return [there + theirs[name] if name in theirs else f"{__name__}.{name}" for name in names]


@pytest.mark.parametrize("names", BACKENDS, ids=str)
def test_backends_are_asked_in_turn_whose_credentials_these_are(names):
    def case(fw):
        with accounts(fw, AUTHENTICATION_BACKENDS=paths(fw, names)) as auth:
            create, failed = auth("models.User").objects.create_user, []
            create("ann", password="secret")
            create("bob", password="secret", is_active=False)

            def note(signal, **what):
                failed.append(what)

            def asked(credentials):
                return getattr(auth("authenticate")(**credentials), "backend", None)

            auth("signals.user_login_failed").connect(note)
            found = []
            for credentials in CREDENTIALS:
                user = fw.outcome(asked, credentials)
                found.append([credentials, user])
            auth("signals.user_login_failed").disconnect(note)
            return [found, failed]

    agree(case)


def test_time_does_not_tell_who_has_an_account():
    def case(fw):
        with accounts(fw) as auth:
            create, spent = auth("models.User").objects.create_user, []
            create("ann", password="secret")
            create("bob", password="secret", is_active=False)
            create("new")
            hasher = auth("hashers.get_hasher")()
            encode = hasher.encode
            hasher.encode = lambda *args: spent.append(1) or encode(*args)
            for name, word in itertools.product(("ann", "bob", "new", "eve"), ("secret", "wrong")):
                before = len(spent)
                auth("authenticate")(username=name, password=word)
                assert len(spent) == before + 1
            return len(spent)

    assert agree(case) == ["returned", 8]
