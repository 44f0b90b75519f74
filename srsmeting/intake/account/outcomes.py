"""What came in from each organisation of the frame: a response that counts, an unfinished one, or one set aside."""

from __future__ import annotations

from typing import Final

import numpy as np

from srsmeting.dispositions import DISPOSITIONS, NOTHING, Outcomes
from srsmeting.intake.checks.matching import Identity, identify
from srsmeting.intake.checks.organisations import NOWHERE, Matches
from srsmeting.intake.raw import BY_HAND, INCOMPLETE, RawExport
from srsmeting.population import Population
from srsmeting.responses import Mask

#: What a row that was set aside tells of its organisation. A trial of the survey or a machine tells nothing, and of
#: doubles another row counts.
_ASIDE: Final = {BY_HAND: "other", INCOMPLETE: "break_off"}


def outcomes(
    raw: RawExport, identity: Identity, partial: Mask, population: Population, matches: Matches | None = None
) -> Outcomes:
    """Return what came in from every organisation in the frame.

    Parameters
    ----------
    raw
        The export, with the rows that do not count set aside.
    identity
        Which organisation each respondent is.
    partial
        Which respondents did not finish.
    population, matches
        The frame, and the names that a person confirmed.

    Returns
    -------
    Outcomes
        Of several responses of one organisation the fullest tells. An unfinished response without a token or a name
        that is in the frame tells of no organisation: it may be a first attempt of one that responded later.
    """
    found = np.full(population.size, NOTHING, dtype=np.int8)
    for reason, disposition in _ASIDE.items():
        rows = (raw.set_aside == reason).to_numpy(dtype=np.bool_)
        if rows.any():
            tokens, names = (
                raw.cells.loc[rows, column].str.strip().reset_index(drop=True) if column else None
                for column in (raw.token_column, raw.organisation_column)
            )
            places = identify(tokens, names, population, matches).places
            found[places[places >= 0]] = DISPOSITIONS.index(disposition)
    # An export without tokens or names tells of nobody which organisation it is.
    respondents = identity.places if len(identity.places) else np.full(len(partial), NOWHERE, dtype=np.intp)
    for mask, disposition in ((partial, "partial"), (~partial, "complete")):
        places = respondents[mask]
        found[places[places >= 0]] = DISPOSITIONS.index(disposition)
    return Outcomes(found, respondents, partial)
