"""What the `build` verb says of lessons that are wrong in more than one way, or as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.misconceptions import REGISTRY
from tests.course.lesson_samples import SAMPLE, files, run_build, write


def test_all_that_is_wrong_with_a_lesson_is_told_at_once_in_order_of_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = SAMPLE.replace("# minutes: 5", "# minutes: soon").replace("1 / 0", "1 /")
    write(tmp_path, text.replace("raises=true", "raises=1").replace('name="edges"', "edges=1"))

    assert run_build(tmp_path) == 1

    lines = [line.split(":")[1] for line in capsys.readouterr().err.splitlines()]
    assert lines == ["8", "20", "65"]


def test_an_unknown_misconception_is_told_with_those_that_are_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SAMPLE.replace("forgot-return", "was-tired"))

    assert run_build(tmp_path) == 1

    said = capsys.readouterr().err
    known = ", ".join(sorted(REGISTRY))
    assert said.endswith(f".py:74: there is no misconception `was-tired`; name one of {known}\n")


def test_a_file_that_is_not_utf_8_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"nothing", b"caf\xe9"))

    assert run_build(tmp_path) == 1
    assert ".py:7: the file is not UTF-8; save it in that encoding" in capsys.readouterr().err


def test_a_lesson_that_is_wrong_keeps_the_others_from_being_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, name="01_right")
    write(tmp_path, SAMPLE.replace("# points: 4", "# points: 9"), name="02_wrong")
    before = files(tmp_path)

    assert run_build(tmp_path) == 1
    assert files(tmp_path) == before
    assert "02_wrong.py:9:" in capsys.readouterr().err
