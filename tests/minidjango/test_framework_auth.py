"""Users, and where they are kept, as on Django."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from tests.minidjango.accounts import accounts, django_apps
from tests.minidjango.twoframeworks import agree, framework, results

NAMES = ["username", "email", "is_staff", "is_superuser", "is_active", "first_name", "last_name"]


def facts(user):
    """Return what can be said about a user that is not random."""
    said = [getattr(user, name) for name in NAMES]
    words = [str(user), repr(user), user.get_username(), user.pk]
    ways = [user.is_authenticated, user.is_anonymous, user.has_usable_password(), user.last_login]
    return [*said, *words, *ways, user.check_password("secret")]


MADE = [
    (("ann",), {}),
    (("ann", "a.b@EXAMPLE.Com ", "secret"), {}),
    (("ann", None, ""), {"is_active": False, "first_name": "Ann", "last_name": "Lee"}),
    (("ann", "no address"), {"is_staff": True, "is_superuser": True}),
    (("iamthe\u2126",), {"email": "a@b@C.org"}),
    (("",), {}),
    ((None,), {}),
    (("ann",), {"is_staff": False, "is_superuser": False}),
    (("ann",), {"is_superuser": False}),
]


@pytest.mark.parametrize("make", ["create_user", "create_superuser"])
@pytest.mark.parametrize(("args", "kwargs"), MADE, ids=str)
def test_users_are_made_and_found_again(args, kwargs, make):
    def case(fw):
        with accounts(fw) as auth:
            User = auth("models.User")
            made = fw.outcome(lambda: facts(getattr(User.objects, make)(*args, **kwargs)))
            if made[0] == "raised":
                return made
            kept = User.objects.get(pk=1)
            by_name = User.objects.get_by_natural_key(kept.username)
            return [made, facts(kept), kept == by_name, kept is by_name, len({kept, by_name})]

    agree(case)


def test_there_is_one_user_of_a_name():
    def case(fw):
        with accounts(fw) as auth:
            create = auth("models.User").objects.create_user
            create("iamthe\u2126")
            try:
                create("iamthe\u03a9")  # which looks the same
            except fw("db.IntegrityError") as error:
                return [str(error), isinstance(error, fw("db.DatabaseError"))]
            raise AssertionError("there are two")

    agree(case)


def test_looking_for_users():
    def case(fw):
        with accounts(fw) as auth:
            User = auth("models.User")
            for name in ("ann", "bob"):
                User.objects.create_user(name, is_staff=True, password="secret")
            get = User.objects.get
            found = fw.each(
                one=lambda: get(username="bob", is_staff=True).pk,
                by_id=lambda: get(id=1).username,
                none=lambda: get(username="eve"),
                no_match=lambda: get(username="ann", pk=2),
                several=lambda: get(is_staff=True),
                any=lambda: get(),
                unsaved=lambda: hash(User(username="x")),
            )
            missing = fw("core.exceptions.ObjectDoesNotExist")
            new, same = User(username="x"), User(username="x")
            compared = [new == same, new == new, new == 1, get(pk=1) == get(pk=2)]
            return [found, issubclass(User.DoesNotExist, missing), compared, new.pk]

    agree(case)


def test_changes_are_kept_when_they_are_saved():
    def case(fw):
        with accounts(fw) as auth:
            User = auth("models.User")
            user = User.objects.create_user("ann", password="secret")
            user.set_password("new")
            user.first_name = user.last_name = "changed"
            before = facts(User.objects.get(pk=1))
            user.save(update_fields=["first_name"])
            some = facts(User.objects.get(pk=1))
            user.save()
            every = User.objects.get(pk=1)
            passwords = [every.check_password(word) for word in ("secret", "new")]
            times = [every.date_joined == user.date_joined, str(every.date_joined.tzinfo)]
            other = User(id=7, username="bob")
            other.save()
            lost = fw.outcome(lambda: User(id=9).save(update_fields=["email"]))
            return [before, some, facts(every), passwords, times, User.objects.get(pk=7).pk, lost]

    for use_tz in (True, False):
        agree(case, USE_TZ=use_tz)


def test_an_old_hash_is_renewed_when_its_password_is_checked():
    def case(fw):
        with accounts(fw) as auth:
            user = auth("models.User").objects.create_user("ann", password="secret")
            user.password = old = auth("hashers.make_password")("secret", "weak")
            user.email = "changed"
            checked = [user.check_password("wrong"), user.password == old]
            checked += [user.check_password("secret"), user.password == old]
            kept = auth("models.User").objects.get(pk=1)
            return [checked, kept.password == user.password, kept.email]

    agree(case)


def test_nobody_in_particular():
    def case(fw):
        with accounts(fw) as auth:
            nobody = auth("models.AnonymousUser")()
            said = [getattr(nobody, name) for name in NAMES[2:5]]
            said += [nobody.id, nobody.pk, nobody.username, str(nobody), hash(nobody)]
            said += [nobody.is_anonymous, nobody.is_authenticated, nobody.get_username()]
            same = [nobody == auth("models.AnonymousUser")(), nobody == 1]
            return [said, same] + [
                fw.outcome(refused, *args)
                for refused, args in (
                    (int, [nobody]),
                    (nobody.save, []),
                    (nobody.delete, []),
                    (nobody.set_password, ["x"]),
                    (nobody.check_password, ["x"]),
                )
            ]

    agree(case)


def test_the_two_can_read_each_others_tables(tmp_path):
    def case(fw):
        with accounts(fw, tmp_path / fw.root) as auth:
            abroad = datetime(2024, 2, 3, 4, 5, 6, 789, tzinfo=timezone(timedelta(hours=2)))
            create = auth("models.User").objects.create_user
            create("ann", "a@b.c", "secret", last_name="Lee", last_login=abroad)

    def other(fw):
        there = {"django": "minidjango", "minidjango": "django"}[fw.root]
        with accounts(fw, tmp_path / there) as auth:
            user = auth("models.User").objects.get(username="ann")
            return [facts(user), str(user.last_login), str(user.date_joined.tzinfo)]

    assert results(case) == (["returned", None], ["returned", None])
    assert agree(other)[0] == "returned"


@pytest.mark.parametrize("databases", [{}, {"default": {}}, {"default": {"ENGINE": "ROOT"}}])
def test_the_settings_must_say_where_users_are(databases):
    def case(fw):
        with accounts(fw) as auth:
            find, engine = auth("models.User").objects.get, f"{fw.root}.db.backends.sqlite3"
        fw("conf.settings").DATABASES = {
            name: dict.fromkeys(each, engine) for name, each in databases.items()
        }
        with django_apps() if fw.root == "django" else contextlib.nullcontext():
            return find(pk=1)

    agree(case)


def test_threads_share_one_table():
    with framework("minidjango") as fw, accounts(fw) as auth:
        objects = auth("models.User").objects

        def work(number):
            made = objects.create_user(f"user {number}")
            return objects.get(pk=made.pk).username

        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(work, range(40))) == sorted(f"user {n}" for n in range(40))
