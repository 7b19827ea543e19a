"""Archives that mean harm, or came to harm: a sentence each, nothing outside, no traceback."""

from __future__ import annotations

import functools
import io
import os
import random
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.__main__ import main
from autograder.grading.collect import containers, manifests, unpacking
from autograder.grading.collect.unpacking import Unpacking
from tests.autograder.grading.downloads import (
    LESSON,
    answered,
    course_folder,
    in_zip,
    name,
    submitted,
    zipped,
)

GRACE = f"hoppergrace_12_1_{LESSON}.ipynb"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return course_folder(tmp_path / "course")


def entry(called: str, content: bytes, mode: int = 0o644, flags: int = 0) -> bytes:
    """An archive with one entry, such as no good program writes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        info = zipfile.ZipInfo(called)
        info.external_attr = mode << 16
        archive.writestr(info, content)
    made = bytearray(whole.getvalue())
    if flags:
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            struct.pack_into("<H", made, made.index(mark) + at, flags)
    return bytes(made)


def twice() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile says it when writing, and not when reading
        archive.writestr("ada.ipynb", answered("one"))
        archive.writestr("ada.ipynb", answered("other"))
    return whole.getvalue()


@functools.cache
def bomb(files: int) -> bytes:
    return in_zip({f"{number}.ipynb": bytes(1_000_000) for number in range(files)})


def nested(times: int) -> bytes:
    content = submitted("ada", answered("deep"))
    for _ in range(times):
        content = in_zip({"x.zip": content})
    return content


def changed() -> bytes:
    """An archive of `course submit`, with another notebook in it."""
    made = dict(_files(submitted("ada", answered("mine"))))
    return in_zip({**made, f"{LESSON}/{LESSON}.ipynb": answered("theirs")})


def _files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {called: opened.read(called) for called in opened.namelist()}


def another_manifest(text: bytes) -> bytes:
    return in_zip({**_files(submitted("ada", answered("mine"))), manifests.MANIFEST: text})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a name with two dots": (lambda: entry("../../ada.ipynb", b"{}"), "leads out of its archive"),
    "an absolute name": (lambda: entry("/etc/ada.ipynb", b"{}"), "leads out of its archive"),
    "a name with a drive": (lambda: entry("C:\\ada.ipynb", b"{}"), "leads out of its archive"),
    "dots between backslashes": (lambda: entry("a\\..\\ada.ipynb", b"{}"), "leads out of its"),
    "a link": (lambda: entry("ada.ipynb", b"/etc/passwd", stat.S_IFLNK | 0o777), "is a link"),
    "an encrypted file": (
        lambda: entry("ada.ipynb", b"{}", flags=1),
        "unpack it with its password",
    ),
    "another kind of packing": (
        lambda: entry("ada.ipynb", b"{}").replace(b"\x00\x00\x00\x00\x21", b"\x00\x00\x63\x00\x21"),
        "is damaged",
    ),
    "a name twice": (twice, "is in its archive 2 times"),
    "an archive cut off": (lambda: submitted("ada", answered("x"))[:-200], "is no zip archive"),
    "no archive": (lambda: b"Rar!\x1a\x07\x00", "is no zip archive, no notebook and no folder"),
    "nothing": (lambda: b"", "is no zip archive, no notebook and no folder"),
    "archives in archives": (lambda: nested(3), "an archive in archives, deeper than"),
    "a file that unpacks to too much": (
        lambda: in_zip({"ada.ipynb": bytes(containers.LARGEST + 1)}),
        "is larger than 32 MB",
    ),
    "a bomb": (lambda: bomb(4), "unpacks to more than anybody hands in"),
    "a bomb in an archive": (lambda: in_zip({"x.zip": bomb(4)}), "unpacks to more than anybody"),
    "thousands of entries": (
        lambda: in_zip({"x.zip": in_zip({f"{n}.ipynb": b"" for n in range(1_001)})}),
        "has more than 1,000 entries",
    ),
    "a notebook changed after it was handed in": (changed, "was changed after"),
    "a manifest that is no JSON": (lambda: another_manifest(b"{"), "has a damaged submission.json"),
    "a manifest of another shape": (lambda: another_manifest(b"[]"), "has a damaged submission"),
    "a manifest that never ends": (
        lambda: another_manifest(b"[" * 90_000),
        "has a damaged submission.json",
    ),
    "a huge manifest": (lambda: another_manifest(b" " * 200_000), "has a damaged submission.json"),
    "a manifest of the future's format": (
        lambda: another_manifest(
            _files(submitted("ada", answered("mine")))[manifests.MANIFEST].replace(
                b'"format": 1', b'"format": 2'
            )
        ),
        "of format 2, which is not known here",
    ),
    "a manifest with a date that is none": (
        lambda: another_manifest(
            _files(submitted("ada", answered("mine")))[manifests.MANIFEST].replace(
                b"2025-11-20T", b"2025-11-31T"
            )
        ),
        "has a damaged submission.json",
    ),
}


@pytest.mark.parametrize("harm", HOSTILE)
def test_harm_is_one_sentence_and_costs_nobody_else(
    harm: str,
    course: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make, sentence = HOSTILE[harm]
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "harm.zip").write_bytes(make())
    (folder / GRACE).write_bytes(answered("honest"))
    asked = ["--course", str(course), "--assignment", LESSON, "--yes"]
    outside = {path for path in tmp_path.rglob("*") if "submitted" not in path.parts}
    assert main(["collect", str(folder), *asked]) == 1
    said = capsys.readouterr()
    assert [line for line in said.out.splitlines() if sentence in line and "harm.zip" in line]
    assert said.err == ""
    assert [path.name for path in (course / "submitted").iterdir()] == ["grace"]
    assert {p for p in tmp_path.rglob("*") if "submitted" not in p.parts} == outside


def test_bombs_in_a_download_cost_nobody_else_until_somebody_means_it(
    tmp_path: Path,
) -> None:
    def read(bombs: int) -> list[str]:
        harm = {f"a_{n}_{n}_x.zip": bomb(3) for n in range(bombs)}
        honest = {f"lovelaceada_11_1_{name('ada')}": submitted("ada", answered("honest"))}
        archive = zipped(tmp_path / f"{bombs}.zip", {**harm, **honest})
        return [one.fault for one in Unpacking(tmp_path).unpack(archive)]

    assert read(bombs=3)[-1] == ""
    assert read(bombs=unpacking.BOMBS + 1)[-1].startswith("unpacks to more than anybody hands in")


def test_links_and_pipes_in_a_folder_are_not_followed(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(answered("secret"))
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "ada.ipynb").symlink_to(secret)
    os.mkfifo(folder / "grace.ipynb")
    asked = ["--course", str(course), "--assignment", LESSON, "--yes"]
    assert main(["collect", str(folder), str(tmp_path / "none.zip"), *asked]) == 1
    said = capsys.readouterr().out
    assert "downloads/ada.ipynb: is a link to somewhere else" in said
    assert "downloads/grace.ipynb: is not an ordinary file" in said
    assert "none.zip: is not there" in said


def test_no_name_in_an_archive_writes_to_the_terminal(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = zipped(tmp_path / "all.zip", {"\x1b[2J\u202eada_99_1_[red]x.ipynb": answered("x")})
    main(["collect", str(archive), "--assignment", LESSON, "--course", str(course)])
    said = capsys.readouterr().out
    assert "\\x1b[2J\\u202eada_99_1_[red]x.ipynb" in said
    assert "\x1b" not in said


def test_an_archive_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = in_zip({f"lovelaceada_11_1_{name('ada')}": submitted("ada", b'{"cells": []}')})
    chance = random.Random(6)
    archive, scratch = tmp_path / "all.zip", tmp_path / "scratch"
    scratch.mkdir()
    faults = 0
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        archive.write_bytes(damaged[: chance.choice([None, chance.randrange(len(damaged))])])
        found = list(Unpacking(scratch).unpack(archive))
        faults += any(one.fault for one in found)
    assert faults > 100


def test_a_moment_is_read_as_nbgrader_writes_it() -> None:
    for text, hour in (
        ("2025-11-20 10:15:00 UTC", 10),
        ("2025-11-20 10:15:00.123456 +0200", 8),
        ("2025-11-20T10:15:00Z", 10),
        ("2025-11-20T10:15:00+00:00", 10),
        ("2025-11-20 10:15:00 CET", 9),
        ("2025-11-20 10:15:00", 10),
    ):
        assert manifests.moment(text).hour == hour
    for text in (
        "",
        "yesterday",
        "2025-13-01 00:00:00 UTC",
        "0001-01-01 00:00:00 +2300",
        "2025-11-20 10:15:00 XYZ",
        "[" * 9999,
    ):
        with pytest.raises(ValueError, match=r"."):
            manifests.moment(text)
