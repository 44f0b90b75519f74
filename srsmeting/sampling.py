"""Strata as ``meting.yaml`` asks for them: a sample of every group of the frame, and not of all together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from srsmeting.configuration import MetingConfig, WeightsConfig, read_config
from srsmeting.errors import ConfigurationError, Fault
from srsmeting.estimation import Design, Margin, frame_margin
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses
from srsmeting.weighing import Weighed, weigh


def weigh_strata(
    file: Path, config: MetingConfig, responses: Responses, population: Population, counted: pd.DataFrame
) -> Weighed:
    """Let respondents count for the organisations of their stratum, and estimate as from a sample of every stratum.

    Parameters
    ----------
    file
        The ``meting.yaml``, for messages.
    config
        What it says: ``design.strata`` is the breakdown whose groups are the strata, or two of them crossed. Each
        respondent is in the group that it names.
    responses, population
        Coded answers, and the frame.
    counted
        Estimate frame without weights, publication rules not applied.

    Raises
    ------
    ConfigurationError
        With every stratum that cannot be estimated from: nobody responded, one respondent shows no spread, or there
        are more respondents than organisations; and with respondents in no stratum.
    PopulationError
        When the frame does not know the strata of every organisation.

    Notes
    -----
    The base weights are organisations over respondents of the stratum. They follow from the frame, and would tell what
    is hidden of small groups as any other weights do: strata that are hidden are collapsed, see :func:`weigh`. With
    ``weights.margins`` they are where raking starts from; standard errors are then made of what the margins do not
    explain, within strata.
    """
    by = config.design.strata
    margin = frame_margin(responses, population, by)
    found = _faults(margin, population.questionnaire, by)
    if found:
        raise ConfigurationError(faults=[_fault(file, message) for message in found])
    if config.weights.margins:
        return weigh(file, config, responses, population, counted, by)
    as_weights = config.model_copy(update={"weights": WeightsConfig(margins=(by,))})
    weighed = weigh(file, as_weights, responses, population, counted)
    return replace(weighed, designs=tuple((some, _stratified(design)) for some, design in weighed.designs))


def _stratified(weighted: Design) -> Design:
    """Return the design of which weighting to one margin is the likeness: its groups as strata."""
    if weighted.calibration is None or weighted.weights is None:
        return weighted
    (place,) = weighted.calibration.margins
    # Weights meet the sizes of the groups to many digits, and these are whole.
    return Design.stratified(place, np.rint(np.bincount(place, weighted.weights)).astype(np.int64))


def _faults(margin: Margin, questionnaire: Questionnaire, by: str) -> list[str]:
    respondents = np.bincount(margin.place[~margin.unknown], minlength=len(margin.groups)).tolist()
    names = by.split("*")
    asked = {questionnaire.breakdown(name).question for name in names}
    groupings = [g.id for g in questionnaire.groupings if g.question in asked and g.id not in names]
    known = f" Groupings: {', '.join(map(repr, groupings))}." if groupings else ""
    merge = f"Merge it with another one in a grouping of the questionnaire, and name that.{known}"
    found = []
    for group, size, answered in zip(margin.groups, margin.population.astype(int).tolist(), respondents, strict=True):
        where = f"stratum {group!r} of {by!r}"
        if size and not answered:
            found.append(f"{where} has {_organisations(size)} in the frame, and nobody in it responded. {merge}")
        elif answered > size:
            found.append(
                f"{where} has {_organisations(size)} in the frame, fewer than its "
                f"{answered} respondent{'s' * (answered > 1)}. Complete the frame, or correct the answers."
            )
        elif answered == 1 and size > 1:
            found.append(f"{where} has 1 respondent for {_organisations(size)}, which shows no spread. {merge}")
    if unknown := int(margin.unknown.sum()):
        have = "1 respondent has" if unknown == 1 else f"{unknown} respondents have"
        found.append(f"{have} no {by!r}, and everyone needs a stratum. Correct the answers, or set responses aside.")
    return found


def _organisations(size: int) -> str:
    return "1 organisation" if size == 1 else f"{size} organisations"


def _fault(file: Path, message: str) -> Fault:
    lines = read_config(file)[2]
    return Fault(lines.name, f"design: {message}", lines.line(("design",)), "design", rule="design")
