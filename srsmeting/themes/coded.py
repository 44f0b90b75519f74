"""``coded.csv``: which themes an open answer is about, by respondent, without what was written.

A respondent is named as in ``corrections.yaml``: by a pseudonym, or by the id in the export where there is nobody to
protect. Every answer that counts has a row; one about no theme has the code of that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from srsmeting.errors import CodingError, EstimateError, Fault, suggest
from srsmeting.frames import read_frame
from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms, is_pseudonym
from srsmeting.questionnaire import NO_CONTENT, OTHER_THEME, Question, Questionnaire
from srsmeting.responses import Responses

#: Columns of the file, all text.
COLUMNS: Final = ("respondent", "question", "theme")
#: Codes of an answer without a theme: about something else, or about nothing.
NO_THEME: Final = (OTHER_THEME, NO_CONTENT)

_AGAIN: Final = "Export the answers again, code them, and import them."


@dataclass(frozen=True)
class Coded:
    """What a file of coded answers says, checked against the codebook.

    Parameters
    ----------
    name
        Of the file, for messages.
    rows
        Columns as :data:`COLUMNS`; no row stands twice.
    """

    name: str
    rows: pd.DataFrame

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that were coded, in the order of the file."""
        return tuple(dict.fromkeys(self.rows["question"]))

    @cached_property
    def has_pseudonyms(self) -> bool:
        """Whether a salt is needed to find all respondents."""
        return any(is_pseudonym(name) for name in self.rows["respondent"].unique())


class Respondents(NamedTuple):
    """The respondents of an export, by the name they have in the file of codes.

    Parameters
    ----------
    export
        Name of the export, for messages.
    used
        Ids of those who count, rows as in the responses.
    aside
        Ids of those who do not count.
    pseudonyms
        What gives an id its pseudonym; None without a salt.
    """

    export: str
    used: pd.Series[str]
    aside: pd.Series[str]
    pseudonyms: Pseudonyms | None = None


def read_coded(path: str | os.PathLike[str], questionnaire: Questionnaire) -> Coded:
    """Read a file of coded answers.

    Parameters
    ----------
    path
        CSV or Parquet with the columns ``respondent, question, theme``.
    questionnaire
        Its codebooks.

    Raises
    ------
    CodingError
        With every fault of the file: other columns, a question without a codebook, a code that is not in it, a row that
        stands twice, a theme beside the code for none.
    """
    name = Path(path).name
    try:
        rows = read_frame(path)
    except EstimateError as problem:
        raise CodingError(str(problem)) from None
    if tuple(rows.columns) != COLUMNS:
        message = f"the columns are {', '.join(rows.columns)}. A file of coded answers has {', '.join(COLUMNS)}."
        raise CodingError(faults=[Fault(name, message, 1, rule="columns")])
    faults = list(_faults(name, rows, questionnaire))
    if faults:
        raise CodingError(faults=sorted(faults, key=lambda fault: fault.line or 0))
    return Coded(name, rows)


def _faults(name: str, rows: pd.DataFrame, questionnaire: Questionnaire) -> Iterator[Fault]:
    coded = {question.id: question for question in questionnaire.questions if question.themes}
    known = {name: codes_of(question) for name, question in coded.items()}
    seen: dict[tuple[str, str], list[str]] = {}
    told: set[str] = set()
    for line, (respondent, question, theme) in enumerate(_records(rows), start=2):
        if question not in coded:
            if question not in told:
                message = f"no question with themes {question!r}. {suggest(question, coded)}"
                yield Fault(name, message, line, "question", question, "unknown_question")
            told.add(question)
            continue
        codes = known[question]
        if theme not in codes:
            message = f"no code {theme!r} for question {question!r}. {suggest(theme, codes)}"
            yield Fault(name, message, line, "theme", theme, "unknown_theme")
            continue
        others = seen.setdefault((respondent, question), [])
        if theme in others:
            message = f"respondent {respondent!r} has code {theme!r} twice for question {question!r}. Remove this row."
            yield Fault(name, message, line, "theme", theme, "double_code")
        elif others and (theme in NO_THEME or others[0] in NO_THEME):
            message = (
                f"respondent {respondent!r} has both {others[0]!r} and {theme!r} for question {question!r}, and one of "
                "them says that no theme fits. Keep one."
            )
            yield Fault(name, message, line, "theme", theme, "theme_and_none")
        others.append(theme)


