"""Quiz questions: a key that does not lie in plain sight, and the reason for each option.

The seal stops a glance at the notebook, not an attack: whoever runs `unseal` has the key. Marks
that must resist that are made from fresh inputs.
"""

from __future__ import annotations

import base64
import functools
import json


def seal(answer: str, reasons: dict[str, str], beliefs: dict[str, str] | None = None) -> str:
    """The key and the reasons of one question as one opaque word, the same each time.

    `answer` is a letter among those of `reasons`, which say of each option why it is right or
    wrong; `beliefs` names the misconception that an option follows from. Raises ValueError where
    the answer is none of the letters.
    """
    if answer not in reasons:
        raise ValueError(f"the answer {answer!r} is not among the options {', '.join(reasons)}")
    key = {"answer": answer, "reasons": reasons, "beliefs": beliefs or {}}
    plain = json.dumps(key, sort_keys=True, ensure_ascii=False)
    return base64.b85encode(plain.encode()).decode("ascii")


@functools.lru_cache(maxsize=1024)
def unseal(sealed: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """What `seal` was given: answer, reasons, beliefs; ValueError where it was not its work."""
    try:
        plain = json.loads(base64.b85decode(sealed))
        return plain["answer"], plain["reasons"], plain["beliefs"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("this quiz key is damaged; build the lesson again") from error
