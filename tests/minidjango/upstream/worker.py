"""Runs one package of translated tests: the process of its own that each of them gets."""

import argparse
import ast
import builtins
import faulthandler
import importlib
import inspect
import itertools
import json
import os
import signal
import sys
import unittest
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from tests.minidjango.upstream import leftout, taking
from tests.minidjango.upstream.outcome import Outcome, Outcomes, judged

SECONDS = 60
"""For one test."""


class TooLong(BaseException):
    """A test takes too long."""


def main() -> None:
    """Run the tests of a package that begin with one of the given names, and write what came."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("package")
    parser.add_argument("labels", nargs="*")
    options = parser.parse_args()
    faulthandler.enable()
    prepare(options.folder, options.source)
    outcomes = Outcomes()
    run_package(options.folder, options.package, options.labels, outcomes)
    options.output.write_text(json.dumps(outcomes.as_data()))
    sys.stdout.flush()
    os._exit(0)  # threads that a test left behind shall not keep the process


def prepare(folder: Path, source: Path) -> None:
    """Set what Django's ``runtests.py`` sets."""
    taking.django_root, taking.tests_folder = source, str(folder)
    leftout.testing |= {run_class.__code__}
    builtins.__take__ = taking.take  # type: ignore[attr-defined]
    sys.path.insert(0, str(folder))
    os.chdir(folder)
    os.environ["RUNTESTS_DIR"] = str(folder)
    os.environ["RUNNING_DJANGOS_TEST_SUITE"] = "true"
    os.environ["MINIDJANGO_SETTINGS_MODULE"] = "tests.minidjango.upstream.settings"
    warnings.simplefilter("error", ResourceWarning)
    warnings.simplefilter("error", RuntimeWarning)

    import minidjango
    from minidjango.conf import settings
    from minidjango.test.utils import setup_test_environment

    minidjango.setup()
    setup_test_environment()
    settings.INSTALLED_APPS = list(settings.INSTALLED_APPS)


def run_package(folder: Path, package: str, labels: list[str], outcomes: Outcomes) -> None:
    """Run a package's modules, one after the other."""
    from minidjango.conf import settings

    settings.INSTALLED_APPS.append(package)
    for file in sorted((folder / package).rglob("test*.py")):
        name = ".".join(file.relative_to(folder).with_suffix("").parts)
        if not labels or any(_within(name, label) or _within(label, name) for label in labels):
            run_module(name, file, labels, outcomes)


def _within(name: str, label: str) -> bool:
    return name == label or name.startswith(f"{label}.")


def run_module(name: str, file: Path, labels: list[str], outcomes: Outcomes) -> None:
    """Run the tests of a module; when it cannot be imported, that is the outcome of each."""
    try:
        module = importlib.import_module(name)
    except (Exception, unittest.SkipTest, leftout.NotHere) as error:  # noqa: BLE001
        for test in tests_in_source(file):
            identity = f"{name}.{test}"
            if isinstance(error, unittest.SkipTest):
                outcomes.found[identity] = Outcome(identity, "skipped", str(error))
            else:
                outcomes.found[identity] = judged(identity, error)
        return
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    chosen = [test for test in _flat(suite) if _chosen(test, labels)]
    for cls, tests in itertools.groupby(chosen, type):
        run_class(cls, list(tests), outcomes)


def _flat(suite: Any) -> Iterator[unittest.TestCase]:
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from _flat(each)
        else:
            yield each


def _chosen(test: unittest.TestCase, labels: list[str]) -> bool:
    return not labels or any(_within(test.id(), label) for label in labels)


def tests_in_source(file: Path) -> list[str]:
    """Return the tests of a module that cannot be imported, as far as its source tells."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        f"{cls.name}.{function.name}"
        for cls in tree.body
        if isinstance(cls, ast.ClassDef)
        for function in cls.body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and function.name.startswith("test")
    ]


def run_class(cls: Any, tests: list[unittest.TestCase], outcomes: Outcomes) -> None:
    """Run the tests of a class; when it cannot be set up, that is the outcome of each."""
    if reason := vars_of(cls, "_left_out_name"):
        tests = _leave_out(tests, lambda test: str(reason), outcomes)
    tests = _leave_out(tests, _asynchronous, outcomes)
    if getattr(cls, "__unittest_skip__", False):
        for test in tests:
            test.run(outcomes)
        return
    if not tests:
        return
    leftout.uses.clear()
    try:
        with limited():
            cls.setUpClass()
    except BaseException as error:  # noqa: BLE001 - a NotHere too
        for test in tests:
            if isinstance(error, unittest.SkipTest):
                outcomes.found[test.id()] = Outcome(test.id(), "skipped", str(error))
            else:
                outcomes.found[test.id()] = judged(test, error)
        cls.doClassCleanups()
        return
    for test in tests:
        with limited():
            test.run(outcomes)
    _tear_down(cls, tests[-1], outcomes)


def _tear_down(cls: Any, last: unittest.TestCase, outcomes: Outcomes) -> None:
    try:
        cls.tearDownClass()
        cls.doClassCleanups()
        if cls.tearDown_exceptions:
            raise cls.tearDown_exceptions[0][1]
    except Exception as error:  # noqa: BLE001 - it is the outcome of the last test
        outcomes.found[last.id()] = judged(last, error)


def vars_of(cls: type, name: str) -> Any:
    """Return an attribute of a class or its bases, whatever its metaclass says."""
    return next((vars(each)[name] for each in cls.__mro__ if name in vars(each)), None)


def _leave_out(tests: list[Any], reason: Any, outcomes: Outcomes) -> list[unittest.TestCase]:
    kept = []
    for test in tests:
        if why := reason(test):
            outcomes.found[test.id()] = Outcome(test.id(), "left out", why)
        else:
            kept.append(test)
    return kept


def _asynchronous(test: unittest.TestCase) -> str:
    method = inspect.unwrap(getattr(test, test._testMethodName))
    return "async (async def test)" if inspect.iscoroutinefunction(method) else ""


class limited:
    """A time limit, where the system has such."""

    def __enter__(self) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, self.stop)
            signal.alarm(SECONDS)

    def __exit__(self, *error: object) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)

    @staticmethod
    def stop(signum: int, frame: FrameType | None) -> None:
        """Raise in whatever is running."""
        raise TooLong(f"a test took longer than {SECONDS} s")


if __name__ == "__main__":
    main()
