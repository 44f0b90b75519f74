"""What may not be compared, by name: its label now, or the one that it had."""

from __future__ import annotations

from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.years.history import COVERAGE, OTHERS, Apart
from srsmeting.presentation.years.noted import Noted
from srsmeting.questionnaire import Questionnaire


def apart_name(one: Apart, questionnaire: Questionnaire) -> str:
    """Name a question, answer or group that may not be compared: "Effecten: nieuw beleid".

    Parameters
    ----------
    one
        What may not be compared.
    questionnaire
        Of the last measurement; what it does not have goes by the label that was declared, or by its code.
    """
    if one.level == OTHERS:
        return one.label
    if one.level == COVERAGE:
        return f"Dekkingsgraad: {inside(one.label or one.place[-1])}"
    return _named(one.place, one.label, questionnaire)


def noted_name(one: Noted, questionnaire: Questionnaire) -> str:
    """Name what changed and is compared all the same, as :func:`apart_name` does."""
    return _named(one.place, "", questionnaire)


def _named(place: tuple[str, ...], label: str, questionnaire: Questionnaire) -> str:
    question, item, category, by, group = place
    known = {asked.id: asked for asked in questionnaire.questions}
    if by in questionnaire.breakdowns:
        breakdown = questionnaire.breakdown(by)
        return f"{breakdown.label}: {breakdown.labels.get(group, label or group)}" if group else breakdown.label
    if question not in known:
        return label or question or by
    asked = known[question]
    parts = [asked.title]
    if item:
        parts.append(inside({entry.id: entry.label for entry in asked.items}.get(item, label or item)))
    if category:
        named = asked.labels.get(category, label or category)
        # Who somebody is, is a name, and keeps its capital.
        parts.append(named if asked.fase == "algemeen" else inside(named))
    return ": ".join(parts)
