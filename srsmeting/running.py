"""Running a measurement, from export to the figures that may be published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from srsmeting.checking import check_size, organisations_of, take_in_export
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import bind_estimates, read_estimates
from srsmeting.estimation import (
    Design,
    Mentions,
    Weighting,
    apply_publication_rules,
    coverage_rates,
    estimate_mentions,
    estimate_nonresponse,
    response_rates,
)
from srsmeting.intake import Intake
from srsmeting.intake.pseudonyms import Pseudonyms, read_salt
from srsmeting.meting import Meting, Progress, silent
from srsmeting.population import read_coverage
from srsmeting.sampling import weigh_strata
from srsmeting.themes import Respondents, count_mentions, read_coded
from srsmeting.weighing import estimate_answers, weigh


@dataclass(frozen=True)
class Run:
    """What came out of a measurement.

    Parameters
    ----------
    estimates
        The estimate frame, publication rules applied.
    intake
        Responses, intake report and quarantine; None when the measurement starts from estimates.
    weighting
        Weights, and the margins before and after; None when all respondents count the same.
    counted
        What would be published without weights; None where the figures are not weighted to margins.
    designs
        Which questions have the same weights or strata, and their design; none when all respondents count the same.
    """

    estimates: pd.DataFrame
    intake: Intake | None
    weighting: Weighting | None = None
    counted: pd.DataFrame | None = None
    designs: tuple[tuple[set[str], Design], ...] = ()


def run_meting(meting: Meting, progress: Progress | None = None) -> Run:
    """Run the flow of a measurement: intake, estimation, publication rules.

    Parameters
    ----------
    meting
        The measurement.
    progress
        Called with a short text at every step.

    Returns
    -------
    Run

    Raises
    ------
    SrsmetingError
        Whatever the export, the frame or the coverage has wrong.
    """
    tell = progress or silent
    if meting.config.estimates:
        return Run(read_estimates(meting.path(meting.config.estimates)), None)
    if not meting.config.frame:
        raise ConfigurationError(
            f"{meting.file.name}: names no 'frame', and every figure needs to know how many organisations were "
            "invited. Add the file with a row for each of them."
        )
    frame = organisations_of(meting, tell)
    intake = take_in_export(meting, frame, tell)
    tell("estimating")
    config, responses = meting.config, intake.responses
    population = frame.eligible
    check_size(intake, population)
    design = Design.simple_random(responses.n, population.size)
    frames = [response_rates(responses, population, by=meting.response_by)]
    for name in config.publication.groups:
        if name != meting.response_by:
            # The rule is about the response of these groups, and readers see which ones it hides.
            rates = response_rates(responses, population, by=name)
            frames.append(rates[rates["by"] != ""])
    frames.append(estimate_nonresponse(responses, frame, intake.outcomes))
    frames.append(estimate_answers(responses, design, config))
    if config.coverage:
        coverage = read_coverage(meting.path(config.coverage), meting.questionnaire)
        frames.append(coverage_rates(coverage, config.meting))
    if config.coded:
        tell("counting the themes of open answers")
        frames.append(estimate_mentions(meting.questionnaire, _mentions(meting, intake)))
    tell("applying the publication rules")
    rules = config.publication.rules(meting.questionnaire, config.breakdowns)
    counted, weighed = bind_estimates(*frames), None
    if config.weights.margins or config.design.strata:
        made = weigh_strata if config.design.strata else weigh
        weighed = made(meting.file, config, responses, population, counted)
    unweighted = apply_publication_rules(counted, rules)
    published = weighed.publish(unweighted, rules) if weighed else unweighted
    if config.comparisons.by or config.comparisons.adjusted:
        # Here and not above: it takes libraries that are slow to load.
        from srsmeting.comparing import compare_figures

        tell("comparing groups")
        published = bind_estimates(published, compare_figures(config, responses, design, published, weighed))
    if weighed is None:
        return Run(published, intake)
    return Run(published, intake, weighed.weighting, unweighted, weighed.designs)


def _mentions(meting: Meting, intake: Intake) -> dict[str, Mentions]:
    """Count the themes of the open answers that were coded."""
    coded = read_coded(meting.path(meting.config.coded), meting.questionnaire)
    salt = read_salt() if coded.has_pseudonyms else None
    names = Pseudonyms(salt, meting.config.meting) if salt else None
    respondents = Respondents(Path(meting.config.export).name, intake.ids, intake.ids_aside, names)
    counted = count_mentions(coded, intake.responses, respondents)
    return {question: Mentions(*numbers) for question, numbers in counted.items()}
