"""What a check asks of a student's names themselves: a quiz answer, a value."""

from __future__ import annotations

from typing import Any

from autograder import messages
from autograder.conversation import nobody
from autograder.evidence import Claim
from autograder.host.wire import Message
from autograder.seal import unseal
from autograder.session import ask, session


def quiz(function: Any, sealed: str) -> None:
    """Claim that a quiz question's function returns the right letter; the reason is the story.

    Raises ValueError where `sealed` is not what `autograder.seal.seal` made.
    """
    answer, reasons = unseal(sealed)
    given = _value({"do": "call", "function": session().host.refer(function), "args": []})
    letter = given.strip().lower() if isinstance(given, str) else ""
    options = ", ".join(sorted(reasons))
    _claim(
        letter == answer,
        f"the letter of the right option, one of {options}",
        f"{letter}: {reasons[letter]}" if letter in reasons else f"{given!r} is none of {options}",
    )


def value(reference: Any) -> Any:
    """What a name of the student's is, or an attribute of it, as plain data.

    Returns None, and claims that it is wrong, where it is no plain data.
    """
    return _value({"do": "value", "of": session().host.refer(reference)})


def _value(command: Message) -> Any:
    here = session()
    result = ask(here, command, nobody)
    if result["is"] == "raised":
        raised = messages.raised(result)
        if here.evidence is not None:
            here.evidence.raised.append(raised)
        _claim(False, "a value", f"it raised {raised.told}")
        return None
    if "value" not in result:
        _claim(False, "plain data", f"it is a {messages.text(result, 'type')}")
        return None
    return messages.value(result)


def _claim(held: bool, wanted: str, happened: str) -> None:
    evidence = session().evidence
    if evidence is not None:
        evidence.claims.append(Claim(held, wanted, messages.clean(happened)))
    elif not held:
        raise AssertionError(f"expected {wanted}; {happened}")
