"""A verdict as the outputs of its cell: what a kernel leaves there, so that all read the same.

The card; then, where some points were earned, their number, which stock nbgrader takes for the
marks; then the error that says in one line that the check did not fully pass.
"""

from __future__ import annotations

from autograder.checking import CheckFailed
from autograder.last_cell import BrokeOff
from autograder.outputs import Output, display, error, result
from autograder.verdict import Verdict


def outputs_of(verdict: Verdict, count: int, broke_off: str = "") -> list[Output]:
    """The outputs of the check cell with that number.

    `broke_off` is the type of the error that ended the cell before it, or "".
    """
    found = [display(verdict._repr_mimebundle_())]
    if broke_off:
        found.insert(0, display(dict(BrokeOff(broke_off)._repr_mimebundle_())))
    if verdict.passed:
        return found
    if verdict.points:
        found.append(result({"text/plain": repr(float(verdict.points))}, count))
    failed = CheckFailed(verdict)
    return [*found, error("CheckFailed", str(failed), failed._render_traceback_())]
