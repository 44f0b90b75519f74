"""``mapping.yaml``: where the columns and answers of an export stand that do not bear the questionnaire's codes.

A person writes it, or has `srsmeting map` propose it. Whatever it names must exist, in the questionnaire and in the
export.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from srsmeting.errors import ConfigurationError, Fault, suggest
from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.dialect import Column
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import answer_columns
from srsmeting.yamlfile import Loc, Text, YamlFile, read_yaml, validate


class MappedColumn(BaseModel):
    """One column of the export, and what of the questionnaire stands in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: The heading, as it stands in the file.
    column: str = Field(min_length=1)
    question: Text
    #: The statement, of a battery.
    item: Text = ""
    #: The option of a multiple choice that has this column for itself; of a single choice "other, namely", of which the
    #: text stands here.
    option: Text = ""
    #: What stands between the options of a multiple choice that share a cell.
    delimiter: str = ""


class MappingConfig(BaseModel):
    """What a ``mapping.yaml`` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[MappedColumn, ...] = ()
    #: By question: code by text in the file. An empty code: there is no answer.
    answers: dict[str, dict[str, Text]] = Field(default_factory=dict)
    #: Columns that are no part of the measurement.
    ignore: tuple[str, ...] = ()
    #: Columns that tell the rows apart and that have the token of the invitation, where their names do not say so.
    id: str = ""
    token: str = ""
    #: In the column of an option: it was ticked, or not.
    ticked: tuple[Text, ...] = ()
    unticked: tuple[Text, ...] = ()
    #: What stands before the decimals of a number.
    decimal: Literal["", ".", ","] = ""


@dataclass(frozen=True)
class AnswerMapping:
    """A ``mapping.yaml`` that fits its questionnaire.

    Parameters
    ----------
    config
        What the file says.
    columns
        What each mapped column holds, by heading as the file has it.
    source
        The file, for the lines of faults.
    """

    config: MappingConfig = field(default_factory=MappingConfig)
    columns: Mapping[str, Column] = field(default_factory=dict)
    source: YamlFile = field(default_factory=lambda: YamlFile("mapping.yaml", {}))

    @property
    def delimiters(self) -> dict[str, str]:
        """What stands between options that share a cell, by question."""
        return {entry.question: entry.delimiter for entry in self.config.columns if entry.delimiter}

    def answers(self, question: str) -> Mapping[str, str]:
        """Return code by text, as written, of a question."""
        return self.config.answers.get(question, {})

    def found_in(self, headings: Iterable[str]) -> tuple[dict[str, Column], list[Fault]]:
        """Return what the columns of an export hold, and a fault for every column that it does not have.

        A heading also matches when only case, spaces and the last sign differ, and no other does.
        """
        known = list(headings)
        alike: dict[str, list[str]] = {}
        for heading in known:
            alike.setdefault(same_wording(heading), []).append(heading)
        found: dict[str, Column] = {}
        faults = []
        for number, (column, holds) in enumerate(self.columns.items()):
            same = [column] if column in known else alike.get(same_wording(column), [])
            if len(same) == 1 and same[0] not in found:
                found[same[0]] = holds
                continue
            if len(same) == 1:
                message = f"column {same[0]!r} of the export is mapped twice. Keep one of the two."
                faults.append(self._fault(("columns", number, "column"), message, column, "double_column"))
                continue
            message = f"the export has no column {column!r}. {suggest(column, known)}"
            faults.append(self._fault(("columns", number, "column"), message, column, "unknown_column"))
        for key in ("id", "token"):
            name = getattr(self.config, key)
            if name and name not in known:
                message = f"{key}: the export has no column {name!r}. {suggest(name, known)}"
                faults.append(self._fault((key,), message, name, "unknown_column"))
        return found, faults

    def _fault(self, loc: Loc, message: str, value: str, rule: str) -> Fault:
        return Fault(self.source.name, message, self.source.line(loc), str(loc[-1]), value, rule)


def read_mapping(path: str | os.PathLike[str], questionnaire: Questionnaire) -> AnswerMapping:
    r"""Read a ``mapping.yaml`` and hold it against its questionnaire.

    Raises
    ------
    ConfigurationError
        With every fault: a question, statement, option or answer that does not exist, a column or an answer that is
        named twice, a key that does not go with the kind of question.

    Examples
    --------
    >>> import tempfile
    >>> question = Question(id="fte", kind="number", title="Fte", text="Hoeveel fte?", pijler="basis", fase="bereik")
    >>> questionnaire = Questionnaire("mini", "Klein", "respondenten", (), (question,))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mapping.yaml")
    ...     _ = file.write_text('columns:\n  - {column: "Hoeveel fte?", question: fte}\n', encoding="utf-8")
    ...     mapping = read_mapping(file, questionnaire)
    >>> mapping.columns["Hoeveel fte?"].answer
    'fte'
    """
    file = read_yaml(Path(path), ConfigurationError)
    config = validate(MappingConfig, file, ConfigurationError, nouns={"columns": "column"})
    faults: list[Fault] = []
    columns: dict[str, Column] = {}
    bound: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(config.columns):
        loc: Loc = ("columns", number)
        meant = _column(entry, questionnaire)
        if isinstance(meant, _Wrong):
            faults.append(_fault(file, (*loc, meant.key), meant.message, meant.value, meant.rule))
            continue
        for name in _answers_of(meant, questionnaire.question(entry.question)):
            taken = bound.setdefault((meant.holds if meant.holds == "other" else "answer", name), entry.column)
            if taken != entry.column:
                message = f"{name!r} stands in column {taken!r} already. Keep one of the two."
                faults.append(_fault(file, loc, message, entry.column, "double_column"))
                break
        if entry.column in columns:
            message = f"column {entry.column!r} is mapped twice. Keep one of the two."
            faults.append(_fault(file, (*loc, "column"), message, entry.column, "double_column"))
        columns[entry.column] = meant
    faults += _answer_faults(file, config, questionnaire)
    for number, name in enumerate(config.ignore):
        if name in columns:
            message = f"column {name!r} is mapped and ignored. Keep one of the two."
            faults.append(_fault(file, ("ignore", number), message, name, "double_column"))
    if faults:
        raise ConfigurationError(faults=sorted(faults, key=lambda fault: fault.line or 0))
    return AnswerMapping(config, columns, file)


@dataclass(frozen=True)
class _Wrong:
    key: str
    message: str
    value: str
    rule: str


def _column(entry: MappedColumn, questionnaire: Questionnaire) -> Column | _Wrong:
    where = f"column {entry.column!r}: "
    known = [question.id for question in questionnaire.questions]
    if entry.question not in known:
        message = f"{where}no question {entry.question!r}. {suggest(entry.question, known)}"
        return _Wrong("question", message, entry.question, "unknown_question")
    question = questionnaire.question(entry.question)
    given = {key for key in ("item", "option", "delimiter") if getattr(entry, key)}
    wanted = _keys(question)
    if given not in wanted:
        ways = " or ".join(" and ".join(repr(key) for key in sorted(keys)) or "no other key" for keys in wanted)
        message = f"{where}question {question.id!r} is of kind {question.kind!r}, which goes with {ways}."
        return _Wrong("question", message, ", ".join(sorted(given)), "wrong_keys")
    if entry.item:
        items = [item.id for item in question.items]
        if entry.item not in items:
            message = f"{where}question {question.id!r} has no item {entry.item!r}. {suggest(entry.item, items)}"
            return _Wrong("item", message, entry.item, "unknown_item")
        return Column("code", f"{question.id}.{entry.item}", (entry.column,))
    if entry.option:
        codes = [c.code for c in question.categories if question.kind == "multiple" or c.is_written_in]
        if entry.option not in codes:
            message = f"{where}question {question.id!r} has no option {entry.option!r}. {suggest(entry.option, codes)}"
            return _Wrong("option", message, entry.option, "unknown_option")
        if question.kind == "single":
            return Column("other", question.id, (entry.column,))
        holds: Literal["text", "code"] = "text" if question.category(entry.option).is_written_in else "code"
        return Column(holds, f"{question.id}.{entry.option}", (entry.column,))
    if entry.delimiter:
        return Column("several", question.id, (entry.column,))
    return Column("text" if question.kind == "open" else "code", question.id, (entry.column,))


def _keys(question: Question) -> tuple[set[str], ...]:
    if question.kind == "statements":
        return ({"item"},)
    if question.kind == "multiple":
        return ({"delimiter"}, {"option"})
    written_in = question.kind == "single" and any(category.is_written_in for category in question.categories)
    return (set(), {"option"}) if written_in else (set(),)


def _answers_of(column: Column, question: Question) -> tuple[str, ...]:
    return answer_columns(question) if column.holds == "several" else (column.answer,)


def _answer_faults(file: YamlFile, config: MappingConfig, questionnaire: Questionnaire) -> Iterator[Fault]:
    known = [question.id for question in questionnaire.questions]
    for id, answers in config.answers.items():
        if id not in known:
            message = f"answers: no question {id!r}. {suggest(id, known)}"
            yield _fault(file, ("answers", id), message, id, "unknown_question")
            continue
        codes = questionnaire.question(id).codes
        seen: dict[str, tuple[str, str]] = {}
        for text, code in answers.items():
            if code and code not in codes:
                message = f"answers of {id!r}: {text!r} stands for {code!r}, which is no code. {suggest(code, codes)}"
                yield _fault(file, ("answers", id, text), message, code, "unknown_code")
            same, meant = seen.setdefault(same_wording(text), (text, code))
            if meant != code:
                message = f"answers of {id!r}: {same!r} and {text!r} are read as the same text. Keep one of the two."
                yield _fault(file, ("answers", id, text), message, text, "double_answer")


def _fault(file: YamlFile, loc: Loc, message: str, value: str, rule: str) -> Fault:
    return Fault(file.name, message, file.line(loc), str(loc[-1]), value, rule)
