"""Who was asked what: routing evaluated over whole columns, so that every empty cell gets its reason.

An export writes "not shown" and "left empty" alike. The routing of the questionnaire tells them apart, and it also
finds the answers that should not be there: those are set aside, and the question counts as not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Mask, Responses, answer_columns, status_columns


def settle(
    questionnaire: Questionnaire, answers: pd.DataFrame, given: Mapping[str, Mask]
) -> tuple[Responses, dict[str, Mask]]:
    """Give every cell its status, and take out the answers to questions that were not asked.

    `given` tells by status column whether there is an answer in the file.

    Returns
    -------
    tuple
        The responses; and by status column who answered although routing passed the question by (only columns where
        someone did).
    """
    # Worked out rather than chosen with numpy's where, which takes many times as long.
    answered, more = np.int8(ANSWERED), np.int8(NO_ANSWER - ANSWERED)
    status = {name: answered + more * ~mask for name, mask in given.items()}
    # Not copied: what is written in these columns below, the next routing sees.
    responses = Responses(questionnaire, answers.copy(), pd.DataFrame(status, copy=False))
    rejected: dict[str, Mask] = {}
    for question in _in_order_of_routing(questionnaire):
        routing = questionnaire.routing(question.id)
        if routing is None:
            continue
        # Questions that this routing names are settled, so an answer that was set aside decides nothing any more.
        passed = ~routing.evaluate(responses.lookup)
        for name in status_columns(question):
            unasked = passed & given[name]
            status[name][passed] = NOT_ASKED
            if unasked.any():
                rejected[name] = unasked
                for column in answer_columns(question) if question.kind == "multiple" else (name,):
                    _clear(responses.answers, column, unasked)
    # Anew where answers were taken out: this one has kept them as they were when the first routing was looked at.
    return replace(responses) if rejected else responses, rejected


def _in_order_of_routing(questionnaire: Questionnaire) -> list[Question]:
    # The order of fieldwork, unless a routing looks ahead; a circle never gets past the questionnaire's loader.
    ordered: dict[str, Question] = {}

    def place(question: Question) -> None:
        if question.id in ordered:
            return
        routing = questionnaire.routing(question.id)
        for comparison in routing.comparisons if routing else ():
            place(questionnaire.question(comparison.question))
        ordered[question.id] = question

    for question in questionnaire.questions:
        place(question)
    return list(ordered.values())


def _clear(answers: pd.DataFrame, column: str, rows: Mask) -> None:
    if answers[column].dtype == np.bool_:
        answers[column] = answers[column].to_numpy() & ~rows
    else:
        answers[column] = answers[column].mask(rows)
