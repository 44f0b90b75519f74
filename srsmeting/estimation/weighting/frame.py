"""From a sampling frame to a margin: what it has in each group, and which group each respondent is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Final

import numpy as np

from srsmeting.errors import DesignError, Fault, PopulationError, suggest, unknown_name
from srsmeting.estimation.domains import make_domains
from srsmeting.estimation.numeric import Numbers, Positions
from srsmeting.estimation.weighting.margin import Margin
from srsmeting.population import Population
from srsmeting.questionnaire import Breakdown
from srsmeting.responses import Responses

#: What a frame can be counted in.
UNITS: Final = ("organisations", "employees")


def frame_margin(responses: Responses, population: Population, by: str, unit: str = "organisations") -> Margin:
    """Return the margin of a breakdown, or of two of them crossed.

    Parameters
    ----------
    responses
        Coded answers: the group of each respondent is the one that it named.
    population
        The frame, which knows the question behind the breakdown of every organisation.
    by
        A breakdown: a single-choice question, or a grouping, which merges categories. Two of them crossed are
        ``"wgo*grootteklasse"``.
    unit
        What is counted: ``organisations``, or ``employees`` where the frame has that column. Weights then make every
        respondent stand for employees, and shares are shares of the employees at these organisations.

    Raises
    ------
    UnknownNameError
        For a breakdown or a unit that does not exist.
    PopulationError
        When the frame does not have the variable, or does not know it of every organisation.
    DesignError
        When more than two breakdowns are crossed, or one with itself.
    """
    if unit not in UNITS:
        raise unknown_name("frame_margin()", "unit", unit, UNITS)
    names = by.split("*")
    if len(names) > 2 or len(set(names)) < len(names):
        raise DesignError(f"margin {by!r}: crosses {len(names)} breakdowns. Cross two different ones, or rake to each.")
    margin = _count(responses, population, names, unit)
    return replace(margin, merged=_merged(responses, population, names, unit)) if margin.empty.any() else margin


def _count(responses: Responses, population: Population, names: Sequence[str], unit: str) -> Margin:
    domains = make_domains(responses, names[0] if len(names) == 1 else (names[0], names[1]))
    place, _ = frame_places(population, names)
    sizes = np.bincount(place, _sizes(population, unit), minlength=len(domains.groups)).astype(np.float64)
    return Margin("*".join(names), domains.groups, domains.place.astype(np.intp) - 1, sizes)


def frame_places(population: Population, names: Sequence[str]) -> tuple[Positions, int]:
    """Return the group of each organisation by breakdowns crossed, counted from 0, and how many groups there are."""
    place, groups = np.zeros(population.size, dtype=np.intp), 1
    for name in names:
        breakdown = population.questionnaire.breakdown(name)
        place = place * len(breakdown.groups) + _groups_of(population, breakdown)
        groups *= len(breakdown.groups)
    return place, groups


def _groups_of(population: Population, breakdown: Breakdown) -> Positions:
    """Return the group of each organisation."""
    question = breakdown.question
    if question not in population.variables:
        message = f"no column {question!r}, and it is needed of every organisation."
        raise PopulationError(f"{population.name}: {message} {suggest(question, population.variables)}")
    column = population.organisations[question]
    group_of = {code: number for number, group in enumerate(breakdown.groups) for code in group.of}
    positions = np.array([*(group_of[code] for code in column.cat.categories), -1], dtype=np.intp)
    place: Positions = positions[column.cat.codes.to_numpy()]
    _check_known(population, question, place < 0, "Fill it in; a category for the unknown will do.")
    return place


def _sizes(population: Population, unit: str) -> Numbers | None:
    """Return how much each organisation counts; None where all count once."""
    if unit == "organisations":
        return None
    employees = population.employees
    _check_known(population, "employees", np.isnan(employees), "Fill it in, or weight to organisations.")
    return employees


def _check_known(population: Population, column: str, unknown: np.ndarray, repair: str) -> None:
    if not unknown.any():
        return
    number, first = int(unknown.sum()), int(np.flatnonzero(unknown)[0])
    have = "1 organisation has" if number == 1 else f"{number} organisations have"
    message = f"{have} no {column!r}, and it is needed of every organisation. {repair}"
    # Line 1 of the frame is its header. Where organisations were left out, lines can no longer be told.
    line = None if "disposition" in population.organisations.columns else first + 2
    raise PopulationError(faults=[Fault(population.name, message, line, column, "", "unknown_group")])


def _merged(responses: Responses, population: Population, names: Sequence[str], unit: str) -> tuple[str, ...]:
    """Return what to weight to instead: the same with groupings of the questionnaire, if nobody is missing there."""
    questionnaire = population.questionnaire
    choices = []
    for name in names:
        question = questionnaire.breakdown(name).question
        choices.append([name, *(g.id for g in questionnaire.groupings if g.question == question and g.id != name)])
    others = [chosen for chosen in product(*choices) if chosen != tuple(names) and len(set(chosen)) == len(chosen)]
    margins = [_count(responses, population, chosen, unit) for chosen in others]
    return tuple(margin.name for margin in margins if not margin.empty.any())
