"""What runs in Gradescope's container: a submission is found, judged, and its results written.

    python -m autograder.grading.export.gradescope.running HOME

HOME is `/autograder` there. What is printed here is for instructors alone.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.grading.errors import GradingError
from autograder.grading.export.gradescope import lateness, results
from autograder.grading.export.gradescope.hosts import hosts
from autograder.grading.export.gradescope.masters import hidden_checks, read_masters, visible_part
from autograder.grading.export.gradescope.results import Entry
from autograder.hosts import Host
from autograder.judge import NotANotebook, Notebook, code_cells, judge, read_notebook
from autograder.verdict import Outcome
from autograder.writing import write_whole

IGNORED = {".ipynb_checkpoints", "__MACOSX"}


def main(arguments: list[str]) -> int:
    """Judge what is in HOME/submission into HOME/results/results.json; 0 whatever it is worth."""
    (home,) = map(Path, arguments)
    try:
        found = run(home)
    except GradingError as error:
        print(error, file=sys.stderr)  # noqa: T201  for the instructor
        return 1
    target = home / "results" / "results.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, f"{json.dumps(found, indent=1)}\n".encode("ascii"))
    return 0


def run(home: Path, sandbox: bool = True) -> Entry:
    """The results of the submission in that home; GradingError where the autograder is broken."""
    start = time.monotonic()
    masters = read_masters(home / "source" / "master")
    metadata = home / "submission_metadata.json"
    found = {name: handed_in(home / "submission", name, masters) for name in masters}
    ours = [home / "source" / "master", home / "results", metadata]
    tests: list[Entry] = []
    with contextlib.ExitStack() as around:
        host: Callable[[], Host] | None = None
        for name, master in masters.items():
            notebook = found[name]
            if isinstance(notebook, str):
                points = sum(cell.points for cell in code_cells(master) if cell.is_check)
                tests.append(results.missing(name, points, notebook))
                continue
            host = host or around.enter_context(hosts(print, ours, sandbox))
            label = f"{Path(name).stem}: " if len(masters) > 1 else ""
            tests += judged(notebook, master, host, label)
    late = lateness.lateness(metadata)
    lines = list(filter(None, [lateness.sentence(late), _faults(tests)]))
    extra = {"late_seconds": round(late.total_seconds())}
    return results.whole(tests, lines, time.monotonic() - start, extra)


def handed_in(folder: Path, name: str, masters: Mapping[str, Notebook]) -> Notebook | str:
    """The notebook of that name, or why there is none to judge."""
    try:
        return read_notebook(find(folder, name, alone=len(masters) == 1))
    except (GradingError, NotANotebook) as error:
        return str(error).replace(f"{folder}{os.sep}", "")


def judged(
    notebook: Notebook, master: Notebook, host: Callable[[], Host], label: str = ""
) -> list[Entry]:
    """The entries for a notebook: every check, and the visible part of those that hide one."""
    verdicts = judge(notebook, master, host=host)
    hidden = hidden_checks(master)
    # All checks, for one may need another.
    seen = judge(notebook, visible_part(master), host=host) if hidden else {}
    visible = {grade_id: verdict for grade_id, verdict in seen.items() if grade_id in hidden}
    return results.entries(verdicts, visible, label)


def find(folder: Path, name: str, alone: bool) -> Path:
    """The notebook of that name among what was handed in, however deep.

    A notebook of another name does, if it is the only one and the lesson has one `alone`. Raises
    GradingError where there is none, or more than one. Links are not followed.
    """
    there = [
        Path(where, file)
        for where, folders, files in os.walk(folder)
        if not IGNORED & set(Path(where).parts)
        for file in files
        if file.endswith(".ipynb") and _is_a_file(Path(where, file))
    ]
    named = [path for path in there if path.name == name]
    fits = named or (there if alone else [])
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise GradingError(f"There is no notebook {name} in what you handed in: add it.")
    among = ", ".join(sorted(str(path.relative_to(folder)) for path in fits))
    raise GradingError(f"It is not clear which notebook is meant, {among}: hand in {name} alone.")


def _is_a_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _faults(tests: list[Entry]) -> str:
    """What is said where the grader itself went wrong: those points are nobody's fault."""
    broken = [
        test["name"]
        for test in tests
        if test.get("extra_data", {}).get("verdict") == Outcome.ERRORED
    ]
    if not broken:
        return ""
    return (
        f"The autograder itself went wrong at {', '.join(broken)}: those points are not counted "
        "yet; please tell your instructor."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
