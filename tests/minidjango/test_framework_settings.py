"""Settings for the length of a test, of a function, of a class of tests."""

import sys
import types
import unittest

import pytest

from tests.minidjango.twoframeworks import agree

MIDDLE = ["a", "b"]
CHANGES = {
    "append": {"LIST": {"append": "c"}},
    "append what is there": {"LIST": {"append": ["b", "c", "c"]}},
    "prepend": {"LIST": {"prepend": ["x", "a", "y"]}},
    "remove": {"LIST": {"remove": ["a", "nothing"]}},
    "all three": {"LIST": {"remove": "a", "prepend": "a", "append": ("d",)}},
    "tuple": {"TUPLE": {"append": "c"}},
    "new": {"NEW": {"append": "c"}},
    "unknown": {"LIST": {"replace": "c"}},
}


def listening(fw, case):
    """Run a case while a listener notes what it is told; return both."""
    heard = []

    def listen(*, sender, setting, value, enter, **kwargs):
        heard.append([sender.__name__, setting, value, enter])
        if value in ("no", "neither"):
            raise RuntimeError(f"{value}: {setting} {enter}")

    signal = fw("core.signals.setting_changed")
    signal.connect(listen)
    try:
        return [case(), heard]
    finally:
        signal.disconnect(listen)


@pytest.mark.parametrize("change", CHANGES)
def test_lists_are_changed_and_put_back(change):
    def case(fw):
        settings = fw("conf.settings")

        def inside():
            with fw("test.modify_settings")(**CHANGES[change]):
                return [settings.LIST, settings.TUPLE, getattr(settings, "NEW", None)]

        found = listening(fw, lambda: fw.outcome(inside))
        return [*found, settings.LIST, hasattr(settings, "NEW")]

    agree(case, LIST=MIDDLE, TUPLE=("a", "b"))


@pytest.mark.parametrize("before", ["yes", "no", "neither"])
@pytest.mark.parametrize("during", ["yes", "no"])
def test_a_listener_that_objects_leaves_the_settings_as_they_were(before, during):
    def case(fw):
        settings, override = fw("conf.settings"), fw("test.override_settings")

        def inside():
            with override(FIRST=during, SECOND=1):
                return [settings.FIRST, settings.SECOND]

        found = listening(fw, lambda: fw.outcome(inside))
        return [*found, settings.FIRST, hasattr(settings, "SECOND")]

    agree(case, FIRST=before)


def test_a_deleted_setting_comes_back():
    def case(fw):
        settings, override = fw("conf.settings"), fw("test.override_settings")
        with override(DEBUG=3):
            del settings.DEBUG
            found = [hasattr(settings, "DEBUG"), settings.is_overridden("DEBUG")]
            with override(DEBUG=4):
                found.append(settings.DEBUG)
            with override(LIST=[]):
                del settings.LIST
                del settings.OTHER
            found.append([settings.LIST, settings.OTHER])
        return [*found, settings.DEBUG]

    agree(case, LIST=MIDDLE, OTHER=1)


def run(case):
    """Run a test case; return what failed."""
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return [str(error).splitlines()[-1] for _, error in result.errors + result.failures]


def test_a_class_of_tests_has_settings_of_its_own_and_its_subclasses_add_to_them():
    def case(fw):
        settings, seen = fw("conf.settings"), []

        @fw("test.modify_settings")(LIST={"append": "c"})
        @fw("test.override_settings")(DEBUG=1, ONE=1)
        class Parent(fw("test.SimpleTestCase")):
            def test_it(self):
                seen.append([settings.DEBUG, settings.ONE, settings.LIST])
                with self.settings(ONE=2), self.modify_settings(LIST={"remove": "a"}):
                    seen.append([settings.ONE, settings.LIST])

        @fw("test.modify_settings")(LIST={"prepend": "z"})
        @fw("test.override_settings")(DEBUG=2)
        class Child(Parent):
            @fw("test.override_settings")(ONE=3)
            def test_more(self):
                """A function of its own."""
                seen.append([settings.ONE, self.test_more.__doc__])

        found = [run(Child), run(Parent), seen, hasattr(settings, "ONE"), settings.LIST]
        return [*found, settings.DEBUG]

    assert agree(case, LIST=MIDDLE)[1][:2] == [[], []]


def test_every_test_has_a_client_of_its_own_from_the_beginning():
    def case(fw):
        seen = []

        class Own(fw("test.Client")):
            """Another client."""

        class Case(fw("test.SimpleTestCase")):
            client_class = Own

            def setUp(self):
                self.client.cookies[self.id()[-1]] = "x"

            def test_a(self):
                seen.append([type(self.client).__name__, sorted(self.client.cookies)])

            test_b = test_a

        return run(Case), seen

    assert agree(case) == ["returned", [[], [["Own", ["a"]], ["Own", ["b"]]]]]


def test_only_functions_and_test_cases_can_be_decorated():
    def case(fw):
        found = []
        for name in ("override_settings", "modify_settings"):
            decorate = fw(f"test.{name}")()
            found += [
                fw.outcome(lambda decorate=decorate: decorate(type("Plain", (), {}))),
                fw.outcome(lambda decorate=decorate: decorate(unittest.TestCase)),
                fw.outcome(lambda decorate=decorate: decorate(7)),
            ]
        return found

    agree(case)


@pytest.mark.parametrize("debug", [None, True, False])
def test_the_environment_of_tests_is_set_up_once_and_torn_down(debug):
    def case(fw):
        settings = fw("conf.settings")
        set_up = fw("test.utils.setup_test_environment")
        tear_down = fw("test.utils.teardown_test_environment")
        set_up(debug)
        try:
            found = [settings.ALLOWED_HOSTS, settings.DEBUG, fw.outcome(set_up)]
        finally:
            tear_down()
        return [*found, settings.ALLOWED_HOSTS, settings.DEBUG]

    agree(case, ALLOWED_HOSTS=["example.com"], DEBUG=True)


def test_settings_that_are_lists_are_no_text(monkeypatch):
    names = ["ALLOWED_HOSTS", "INSTALLED_APPS", "SECRET_KEY_FALLBACKS", "LOCALE_PATHS", "OTHER"]

    def case(fw):
        found = []
        for name in names:
            module = types.ModuleType("settings_with_text")
            vars(module).update({name: "text", "SECRET_KEY": "x"})
            monkeypatch.setitem(sys.modules, "settings_with_text", module)
            make = fw("conf.Settings")
            found.append(fw.outcome(lambda make=make: repr(make("settings_with_text"))))
        return found

    assert [each[0] for each in agree(case)[1]] == ["raised"] * 4 + ["returned"]
