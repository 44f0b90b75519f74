"""What in a questionnaire needs a row: questions, statements, answers, sums, themes, groupings and their groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from srsmeting.crosswalk.rows import Key
from srsmeting.questionnaire import Group, Questionnaire

Level = Literal["question", "statement", "answer", "sum", "theme", "grouping", "group"]

#: Kinds of questions of which every answer needs a row; marks and numbers are compared as numbers.
LISTED: Final = ("single", "multiple", "statements")

#: Which kinds of rows go with what.
KINDS_OF: Final[Mapping[Level, tuple[str, ...]]] = {
    "question": ("same", "renamed", "wording_changed", "base_changed", "new", "dropped"),
    "statement": ("same", "renamed", "wording_changed", "new", "dropped"),
    "answer": ("same", "renamed", "merged", "split", "wording_changed", "new", "dropped"),
    "sum": ("same", "renamed", "new", "dropped"),
    "theme": ("same", "renamed", "merged", "split", "wording_changed", "new", "dropped"),
    "grouping": ("same", "renamed", "new", "dropped"),
    "group": ("same", "renamed", "merged", "split", "new", "dropped"),
}


@dataclass(frozen=True)
class Subject:
    """Something that a row is about.

    Parameters
    ----------
    key
        Its name.
    level
        What it is.
    label
        Its wording: the text of a question, the label of anything else.
    parent
        Question or grouping that it is part of; its own name where it is one.
    of
        Of a sum or a group: the answers that it is made of.
    note
        What else its meaning hangs on: the definition of a theme.
    """

    key: Key
    level: Level
    label: str
    parent: str
    of: frozenset[str] = frozenset()
    note: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is part of a question or grouping."""
        return self.level not in ("question", "grouping")


def subjects_of(questionnaire: Questionnaire) -> dict[Key, Subject]:
    """Return everything in a questionnaire that needs a row, in order.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> subjects = subjects_of(parse_questionnaire({
    ...     "meting": "proef", "title": "Proef", "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [{
    ...         "id": "deelname", "kind": "single", "title": "Deelname", "text": "Deed u mee?",
    ...         "pijler": "basis", "fase": "bereik",
    ...         "categories": [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}],
    ...     }],
    ... }))
    >>> [(str(subject.key), subject.level) for subject in subjects.values()]
    [("'deelname'", 'question'), ("'ja' of 'deelname'", 'answer'), ("'nee' of 'deelname'", 'answer')]
    """
    found: list[Subject] = []
    for question in questionnaire.questions:
        id = question.id
        found.append(Subject(Key(id), "question", question.text, id))
        found += [Subject(Key(f"{id}.{item.id}"), "statement", item.label, id) for item in question.items]
        if question.kind in LISTED:
            found += [Subject(Key(id, answer.code), "answer", answer.label, id) for answer in question.categories]
        found += [Subject(Key(id, sum.code), "sum", sum.label, id, frozenset(sum.of)) for sum in question.sums]
        found += [Subject(Key(id, t.code), "theme", t.label, id, note=t.definition) for t in question.themes]
    for grouping in questionnaire.groupings:
        found.append(Subject(Key(grouping.id), "grouping", grouping.label, grouping.id))
        for group in grouping.groups:
            # What stands in a grouping as it is follows from the answer that it is.
            if not is_answer(group):
                found.append(
                    Subject(Key(grouping.id, group.code), "group", group.label, grouping.id, frozenset(group.of))
                )
    return {subject.key: subject for subject in found}


def is_answer(group: Group) -> bool:
    """Say whether a group of a grouping is one answer under its own code."""
    return group.of == (group.code,)


def lists_parts(earlier: Questionnaire, later: Questionnaire, orig: str, target: str) -> bool:
    """Say whether the answers of two questions that go together need rows.

    They do not where the one cannot be expressed in the other at all: another kind of question, another range of marks.
    """
    groupings = {grouping.id for grouping in earlier.groupings}
    if orig in groupings:
        return True
    one, other = earlier.question(orig), later.question(target)
    return one.kind == other.kind and one.range == other.range
