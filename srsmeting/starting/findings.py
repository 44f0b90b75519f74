"""What a researcher must know of a questionnaire before fieldwork: nobody can be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from srsmeting.errors import Fault
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import Responses
from srsmeting.starting.chapters import MOST_ANSWERS, MOST_MARKS, is_drawn
from srsmeting.starting.names import year_in, years_in
from srsmeting.synthesis import Dummies
from srsmeting.yamlfile import YamlFile

#: So many letters of an answer stand on three lines beside its bar, of a statement on two lines above it.
_LONGEST_ANSWER, _LONGEST_STATEMENT = 90, 150
#: So many groups stand beside each other on a page; so many answers below each other in one figure.
_WIDEST, _TALLEST = 14, 20
#: So many letters of a group head a column without being broken off.
_LONGEST_GROUP: Final = 70


def find(
    questionnaire: Questionnaire,
    dummies: Dummies,
    lines: YamlFile,
    *,
    breakdowns: Sequence[str],
    min_base: int,
    normal_base: int,
    chapters: Sequence[Path] = (),
) -> list[Fault]:
    """List what a dry run shows.

    Parameters
    ----------
    questionnaire, lines
        What is asked, and where it stands.
    dummies
        Dummy answers, in which everything occurs that can.
    breakdowns
        By which results are shown.
    min_base, normal_base
        Below the first a group is hidden, below the second a number is marked.
    chapters
        The chapters of the report; empty where it is drafted from the questionnaire.

    Returns
    -------
    list of Fault
        In the order of the questionnaire.
    """
    found = []
    for n, question in enumerate(questionnaire.questions):
        said = [
            *_few(questionnaire, question, dummies, min_base, normal_base),
            *_never_given(question, dummies.responses),
            *_unworded(questionnaire, question),
            *_too_long(question),
            *_other_year(question, year_in(questionnaire.meting)),
            *_too_many(question),
        ]
        line = lines.line(("questions", n))
        found += [
            Fault(lines.name, f"question {question.id!r}: {text}", line, question.id, rule="dry_run") for text in said
        ]
    for name in breakdowns:
        found += [
            Fault(lines.name, f"breakdown {name!r}: {text}", column=name, rule="dry_run")
            for text in _too_wide(questionnaire, name)
        ]
    return found + [Fault(lines.name, text, rule="dry_run") for text in _not_reported(questionnaire, chapters)]


def _few(
    questionnaire: Questionnaire, question: Question, dummies: Dummies, min_base: int, normal_base: int
) -> Iterator[str]:
    asked = dummies.usually_asked[question.id]
    if question.id in dummies.never_asked:
        yield (
            f"nobody is asked it, whatever was answered before: 'asked_if: {question.asked_if}' never holds. Look at "
            "it, and at the routing of the questions that it names."
        )
    elif asked < normal_base and question.asked_if:
        left = "it is hidden in every breakdown" if asked < min_base else "its numbers are marked as uncertain"
        who = questionnaire.explain(question.id)
        yield f"it is put to {asked} of {dummies.responses.n} invented respondents ({who}), and then {left}."


def _never_given(question: Question, responses: Responses) -> Iterator[str]:
    items: list[str | None] = [item.id for item in question.items]
    if not responses.asked(question.id, items[0] if items else None).any() or len(question.codes) > _TALLEST:
        return
    for item in items or [None]:
        if question.kind == "multiple":
            given = [bool(ticked.any()) for ticked in responses.ticked(question.id).T]
        else:
            seen = set(responses.codes(question.id, item).tolist() if question.codes else ())
            given = [place in seen for place in range(len(question.codes))]
        never = [repr(code) for code, was in zip(question.codes, given, strict=True) if not was]
        if never:
            at = f" at {item!r}" if item else ""
            yield (
                f"nobody gave {', '.join(never)}{at}, of {responses.n} invented respondents. Take more of them with "
                "--respondents, or look whether it can be answered."
            )


def _unworded(questionnaire: Questionnaire, question: Question) -> Iterator[str]:
    routing = questionnaire.routing(question.id)
    who = questionnaire.explain(question.id)
    wordless: dict[str, None] = {}
    for comparison in routing.comparisons if routing else ():
        named = questionnaire.question(comparison.question)
        for code in comparison.codes:
            # A mark says itself who gave it; another answer without words of its own is quoted.
            if named.kind != "mark" and not named.category(code).who and f"‘{named.labels[code]}’" in who:
                wordless[f"{code!r} of {named.id!r}"] = None
    if wordless:
        yield f"who is asked it reads “{who}”. To say it in words, give a 'who' to {', '.join(wordless)}."


def _too_long(question: Question) -> Iterator[str]:
    if question.kind != "mark":
        for category in question.categories:
            if len(category.label) > _LONGEST_ANSWER:
                yield (
                    f"the label of {category.code!r} has {len(category.label)} letters, and a figure has room for "
                    f"{_LONGEST_ANSWER}. Shorten it; the full text stays in 'text'."
                )
    for item in question.items:
        if len(item.label) > _LONGEST_STATEMENT:
            yield (
                f"the statement {item.id!r} has {len(item.label)} letters, and a figure has room for "
                f"{_LONGEST_STATEMENT}. Shorten its label."
            )


def _other_year(question: Question, year: str) -> Iterator[str]:
    texts = (question.title, question.text, question.topic)
    others = sorted({found for text in texts for found in years_in(text)} - {year}) if year else []
    if others:
        yield f"its texts name {', '.join(others)}, and the measurement is of {year}. Is that meant?"


def _too_many(question: Question) -> Iterator[str]:
    size = len(question.codes)
    proper = sum(category.kind != "dont_know" for category in question.categories)
    if question.kind == "statements" and not is_drawn(question):
        yield f"its {proper} answers do not fit in the bar of a statement, {MOST_ANSWERS} do. Declare sums of all."
    elif question.kind == "mark" and size > MOST_MARKS:
        yield f"its {size} marks do not fit in columns, {MOST_MARKS} do. Declare sums to show instead, or ask a number."
    elif question.kind in ("single", "multiple") and size > _TALLEST:
        yield f"its {size} answers make a figure that no page holds. Merge some, or show sums."


def _too_wide(questionnaire: Questionnaire, name: str) -> Iterator[str]:
    groups = [questionnaire.breakdown(part).groups for part in name.split("*")]
    size = len(groups[0]) * (len(groups[1]) if len(groups) > 1 else 1)
    if size > _WIDEST and "*" not in name:
        yield f"its {size} groups make a table that no page holds, {_WIDEST} do. Merge some in a grouping."
    for group in groups[0] if len(groups) == 1 else ():
        if len(group.label) > _LONGEST_GROUP:
            yield (
                f"the label of {group.code!r} has {len(group.label)} letters, and a column has room for "
                f"{_LONGEST_GROUP}. Shorten it."
            )


def _not_reported(questionnaire: Questionnaire, chapters: Sequence[Path]) -> Iterator[str]:
    if not chapters:
        return
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in chapters)
    named = set(re.findall(r"[\"']([a-z][a-z0-9_]*)(?:\.[a-z0-9_.]+)?[\"']", text))
    bases = {questionnaire.breakdown(name).question for name in named if name in questionnaire.breakdowns}
    for question in questionnaire.questions:
        if question.id not in named | bases:
            yield f"question {question.id!r} is asked, and the report says nothing of it."
