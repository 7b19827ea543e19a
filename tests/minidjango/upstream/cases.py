"""Test cases with what Django's tests expect of theirs (``django.test``)."""

import contextlib
import copy
from collections import ChainMap
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import minidjango.test
from minidjango.contrib.auth.store import users
from minidjango.urls import set_urlconf
from tests.minidjango.upstream.assertions import Assertions
from tests.minidjango.upstream.engines import minidjango as engine
from tests.minidjango.upstream.leftout import LeftOut, use


class Client(minidjango.test.Client):
    """minidjango's, and it is told what was rendered with Django's template language."""

    def request(self, **request: Any) -> Any:
        """Ask."""
        engine.rendered.clear()
        response = super().request(**request)
        response.templates = [SimpleNamespace(name=name) for name, _ in engine.rendered]
        response.context = Told(*(context for _, context in engine.rendered))
        if not engine.rendered:
            response.context = LeftOut(f"{engine.LANGUAGE} (response.context)")
        return response


class Told(ChainMap[str, Any]):
    """The contexts with which a page was rendered."""

    @property
    def request(self) -> Any:
        """The request of a `RequestContext`."""
        return self["request"]


class Placeholders:
    """What a test says of a placeholder is a use of it."""

    def assertRaises(self, expected_exception: Any, *args: Any, **kwargs: Any) -> Any:
        bool(expected_exception)
        bare: Any = super()
        return bare.assertRaises(expected_exception, *args, **kwargs)  # noqa: PT027

    def assertWarns(self, expected_warning: Any, *args: Any, **kwargs: Any) -> Any:
        bool(expected_warning)
        bare: Any = super()
        return bare.assertWarns(expected_warning, *args, **kwargs)


class SimpleTestCase(Placeholders, minidjango.test.SimpleTestCase, Assertions):
    """minidjango's, and what Django's has besides."""

    client_class = Client
    databases: Any = frozenset()

    def run(self, result: Any = None) -> Any:
        try:
            return super().run(result)
        finally:
            set_urlconf(None)  # a request that was left out half-way has not done it


class TransactionTestCase(SimpleTestCase):
    """One whose users are gone when it is over."""

    available_apps: Any = None
    fixtures: Any = None

    def run(self, result: Any = None) -> Any:
        with put_back("of_a_test"):
            return super().run(result)


class TestCase(TransactionTestCase):
    """One with data made once for the class, of which every test has a copy."""

    _data: dict[str, Any] = {}  # noqa: RUF012 - replaced, never changed

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.enterClassContext(put_back("of_a_class"))
        before = set(vars(cls))
        cls.setUpTestData()
        cls._data = {name: vars(cls)[name] for name in set(vars(cls)) - before}

    def run(self, result: Any = None) -> Any:
        vars(self).update(copy.deepcopy(self._data))
        return super().run(result)

    @classmethod
    def setUpTestData(cls) -> None:
        """Make what every test of the class needs."""

    @classmethod
    def captureOnCommitCallbacks(cls, **kwargs: Any) -> Any:
        use("a database (captureOnCommitCallbacks)")


@contextlib.contextmanager
def put_back(name: str) -> Iterator[None]:
    """Undo what becomes of the table of users."""
    connection = users._open()
    connection.execute(f"SAVEPOINT {name}")
    try:
        yield
    finally:
        if connection is users._connection:
            connection.execute(f"ROLLBACK TO {name}")
            connection.execute(f"RELEASE {name}")
