"""What a check asks of a student's names themselves: a quiz answer, a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import webtest

from autograder import messages
from autograder.conversation import nobody
from autograder.evidence import Claim, ClaimBroken
from autograder.host.plain import environ_to_plain
from autograder.host.values import is_plain
from autograder.host.wire import Message
from autograder.plans import called
from autograder.seal import unseal
from autograder.session import ask, session, students_turn


def quiz(function: Any, sealed: str = "", *, letters: str = "") -> None:
    """Claim that a quiz question's function returns the right letter; the reason is the story.

    A wrong option is known by the misconception that it follows from. Without `sealed`, as in an
    exam, the claim is that it is one of `letters`. Raises ValueError where `sealed` is not what
    `autograder.seal.seal` made.
    """
    given = _value({"do": "call", "function": session().host.refer(function), "args": []})
    letter = given.strip().lower() if isinstance(given, str) else ""
    if not sealed:
        claim(letter in [*letters], f"one of {', '.join(letters)}", f"the answer is {given!r}")
        return
    answer, reasons, beliefs = unseal(sealed)
    options = ", ".join(sorted(reasons))
    if (evidence := session().evidence) is not None:
        evidence.believed = beliefs.get(letter, "")
    claim(
        letter == answer,
        f"the letter of the right option, one of {options}",
        f"{letter}: {reasons[letter]}" if letter in reasons else f"{given!r} is none of {options}",
    )


@dataclass(frozen=True, slots=True)
class Requested:
    """A request to hand to a function of the student's; `request` makes it."""

    plain: Message


def request(path: str, **arguments: Any) -> Requested:
    """A request for `call`, made where the student's function is, of WebTest's arguments.

    They are those of `webtest.TestRequest.blank`, such as `method="POST"`, `POST={"a": "b"}`,
    `headers={...}`.
    """
    made = webtest.TestRequest.blank(path, **arguments)
    return Requested(
        {
            "environ": environ_to_plain(made.environ),
            "body": made.body.decode("latin-1"),
            "method": made.method,
            "path": made.path,
            "path_info": made.path_info,
            "attributes": {},
        }
    )


ANYTHING = object()
"""That nothing is claimed of what a function returns."""


def call(function: Any, *arguments: Any, gives: Any = ANYTHING) -> Any:
    """What a function of the student's returns for these arguments, all as plain data.

    An argument may be a `request(...)`. With `gives`, it is claimed that it returns just that.
    Returns None, and claims that it is wrong, where it raises or returns what is no plain data.
    Raises TypeError where an argument is no plain data.
    """
    plain = [argument for argument in arguments if not isinstance(argument, Requested)]
    if not is_plain(plain):
        raise TypeError("call() takes plain arguments: text, numbers, lists and dicts of them")
    here = session()
    args = [{"request": a.plain} if isinstance(a, Requested) else {"value": a} for a in arguments]
    claims = len(here.evidence.claims) if here.evidence else 0
    answer = _value({"do": "call", "function": here.host.refer(function), "args": args})
    wrong = here.evidence is not None and len(here.evidence.claims) > claims
    if answer is None and here.evidence is not None and not wrong:
        here.evidence.gave_nothing = gives is not None
    if gives is not ANYTHING and not wrong:
        told = ", ".join("request" if isinstance(a, Requested) else repr(a) for a in arguments)
        asked = f"{called(function)}({told})"
        claim(answer == gives, f"{asked} gives {gives!r}", f"it gives {answer!r}", "value")
    return answer


def value(reference: Any) -> Any:
    """What a name of the student's is, or an attribute of it, as plain data.

    Returns None, and claims that it is wrong, where it is no plain data.
    """
    return _value({"do": "value", "of": session().host.refer(reference)})


def _value(command: Message) -> Any:
    here = session()
    with students_turn(here):
        result = ask(here, command, nobody)
    if result["is"] == "raised":
        raised = messages.raised(result)
        if here.evidence is not None:
            here.evidence.raised.append(raised)
        claim(False, "a value", f"it raised {raised.told}")
        return None
    if "value" not in result:
        kind = messages.text(result, "type")
        others = " of other things" if kind in ("dict", "list", "tuple") else ""
        claim(False, "texts, numbers, or lists and dicts of them", f"it is a {kind}{others}")
        return None
    return messages.value(result)


def claim(held: bool, wanted: str, happened: str, about: str = "") -> None:
    """Note a claim that is about no exchange; outside a check, raise where it does not hold."""
    evidence = session().evidence
    if evidence is not None:
        evidence.claims.append(Claim(held, wanted, messages.clean(happened), about))
    elif not held:
        raise ClaimBroken(f"expected {wanted}; {happened}")
