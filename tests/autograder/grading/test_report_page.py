"""The page is read with ease, in any light, and nobody's words become part of its markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.grading.report import drawing, numbers, page, teaching
from autograder.grading.report.page import Report

PAGE = Path(page.__file__).with_name("page.html")


class Asked(HTMLParser):
    """What a browser would fetch, or run, for a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "object", "embed", "base", "a", "use"):
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name in ("src", "href", "action", "style")]
        self.found += [name for name, _ in attrs if name.startswith("on")]


def test_words_of_others_are_escaped_wherever_they_stand() -> None:
    bad = "<img src=x onerror=alert(1)>\x1b\u202e"
    exercise = numbers.Exercise(bad, bad, 1, 0, 0, 0, 1, 0)
    mistake = teaching.Mistake(bad, bad, bad, bad, 1, 1.0, {bad: 1}, bad)
    trouble = numbers.Trouble(bad, bad, "timed out", (bad,))
    lesson = teaching.Lesson(bad, 0.5, ((mistake, 1),))
    made = page.html(
        Report(bad, 1, (bad,), None, [exercise], [mistake], [lesson], [trouble], {bad: bad}, 1)
    )
    assert Asked(made).found == []
    assert made.count("&lt;img src=x") > 8
    assert "\x1b" not in made
    assert "\u202e" not in made


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_it_is_read_with_ease_in_the_light_and_in_the_dark() -> None:
    schemes = re.findall(r":root \{(.*?)\}", PAGE.read_text("utf-8"), flags=re.S)
    assert len(schemes) == 2
    for scheme in schemes:
        colour = dict(re.findall(r"--(\w+): (#\w{6})", scheme))
        for text in ("text", "quiet"):
            for ground in ("ground", "code"):
                assert contrast(colour[text], colour[ground]) >= 4.5, (text, ground)
        assert contrast(colour["full"], colour["empty"]) >= 3
        assert contrast(colour["edge"], colour["ground"]) >= 3


@pytest.mark.parametrize(("full", "part", "none"), [(1, 2, 3), (0, 0, 5), (7, 0, 0), (2, 1, 0)])
def test_a_bar_is_as_long_as_what_it_shows(full: int, part: int, none: int) -> None:
    drawn = drawing.bar(full, part, none, "words")
    solid, hatched = (
        float(re.search(rf'width="([\d.]+)" height="18" {which}', drawn)[1])  # type: ignore[index]
        for which in ('class="full"', 'fill="url\\(#hatch\\)"')
    )
    whole = full + part + none
    assert solid == pytest.approx(drawing.WIDTH * full / whole, abs=0.06)
    assert hatched == pytest.approx(drawing.WIDTH * part / whole, abs=0.1)


def test_no_marks_have_no_bar() -> None:
    assert drawing.bar(0, 0, 0, "") == ""
