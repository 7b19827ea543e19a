"""What a student's process can do to a grader inside it: patches, tried on every exercise.

The judge is in another process, so that none of them reaches it. What they reach is the host's own
code: its gates, and the worker that obeys the judge.
"""

from __future__ import annotations

PATCHED_CHECK = """\
import autograder
from autograder import checking
checking.check.__exit__ = lambda *arguments: True
"""

PATCHED_RECORDER = """\
from autograder import seen
seen.Seen._claim = lambda self, *claim: None
"""

PATCHED_JUDGEMENT = """\
from autograder import checking, judgement
from autograder.verdict import Outcome, Verdict
def pass_all(name, points, *rest):
    return Verdict(name, Outcome.PASSED, points, points)
checking.verdict_on = judgement.verdict_on = pass_all
"""

PATCHED_WEBTEST = """\
import webtest
webtest.TestApp.do_request = lambda self, request, **more: None
"""

PATCHED_GATES = """\
from autograder.host import gates
def pretend(self, hook, function, *args, **kwargs):
    where = {"who": self._who, "hook": hook}
    self._gate({"is": "enter", **where})
    self._gate({"is": "leave", **where, "token": "403"})
    return function(*args, **kwargs)
gates.Gated._through = pretend
"""

NO_GATE_FOR_THE_VIEW = """\
from autograder.host import stack
from minidjango.http import HttpResponse as Own
stack.gated_view = lambda about, gate, framework: lambda request, *a, **k: Own("the vault")
"""

REPLACED_RUNNER = """\
from autograder.host import worker
worker.Worker.obey = lambda self, command, gate: {
    "is": "done", "said": "", "stack": 0, "framework": "mine", "value": True,
    "status": "200 OK", "headers": [["Content-Type", "text/plain"]], "body": "the vault",
}
"""

ATTACKS = {
    "patches the check": PATCHED_CHECK,
    "patches the recorder": PATCHED_RECORDER,
    "patches the judgement": PATCHED_JUDGEMENT,
    "patches WebTest": PATCHED_WEBTEST,
    "patches the gates": PATCHED_GATES,
    "replaces the runner": REPLACED_RUNNER,
}
"""Those that help any answer; each is run before the answer that it helps."""
