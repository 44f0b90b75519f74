"""What is known of every organisation before it answers: the columns of its frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

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


def frame_columns(questionnaire: Questionnaire, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the frame of a measurement has to know: its backgrounds, and what settings hold against the frame.

    Parameters
    ----------
    questionnaire
        What is asked.
    settings
        Of its ``meting.yaml``: the response, weights, strata, and groups with a least response.

    Examples
    --------
    >>> from srsmeting.bundled import bundled
    >>> from srsmeting.questionnaire import load_questionnaire
    >>> asked = load_questionnaire(bundled("questionnaires/srs_2021.yaml"))
    >>> frame_columns(asked, {"weights": ["wgo*functie"]})
    ('wgo', 'branche', 'grootteklasse', 'functie')
    """
    weights = settings.get("weights") or {}
    margins = weights.get("margins") or () if isinstance(weights, Mapping) else weights
    named = [margins] if isinstance(margins, str) else list(margins)
    named.append((settings.get("design") or {}).get("strata", ""))
    named.append("wgo" if settings.get("response_by") is None else settings["response_by"])
    named += (settings.get("publication") or {}).get("groups") or ()
    parts = [part for name in named for part in str(name).split("*") if part in questionnaire.breakdowns]
    more = [questionnaire.breakdown(part).question for part in parts]
    # What only some are asked, nobody knows of everyone.
    more = [name for name in more if not questionnaire.question(name).asked_if]
    return tuple(dict.fromkeys([*backgrounds(questionnaire), *more]))
