"""`new`: begin a lesson, as a file that says what is still to be written."""

from __future__ import annotations

import argparse
import builtins
import json
import keyword
import re
import string
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from autograder.writing import write_whole
from course import shelves
from course.errors import CourseError
from course.lesson import LESSON_NAME, all_lessons
from course.shelves import Shelves
from course.source import todo
from course.source.problems import shown
from course.terminal import console

_SCAFFOLD = Path(__file__).with_name("scaffold.txt")
_WORDS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 40
"""In letters: the slugs and cell ids that are made of a name must find room in a notebook."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `new` takes on the command line."""
    parser.add_argument(
        "name",
        metavar="NAME",
        help="such as 19_rate_limits, or rate_limits, which gets the next free number",
    )
    parser.add_argument("--title", help="the lesson's title; made of its name if not given")
    shelves.add_lessons(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write a new lesson and say what to do with it; returns 0.

    Raises CourseError where the name cannot be a lesson's or is taken, or nothing can be written.
    """
    place = shelves.place_of(arguments)
    words = _words(arguments.name)
    text = scaffold(words, arguments.title)
    try:
        _prepare(place)
        name = f"{_number(arguments.name, words, place)}_{words}"
        path = place.lessons / f"{name}.py"
        write_whole(path, text.encode())
    except OSError as error:
        wrong = f"{error.filename or shown(place.lessons)}: {error.strerror}"
        raise CourseError(f"The lesson cannot be written ({wrong}); mend that first.") from error
    _say_what_is_next(path, place)
    return 0


def scaffold(words: str, title: str | None = None) -> str:
    """The text of a lesson that is yet to be written; `words` are those of its name.

    Raises CourseError where the title is not one line of text.
    """
    title = words.replace("_", " ").capitalize() if title is None else title.strip()
    if not title or not title.isprintable():
        raise CourseError(f"A title is one line of text, and {title!r} is not; say another.")
    template = string.Template(_SCAFFOLD.read_text(encoding="utf-8"))
    slug = words.replace("_", "-")
    return template.substitute(title=_as_yaml(title), slug=slug, layer=_class_name(words))


def _words(name: str) -> str:
    """What a lesson is called, its number left out."""
    words = name[3:] if LESSON_NAME.fullmatch(name) else name
    if len(words) > _LONGEST:
        raise CourseError(f"The name {words} is too long; use {_LONGEST} letters at most.")
    if not _WORDS.fullmatch(words):
        raise CourseError(f"{name!r} is not a name for a lesson; {_mend(name)}.")
    return words


def _mend(name: str) -> str:
    path = Path(name)
    near = "_".join(re.findall("[a-z0-9]+", path.name.removesuffix(".py").lower()))
    where = "" if path.name == name else " and say the folder with --lessons"
    good = LESSON_NAME.fullmatch(near) or _WORDS.fullmatch(near)
    return f"{'try ' + near if good else 'write it as 19_rate_limits or rate_limits'}{where}"


def _prepare(place: Shelves) -> None:
    """See to it that there is a directory for the lesson; only an author's own is made."""
    if not place.lessons.exists() and place != Shelves.of_the_course():
        place.lessons.mkdir(parents=True)
    if problem := shelves.no_directory(place.lessons):
        raise CourseError(str(problem))


def _number(name: str, words: str, place: Shelves) -> str:
    """The number that was asked for, or the next free one; CourseError where it is taken."""
    there = all_lessons(place.lessons)
    for path in there:
        if path.stem[3:] == words:
            raise CourseError(f"{shown(path)} is there already; edit it, or choose another name.")
    if name == words:
        free = max((int(path.stem[:2]) for path in there), default=0) + 1
        if free > 99:
            raise CourseError("The number 99 is taken; say a free one, as in 19_rate_limits.")
        return f"{free:02}"
    for path in there:
        if path.stem[:2] == name[:2]:
            mend = f"choose another, or leave it out: {words}"
            raise CourseError(f"{shown(path)} has the number {name[:2]} already; {mend}.")
    return name[:2]


def _class_name(words: str) -> str:
    """The name of the class that the exercise asks for: one that means nothing else there."""
    name = "".join(word.capitalize() for word in words.split("_"))
    theirs = {"Outer", "HttpResponse", "NotImplementedError"}
    taken = keyword.iskeyword(name) or hasattr(builtins, name) or name in theirs
    return f"{name}Layer" if taken else name


def _as_yaml(title: str) -> str:
    try:
        plain = yaml.safe_load(f"title: {title}") == {"title": title}
    except yaml.YAMLError:
        plain = False
    return title if plain else json.dumps(title, ensure_ascii=False)


def _say_what_is_next(path: Path, place: Shelves) -> None:
    number = path.stem[:2]
    notebooks, solutions = shown(place.notebooks), shown(place.solutions)
    lines = [
        f"wrote {shown(path)}: a small lesson that runs, with {len(todo.left(path))} things to do.",
        "",
        "Next:",
        "  1. Edit it. Do what each TODO says, and take the word away.",
        f"  2. {place.command('build', number)}",
        f"     writes {notebooks}/{path.stem}/ for students,",
        f"     and {solutions}/{path.stem}/ with the answers.",
        f"  3. {place.command('verify', number)}",
        "     says what is still to do, and what does not hold, until all is well.",
        "",
        "What a lesson is made of is told in course/README.md.",
    ]
    say = console().print
    for line in lines:
        say(line)
