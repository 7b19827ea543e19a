"""What became of each test: passed, failed, left out, or skipped by itself."""

import functools
import inspect
import linecache
import re
import traceback
import unittest
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from types import CodeType, FrameType, TracebackType
from typing import Any

import minidjango.conf
from tests.minidjango.upstream import leftout, taking

SETTINGS = minidjango.conf.__file__
NOISE = re.compile(r"[/\\]unittest[/\\]|importlib")
MISSING = [
    re.compile(pattern)
    for pattern in (
        r"No module named '(minidjango[\w.]*)'",
        r"cannot import name '(?P<name>\w+)' from '(minidjango[\w.]*)'",
        r"""Module "(minidjango[\w.]*)" does not define a "(?P<name>\w+)" attribute/class""",
        r"module '(minidjango[\w.]*)' has no attribute '(?P<name>\w+)'",
        r"<module '(minidjango[\w.]*)' from .* does not have the attribute '(?P<name>\w+)'",
    )
]


@dataclass
class Outcome:
    """One test's."""

    id: str
    status: str
    reason: str = ""
    traceback: str = ""


class Outcomes(unittest.TestResult):
    """Collects them; of subtests those count that use nothing left out, and of those the worst."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Outcome] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        leftout.uses.clear()
        self.raised: list[BaseException] = []
        self.parts_passed, self.parts_left_out = 0, list[str]()
        self.found[test.id()] = Outcome(test.id(), "passed")

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        if leftout.uses:
            self.found[test.id()] = Outcome(test.id(), "left out", leftout.uses[0])
        elif self.raised:
            self.found[test.id()] = judged(test, self.raised[0], in_parts=bool(self.parts_left_out))
        elif self.parts_left_out and not self.parts_passed:
            self.found[test.id()] = Outcome(test.id(), "left out", self.parts_left_out[0])

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        self.raised.append(err[1])

    addFailure = addError

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        if leftout.uses:
            self.parts_left_out.append(leftout.uses[0])
            leftout.uses.clear()
        elif err is not None:
            self.raised.append(err[1])
        else:
            self.parts_passed += 1

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        self.found[_whole(test).id()] = Outcome(_whole(test).id(), "skipped", reason)

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        self.raised.append(AssertionError("unexpected success"))

    def as_data(self) -> list[dict[str, str]]:
        """Return everything as plain data."""
        return [asdict(outcome) for outcome in self.found.values()]


def _whole(test: Any) -> Any:
    return getattr(test, "test_case", test)


def judged(test: Any, error: BaseException, in_parts: bool = False) -> Outcome:
    """Return what an exception means: a failure, or something that is not there.

    A test that names what is not there cannot pass, wherever it stopped; one that was left out
    ``in_parts`` can.
    """
    identity = test if isinstance(test, str) else test.id()
    if missing := left_out(error):
        return Outcome(identity, "left out", missing)
    lines = "".join(shortened(error))
    if not (in_parts or isinstance(test, str)) and (missing := mentioned(test)):
        return Outcome(identity, "left out", f"{missing}, which it names", lines)
    last = f"{type(error).__name__}: {error}".strip().splitlines()
    return Outcome(identity, "failed", " ".join(last)[:300], lines)


def shortened(error: BaseException) -> list[str]:
    """Return a traceback without the frames of unittest and of the import machinery."""
    found = traceback.TracebackException.from_exception(error)
    for each in (found, found.__cause__, found.__context__):
        if each is not None:
            kept = [frame for frame in each.stack if not NOISE.search(frame.filename)]
            each.stack = traceback.StackSummary.from_list(kept)
    return list(found.format())


def left_out(error: BaseException | None) -> str:
    """Return the name that an exception complains of, if Django has it and minidjango has not."""
    if error is None:
        return ""
    if isinstance(error, leftout.NotHere):
        return str(error)
    if isinstance(error, ImportError | AttributeError) and not _own_import(error.__traceback__):
        for pattern in MISSING:
            if match := pattern.search(str(error)):
                path = ".".join(filter(None, (match[1], match.groupdict().get("name"))))
                path = f"{match[2]}.{match['name']}" if match.re is MISSING[1] else path
                return path if taking.django_has(path) and not taking.exists(path) else ""
        if isinstance(error, ModuleNotFoundError) and error.name and not _local(error.name):
            return f"the package {error.name}"
    if isinstance(error, FileNotFoundError) and str(error.filename).startswith(leftout.FRAMEWORK):
        file = str(error.filename).removeprefix(leftout.FRAMEWORK)
        if (taking.django_root / "django" / file).exists():
            return f"the file {file}"
    if isinstance(error, AttributeError) and (missing := _attribute(error)):
        return missing
    if "unawaited coroutine" in str(error) or "<coroutine object" in str(error):
        return "async (a coroutine)"
    if named := [name for name in leftout.names if name in str(error)]:
        return max(named, key=len)
    if leftout.LeftOut.__name__ in str(error):
        *_, frame = _frames(error.__traceback__)
        return _placeholder(frame.f_code.co_names, {**frame.f_globals, **frame.f_locals})
    return left_out(error.__cause__)


def _attribute(error: AttributeError) -> str:
    """Return what a test, not minidjango itself, wanted of an object of minidjango's."""
    files = [frame.f_code.co_filename for frame in _frames(error.__traceback__)]
    *_, file = [name for name in files if name != SETTINGS] or [""]
    asked = file.startswith(taking.tests_folder)
    setting = f"minidjango.conf.global_settings.{error.name}"
    if asked and files[-1] == SETTINGS:
        return setting if taking.django_has(setting) else ""
    cls = error.obj if isinstance(error.obj, type) else type(error.obj)
    ours = [each for each in cls.__mro__ if each.__module__.startswith("minidjango.")]
    if not asked or not ours or not error.name:
        return ""
    return f"{ours[0].__module__}.{ours[0].__qualname__}.{error.name}"


def _local(name: str) -> bool:
    """Whether a missing module should have come from Django's tests, or is minidjango's."""
    first = name.split(".")[0]
    tests = taking.django_root / "tests"
    return first == "minidjango" or (tests / first).exists() or (tests / f"{first}.py").exists()


def _own_import(trace: TracebackType | None) -> bool:
    """Whether an exception comes from an import statement of minidjango's own: that is a bug."""
    own = ""
    for frame, number in traceback.walk_tb(trace):
        name = frame.f_code.co_filename
        if "importlib" not in name:
            line = linecache.getline(name, number).strip()
            own = line if name.startswith(leftout.FRAMEWORK) else ""
    return own.startswith(("from ", "import "))


def mentioned(test: unittest.TestCase) -> str:
    """Return what a failed test names that is not there: a placeholder, or an ``async def``."""
    method = inspect.unwrap(getattr(type(test), test._testMethodName, test.run))
    code = getattr(method, "__code__", None)
    if code is None:
        return ""
    known = getattr(method, "__globals__", {})
    for each in _codes(code):
        if each.co_flags & inspect.CO_COROUTINE:
            return f"async (async def {each.co_name})"
        if named := _placeholder(each.co_names, known):
            return named
    return ""


def _placeholder(names: Iterable[str], known: dict[str, Any]) -> str:
    for value in (known.get(name) for name in names):
        if isinstance(value, leftout.LeftOut) or type(value) is leftout.DerivedType:
            return str(value._left_out_name)
    return ""


def _frames(trace: TracebackType | None) -> list[FrameType]:
    return [frame for frame, _ in traceback.walk_tb(trace)]


@functools.cache
def _codes(code: CodeType) -> list[CodeType]:
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    return [code, *(found for each in inner for found in _codes(each))]
