"""Hashed passwords, as on Django: what one made, the other checks."""

import itertools
import warnings

import pytest

from tests.minidjango.twoframeworks import agree, framework, results

HASHERS = ["PBKDF2PasswordHasher", "PBKDF2SHA1PasswordHasher", "MD5PasswordHasher"]
WORDS = ["letmein", "lètmein", "", "a$b"]
STRONG = "s" * 22


def hasher(fw, name):
    """Return a hasher of three iterations; one of a million is too slow for a test."""
    made = fw(f"contrib.auth.hashers.{name}")()
    made.iterations = 3
    return made


def configured(fw, *names, iterations=3):
    """Let the settings name some hashers, all of few iterations; return the module's functions."""
    fw("conf.settings").PASSWORD_HASHERS = [f"{fw.root}.contrib.auth.hashers.{n}" for n in names]
    fw("contrib.auth.hashers.reset_hashers")(setting="PASSWORD_HASHERS")
    for each in fw("contrib.auth.hashers.get_hashers")():
        each.iterations = iterations
    return lambda name: fw(f"contrib.auth.hashers.{name}")


@pytest.mark.parametrize("name", HASHERS)
def test_what_is_kept_is_djangos_to_the_letter(name):
    def case(fw):
        made = hasher(fw, name)
        kept = [made.encode(word, salt) for word in WORDS for salt in ("seasalt", STRONG)]
        checked = [made.verify(word, each) for each in kept for word in WORDS]
        parts = [made.decode(each) for each in kept]
        stale = [made.must_update(each) for each in kept]
        return [kept, checked, parts, stale, len(made.salt()), made.algorithm]

    agree(case)


@pytest.mark.parametrize("name", HASHERS)
def test_a_password_and_a_salt_are_needed(name):
    def case(fw):
        encode = hasher(fw, name).encode
        wrong = [("x", None), ("x", ""), ("x", "sea$salt"), (None, "seasalt")]
        return [fw.outcome(encode, *each) for each in wrong]

    agree(case)


def test_the_iterations_are_djangos():
    agree(lambda fw: [fw(f"contrib.auth.hashers.{name}").iterations for name in HASHERS[:2]])


def test_more_iterations_are_spent_on_wrong_passwords_that_have_few():
    def case(fw):
        made, spent = hasher(fw, HASHERS[0]), []
        few = made.encode("right", STRONG, 1)
        made.encode = lambda password, salt, iterations: spent.append((password, salt, iterations))
        made.harden_runtime("wrong", few)
        made.iterations = 1
        made.harden_runtime("wrong", few)
        return [spent, made.must_update(few)]

    assert agree(case)[1][0] == [["wrong", STRONG, 2]]


@pytest.mark.parametrize("password", [*WORDS, b"bytes", 1, None])
def test_passwords_are_made_and_checked(password):
    def case(fw):
        there = configured(fw, *HASHERS)
        kept = fw.outcome(there("make_password"), password, STRONG)
        if kept[0] == "raised" or kept[1].startswith("!"):
            return [kept[0], kept[1][:1], len(kept[1])]
        checks = [there("check_password")(each, kept[1]) for each in (*WORDS, b"bytes", None)]
        return [kept, checks, there("is_password_usable")(kept[1])]

    agree(case)


@pytest.mark.parametrize("names", [HASHERS, HASHERS[::-1], HASHERS[1:2]], ids=len)
def test_the_first_hasher_is_preferred_and_older_passwords_are_renewed(names):
    def case(fw):
        kept = [hasher(fw, name).encode("right", STRONG) for name in HASHERS]
        kept += [hasher(fw, name).encode("right", "weak") for name in HASHERS]
        there, renewed, found = configured(fw, *names), [], []
        for old, word in itertools.product(kept, ("right", "wrong")):
            right = fw.outcome(there("check_password"), word, old, renewed.append)
            found.append([right, renewed[:]])
            renewed.clear()
        known = [
            fw.outcome(lambda old=old: there("identify_hasher")(old).algorithm) for old in kept
        ]
        return [found, known, there("make_password")("x", "salt"), there("get_hasher")().algorithm]

    agree(case)


def test_nobody_logs_in_with_an_unusable_password():
    def case(fw):
        there = configured(fw, *HASHERS)
        unusable = there("make_password")(None)
        check, usable = there("check_password"), there("is_password_usable")
        tries = [check(word, unusable) for word in (None, "!", "", unusable)]
        return [tries, [usable(text) for text in (unusable, "", None, "x")], len(unusable)]

    agree(case)


def test_a_hasher_that_is_not_in_the_settings_is_named():
    def case(fw):
        there = configured(fw, *HASHERS)
        return fw.each(
            make=lambda: there("make_password")("x", hasher="lolcat"),
            identify=lambda: there("identify_hasher")("lolcat$salt$hash"),
            check=lambda: there("check_password")("x", "lolcat$salt$hash"),
            nonsense=lambda: there("check_password")("x", "nonsense"),
        )

    agree(case)


def test_an_unknown_account_takes_as_long_as_a_known_one():
    def case(fw):
        there, made = configured(fw, *HASHERS), []
        first = there("get_hasher")()
        encode = first.encode
        first.encode = lambda *args: made.append(args[2:]) or encode(*args)
        known, stale = encode("right", STRONG), encode("right", STRONG, 1)
        for kept in (known, stale, "!", "nonsense", "lolcat$1$x$y"):
            there("check_password")("wrong", kept)
        return made

    assert len(agree(case)[1]) == 6


class NoName:
    """A hasher without an algorithm."""

    algorithm = None


def test_a_hasher_must_have_a_name():
    def case(fw):
        fw("conf.settings").PASSWORD_HASHERS = [f"{__name__}.NoName"]
        fw("contrib.auth.hashers.reset_hashers")(setting="PASSWORD_HASHERS")
        return fw("contrib.auth.hashers.get_hashers")()

    agree(case)


def test_a_new_kind_of_hasher_must_say_how():
    def case(fw):
        base = fw("contrib.auth.hashers.BasePasswordHasher")()
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            base.harden_runtime("x", "y")
        return [
            fw.each(
                encode=lambda: base.encode("x", "y"),
                decode=lambda: base.decode("x"),
                verify=lambda: base.verify("x", "y"),
            ),
            [str(each.message) for each in warned],
            base.must_update("x"),
        ]

    agree(case)


@pytest.fixture(autouse=True)
def forgotten():
    """Leave nobody else's hashers changed."""
    yield
    for root in ("django", "minidjango"):
        with framework(root) as fw:
            fw("contrib.auth.hashers.reset_hashers")(setting="PASSWORD_HASHERS")


def test_a_password_of_djangos_is_checked_here_and_the_other_way_round():
    def case(fw):
        return hasher(fw, HASHERS[0]).encode("right", hasher(fw, HASHERS[0]).salt())

    made = [outcome[1] for outcome in results(case)]
    for root, kept in zip(("minidjango", "django"), made, strict=True):
        with framework(root) as fw:
            assert hasher(fw, HASHERS[0]).verify("right", kept)
