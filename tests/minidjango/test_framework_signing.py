"""Codes, signed values and signed cookies, as Django's."""

import datetime
import hashlib
import time

import pytest

from tests.minidjango.twoframeworks import ROOTS, agree, framework

VALUES = ["q;wj", "3098247:529:087:", "", "\u2019", b"bytes", 123, 1.5, None]
NOW = 1_700_000_000


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time."""

    def clock(seconds=NOW):
        monkeypatch.setattr(time, "time", lambda: seconds)

    clock()
    return clock


def test_codes_are_djangos():
    def case(fw):
        hmac = fw("utils.crypto.salted_hmac")
        return fw.each(
            text=lambda: hmac("salt", "value").hexdigest(),
            bytes=lambda: hmac(b"salt", b"value").hexdigest(),
            secret=lambda: hmac("salt", "value", "secret").hexdigest(),
            empty=lambda: hmac("salt", "value", "").hexdigest(),
            long=lambda: hmac("salt", "value", "x" * 300, algorithm="sha256").hexdigest(),
            unknown=lambda: hmac("salt", "value", algorithm="whatever"),
        )

    agree(case)


def test_slow_hashes_and_comparisons_are_djangos():
    def case(fw):
        pbkdf2, same = fw("utils.crypto.pbkdf2"), fw("utils.crypto.constant_time_compare")
        hashes = [
            pbkdf2("pass\0word", b"sa\0lt", 3).hex(),
            pbkdf2(b"\xba", "salt", 1, dklen=20, digest=hashlib.sha1).hex(),
            pbkdf2("password", "salt", 10, dklen=0, digest=hashlib.sha512).hex(),
        ]
        pairs = [("a", "a"), ("a", b"a"), ("a", "b"), ("\u2019", "\u2019"), (1, "1")]
        return [hashes, [same(*pair) for pair in pairs]]

    agree(case)


def test_random_text_has_the_length_and_the_characters_that_were_asked_for():
    with framework("minidjango") as fw:
        random = fw("utils.crypto.get_random_string")
        assert len({random(22) for _ in range(100)}) == 100
        assert {len(random(n)) for n in (0, 7)} == {0, 7}
        assert set(random(500)) <= set(fw("utils.crypto.RANDOM_STRING_CHARS"))
        assert set(random(100, "ab")) == {"a", "b"}


def test_numbers_are_written_in_digits_and_letters():
    def case(fw):
        encode, decode = fw("core.signing.b62_encode"), fw("core.signing.b62_decode")
        numbers = [0, 1, 61, 62, 3844, NOW, -1, -(10**10)]
        assert [decode(encode(number)) for number in numbers] == numbers
        odd = fw.each(zero=lambda: decode("0"), other=lambda: decode("1+"))
        return [[encode(number) for number in numbers], odd]

    agree(case)


def signers(fw):
    """Return signers whose salt does not hold the framework's name."""
    Signer, TimestampSigner = fw("core.signing.Signer"), fw("core.signing.TimestampSigner")
    return [
        Signer(salt="salt"),
        Signer(salt="other salt"),
        Signer(key=b"\xe7", salt="salt", sep="/"),
        Signer(key="secret", salt="salt", algorithm="sha512"),
        TimestampSigner(salt="salt", sep="*sep*"),
    ]


def test_signed_text_is_the_same_on_both_and_can_be_read_again(clock):
    def case(fw):
        signed = [[signer.sign(value) for value in VALUES] for signer in signers(fw)]
        for signer, texts in zip(signers(fw), signed, strict=True):
            assert [signer.unsign(text) for text in texts] == [str(value) for value in VALUES]
        return signed

    agree(case)


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda s: s + "a",
        lambda s: "a" + s[1:],
        lambda s: s.replace(":", ""),
        lambda s: "",
    ],
)
def test_changed_text_is_refused_with_djangos_words(clock, change):
    def case(fw):
        plain = fw("core.signing.Signer")(salt="s")
        timed = fw("core.signing.TimestampSigner")(salt="s")
        return fw.each(
            plain=lambda: plain.unsign(change(plain.sign("text"))),
            timed=lambda: timed.unsign(change(timed.sign("text"))),
            another=lambda: timed.unsign(plain.sign("text")),
            older=lambda: timed.unsign(plain.sign("text:+")),
            object=lambda: plain.unsign_object(change(plain.sign_object([1]))),
        )

    agree(case)


@pytest.mark.parametrize("sep", ["", "-", "abc", "a\n", "\n", "[", ".", "::"])
def test_a_separator_that_a_code_may_contain_is_refused(sep):
    agree(lambda fw: fw("core.signing.Signer")(sep=sep).sep)


