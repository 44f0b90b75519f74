"""Express the answers of a year in the codes that two years have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.crosswalk.common import Common, common_ground
from srsmeting.crosswalk.model import Crosswalk
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import Responses, answer_columns, coded_answers, status_columns


def harmonise(responses: Responses, crosswalk: Crosswalk | Common) -> Responses:
    """Express the answers of the earlier or the later year in what the two have in common.

    Both years need it: where one answer was split in two, the two of the later year are one again.

    Parameters
    ----------
    responses
        Of one of the two measurements; which one, its questionnaire says.
    crosswalk
        Between the two, or its common ground, which saves making it again.

    Returns
    -------
    Responses
        With the same respondents in the same order, and with the questionnaire of :class:`Common`, which bears the id
        of the measurement that the answers are of. Answers that were merged are one answer; of several options that
        were merged one ticked is enough. Whatever is not declared comparable is not in it.

    Raises
    ------
    UnknownNameError
        When the responses are of neither measurement.
    """
    common = crosswalk if isinstance(crosswalk, Common) else common_ground(crosswalk)
    meting = responses.questionnaire.meting
    is_earlier = common.is_earlier(meting)
    answers: dict[str, Any] = {}
    status: dict[str, pd.Series] = {}
    for question in common.questionnaire.questions:
        own = responses.questionnaire.question(_own_id(common, question) if is_earlier else question.id)
        names = _own_columns(common, question, own, is_earlier)
        codes = common.codes(question.id, meting)
        for target, source in names.items():
            status[target] = responses.status[source]
            if question.kind in ("single", "statements", "mark"):
                answers[target] = recode(responses.answers[source], own, question, codes)
            elif question.kind != "multiple":
                answers[target] = responses.answers[source]
        if question.kind == "multiple":
            answers |= _options(responses, own, question, codes)
    order = [column for question in common.questionnaire.questions for column in answer_columns(question)]
    index = responses.answers.index
    return Responses(
        _named(common, meting),
        pd.DataFrame({column: answers[column] for column in order}, index=index),
        pd.DataFrame(status, index=index),
    )


def _named(common: Common, meting: str) -> Questionnaire:
    return replace(common.questionnaire, meting=meting)


def _own_id(common: Common, question: Question) -> str:
    match = common.crosswalk.question(question.id)
    # What is in the common ground has a match.
    return match.orig_id if match is not None else question.id


def _own_columns(common: Common, question: Question, own: Question, is_earlier: bool) -> dict[str, str]:
    """Return the column of the year by the common column."""
    columns = status_columns(question)
    if not is_earlier:
        return {column: column for column in columns}
    if question.kind != "statements":
        return {question.id: own.id}
    matches = [common.crosswalk.statement(question.id, item.id) for item in question.items]
    ours = [f"{own.id}.{match.orig_id}" for match in matches if match is not None]
    return dict(zip(columns, ours, strict=True))


def recode(answers: pd.Series, own: Question, question: Question, codes: Mapping[str, str]) -> Any:
    """Express answers to a question with one answer in the codes of another.

    Parameters
    ----------
    answers
        Categorical, its categories the codes of `own`.
    own, question
        What was asked, and what the answers become answers to.
    codes
        The code that each code of `own` becomes.
    """
    if question.codes == own.codes and all(codes[code] == code for code in own.codes):
        return answers
    place = {code: number for number, code in enumerate(question.codes)}
    # One place more than there are categories: position -1 finds it, and it is no answer.
    positions = np.array([*(place[codes[code]] for code in own.codes), -1], dtype=np.int16)
    given: npt.NDArray[np.int16] = positions[answers.cat.codes.to_numpy()]
    return coded_answers(given, question.codes)


def _options(
    responses: Responses, own: Question, question: Question, codes: Mapping[str, str]
) -> dict[str, npt.NDArray[np.bool_]]:
    ticked = {f"{question.id}.{code}": np.zeros(responses.n, dtype=np.bool_) for code in question.codes}
    for code in own.codes:
        if code in codes:
            ticked[f"{question.id}.{codes[code]}"] |= responses.answers[f"{own.id}.{code}"].to_numpy(dtype=np.bool_)
    return ticked
