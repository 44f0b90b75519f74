"""Checks on the rows and the answers: can they be told apart, and do they agree with the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.checks.findings import Finding, respondents, where
from srsmeting.intake.checks.fingerprints import surely_differ
from srsmeting.intake.checks.sums import SumRow, find_sum_row
from srsmeting.intake.raw import BY_HAND, Lines, RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Mask, Responses, answer_columns, status_columns

#: So many statements make a straight line.
STRAIGHT: Final = 5

_WORDS = ("totaal", "subtotaal", "eindtotaal", "gemiddelde", "som", "total", "grand total", "average", "mean", "sum")
#: What a spreadsheet program or a researcher puts in front of a row of totals.
_TOTALS = frozenset(
    form for word in _WORDS for base in (word, f"{word}:") for form in (base, base.capitalize(), base.upper())
)


def row_faults(raw: RawExport) -> Iterator[Fault]:
    """Yield what is wrong with the rows as a whole.

    No rows, or none that counts; a row without an id; one id on two rows; one token on two rows that count. What was
    set aside by hand is no matter of these any more.
    """
    kept = raw.set_aside != BY_HAND
    if not len(raw):
        yield Fault(raw.name, "has headings and no rows. Export all responses.", rule="no_rows")
    elif not raw.faults and not (raw.set_aside == "").any():
        message = f"no response counts: all {len(raw)} are set aside ({', '.join(raw.set_aside.unique())})."
        yield Fault(raw.name, f"{message} Export again when there are complete responses.", rule="no_rows")
    yield from _totals(raw, kept)
    if raw.id_column in raw.cells:
        ids = raw.cells[raw.id_column]
        for row in np.flatnonzero((ids == "") & kept):
            line = int(raw.lines[row])
            message = f"this row has no id. Export again, or set it aside: {_entry('', line)}."
            yield Fault(raw.name, message, line, raw.id_column, "", "no_id")
        yield from _doubles(raw, ids, (ids != "") & kept)
    if raw.token_column:
        tokens = raw.cells[raw.token_column].str.strip()  # as they are looked up in the frame
        # Someone may well start twice; only one of the rows may count.
        yield from _doubles(raw, tokens, (tokens != "") & (raw.set_aside == ""))


def answer_findings(
    responses: Responses, rejected: Mapping[str, Mask], stray_texts: Mapping[str, Mask], lines: Lines
) -> Iterator[Finding]:
    """Yield what the answers show, also those that were set aside.

    `rejected` tells by status column who answered although routing passed the question by, `stray_texts` by question
    who wrote at "other, namely" without choosing it; `lines` where each respondent stands in the file.
    """
    for question in responses.questionnaire.questions:
        yield from _routing_findings(question, responses, rejected, lines)
        if question.kind == "multiple":
            yield from _exclusive_findings(question, responses, lines)
        if question.id in stray_texts:
            rows = np.flatnonzero(stray_texts[question.id])
            message = (
                f"{respondents(len(rows), 'vulde', 'vulden')} een tekst in bij ‘anders’ zonder dat te kiezen. "
                f"De tekst telt niet. {where(rows, lines)}"
            )
            yield Finding("other_not_chosen", question.id, len(rows), message)
    spoke = np.zeros(responses.n, dtype=np.bool_)
    for _, status in responses.status.items():
        spoke |= status.to_numpy() == ANSWERED
    silent = np.flatnonzero(~spoke)
    if len(silent):
        message = f"{respondents(len(silent), 'verstuurde', 'verstuurden')} de vragenlijst zonder één antwoord."
        message += f" {where(silent, lines)}"
        yield Finding("nothing_answered", "", len(silent), message)


def inline_findings(questionnaire: Questionnaire, inline: Mapping[str, Mask], lines: Lines) -> Iterator[Finding]:
    """Yield where a text among the answers was taken for "other, namely": nobody marked it as such.

    `inline` tells by question who wrote one.
    """
    for question in questionnaire.questions:
        if question.id in inline and inline[question.id].any():
            rows = np.flatnonzero(inline[question.id])
            label = next(category.label for category in question.categories if category.is_written_in)
            message = (
                f"{respondents(len(rows), 'heeft', 'hebben')} een tekst tussen de keuzes die geen bekend antwoord is; "
                f"gelezen als ‘{label}’. {where(rows, lines)}"
            )
            yield Finding("text_among_answers", question.id, len(rows), message)


def shown_findings(responses: Responses, shown: Mapping[str, Mask], lines: Lines) -> Iterator[Finding]:
    """Yield where the tool and the routing of the questionnaire differ on who was asked.

    Routing decides. `shown` tells by status column whether the tool showed the question, as far as the tool tells.
    An answer to a question that was not asked is no matter of this check.
    """
    for question in responses.questionnaire.questions:
        told = [name for name in status_columns(question) if name in shown]
        if not told:
            continue
        status = responses.status[told].to_numpy()
        seen = np.column_stack([shown[name] for name in told])
        rows = np.flatnonzero(((status == NOT_ASKED) & seen).any(axis=1))
        if len(rows):
            message = (
                f"{respondents(len(rows), 'kreeg', 'kregen')} de vraag te zien hoewel de routing haar oversloeg. "
                f"De routing beslist. {where(rows, lines)}"
            )
            yield Finding("shown_not_asked", question.id, len(rows), message)
        rows = np.flatnonzero(((status == NO_ANSWER) & ~seen).all(axis=1))
        if len(rows):
            message = (
                f"{respondents(len(rows), 'kreeg', 'kregen')} de vraag niet te zien hoewel de routing haar stelt; "
                f"{'zij telt' if len(rows) == 1 else 'zij tellen'} als opengelaten. {where(rows, lines)}"
            )
            yield Finding("asked_not_shown", question.id, len(rows), message)


def has_battery(questionnaire: Questionnaire) -> bool:
    """Say whether there is a battery long enough to look for straight lines in."""
    return any(len(question.items) >= STRAIGHT for question in questionnaire.questions)


def straight_findings(responses: Responses, lines: Lines) -> Iterator[Finding]:
    """Yield the batteries of which someone answered at least :data:`STRAIGHT` statements, and all alike."""
    for question in responses.questionnaire.questions:
        if len(question.items) < STRAIGHT:
            continue
        codes = np.column_stack([responses.codes(question.id, item.id) for item in question.items])
        answered = codes >= 0
        # An empty cell is made as high as the highest answer to find the lowest, and is the lowest itself.
        highest = codes.max(axis=1)
        lowest = np.where(answered, codes, highest[:, None]).min(axis=1)
        rows = np.flatnonzero((answered.sum(axis=1) >= STRAIGHT) & (highest == lowest))
        if len(rows):
            message = (
                f"{respondents(len(rows), 'gaf', 'gaven')} bij alle beantwoorde stellingen hetzelfde antwoord. "
                f"De antwoorden tellen mee. {where(rows, lines)}"
            )
            yield Finding("straight_lining", question.id, len(rows), message)


def sum_findings(raw: RawExport) -> Iterator[Finding]:
    """Yield the last row of a table without ids when it adds up the others, and could still be a respondent."""
    found = _last_sums(raw)
    if found and not found.certain:
        columns = ", ".join(f"‘{column}’" for column in found.columns)
        message = (
            f"De laatste rij (regel {raw.lines[-1]}) is leeg, op de som van de rijen erboven in {columns} na. "
            "Zij telt mee als respondent."
        )
        yield Finding("row_of_sums", "", 1, message)


def _last_sums(raw: RawExport) -> SumRow | None:
    # With ids, the row has one and is a respondent's, or has none and is refused.
    if not raw.id_column.startswith("(") or not len(raw) or raw.set_aside.iloc[-1] != "":
        return None
    return find_sum_row(raw.cells[[heading for heading in raw.cells.columns if heading not in raw.metadata]])


def _totals(raw: RawExport, kept: pd.Series[bool]) -> Iterator[Fault]:
    # Not in a column that a reader added, which comes first and stands in no file.
    own = [heading for heading in raw.cells.columns if heading != raw.id_column or not heading.startswith("(")]
    for heading in dict.fromkeys((*own[:1], *(heading for heading in own if heading == raw.id_column))):
        for row in np.flatnonzero(raw.cells[heading].isin(_TOTALS) & kept):
            value, line = str(raw.cells[heading].iloc[row]), int(raw.lines[row])
            message = (
                f"column {heading!r}: {value!r} makes this a row of totals, not a respondent. "
                f"Set it aside: {_entry(_id_of(raw, int(row)), line)}."
            )
            yield Fault(raw.name, message, line, str(heading), value, "total_row")
    found = _last_sums(raw)
    if found and found.certain:
        columns, line = ", ".join(map(repr, found.columns)), int(raw.lines[-1])
        message = (
            f"this row adds up those above it in columns {columns}, and holds nothing else: it is no respondent. "
            f"Set it aside: {_entry(_id_of(raw, len(raw) - 1), line)}."
        )
        yield Fault(raw.name, message, line, rule="total_row")


def _doubles(raw: RawExport, keys: pd.Series[str], counted: pd.Series[bool]) -> Iterator[Fault]:
    some = keys[counted]
    if surely_differ(some):
        return
    double = keys[counted & keys.isin(some[some.duplicated()])]
    for value in double.unique():
        rows = double.index[double == value]
        on = ", ".join(str(raw.lines[row]) for row in rows)
        # A token is the key to someone's answers: it is told by its lines, not by its value.
        tell = keys.name == raw.id_column and "@" not in value
        what = f"{keys.name} {value!r}" if tell else f"the same {keys.name}"
        line = int(raw.lines[rows[1]])
        message = (
            f"{what} stands on {len(rows)} rows (lines {on}). "
            f"Set aside what does not count, such as {_entry(_id_of(raw, rows[1]), line)}."
        )
        rule = "double_id" if keys.name == raw.id_column else "double_token"
        yield Fault(raw.name, message, line, str(keys.name), value if tell else "", rule)


def _id_of(raw: RawExport, row: int) -> str:
    return str(raw.cells[raw.id_column].iloc[row]) if raw.id_column in raw.cells else ""


def _entry(id: str, line: int) -> str:
    """Write what sets a response aside, for a person to copy."""
    respondent = "…" if "@" in id else f'"{id}"'
    entry = f"'set_aside: [{{respondent: {respondent}, line: {line}, reason: …, date: …}}]'"
    return f"{entry} in corrections.yaml, named under 'corrections' in meting.yaml"


def _routing_findings(
    question: Question, responses: Responses, rejected: Mapping[str, Mask], lines: Lines
) -> Iterator[Finding]:
    columns = status_columns(question)
    masks = [rejected[name] for name in columns if name in rejected]
    if masks:
        rows = np.flatnonzero(np.logical_or.reduce(masks))
        message = (
            f"{respondents(len(rows), 'beantwoordde', 'beantwoordden')} de vraag hoewel de routing haar oversloeg. "
            f"Het antwoord telt niet. {where(rows, lines)}"
        )
        yield Finding("answer_not_asked", question.id, len(rows), message)
    empty = int(np.logical_or.reduce([responses.status[name].to_numpy() == NO_ANSWER for name in columns]).sum())
    # Open questions may be left empty; the table of questions counts them all the same.
    if empty and question.kind != "open":
        what = "een of meer stellingen open" if question.kind == "statements" else "de vraag open"
        message = f"{respondents(empty, 'liet', 'lieten')} {what}."
        yield Finding("left_empty", question.id, empty, message)


def _exclusive_findings(question: Question, responses: Responses, lines: Lines) -> Iterator[Finding]:
    nothing = [position for position, category in enumerate(question.categories) if category.kind == "none_of_these"]
    if not nothing:
        return
    ticked = [responses.answers[name].to_numpy(dtype=np.bool_) for name in answer_columns(question)]
    several = np.sum(ticked, axis=0) > 1
    for position in nothing:
        category = question.categories[position]
        rows = np.flatnonzero(ticked[position] & several)
        if len(rows):
            message = (
                f"{respondents(len(rows), 'koos', 'kozen')} ‘{category.label}’ samen met een ander antwoord. "
                f"Beide tellen. {where(rows, lines)}"
            )
            yield Finding("exclusive_with_others", question.id, len(rows), message)
