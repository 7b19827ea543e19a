"""What a student must not get, and what is no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.lesson import Lesson, all_lessons, read
from course.proof import built
from course.proof.secrets import SHORTEST, secret_lines
from course.shelves import Shelves
from tests.course.lesson_samples import NAME, WHOLE, notebook, run_build, write


def lesson(root: Path, text: str = WHOLE) -> Lesson:
    return read(write(root, text))


def test_solutions_hidden_parts_rights_and_wrongs_are_secret_each_with_its_line(
    tmp_path: Path,
) -> None:
    found = secret_lines(lesson(tmp_path))
    lines = WHOLE.split("\n")
    assert all(lines[at - 1].strip() == line for line, at in found.items())
    assert {
        'marker = "sesame"',
        'app.get(fresh("/hidden/{}/"))',
        "self.inner = get_response",
        'return lambda request: "let through"',
    } <= found.keys()


def test_what_tells_nothing_is_no_secret(tmp_path: Path) -> None:
    telling_nothing = """

# %% right="wall"
from minidjango.http import HttpResponseForbidden


class Wall:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        x = 1
        return response
"""
    before = secret_lines(lesson(tmp_path))
    assert secret_lines(lesson(tmp_path, WHOLE + telling_nothing)) == before
    assert all(len(line) >= SHORTEST for line in before)


SECRET = 'marker = "sesame"'


@pytest.mark.parametrize(
    ("old", "new"),
    {
        "prose": ("# Prose, with", f"# Prose, `{SECRET}`, with"),
        "example": ("# %% raises=true\n", f"# %%\n{SECRET}\n\n# %% raises=true\n"),
        "question": ("# Which one?", f"# Which `{SECRET}`?"),
        "option": ("# - [x] that", f"# - [x] `{SECRET}`"),
        "stub": ('# %% exercise="wall"\n', f'# %% exercise="wall"\n{SECRET}\n\n\n'),
        "hint": ("# In the `return`.", f"# In `{SECRET}`."),
        "visible check": ('app.get("/")\n', f'{SECRET}\napp.get("/")\n'),
    }.values(),
)
def test_what_the_lesson_shows_itself_is_no_secret(tmp_path: Path, old: str, new: str) -> None:
    assert SECRET in secret_lines(lesson(tmp_path))
    assert WHOLE.count(old) == 1
    assert SECRET not in secret_lines(lesson(tmp_path, WHOLE.replace(old, new)))


OWN = all_lessons(Shelves.of_the_course().lessons)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_no_notebook_of_the_course_has_a_secret_of_its_lesson(path: Path) -> None:
    assert secret_lines(read(path)), "a lesson has something to hide"
    assert not list(built.leaks(Shelves.of_the_course(), read(path)))


def test_a_secret_in_any_cell_of_the_notebook_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    assert run_build(tmp_path) == 0
    place = Shelves.beside(tmp_path / "lessons")
    assert not list(built.leaks(place, read(path)))
    student_s = notebook(tmp_path, "notebooks")
    made = json.loads(student_s.read_text(encoding="utf-8"))
    made["cells"][0]["source"] = ["# Title\n", '   app.get(fresh("/hidden/{}/"))  \n']
    student_s.write_text(json.dumps(made), encoding="utf-8")
    (problem,) = built.leaks(place, read(path))
    assert problem.line == secret_lines(read(path))['app.get(fresh("/hidden/{}/"))']
    assert f"stands in {tmp_path.as_posix()}/notebooks/{NAME}/{NAME}.ipynb; run `" in problem.text
