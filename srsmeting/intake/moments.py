"""Moments as survey tools write them, to one way of writing: ``2026-03-02 09:14:00``, in Dutch time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([AP])M)?)?")
_GOOGLE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?: ([AP])M)?(?: (\S+))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_ZONES = {"CET": 1, "CEST": 2, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "MEZ": 1, "MESZ": 2}
_OFFSET = re.compile(r"(?:GMT|UTC)([+-]\d{1,2})(?::(\d{2}))?")
_EXCEL = datetime(1899, 12, 30)


def dutch_moment(text: str) -> str:
    """Return a moment as ISO 8601 in Dutch time; "" when it is not one that a survey tool writes.

    What tells no zone is taken to be in Dutch time. Month comes before day where there are slashes, as Microsoft Forms
    and Google write it, on Dutch machines too.

    Examples
    --------
    >>> dutch_moment("3/2/26 9:14"), dutch_moment("46083.38"), dutch_moment("gisteren")
    ('2026-03-02 09:14:00', '2026-03-02 09:07:12', '')
    >>> dutch_moment("2022/11/30 10:39:41 PM GMT+1"), dutch_moment("2026-09-21T08:01:00Z")
    ('2022-11-30 22:39:41', '2026-09-21 10:01:00')
    """
    text = text.strip()
    try:
        moment = _moment(text)
    except (ValueError, OverflowError):
        return ""
    if moment is None:
        return ""
    local = moment.astimezone(_AMSTERDAM) if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0).isoformat(sep=" ")


def _moment(text: str) -> datetime | None:
    if found := _US.fullmatch(text):
        month, day, year, hour, minute, second, half = found.groups()
        full = int(year) + (2000 if len(year) == 2 else 0)
        return datetime(full, int(month), int(day), _hour(hour or "0", half), int(minute or 0), int(second or 0))
    if found := _GOOGLE.fullmatch(text):
        *numbers, half, zone = found.groups()
        year, month, day, hour, minute, second = numbers
        moment = datetime(int(year), int(month), int(day), _hour(hour, half), int(minute), int(second))
        return moment if zone is None else moment.replace(tzinfo=_zone(zone))
    if _ISO.fullmatch(text):
        return datetime.fromisoformat(text)
    if _SERIAL.fullmatch(text):
        return _EXCEL + timedelta(seconds=round(float(text) * 86_400))
    return None


def _hour(text: str, half: str | None) -> int:
    hour = int(text)
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(text)
    return hour % 12 + (12 if half == "P" else 0)


def _zone(name: str) -> timezone:
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    found = _OFFSET.fullmatch(name)
    if not found:
        raise ValueError(name)
    hours, minutes = int(found[1]), int(found[2] or 0)
    return timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes))
