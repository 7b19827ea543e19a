"""Where a check runs: which host holds the student's names, and who hears the verdicts."""

from __future__ import annotations

import contextlib
import random
import string
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from autograder import messages
from autograder.evidence import Evidence
from autograder.host.wire import Message
from autograder.hosts import Answer, Host, LocalHost
from autograder.verdict import Verdict

Report = Callable[[Verdict], None]


@dataclass(slots=True)
class Session:
    """A host, the chance that makes values fresh, and where verdicts are reported.

    `evidence` is that of the check which is running, None between checks.
    """

    host: Host
    report: Report
    chance: random.Random = field(default_factory=random.SystemRandom)
    evidence: Evidence | None = None


_session: ContextVar[Session | None] = ContextVar("session", default=None)


def session() -> Session:
    """The session in force; in a notebook or a plain program, one on this process."""
    found = _session.get()
    if found is None:
        found = Session(LocalHost(namespace=_notebook()), report=show)
        _session.set(found)
    return found


@contextlib.contextmanager
def using(new: Session) -> Iterator[Session]:
    """Inside, checks run in this session."""
    token = _session.set(new)
    try:
        yield new
    finally:
        _session.reset(token)


class NotDefined(Exception):
    """A name that a check needs and the student has not defined yet."""


def ask(command: Message, answer: Answer) -> Message:
    """Send the host of this session a command; what is said meanwhile goes into the evidence.

    Raises NotDefined where the command names something that is not there, HostFailed or Malformed
    where the host does not do its part.
    """
    here = session()
    result = messages.result(here.host.ask(command, answer))
    if here.evidence is not None:
        here.evidence.said.append(messages.text(result, "said"))
    if result["is"] == "missing":
        raise NotDefined(messages.text(result, "name"))
    return result


def _shell() -> object | None:
    """The IPython shell that this is running in, if it is."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _notebook() -> dict[str, object]:
    """The namespace in which the student's names stand."""
    shell = _shell()
    if shell is not None:
        namespace: dict[str, object] = shell.user_ns  # type: ignore[attr-defined]
        return namespace
    return vars(sys.modules["__main__"])


def show(verdict: Verdict) -> None:
    """Show a verdict's card where there is a notebook to show it in."""
    if _shell() is not None:
        from IPython.display import display  # there is a shell, so it is here already

        display(verdict)


def fresh(pattern: str = "{}") -> str:
    """`pattern` with each `{}` replaced by a word that nobody could have guessed.

    A check that asks for `fresh("/admin/{}")` asks for another path in each run.
    """
    chance = session().chance
    while "{}" in pattern:
        word = "".join(chance.choices(string.ascii_lowercase, k=10))
        pattern = pattern.replace("{}", word, 1)
    return pattern
