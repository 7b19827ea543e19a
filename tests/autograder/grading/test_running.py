"""A restored notebook, run: checks of ours are judged, other tests run, and all is written down."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.grading.master import Master, MasterCell
from autograder.grading.ours import is_ours
from autograder.grading.running import Files, Limits, Ran, run
from autograder.grading.scoring import scores
from autograder.hosts import PipeHost
from autograder.outputs import VERDICT
from autograder.verdict import Outcome

CHECK = """import autograder


@autograder.check("block-list", points=2)
def _check():
    from autograder import fresh, onion, part
    from minidjango.http import HttpResponse

    def secret(request):
        return HttpResponse("the vault")

    app = onion(BlockList, view=secret)
    app.get(fresh("/public/{}"))
    with part("it forbids", points=1):
        app.get(fresh("/admin/{}"), status=403)
    with part("nobody gets through", points=1):
        app.trace.reached(secret)
"""
RIGHT = """
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden()
        return self.get_response(request)
"""
WRONG = CHECK.replace("    def secret", "    1 / 0\n\n    def secret")
"""A check that itself goes wrong."""
BLIND = RIGHT.replace("/admin/", "/nowhere/")


def graded(grade_id: str, source: str, points: float = 2) -> MasterCell:
    return MasterCell(grade_id, "code", source, True, True, False, False, points, "")


def notebook(*cells: str | MasterCell) -> dict[str, Any]:
    """A restored notebook: texts are the student's own cells."""
    made: list[dict[str, Any]] = []
    for cell in cells:
        metadata: dict[str, Any] = {}
        if isinstance(cell, MasterCell):
            flags = {"grade": cell.grade, "solution": cell.solution, "points": cell.points}
            metadata = {"nbgrader": {"grade_id": cell.grade_id, **flags}}
        source = cell.source if isinstance(cell, MasterCell) else cell
        made.append(
            {
                "cell_type": "code",
                "metadata": metadata,
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
        )
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def master(*cells: str | MasterCell) -> Master:
    return Master("a", "n", tuple(cell for cell in cells if isinstance(cell, MasterCell)), {})


def ran(
    *cells: str | MasterCell, deadline: float = 10, files: Files = ()
) -> tuple[dict[str, Any], Ran]:
    made = notebook(*cells)
    return made, run(made, master(*cells), lambda: started(deadline), Limits(), files)


def started(deadline: float) -> PipeHost:
    """A host that has started, however busy the machine is: from now on the deadline counts."""
    host = PipeHost(deadline=60)
    host.show({"do": "show", "source": "pass", "count": 0, "limit": 0})
    host.deadline = deadline
    return host


def kinds(cell: dict[str, Any]) -> list[str]:
    return [output["output_type"] for output in cell["outputs"]]


def test_a_check_of_ours_is_judged_and_its_card_is_all_that_a_pass_shows() -> None:
    made, done = ran(RIGHT, graded("check", CHECK.replace("app.trace.reached(secret)", "pass")))
    assert (done.judged, done.ran) == (1, 0)
    assert done.verdicts["check"].outcome is Outcome.PASSED
    assert kinds(made["cells"][1]) == ["display_data"]
    assert made["cells"][1]["outputs"][0]["data"][VERDICT]["verdict"] == "passed"
    assert [cell["execution_count"] for cell in made["cells"]] == [1, 2]


def test_points_for_a_part_are_a_result_before_the_error() -> None:
    cell = graded("check", CHECK)
    made, done = ran(BLIND, cell)
    assert done.verdicts["check"].points == 1
    assert kinds(made["cells"][1]) == ["display_data", "execute_result", "error"]
    assert made["cells"][1]["outputs"][2]["ename"] == "CheckFailed"
    (score,) = scores(made, master(cell))
    assert (score.auto, score.maximum, score.needs_manual) == (1, 2, False)


def test_a_check_after_a_cell_that_broke_off_says_so_as_a_kernel_does() -> None:
    made, _ = ran(RIGHT, "1 / 0", graded("check", CHECK))
    assert "ZeroDivisionError" in made["cells"][2]["outputs"][0]["data"]["text/plain"]
    made, _ = ran("1 / 0", RIGHT, graded("check", CHECK))
    assert "ZeroDivisionError" not in made["cells"][2]["outputs"][0]["data"]["text/plain"]


def test_a_plain_test_is_only_run_and_its_outputs_are_its_marks() -> None:
    good, bad = graded("good", "assert x == 1"), graded("bad", "assert x == 2")
    part, loud = graded("part", "0.5"), graded("loud", "import sys; sys.stderr.write('oh');")
    cells = ("x = 1", good, bad, part, loud)
    made, done = ran(*cells)
    assert (done.judged, done.ran) == (0, 4)
    assert [score.auto for score in scores(made, master(*cells))] == [2, 0, 0.5, 0]


def test_a_cell_that_hangs_is_interrupted_and_the_later_cells_go_on() -> None:
    hangs = "import time\nx = 1\ntime.sleep(60)"
    plain = graded("plain", "assert x == 1")
    made, done = ran(hangs, plain, RIGHT, graded("check", CHECK), deadline=2)
    assert [output["ename"] for output in made["cells"][0]["outputs"]] == [
        "KeyboardInterrupt",
        "CellTimeoutError",
    ]
    assert made["cells"][1]["outputs"] == []
    assert done.verdicts["check"].outcome is Outcome.FAILED  # and not timed out


def test_a_cell_that_heeds_no_interrupt_is_ended_and_the_cells_before_it_run_again() -> None:
    deaf = (
        "import signal, time\nwhile True:\n    try: time.sleep(60)\n    except BaseException: pass"
    )
    made, _ = ran("x = 1", deaf, graded("plain", "assert x == 1"), deadline=2)
    assert made["cells"][1]["outputs"][0]["ename"] == "TimedOut"
    assert made["cells"][2]["outputs"] == []


def test_a_cell_that_ends_its_process_costs_no_marks_already_earned() -> None:
    plain = graded("plain", "assert x == 1")
    made, _ = ran("x = 1", plain, "import os; os._exit(0)", graded("later", "assert x == 1"))
    assert [len(cell["outputs"]) for cell in made["cells"]] == [0, 0, 1, 0]
    assert made["cells"][2]["outputs"][0]["ename"] == "HostDied"


def test_a_tag_keeps_a_cell_from_running_but_no_test() -> None:
    cell = graded("plain", "assert False")
    made = notebook("1 / 0", cell)
    for one in made["cells"]:
        one["metadata"]["tags"] = ["skip-execution"]
    run(made, master(cell), PipeHost)
    assert [kinds(cell) for cell in made["cells"]] == [[], ["error"]]


def test_files_handed_in_are_where_the_notebook_runs_and_nowhere_else() -> None:
    files = (("data/numbers.txt", b"42"), ("helper.py", b"x = 7"), ("../outside.txt", b"no"))
    source = "import helper\n(open('data/numbers.txt').read(), helper.x)"
    made, _ = ran(source, "import os; os.path.exists('../outside.txt')", files=files)
    assert made["cells"][0]["outputs"][0]["data"]["text/plain"] == "('42', 7)"
    assert made["cells"][1]["outputs"][0]["data"]["text/plain"] == "False"


def test_a_module_handed_in_stands_in_for_nobody_elses() -> None:
    made, _ = ran("import webtest; webtest.__file__", files=(("webtest.py", b""),))
    assert "site-packages" in made["cells"][0]["outputs"][0]["data"]["text/plain"]


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        (f"[{{'output_type': 'display_data', 'data': {{{VERDICT!r}: {{}}}}}}]", "display_data"),
        ("'passed'", "error"),
    ],
)
def test_what_a_host_makes_up_is_neither_a_mark_nor_a_verdict(claimed: str, shown: str) -> None:
    forger = f"from autograder.host.outputs import Outputs\nOutputs.done = lambda self: {claimed}"
    made, done = ran(forger, BLIND, graded("check", CHECK))
    assert kinds(made["cells"][0]) == [shown]
    assert VERDICT not in str(made["cells"][0]["outputs"])
    assert made["cells"][2]["outputs"][0]["data"][VERDICT]["verdict"] == "failed"
    assert done.verdicts["check"].points == 1


def test_a_check_that_went_wrong_itself_is_told_as_errored() -> None:
    _, done = ran(RIGHT, graded("check", WRONG))
    assert done.verdicts["check"].outcome is Outcome.ERRORED


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        (CHECK, True),
        ("from autograder import check\n@check('x')\ndef _(): pass", True),
        ("from autograder import check as c\nwith c('x'): pass", True),
        ("import autograder as ag\nwith ag.check('x'): pass", True),
        ("@check('x')\ndef _(): pass", False),
        ("from otherwise import check\nwith check('x'): pass", False),
        ("import autograder\nassert x == 1", False),
        ("import autograder\ndef f():\n    with autograder.check('x'): pass", False),
        ("%time 3", False),
        ("\x00", False),
    ],
)
def test_a_check_is_ours_where_it_calls_ours_at_its_top_level(source: str, ours: bool) -> None:
    assert is_ours(source) is ours
