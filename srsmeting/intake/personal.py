"""What intake leaves behind: columns about persons, texts, and what the tool or the caller sets apart.

Dropped means: the values go no further than this room. The report names the column and counts its filled cells; no
value is in the report, in the quarantine or in an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from srsmeting.intake.checks.traces import traces_in
from srsmeting.intake.files.coded_text import filled
from srsmeting.intake.raw import RawExport

#: Stands in the quarantine for a text that someone wrote.
WITHHELD = "[tekst]"

_OF_PERSON = re.compile(r"\S@\S|(\+|\b0)[ -]?\d([ .-]?\d){7}|\b\d{9}\b")
#: A longer one is no answer that was mistyped, but a text.
_LONGEST = 200

ADDRESS, REFERRER, NAME, KEY, MOMENT, TEXT, ATTRIBUTE, TECHNICAL, IGNORED, SPARE, PARTICIPANTS, MAKER, PERSON = (
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
    "deelnemerslijst; alleen de naam van de kolom is gelezen",
    "maker van de enquête of tekst van een mail",
    "gegeven van een persoon",
)


def without_person(value: str) -> str:
    """Return a value as an error may show it: not when it holds a trace of a person, a long number or a long text.

    Examples
    --------
    >>> without_person("Zuid"), without_person("mail jan@example.org"), without_person("06-12345678")
    ('Zuid', '[tekst]', '[tekst]')
    """
    return WITHHELD if len(value) > _LONGEST or _OF_PERSON.search(value) or traces_in(value) else value


def dropped_columns(
    raw: RawExport,
    texts: Iterable[str],
    ignored: Iterable[str],
    spare: Iterable[str] = (),
    structure: Iterable[str] = (),
) -> pd.DataFrame:
    """List what intake leaves behind, by name and never by value.

    Returns
    -------
    DataFrame
        ``column``, ``why`` (text, Dutch) and ``filled`` (Int64: cells with something in them), in file order. The
        response id is not in it: the quarantine has a pseudonym of that, to find a row back. After the columns comes
        what else is in the file, and the fields of the `structure` that are of persons; of those, nothing is counted.
    """
    whys = dict(raw.metadata) | dict.fromkeys(texts, TEXT)
    whys |= dict.fromkeys(ignored, IGNORED) | dict.fromkeys(spare, SPARE)
    columns = [column for column in raw.cells.columns if column in whys and column != raw.id_column]
    counts = [int(np.count_nonzero(filled(raw.cells[column]))) for column in columns]
    beside = dict(raw.apart) | {f"structuur: {field}": MAKER for field in structure}
    return pd.DataFrame(
        {
            "column": pd.Series([*columns, *beside], dtype="str"),
            "why": pd.Series([*(whys[column] for column in columns), *beside.values()], dtype="str"),
            "filled": pd.Series([*counts, *(pd.NA for _ in beside)], dtype="Int64"),
        }
    )
