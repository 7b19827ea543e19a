"""The reference page of the checking API, read as the lesson that its exercises are."""

from __future__ import annotations

import functools
import re
import tempfile
from pathlib import Path

import autograder
from course.lesson import read
from course.source.parts import Exercise, Lesson

PAGE = Path(autograder.__file__).with_name("CHECKING.md").read_text(encoding="utf-8")

FRONT_MATTER = """\
# ---
# title: What a check can say
# summary: All of it.
# objectives:
#   - say it
# needs:
#   - what a layer is
# minutes: 60
# points: {points:g}
# out_of_scope:
#   - nothing
# ---
"""
HINT = """
# %% [markdown] hint="{slug}"
# Where to look
#
# On the page.
"""


def blocks() -> list[str]:
    """The exercises and the question of the page, each as it stands there."""
    fenced = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [block for block in fenced if block.startswith("# %%")]


def source() -> str:
    """The page's exercises, one after the other, as the file of a lesson."""
    points = sum(
        map(float, re.findall(r"^# %%.* points=([\d.]+)", "".join(blocks()), re.MULTILINE))
    )
    cells = [FRONT_MATTER.format(points=points)]
    for block in blocks():
        slug = re.match(r'# %% exercise="([\w-]+)"', block)
        cells += [block, HINT.format(slug=slug[1])] if slug else [block]
    return "\n".join(cells)


@functools.cache
def lesson() -> Lesson:
    """That lesson; LessonError where `build` would refuse it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "01_checking.py"
        path.write_text(source(), encoding="utf-8")
        return read(path)


def exercise(slug: str) -> tuple[str, str]:
    """The answer of an exercise of the page, and its first check."""
    found: Exercise = next(one for one in lesson().exercises if one.slug == slug)
    return f"{found.solution}\n", f"{found.checks[0].source}\n"
