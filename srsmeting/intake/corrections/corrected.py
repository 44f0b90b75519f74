"""An export with its ``corrections.yaml``: from here on its cells say what a person knows better.

Corrections are made in the cells as they were read, before an answer is coded, so that coding, routing and every check
treat a corrected answer like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.account.rows import frame_of
from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.coding.several import take_apart
from srsmeting.intake.coding.writings import Writings, options_of
from srsmeting.intake.corrections.corrigible import column_of, keys
from srsmeting.intake.corrections.entries import Correction, Corrections
from srsmeting.intake.corrections.respondents import Respondents, Wrong
from srsmeting.intake.dialect import Dialect
from srsmeting.intake.personal import WITHHELD, without_person
from srsmeting.intake.pseudonyms import Pseudonyms
from srsmeting.intake.raw import BY_HAND, FORMULA, RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.yamlfile import Loc


@dataclass(frozen=True)
class Corrected:
    """An export of which something was corrected.

    Parameters
    ----------
    raw
        The export, with what was corrected.
    applied
        ``line`` (Int64), ``question`` (with its statement or option; empty where a whole response is set aside),
        ``old``, ``new`` (a text as ``[tekst]``), ``reason`` and ``date``.
    faults
        Corrections that cannot be made.
    cells
        What was corrected: place in ``corrections.yaml`` by line and column of the export.
    corrections
        The file.
    """

    raw: RawExport
    applied: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    cells: Mapping[tuple[int, str], Loc] = field(default_factory=dict)
    corrections: Corrections = field(default_factory=Corrections)

    def answers(self) -> RawExport:
        """Return the export as it is to be coded: a response that was set aside by hand is read no further."""
        rows = (self.raw.set_aside == BY_HAND).to_numpy(dtype=np.bool_)
        if not rows.any():
            return self.raw
        cells = self.raw.cells.copy(deep=False)
        for column in cells.columns.difference(list(self.raw.metadata)):
            cells[column] = cells[column].mask(rows, "")
        return replace(self.raw, cells=cells)

    def blame(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Yield faults of coding; that of a cell which was corrected is one of the correction."""
        for fault in faults:
            loc = self.cells.get((fault.line or 0, fault.column))
            if loc is None:
                yield fault
            else:
                # The export is as it should be: it need not be made again.
                message = f"after this correction, {fault.message.partition(' Export again')[0]}"
                yield self.corrections.fault((*loc, "new"), message, fault.value, fault.rule)


