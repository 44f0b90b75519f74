"""What intake leaves behind: columns about persons, texts, and what the tool or the caller sets apart.

Dropped means: the values go no further than this room. The report names the column and counts its filled cells; no
value is in the report, in the quarantine or in an error.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from srsmeting.intake.raw import RawExport

#: Stands in the quarantine for a text that someone wrote.
WITHHELD = "[tekst]"

ADDRESS, REFERRER, NAME, KEY, MOMENT, TEXT, ATTRIBUTE, TECHNICAL, IGNORED, SPARE = (
    "adres van de computer",
    "herkomst van het bezoek",
    "naam of e-mailadres",
    "alleen gebruikt om te koppelen met het steekproefkader",
    "moment of duur",
    "open antwoord; alleen bewaard of er iets is ingevuld",
    "kenmerk uit de deelnemerslijst",
    "technisch gegeven",
    "genegeerd volgens de configuratie",
    "herhaalt wat in andere kolommen staat",
)


def dropped_columns(
    raw: RawExport, texts: Iterable[str], ignored: Iterable[str], spare: Iterable[str] = ()
) -> pd.DataFrame:
    """List what intake leaves behind, by name and never by value.

    Returns
    -------
    DataFrame
        ``column``, ``why`` (text, Dutch) and ``filled`` (Int64: cells with something in them), in file order. The
        response id is not in it: the quarantine keeps that, to find a row back.
    """
    whys = dict(raw.metadata) | dict.fromkeys(texts, TEXT)
    whys |= dict.fromkeys(ignored, IGNORED) | dict.fromkeys(spare, SPARE)
    columns = [column for column in raw.cells.columns if column in whys and column != raw.id_column]
    return pd.DataFrame(
        {
            "column": pd.Series(columns, dtype="str"),
            "why": pd.Series([whys[column] for column in columns], dtype="str"),
            "filled": pd.Series([int((raw.cells[column] != "").sum()) for column in columns], dtype="Int64"),
        }
    )
