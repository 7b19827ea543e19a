"""What each check said of a submission, as its autograded notebook shows it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.card import MIMETYPE


@dataclass(frozen=True, slots=True)
class Card:
    """A check's card: its verdict in a word, the misconception, the message, and the whole text.

    A check of another course's has no verdict; its text is what it raised, if anything.
    """

    verdict: str = ""
    misconception: str = ""
    message: str = ""
    text: str = ""


def read(notebook: Path) -> dict[str, Card]:
    """The cards in an autograded notebook by `grade_id`, in its order; none if it is not there."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return dict(card for cell in cells if (card := _card(cell)))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}  # it is on disk for people to look at; the marks are in the gradebook


def _card(cell: Mapping[str, Any]) -> tuple[str, Card] | None:
    marked = cell["metadata"].get("nbgrader", {})
    if not marked.get("grade"):
        return None
    outputs = cell.get("outputs", [])
    for output in outputs:
        bundle = output.get("data", {})
        if MIMETYPE in bundle:
            said = {key: str(value) for key, value in bundle[MIMETYPE].items()}
            known = {key: said.get(key, "") for key in ("verdict", "misconception", "message")}
            return marked["grade_id"], Card(**known, text="".join(bundle.get("text/plain", "")))
    raised = [output for output in outputs if output.get("output_type") == "error"]
    text = f"{raised[0].get('ename', '')}: {raised[0].get('evalue', '')}" if raised else ""
    return marked["grade_id"], Card(message=text, text=text)
