"""Non-response in the estimate frame: who responded, how they differ from the frame, and how evenly they responded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from srsmeting.dispositions import DISPOSITIONS, Outcomes
from srsmeting.estimates import estimate_frame
from srsmeting.estimation.nonresponse.aapor import Rate, aapor_rates
from srsmeting.estimation.nonresponse.propensities import fit_propensities
from srsmeting.estimation.nonresponse.representativity import r_indicator
from srsmeting.estimation.nonresponse.tally import Tally, tally
from srsmeting.population import Population
from srsmeting.responses import Responses

#: Rates of every group; the others are of all organisations together.
_OF_GROUPS: Final = ("response_rate_1", "response_rate_2")

Row = dict[str, Any]


def estimate_nonresponse(
    responses: Responses, population: Population, outcomes: Outcomes | None = None
) -> pd.DataFrame:
    """Return the response by AAPOR's definitions, respondents against the frame, and the R-indicator.

    Parameters
    ----------
    responses
        Those that count.
    population
        The whole frame, with the organisations that are not eligible.
    outcomes
        What came in from each organisation, as intake has it; without it respondents are not held against the frame one
        by one.

    Returns
    -------
    pd.DataFrame
        Estimate frame, without questions. All are counts (method ``count``) but the R-indicator.

        ==================================  ============================================================================
        measure                             row
        ==================================  ============================================================================
        ``disposition``                     per disposition (``category``): its share of all organisations in the frame
        ``response_rate_1``, ``_2``         completed, and completed or partial, over all organisations that are not
                                            known to be not eligible; in all and per group of every variable of the
                                            frame
        ``response_rate_3`` to ``_6``,      in all; 3 to 6 where of some organisations it is unknown whether they are
        ``cooperation_rate_1``              eligible (see :func:`aapor_rates`)
        ``respondents_share``,              per group of every variable: share among respondents, share in the frame
        ``frame_share``                     (eligible organisations), both of those whose group is known
        ``composition_difference``          the first less the second, a fraction, from exact counts
        ``r_indicator``,                    ``item`` names the variables in the regression, joined by ``+``: all
        ``r_indicator_unadjusted``          together, and each by itself; method ``logistic``
        ==================================  ============================================================================

        Where there are more respondents than organisations a row has status U (``named_exceeds_frame``); where there is
        nobody to divide by, O (``no_base``). What needs to know which organisation each respondent is, is missing where
        none is known (O, ``not_linked``); the R-indicator has status U where some are not (``not_all_linked``), where a
        group responded wholly or not at all (``separated``), and where no chances to respond can differ
        (``no_spread``).

    Raises
    ------
    PopulationError
        When the frame calls organisations not eligible that responded.
    """
    counted = tally(responses, population, outcomes)
    rows = [*_in_all(counted)]
    for variable in population.variables:
        rows += _of_groups(counted, variable)
        rows += _composition(counted, variable)
    together = [variable for variable in population.variables if _groups(counted, variable) > 1]
    for variables in dict.fromkeys([tuple(together), *((variable,) for variable in together)]):
        rows += _evenness(counted, variables)
    return estimate_frame(
        {"meting": responses.questionnaire.meting}
        | {
            name: [row.get(name, default) for row in rows]
            for name, default in (
                *((text, "") for text in ("item", "category", "by", "group", "measure", "reason")),
                *((value, np.nan) for value in ("estimate", "se", "ci_low", "ci_high")),
                *((count, pd.NA) for count in ("numerator", "denominator")),
                ("method", "count"),
                ("status", "A"),
            )
        }
    )


def _in_all(counted: Tally) -> Iterator[Row]:
    counts, exceeds = counted.counts()
    size = int(counts.sum())
    for name, count in zip(DISPOSITIONS, counts[0].tolist(), strict=True):
        yield _rate_row("disposition", Rate(count / size, count, size), exceeds[0]) | {"category": name}
    for measure, rate in aapor_rates(dict(zip(DISPOSITIONS, counts[0].tolist(), strict=True))).items():
        row = _rate_row(measure, rate, exceeds[0])
        if measure == "cooperation_rate_1" and not counted.linked.any():
            # Nobody is known to have refused, which is not the same as that nobody did.
            row = {"measure": measure, "method": "", "status": "O", "reason": "not_linked"}
        yield row


def _of_groups(counted: Tally, variable: str) -> Iterator[Row]:
    counts, exceeds = counted.counts(variable)
    groups = counted.responses.questionnaire.question(variable).categories
    for group, row, over in zip(groups, counts.tolist(), exceeds, strict=True):
        rates = aapor_rates(dict(zip(DISPOSITIONS, row, strict=True)))
        for measure in _OF_GROUPS:
            yield _rate_row(measure, rates[measure], over) | {"by": variable, "group": group.code}


def _rate_row(measure: str, rate: Rate, exceeds: bool) -> Row:
    row: Row = {"measure": measure, "numerator": rate.numerator, "estimate": rate.estimate}
    row["denominator"] = pd.NA if rate.denominator is None else rate.denominator
    if np.isnan(rate.estimate):
        return row | {"status": "O", "reason": "no_base"}
    return row | ({"status": "U", "reason": "named_exceeds_frame"} if exceeds else {})


def _composition(counted: Tally, variable: str) -> Iterator[Row]:
    """Yield the share of each group among respondents and in the frame; a respondent is an organisation here."""
    groups = counted.responses.questionnaire.question(variable).categories
    counts, _ = counted.counts(variable)
    listed, _ = counted.groups(variable)
    places = [DISPOSITIONS.index(name) for name in ("complete", "partial")]
    ours = counts[:, places].sum(axis=1).tolist()
    theirs = np.bincount(listed[(listed >= 0) & counted.eligible], minlength=len(groups)).tolist()
    known, size = sum(ours), sum(theirs)
    for group, mine, other in zip(groups, ours, theirs, strict=True):
        key = {"by": variable, "group": group.code}
        for measure, count, base in (("respondents_share", mine, known), ("frame_share", other, size)):
            yield _rate_row(measure, Rate(count / base if base else np.nan, count, base), exceeds=False) | key
        # A quotient of whole numbers, so that a half is a half when it is rounded.
        both = known * size
        difference = Rate((mine * size - other * known) / both if both else np.nan, 0, None)
        yield _rate_row("composition_difference", difference, exceeds=False) | key | {"numerator": pd.NA}


def _groups(counted: Tally, variable: str) -> int:
    return len(np.unique(counted.groups(variable)[0][counted.eligible]))


def _evenness(counted: Tally, variables: Sequence[str]) -> Iterator[Row]:
    if not variables:
        return
    key: Row = {"item": "+".join(variables), "method": "logistic"}
    measures = ("r_indicator", "r_indicator_unadjusted")
    if not counted.linked.any() or counted.eligible.sum() < 2:
        for measure in measures:
            reason = "no_base" if counted.linked.any() else "not_linked"
            yield key | {"measure": measure, "method": "", "status": "O", "reason": reason}
        return
    eligible = counted.eligible
    fit = fit_propensities([counted.groups(name)[0][eligible] for name in variables], counted.responded[eligible])
    found = r_indicator(fit)
    reason = "no_spread" if np.isnan(found.low) else ""
    reason = "separated" if fit.separated and not reason else reason
    reason = "not_all_linked" if not counted.linked.all() else reason
    key |= {
        "numerator": int(counted.responded[eligible].sum()),
        "denominator": int(eligible.sum()),
        "status": "U" if reason else "A",
        "reason": reason,
    }
    adjusted = {"estimate": found.estimate, "se": found.se, "ci_low": found.low, "ci_high": found.high}
    yield key | {"measure": measures[0]} | adjusted
    yield key | {"measure": measures[1], "estimate": found.unadjusted}
