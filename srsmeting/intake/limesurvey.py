"""LimeSurvey: the response export as CSV with question codes and answer codes.

As LimeSurvey 3 to 6 write it: UTF-8 with or without BOM; semicolon, comma or tab; every cell quoted; line ends as they
come; a blank line at the end that is no respondent. The heading is the question code (``Q``, ``Q[SQ001]``,
``Q[other]``), the same in ExpressionScript form (``Q_SQ001``), or code and text (``Q[SQ001]. How do you …``).
"Not shown" and "left empty" are both written as an empty cell; only routing can tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError, suggest
from srsmeting.intake.delimited import Table, read_delimited
from srsmeting.intake.raw import RawExport

FORMAT = "LimeSurvey, antwoorden als codes (CSV)"

#: Why a row does not count, as the tool tells it.
INCOMPLETE = "incomplete"

ID, SUBMITTED, TOKEN = "id", "submitdate", "token"
_FIXED = (ID, SUBMITTED, "lastpage", "startlanguage", "seed", TOKEN, "startdate", "datestamp", "ipaddr", "refurl")
# Only the participant table adds these; timings come with a name made of group or question.
_PARTICIPANT = re.compile(r"firstname|lastname|email|emailstatus|participant_id|attribute_\d+")
_TIMING = re.compile(r"interviewtime|groupTime\d+|\w+Time")
_TEXT_HEADINGS = ("Response ID", "Respons-ID")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?")
_NO_MOMENT = "1980-01-01"
_ADVICE = "Export the responses as CSV with 'Question code' as heading and 'Answer codes' as answers."
_DUTCH_DELIMITERS = {";": "puntkomma", ",": "komma", "\t": "tab"}


def recognises(header: Sequence[str]) -> bool:
    """Say whether these headings are those of LimeSurvey.

    Examples
    --------
    >>> recognises(["id", "submitdate", "lastpage"]), recognises(["ID", "Begintijd"])
    (True, False)
    """
    codes = [_code(heading) for heading in header]
    return codes[0] in _FIXED and len({ID, SUBMITTED, "lastpage", "startlanguage"}.intersection(codes)) >= 2


def refuse_texts(header: Sequence[str], second: Sequence[str], name: str) -> None:
    """Refuse a LimeSurvey export of another kind, with the settings that give the right one.

    Raises
    ------
    IntakeError
        For full or abbreviated question texts as headings, and for a VV export.

    Examples
    --------
    >>> refuse_texts(["Respons-ID", "Datum verzonden"], [], "export.csv")
    Traceback (most recent call last):
    ...
    srsmeting.errors.IntakeError: export.csv:1: the headings are question texts ('Respons-ID'), which can be alike. \
Export the responses as CSV with 'Question code' as heading and 'Answer codes' as answers.
    """
    if not header or header[0] not in _TEXT_HEADINGS:
        return
    if ID in second and SUBMITTED in second:
        message = f"is a VV export of LimeSurvey, which is not read yet. {_ADVICE}"
    else:
        message = f"the headings are question texts ({header[0]!r}), which can be alike. {_ADVICE}"
    raise IntakeError(faults=[Fault(name, message, 1, header[0], header[0], "headings")])


def read(raw: bytes, name: str, table: Table | None = None) -> RawExport:
    r"""Read a response export with codes.

    Parameters
    ----------
    raw
        The bytes of the file, UTF-8.
    name
        The file's name, for messages.
    table
        The same file taken apart, when that is done already.

    Returns
    -------
    RawExport
        Doubled headings, missing metadata and submission moments that are none are in ``.faults``.

    Examples
    --------
    >>> export = read(b'"id";"submitdate";"G01Q01"\n"1";"2021-11-22 09:00:00";"A1"\n"2";"";""\n', "export.csv")
    >>> export.cells["G01Q01"].tolist(), export.set_aside.tolist(), export.token_column
    (['A1', ''], ['', 'incomplete'], '')
    """
    table = table or read_delimited(raw, name)
    codes = [_code(heading) for heading in table.header]
    keep = [number for number, code in enumerate(codes) if code not in codes[:number]]
    cells = table.records[keep].set_axis([codes[number] for number in keep], axis="columns")
    moments = cells[SUBMITTED] if SUBMITTED in cells else pd.Series("", index=cells.index, dtype="str")
    return RawExport(
        name=name,
        format=FORMAT,
        cells=cells,
        lines=table.lines,
        metadata=tuple(code for code in cells.columns if _is_metadata(code)),
        id_column=ID,
        token_column=TOKEN if TOKEN in cells else "",
        set_aside=pd.Series(np.where(moments == "", INCOMPLETE, ""), dtype="str"),
        notes=_notes(table, moments),
        faults=(*_heading_faults(name, codes), *_moment_faults(name, moments, table)),
    )


def _code(heading: str) -> str:
    # "vrtaken[SQ001]. Wat doen de vrijwilligers? [Bestuur]": codes hold no full stop, texts come after the first one.
    return heading.partition(". ")[0].strip()


def _is_metadata(code: str) -> bool:
    return code in _FIXED or bool(_PARTICIPANT.fullmatch(code) or _TIMING.fullmatch(code))


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
