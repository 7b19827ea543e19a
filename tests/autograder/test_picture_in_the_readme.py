"""The picture in the README is what the code draws."""

from __future__ import annotations

from pathlib import Path

from autograder import picture
from autograder.model import Asked, Event, Trace

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "onion.svg"

EMBLEM = Trace(
    request=Asked("GET", "/admin/users"),
    layers=("RequestId", "Timing", "BlockList", "Session"),
    view="vault",
    events=(
        Event("RequestId", ">"),
        Event("Timing", ">"),
        Event("BlockList", ">"),
        Event("BlockList", "<", "403"),
        Event("Timing", "<", "403"),
        Event("RequestId", "<", "403"),
    ),
    status=403,
)


def test_the_committed_picture_is_the_one_that_is_drawn() -> None:
    drawn = picture.svg(EMBLEM) + "\n"
    assert PICTURE.read_text(encoding="utf-8") == drawn, f"write `picture.svg(EMBLEM)` to {PICTURE}"
