"""The traces that a survey tool adds to answers: access codes, moments, addresses. All invented."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import SynthesisError

#: Columns in front of the answers in a LimeSurvey 6 export.
METADATA: Final = (
    *("id", "submitdate", "lastpage", "startlanguage", "seed"),
    *("token", "startdate", "datestamp", "ipaddr", "refurl"),
)

_LETTERS = string.ascii_letters + string.digits
_TOKEN_LENGTH = 15
_FIRST_HOUR, _LAST_HOUR = 8, 18
_FASTEST, _SLOWEST = 240, 1500  # seconds from start to end
_REFERRER = "https://www.example.org/uitnodiging"
_LINKED = 0.8


def invent_tokens(n: int, *, seed: int) -> list[str]:
    """Make up `n` different access codes of fifteen letters and digits.

    Examples
    --------
    >>> tokens = invent_tokens(3, seed=1)
    >>> len(set(tokens)), {len(token) for token in tokens}
    (3, {15})
    """
    rng = np.random.default_rng(seed)
    tokens: dict[str, None] = {}
    while len(tokens) < n:
        places = rng.integers(0, len(_LETTERS), _TOKEN_LENGTH)
        tokens["".join(_LETTERS[place] for place in places)] = None
    return list(tokens)


def weekdays(fieldwork: tuple[dt.date, dt.date]) -> list[dt.date]:
    """Return Mondays to Fridays from the first day to the last.

    Raises
    ------
    SynthesisError
        When there are none.

    Examples
    --------
    >>> [str(day) for day in weekdays((dt.date(2022, 3, 11), dt.date(2022, 3, 14)))]
    ['2022-03-11', '2022-03-14']
    """
    first, last = fieldwork
    days = [moment.date() for moment in pd.bdate_range(first, last)]
    if not days:
        raise SynthesisError(f"fieldwork: no weekday from {first} to {last}. Give the first day and the last.")
    return days


def invent_metadata(
    tokens: Sequence[str],
    completed: npt.NDArray[np.bool_],
    progress: npt.NDArray[np.float64],
    pages: int,
    fieldwork: tuple[dt.date, dt.date],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Make up the metadata of responses, one row per token.

    Parameters
    ----------
    tokens
        Access codes.
    completed
        Who sent the survey in; the others have no ``submitdate``.
    progress
        How far each respondent came, from 0 to 1.
    pages
        Pages of the survey.
    fieldwork
        First and last day.
    rng
        Source of everything else.

    Returns
    -------
    pd.DataFrame
        The columns of :data:`METADATA`, all text; ``id`` is still empty.
    """
    size = len(tokens)
    days = weekdays(fieldwork)
    morning = dt.time(_FIRST_HOUR)
    opened = [
        dt.datetime.combine(days[day], morning) + dt.timedelta(seconds=int(second))
        for day, second in zip(
            rng.integers(len(days), size=size), rng.integers((_LAST_HOUR - _FIRST_HOUR) * 3600, size=size), strict=True
        )
    ]
    seconds = rng.integers(_FASTEST, _SLOWEST, size) * np.maximum(progress, 0.05)
    left = [start + dt.timedelta(seconds=int(taken)) for start, taken in zip(opened, seconds, strict=True)]
    linked = rng.random(size) < _LINKED
    columns = {
        "id": [""] * size,
        "submitdate": [str(moment) if sent else "" for moment, sent in zip(left, completed, strict=True)],
        "lastpage": [str(int(page)) for page in np.floor(progress * pages)],
        "startlanguage": ["nl"] * size,
        "seed": [str(number) for number in rng.integers(1, 2**31, size)],
        "token": list(tokens),
        "startdate": [str(moment) for moment in opened],
        "datestamp": [str(moment) for moment in left],
        "ipaddr": [f"192.0.2.{number}" for number in rng.integers(1, 255, size)],
        "refurl": [_REFERRER if link else "" for link in linked],
    }
    return pd.DataFrame(columns, columns=list(METADATA), dtype="str")
