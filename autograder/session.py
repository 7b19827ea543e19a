"""Where a check runs: which host holds the student's names, and who hears the verdicts."""

from __future__ import annotations

import contextlib
import functools
import random
import string
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, overload

from autograder import messages
from autograder.evidence import Evidence
from autograder.host.wire import Message
from autograder.hosts import Answer, Host, LocalHost
from autograder.verdict import Outcome, Verdict

T = TypeVar("T")
Report = Callable[[Verdict], None]


@dataclass(slots=True)
class Session:
    """A host, the chance that makes values fresh, and where verdicts are reported.

    `own` says that whoever runs the check is who wrote the answer: a notebook's user. `evidence` is
    that of the check which is running, None between checks. `outcomes` are what each check, by its
    name, came to when it ran last.
    """

    host: Host
    report: Report
    chance: random.Random = field(default_factory=random.SystemRandom)
    own: bool = False
    evidence: Evidence | None = None
    outcomes: dict[str, Outcome] = field(default_factory=dict)


_session: ContextVar[Session | None] = ContextVar("session", default=None)


def session() -> Session:
    """The session in force; in a notebook or a plain program, one on this process."""
    return _session.get() or _own_session()


@functools.cache
def _own_session() -> Session:
    return Session(LocalHost(namespace=_notebook()), report=show, own=True)


@contextlib.contextmanager
def using(new: Session) -> Iterator[Session]:
    """Inside, checks run in this session."""
    token = _session.set(new)
    try:
        yield new
    finally:
        _session.reset(token)


@contextlib.contextmanager
def students_turn(here: Session) -> Iterator[None]:
    """Inside, code of the student's may use the checking API: nobody takes it for the check's."""
    with using(replace(here, report=lambda verdict: None, evidence=None, outcomes={})):
        yield


class NotDefined(Exception):
    """A name that a check needs and the student has not defined yet."""


def ask(here: Session, command: Message, answer: Answer) -> Message:
    """Send the host of a session a command; what is said meanwhile goes into the evidence.

    Raises NotDefined where the command names something that is not there, HostFailed or Malformed
    where the host does not do its part.
    """
    result = messages.result(here.host.ask(command, answer))
    if here.evidence is not None:
        here.evidence.asked += 1
        here.evidence.hear(messages.text(result, "said"))
    if result["is"] == "missing":
        raise NotDefined(messages.text(result, "name"))
    return result


def _shell() -> Any:
    """The IPython shell that this is running in; None where it is not."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _notebook() -> dict[str, object]:
    """The namespace in which the student's names stand."""
    shell = _shell()
    if shell is not None:
        namespace: dict[str, object] = shell.user_ns
        return namespace
    return vars(sys.modules["__main__"])


def show(verdict: Verdict) -> None:
    """Show a verdict's card where there is a notebook to show it in.

    What a check that did not fully pass has earned is the cell's result as well: the first result
    that is a number is what stock nbgrader takes for the points.
    """
    shell = _shell()
    if shell is not None:
        from IPython.display import display  # there is a shell, so it is here already

        from autograder.last_cell import broke_off  # which needs a picture's words

        if note := broke_off(shell):
            display(note)
        display(verdict)
        if verdict.points and not verdict.passed:
            shell.displayhook(float(verdict.points))


@overload
def fresh(pattern: str = "{}") -> str: ...
@overload
def fresh(pattern: list[T]) -> list[T]: ...
def fresh(pattern: str | list[T] = "{}") -> str | list[T]:
    """What nobody could have guessed, new in each run.

    A text with each `{}` replaced by a word, so that `fresh("/admin/{}")` is another path each
    time; a list in another order, so that nobody can answer by counting.
    """
    here = session()
    if isinstance(pattern, list):
        return here.chance.sample(pattern, len(pattern))
    while "{}" in pattern:
        word = _word(here.chance.randrange(26**LETTERS))
        if here.evidence is not None:
            here.evidence.words.append(word)
        pattern = pattern.replace("{}", word, 1)
    return pattern


LETTERS = 10
"""How long a fresh word is."""


def _word(number: int) -> str:
    letters = []
    for _ in range(LETTERS):
        number, letter = divmod(number, 26)
        letters.append(string.ascii_lowercase[letter])
    return "".join(letters)
