"""How many hints of each exercise a student has seen: `work/.hints.json`.

{lesson: {slug: how many}}
"""

import json
from pathlib import Path

from course.student import notebook_file

NAME = ".hints.json"

Counts = dict[str, dict[str, int]]


def read(work: Path) -> Counts:
    """Return the counts; none where there is no file, or one that does not hold them any more."""
    try:
        found = json.loads((work / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if well_formed(found) else {}


def well_formed(found: object) -> bool:
    """Tell whether JSON data has the shape of this file."""
    return isinstance(found, dict) and all(
        isinstance(slugs, dict) and all(type(count) is int for count in slugs.values())
        for slugs in found.values()
    )


def record(work: Path, lesson: str, slug: str, count: int) -> None:
    """Keep how many hints have been seen. Raises OSError if `work/` cannot be written."""
    counts = read(work)
    counts.setdefault(lesson, {})[slug] = count
    write(work, counts)


def forget(work: Path, lesson: str) -> bool:
    """Begin to count anew in a lesson; return whether there was anything to forget."""
    counts = read(work)
    if lesson not in counts:
        return False
    del counts[lesson]
    write(work, counts)
    return True


def write(work: Path, counts: Counts) -> None:
    """Keep these counts and no others."""
    content = json.dumps(counts, indent=1, sort_keys=True) + "\n"
    notebook_file.write_bytes(work / NAME, content.encode())
