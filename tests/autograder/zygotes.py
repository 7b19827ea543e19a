"""A zygote for a test, where this system can have one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from autograder.zygote import NoZygote, Zygote


@contextlib.contextmanager
def a_zygote() -> Iterator[Zygote]:
    """A zygote, closed at the end; elsewhere than on Linux with landlock the test is skipped."""
    try:
        found = Zygote()
    except NoZygote as why:
        pytest.skip(f"{why}; run this on Linux 6.2 or later")
    with contextlib.closing(found):
        yield found
