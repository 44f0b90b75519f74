"""Labels that a file gives to its values, held against the questionnaire: a code must mean the same in both.

A statistical file says for itself what its 1 stands for. Where that is another answer than the questionnaire has for 1,
no figure would show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from srsmeting.errors import Fault
from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.binding.wording import find_wording, same_wording
from srsmeting.intake.checks.findings import Finding
from srsmeting.intake.coding.writings import codes_of, is_like, labels_of
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import answer_columns

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

_SHOWN = 3
_YES = frozenset({"ja", "yes", "gekozen", "aangevinkt", "geselecteerd", "selected", "checked", "waar", "true"})
_NO = frozenset(
    {
        *("nee", "no", "niet gekozen", "niet aangevinkt", "niet geselecteerd", "not selected", "not checked"),
        *("unchecked", "onwaar", "false", "not quoted"),
    }
)


def label_faults(raw: RawExport, binding: Binding, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield the values that are the code of one answer and bear the label of another."""
    for question, heading in _labelled(raw, binding, questionnaire):
        codes, labels = codes_of(question, raw.dialect), labels_of(question)
        declared = raw.dialect.declared(question)
        aliases = raw.dialect.aliases(question)
        for value, label in _used(raw, heading):
            meant = labels.get(find_wording(label, labels))
            position = codes.get(value, codes.get(aliases.get(value, "")))
            if value in declared or meant is None or position is None or meant == position:
                continue
            row = int(np.flatnonzero(raw.cells[heading] == value)[0])
            message = (
                f"column {heading!r}: {value!r} is labelled {label!r} in the file, and stands for "
                f"{question.categories[position].label!r} in question {question.id!r}. Correct the 'export' of its "
                "categories, or say under 'answers' in mapping.yaml what it stands for."
            )
            yield Fault(raw.name, message, int(raw.lines[row]), heading, value, "label")


def tick_faults(raw: RawExport, binding: Binding, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield the values in the column of an option that are read as ticked and labelled "no", or the reverse."""
    for question in questionnaire.questions:
        for name in answer_columns(question) if question.kind == "multiple" else ():
            heading = binding.columns.get(name, "")
            if not heading or heading in binding.texts:
                continue
            for value, label in _used(raw, heading):
                wrong = _NO if value in raw.dialect.ticked else _YES if value in raw.dialect.unticked else frozenset()
                if same_wording(label) in wrong:
                    row = int(np.flatnonzero(raw.cells[heading] == value)[0])
                    read = "ticked" if value in raw.dialect.ticked else "not ticked"
                    message = (
                        f"column {heading!r}: {value!r} is labelled {label!r} in the file, and is read as {read}."
                        " Say under 'ticked' and 'unticked' in mapping.yaml what stands for what."
                    )
                    yield Fault(raw.name, message, int(raw.lines[row]), heading, value, "label")


def structure_faults(name: str, structure: ToolStructure | None, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield the questions of which the structure file gives the code of one answer to the text of another.

    It is of another survey then, or of another version: answers that are texts would become the wrong codes.
    """
    asked = {question.code: question for question in structure.questions} if structure else {}
    for question in questionnaire.questions:
        tool = asked.get(question.export)
        if tool is None:
            continue
        categories = [(category.export, category.label) for category in question.categories]
        items = [(item.export, item.label) for item in question.items]
        pairs = [(tool.parts, items), (tool.answers, categories)]
        for theirs, ours in [(tool.parts, categories)] if question.kind == "multiple" else pairs:
            own = {code: same_wording(label) for code, label in ours}
            for code, text in theirs:
                wording = same_wording(text)
                if code in own and wording != own[code] and wording in own.values():
                    message = (
                        f"question {question.export!r}: {code!r} is {text!r} in the structure file, and "
                        f"{dict(ours)[code]!r} in question {question.id!r}. Give the structure of this survey, or "
                        "correct the 'export' in the questionnaire."
                    )
                    yield Fault(name, message, None, question.export, code, "structure")
                    break


def label_findings(raw: RawExport, binding: Binding, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield the questions of which the file labels values in other words than the questionnaire."""
    told: dict[str, dict[str, bool]] = {}
    for question, heading in _labelled(raw, binding, questionnaire):
        codes, labels = codes_of(question, raw.dialect), labels_of(question)
        declared = raw.dialect.declared(question)
        for value, label in _used(raw, heading):
            position = codes.get(value)
            if position is None or value in declared or find_wording(label, labels):
                continue
            own = question.categories[position].label
            others = [wording for wording, place in labels.items() if place != position]
            sentence = f"{value} is ‘{label}’ in het bestand en ‘{own}’ in de vragenlijst"
            told.setdefault(question.id, {})[sentence] = is_like(label, others, 60) and not is_like(label, [own], 60)
    for id, sentences in told.items():
        shown = "; ".join(list(sentences)[:_SHOWN])
        more = f"; en {len(sentences) - _SHOWN} andere" if len(sentences) > _SHOWN else ""
        like_another = any(sentences.values())
        yield Finding("label_of_another" if like_another else "label_differs", id, len(sentences), f"{shown}{more}.")


def _labelled(raw: RawExport, binding: Binding, questionnaire: Questionnaire) -> Iterator[tuple[Question, str]]:
    for question in questionnaire.questions:
        for name in answer_columns(question) if question.kind in ("single", "statements") else ():
            if name in binding.columns and raw.dialect.value_labels_of(binding.columns[name]):
                yield question, binding.columns[name]


def _used(raw: RawExport, heading: str) -> Iterator[tuple[str, str]]:
    labels = raw.dialect.value_labels_of(heading)
    for value in raw.cells[heading].unique():
        if value in labels:
            yield value, labels[value]
