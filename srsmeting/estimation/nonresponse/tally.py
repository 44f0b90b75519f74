"""Every organisation of the frame with its final disposition, and how many there are of each per group."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from srsmeting.dispositions import DISPOSITIONS, NOTHING, Codes, Outcomes
from srsmeting.errors import Fault, PopulationError
from srsmeting.estimation.numeric import Counts, Mask
from srsmeting.population import DISPOSITION, Population
from srsmeting.responses import Responses

_PLACE = {name: place for place, name in enumerate(DISPOSITIONS)}
_ELIGIBLE = "not_eligible"


@dataclass(frozen=True)
class Tally:
    """Organisations by disposition.

    Parameters
    ----------
    responses, population
        Respondents, and the frame.
    outcomes
        Which organisation each respondent is, and what came in from the others.
    final
        Position in ``DISPOSITIONS`` of every organisation in the frame.
    """

    responses: Responses
    population: Population
    outcomes: Outcomes
    final: Codes

    @cached_property
    def linked(self) -> Mask:
        """Which respondents are found in the frame."""
        return np.asarray(self.outcomes.respondents >= 0)

    @cached_property
    def eligible(self) -> Mask:
        """Which organisations are not known to be not eligible."""
        return np.asarray(self.final != _PLACE[_ELIGIBLE])

    @cached_property
    def responded(self) -> Mask:
        """Which organisations gave a response that counts."""
        return np.isin(self.final, [_PLACE["complete"], _PLACE["partial"]])

    def groups(self, variable: str) -> tuple[Counts, Counts]:
        """Return the group of every organisation, and of every respondent that is not found in the frame; -1 unknown.

        The first are what the frame says, also of organisations that responded: the same source on both sides of a
        comparison. The second are what respondents say.
        """
        listed = np.asarray(self.population.organisations[variable].cat.codes, dtype=np.int64)
        return listed, self.responses.codes(variable)[~self.linked].astype(np.int64)

    def counts(self, variable: str = "") -> tuple[Counts, Mask]:
        """Count organisations by group and disposition.

        Parameters
        ----------
        variable
            Background question of the frame; empty for all together.

        Returns
        -------
        tuple
            Counts, shape (groups, dispositions), and of which groups there are more respondents than organisations. A
            respondent that is not found in the frame stands for an organisation of its group that was not heard of.
        """
        if variable:
            listed, others = self.groups(variable)
            size = len(self.responses.questionnaire.question(variable).categories)
        else:
            listed = np.zeros(self.population.size, dtype=np.int64)
            others, size = np.zeros(int((~self.linked).sum()), dtype=np.int64), 1
        found = np.zeros((size, len(DISPOSITIONS)), dtype=np.int64)
        cell = listed * len(DISPOSITIONS) + self.final
        found += np.bincount(cell[listed >= 0], minlength=found.size).reshape(found.shape)
        partial = self.outcomes.partial[~self.linked]
        for name, mask in (("complete", ~partial), ("partial", partial)):
            found[:, _PLACE[name]] += np.bincount(others[mask & (others >= 0)], minlength=size)
        left = found[:, _PLACE["non_contact"]] - np.bincount(others[others >= 0], minlength=size)
        found[:, _PLACE["non_contact"]] = np.maximum(left, 0)
        return found, left < 0


def tally(responses: Responses, population: Population, outcomes: Outcomes | None = None) -> Tally:
    """Give every organisation of a frame its final disposition.

    Parameters
    ----------
    responses, population
        Respondents, and the frame.
    outcomes
        What came in from each organisation; None where respondents are not held against the frame.

    Returns
    -------
    Tally
        A response that counts goes before what the frame says of an organisation, and that before an unfinished
        response. Of what nothing is known, nothing was heard.

    Raises
    ------
    PopulationError
        When the frame calls organisations not eligible that responded.
    """
    came_in = outcomes or Outcomes(
        np.full(population.size, NOTHING, dtype=np.int8),
        np.full(responses.n, -1, dtype=np.intp),
        np.zeros(responses.n, dtype=np.bool_),
    )
    final = np.where(came_in.organisations == NOTHING, _PLACE["non_contact"], came_in.organisations).astype(np.int8)
    if DISPOSITION in population.organisations.columns and DISPOSITION not in population.variables:
        told = population.organisations[DISPOSITION]
        responded = np.isin(final, [_PLACE["complete"], _PLACE["partial"]])
        _check_eligible(population, np.asarray(told == _ELIGIBLE) & responded)
        declared = told.map(lambda name: _PLACE.get(name, NOTHING)).to_numpy(dtype=np.int8)
        final = np.where((declared == NOTHING) | responded, final, declared).astype(np.int8)
    return Tally(responses, population, came_in, final)


def _check_eligible(population: Population, strange: Mask) -> None:
    faults = [
        Fault(
            population.name,
            "the organisation is 'not_eligible' and responded. Empty the cell, or set its response aside in "
            "corrections.yaml.",
            int(row) + 2,
            DISPOSITION,
            _ELIGIBLE,
            "not_eligible_responded",
        )
        for row in np.flatnonzero(strange)
    ]
    if faults:
        raise PopulationError(faults=faults)
