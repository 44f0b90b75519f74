"""What may not be compared, by name: its label now, or the one that it had."""

from __future__ import annotations

from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.years.history import COVERAGE, OTHERS, Apart
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
    question, item, category, by, group = one.place
    if one.level == OTHERS:
        return one.label
    if one.level == COVERAGE:
        return f"Dekkingsgraad: {inside(one.label or group)}"
    known = {asked.id: asked for asked in questionnaire.questions}
    if by in questionnaire.breakdowns:
        breakdown = questionnaire.breakdown(by)
        return f"{breakdown.label}: {breakdown.labels.get(group, one.label or group)}" if group else breakdown.label
    if question not in known:
        return one.label or question or by
    asked = known[question]
    parts = [asked.title]
    if item:
        parts.append(inside({entry.id: entry.label for entry in asked.items}.get(item, one.label or item)))
    if category:
        parts.append(inside(asked.labels.get(category, one.label or category)))
    return ": ".join(parts)