def apply_corrections(
    raw: RawExport,
    binding: Binding,
    questionnaire: Questionnaire,
    corrections: Corrections | None = None,
    pseudonyms: Pseudonyms | None = None,
) -> Corrected:
    """Correct the cells of an export, and set responses aside; faults are not raised but returned.

    Parameters
    ----------
    raw, binding
        The export, and where the answers stand in it.
    questionnaire
        What was asked.
    corrections
        What is to be done; None for nothing.
    pseudonyms
        What finds a respondent who is named by a pseudonym.

    Examples
    --------
    >>> from srsmeting.intake.binding.bind import bind
    >>> from srsmeting.intake.corrections.entries import CorrectionsConfig
    >>> fte = Question(id="fte", export="Q1", kind="number", title="Fte", text="Hoeveel?", pijler="p", fase="bereik")
    >>> questionnaire = Questionnaire("mini", "Klein", "respondenten", (), (fte,))
    >>> cells = pd.DataFrame({"id": ["7"], "Q1": ["100"]}, dtype="str")
    >>> whys = {"id": "technisch gegeven"}
    >>> raw = RawExport("e.csv", "CSV", Dialect(), cells, np.array([2]), whys, "id", "", pd.Series([""], dtype="str"))
    >>> entry = Correction(respondent="7", question="fte", old="100", new="10", reason="typefout", date="2026-03-03")
    >>> corrections = Corrections(CorrectionsConfig(corrections=(entry,)))
    >>> corrected = apply_corrections(raw, bind(raw, questionnaire), questionnaire, corrections)
    >>> corrected.raw.cells["Q1"].tolist(), raw.cells["Q1"].tolist(), corrected.faults
    (['10'], ['100'], ())
    """
    if corrections is None:
        return Corrected(raw, _frame([]))
    faults = list(corrections.own_faults())
    respondents = Respondents(raw, {entry.respondent for _, entry in corrections.entries}, pseudonyms)
    cells: dict[tuple[int, str], Loc] = {}
    aside: dict[int, Loc] = {}
    seen: dict[tuple[int, str], Loc] = {}
    applied: list[tuple[int, str, str, str, str, str]] = []
    # What the file says there is the formula, whatever it shows.
    formulas = {(fault.line, fault.column): fault.value for fault in raw.faults if fault.rule == FORMULA}
    for loc, entry in corrections.entries:
        row = respondents.find(entry.respondent, entry.line)
        heading = column_of(entry, questionnaire, binding, raw) if isinstance(entry, Correction) else ""
        for wrong in (row, heading):
            if isinstance(wrong, Wrong):
                faults.append(corrections.fault((*loc, wrong.key), wrong.message, wrong.value, wrong.rule))
        if isinstance(row, Wrong) or isinstance(heading, Wrong):
            continue
        line, why = int(raw.lines[row]), without_person(entry.reason)
        if not isinstance(entry, Correction):
            faults += _twice(corrections, loc, seen.setdefault((row, ""), loc), "respondent", "is set aside")
            aside[row] = loc
            applied.append((line, "", "", "", why, entry.date))
        elif heading:
            cell = formulas.get((line, heading), str(raw.cells[heading].iloc[row]))
            if heading in binding.texts or heading in keys(raw).values():
                seen_at, *shown = (WITHHELD if text else "" for text in (cell, entry.old, entry.new))
            else:
                question = questionnaire.question(entry.question)
                seen_at, *shown = (_shown(text, question, raw.dialect) for text in (cell, entry.old, entry.new))
            wrongs = list(_twice(corrections, loc, seen.setdefault((row, heading), loc), "question", "corrected"))
            # A text need not be copied into the corrections to be taken out.
            if cell != entry.old and not (cell and seen_at == WITHHELD == entry.old):
                where = f"column {heading!r} on line {line} of {raw.name}"
                wrongs.append(_other_old(corrections, loc, entry, where, cell, seen_at))
            faults += wrongs
            if not wrongs:
                cells[row, heading] = loc
                applied.append((line, entry.name, shown[0], shown[1], why, entry.date))
    # What is sound is done all the same, so that the export is not blamed for what a correction would settle.
    changed = replace(_corrected(raw, cells, corrections), set_aside=_set_aside(raw.set_aside, aside))
    places = {(int(raw.lines[row]), heading): loc for (row, heading), loc in cells.items()}
    faults.sort(key=lambda fault: fault.line or 0)
    return Corrected(changed, _frame(applied), tuple(faults), places, corrections)


def _twice(corrections: Corrections, loc: Loc, first: Loc, key: str, what: str) -> Iterator[Fault]:
    if first != loc:
        message = f"{what} twice, first on line {corrections.source.line(first)}. Keep one of the two."
        yield corrections.fault((*loc, key), message, "", "double_correction")


def _other_old(corrections: Corrections, loc: Loc, entry: Correction, where: str, cell: str, shown: str) -> Fault:
    if cell == entry.new:
        message = f"{where} says so already. Was the export edited, or made anew? Leave the correction out."
    else:
        said = "is empty" if not cell else f"says {shown if shown == WITHHELD else repr(shown)}"
        message = f"{where} {said}, not {entry.old!r}. Correct 'old', or leave the correction out."
    return corrections.fault((*loc, "old"), message, entry.old, "other_old")


def _shown(cell: str, question: Question, dialect: Dialect) -> str:
    """Return an answer as the report may show it: what someone wrote among the options is a text."""
    is_text = False
    if cell and dialect.inline_other:
        if question.kind == "single":
            writings = Writings(question, dialect)
            is_text = writings.get(cell) is None or cell in writings.written_in
        elif question.kind == "multiple":
            is_text = bool(take_apart(cell, options_of(question, dialect), dialect.delimiter_of(question.id)).rest)
    return WITHHELD if is_text else without_person(cell)


def _corrected(raw: RawExport, cells: Mapping[tuple[int, str], Loc], corrections: Corrections) -> RawExport:
    changed = raw.cells.copy(deep=False)
    for heading in {heading for _, heading in cells}:
        places = {row: int(loc[1]) for (row, other), loc in cells.items() if other == heading}
        column = raw.cells[heading].copy()
        column.iloc[list(places)] = [corrections.config.corrections[number].new for number in places.values()]
        changed[heading] = column
    return replace(raw, cells=changed)


def _set_aside(reasons: pd.Series[str], rows: Iterable[int]) -> pd.Series[str]:
    changed = reasons.copy()
    changed.iloc[list(rows)] = BY_HAND
    return changed


def _frame(rows: list[tuple[int, str, str, str, str, str]]) -> pd.DataFrame:
    dtypes = {"line": "Int64"} | dict.fromkeys(["question", "old", "new", "reason", "date"], "str")
    return frame_of(rows, dtypes)
