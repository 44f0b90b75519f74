"""A year in the codes that it has in common with another, with what it hides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.crosswalk import Common, harmonise
from srsmeting.crosswalk.harmonising import recode
from srsmeting.estimation import Design
from srsmeting.estimation.change import Wave
from srsmeting.estimation.comparisons.shown import Shown, read_hidden
from srsmeting.estimation.counted_tables import count_tables
from srsmeting.estimation.domains import make_domains
from srsmeting.estimation.publication import hide_tables
from srsmeting.estimation.published_tables import Tables
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
    names = {question.id: own_name(year, common, question.id) for question in common.questionnaire.questions}
    simple = Design.simple_random(responses.n, year.population.eligible.size)
    parts = [
        ([name for name, own in names.items() if own in asked], design)
        for asked, design in year.designs or [({*names.values()}, simple)]
    ]
    shown = _shown(year, common, shared, responses)
    units, organisations = year.identify(key)
    return [
        (
            asked,
            Wave(
                responses,
                design,
                units,
                organisations,
                None if organisations is None else _frame_strata(year, design),
                published=shown,
                meting=year.id,
            ),
        )
        for asked, design in parts
        if asked
    ]


def askable(responses: Responses, asked: Sequence[str], by: str | None, kinds: Sequence[str]) -> list[str]:
    """Return which of these questions are of one of these kinds, and not what is broken down by."""
    source = responses.questionnaire.breakdown(by).question if by else ""
    known = {question.id: question.kind for question in responses.questionnaire.questions}
    return [name for name in asked if name != source and known[name] in kinds]


def _shown(year: Year, common: Common, shared: Sequence[str], responses: Responses) -> dict[str, Shown]:
    """Return what a year shows of each breakdown: who is hidden is decided by counts, whatever the weights."""
    publication = year.meting.config.publication
    known = {name: rule for name, rule in publication.groups.items() if name in common.questionnaire.breakdowns}
    rules = publication.model_copy(update={"groups": known}).rules(common.questionnaire, shared)
    tables = count_tables(responses, in_common(year.population.eligible, common), shared, known)
    hide_tables(tables, rules)
    _hide_own(tables, year, common)
    return read_hidden(tables, rules.normal_base)


def _hide_own(tables: Tables, year: Year, common: Common) -> None:
    """Hide also what does not follow from the figures that the year itself shows.

    A group that was merged would tell of its parts that were hidden. One that is not made of groups of the year, but of
    a part of one, would tell of the other part: that it was never shown may be because it is small.
    """
    made: dict[tuple[str, str], set[tuple[str, str]] | None] = {("", ""): {("", "")}}
    for (_, question, _), table in tables.tables.items():
        asked = own_name(year, common, question)
        gone = {(by, group) for name, by, group in year.hidden if name == asked}
        for by, groups in (("", {"": table.total}), *table.by.items()):
            for group, cell in groups.items():
                if (by, group) not in made:
                    made[by, group] = _parts(year, common, by, group)
                parts = made[by, group]
                if not cell.reason and (parts is None or parts & gone):
                    cell.reason = "complementary"


def _parts(year: Year, common: Common, by: str, group: str) -> set[tuple[str, str]] | None:
    """Return which groups of a year a group of the comparison is made of; None where it is made of parts of them."""
    breakdown = common.questionnaire.breakdown(by)
    codes, of = common.codes(breakdown.question, year.id), breakdown.group(group).of
    answers = {own for own, target in codes.items() if target in of}
    own = own_name(year, common, by)
    parts = [part for part in year.meting.questionnaire.breakdown(own).groups if answers & set(part.of)]
    return {(own, part.code) for part in parts} if all(answers >= set(part.of) for part in parts) else None


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


def in_common(population: Population, common: Common) -> Population:
    """Return a frame in the codes of the comparison; an answer that cannot be compared is not known."""
    meting, organisations = population.questionnaire.meting, population.organisations
    columns: dict[str, Any] = {
        name: organisations[name] for name in (INVITATION, ORGANISATION) if name in organisations
    }
    is_earlier, known = common.is_earlier(meting), set(population.variables)
    for question in common.questionnaire.questions:
        match = common.crosswalk.question(question.id)
        name = match.orig_id if is_earlier and match else question.id
        if name in known:
            own, codes = population.questionnaire.question(name), common.codes(question.id, meting)
            columns[question.id] = recode(organisations[name], own, question, codes)
    return replace(population, organisations=pd.DataFrame(columns), questionnaire=common.questionnaire)
