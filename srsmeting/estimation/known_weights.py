"""What every reader knows of the weights: a weighted share is a statement about counts, as far as it was printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from srsmeting.estimation.weighting.margin import NO_ANSWER
from srsmeting.questionnaire import Questionnaire

#: What the audit leaves out of any weighted publication.
_NEVER = "the intervals of weighted figures, and weighted means"


@dataclass(frozen=True)
class KnownWeights:
    """Weights to one margin: everyone who gave the same answer has the same weight.

    Parameters
    ----------
    by
        The breakdown that was weighted to.
    source
        The question whose answers its groups are.
    answers
        Weight by answer, ``""`` for who gave none; by question, and under ``""`` for those that have no weights of
        their own. Nobody gave an answer that is not here.
    """

    by: str
    source: str
    answers: Mapping[str, Mapping[str, float]]

    def of(self, question: str) -> Mapping[str, float]:
        """Return the weight by answer in the figures of a question."""
        return dict(self.answers[""]) | dict(self.answers.get(question, {}))


def known_weights(frame: pd.DataFrame, questionnaire: Questionnaire) -> KnownWeights | None:
    """Read the weights of an estimate frame (its rows with measure ``weight``); None where they are not known so.

    They are not where there are no weights, or where there are several margins: a weight then depends on how many
    respondents are in the groups of both at once, which is not published.
    """
    rows = frame[frame["measure"] == "weight"]
    margins = rows["by"].unique().tolist()
    if len(margins) != 1 or "*" in margins[0]:
        return None
    breakdown = questionnaire.breakdown(margins[0])
    parts = {group.code: group.of for group in breakdown.groups} | {NO_ANSWER: ("",)}
    answers: dict[str, dict[str, float]] = {}
    for question, group, weight in rows[["question", "group", "estimate"]].itertuples(index=False):
        answers.setdefault(question, {}).update(dict.fromkeys(parts[group], float(weight)))
    return KnownWeights(breakdown.id, breakdown.question, answers)


def unexamined(frame: pd.DataFrame, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return what of the weighted figures in an estimate frame an audit does not look at.

    Examples
    --------
    Such as ``"weighted shares by 'branche', within whose groups weights differ"``.
    """
    weighted = frame[frame["method"].str.endswith("_weighted")]
    if weighted.empty:
        return ()
    weights = known_weights(frame, questionnaire)
    if weights is None:
        return ("weighted shares: the weights do not follow from one margin alone", _NEVER)
    names = [by for by in weighted["by"].unique() if by and not within(by, weights, questionnaire)]
    listed = ", ".join(map(repr, names))
    return (*((f"weighted shares by {listed}, within whose groups weights differ",) if names else ()), _NEVER)


def within(by: str, weights: KnownWeights, questionnaire: Questionnaire) -> bool:
    """Say whether the groups of a breakdown are made of the answers that decide the weights."""
    return "*" not in by and questionnaire.breakdown(by).question == weights.source
