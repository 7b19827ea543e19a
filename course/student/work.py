"""The student's own copies of the lessons: `work/`, beside the released ones in `notebooks/`.

What a student wrote is never overwritten. `work/.base` keeps each file as it was released, so that
a changed lesson can be merged into what the student made of it; before that, and before a lesson is
begun afresh, the student's notebook is copied to `work/.backups`.
"""

import time
from pathlib import Path

from course.student import notebook_file, soundness
from course.student.desk import BASE, Desk, command, contents
from course.student.merge import merge
from course.student.notebook_file import Notebook, NotebookError, write_bytes

BACKUPS = ".backups"


def refresh(desk: Desk) -> list[str]:
    """Copy what the student does not have yet, and bring in what has changed.

    Returns a sentence for everything worth telling: a lesson that was merged, a file that was left
    as it is. Raises OSError if something cannot be read or written, and NotebookError if a released
    notebook is broken.
    """
    said = []
    for lesson in desk.lessons():
        for path in sorted((desk.released / lesson).rglob("*")):
            name = path.relative_to(desk.released)
            if path.is_file() and not any(part.startswith(("__", ".")) for part in name.parts):
                said += bring(name, desk)
    return said


def bring(name: Path, desk: Desk) -> list[str]:
    """Bring one released file to the student; return what there is to tell about it."""
    new = (desk.released / name).read_bytes()
    base = contents(desk.work / BASE / name)
    mine = contents(desk.work / name)
    if mine in (None, base, new):
        said = []
        if mine != new:
            write_bytes(desk.work / name, new)
    elif name.suffix == ".ipynb":
        try:
            said = bring_notebook(name, desk, changed=base != new)
        except NotebookError as error:
            return [str(error)]
    else:
        said = [] if base == new else [f"{desk.work / name} has a new version; yours is kept."]
    if base != new:
        write_bytes(desk.work / BASE / name, new)
    return said


def bring_notebook(name: Path, desk: Desk, *, changed: bool) -> list[str]:
    """Merge a notebook that the student has edited with a release that has changed.

    One that nbgrader could not grade is put right, by the same merge. Raises NotebookError, with
    the mend, if the student's file is not a notebook.
    """
    mine = read_own(desk, name)
    new = notebook_file.read(desk.released / name)
    faulty = bool(soundness.faults(mine, new))
    if not changed and not faulty:
        return []
    backup = back_up(desk, name)
    notebook_file.write(desk.work / name, merge(original(desk, name, new), mine, new))
    what = (
        "has changed: the new text is in your copy, your answers are kept"
        if changed
        else "had cells that nbgrader could not grade: that is put right, your answers are kept"
    )
    return [f"{name.stem} {what}. (As it was: {backup})"]


def read_own(desk: Desk, name: Path) -> Notebook:
    """Read one of the student's notebooks; raise NotebookError, with the mend, if it is none."""
    try:
        return notebook_file.read(desk.work / name)
    except NotebookError as error:
        there = backups(desk, name.stem)
        older = f"bring back the backup {there[-1]}, or " if there else ""
        afresh = f"type {command('reset', name.stem)} to begin it afresh"
        raise NotebookError(f"{error}; it is left as it is: {older}{afresh}.") from error


def original(desk: Desk, name: Path, new: Notebook) -> Notebook:
    """Return a notebook as the student got it; one without cells if nobody knows any more."""
    base = desk.work / BASE / name
    return notebook_file.read(base) if base.exists() else {**new, "cells": []}


def back_up(desk: Desk, name: Path) -> Path:
    """Copy one of the student's notebooks to the backups, and return where it is kept."""
    backup = unused(desk.work / BACKUPS, name.stem)
    write_bytes(backup, (desk.work / name).read_bytes())
    return backup


def backups(desk: Desk, lesson: str) -> list[Path]:
    """Return the backups of a lesson, the latest last."""
    return sorted((desk.work / BACKUPS).glob(f"*-{lesson}.ipynb"))


def unused(folder: Path, name: str) -> Path:
    """Return a path for a backup made now."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path, count = folder / f"{stamp}-{name}.ipynb", 1
    while path.exists():
        count += 1
        path = folder / f"{stamp}-{count}-{name}.ipynb"
    return path
