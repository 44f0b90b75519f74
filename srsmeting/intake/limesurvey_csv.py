"""LimeSurvey: the response export as CSV with question codes and answer codes.

As LimeSurvey 3 to 6 write it: UTF-8 with or without BOM; semicolon, comma or tab; every cell quoted; line ends as they
come; a blank line at the end that is no respondent. The heading is the question code (``Q``, ``Q[SQ001]``,
``Q[other]``), the same in ExpressionScript form (``Q_SQ001``), or code and text (``Q[SQ001]. How do you …``).
"Not shown" and "left empty" are both written as an empty cell; only routing can tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError, suggest
from srsmeting.intake.delimited import Table
from srsmeting.intake.limesurvey import ID, SUBMITTED, TOKEN, LimeSurvey, what_is_added
from srsmeting.intake.raw import INCOMPLETE, RawExport
from srsmeting.intake.source import Source

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey, antwoorden als codes (CSV)"
KEY = "limesurvey-csv"
ADVICE = "Export the responses of LimeSurvey as CSV with 'Question code' as heading and 'Answer codes' as answers."

_ALWAYS = frozenset({ID, SUBMITTED, "lastpage", "startlanguage"})
_TEXT_HEADINGS = ("Response ID", "Respons-ID")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?")
_NO_MOMENT = "1980-01-01"
_DUTCH_DELIMITERS = {";": "puntkomma", ",": "komma", "\t": "tab"}


def recognises(source: Source) -> bool:
    """Say whether the headings are those of LimeSurvey, be they codes or texts."""
    if source.table is None:
        return False
    header = source.table.header
    codes = [_code(heading) for heading in header]
    return header[0] in _TEXT_HEADINGS or (what_is_added(codes[0]) != "" and len(_ALWAYS.intersection(codes)) >= 2)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    r"""Read a response export with codes.

    Returns
    -------
    RawExport
        Doubled headings, missing metadata and submission moments that are none are in ``.faults``.

    Raises
    ------
    IntakeError
        For full or abbreviated question texts as headings, and for a VV export.

    Examples
    --------
    >>> from pathlib import Path
    >>> raw = b'"id";"submitdate";"G01Q01"\n"1";"2021-11-22 09:00:00";"A1"\n"2";"";""\n'
    >>> export = read(Source(Path("export.csv"), raw))
    >>> export.cells["G01Q01"].tolist(), export.set_aside.tolist(), export.token_column
    (['A1', ''], ['', 'incomplete'], '')
    """
    table, name = source.table, source.name
    if table is None:
        raise source.damage or IntakeError(f"{name}: is no delimited text.")
    _refuse_texts(table, name)
    codes = [_code(heading) for heading in table.header]
    keep = [number for number, code in enumerate(codes) if code not in codes[:number]]
    cells = table.records[keep].set_axis([codes[number] for number in keep], axis="columns")
    moments = cells[SUBMITTED] if SUBMITTED in cells else pd.Series("", index=cells.index, dtype="str")
    return RawExport(
        name=name,
        format=FORMAT,
        dialect=LimeSurvey(),
        cells=cells,
        lines=table.lines,
        metadata={code: what for code in cells.columns if (what := what_is_added(code))},
        id_column=ID,
        token_column=TOKEN if TOKEN in cells else "",
        set_aside=pd.Series(np.where(moments == "", INCOMPLETE, ""), dtype="str"),
        notes=_notes(table, moments),
        faults=(*_heading_faults(name, codes), *_moment_faults(name, moments, table)),
    )


def _code(heading: str) -> str:
    # "vrtaken[SQ001]. Wat doen de vrijwilligers? [Bestuur]": codes hold no full stop, texts come after the first one.
    return heading.partition(". ")[0].strip()


def _refuse_texts(table: Table, name: str) -> None:
    heading = table.header[0]
    if heading not in _TEXT_HEADINGS:
        return
    second = set(table.records.iloc[0]) if len(table.records) else set()
    if {ID, SUBMITTED} <= second:
        message = f"is a VV export of LimeSurvey, which is not read yet. {ADVICE}"
    else:
        message = f"the headings are question texts ({heading!r}), which can be alike. {ADVICE}"
    raise IntakeError(faults=[Fault(name, message, 1, heading, heading, "headings")])


def _notes(table: Table, moments: pd.Series[str]) -> tuple[str, ...]:
    notes = [f"Cellen gescheiden door een {_DUTCH_DELIMITERS[table.delimiter]}."]
    if not table.quoted:
        notes.append("De kopregel staat niet tussen aanhalingstekens: het bestand is na de export opnieuw opgeslagen.")
    if table.blank_lines:
        notes.append(f"Lege regels midden in het bestand, overgeslagen: {table.blank_lines}.")
    unknown = int(moments.str.startswith(_NO_MOMENT).sum())
    if unknown:
        notes.append(f"Voltooid op een onbekend moment (1980-01-01): {unknown}.")
    return tuple(notes)


def _heading_faults(name: str, codes: Sequence[str]) -> list[Fault]:
    faults = []
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            places = ", ".join(str(number + 1) for number, other in enumerate(codes) if other == code)
            message = f"heading {code!r} stands {codes.count(code)} times (columns {places}). Keep one of them."
            faults.append(Fault(name, message, 1, code, code, "double_column"))
    for needed, why in ((ID, "tells the responses apart"), (SUBMITTED, "says which responses are complete")):
        if needed not in codes:
            message = f"no column {needed!r}, which {why}. {suggest(needed, codes[:10])} Export it along."
            faults.append(Fault(name, message, 1, needed, needed, "missing_column"))
    return faults


def _moment_faults(name: str, moments: pd.Series[str], table: Table) -> list[Fault]:
    faults = []
    written = moments[moments != ""].drop_duplicates()
    wrong = written[~written.str.fullmatch(_MOMENT)]
    for line, value in zip(table.lines[wrong.index], wrong, strict=True):
        message = (
            f"column {SUBMITTED!r}: {value!r} is no moment. LimeSurvey writes '2021-11-22 09:00:00' "
            "or leaves the cell empty: export again, and do not save the file with a spreadsheet program."
        )
        faults.append(Fault(name, message, int(line), SUBMITTED, value, "not_a_moment"))
    return faults
