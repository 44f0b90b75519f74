"""Response: respondents against the frame.

Both are counted, not estimated from a sample: there is no standard error and no interval, and the method is ``count``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import PopulationError
from srsmeting.estimates import estimate_frame
from srsmeting.population import Population
from srsmeting.responses import Responses


def response_rates(responses: Responses, population: Population, by: str = "wgo") -> pd.DataFrame:
    """Return respondents over the organisations in the frame, in all and per group.

    Parameters
    ----------
    responses
        Coded answers.
    population
        The frame.
    by
        A breakdown whose question the frame knows of every organisation; empty for the total only.

    Returns
    -------
    pd.DataFrame
        Estimate frame, measure ``response_rate``: first the total, then every declared group. ``numerator`` counts
        respondents by the group that they *name*, ``denominator`` the organisations that the frame has in it. A
        respondent who names none is in the total only.

        The two sources can disagree, so a rate can exceed 1. It is never clipped: it gets status U
        (``named_exceeds_frame``), because such a rate cannot be what it says. A group without respondents has rate 0; a
        declared group that the frame does not have, and nobody names, has status O (``no_base``).

    Raises
    ------
    UnknownNameError
        For a breakdown that does not exist.
    PopulationError
        When the frame does not hold the variable, or respondents name a group that it does not have; all such groups at
        once, with how many name them.
    """
    groups, named, frame = count_response(responses, population, by)
    numerator = np.array([responses.n, *named], dtype=np.int64)
    denominator = np.array([population.size, *frame], dtype=np.int64)
    return estimate_frame(
        {
            "meting": responses.questionnaire.meting,
            "by": ["", *[by] * len(groups)],
            "group": ["", *groups],
            "measure": "response_rate",
            "estimate": np.divide(numerator, denominator, out=np.full(numerator.shape, np.nan), where=denominator > 0),
            "numerator": numerator,
            "denominator": denominator,
            "method": "count",
            "status": np.select([denominator == 0, numerator > denominator], ["O", "U"], "A"),
            "reason": np.select([denominator == 0, numerator > denominator], ["no_base", "named_exceeds_frame"], ""),
        }
    )


def count_response(
    responses: Responses, population: Population, by: str
) -> tuple[list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the groups of a breakdown, how many respondents name each, and how many organisations the frame has."""
    if not by:
        nothing = np.array([], dtype=np.int64)
        return [], nothing, nothing
    codes, breakdown = responses.breakdown(by)
    groups = [group.code for group in breakdown.groups]
    sizes = population.count(by)
    frame = np.array([sizes[group] for group in groups], dtype=np.int64)
    named = np.bincount(codes[codes >= 0], minlength=len(groups))
    _check_named(population, by, groups, named, frame)
    return groups, named, frame


def _check_named(
    population: Population, by: str, groups: list[str], named: npt.NDArray[np.int64], frame: npt.NDArray[np.int64]
) -> None:
    strange = [f"{groups[place]!r} ({named[place]})" for place in np.flatnonzero((named > 0) & (frame == 0))]
    if strange:
        present = ", ".join(repr(group) for group, size in zip(groups, frame, strict=True) if size)
        raise PopulationError(
            f"{population.name}: respondents name a {by} that no organisation in the frame has: {', '.join(strange)}. "
            f"Add its organisations to the frame, or correct the answers. In the frame: {present or 'none'}."
        )
