"""A first ``mapping.yaml``: what is sure, and what a person must choose among, commented out.

Sure is a column that bears the very name or the very text of one question, and a question that no other column does.
Everything else is a suggestion: it is written as a comment and does nothing until someone takes the mark away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.coding.several import take_apart
from srsmeting.intake.coding.writings import Ticks, Writings, options_of
from srsmeting.intake.dialect import Column
from srsmeting.intake.formats.named import RECORD
from srsmeting.intake.personal import without_person
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire

#: A suggestion is at least so much like the heading, of 100; and so many are shown.
_LEAST, _SHOWN = 60, 3
#: Answers are shown when they are at least so much like a label: a text that someone wrote is not.
_LEAST_ANSWER = 75
_MOST_ANSWERS = 200
#: Survey tools cut a heading near 200 signs; what is shorter than this is too little to go by.
_CUT: Final = 40
_CUT_AT: Final = 190
_DELIMITERS = (";", ", ", ",", " | ", "\n")
_NUMBERED = re.compile(r"(.*?)(\d+)", re.DOTALL)


class Place(NamedTuple):
    """A place in the questionnaire that a column can be of."""

    question: str
    item: str = ""
    option: str = ""
    several: bool = False
    #: Whether it is for what was written at "other, namely" beside a single choice; no export needs to have it.
    beside: bool = False


@dataclass(frozen=True)
class Proposal:
    """What could stand in a ``mapping.yaml``.

    Parameters
    ----------
    sure
        Place and delimiter by column.
    unsure
        Places by column, the likeliest first, each with how alike the texts are, of 100.
    unknown
        Columns that are like nothing.
    missing
        Places for which there is no sure column.
    answers
        By question and text of an answer: the codes that it could be, likeliest first, with how alike they are.
    by_name
        How many columns bear a code, and need no mapping.
    name
        The export.
    """

    sure: Mapping[str, tuple[Place, str]]
    unsure: Mapping[str, tuple[tuple[Place, int], ...]]
    unknown: tuple[str, ...]
    missing: tuple[Place, ...]
    answers: Mapping[str, Mapping[str, tuple[tuple[str, int], ...]]]
    by_name: int
    name: str


def propose(raw: RawExport, questionnaire: Questionnaire) -> Proposal:
    """Propose what the columns and the answers of an export stand for.

    Parameters
    ----------
    raw
        The export.
    questionnaire
        What was asked.

    Returns
    -------
    Proposal
    """
    named = {
        name: column
        for question in questionnaire.questions
        for column in raw.dialect.columns(question)
        for name in column.names
    }
    headings = [str(heading) for heading in raw.cells.columns if heading != RECORD and heading not in raw.metadata]
    bound = [heading for heading in headings if heading in named]
    taken = {_taken(named[heading]) for heading in bound}
    free = [heading for heading in headings if heading not in named]
    places = {
        place: wordings
        for place, wordings in _places(questionnaire).items()
        if _answer(place) not in taken
        and not any(answer.startswith(f"{place.question}.") for answer in taken if place.several)
    }
    sure = _sure(free, raw.texts, places)
    together = {place.question for place in sure.values() if place.several}
    apart = {place.question for place in sure.values() if place.option}
    left = {
        place: wordings
        for place, wordings in places.items()
        if place not in sure.values()
        and not (place.option and place.question in together)
        and not (place.several and place.question in apart)
    }
    unsure = {heading: _candidates(heading, raw.texts, left) for heading in free if heading not in sure}
    delimited = {
        heading: (place, _delimiter(raw, heading, questionnaire.question(place.question)) if place.several else "")
        for heading, place in sure.items()
    }
    columns = [(place, heading, mark) for heading, (place, mark) in delimited.items()]
    # What someone wrote beside an answer is no answer.
    columns += [
        (_place_of(named[heading], questionnaire), heading, raw.dialect.delimiter)
        for heading in bound
        if named[heading].holds not in ("other", "comment")
    ]
    return Proposal(
        sure=delimited,
        unsure={heading: found for heading, found in unsure.items() if found},
        unknown=tuple(heading for heading, found in unsure.items() if not found),
        missing=tuple(_needed(left)),
        answers=_answers(raw, questionnaire, columns),
        by_name=len(bound),
        name=raw.name,
    )


def _places(questionnaire: Questionnaire) -> dict[Place, tuple[str, ...]]:
    found: dict[Place, tuple[str, ...]] = {}
    for question in questionnaire.questions:
        asked = (question.text, question.title)
        if question.kind == "statements":
            for item in question.items:
                found[Place(question.id, item=item.id)] = (item.label, *_parts(question, item.label))
        elif question.kind == "multiple":
            found[Place(question.id, several=True)] = asked
            for category in question.categories:
                found[Place(question.id, option=category.code)] = _parts(question, category.label)
        else:
            found[Place(question.id)] = asked
        for category in question.categories if question.kind == "single" else ():
            if category.is_written_in:
                # Tools head it by the option alone, or by the question and the option.
                found[Place(question.id, option=category.code, beside=True)] = _parts(question, category.label)
    return found


def _parts(question: Question, label: str) -> tuple[str, ...]:
    return f"{question.text} [{label}]", f"{question.text} {label}", f"{question.text} - {label}", f"{label}"


def _sure(headings: Sequence[str], texts: Mapping[str, str], places: Mapping[Place, Sequence[str]]) -> dict[str, Place]:
    by_text: dict[str, list[Place]] = {}
    for place, wordings in places.items():
        for wording in dict.fromkeys(map(same_wording, wordings)):
            by_text.setdefault(wording, []).append(place)
    fits: dict[str, list[Place]] = {}
    for heading in headings:
        known = list(dict.fromkeys((same_wording(heading), same_wording(texts.get(heading, heading)))))
        fits[heading] = [place for text in known for place in by_text.get(text, [])] or _cut(heading, by_text)
    _number(headings, fits, by_text)
    claimed: dict[Place, list[str]] = {}
    for heading, found in fits.items():
        for place in dict.fromkeys(found):
            claimed.setdefault(place, []).append(heading)
    return {
        heading: found[0] for heading, found in fits.items() if len(set(found)) == 1 and len(claimed[found[0]]) == 1
    }


def _cut(heading: str, by_text: Mapping[str, list[Place]]) -> list[Place]:
    start = same_wording(heading)
    cut = heading.rstrip().endswith(("...", "…")) or len(heading) >= _CUT_AT
    if not cut or len(start) < _CUT:
        return []
    # Of a multiple choice the question itself is meant: its options begin with the same words.
    found = {place: None for wording, places in by_text.items() if wording.startswith(start) for place in places}
    return [place for place in found if not place.option]


def _number(headings: Sequence[str], fits: dict[str, list[Place]], by_text: Mapping[str, list[Place]]) -> None:
    # Microsoft Forms numbers headings that are alike, "Toelichting", "Toelichting2": they follow the order of the form.
    for heading in headings:
        wording = same_wording(heading)
        places = list(dict.fromkeys(by_text.get(wording, [])))
        alike = {}
        for other in headings:
            found = _NUMBERED.fullmatch(same_wording(other))
            if found and found[1].strip() == wording and not by_text.get(same_wording(other)):
                alike[int(found[2])] = other
        if len(places) > 1 and sorted(alike) == list(range(2, len(places) + 1)):
            for number, place in enumerate(places, start=1):
                fits[heading if number == 1 else alike[number]] = [place]


def _candidates(
    heading: str, texts: Mapping[str, str], places: Mapping[Place, Sequence[str]]
) -> tuple[tuple[Place, int], ...]:
    wordings = [(same_wording(wording), place) for place, found in places.items() for wording in found]
    best: dict[Place, float] = {}
    for text in {same_wording(heading), same_wording(texts.get(heading, heading))}:
        choices = [wording for wording, _ in wordings]
        for _, score, n in process.extract(text, choices, scorer=fuzz.WRatio, score_cutoff=_LEAST, limit=20):
            place = wordings[n][1]
            best[place] = max(best.get(place, 0), score)
    ordered = sorted(best.items(), key=lambda found: -found[1])
    return tuple((place, round(score)) for place, score in ordered[:_SHOWN])


def _delimiter(raw: RawExport, heading: str, question: Question) -> str:
    options = options_of(question, raw.dialect)
    values = [value for value in raw.cells[heading].unique() if value][:_MOST_ANSWERS]
    left = {mark: sum(bool(take_apart(value, options, mark).rest) for value in values) for mark in _DELIMITERS}
    used = [mark for mark in _DELIMITERS if any(mark in value for value in values)]
    return min(used, key=lambda mark: left[mark], default=raw.dialect.delimiter or ";")


def _answers(
    raw: RawExport, questionnaire: Questionnaire, columns: Sequence[tuple[Place, str, str]]
) -> dict[str, dict[str, tuple[tuple[str, int], ...]]]:
    found: dict[str, dict[str, tuple[tuple[str, int], ...]]] = {}
    for place, heading, delimiter in columns:
        question = questionnaire.question(place.question)
        if question.kind in ("number", "open", "mark") or (place.option and question.kind == "single"):
            continue
        labels = raw.dialect.value_labels_of(heading)
        own_text = any(category.is_written_in for category in question.categories)
        for value in _not_known(raw, heading, question, place, delimiter):
            alike = _alike(labels.get(value, value), question)
            # Of a question with "other, namely", a text that is like no answer is what someone wrote. One with a trace
            # of a person has no place in a file that is kept with the questionnaire; `check` tells where it stands.
            if (alike or not own_text) and without_person(value) == value:
                found.setdefault(question.id, {})[value] = alike
    return found


def _not_known(raw: RawExport, heading: str, question: Question, place: Place, delimiter: str) -> Iterator[str]:
    values = [value for value in raw.cells[heading].unique() if value][:_MOST_ANSWERS]
    if place.several:
        options = options_of(question, raw.dialect)
        rests = dict.fromkeys(take_apart(value, options, delimiter or ";").rest for value in values)
        yield from (rest for rest in rests if rest)
    elif place.option:
        ticks = Ticks(question, f"{question.id}.{place.option}", raw.dialect)
        written_in = question.category(place.option).is_written_in
        yield from (value for value in values if not written_in and ticks.get(value) is None)
    else:
        writings = Writings(question, raw.dialect)
        yield from (value for value in values if writings.get(value) is None or value in writings.written_in)


def _alike(value: str, question: Question) -> tuple[tuple[str, int], ...]:
    labels = [same_wording(category.label) for category in question.categories]
    found = process.extract(same_wording(value), labels, scorer=fuzz.ratio, score_cutoff=_LEAST_ANSWER, limit=_SHOWN)
    return tuple((question.codes[n], round(score)) for _, score, n in found)


def _needed(left: Mapping[Place, Sequence[str]]) -> Iterator[Place]:
    several = {place.question for place in left if place.several}
    for place in left:
        if not place.beside and not (place.option and place.question in several):
            yield place


def _answer(place: Place) -> str:
    if place.beside:
        return f"{place.question}[other]"
    part = place.item or place.option
    return f"{place.question}.{part}" if part else place.question


def _taken(column: Column) -> str:
    return f"{column.answer}[{column.holds}]" if column.holds in ("other", "comment") else column.answer


def _place_of(column: Column, questionnaire: Questionnaire) -> Place:
    question, _, part = column.answer.partition(".")
    if questionnaire.question(question).kind == "statements":
        return Place(question, item=part)
    return Place(question, option=part, several=column.holds == "several")
