"""P-values of many comparisons, against R's p.adjust."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.estimation.comparisons import adjust_p

#: What the reference was given.
P = [0.01, 0.04, 0.03, 0.005, 0.2]


@pytest.mark.parametrize("correction", ["holm", "bh"])
def test_equal_to_r(correction: str, reference: dict[str, Any]) -> None:
    np.testing.assert_allclose(adjust_p(P, correction), reference["base"][correction], rtol=1e-12)


@pytest.mark.parametrize("correction", ["holm", "bh"])
def test_columns_are_families_and_missing_values_do_not_count(correction: str) -> None:
    table = np.array([[0.01, np.nan], [np.nan, 0.04], [0.03, 0.04], [0.02, np.nan]])
    columns = [adjust_p(column[np.isfinite(column)], correction) for column in table.T]
    found = adjust_p(table, correction)
    assert np.array_equal(np.isnan(found), np.isnan(table))
    for place, column in enumerate(columns):
        np.testing.assert_allclose(found[np.isfinite(table[:, place]), place], column)


def test_never_above_one_and_none_at_all() -> None:
    assert adjust_p([0.9, 0.8]).tolist() == [1.0, 1.0]
    assert adjust_p([]).tolist() == []
    assert adjust_p([0.3, 0.2], "none").tolist() == [0.3, 0.2]


def test_an_unknown_correction() -> None:
    with pytest.raises(UnknownNameError) as caught:
        adjust_p([0.1], "bonferroni")
    assert str(caught.value) == "adjust_p(): no correction 'bonferroni'. Known: 'holm', 'bh', 'none'."
