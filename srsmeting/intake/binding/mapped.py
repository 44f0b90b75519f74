"""An export with its ``mapping.yaml``: from here on its columns have names and its texts have codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Final, Literal

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.binding.mapping import AnswerMapping
from srsmeting.intake.dialect import Column, Dialect
from srsmeting.intake.formats.named import NO_ID, RECORD, what_is_named
from srsmeting.intake.personal import KEY, NAME
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import answer_columns

ADVICE: Final = (
    "`srsmeting map METING -o METING/mapping.yaml` proposes it; then add 'mapping: mapping.yaml' to meting.yaml."
)

_WITH_COMMA = re.compile(r"-?\d+,\d+")
_WITH_POINT = re.compile(r"-?\d+\.\d+")
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True)
class Mapped(Dialect):
    """A dialect of which a mapping says more: it comes first, and the dialect is as it was for the rest."""

    base: Dialect = field(default_factory=Dialect)
    mapping: AnswerMapping = field(default_factory=AnswerMapping, hash=False)
    bound: Mapping[tuple[str, str], str] = field(default_factory=dict, hash=False)

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have."""
        together = self.bound.get(("several", question.id))
        if together is not None:
            yield Column("several", question.id, (together,))
        seen = set()
        for column in self.base.columns(question):
            key = (_place(column), column.answer)
            if together is not None and column.holds in ("code", "several"):
                continue
            seen.add(key)
            yield replace(column, names=(self.bound[key],)) if key in self.bound else column
        for name in (*answer_columns(question), question.id):
            for place in ("answer", "other"):
                if (place, name) in self.bound and (place, name) not in seen:
                    seen.add((place, name))
                    yield replace(self.mapping.columns[self._as_mapped(place, name)], names=(self.bound[place, name],))

    def question_of(self, heading: str) -> str:
        """Return the question, in the tool's own words, that a heading is of."""
        return self.base.question_of(heading)

    def aliases(self, question: Question) -> Mapping[str, str]:
        """Return other writings of the codes of a question."""
        return self.base.aliases(question)

    def declared(self, question: Question) -> Mapping[str, str]:
        """Return our code by writing."""
        return self.mapping.answers(question.id)

    def value_labels_of(self, heading: str) -> Mapping[str, str]:
        """Return label by value of a column."""
        return self.base.value_labels_of(heading)

    def missing_of(self, heading: str) -> frozenset[str]:
        """Return the values that the file itself calls missing."""
        return self.base.missing_of(heading)

    def delimiter_of(self, question: str) -> str:
        """Return what stands between the options of a question that share a cell."""
        return self.mapping.delimiters.get(question, self.base.delimiter_of(question))

    def wrong_setting(self, question: Question, value: str) -> tuple[str, str] | None:
        """Return rule and message for a value that a setting of the export has made."""
        return self.base.wrong_setting(question, value)

    def _as_mapped(self, place: str, answer: str) -> str:
        return next(
            heading
            for heading, column in self.mapping.columns.items()
            if (_place(column), column.answer) == (place, answer)
        )


def apply_mapping(raw: RawExport, mapping: AnswerMapping | None, questionnaire: Questionnaire) -> RawExport:
    """Say of an export what its mapping says of it, and which mark its decimals have.

    Raises
    ------
    IntakeError
        The columns are headed by texts, and there is no mapping.
    """
    if mapping is None and raw.dialect.by_text:
        mapped = f"mapping.yaml says which is which: {ADVICE}"
        if raw.format.startswith("LimeSurvey"):
            mapped = f"Name the structure of the survey (.lss) under 'structure' in meting.yaml; or a {mapped}"
        message = f"the columns are headed by the texts of questions. {mapped}"
        raise IntakeError(faults=[Fault(raw.name, message, 1, rule="no_mapping")])
    if mapping is not None:
        raw = _apply(raw, mapping, questionnaire)
    if not raw.dialect.any_decimal:
        return raw
    decimal, faults = _decimal(raw, questionnaire)
    return replace(raw, dialect=replace(raw.dialect, decimal=decimal), faults=(*raw.faults, *faults))


