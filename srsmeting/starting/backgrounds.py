"""What is known of every organisation before it answers: the columns of its frame."""

from __future__ import annotations

from typing import Final

from srsmeting.questionnaire import Questionnaire

#: So many columns a frame has; more is seldom known of everyone who is invited.
_MOST: Final = 3


def backgrounds(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the questions that a frame can be expected to have: the first ones, single, general, put to everyone.

    Examples
    --------
    >>> from srsmeting.bundled import bundled
    >>> from srsmeting.questionnaire import load_questionnaire
    >>> backgrounds(load_questionnaire(bundled("questionnaires/srs_2021.yaml")))
    ('wgo', 'branche', 'grootteklasse')
    """
    found: list[str] = []
    for question in questionnaire.questions:
        if question.kind != "single" or question.fase != "algemeen" or question.asked_if or len(found) == _MOST:
            break
        found.append(question.id)
    return tuple(found)
