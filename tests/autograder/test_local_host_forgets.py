"""A host in this process leaves nothing behind: thousands of answers are judged in one."""

from __future__ import annotations

import sys

from autograder.scripted import play, scene
from minidjango.urls.resolvers import _get_cached_resolver
from tests.autograder.answers import RIGHT, verdict_on


def test_the_stacks_of_a_host_are_gone_with_it() -> None:
    def left() -> tuple[int, int]:
        assert verdict_on(RIGHT).passed
        assert play(scene("Outer", "Inner")).status == 200
        return len(sys.modules), _get_cached_resolver.cache_info().currsize

    assert left() == left()
