"""The note above a card when the cell that ran before the check broke off.

An answer that does not compile defines nothing: the kernel still holds the answer before it, and a
check can only judge that. The reader must be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from autograder.picture.words import visible

STYLE = (
    "background-color:#fff8e6;color:#1f1b24;border:1px solid #cfae62;border-radius:8px;"
    "padding:6px 14px;margin:4px 0;line-height:1.5"
)


@dataclass(frozen=True, slots=True)
class BrokeOff:
    """The cell that ran last ended with this type of exception."""

    error: str

    @property
    def words(self) -> str:
        """What to do about it."""
        return (
            f"The cell that ran before this one stopped with {visible(self.error)}, so this may be "
            "about an older answer. Mend that cell, run it, then run this one again."
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """How Jupyter shows it: a line of text, in a box of its own colours."""
        html = f'<div style="{STYLE}">{escape(self.words)}</div>'
        return {"text/plain": self.words, "text/html": html}


def broke_off(shell: object) -> BrokeOff | None:
    """What there is to note of the last cell that an IPython shell ran; None if it went well.

    A check that did not pass has said so itself.
    """
    result = getattr(shell, "last_execution_result", None)
    error = getattr(result, "error_before_exec", None) or getattr(result, "error_in_exec", None)
    name = type(error).__name__
    return BrokeOff(name) if error is not None and name != "CheckFailed" else None
