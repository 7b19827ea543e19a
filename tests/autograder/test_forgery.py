"""What a student's process can do to its own grader, it cannot do across the pipe."""

from __future__ import annotations

import pytest

from autograder.verdict import Outcome
from course.proof.attacks import (
    PATCHED_CHECK,
    PATCHED_JUDGEMENT,
    PATCHED_RECORDER,
    PATCHED_WEBTEST,
)
from tests.autograder.answers import WRONGS, verdict_on

WRONG = WRONGS["never-short-circuits"]

PATCHED_GATES = """
from autograder.host import gates
def through(self, hook, function, *args, **kwargs):
    from minidjango.http import HttpResponseForbidden
    request = args[0]
    if request.path.startswith("/admin/"):
        self._gate({"is": "enter", "who": self._who, "hook": hook})
        self._gate({"is": "leave", "who": self._who, "hook": hook, "token": "403"})
    return function(*args, **kwargs)
gates.Gated._through = through
"""

REPLACED_RUNNER = """
from autograder.host import worker
worker.Worker.obey = lambda self, command, gate: {
    "is": "done", "said": "", "stack": 0, "framework": "mine",
    "status": "403 Forbidden", "headers": [["Content-Type", "text/plain"]], "body": "",
}
"""

NO_GATE_FOR_THE_VIEW = """
from autograder.host import gates
from minidjango.http import HttpResponse
def gated_view(about, gate, framework):
    return lambda request: HttpResponse("the vault")
from autograder.host import stack
stack.gated_view = gated_view
"""

ATTACKS = {
    "patched check": PATCHED_CHECK,
    "patched recorder": PATCHED_RECORDER,
    "patched gates": PATCHED_GATES,
    "replaced runner": REPLACED_RUNNER,
    "patched judgement": PATCHED_JUDGEMENT,
    "patched WebTest": PATCHED_WEBTEST,
    "a view without a gate": NO_GATE_FOR_THE_VIEW,
}


@pytest.mark.parametrize("host", ["pipe", "pipe, Django"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_from_the_student_s_process_earns_nothing(attack: str, host: str) -> None:
    verdict = verdict_on(ATTACKS[attack] + WRONG, host=host)
    assert (verdict.outcome, verdict.points) == (Outcome.FAILED, 0)


CANNED = {
    "the same status always": "return HttpResponse('the vault', status=403)",
    "the right words without the view": (
        "return HttpResponse('the vault', status=403 if blocked else 200)"
    ),
    "alternating": (
        "self.n = getattr(self, 'n', 0) + 1\n"
        "        return HttpResponse('the vault', status=403 if self.n % 2 == 0 else 200)"
    ),
}


@pytest.mark.parametrize("name", CANNED)
def test_an_answer_that_is_not_the_view_s_own_is_no_positive_control(name: str) -> None:
    head = WRONG[: WRONG.index("        if blocked:")]
    verdict = verdict_on(f"{head}        {CANNED[name]}\n", host="pipe")
    assert (verdict.outcome, verdict.points) == (Outcome.FAILED, 0)


def test_the_attacks_are_real_where_the_recorder_is_in_reach() -> None:
    # In a process of its own, for this one would be left patched.
    import subprocess
    import sys

    program = (
        "from tests.autograder.test_forgery import *\n"
        "assert verdict_on(PATCHED_RECORDER + WRONG, host='local').passed\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_child_finds_neither_the_judge_s_environment_nor_its_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MARKS", "secret")
    check = (
        "from autograder import check, value\n"
        "with check('c'):\n"
        "    assert value(marks) == ''\n"
        "    assert value(opened) == []\n"
    )
    answer = (
        "import os\n"
        "marks = os.environ.get('MARKS', '')\n"
        "opened = [fd for fd in range(3, 64) if os.path.exists(f'/proc/self/fd/{fd}')\n"
        "          and 'pipe' not in os.readlink(f'/proc/self/fd/{fd}')]\n"
    )
    assert verdict_on(answer, check, "pipe").passed
