"""SurveyMonkey: "all responses" as CSV or XLSX, with a column per option or per question, as texts or as numbers.

Row 1 has the text of a question above the first of its columns and nothing above the others; row 2 has the option, the
statement, or a word that stands for "the answer". Files in which somebody joined the two rows are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.files.grid import Rows, has_rows, read_grid
from srsmeting.intake.files.sheets import heading_at
from srsmeting.intake.formats.surveymonkey.dialect import (
    BETWEEN,
    OTHER,
    TICK,
    SurveyMonkey,
    is_answer,
    is_open,
    times_of,
)
from srsmeting.intake.formats.surveymonkey.layout import ADVICE, HeadedColumn, Layout, is_own, read_layout
from srsmeting.intake.raw import Lines, RawExport

if TYPE_CHECKING:
    from srsmeting.intake.files.source import Source
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "SurveyMonkey"
KEY = "surveymonkey"

UNFINISHED = "Het bestand zegt niet wie de vragenlijst heeft afgemaakt: elke rij telt als respons."
EMPTY_CELLS = "Een lege cel zegt niet of een vraag niet is getoond of is overgeslagen; dat volgt uit de routing."
NO_CODES = "De antwoorden zijn teksten: het bestand heeft geen codes."
NUMBERS = "De antwoorden zijn nummers: welk antwoord bij een nummer hoort staat niet in het bestand."

#: What a spreadsheet makes of a long number, and of UTF-8 that it takes for Windows-1252.
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_GARBLED = re.compile("Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd|Œæ")
_NUMBERED = re.compile(r"\d{1,3}(, ?\d{1,3})*")
#: Numbers of options: an export with numbers has them in the columns of ticked options.
_NUMBERS = frozenset(map(str, range(1, 1000)))


def recognises(source: Source) -> bool:
    """Say whether a file begins with the respondent number of SurveyMonkey, above nothing or above numbers."""
    return has_rows(source, _begins)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read an export of all responses.

    Parameters
    ----------
    source
        The file.
    structure
        Not used: SurveyMonkey has no structure file.

    Returns
    -------
    RawExport
        A column is named by the text of its question, with that of its option or statement behind it; a second one of
        the same name gets a number. A cell that repeats the text of its own option is a tick. Columns without a name,
        formulas, and respondent numbers that a spreadsheet has rounded, are in ``.faults``.

    Raises
    ------
    IntakeError
        It is neither delimited text nor a workbook.
    """
    grid = read_grid(source, _begins)
    layout = read_layout(grid.first[:2], source.name)
    records = grid.records.iloc[layout.rows - 1 :].reset_index(drop=True)
    lines = grid.lines[layout.rows - 1 :]
    headings = list(layout.columns)
    cells = records[[column.position for column in layout.columns.values()]].set_axis(headings, axis="columns")
    as_texts = _answers_are_texts(cells, layout)
    cells, beside = _with_marks(cells, layout)
    ids = cells[headings[0]]
    names = {heading_at(grid.header, column.position): heading for heading, column in layout.columns.items()}
    kind = "teksten" if as_texts else "nummers"
    return RawExport(
        name=source.name,
        format=f"SurveyMonkey, antwoorden als {kind}" + ("" if layout.rows == 2 else " (één kopregel)"),
        dialect=SurveyMonkey(
            labels=as_texts,
            ticked=frozenset({TICK}) | (frozenset() if as_texts else _NUMBERS),
            headings=tuple(headings),
            beside=beside,
        ),
        cells=cells,
        lines=lines,
        place=grid.place,
        metadata=layout.metadata,
        id_column=headings[0],
        token_column="",
        set_aside=pd.Series("", index=cells.index, dtype="str"),
        notes=(*grid.notes, *layout.notes, *_notes(headings)),
        faults=(
            *(replace(fault, column=names.get(fault.column, fault.column)) for fault in grid.faults),
            *layout.faults,
            *_unnamed(records, layout, lines, source.name),
            *_rounded(ids, lines, source.name),
        ),
        times=times_of(layout.metadata),
        lost=(UNFINISHED, EMPTY_CELLS, NO_CODES if as_texts else NUMBERS),
        texts={
            heading: BETWEEN.join(filter(None, (column.question, column.part)))
            for heading, column in layout.columns.items()
            if heading not in layout.metadata
        },
    )


