"""Respondents against the frame, counted: in all and per group. What may be published of it is not for this room."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from srsmeting.intake.account.rows import frame_of
from srsmeting.population import Population
from srsmeting.responses import Responses

#: Columns of the response, with their dtypes.
RESPONSE: Final = {"by": "str", "group": "str", "label": "str", "respondents": "Int64", "frame": "Int64"}


def response_frame(responses: Responses, population: Population, by: str = "") -> pd.DataFrame:
    """Count respondents by the group that they name, and the organisations that the frame has in it.

    Parameters
    ----------
    responses
        Those that count.
    population
        The frame.
    by
        A breakdown; empty for all together only, as is one that the frame does not know.

    Returns
    -------
    DataFrame
        First all together (``by`` and ``group`` empty), then every declared group, then those of whom the group is not
        known, when there are any: ``by``, ``group`` (empty when not known), ``label`` (Dutch), ``respondents`` and
        ``frame`` (Int64).

    Raises
    ------
    UnknownNameError
        For a breakdown that does not exist.
    """
    rows = [("", "", "Alle organisaties", responses.n, population.size)]
    if by and responses.questionnaire.breakdown(by).question in population.variables:
        codes, breakdown = responses.breakdown(by)
        named = np.bincount(codes[codes >= 0], minlength=len(breakdown.groups)).tolist()
        listed = population.count(by)
        rows += [
            (by, group.code, group.label, count, listed[group.code])
            for group, count in zip(breakdown.groups, named, strict=True)
        ]
        unknown = responses.n - sum(named), population.size - sum(listed.values())
        if any(unknown):
            rows.append((by, "", "Niet bekend", *unknown))
    return frame_of(rows, RESPONSE)
