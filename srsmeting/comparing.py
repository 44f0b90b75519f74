"""Comparisons as ``meting.yaml`` asks for them: between the groups of breakdowns, and corrected for something else."""

from __future__ import annotations

import pandas as pd

from srsmeting.configuration import AdjustedConfig, MetingConfig
from srsmeting.estimates import bind_estimates
from srsmeting.estimation import Design, round_as_printed
from srsmeting.estimation.comparisons import adjusted_shares, compare_groups
from srsmeting.responses import Responses
from srsmeting.weighing import Weighed

#: What is rounded as what, where respondents are weighted.
_ALIKE = {"adjusted_share": "share", "adjusted_p_value": "p_value"}


def compare_figures(
    config: MetingConfig, responses: Responses, design: Design, published: pd.DataFrame, weighed: Weighed | None = None
) -> pd.DataFrame:
    """Return the comparisons of a measurement.

    Parameters
    ----------
    config
        What it says: ``comparisons`` and the bases of ``publication``.
    responses
        Coded answers.
    design
        Their design, without weights.
    published
        Estimate frame, publication rules applied: what it hides is not compared.
    weighed
        The weights, where there are any: every question has its own.

    Returns
    -------
    pd.DataFrame
        Estimate frame: see :func:`srsmeting.estimation.comparisons.compare_groups` and
        :func:`srsmeting.estimation.comparisons.adjusted_shares`.
    """
    frames = []
    for by in dict.fromkeys(config.comparisons.by):
        found = weighed.compare(by, published) if weighed else None
        frames.append(compare_groups(responses, design, by=by, published=published) if found is None else found)
    for one in config.comparisons.adjusted:
        found = _adjusted(one, config, responses, _design_of(one.question, design, weighed), published)
        # Without anything to correct for they are the shares of the table, which follow from its counts.
        frames.append(_rounded(found) if weighed or one.corrected_for else found)
    return bind_estimates(*frames)


def _adjusted(
    asked: AdjustedConfig, config: MetingConfig, responses: Responses, design: Design, published: pd.DataFrame
) -> pd.DataFrame:
    return adjusted_shares(
        responses,
        design,
        asked.question,
        asked.by,
        corrected_for=asked.corrected_for,
        model=asked.model,
        leave_out=asked.leave_out,
        published=published,
        min_base=config.publication.min_base,
        normal_base=config.publication.normal_base,
    )


def _design_of(question: str, design: Design, weighed: Weighed | None) -> Design:
    designs = weighed.designs if weighed else ()
    return next((own for questions, own in designs if question in questions), design)


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Round adjusted shares as weighted shares are, and their p-values as p-values."""
    measures = frame["measure"]
    return round_as_printed(frame.assign(measure=measures.replace(_ALIKE))).assign(measure=measures)
