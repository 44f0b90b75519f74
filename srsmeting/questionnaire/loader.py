"""Read a questionnaire: its structure, then its meaning, and every fault of the file in one error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from srsmeting.errors import Fault, QuestionnaireError
from srsmeting.questionnaire.breakdown import make_breakdown
from srsmeting.questionnaire.checks import check_grouping, check_lists, check_question, is_range
from srsmeting.questionnaire.entries import Category, QuestionEntry, QuestionnaireEntry, Scale
from srsmeting.questionnaire.model import Questionnaire
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing_checks import check_routings
from srsmeting.questionnaire.rules import Problem
from srsmeting.questionnaire.salvage import Salvaged, salvage
from srsmeting.yamlfile import Loc, YamlFile, locate, model_faults, read_yaml

#: What one entry of a list is called in a message.
NOUNS = {
    "questions": "question",
    "categories": "category",
    "items": "item",
    "sums": "sum",
    "themes": "theme",
    "pijlers": "pijler",
    "scales": "scale",
    "groupings": "grouping",
    "groups": "group",
    "coverage_branches": "coverage branche",
}


def load_questionnaire(path: Path | str) -> Questionnaire:
    """Read a questionnaire from a YAML file.

    Parameters
    ----------
    path
        A file in UTF-8, read as YAML 1.2; ``questionnaires/questionnaire.schema.json`` describes it.

    Returns
    -------
    Questionnaire

    Raises
    ------
    QuestionnaireError
        With every fault of the file: syntax, unknown or missing keys, doubled names, routings that cannot be followed.
    """
    return _questionnaire(read_yaml(path, QuestionnaireError))


def parse_questionnaire(data: Mapping[str, Any], name: str = "questionnaire") -> Questionnaire:
    """Make a questionnaire of data that have the shape of a questionnaire file.

    Parameters
    ----------
    data
        Keys and values as in the YAML.
    name
        What to call the data in messages.

    Raises
    ------
    QuestionnaireError
        With every fault of the data.

    Examples
    --------
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "proef",
    ...     "title": "Proef",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [{
    ...         "id": "deelname", "kind": "single", "title": "Deelname", "text": "Deed u mee?",
    ...         "pijler": "basis", "fase": "bereik",
    ...         "categories": [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}],
    ...     }],
    ... })
    >>> questionnaire.question("deelname").labels
    {'ja': 'Ja', 'nee': 'Nee'}
    """
    return _questionnaire(YamlFile(name, dict(data)))


def _questionnaire(file: YamlFile) -> Questionnaire:
    faults: list[Fault] = []
    sound = Salvaged(file, frozenset(), pijlers_known=True)
    try:
        entry = QuestionnaireEntry.model_validate(file.data)
    except ValidationError as problem:
        found = model_faults(QuestionnaireEntry, file, problem, nouns=NOUNS)
        faults = [fault.fault for fault in found]
        sound = salvage(file, found)
        try:
            entry = QuestionnaireEntry.model_validate(sound.file.data)
        except ValidationError:
            raise QuestionnaireError(faults=faults) from None
    questions = tuple(_question(question, entry.scales) for question in entry.questions)
    faults += [_fault(sound.file, problem) for problem in _problems(entry, questions, sound)]
    if faults:
        raise QuestionnaireError(faults=sorted(faults, key=lambda fault: fault.line or 0))
    by_id = {question.id: question for question in questions}
    return Questionnaire(
        meting=entry.meting,
        title=entry.title,
        respondents=entry.respondents,
        pijlers=entry.pijlers,
        questions=questions,
        groupings=tuple(make_breakdown(g.id, g.label, by_id[g.of], g.groups) for g in entry.groupings),
        coverage_branches=entry.coverage_branches,
        routings={question.id: parse_routing(question.asked_if) for question in questions if question.asked_if},
    )


def _problems(entry: QuestionnaireEntry, questions: tuple[Question, ...], sound: Salvaged) -> Iterator[Problem]:
    by_id: dict[str, Question] = {}
    whole: list[tuple[Loc, QuestionEntry]] = []
    yield from check_lists(entry)
    for n, (asked, question) in enumerate(zip(entry.questions, questions, strict=True)):
        by_id.setdefault(question.id, question)
        if n not in sound.broken_questions:
            whole.append((("questions", n), asked))
            for problem in check_question(("questions", n), asked, question, entry):
                if problem.key != "pijler" or sound.pijlers_known:
                    yield problem
    broken = {questions[n].id for n in sound.broken_questions}
    # A question whose answers are not known cannot be compared with, and has been told of already.
    broken |= {question.id for question in questions if question.kind not in ("number", "open") and not question.codes}
    yield from check_routings(whole, by_id, broken)
    for n, grouping in enumerate(entry.groupings):
        yield from check_grouping(("groupings", n), grouping, by_id, broken)


def _fault(file: YamlFile, problem: Problem) -> Fault:
    place = locate(file.data, problem.loc, NOUNS)
    message = f"{place}: {problem.message}" if place else problem.message
    first = None if problem.first is None else file.line(problem.first)
    if first is not None:
        message += f" The first is on line {first}."
    line = file.line((*problem.loc, problem.key) if problem.key else problem.loc)
    return Fault(file.name, message, line=line, column=problem.key, value=problem.value, rule=problem.rule)


def _question(entry: QuestionEntry, scales: Mapping[str, Scale]) -> Question:
    scale = scales.get(entry.scale)
    categories = scale.categories if scale else entry.categories
    if entry.kind == "mark" and entry.range is not None and is_range(entry.range):
        low, high = entry.range
        categories = tuple(Category(code=str(mark), label=str(mark)) for mark in range(low, high + 1))
    sums = (*(scale.sums if scale else ()), *entry.sums)
    return Question.model_construct(**{**dict(entry), "categories": categories, "sums": sums})
