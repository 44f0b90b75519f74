"""The tables of a measurement straight from its answers: what the rules of publication go by, and no estimate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from srsmeting.estimation.counting import count_answers
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import Domains, make_domains
from srsmeting.estimation.published_tables import Cell, Table, Tables
from srsmeting.estimation.rates import count_response
from srsmeting.estimation.shares import KINDS
from srsmeting.estimation.values import NUMERIC, values_of
from srsmeting.population import Population
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses


def count_tables(
    responses: Responses, population: Population, breakdowns: Sequence[str], response_by: Iterable[str]
) -> Tables:
    """Count what :func:`.read_tables` reads from estimates of all shares and means, in total and by breakdowns.

    Parameters
    ----------
    responses
        Coded answers.
    population
        The frame.
    breakdowns
        What to break down by.
    response_by
        Breakdowns of which the response is needed.

    Raises
    ------
    UnknownNameError
        For a breakdown that does not exist.
    PopulationError
        When the frame does not hold what the response is needed of, or respondents name a group that it does not have.
    """
    meting, found = responses.questionnaire.meting, Tables()
    several = [make_domains(responses, by) for by in (None, *breakdowns)]
    crossing = Crossing(_beside(several), Design.simple_random(responses.n, population.size))
    # In the order of estimates: the means of numbers after all shares.
    for question in sorted(responses.questionnaire.questions, key=lambda question: question.kind not in KINDS):
        for item, cells in _cells(responses, question, crossing):
            table = found.tables[meting, question.id, item] = Table((meting, question.id, item), cells[0])
            start = 1
            for domains in several[1:]:
                own = cells[start : start + len(domains.groups)]
                start += len(own)
                if question.id not in domains.source:
                    table.by[domains.by] = dict(zip(domains.groups, own, strict=True))
    for by in response_by:
        for group, named, size in zip(*count_response(responses, population, by), strict=True):
            found.rates[meting, by, group] = (float(named), named / size if size else np.nan)
    found.fill()
    return found


def _beside(several: Sequence[Domains]) -> Domains:
    """Put domains beside each other, to go through the answers once for all of them."""
    starts = [0, *accumulate(len(domains.groups) for domains in several)]
    places = [np.where(each.place > 0, each.place + start, 0) for each, start in zip(several, starts, strict=False)]
    groups = tuple(group for domains in several for group in domains.groups)
    return Domains("", groups, np.stack(places))


def _cells(responses: Responses, question: Question, crossing: Crossing) -> Iterator[tuple[str, list[Cell]]]:
    """Yield per table of a question its statement, and a cell for each group."""
    means: list[int] | None = None
    if question.kind in NUMERIC:
        means = crossing.domains.count(np.isfinite(values_of(responses, question))).tolist()
    if question.kind not in KINDS:
        yield "", [Cell(base) for base in means or ()]
        return
    for table in count_answers(responses, question, crossing):
        bases = table.base.tolist()
        counts = [dict(zip(table.categories, row, strict=True)) for row in table.counts.tolist()]
        yield table.item, [Cell(*each) for each in zip(map(min, bases, means or bases), bases, counts, strict=True)]
