"""What may be written in a questionnaire file: one frozen model per mapping in the YAML.

These models say which keys exist and of what type they are; the JSON Schema for editors is made from them.
Whether the file contradicts itself is for `checks`; what it means, with scales filled in, is in `model`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from srsmeting.errors import unknown_name
from srsmeting.yamlfile import Text

T = TypeVar("T")

Kind = Literal["single", "multiple", "statements", "mark", "number", "open"]
Fase = Literal["bereik", "effect", "impact", "algemeen"]
CategoryKind = Literal["valid", "dont_know", "none_of_these", "other", "not_applicable"]


def _code(data: Mapping[str, Any]) -> str:
    return str(data.get("code", ""))


def _id(data: Mapping[str, Any]) -> str:
    return str(data.get("id", ""))


class Entry(BaseModel):
    """A mapping in the file: unknown keys are faults, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Category(Entry):
    """One answer that can be given."""

    code: Text = Field(description="Our code: lower-case letters, digits and underscores; unique in its list.")
    export: Text = Field(
        default_factory=_code,
        description="The code in the survey tool; `other` for a category with a text box. Default: the code.",
    )
    label: Text = Field(description="As printed in tables and figures (Dutch).")
    kind: CategoryKind = Field("valid", description="What sort of answer it is.")
    neutral: bool = Field(
        False, description="Whether it is the middle of a scale of two sides, such as 'noch eens noch oneens'."
    )
    who: Text = Field(
        "",
        description="Ends the phrase 'respondenten die …'. May hold {topic} of the question and {item} of a statement.",
    )
    named: Text = Field(
        "",
        description="What they are called in a sentence: 'kleine organisaties'. Default: by `who`, or the label.",
    )

    @property
    def is_written_in(self) -> bool:
        """Whether it is "other, namely": chosen by writing something in the text box of the survey tool."""
        return self.export == "other"


class Sum(Entry):
    """Categories that are also published together."""

    code: Text = Field(description="Our code; no category and no other sum of the question has it.")
    label: Text = Field(description="As printed in tables and figures (Dutch).")
    of: tuple[Text, ...] = Field(min_length=1, description="Codes of the categories that are added.")
    who: Text = Field("", description="Ends the phrase 'respondenten die …'.")


class Item(Entry):
    """One statement of a battery."""

    id: Text = Field(description="Our id, unique in the question.")
    export: Text = Field(default_factory=_id, description="The subquestion code in the survey tool. Default: the id.")
    label: Text = Field(description="As printed in tables and figures (Dutch).")
    topic: Text = Field("", description="Noun phrase for {item} in `who`.")


class Pijler(Entry):
    """A pillar of the programme."""

    id: Text
    label: Text
    aim: Text = Field("", description="What the pillar is for, in our own words (Dutch).")


class Scale(Entry):
    """An ordered answer list that several questions share."""

    categories: tuple[Category, ...] = Field(min_length=1)
    sums: tuple[Sum, ...] = ()


class Group(Entry):
    """One group of a breakdown, and the categories it is made of."""

    code: Text
    label: Text
    of: tuple[Text, ...] = Field(min_length=1)
    named: Text = Field("", description="What they are called in a sentence. Default: the label.")


class GroupingEntry(Entry):
    """A breakdown made by merging categories of a single question; what is not merged stays as it is."""

    id: Text
    of: Text = Field(description="Id of the single question.")
    label: Text
    groups: tuple[Group, ...] = Field(min_length=1)


class CoverageBranche(Entry):
    """A branche in which coverage is counted; the list may differ from the answers to a question."""

    code: Text
    label: Text


class Theme(Entry):
    """One theme that answers to an open question are coded with; an answer can be about several."""

    code: Text = Field(description="Our code: small letters, digits and underscores; unique in the question.")
    label: Text = Field(description="As printed in tables, in our own words (Dutch).")
    definition: Text = Field("", description="For coders: what it covers, and what it does not (Dutch).")
    examples: tuple[Text, ...] = Field(
        (), description="Words and phrases in which respondents put it (Dutch); themes are suggested by them."
    )


class QuestionEntry(Entry):
    """One question as asked."""

    id: Text = Field(description="Our id, used everywhere: lower-case letters, digits and underscores.")
    export: Text = Field(
        default_factory=_id, description="The question code in the survey tool, such as G02Q04. Default: the id."
    )
    kind: Kind
    title: Text = Field(description="Caption of its table or figure (Dutch).")
    text: Text = Field(description="The wording of the question (Dutch).")
    topic: Text = Field("", description="Noun phrase for {topic} in `who`: 'het regionale arbeidsmarktonderzoek'.")
    pijler: Text = Field(description="Id of one of the pijlers of this file.")
    fase: Fase
    exhibit: Text = Field("", description="As published: 'figuur 2.4', 'tabel 2.1'. Empty: not published on its own.")
    asked_if: Text = Field("", description="Routing: an expression over earlier questions. Empty: asked of everyone.")
    scale: Text = Field("", description="Name of one of the scales of this file; instead of categories.")
    categories: tuple[Category, ...] = Field((), description="The answers, in order; instead of a scale.")
    items: tuple[Item, ...] = Field((), description="The statements; only for kind statements.")
    range: tuple[int, int] | None = Field(None, description="Lowest and highest mark; only for kind mark.")
    sums: tuple[Sum, ...] = Field((), description="Sums of this question, after those of its scale.")
    outside_base: tuple[CategoryKind, ...] = Field(
        (), description="Kinds of answers that do not count in the denominator. Default: every answer counts."
    )
    themes: tuple[Theme, ...] = Field((), description="The codebook of an open question, in order.")
    min_mentions: int = Field(
        4, ge=1, description="Only for an open question: a theme is published from this number of mentions on."
    )


class QuestionnaireEntry(Entry):
    """A questionnaire file."""

    meting: Text = Field(description="Id of the measurement, such as srs-2021.")
    title: Text
    respondents: Text = Field("respondenten", description="The noun in 'respondenten die …' (Dutch, plural).")
    pijlers: tuple[Pijler, ...] = Field(min_length=1)
    scales: dict[str, Scale] = Field(default_factory=dict)
    groupings: tuple[GroupingEntry, ...] = ()
    coverage_branches: tuple[CoverageBranche, ...] = Field(
        (), description="The branches in which coverage (dekkingsgraad) is counted, in the order of its table."
    )
    questions: tuple[QuestionEntry, ...] = Field(min_length=1, description="In the order of fieldwork.")


def find_entry(entries: Iterable[T], key: str, value: str, where: str, kind: str) -> T:
    """Return the entry whose `key` has this value; an unknown value raises UnknownNameError."""
    known: dict[str, T] = {getattr(entry, key): entry for entry in entries}
    if value not in known:
        raise unknown_name(where, kind, value, known)
    return known[value]
