"""Columns of an export to questions of the questionnaire, by the names the survey tool gave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srsmeting.errors import Fault, suggest
from srsmeting.intake.dialect import Column
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import answer_columns


@dataclass(frozen=True)
class Binding:
    """Where each answer stands in the export.

    Parameters
    ----------
    columns
        Column of the export by answer column of :class:`srsmeting.responses.Responses` (``q``, ``q.item``,
        ``q.option``).
    several
        Column with all ticked options, by multiple-choice question, where no option has a column of its own; and what
        stands between the options.
    spare
        Columns that only repeat what others hold.
    other_texts
        Column with the text of "other, namely" by the single-choice question it belongs to.
    texts
        Columns with free text, in no particular order.
    ignored
        Columns left out at the caller's wish.
    faults
        Columns that are missing, unknown or double.
    """

    columns: Mapping[str, str]
    several: Mapping[str, tuple[str, str]]
    spare: tuple[str, ...]
    other_texts: Mapping[str, str]
    texts: frozenset[str]
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]

    def headings(self, question: Question, status_column: str) -> tuple[str, ...]:
        """Return the columns of the export from which a status column is made; none that is missing."""
        if question.kind != "multiple":
            names: tuple[str, ...] = (status_column,)
        else:
            names = answer_columns(question)
        together = (self.several[question.id][0],) if question.id in self.several else ()
        return (*together, *(self.columns[name] for name in names if name in self.columns))


def bind(raw: RawExport, questionnaire: Questionnaire, ignore: frozenset[str] = frozenset()) -> Binding:
    """Find the column of every answer.

    `ignore` names columns, or questions of the tool with all their columns, that are no part of the measurement.
    Faults are not raised, so that those in the cells can be told together with them.
    """
    expected = [column for question in questionnaire.questions for column in raw.dialect.columns(question)]
    meant = {name: column for column in expected for name in column.names[1:]}
    meant |= {column.names[0]: column for column in expected}
    doubtful = _doubtful(expected)

    found: dict[Column, str] = {}
    unknown: list[str] = []
    ignored: list[str] = []
    faults: list[Fault] = []
    for heading in raw.cells.columns:
        column = meant.get(heading)
        if column is None:
            if not ignore.isdisjoint((heading, raw.dialect.question_of(heading))):
                ignored.append(heading)
            elif heading not in raw.metadata:
                unknown.append(heading)
        elif heading in doubtful:
            faults.append(_in_doubt(raw, heading, doubtful[heading]))
        elif column in found:
            message = f"columns {found[column]!r} and {heading!r} are the same variable. Keep one of them."
            faults.append(Fault(raw.name, message, 1, heading, heading, "double_column"))
        else:
            found[column] = heading
    together = {column.answer: heading for column, heading in found.items() if column.holds == "several"}
    apart = {column.answer.partition(".")[0] for column in found if column.holds == "code"}
    several = {question: heading for question, heading in together.items() if question not in apart}
    missing = [column for column in expected if column.is_answer and column not in found]
    missing = [column for column in missing if column.answer.partition(".")[0] not in several]
    told = {column for heading in doubtful.keys() & set(raw.cells.columns) for column in doubtful[heading]}
    missing = [column for column in missing if column not in told]
    faults += _missing(raw, questionnaire, missing)
    faults += _unknown(raw, questionnaire, unknown, [column.names[0] for column in missing])
    faults += _ignored_in_vain(raw, ignore)
    return Binding(
        columns={column.answer: heading for column, heading in found.items() if column.is_answer},
        several={question: (heading, raw.dialect.delimiter_of(question)) for question, heading in several.items()},
        spare=tuple(heading for question, heading in together.items() if question in apart),
        other_texts={column.answer: heading for column, heading in found.items() if column.holds == "other"},
        texts=frozenset(heading for column, heading in found.items() if column.holds in ("text", "other", "comment")),
        ignored=tuple(ignored),
        faults=tuple(faults),
    )


def _doubtful(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """Return the names that several answers can have, none as its usual one."""
    owners: dict[str, list[Column]] = {}
    for column in columns:
        for name in column.names[1:] if column.is_answer else ():
            owners.setdefault(name, []).append(column)
    usual = {column.names[0] for column in columns}
    return {name: found for name, found in owners.items() if len(found) > 1 and name not in usual}


def _in_doubt(raw: RawExport, heading: str, columns: Sequence[Column]) -> Fault:
    names = " or ".join(repr(column.names[0]) for column in columns)
    message = (
        f"column {heading!r} can be {names}: it ends in the code of one answer and the 'export' of another. "
        "Head it so, or say in mapping.yaml which it is."
    )
    return Fault(raw.name, message, 1, heading, heading, "ambiguous_column")


def _missing(raw: RawExport, questionnaire: Questionnaire, columns: Sequence[Column]) -> Iterator[Fault]:
    for question in questionnaire.questions:
        answers = answer_columns(question)
        missing = [column.names[0] for column in columns if column.answer in answers]
        if missing:
            listed = ", ".join(repr(name) for name in missing)
            message = (
                f"question {question.id!r} has no column {listed}. "
                "Export every question, or correct its 'export' in the questionnaire."
            )
            yield Fault(raw.name, message, 1, missing[0], missing[0], "missing_column")


def _unknown(raw: RawExport, questionnaire: Questionnaire, unknown: list[str], missing: list[str]) -> Iterator[Fault]:
    ids = {question.export: question.id for question in questionnaire.questions if question.kind == "single"}
    for column in unknown:
        # What exists and has no column yet: the rest of the questionnaire would only be in the way.
        advice = suggest(column, missing) if missing else "Add it to the questionnaire, or name it under 'ignore'."
        of = ids.get(raw.dialect.question_of(column))
        if of and column.endswith(("[other]", "_other")):
            advice = (
                f"It has the texts at 'other, namely' of question {of!r}: give the category that they go with "
                "'export: other', whatever its code is in the export, or name the column under 'ignore'."
            )
        elif _may_be_key(raw, column):
            advice += " If it is the id or the token of respondents, name it under 'id' or 'token' in mapping.yaml."
        yield Fault(
            raw.name,
            f"column {column!r} is not in the questionnaire. {advice}".replace("Known:", "Without a column:"),
            1,
            column,
            column,
            "unknown_column",
        )


def _may_be_key(raw: RawExport, column: str) -> bool:
    # Of a table that tells neither, every row of this column says something else.
    cells = raw.cells[column]
    known = raw.token_column and not raw.id_column.startswith("(")
    return (
        not known
        and "?" not in column
        and len(cells) > 1
        and cells.is_unique
        and not cells.str.contains(r"^$|\s").any()
    )


def _ignored_in_vain(raw: RawExport, ignore: frozenset[str]) -> Iterator[Fault]:
    headings = list(raw.cells.columns)
    for name in sorted(ignore.difference(headings, map(raw.dialect.question_of, headings))):
        message = f"no column {name!r} to ignore. {suggest(name, headings)}"
        yield Fault(raw.name, message, 1, name, name, "unknown_column")
