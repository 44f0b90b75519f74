"""What a coder filled in, read back and checked: against the answers, and against the codebook."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from srsmeting.errors import CodingError, Fault, IntakeError, suggest
from srsmeting.intake.files.archive import Archive
from srsmeting.intake.files.workbook import Sheet, read_workbook
from srsmeting.intake.pseudonyms import VARIABLE
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.themes.coded import NO_THEME, codes_of
from srsmeting.themes.layout import (
    ANSWER,
    CODE,
    CODEBOOK,
    FIRST_ROW,
    HEADER_ROW,
    ID,
    INSTRUCTION,
    NO_THEME_LABELS,
    REMARK,
    same_text,
    sheet_titles,
)

#: Answers by pseudonym, by question.
Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FilledIn:
    """What one workbook says.

    Parameters
    ----------
    name
        Of the file.
    codes
        Codes by pseudonym, by question; an answer without a code is not in it.
    remarks
        How many answers have a remark.
    """

    name: str
    codes: Mapping[str, Mapping[str, frozenset[str]]]
    remarks: int = 0


@dataclass
class _Reader:
    """Reads one workbook; what is wrong is collected."""

    name: str
    answers: Answers
    export: str
    whole: bool
    faults: list[Fault] = field(default_factory=list)
    remarks: int = 0

    def fault(self, sheet: Sheet, row: int, column: int, message: str, rule: str, value: str = "") -> None:
        place = f"sheet {sheet.title!r}, cell {cell_name(row, column)}"
        self.faults.append(Fault(self.name, f"{place}: {message}", None, cell_name(row, column), value, rule))

    def sheet(self, sheet: Sheet, question: Question) -> dict[str, frozenset[str]]:
        """Read the sheet of a question."""
        codes = self._codes(sheet)
        if codes is None:
            return {}
        answers, seen, found = self.answers[question.id], dict[str, int](), dict[str, frozenset[str]]()
        rows = list(enumerate(sheet.rows[FIRST_ROW - 1 :], start=FIRST_ROW))
        ids = [row[0].strip() for _, row in rows if row[0].strip()]
        if ids and not any(id in answers for id in ids):
            message = (
                f"sheet {sheet.title!r}: none of its {len(ids)} answers is one to {question.id!r} in {self.export}. It "
                f"was made of another export, or with another salt: name the file with that salt in {VARIABLE}."
            )
            self.faults.append(Fault(self.name, message, rule="other_answers"))
            return {}
        for number, row in rows:
            id = row[0].strip()
            given = self._given(sheet, question, number, row, codes)
            if not id:
                if any(cell.strip() for cell in row):
                    self.fault(sheet, number, 1, "a row without an answer. Remove it, or put the id back.", "no_id")
                continue
            if id not in answers:
                message = f"no answer {id!r} to {question.id!r} in {self.export}. Undo the change, or remove the row."
                self.fault(sheet, number, 1, message, "unknown_answer", id)
                continue
            if id in seen:
                message = f"answer {id!r} stands in row {seen[id]} already. Remove one of the two."
                self.fault(sheet, number, 1, message, "double_answer", id)
                continue
            seen[id] = number
            if not same_text(row[1], answers[id]):
                message = "the answer was changed. Undo that: answers are coded as they were given."
                self.fault(sheet, number, 2, message, "changed_answer")
            self.remarks += bool(row[codes[-1] + 1].strip())
            if given:
                found[id] = given
        missing = [id for id in answers if id not in seen]
        if missing and self.whole:
            many = "1 answer is missing" if len(missing) == 1 else f"{len(missing)} answers are missing, the first"
            message = f"sheet {sheet.title!r}: {many}, {min(missing)!r}. Put the rows back, without codes if need be."
            self.faults.append(Fault(self.name, message, value=min(missing), rule="missing_answer"))
        return found

    def _codes(self, sheet: Sheet) -> list[int] | None:
        """Return the columns with codes, counted from 0; None where the headings are not those that were made."""
        heads = [head.strip() for head in sheet.rows[HEADER_ROW - 1]] if len(sheet.rows) >= HEADER_ROW else []
        while heads and not heads[-1]:
            heads.pop()
        codes = [column for column, head in enumerate(heads) if head.startswith(f"{CODE} ")]
        # What stands between the answer and the first code is only for reading.
        before = heads[2 : codes[0]] if codes else []
        wanted = [ID, ANSWER, *before, *(f"{CODE} {n}" for n in range(1, max(len(codes), 1) + 1)), REMARK]
        for column, head in enumerate(wanted):
            there = heads[column] if column < len(heads) else ""
            if there != head:
                message = f"the heading is {there!r}, and should be {head!r}. Put the columns back in their order."
                self.fault(sheet, HEADER_ROW, column + 1, message, "moved_column", there)
                return None
        if len(heads) > len(wanted):
            message = f"a column {heads[len(wanted)]!r} was added. Remove it; remarks can stand under {REMARK!r}."
            self.fault(sheet, HEADER_ROW, len(wanted) + 1, message, "added_column", heads[len(wanted)])
            return None
        return codes

    def _given(
        self, sheet: Sheet, question: Question, number: int, row: tuple[str, ...], columns: list[int]
    ) -> frozenset[str]:
        known = {code.casefold(): code for code in codes_of(question)}
        known |= {theme.label.casefold(): theme.code for theme in question.themes}
        known |= {label.casefold(): code for code, label in NO_THEME_LABELS.items()}
        given: dict[str, int] = {}
        for column in columns:
            text = " ".join(row[column].split())
            if (number - 1, column) in sheet.formulas:
                self.fault(sheet, number, column + 1, "is a formula. Write the code itself.", "formula")
                continue
            # Several suggestions stand in one cell, and are copied as they are.
            for each in [text] if text.casefold() in known else [part.strip() for part in text.split(";")]:
                code = known.get(each.casefold(), "")
                if each and not code:
                    message = f"no code {each!r}. {suggest(each, codes_of(question))}"
                    self.fault(sheet, number, column + 1, message, "unknown_code", each)
                elif code in given:
                    message = f"code {code!r} stands in {cell_name(number, given[code] + 1)} already. Remove one."
                    self.fault(sheet, number, column + 1, message, "double_code", code)
                elif code:
                    given[code] = column
        for code in NO_THEME:
            other = next((each for each in given if each != code), "")
            if code in given and other:
                message = f"{code!r} says that no theme fits, and {other!r} is given too. Keep one."
                self.fault(sheet, number, given[code] + 1, message, "theme_and_none", code)
                break
        return frozenset(given)


def read_filled_in(
    path: str | os.PathLike[str], questionnaire: Questionnaire, answers: Answers, export: str, *, whole: bool = True
) -> FilledIn:
    """Read a workbook that a coder filled in.

    Parameters
    ----------
    path
        The workbook (.xlsx).
    questionnaire
        Its codebooks.
    answers
        The answers that count, by pseudonym, by question; only questions with a codebook.
    export
        Name of the export that they are from, for messages.
    whole
        Whether a sheet must have all answers to its question.

    Returns
    -------
    FilledIn
        Codes may be in any order and in small or capital letters; a label stands for its code, and
        a cell may hold several, with ; between. A sheet may be left out.

    Raises
    ------
    CodingError
        With every fault of the workbook, each with its sheet and cell.
    """
    place = Path(path)
    sheets = {sheet.title: sheet for sheet in _sheets(place)}
    titles = {title: question for question, title in sheet_titles(answers).items()}
    reader = _Reader(place.name, answers, export, whole)
    codes = {}
    for title, sheet in sheets.items():
        if title in titles:
            codes[titles[title]] = reader.sheet(sheet, questionnaire.question(titles[title]))
        elif (
            title not in (INSTRUCTION, CODEBOOK) and len(sheet.rows) >= HEADER_ROW and ID in sheet.rows[HEADER_ROW - 1]
        ):
            message = f"sheet {title!r} is of no question. Give it its own name again. {suggest(title, titles)}"
            reader.faults.append(Fault(place.name, message, value=title, rule="unknown_sheet"))
    if reader.faults:
        raise CodingError(faults=reader.faults)
    if not codes:
        raise CodingError(f"{place.name}: has no sheet with answers. Known: {', '.join(map(repr, titles))}.")
    if not any(codes.values()):
        raise CodingError(f"{place.name}: has no codes. Fill in the column '{CODE} 1', and save the file.")
    return FilledIn(place.name, codes, reader.remarks)


def _sheets(path: Path) -> Iterator[Sheet]:
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise CodingError(f"{path}: cannot be read: {problem.strerror}.") from None
    message = f"{path.name}: is no workbook (.xlsx) that can be read. Save it as an Excel workbook."
    if not raw.startswith(b"PK"):
        raise CodingError(message)
    try:
        if "xl/workbook.xml" not in Archive(raw, path.name).names:
            raise CodingError(message)
        yield from read_workbook(raw, path.name)
    except IntakeError:
        raise CodingError(message) from None


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet program calls a cell, both counted from 1.

    Examples
    --------
    >>> cell_name(14, 4), cell_name(1, 28)
    ('D14', 'AB1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