def _apply(raw: RawExport, mapping: AnswerMapping, questionnaire: Questionnaire) -> RawExport:
    found, faults = mapping.found_in(str(heading) for heading in raw.cells.columns if heading != RECORD)
    bound = {(_place(column), column.answer): heading for heading, column in found.items()}
    base, config = raw.dialect, mapping.config
    values = {known.name: getattr(base, known.name) for known in fields(Dialect)}
    values["ticked"] = base.ticked.difference(config.unticked).union(config.ticked)
    values["unticked"] = base.unticked.difference(config.ticked).union(config.unticked)
    values["no_text"] = base.no_text.difference(config.ticked).union(config.unticked)
    if config.decimal:
        values |= {"decimal": config.decimal, "any_decimal": False}
    dialect = Mapped(**values, base=base, mapping=mapping, bound=bound)
    if what_is_named(config.id) == NAME:
        message = (
            f"id: column {config.id!r} holds names or e-mail addresses, and an id is shown in the report. "
            "Leave it out: the rows are numbered."
        )
        faults.append(Fault(mapping.source.name, message, mapping.source.line(("id",)), "id", config.id, "personal_id"))
    if base.by_text:
        faults += _without_column(raw.name, mapping, bound, questionnaire)
    metadata = dict(raw.metadata)
    if config.token:
        metadata[config.token] = KEY
    if config.id:
        metadata.setdefault(config.id, KEY)
    if config.id in raw.cells and raw.id_column == RECORD:  # the number of the row is not needed any more
        cells, notes = raw.cells.drop(columns=RECORD), tuple(note for note in raw.notes if note != NO_ID)
        raw = replace(raw, cells=cells, notes=notes)
    return replace(
        raw,
        dialect=dialect,
        metadata=metadata,
        id_column=config.id if config.id in raw.cells else raw.id_column,
        token_column=config.token if config.token in raw.cells else raw.token_column,
        faults=(*raw.faults, *faults),
    )


def _without_column(
    name: str, mapping: AnswerMapping, bound: Mapping[tuple[str, str], str], questionnaire: Questionnaire
) -> Iterator[Fault]:
    named = {(_place(column), column.answer) for column in mapping.columns.values()}
    for question in questionnaire.questions:
        if ("several", question.id) in named or ("several", question.id) in bound:
            continue
        missing = [answer for answer in answer_columns(question) if ("answer", answer) not in named]
        if missing:
            listed = ", ".join(repr(answer) for answer in missing)
            message = f"no column of {name!r} is mapped to {listed}. Map it; {ADVICE}"
            yield Fault(mapping.source.name, message, None, question.id, missing[0], "missing_column")


def _decimal(raw: RawExport, questionnaire: Questionnaire) -> tuple[Literal[".", ","], list[Fault]]:
    names = {question.id for question in questionnaire.questions if question.kind == "number"}
    headings = [
        heading
        for question in questionnaire.questions
        if question.id in names
        for column in raw.dialect.columns(question)
        for heading in column.names
        if heading in raw.cells
    ]
    values = {heading: list(raw.cells[heading].unique()) for heading in headings}
    every = [value for found in values.values() for value in found]
    comma, point = _clearly(every, _WITH_COMMA), _clearly(every, _WITH_POINT)
    if comma and not point:
        return ",", []
    # The numbers of a workbook have a point, which tells nothing of the texts beside them. Where both marks are used,
    # what has the other one is told as no number.
    if point and not comma and raw.place != "rij":
        return ".", []
    faults = []
    for heading, found in values.items():
        for value in found:
            if _THOUSANDS.fullmatch(value):
                row = int((raw.cells[heading] == value).to_numpy().argmax())
                message = (
                    f"column {heading!r}: {value!r} can be a number of thousands or one with decimals. "
                    "Say in mapping.yaml what stands before decimals: \"decimal: ','\" or \"decimal: '.'\"."
                )
                faults.append(Fault(raw.name, message, int(raw.lines[row]), heading, value, "decimal"))
                break
    return ".", faults


def _clearly(values: Iterable[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(value) and not _THOUSANDS.fullmatch(value) for value in values)


def _place(column: Column) -> str:
    return "answer" if column.is_answer else column.holds
