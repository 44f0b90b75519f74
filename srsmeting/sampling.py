"""The design that ``meting.yaml`` asks for: of all respondents together, or per stratum of the frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from srsmeting.configuration import read_config
from srsmeting.errors import ConfigurationError, Fault
from srsmeting.estimation import Design, Margin, Weighting, frame_margin
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses


def stratified_design(file: Path, by: str, responses: Responses, population: Population) -> tuple[Design, Weighting]:
    """Return the design of a sample from every stratum, with as many organisations in each as the frame has.

    Parameters
    ----------
    file
        The ``meting.yaml``, for messages.
    by
        The breakdown whose groups are the strata, or two of them as ``"wgo*grootteklasse"``. Each respondent is in the
        group that it names.
    responses, population
        Coded answers, and the frame.

    Returns
    -------
    tuple of Design and Weighting
        The design, whose base weights are organisations over respondents of the stratum; and these weights, for what
        they cost in precision.

    Raises
    ------
    ConfigurationError
        With every stratum that cannot be estimated from: nobody responded, one respondent shows no spread, or there
        are more respondents than organisations; and with respondents in no stratum.
    PopulationError
        When the frame does not know the strata of every organisation.
    """
    margin = frame_margin(responses, population, by)
    found = _faults(margin, population.questionnaire, by)
    if found:
        raise ConfigurationError(faults=[_fault(file, message) for message in found])
    design = Design.stratified(margin.place, margin.population.astype(np.int64))
    return design, Weighting(design.each, (margin.place,), design.each, (margin,))


def refuse_strata_that_tell(file: Path, by: str, published: pd.DataFrame, questionnaire: Questionnaire) -> None:
    """Refuse strata of a question by which results are suppressed.

    What a respondent of a stratum weighs follows from the frame. A weighted share of the whole is then a second
    equation over suppressed groups, beside the counts, and two equations tell two groups apart.

    Raises
    ------
    ConfigurationError
        With the breakdowns.
    """
    strata = _questions(by, questionnaire)
    hidden = published.loc[published["status"] == "Q", "by"].unique()
    told = [name for name in hidden if name and strata & _questions(name, questionnaire)]
    if told:
        message = (
            f"results for groups of {', '.join(map(repr, told))} are suppressed, and weights of strata of {by!r} would "
            "tell what they are. Leave it out of 'breakdowns', or take strata in which nothing is suppressed."
        )
        raise ConfigurationError(faults=[_fault(file, message)])


def _questions(by: str, questionnaire: Questionnaire) -> set[str]:
    return {questionnaire.breakdown(name).question for name in by.split("*")}


def _faults(margin: Margin, questionnaire: Questionnaire, by: str) -> list[str]:
    respondents = np.bincount(margin.place[~margin.unknown], minlength=len(margin.groups)).tolist()
    groupings = [g.id for g in questionnaire.groupings if g.question in _questions(by, questionnaire) and g.id != by]
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
