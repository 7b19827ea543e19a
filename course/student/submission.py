"""What is handed in: one zip file with a lesson's notebook and a manifest.

Its name is `LESSON-STUDENT-MOMENT.zip`, as `06_short_circuiting-ada-20261121T101500Z.zip`: the
lesson's name (never a hyphen in it), the student's in ASCII letters, digits, `.`, `_`, `@`, `+` and
hyphens, and the moment in UTC. School systems put words of their own before such a name, and a
count behind it when a file is handed in twice; NAME still finds the parts. In it are

    submission.json                     the manifest
    LESSON/LESSON.ipynb                 the notebook, as nbgrader wants it
    LESSON/timestamp.txt                the moment again, as nbgrader reads it for late penalties

so that `unzip FILE -d grading/submitted/STUDENT` puts it where nbgrader looks. The manifest is

    {"format": 1, "course": "inside-the-onion", "version": "0.1.0",
     "lesson": "06_short_circuiting", "notebook": "06_short_circuiting/06_short_circuiting.ipynb",
     "sha256": "...", "student": "ada", "when": "2026-11-21T10:15:00+00:00"}

with `sha256` of the notebook's bytes, `student` as the student wrote it (any letters), and
`version` the course's. It comes from the student's machine: a claim, and no proof.

nbgrader's own `zip_collect` reads it too, with

    FileNameCollectorPlugin.named_regexp = (
        r".*/[^/]*?(?P<lesson>\\d\\d_[a-z0-9_]+)-(?P<student_id>[^/]+)-"
        r"(?P<timestamp>\\d{8}T\\d{6}Z)[^/]*/(?P=lesson)/(?P<file_id>\\w+)\\.ipynb"
    )
"""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from course import __version__

FOLDER = "submitted"
FORMAT = 1
COURSE = "inside-the-onion"
NAME = re.compile(
    r"(?P<lesson>\d\d_[a-z0-9_]+)-(?P<student>[A-Za-z0-9.@_+-]+)-(?P<when>\d{8}T\d{6}Z)"
)
MANIFEST = "submission.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a submission says of itself."""

    format: int
    course: str
    version: str
    lesson: str
    notebook: str
    sha256: str
    student: str
    when: str


def manifest(lesson: str, notebook: bytes, student: str, when: datetime) -> Manifest:
    """Return the manifest of a notebook that is handed in."""
    return Manifest(
        FORMAT,
        COURSE,
        __version__,
        lesson,
        f"{lesson}/{lesson}.ipynb",
        hashlib.sha256(notebook).hexdigest(),
        student,
        when.astimezone(UTC).isoformat(timespec="seconds"),
    )


def file_name(said: Manifest) -> str:
    """Return the name of the file that is handed in."""
    moment = datetime.fromisoformat(said.when).strftime("%Y%m%dT%H%M%SZ")
    return f"{said.lesson}-{in_ascii(said.student)}-{moment}.zip"


def in_ascii(student: str) -> str:
    """Return a student's name in letters that every system leaves as they are."""
    letters = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.@_+]+", "-", letters).strip("-.") or "student"


def packed(said: Manifest, notebook: bytes) -> bytes:
    """Return the zip file: the same bytes for the same notebook, student and moment."""
    moment = datetime.fromisoformat(said.when)
    files = {
        MANIFEST: (json.dumps(asdict(said), ensure_ascii=False, indent=1) + "\n").encode(),
        said.notebook: notebook,
        f"{said.lesson}/timestamp.txt": f"{moment:%Y-%m-%d %H:%M:%S} UTC\n".encode(),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def unpacked(path: Path) -> tuple[Manifest, bytes]:
    """Return the manifest and the notebook of a file that was handed in.

    Raises ValueError if it is not such a file, or if the notebook is not the one that the manifest
    speaks of; OSError if it cannot be opened.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            said = Manifest(**json.loads(archive.read(MANIFEST)))
            notebook = archive.read(said.notebook)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is not what course submit writes: {error}") from error
    if hashlib.sha256(notebook).hexdigest() != said.sha256:
        raise ValueError(f"{path}: its notebook is not the one that its manifest speaks of")
    return said, notebook


def equal_one(folder: Path, said: Manifest) -> Path | None:
    """Return the latest file in which the same student handed in the same bytes, or None."""
    for path in sorted(folder.glob(f"{said.lesson}-*.zip"), reverse=True):
        try:
            before, _ = unpacked(path)
        except (ValueError, OSError):
            continue
        if (before.sha256, before.student) == (said.sha256, said.student):
            return path
    return None
