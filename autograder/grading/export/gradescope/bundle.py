"""The zip that is uploaded to Gradescope: this project, a lesson's master, and two scripts."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import autograder
from autograder.grading.errors import GradingError
from autograder.judge import Notebook

ROOT = Path(autograder.__file__).resolve().parents[1]
"""The project's folder, if this package is in one."""
PACKAGES = ("minidjango", "autograder")
PROJECT = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE")
"""What pip needs to install the project from its folder."""
SCRIPTS = ("setup.sh", "run_autograder")
MOMENT = (1980, 1, 1, 0, 0, 0)
"""When every file in the zip was made, so that the same lesson gives the same bytes."""


def bundle(masters: Mapping[str, Notebook], root: Path = ROOT) -> bytes:
    """The zip file for these master notebooks, by file name.

    Raises GradingError where this package is not in the project's folder, from which Gradescope
    has to install it.
    """
    absent = [name for name in PROJECT if not (root / name).is_file()]
    if absent:
        raise GradingError(
            f"{root}: has no {absent[0]}; run this from a checkout of the project, installed with "
            "pip install -e"
        )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for script in SCRIPTS:
            _add(archive, script, (Path(__file__).parent / script).read_bytes(), 0o755)
        for path in _files(root):
            _add(archive, path.relative_to(root).as_posix(), path.read_bytes())
        for name, master in sorted(masters.items()):
            text = json.dumps(master, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            _add(archive, f"master/{name}", text.encode("utf-8", "backslashreplace"))
    return whole.getvalue()


def _files(root: Path) -> Iterator[Path]:
    yield from (root / name for name in PROJECT)
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def _add(archive: zipfile.ZipFile, name: str, content: bytes, mode: int = 0o644) -> None:
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100000 | mode) << 16  # a regular file
    archive.writestr(entry, content)
