"""Cells of respondents, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from srsmeting.estimation import Design
from srsmeting.estimation.change.cells import Respondents
from srsmeting.estimation.domains import Domains

#: Six respondents: three in the first group, two in the second and one in none.
DOMAINS = Domains("regio", ("noord", "zuid"), np.array([1, 1, 1, 2, 2, 0], dtype=np.int16))
ANSWERS = (np.array([0, 0, 1, -1, 1, 0], dtype=np.int16), 2)
NUMBERS = (np.array([40, 7, 7, 7, -1, 3]), 41)


@pytest.mark.parametrize("together", [1, 1 << 15])
def test_cells(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two tables; the third and the last respondent answered both times."""
    monkeypatch.setattr("srsmeting.estimation.change.cells._TOGETHER", together)
    weights = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    respondents = Respondents(DOMAINS, Design.simple_random(6, 20, weights), np.array([2, 5]))

    found = respondents.count([ANSWERS, NUMBERS])

    cells = list(zip(found.table, found.group, found.code, found.number, found.weight, found.square, strict=True))
    assert cells == [
        (0, 0, 0, 1, 6.0, 36.0),
        (0, 1, 0, 2, 3.0, 5.0),
        (0, 1, 1, 1, 3.0, 9.0),
        (0, 2, -1, 1, 4.0, 16.0),
        (0, 2, 1, 1, 5.0, 25.0),
        (1, 0, 3, 1, 6.0, 36.0),
        (1, 1, 7, 2, 5.0, 13.0),
        (1, 1, 40, 1, 1.0, 1.0),
        (1, 2, -1, 1, 5.0, 25.0),
        (1, 2, 7, 1, 4.0, 16.0),
    ]
    assert np.vstack(found.both).tolist() == [[2, 0], [1, 0]]


def test_strata_are_apart() -> None:
    design = Design.stratified([0, 1, 1, 0, 1, 1], [20, 40])

    found = Respondents(DOMAINS, design, np.array([], dtype=np.intp)).count([ANSWERS])

    cells = list(zip(found.stratum, found.group, found.code, found.number, strict=True))
    assert cells == [(0, 1, 0, 1), (0, 2, -1, 1), (1, 0, 0, 1), (1, 1, 0, 1), (1, 1, 1, 1), (1, 2, 1, 1)]
