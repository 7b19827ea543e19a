"""The database that a gradebook is in, whichever it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import sqlalchemy as sa

from autograder.grading.errors import GradingError


def engine(url: sa.URL, **options: Any) -> sa.Engine:
    """What connects to it; GradingError where its driver is not installed."""
    try:
        return sa.create_engine(url, **options)
    except ImportError as error:
        why = str(error).partition("\n")[0]
        raise GradingError(
            f"{shown(url)}: the driver for this database is not installed ({why}); install it "
            "with `python -m pip install` where this runs"
        ) from error


def shown(url: sa.URL) -> str:
    """Its address, as it may be told and kept: without the password."""
    return unquote(url.render_as_string(hide_password=True))
