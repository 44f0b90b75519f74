"""Moments as survey tools write them, to instants: what tells no zone is taken to be in the one that is declared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.intake.files.coded_text import CodedText, different

#: Moments in UTC, datetime64[s]; NaT where there is none.
Instants: TypeAlias = npt.NDArray[np.datetime64]

_PLAIN = "%Y-%m-%d %H:%M:%S"
_FULL = np.frombuffer(b"0000-00-00 00:00:00", dtype=np.uint8)
#: How far a sign may be above that: a digit, and nothing else where there is none.
_ABOVE = np.where(np.equal(_FULL, ord("0")), 9, 0).astype(np.uint8)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([AP])M)?)?")
_DUTCH = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_GOOGLE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?: ([AP])M)?(?: (\S+))?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?P<hour>[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_OFFSET = re.compile(r"(?:GMT|UTC)([+-]\d{1,2})(?::(\d{2}))?")
_ZONES = {"CET": 1, "CEST": 2, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "MEZ": 1, "MESZ": 2}
_EXCEL = datetime(1899, 12, 30)
#: A moment before there were surveys on the web stands for "not known": LimeSurvey writes 1980-01-01.
_FIRST_YEAR: Final = 1990
_NONE = np.datetime64("NaT", "s")


class _Moment(NamedTuple):
    instant: datetime
    #: Whether the text tells the time of the day.
    of_day: bool


def instants(texts: pd.Series[str], zone: ZoneInfo, fold: int = 0) -> tuple[Instants, npt.NDArray[np.bool_]]:
    """Return the moments in a column, and which of them tell the time of the day and not the date alone.

    What tells no zone is taken to be in `zone`. Where there are slashes the month comes first, as Microsoft Forms and
    Google write it on Dutch machines too, unless that gives no date anywhere where the day first does. In the hour that
    comes twice in autumn, `fold` 0 is the first and 1 the second.

    Examples
    --------
    >>> texts = pd.Series(["2026-03-02 09:14:00", "3/2/26 9:14", "46083", ""])
    >>> found, of_day = instants(texts, ZoneInfo("Europe/Amsterdam"))
    >>> found.astype(str).tolist(), of_day.tolist()
    (['2026-03-02T08:14:00', '2026-03-02T08:14:00', '2026-03-01T23:00:00', 'NaT'], [True, True, False, False])
    """
    plain = _plain(texts)
    local = plain.dt.tz_localize(zone, ambiguous=np.full(len(texts), fold == 0), nonexistent=pd.Timedelta(hours=1))
    found = local.dt.tz_convert(None).to_numpy(dtype="datetime64[s]").copy()
    of_day = ~np.isnat(found)
    rest = np.flatnonzero(~of_day)
    rest = rest[(texts.iloc[rest].str.strip() != "").to_numpy(dtype=np.bool_)]
    if len(rest):
        numbers, values = pd.factorize(texts.iloc[rest])
        day_first = _day_first(values)
        read = [_moment(value, zone, fold, day_first) for value in values]
        found[rest] = np.array([_utc(moment) for moment in read], dtype="datetime64[s]")[numbers]
        of_day[rest] = np.array([moment is not None and moment.of_day for moment in read])[numbers]
    unknown = found < np.datetime64(f"{_FIRST_YEAR}-01-02")
    return np.where(unknown, _NONE, found), of_day & ~unknown


def are_full(texts: pd.Series[str]) -> bool:
    """Say whether all moments in a column are written as nearly always: told from their bytes, which is faster by far.

    An empty cell is no moment. False also where that takes a closer look.

    Examples
    --------
    >>> are_full(pd.Series(["2026-03-02 09:14:00", ""], dtype="str")), are_full(pd.Series(["2026-03-02"], dtype="str"))
    (True, False)
    """
    if isinstance(texts.array, CodedText):
        return False
    for chunk in different(texts).chunks:
        places = np.frombuffer(chunk.buffers()[1], dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
        lengths = np.diff(places)
        if chunk.null_count or not ((lengths == 0) | (lengths == len(_FULL))).all():
            return False
        signs = np.frombuffer(chunk.buffers()[2] or b"", dtype=np.uint8)[places[0] : places[-1]].reshape(-1, len(_FULL))
        if (signs - _FULL > _ABOVE).any():
            return False
    return True


def _plain(texts: pd.Series[str]) -> pd.Series[Any]:
    if are_full(texts):
        cells = different(texts)
        try:
            found = pc.cast(pc.if_else(pc.equal(cells, ""), None, cells), pa.timestamp("s"))
            return pd.Series(found.to_numpy(), index=texts.index)
        except pa.ArrowInvalid:  # 30 February
            pass
    return pd.to_datetime(texts.where(texts.str.len() == len(_FULL), ""), format=_PLAIN, errors="coerce")


def is_moment(text: str) -> bool:
    """Say whether a text is a moment that a survey tool writes.

    Examples
    --------
    >>> is_moment("2022/11/30 10:39:41 PM GMT+1"), is_moment("13/2/26 9:14"), is_moment("gisteren")
    (True, True, False)
    """
    return bool(_moment(text, UTC, 0, _day_first([text])))


def _utc(moment: _Moment | None) -> np.datetime64:
    if moment is None:
        return _NONE
    return np.datetime64(moment.instant.astimezone(UTC).replace(tzinfo=None, microsecond=0), "s")


def _moment(text: str, zone: ZoneInfo | timezone, fold: int, day_first: bool) -> _Moment | None:
    try:
        found = _read(text.strip(), day_first)
        if found is None:
            return None
        moment = found.instant
        told = moment if moment.tzinfo else moment.replace(tzinfo=zone, fold=fold)
        return found._replace(instant=told.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _read(text: str, day_first: bool) -> _Moment | None:
    if found := _SLASHES.fullmatch(text):
        first, second, year, hour, minute, seconds, half = found.groups()
        month, day = (second, first) if day_first else (first, second)
        return _clock(year, month, day, hour, minute, seconds, half)
    if found := _DUTCH.fullmatch(text):
        day, month, year, hour, minute, seconds = found.groups()
        return _clock(year, month, day, hour, minute, seconds)
    if found := _GOOGLE.fullmatch(text):
        year, month, day, hour, minute, seconds, half, zone = found.groups()
        moment = _clock(year, month, day, hour, minute, seconds, half)
        return moment if zone is None else moment._replace(instant=moment.instant.replace(tzinfo=_zone(zone)))
    if found := _ISO.fullmatch(text):
        return _Moment(datetime.fromisoformat(text), found["hour"] is not None)
    if found := _SERIAL.fullmatch(text):
        return _Moment(_EXCEL + timedelta(seconds=round(float(text) * 86_400)), found[1] is not None)
    return None


def _clock(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, half: str | None = None
) -> _Moment:
    full = int(year) + (2000 if len(year) == 2 else 0)
    clock = (_hour(hour or "0", half), int(minute or 0), int(second or 0))
    return _Moment(datetime(full, int(month), int(day), *clock), hour is not None)


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


def _day_first(texts: Iterable[str]) -> bool:
    found = [match for text in texts if (match := _SLASHES.fullmatch(text.strip()))]
    return any(int(match[1]) > 12 for match in found) and not any(int(match[2]) > 12 for match in found)
