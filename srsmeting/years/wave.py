"""A year that has been run, and the same year in the codes that it has in common with another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from srsmeting.crosswalk import Common, harmonise
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import COUNTS, VALUES, bind_estimates
from srsmeting.estimation import (
    Design,
    PublicationRules,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
    response_rates,
)
from srsmeting.estimation.change import Wave
from srsmeting.intake import Intake
from srsmeting.meting import Meting, Progress, Run, organisations_of, run_meting, silent
from srsmeting.population import ORGANISATION, Population
from srsmeting.record import read_records

#: Column of the frame that tells organisations apart where they have no names.
_KEY: Final = "token"


@dataclass(frozen=True)
class Year:
    """A measurement that has been run.

    Parameters
    ----------
    meting
        The measurement.
    intake
        Its answers.
    population
        The frame that its respondents are from.
    published
        What was published: its last record, or else its figures as they come out now.
    hidden
        Figures of which something is hidden: as published, and as they come out now.
    """

    meting: Meting
    intake: Intake
    population: Population
    published: pd.DataFrame
    hidden: pd.DataFrame

    @property
    def id(self) -> str:
        """Id of the measurement."""
        return self.meting.config.meting


def run_year(meting: Meting, tell: Progress, run: Run | None = None) -> Year:
    """Run a measurement, unless that was done, and look up what was published of it."""
    id = meting.config.meting
    run = run or run_meting(meting, lambda text: tell(f"{id}: {text}" if text else text))
    if run.intake is None:
        raise ConfigurationError(f"{meting.file}: starts from estimates. Name the export, to compare years.")
    records = read_records(meting.record, id)
    published = records[-1].read_estimates() if records else run.estimates
    hidden = pd.concat([frame[frame["status"] == "Q"] for frame in (published, run.estimates)], ignore_index=True)
    return Year(meting, run.intake, organisations_of(meting, silent), published, hidden)


def refuse(meting: Meting) -> None:
    """Refuse a measurement whose years cannot be compared.

    Raises
    ------
    ConfigurationError
        When it names no export or no frame, or is weighted.
    """
    config = meting.config
    if not config.export or not config.frame:
        what = "'export'" if not config.export else "'frame'"
        raise ConfigurationError(
            f"{meting.file}: names no {what}, and who answered both times is not known without it. Add it."
        )
    for key, used in (("weights", config.weights.margins), ("design", config.design.strata)):
        if used:
            raise ConfigurationError(
                f"{meting.file}: {key}: weighted measurements cannot be compared from the command line. Compare "
                f"without {key!r}, or with srsmeting.estimation.change in Python."
            )


def shared_breakdowns(earlier: Year, later: Year, common: Common) -> list[str]:
    """Return the breakdowns that both years have figures by, as the later one calls them."""
    names = [name for name in later.meting.config.breakdowns if name in common.questionnaire.breakdowns]
    return [name for name in names if earlier_name(common, name) in earlier.meting.config.breakdowns]


def earlier_name(common: Common, name: str) -> str:
    """Return what a breakdown was called in the earlier year."""
    groupings = {grouping.id for grouping in common.questionnaire.groupings}
    match = common.crosswalk.question(name) if name not in groupings else None
    return match.orig_id if match else name


def key_of(earlier: Population, later: Population) -> str:
    """Return the column that tells organisations apart in both frames: names stay, tokens are often made anew."""
    named = [ORGANISATION in population.organisations.columns for population in (earlier, later)]
    return ORGANISATION if all(named) else _KEY


def wave_of(year: Year, common: Common, shared: Sequence[str], key: str) -> Wave:
    """Return a year in the codes of the comparison, with what it hides."""
    responses = harmonise(year.intake.responses, common)
    eligible = year.population.eligible
    population = in_common(eligible, common)
    design = Design.simple_random(responses.n, eligible.size)
    config = year.meting.config
    response_by = year.meting.response_by if year.meting.response_by in common.questionnaire.breakdowns else ""
    frames = [response_rates(responses, population, by=response_by)]
    for by in (None, *shared):
        frames.append(estimate_shares(responses, design, by=by, interval=config.interval))
        frames.append(estimate_means(responses, design, by=by))
    rules = _rules(year, common, shared)
    published = _with_own(apply_publication_rules(bind_estimates(*frames), rules), year, common)
    organisations = eligible.organisations[key].to_numpy(dtype=str) if key in eligible.organisations else None
    units = None
    if year.intake.outcomes is not None and key in year.population.organisations:
        # Outcomes count rows of the whole frame, those that are not eligible included.
        names = np.append(year.population.organisations[key].to_numpy(dtype=str), "")
        places = year.intake.outcomes.respondents
        units = names[np.where(places < 0, len(names) - 1, places)]
        if organisations is not None:
            units = np.where(np.isin(units, organisations), units, "")
    usable = organisations is not None and bool((organisations != "").all())
    return Wave(
        responses,
        design,
        units if usable else None,
        organisations if usable else None,
        published=published,
        meting=config.meting,
    )


def _rules(year: Year, common: Common, shared: Sequence[str]) -> PublicationRules:
    publication = year.meting.config.publication
    known = {name: rule for name, rule in publication.groups.items() if name in common.questionnaire.breakdowns}
    return publication.model_copy(update={"groups": known}).rules(common.questionnaire, shared)


def in_common(population: Population, common: Common) -> Population:
    """Return a frame in the codes of the comparison; an answer that cannot be compared is not known."""
    meting = population.questionnaire.meting
    is_earlier = common.is_earlier(meting)
    columns: dict[str, Any] = {
        name: population.organisations[name]
        for name in (_KEY, ORGANISATION)
        if name in population.organisations.columns
    }
    for question in common.questionnaire.questions:
        match = common.crosswalk.question(question.id)
        own = match.orig_id if is_earlier and match else question.id
        if own in population.variables:
            codes = common.codes(question.id, meting)
            values = population.organisations[own].astype("str").map(codes)
            columns[question.id] = pd.Categorical(values, categories=list(question.codes))
    return replace(population, organisations=pd.DataFrame(columns), questionnaire=common.questionnaire)


def _with_own(published: pd.DataFrame, year: Year, common: Common) -> pd.DataFrame:
    """Hide also what the year itself hid: a group that was merged would tell of the parts that made it."""
    hidden = year.hidden[year.hidden["by"] != ""]
    if hidden.empty:
        return published
    found = set()
    is_earlier = common.is_earlier(year.id)
    for question, by, group in set(zip(hidden["question"], hidden["by"], hidden["group"], strict=True)):
        for name in published["by"].unique():
            if name and (earlier_name(common, name) if is_earlier else name) == by:
                target = common.codes(name, year.id).get(group)
                found |= {(asked, name, target) for asked in _later_names(common, question, is_earlier)}
    keys = list(zip(published["question"], published["by"], published["group"], strict=True))
    taken = np.fromiter((key in found for key in keys), dtype=bool, count=len(keys))
    taken &= published["status"].to_numpy() != "Q"
    result = published.copy()
    result.loc[taken, [*VALUES]] = np.nan
    result.loc[taken, [*COUNTS]] = pd.NA
    result.loc[taken, ["method", "status", "reason"]] = ["", "Q", "complementary"]
    return result


def _later_names(common: Common, question: str, is_earlier: bool) -> list[str]:
    if not is_earlier:
        return [question]
    matches = ((one.id, common.crosswalk.question(one.id)) for one in common.questionnaire.questions)
    return [name for name, match in matches if match is not None and match.orig_id == question]
