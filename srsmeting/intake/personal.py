"""Which columns of an export are about persons, and what becomes of them.

Dropped means: the values go no further than this room. The report names the column and counts its filled cells; no
value is in the report, in the quarantine or in an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from srsmeting.intake.raw import RawExport

#: Stands in the quarantine for a text that someone wrote.
WITHHELD = "[tekst]"

ADDRESS, REFERRER, NAME, KEY, MOMENT, TEXT, ATTRIBUTE, TECHNICAL, IGNORED = (
    "adres van de computer",
    "herkomst van het bezoek",
    "naam of e-mailadres",
    "alleen gebruikt om te koppelen met het steekproefkader",
    "moment of duur",
    "open antwoord; alleen bewaard of er iets is ingevuld",
    "kenmerk uit de deelnemerslijst",
    "technisch gegeven",
    "genegeerd volgens de configuratie",
)

_WHY = (
    (re.compile("ipaddr"), ADDRESS),
    (re.compile("refurl"), REFERRER),
    (re.compile("firstname|lastname|email|emailstatus|participant_id"), NAME),
    (re.compile("token"), KEY),
    (re.compile("submitdate|startdate|datestamp|interviewtime|.*Time\\d*"), MOMENT),
    (re.compile("attribute_\\d+"), ATTRIBUTE),
)


def why_dropped(column: str) -> str:
    """Say in Dutch why a metadata column is not kept.

    Examples
    --------
    >>> why_dropped("ipaddr"), why_dropped("seed")
    ('adres van de computer', 'technisch gegeven')
    """
    return next((why for pattern, why in _WHY if pattern.fullmatch(column)), TECHNICAL)


def dropped_columns(raw: RawExport, texts: Iterable[str], ignored: Iterable[str]) -> pd.DataFrame:
    """List what intake leaves behind, by name and never by value.

    Parameters
    ----------
    raw
        The export.
    texts
        Columns with free text: open questions, "other, namely" and comments.
    ignored
        Columns that the caller asked to leave out.

    Returns
    -------
    DataFrame
        ``column``, ``why`` (text, Dutch) and ``filled`` (Int64: cells with something in them), in file order. The
        response id is not in it: the quarantine keeps that, to find a row back.
    """
    whys = {column: why_dropped(column) for column in raw.metadata if column != raw.id_column}
    whys |= dict.fromkeys(texts, TEXT) | dict.fromkeys(ignored, IGNORED)
    columns = [column for column in raw.cells.columns if column in whys]
    return pd.DataFrame(
        {
            "column": pd.Series(columns, dtype="str"),
            "why": pd.Series([whys[column] for column in columns], dtype="str"),
            "filled": pd.Series([int((raw.cells[column] != "").sum()) for column in columns], dtype="Int64"),
        }
    )