def _records(rows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    # Three times as fast as going through the rows of a frame.
    return zip(*(rows[name].tolist() for name in COLUMNS), strict=True)


def codes_of(question: Question) -> tuple[str, ...]:
    """Return the codes that an answer to a question can have: its themes, and those of an answer without one."""
    return (*(theme.code for theme in question.themes), *NO_THEME)


def count_mentions(
    coded: Coded, responses: Responses, respondents: Respondents
) -> dict[str, tuple[int, Mapping[str, int]]]:
    """Count how many respondents mentioned each theme, among those who count.

    Parameters
    ----------
    coded
        The codes. Of a response that does not count, they do not count either.
    responses
        Who answered what.
    respondents
        What they are called.

    Returns
    -------
    dict of tuple
        By question that was coded: how many answered it, and how many mentioned a theme, by theme. A question with
        themes that nobody answered needed no coding, and counts as coded.

    Raises
    ------
    CodingError
        When an answer that counts is not coded, or a code is of nobody in the export, or of an answer that is not
        there. Without a salt pseudonyms cannot be found, and only the number of answers is compared.
    """
    rows = coded.rows
    if coded.has_pseudonyms and respondents.pseudonyms is None:
        faults = list(_other_numbers(coded, responses, respondents))
    else:
        faults = list(_not_the_same(coded, responses, respondents))
        rows = rows[~rows["respondent"].isin(_names(respondents.aside, respondents.pseudonyms))]
    if faults:
        raise CodingError(faults=faults)
    found: dict[str, tuple[int, Mapping[str, int]]] = {}
    for question in coded.questions:
        themes = rows.loc[(rows["question"] == question) & ~rows["theme"].isin(NO_THEME), "theme"]
        counts = {str(theme): int(count) for theme, count in themes.value_counts(sort=False).items()}
        found[question] = (int(responses.answered(question).sum()), counts)
    for asked in responses.questionnaire.questions:
        if asked.themes and not responses.answered(asked.id).any():
            found.setdefault(asked.id, (0, {}))
    return found


def _names(ids: pd.Series[str], pseudonyms: Pseudonyms | None) -> set[str]:
    return {*ids, *(pseudonyms.of_all(ids) if pseudonyms else ())}


def _other_numbers(coded: Coded, responses: Responses, respondents: Respondents) -> Iterator[Fault]:
    answers = coded.rows.drop_duplicates(["respondent", "question"])
    for question, number in answers["question"].value_counts(sort=False).items():
        there = int(responses.answered(str(question)).sum())
        if number != there:
            message = f"codes {number} answers to {question!r}, and {respondents.export} has {there}. {_AGAIN}"
            yield Fault(coded.name, message, column="respondent", value=str(question), rule="other_number")


def _not_the_same(coded: Coded, responses: Responses, respondents: Respondents) -> Iterator[Fault]:
    rows, pseudonyms = coded.rows, respondents.pseudonyms
    place = {name: row for row, name in enumerate(respondents.used)}
    if pseudonyms and coded.has_pseudonyms:
        place |= {name: row for row, name in enumerate(pseudonyms.of_all(respondents.used))}
    aside = _names(respondents.aside, pseudonyms if coded.has_pseudonyms else None)
    unknown = {name for name in rows["respondent"].unique() if name not in place and name not in aside}
    if coded.has_pseudonyms and unknown and unknown == set(rows["respondent"]):
        message = (
            f"none of its {len(unknown)} pseudonyms is of a respondent in {respondents.export}: they were made with "
            f"another salt. Name the file with that salt in {VARIABLE}."
        )
        yield Fault(coded.name, message, column="respondent", rule="other_salt")
        return
    given: dict[str, set[int]] = {question: set() for question in coded.questions}
    answered = {question: responses.answered(question) for question in coded.questions}
    for line, (name, question, _) in enumerate(_records(rows), start=2):
        if name in unknown:
            message = f"respondent {name!r} is not in {respondents.export}. {_AGAIN}"
            yield Fault(coded.name, message, line, "respondent", name, "unknown_respondent")
            unknown.discard(name)
            aside.add(name)
        elif name in place:
            row = place[name]
            if row not in given[question] and not answered[question][row]:
                message = f"respondent {name!r} gave no answer to {question!r} that counts. {_AGAIN}"
                yield Fault(coded.name, message, line, "respondent", name, "no_answer")
            given[question].add(row)
    for question in coded.questions:
        missing = [row for row, there in enumerate(answered[question]) if there and row not in given[question]]
        if missing:
            called = respondents.used.iloc[missing[0]]
            called = pseudonyms.of(called) if pseudonyms and coded.has_pseudonyms else called
            many = "1 answer" if len(missing) == 1 else f"{len(missing)} answers"
            are = "is not coded, that" if len(missing) == 1 else "are not coded, the first that"
            message = f"{many} to {question!r} {are} of respondent {called!r}. {_AGAIN}"
            yield Fault(coded.name, message, column="respondent", value=question, rule="not_coded")
