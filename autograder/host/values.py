"""Plain data: what crosses between a student's process and the judge, and what it stands for."""

from __future__ import annotations

import datetime
import decimal
import math
import uuid
from typing import Any

DEPTH = 20
"""How deep plain data may be nested."""

_WRITTEN = (uuid.UUID, decimal.Decimal, datetime.date, datetime.time, datetime.timedelta)


def is_plain(value: object, depth: int = DEPTH) -> bool:
    """Whether `value` crosses as it is: JSON's types, with text for keys, not too deep."""
    if type(value) is str:
        return True
    if isinstance(value, float):
        return math.isfinite(value)  # JSON has no NaN and no infinity
    if isinstance(value, int):
        return abs(value) < 2**64  # and Python refuses to read numbers of thousands of digits
    if value is None or isinstance(value, str):
        return True
    if depth == 0:
        return False
    if isinstance(value, list | tuple):
        return all(is_plain(item, depth - 1) for item in value)
    if isinstance(value, dict):
        return all(isinstance(k, str) and is_plain(v, depth - 1) for k, v in value.items())
    return False


def plain(value: Any) -> Any:
    """`value` as plain data: itself, or as it is written for ids, decimals, dates and times.

    Raises TypeError for what has no plain form.
    """
    if isinstance(value, _WRITTEN):
        return str(value)
    if is_plain(value):
        return value
    raise TypeError(f"{type(value).__name__} is no plain data")


def plain_attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    """The attributes that have a plain form, and whose names are not private."""
    return {
        name: plain(value)
        for name, value in attributes.items()
        if not name.startswith("_") and (isinstance(value, _WRITTEN) or is_plain(value))
    }
