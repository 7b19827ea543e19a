"""The tool that runs Django's own tests, on a Django of a few lines: what it calls what."""

import json

import pytest

from tests.minidjango.upstream import report, taking
from tests.minidjango.upstream.__main__ import main
from tests.minidjango.upstream.translate import translated

DJANGO = {"django/__init__.py": "", "django/http/__init__.py": "class HttpOfMarsResponse: ..."}
TINY = """
import os
from django.http import HttpOfMarsResponse, HttpResponse
from django.test import SimpleTestCase, override_settings
from django.urls import include, path


@override_settings(ROOT_URLCONF=__name__, DEBUG=True)
class Tiny(SimpleTestCase):
    def test_word(self):
        self.assertEqual("django", "mini" + "django".removeprefix("mini"))
        self.assertEqual(HttpResponse.__module__, "django.http.response")

    def test_environment(self):
        self.assertIn("DJANGO_SETTINGS_MODULE", os.environ)

    def test_missing(self):
        self.assertRaises(Exception, HttpOfMarsResponse)

    def test_named_in_vain(self):
        self.assertIn(b"", HttpOfMarsResponse().content)

    def test_parts(self):
        for cls in (HttpOfMarsResponse, HttpResponse):
            with self.subTest(cls):
                self.assertEqual(cls().content, b"")

    def test_red_part(self):
        for cls in (HttpOfMarsResponse, HttpResponse):
            with self.subTest(cls):
                self.assertEqual(cls().content, b"red")

    def test_red(self):
        self.assertEqual(HttpResponse("red").content, b"green")

    def test_known(self):
        self.assertEqual(HttpResponse("red").content, b"green")

    async def test_async(self):
        pass


class OfMars(HttpOfMarsResponse, SimpleTestCase):
    def test_inherits(self):
        pass


@HttpOfMarsResponse
class Decorated(SimpleTestCase):
    def test_decorated(self):
        pass


class WithoutSetUp(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("no set-up")

    def test_set_up(self):
        pass
"""
KNOWN = """
[[excused]]
reason = "known"
of = ["tiny.tests.Tiny.test_known", "tiny.tests.Tiny.test_word"]

[[left_out]]
reason = "too far"
of = ["async", "minidjango.http.HttpOfMarsResponse"]

[[not_ours]]
reason = "of other things"
of = ["tiny.test_other"]
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Return the status and the reason of every test of the tiny package."""
    source = tmp_path_factory.mktemp("django")
    files = {
        **DJANGO,
        "tests/urls.py": "urlpatterns = []",
        "tests/templates/base.html": "",
        "tests/tiny/__init__.py": "",
        "tests/tiny/tests.py": TINY,
        "tests/tiny/test_other.py": "from .tests import Tiny as Other\n",
        "tests/tiny/test_broken.py": "import nothing_of_the_kind_at_all\nfrom urls import no_name\n"
        "class Broken:\n    def test_it(self): pass\n",
        "tests/tiny/test_red_import.py": "from django.http import HttpOfNobody\n"
        "class RedImport:\n    def test_it(self): pass\n",
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    (source / "known.toml").write_text(KNOWN, encoding="utf-8")
    output = source / "outcomes.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "KNOWN", source / "known.toml")
        status = main(["--source", str(source), "--json", str(output), "tiny"])
    outcomes = json.loads(output.read_text(encoding="utf-8"))["tiny"]
    found = {
        each["id"].removeprefix("tiny."): (each["status"], each.get("why") or each["reason"])
        for each in outcomes
    }
    return {**found, "exit": (str(status), "")}


def test_the_word_is_changed_in_code_text_and_environment(run):
    assert run["tests.Tiny.test_word"][0] == run["tests.Tiny.test_environment"][0] == "passed"


def test_a_missing_name_leaves_out_the_tests_that_use_it_and_no_other(run):
    left_out = {name for name, (status, _) in run.items() if status == "left out"}
    assert {name for name in left_out if name.startswith("tests.")} == {
        "tests.Tiny.test_missing",
        "tests.Tiny.test_named_in_vain",
        "tests.Tiny.test_async",
        "tests.OfMars.test_inherits",
        "tests.Decorated.test_decorated",
    }
    assert run["tests.Tiny.test_missing"] == ("left out", "too far")


def test_of_subtests_only_those_count_that_can_be_run(run):
    assert run["tests.Tiny.test_parts"][0] == "passed"
    assert run["tests.Tiny.test_red_part"][0] == "failed"


def test_a_failure_is_red_unless_it_is_excused(run):
    assert run["exit"][0] == "1"
    assert run["tests.Tiny.test_red"] == ("failed", "AssertionError: b'red' != b'green'")
    assert run["tests.Tiny.test_known"] == ("excused", "known")
    assert run["tests.WithoutSetUp.test_set_up"] == ("failed", "RuntimeError: no set-up")


def test_a_name_that_django_has_not_either_is_a_failure(run):
    assert run["test_red_import.RedImport.test_it"][0] == "failed"


def test_what_is_left_out_without_a_reason_is_missing_and_that_is_bad(run):
    needs = "the package nothing_of_the_kind_at_all"
    assert run["test_broken.Broken.test_it"] == ("missing", needs)
    assert {"missing", "failed"} <= report.BAD


def test_an_excuse_that_nothing_needs_is_told():
    outcomes = [{"id": "p.tests.A.test_a", "status": "passed", "reason": ""}]
    assert report.stale(outcomes, {"p.tests.A.test_a": "known", "q.tests": "known"}) == [
        "p.tests.A.test_a"
    ]


def test_nothing_is_called_left_out_that_is_there():
    names = [name for name in report.known()["left_out"] if name.startswith("minidjango.")]
    assert [name for name in names if taking.exists(name)] == []


def test_lines_keep_their_numbers():
    text = "from django.http import (\n    A,\n    B as C,\n)\nd = 1\n"
    expected = 'A, C = __take__("minidjango.http", "A", "B")'
    assert translated(text).splitlines() == [expected, "", "", "", "d = 1"]
