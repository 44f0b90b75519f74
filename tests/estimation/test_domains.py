"""Counting by group, also in tables with more cells than fit in 16 bits."""

from __future__ import annotations

import numpy as np
import pytest

from srsmeting.estimation.domains import Domains


def some(size: int) -> Domains:
    # Respondent 1 is in no group, the others are in the first, last and last group.
    groups = tuple(f"g{number}" for number in range(size))
    return Domains("by", groups, np.array([0, 1, size, size], dtype=np.int16))


def test_count_leaves_out_who_is_in_no_group() -> None:
    np.testing.assert_array_equal(some(3).count(np.array([True, True, True, False])), [1, 0, 1])
    np.testing.assert_array_equal(some(3).total(np.array([8.0, 1.0, 2.0, 4.0])), [1, 0, 6])


@pytest.mark.parametrize("size", [3, 300])
def test_cross(size: int) -> None:
    counts = some(size).cross(np.array([0, size - 1, 1, -1], dtype=np.int16), size)
    expected = np.zeros((size, size))
    expected[0, size - 1] = 1
    expected[size - 1, 1] = 1
    np.testing.assert_array_equal(counts, expected)