def test_old_keys_are_good_for_reading_only():
    def case(fw):
        Signer = fw("core.signing.Signer")
        old, new = (
            Signer(key=key, salt="s", fallback_keys=["very old", "old"]) for key in ("old", "new")
        )
        default = Signer(salt="s")
        none = Signer(salt="s", fallback_keys=[])
        return fw.each(
            old=lambda: new.unsign(old.sign("text")),
            new=lambda: old.unsign(new.sign("text")),
            settings=lambda: default.unsign(Signer(key="older", salt="s").sign("text")),
            none=lambda: none.unsign(Signer(key="older", salt="s").sign("text")),
            loads=lambda: fw("core.signing.loads")(
                fw("core.signing.dumps")(7, key="old"), key="new", fallback_keys=["old"]
            ),
        )

    agree(case, SECRET_KEY_FALLBACKS=["older"])


def test_time_is_signed_too(clock):
    def case(fw):
        clock()
        signer = fw("core.signing.TimestampSigner")(salt="s")
        text = signer.sign("text")
        clock(NOW + 11)
        ages = [None, 12, 11, 10, datetime.timedelta(seconds=11), datetime.timedelta(seconds=10)]
        return [fw.outcome(lambda age=age: signer.unsign(text, max_age=age)) for age in ages]

    agree(case)


class Backwards:
    def dumps(self, obj):
        return obj[::-1].encode()

    def loads(self, data):
        return data.decode()[::-1]


def test_any_value_that_json_can_hold_is_signed_and_compressed_if_that_helps(clock):
    def case(fw):
        dumps, loads = fw("core.signing.dumps"), fw("core.signing.loads")
        values = [["a", "list"], "\u2019", {"a": {"b": None}}, list(range(50)), "x" * 99]
        values += ["x" * size for size in range(20)]  # compressing them begins to help
        texts = [dumps(each, salt="s", compress=c) for each in values for c in (False, True)]
        assert [loads(text, salt="s") for text in texts][::2] == values
        own = dumps("abc", salt="s", serializer=Backwards)
        clock(NOW + 7)
        late = fw.outcome(lambda: loads(texts[0], salt="s", max_age=6))
        clock()
        other = fw.outcome(lambda: loads(texts[0], salt="other"))
        bad = fw.outcome(lambda: dumps({1, 2}))
        return [texts, own, loads(own, salt="s", serializer=Backwards), late, other, bad]

    agree(case)


def cookies(fw, key, value, **options):
    """Return a response with a signed cookie, and a request that brings it back."""
    response, request = fw("http.HttpResponse")(), fw("http.HttpRequest")()
    response.set_signed_cookie(key, value, **options)
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    return response, request


def test_a_signed_cookie_comes_back_only_under_its_own_name_and_salt(clock):
    def case(fw):
        response, request = cookies(fw, "a", "hello", salt="bc", max_age=100, httponly=True)
        request.COOKIES |= {"ab": request.COOKIES["a"], "bad": "hello:1:x", "none": "hello"}
        get = request.get_signed_cookie
        clock(NOW + 11)
        found = fw.each(
            right=lambda: get("a", salt="bc"),
            no_salt=lambda: get("a"),
            moved=lambda: get("ab", salt="c"),
            missing=lambda: get("b", salt="bc"),
            missing_default=lambda: get("b", None, salt="bc"),
            bad_default=lambda: get("bad", default=False),
            unsigned=lambda: get("none"),
            young=lambda: get("a", salt="bc", max_age=11),
            old=lambda: get("a", salt="bc", max_age=datetime.timedelta(seconds=10)),
            old_default=lambda: get("a", 7, salt="bc", max_age=10),
        )
        clock()
        for name in ("no_salt", "moved"):
            found[name] = found[name][:2]  # the words hold the code
        text, _, rest = response.cookies["a"].OutputString().partition(":")
        return [found, text, rest.partition(":")[0], rest.partition(";")[2]]

    agree(case, SIGNED_COOKIE_LEGACY_SALT_FALLBACK=False)


class Shouting:
    def __init__(self, *, key, fallback_keys, salt):
        self.parts = [key[-3:], [each[-3:] for each in fallback_keys], salt]

    def sign(self, value):
        return f"{value}!"

    def unsign(self, value, max_age=None):
        return [value, max_age, self.parts]


def test_cookies_are_signed_by_the_backend_and_keys_of_the_settings():
    def case(fw):
        _, request = cookies(fw, "c", "hello", salt="s")
        return request.get_signed_cookie("c", salt="s", max_age=3)

    backend = f"{__name__}.Shouting"
    agree(case, SIGNING_BACKEND=backend, SECRET_KEY=b"\xe7abc", SECRET_KEY_FALLBACKS=["old"])


@pytest.mark.parametrize("root", ROOTS)
def test_a_cookie_signed_with_an_old_key_is_still_read(root):
    with framework(root, SECRET_KEY="old") as fw:
        _, request = cookies(fw, "c", "hello")
    with framework(root, SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"]):
        assert [request.get_signed_cookie("c") for _ in "12"] == ["hello", "hello"]
