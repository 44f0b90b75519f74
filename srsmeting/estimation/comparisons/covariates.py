"""Groups of what is corrected for, taken together where figures of them are hidden.

A regression has a parameter for every group. With one for a small region, adjusted shares of size classes would depend
on the answers of that region alone, and could say that all of it gave the same one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from srsmeting.estimation.comparisons.shown import SUPPRESSED
from srsmeting.estimation.domains import Domains
from srsmeting.estimation.numeric import Mask
from srsmeting.estimation.weighting.pooling import fill_pool
from srsmeting.questionnaire import Questionnaire


def hidden_answers(
    published: pd.DataFrame | None, questionnaire: Questionnaire, question: str, item: str
) -> frozenset[tuple[str, str]]:
    """Return by which answers to which questions a frame hides anything of a question.

    Parameters
    ----------
    published
        Estimate frame, publication rules applied; None when everything may be shown.
    questionnaire
        Of what the groups of its breakdowns are made.
    question, item
        What is broken down.
    """
    if published is None:
        return frozenset()
    rows = published[(published["question"] == question) & (published["item"] == item) & (published["status"] == "Q")]
    rows = rows[
        rows["measure"].isin(["share", "mean"]) & (rows["by"] != "") & ~rows["by"].str.contains("*", regex=False)
    ]
    found = set()
    for by, group in rows[["by", "group"]].drop_duplicates().itertuples(index=False):
        breakdown = questionnaire.breakdown(by)
        found |= {(breakdown.question, answer) for answer in breakdown.group(group).of}
    return frozenset(found)


def take_together(
    other: Domains, hidden: frozenset[tuple[str, str]], inside: Mask, min_base: int, questionnaire: Questionnaire
) -> tuple[Domains, str]:
    """Take groups of what is corrected for together: those of which figures are hidden, and enough beside.

    Parameters
    ----------
    other
        What is corrected for.
    hidden
        Answers by which something is hidden, see :func:`hidden_answers`.
    inside
        Who is in the regression.
    min_base
        With fewer respondents in the regression a group is not left by itself, nor are those that are taken together.
    questionnaire
        Of what the groups are made.

    Returns
    -------
    Domains
        With the same number for respondents of groups that are taken together.
    str
        Why nothing can be corrected for, ``complementary`` where all groups had to be taken together; else empty.
    """
    parts = [(questionnaire.breakdown(name), n) for n, name in enumerate(other.by.split("*"))]
    bases = dict(zip(other.groups, other.count(inside).astype(float).tolist(), strict=True))
    chosen = {group for group, base in bases.items() if 0 < base < min_base}
    for group in other.groups:
        codes = group.split("*")
        if any((b.question, answer) in hidden for b, n in parts for answer in b.group(codes[n]).of):
            chosen.add(group)
    present = {group for group, base in bases.items() if base}
    together = fill_pool(chosen & present, bases, min_base) & present
    if len(together) < 2:
        return other, SUPPRESSED if together else ""
    numbers = [number for number, group in enumerate(other.groups, start=1) if group in together]
    place = np.where(np.isin(other.place, numbers), numbers[0], other.place)
    return replace(other, place=place), SUPPRESSED if together == present else ""
