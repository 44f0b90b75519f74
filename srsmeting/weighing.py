"""Weights as ``meting.yaml`` asks for them: made, and refused where they would tell what is suppressed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from srsmeting.configuration import WeightsConfig, read_config
from srsmeting.errors import ConfigurationError, DesignError, Fault
from srsmeting.estimation import Weighting, frame_margin, rake
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses


def weigh(file: Path, config: WeightsConfig, responses: Responses, population: Population) -> Weighting:
    """Weight the respondents to the frame.

    Raises
    ------
    ConfigurationError
        With everything that cannot be met, and the line of ``weights`` in the configuration.
    """
    try:
        margins = [frame_margin(responses, population, name, config.unit) for name in config.margins]
        return rake(margins, bounds=config.bounds, trim=config.trim, unknown=config.unknown)
    except DesignError as error:
        told = [fault.message for fault in error.faults] or [str(error)]
        raise ConfigurationError(faults=[_fault(file, message) for message in told]) from error


def refuse_weights_that_tell(
    file: Path, config: WeightsConfig, published: pd.DataFrame, questionnaire: Questionnaire
) -> None:
    """Refuse weights to a question by which results are suppressed.

    Everyone can work out the weight of a group from the frame and the number of its respondents. A weighted share of
    the whole is then a second equation over the suppressed groups, beside the counts, and two equations tell two groups
    apart.

    Raises
    ------
    ConfigurationError
        With the breakdowns, and the first question of each.
    """

    def made_of(name: str) -> set[str]:
        return {questionnaire.breakdown(part).question for part in name.split("*")}

    margins = set[str]().union(*map(made_of, config.margins))
    suppressed = published.loc[published["status"] == "Q", ["by", "question"]].drop_duplicates()
    faults = []
    for by, rows in suppressed.groupby("by", sort=False):
        if by and margins & made_of(str(by)):
            first = rows["question"].iloc[0]
            where = f"of {first!r}" if len(rows) == 1 else f"of {len(rows)} questions, {first!r} first,"
            message = (
                f"results {where} are suppressed for groups of {by!r}, and weights to it would tell what they are. "
                "Leave it out of 'weights' or out of 'breakdowns', or merge small groups in a grouping and use that."
            )
            faults.append(_fault(file, message))
    if faults:
        raise ConfigurationError(faults=faults)


def _fault(file: Path, message: str) -> Fault:
    lines = read_config(file)[2]
    return Fault(lines.name, f"weights: {message}", lines.line(("weights",)), "weights", rule="weights")
