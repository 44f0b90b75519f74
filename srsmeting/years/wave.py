"""A year in the codes that it has in common with another, with what it hides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.crosswalk import Common, harmonise
from srsmeting.crosswalk.distinct import distinct
from srsmeting.estimates import COUNTS, KEY, VALUES
from srsmeting.estimation import (
    Design,
    PublicationRules,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
    publish_weighted,
    response_rates,
)
from srsmeting.estimation.change import Wave
from srsmeting.estimation.domains import make_domains
from srsmeting.estimation.shares import KINDS as SHARES
from srsmeting.estimation.values import NUMERIC
from srsmeting.estimation.weighting.frame import frame_places
from srsmeting.population import ORGANISATION, Population
from srsmeting.responses import Responses
from srsmeting.years.year import INVITATION, Year


def shared_breakdowns(earlier: Year, later: Year, common: Common) -> list[str]:
    """Return the breakdowns that both years have figures by, as the later one calls them."""
    names = [name for name in later.meting.config.breakdowns if name in common.questionnaire.breakdowns]
    return [name for name in names if earlier_name(common, name) in earlier.meting.config.breakdowns]


def earlier_name(common: Common, name: str) -> str:
    """Return what a breakdown was called in the earlier year."""
    groupings = {grouping.id for grouping in common.questionnaire.groupings}
    if name in groupings:
        return common.crosswalk.breakdown(name) or name
    match = common.crosswalk.question(name)
    return match.orig_id if match else name


def own_name(year: Year, common: Common, name: str) -> str:
    """Return what a question or breakdown of the comparison is called in a year."""
    return earlier_name(common, name) if common.is_earlier(year.id) else name


def waves_of(year: Year, common: Common, shared: Sequence[str], key: str) -> list[tuple[list[str], Wave]]:
    """Return a year in the codes of the comparison, with what it hides: per set of weights the questions that have it.

    Without weights that is one wave, of all questions.
    """
    responses = harmonise(year.intake.responses, common)
    eligible = year.population.eligible
    population = in_common(eligible, common)
    simple = Design.simple_random(responses.n, eligible.size)
    names = {question.id: own_name(year, common, question.id) for question in common.questionnaire.questions}
    parts = [
        ([name for name, own in names.items() if own in asked], design)
        for asked, design in year.designs or [({*names.values()}, simple)]
    ]
    parts = [(asked, design) for asked, design in parts if asked]
    response_by = year.meting.response_by if year.meting.response_by in common.questionnaire.breakdowns else ""
    bys, interval = (None, *shared), year.meting.config.interval
    counted = [response_rates(responses, population, by=response_by), *_estimates(responses, simple, bys, interval)]
    rules = _rules(year, common, shared)
    published = apply_publication_rules(pd.concat(counted, ignore_index=True), rules)
    if year.designs:
        weighted = [frame for asked, design in parts for frame in _estimates(responses, design, bys, interval, asked)]
        published = _weighted(published, pd.concat(weighted, ignore_index=True), rules)
    published = _with_own(published, year, common)
    units, organisations = _identify(year, key)
    return [
        (
            asked,
            Wave(
                responses,
                design,
                units,
                organisations,
                None if organisations is None else _frame_strata(year, design),
                published=published,
                meting=year.id,
            ),
        )
        for asked, design in parts
    ]


def _estimates(
    responses: Responses,
    design: Design,
    bys: Sequence[str | None],
    interval: str,
    asked: Sequence[str] | None = None,
) -> Iterator[pd.DataFrame]:
    for by in bys:
        shares, means = (asked and askable(responses, asked, by, kinds) for kinds in (SHARES, NUMERIC))
        yield estimate_shares(responses, design, shares, by=by, interval=interval)
        yield estimate_means(responses, design, means, by=by)


def askable(responses: Responses, asked: Sequence[str], by: str | None, kinds: Sequence[str]) -> list[str]:
    """Return which of these questions are of one of these kinds, and not what is broken down by."""
    source = responses.questionnaire.breakdown(by).question if by else ""
    known = {question.id: question.kind for question in responses.questionnaire.questions}
    return [name for name in asked if name != source and known[name] in kinds]


def _weighted(counted: pd.DataFrame, weighted: pd.DataFrame, rules: PublicationRules) -> pd.DataFrame:
    """Put weighted figures in the place of counted ones, of which the rules say what is hidden."""
    both = pd.concat([counted, weighted], ignore_index=True).drop_duplicates([*KEY], keep="last")
    place = pd.MultiIndex.from_frame(both[[*KEY]]).get_indexer(pd.MultiIndex.from_frame(counted[[*KEY]]))
    return publish_weighted(both.iloc[place].reset_index(drop=True), counted, rules)


def _identify(year: Year, key: str) -> tuple[npt.NDArray[np.str_] | None, npt.NDArray[np.str_] | None]:
    """Return which organisation each respondent is, and those in the frame; None where that is not known of all."""
    eligible = year.population.eligible.organisations
    if key not in eligible:
        return None, None
    organisations = eligible[key].to_numpy(dtype=str)
    if (organisations == "").any():
        return None, None
    if year.intake.outcomes is None:
        return None, organisations
    # Outcomes count rows of the whole frame, those that are not eligible included.
    names = np.append(year.population.organisations[key].to_numpy(dtype=str), "")
    places = year.intake.outcomes.respondents
    units = names[np.where(places < 0, len(names) - 1, places)]
    return np.where(np.isin(units, organisations), units, ""), organisations


def _frame_strata(year: Year, design: Design) -> npt.NDArray[np.intp] | None:
    """Return the stratum of each organisation in the frame; strata can be several groups of the breakdown together."""
    if design.stratum is None:
        return None
    names = year.meting.config.design.strata.split("*")
    place, groups = frame_places(year.population.eligible, names)
    domains = make_domains(year.intake.responses, names[0] if len(names) == 1 else (names[0], names[1]))
    stratum = np.zeros(groups, dtype=np.intp)
    stratum[domains.place.astype(np.intp) - 1] = design.stratum
    return stratum[place]


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
        for name in (INVITATION, ORGANISATION)
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
    """Hide also what does not follow from the figures that the year itself shows.

    A group that was merged would tell of its parts that were hidden. One that is not made of groups of the year, but of
    a part of one, would tell of the other part: that it was never shown may be because it is small.
    """
    names = ["question", "by", "group"]
    keys, which = distinct(published, names)
    gone = set(distinct(year.hidden, names)[0])
    made: dict[tuple[str, str], list[str] | None] = {("", ""): []}
    taken = np.zeros(len(keys), dtype=np.bool_)
    for number, (question, by, group) in enumerate(keys):
        if (by, group) not in made:
            made[by, group] = _parts(year, common, by, group) if by and group else []
        parts = made[by, group]
        asked, own = (own_name(year, common, name) if name else "" for name in (question, by))
        told = parts is not None and not any((asked, own, part) in gone for part in parts)
        taken[number] = bool(question) and not told
    rows = taken[which] & (published["status"].to_numpy() != "Q")
    if not rows.any():
        return published
    result = published.copy()
    result.loc[rows, [*VALUES]] = np.nan
    result.loc[rows, [*COUNTS]] = pd.NA
    result.loc[rows, ["method", "status", "reason"]] = ["", "Q", "complementary"]
    return result


def _parts(year: Year, common: Common, by: str, group: str) -> list[str] | None:
    """Return which groups of a year a group of the comparison is made of; None where it is made of parts of them."""
    breakdown = common.questionnaire.breakdown(by)
    codes, of = common.codes(breakdown.question, year.id), breakdown.group(group).of
    answers = {own for own, target in codes.items() if target in of}
    groups = year.meting.questionnaire.breakdown(own_name(year, common, by)).groups
    parts = [part for part in groups if answers & set(part.of)]
    return [part.code for part in parts] if all(answers >= set(part.of) for part in parts) else None
