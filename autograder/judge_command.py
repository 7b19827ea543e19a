"""Judge one notebook: every check, without a course folder or a database.

The student's cells run in a sandbox; the checks, with their points and hidden parts, come from the
master notebook.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.host.framework import FRAMEWORKS
from autograder.hosts import DEADLINE, Host, PipeHost, SandboxedHost
from autograder.judge import NotANotebook, judge, read_notebook
from autograder.verdict import Outcome, Verdict
from autograder.zygote import NoZygote, Zygote


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `judge` takes on the command line."""
    parser.add_argument("notebook", metavar="NOTEBOOK", type=Path, help="what was handed in")
    parser.add_argument(
        "--source",
        metavar="LESSON",
        type=Path,
        required=True,
        help="the lesson's notebook with all its checks, or the folder that it is in, "
        "such as solutions/06_short_circuiting",
    )
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    parser.add_argument(
        "--framework", choices=FRAMEWORKS, default="minidjango", help="what the layers run on"
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=float,
        default=DEADLINE,
        help="how long one exchange with the answer may take (default: %(default)g)",
    )
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="where this system has no sandbox, run the answer all the same, as yourself",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the verdicts; 0 whatever they are, 1 where one is the judge's own error."""
    verdicts = judge_file(
        arguments.notebook,
        arguments.source,
        root=arguments.framework,
        deadline=arguments.timeout,
        sandbox=not arguments.no_sandbox,
    )
    if arguments.json:
        rows = {grade_id: row(verdict) for grade_id, verdict in verdicts.items()}
        sys.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    else:
        _show(verdicts)
    return 1 if any(v.outcome is Outcome.ERRORED for v in verdicts.values()) else 0


def judge_file(
    notebook: Path,
    source: Path,
    *,
    root: str = "minidjango",
    deadline: float = DEADLINE,
    sandbox: bool = True,
) -> dict[str, Verdict]:
    """The verdict of each check of `source` on what was handed in, by `grade_id`.

    `source` is the master notebook, or a folder with one in it; `root` is the framework, and
    `deadline` bounds each exchange, in seconds. Raises NotANotebook for a file that is none, and
    NoZygote where this system has no sandbox, unless `sandbox` is False.
    """
    answers, master = read_notebook(notebook), read_notebook(_only_notebook(source))
    with hosts(root, deadline, sandbox) as host:
        return judge(answers, master, host=host)


@contextlib.contextmanager
def hosts(
    root: str = "minidjango", deadline: float = DEADLINE, sandbox: bool = True
) -> Iterator[Callable[[], Host]]:
    """What makes hosts: locked in, or without a sandbox where that is what is wanted."""
    if not sandbox:
        yield lambda: PipeHost(root, deadline)
        return
    try:
        zygote = Zygote(root)
    except NoZygote as error:
        raise NoZygote(
            f"Nothing was judged: {error}. Say --no-sandbox to run other people's code with your "
            "own rights all the same."
        ) from None
    with contextlib.closing(zygote):
        yield lambda: SandboxedHost(zygote, deadline)


def row(verdict: Verdict) -> dict[str, str | float]:
    """A verdict as `{verdict, points, max, misconception, message}`."""
    said = verdict.to_json()
    return {key: said[key] for key in ("verdict", "points", "max", "misconception", "message")}


def _only_notebook(source: Path) -> Path:
    if not source.is_dir():
        return source
    found = sorted(source.glob("*.ipynb"))
    if len(found) != 1:
        raise NotANotebook(f"{source}: {len(found)} notebooks are in this folder; name one")
    return found[0]


def _show(verdicts: dict[str, Verdict]) -> None:
    console = Console(markup=False, highlight=False)
    table = Table("check", "verdict", "points", "misconception", "message", box=None)
    for grade_id, verdict in verdicts.items():
        points = f"{verdict.points:g} of {verdict.maximum:g}"
        known = (verdict.misconception, verdict.message)
        table.add_row(grade_id, str(verdict.outcome), points, *known)
    console.print(table)
    earned = sum(verdict.points for verdict in verdicts.values())
    console.print(f"{earned:g} of {sum(v.maximum for v in verdicts.values()):g} points")
