"""Read a questionnaire: structure, then meaning, and every fault of the file in one error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.entries import Category, QuestionEntry, QuestionnaireEntry, Scale
from srsmeting.questionnaire.model import Breakdown, Group, Question, Questionnaire
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.yamlfile import YamlFile, read_yaml


def load_questionnaire(path: Path | str) -> Questionnaire:
    return _questionnaire(read_yaml(path, QuestionnaireError))


def parse_questionnaire(data: Mapping[str, Any], name: str = "questionnaire") -> Questionnaire:
    return _questionnaire(YamlFile(name, data))


def _questionnaire(file: YamlFile) -> Questionnaire:
    return _resolve(QuestionnaireEntry.model_validate(file.data))


def _resolve(entry: QuestionnaireEntry) -> Questionnaire:
    questions = tuple(_question(question, entry.scales) for question in entry.questions)
    by_id = {question.id: question for question in questions}
    groupings = []
    for grouping in entry.groupings:
        merged = {code: group for group in grouping.groups for code in group.of}
        groups: dict[str, Group] = {}
        for category in by_id[grouping.of].categories:
            group = merged.get(category.code)
            if group is None:
                groups[category.code] = Group(category.code, category.label, (category.code,))
            else:
                # Takes the place of the first category that it is made of.
                groups.setdefault(group.code, Group(group.code, group.label, group.of))
        groupings.append(Breakdown(grouping.id, grouping.of, grouping.label, tuple(groups.values())))
    return Questionnaire(
        meting=entry.meting,
        title=entry.title,
        respondents=entry.respondents,
        pijlers=entry.pijlers,
        questions=questions,
        groupings=tuple(groupings),
        coverage_branches=entry.coverage_branches,
        _routings={question.id: parse_routing(question.asked_if) for question in questions if question.asked_if},
    )


def _question(entry: QuestionEntry, scales: Mapping[str, Scale]) -> Question:
    scale = scales.get(entry.scale)
    categories = scale.categories if scale else entry.categories
    if entry.range is not None:
        low, high = entry.range
        categories = tuple(Category(code=str(mark), label=str(mark)) for mark in range(low, high + 1))
    return Question(
        id=entry.id,
        export=entry.export,
        kind=entry.kind,
        title=entry.title,
        text=entry.text,
        topic=entry.topic,
        pijler=entry.pijler,
        fase=entry.fase,
        exhibit=entry.exhibit,
        asked_if=entry.asked_if,
        categories=categories,
        sums=(*(scale.sums if scale else ()), *entry.sums),
        items=entry.items,
        range=entry.range,
        outside_base=entry.outside_base,
    )
