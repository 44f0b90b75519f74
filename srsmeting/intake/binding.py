"""Columns of an export to questions of the questionnaire, by the names the survey tool gave them.

A question ``Q`` has the column ``Q``; a multiple choice one column per option, ``Q[option]``, the written-in option
being ``Q[other]``; a battery one column per statement, ``Q[item]``. LimeSurvey's ExpressionScript form ``Q_option`` is
the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from srsmeting.errors import Fault, suggest
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire

OTHER = "other"


@dataclass(frozen=True)
class Binding:
    """Where each answer stands in the export.

    Parameters
    ----------
    columns
        Column of the export by answer column of :class:`srsmeting.responses.Responses` (``q``, ``q.item``,
        ``q.option``).
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
    other_texts: Mapping[str, str]
    texts: frozenset[str]
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]


def export_columns(question: Question) -> dict[str, str]:
    """Return the column in the survey tool by answer column, for one question.

    Examples
    --------
    >>> question = Question("kanaal", "G01Q02", "single", "Kanaal", "Hoe?", "basis", "bereik")
    >>> export_columns(question)
    {'kanaal': 'G01Q02'}
    """
    if question.kind == "multiple":
        return {f"{question.id}.{c.code}": f"{question.export}[{c.export}]" for c in question.categories}
    if question.kind == "statements":
        return {f"{question.id}.{item.id}": f"{question.export}[{item.export}]" for item in question.items}
    return {question.id: question.export}


def bind(raw: RawExport, questionnaire: Questionnaire, ignore: frozenset[str] = frozenset()) -> Binding:
    """Find the column of every answer.

    Parameters
    ----------
    raw
        The export.
    questionnaire
        What was asked; its ``export`` names are looked for.
    ignore
        Columns, or questions of the tool with all their columns, that are no part of the measurement.

    Returns
    -------
    Binding
        Faults are in it and not raised, so that those in the cells can be told together with them.
    """
    names = {answer: name for question in questionnaire.questions for answer, name in export_columns(question).items()}
    others = {
        question.id: f"{question.export}[{OTHER}]" for question in questionnaire.questions if _has_other(question)
    }
    comments = tuple(_comments(questionnaire))
    known = {*names.values(), *others.values(), *comments}
    spelled = {_script_form(name): name for name in known} | {name: name for name in known}

    found: dict[str, str] = {}
    unknown: list[str] = []
    ignored: list[str] = []
    faults: list[Fault] = []
    for column in raw.cells.columns:
        name = spelled.get(column)
        if name is None:
            if not ignore.isdisjoint(_own_and_question(column)):
                ignored.append(column)
            elif column not in raw.metadata:
                unknown.append(column)
        elif name in found:
            message = f"columns {found[name]!r} and {column!r} are the same variable. Keep one of them."
            faults.append(Fault(raw.name, message, 1, column, column, "double_column"))
        else:
            found[name] = column
    faults += _missing(raw, questionnaire, found)
    faults += _unknown(raw, unknown, [name for name in names.values() if name not in found])
    faults += _ignored_in_vain(raw, ignore)
    written = {*others.values(), *comments, *_texts(questionnaire)}
    return Binding(
        columns={answer: found[name] for answer, name in names.items() if name in found},
        other_texts={question: found[name] for question, name in others.items() if name in found},
        texts=frozenset(found[name] for name in written if name in found),
        ignored=tuple(ignored),
        faults=tuple(faults),
    )


def is_written_in(question: Question, code: str) -> bool:
    """Say whether an option of a multiple choice is ticked by writing something (``Q[other]``)."""
    category = question.category(code)
    return category.kind == "other" and category.export == OTHER


def _has_other(question: Question) -> bool:
    return question.kind == "single" and any(is_written_in(question, category.code) for category in question.categories)


def _comments(questionnaire: Questionnaire) -> Iterator[str]:
    # LimeSurvey's "with comments" types put a text column beside an answer.
    for question in questionnaire.questions:
        if question.kind == "single":
            yield f"{question.export}[comment]"
        if question.kind == "multiple":
            yield from (f"{question.export}[{category.export}comment]" for category in question.categories)


def _texts(questionnaire: Questionnaire) -> Iterator[str]:
    # Answers that are a text: an open question, and the option that is ticked by writing something.
    for question in questionnaire.questions:
        if question.kind == "open":
            yield question.export
        if question.kind == "multiple" and any(is_written_in(question, c.code) for c in question.categories):
            yield f"{question.export}[{OTHER}]"


def _script_form(name: str) -> str:
    question, _, part = name.partition("[")
    return f"{question}_{part.removesuffix(']')}" if part else question


def _own_and_question(column: str) -> tuple[str, ...]:
    # LimeSurvey's question codes hold neither brackets nor underscores.
    return column, column.partition("[")[0], column.partition("_")[0]


def _missing(raw: RawExport, questionnaire: Questionnaire, found: Mapping[str, str]) -> Iterator[Fault]:
    for question in questionnaire.questions:
        missing = [name for name in export_columns(question).values() if name not in found]
        if missing:
            listed = ", ".join(repr(name) for name in missing)
            message = (
                f"question {question.id!r} has no column {listed}. "
                "Export every question, or correct its 'export' in the questionnaire."
            )
            yield Fault(raw.name, message, 1, missing[0], missing[0], "missing_column")


def _unknown(raw: RawExport, unknown: list[str], missing: list[str]) -> Iterator[Fault]:
    for column in unknown:
        # What exists and has no column yet: the rest of the questionnaire would only be in the way.
        advice = suggest(column, missing) if missing else "Add it to the questionnaire, or name it under 'ignore'."
        yield Fault(
            raw.name,
            f"column {column!r} is not in the questionnaire. {advice}".replace("Known:", "Without a column:"),
            1,
            column,
            column,
            "unknown_column",
        )


def _ignored_in_vain(raw: RawExport, ignore: frozenset[str]) -> Iterator[Fault]:
    present = {part for column in raw.cells.columns for part in _own_and_question(column)}
    for name in sorted(ignore):
        if name not in present:
            message = f"no column {name!r} to ignore. {suggest(name, list(raw.cells.columns))}"
            yield Fault(raw.name, message, 1, name, name, "unknown_column")