def _begins(rows: Rows) -> bool:
    return is_own(rows[:2])


def _answers_are_texts(cells: pd.DataFrame, layout: Layout) -> bool:
    """Say whether answers are texts: they are numbers when every closed answer is one."""
    any_number = False
    for headings in layout.questions:
        for heading in headings:
            column = layout.columns[heading]
            # What has only one column can be an answer in the respondent's own words, unless row 2 says that it is not.
            closed = not is_open(column.second) and (bool(column.part) or is_answer(column.second))
            if closed and not _is_beside(column, headings):
                values = cells[heading][cells[heading].str.strip() != ""]
                if not values.str.fullmatch(_NUMBERED).all():
                    return True
                any_number = any_number or len(values) > 0
    return not any_number


def _is_beside(column: HeadedColumn, headings: Sequence[str]) -> bool:
    # A text beside an answer stands in the last column of its question.
    return len(headings) > 1 and headings[-1].endswith(f"{BETWEEN}{column.part}") and bool(column.part)


def _with_marks(cells: pd.DataFrame, layout: Layout) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    """Return cells in which ticks and "other, namely" are marks, and the texts beside the answers."""
    changed: dict[str, pd.Series[str]] = {}
    beside: list[tuple[str, str]] = []
    for headings in layout.questions:
        one_answer = headings[0] if is_answer(layout.columns[headings[0]].second) else ""
        for heading in headings:
            part = layout.columns[heading].part or _part_in(heading, layout.rows)
            if heading == one_answer or not part:
                continue
            if one_answer and len(headings) == 2:
                beside.append((one_answer, heading))
                answer = changed.get(one_answer, cells[one_answer])
                changed[one_answer] = answer.mask(_repeats(answer, part), OTHER)
            elif _repeats(cells[heading][cells[heading] != ""], part).all():
                changed[heading] = cells[heading].mask(cells[heading] != "", TICK)
    marked = {str(heading): changed.get(str(heading), column) for heading, column in cells.items()}
    return pd.DataFrame(marked, index=cells.index, copy=False), tuple(beside)


def _part_in(heading: str, rows: int) -> str:
    return heading.rpartition(BETWEEN)[2] if rows == 1 and BETWEEN in heading else ""


def _repeats(column: pd.Series[str], text: str) -> pd.Series[bool]:
    same = {value: value != "" and same_wording(value) == same_wording(text) for value in column.unique()}
    return column.map(same).astype("bool")


def _unnamed(records: pd.DataFrame, layout: Layout, lines: Lines, name: str) -> Iterator[Fault]:
    for position in layout.unnamed:
        filled = np.flatnonzero(records[position].str.strip() != "")
        if len(filled):
            message = f"column {position + 1} has no name, and {len(filled)} rows have something in it. {ADVICE}"
            yield Fault(name, message, int(lines[filled[0]]), rule="no_heading")


def _rounded(ids: pd.Series[str], lines: Lines, name: str) -> Iterator[Fault]:
    rows = np.flatnonzero(ids.str.fullmatch(_ROUNDED))
    if len(rows):
        message = f"respondent {ids.iloc[rows[0]]!r} is a number that a spreadsheet program has rounded. {ADVICE}"
        yield Fault(name, message, int(lines[rows[0]]), str(ids.name), ids.iloc[rows[0]], "rounded_id")


def _notes(headings: Sequence[str]) -> Iterator[str]:
    garbled = [heading for heading in headings if _GARBLED.search(heading)]
    if garbled:
        yield (
            f"Tekens in {len(garbled)} koppen zijn verminkt, zoals in ‘{garbled[0][:60]}’: het bestand is opgeslagen "
            "met een andere tekencodering dan waarmee het werd geopend."
        )
