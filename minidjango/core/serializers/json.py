"""JSON for dates, times, decimals and UUIDs too (``django.core.serializers.json``)."""

import datetime
import json
from typing import Any


class DjangoJSONEncoder(json.JSONEncoder):
    """Writes what ECMAScript reads: dates as ISO 8601, milliseconds, ``Z`` for UTC."""

    def default(self, o: Any) -> Any:
        """Return text for what JSON has no form for.

        Raises ValueError for a time with a zone, TypeError for what is none of these.
        """
        if isinstance(o, datetime.datetime):
            text = o.isoformat()
            if o.microsecond:
                text = text[:23] + text[26:]
            return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
        if isinstance(o, datetime.date):
            return o.isoformat()
        if isinstance(o, datetime.time):
            if o.utcoffset() is not None:
                raise ValueError("JSON can't represent timezone-aware times.")
            return o.isoformat()[:12] if o.microsecond else o.isoformat()
        if isinstance(o, datetime.timedelta):
            return duration_iso_string(o)
        from decimal import Decimal  # late, as the next: heavy, and few sites have any
        from uuid import UUID

        if isinstance(o, Decimal | UUID):
            return str(o)
        return super().default(o)


def duration_iso_string(duration: datetime.timedelta) -> str:
    """Return ``P1DT02H03M04.000005S`` for a duration (``django.utils.duration``)."""
    sign = "-" if duration < datetime.timedelta(0) else ""
    duration = abs(duration)
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{duration.microseconds:06d}" if duration.microseconds else ""
    return f"{sign}P{duration.days}DT{hours:02d}H{minutes:02d}M{seconds:02d}{fraction}S"
