"""The student's own copies of the lessons: `work/`, beside the released ones in `notebooks/`.

What a student wrote is never overwritten. `work/.base` keeps each file as it was released, so that
a changed lesson can be merged into what the student made of it; before that, the student's
notebook is copied to `work/.backups`.
"""

import time
from pathlib import Path

from course.student import notebook_file
from course.student.merge import merge
from course.student.notebook_file import NotebookError, write_bytes

BASE = ".base"
BACKUPS = ".backups"


def lessons(released: Path) -> list[str]:
    """Return the names of the released lessons in their order: folders `NN_name/NN_name.ipynb`."""
    return sorted(
        folder.name for folder in released.glob("*") if (folder / f"{folder.name}.ipynb").is_file()
    )


def refresh(released: Path, work: Path) -> list[str]:
    """Copy what the student does not have yet, and bring in what has changed.

    Returns a sentence for everything worth telling: a lesson that was merged, a file that was left
    as it is. Raises OSError if something cannot be read or written, and NotebookError if a released
    notebook is broken.
    """
    said = []
    for lesson in lessons(released):
        for path in sorted((released / lesson).rglob("*")):
            name = path.relative_to(released)
            if path.is_file() and not any(part.startswith(("__", ".")) for part in name.parts):
                said += bring(name, released, work)
    return said


def bring(name: Path, released: Path, work: Path) -> list[str]:
    """Bring one released file to the student; return what there is to tell about it."""
    new = (released / name).read_bytes()
    base = contents(work / BASE / name)
    mine = contents(work / name)
    if mine in (None, base, new):
        said = []
        if mine != new:
            write_bytes(work / name, new)
    elif name.suffix == ".ipynb":
        try:
            said = bring_notebook(name, released, work, changed=base != new)
        except NotebookError as error:
            return [str(error)]
    else:
        said = [] if base == new else [f"{work / name} has a new version; yours is kept."]
    if base != new:
        write_bytes(work / BASE / name, new)
    return said


def bring_notebook(name: Path, released: Path, work: Path, *, changed: bool) -> list[str]:
    """Merge a notebook that the student has edited with a release that has changed.

    Raises NotebookError, with the mend, if the student's file is not a notebook.
    """
    try:
        mine = notebook_file.read(work / name)
    except NotebookError as error:
        mend = (
            f"it is left as it is; rename it to get the lesson afresh, or look in {work / BACKUPS}"
        )
        raise NotebookError(f"{error}; {mend}.") from error
    if not changed:
        return []
    new = notebook_file.read(released / name)
    base = work / BASE / name
    original = notebook_file.read(base) if base.exists() else {**new, "cells": []}
    backup = unused(work / BACKUPS, name.stem)
    write_bytes(backup, (work / name).read_bytes())
    notebook_file.write(work / name, merge(original, mine, new))
    return [
        f"{name.stem} has changed: the new text is in your copy, your answers are kept. "
        f"(As it was: {backup})"
    ]


def unused(backups: Path, name: str) -> Path:
    """Return a path for a backup made now."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path, count = backups / f"{stamp}-{name}.ipynb", 1
    while path.exists():
        count += 1
        path = backups / f"{stamp}-{count}-{name}.ipynb"
    return path


def contents(path: Path) -> bytes | None:
    """Return what is in a file, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
