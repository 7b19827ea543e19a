"""How late a submission is, by Gradescope's own word.

The clock says when the autograder runs, which may be weeks later; `created_at` says when the
student handed in.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any


def lateness(metadata: Path) -> timedelta:
    """How long after it was due something was handed in; none if it was in time, or nobody knows.

    `metadata` is Gradescope's `submission_metadata.json`. An extension of somebody's own counts.
    """
    try:
        said = json.loads(metadata.read_bytes())
        handed_in = datetime.fromisoformat(said["created_at"])
        due = max(_due_dates(said))
        return max(handed_in - due, timedelta())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return timedelta()


def _due_dates(said: dict[str, Any]) -> list[datetime]:
    """When it is due, for each of those who handed it in together."""
    everybody = said["assignment"].get("due_date")
    own = [(user.get("assignment") or {}).get("due_date") for user in said.get("users", [])]
    dates = [date or everybody for date in own] or [everybody]
    return [datetime.fromisoformat(date) for date in dates]


def sentence(late: timedelta) -> str:
    """How late that is, in words; "" if it is not."""
    if not late:
        return ""
    hours, seconds = divmod(round(late.total_seconds()), 3600)
    days, hours = divmod(hours, 24)
    parts = [f"{days} d"] * bool(days) + [f"{hours} h"] * bool(hours or days)
    parts.append(f"{seconds // 60} min")
    return f"This was handed in {' '.join(parts)} after it was due."
