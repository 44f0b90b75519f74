"""How often the interval of the R-indicator holds the truth: every outcome of two groups, weighed by its probability."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from srsmeting.estimation.nonresponse import Propensities, r_indicator

#: Outcomes that lie further from what is expected add nothing that shows.
_DEVIATIONS = 4.5


def _outcome(sizes: tuple[int, ...], counts: tuple[int, ...]) -> Propensities:
    # Two groups and no more: the propensity of a group is its response.
    size = np.array(sizes, dtype=np.float64)
    rho = np.array(counts) / size
    model = np.array([[1.0, 0.0], [1.0, 1.0]])
    information = (model * (size * rho * (1 - rho))[:, None]).T @ model
    return Propensities(rho, size, np.repeat([0, 1], sizes), model, np.linalg.inv(information), separated=False)


def _weighed(sizes: tuple[int, ...], chances: tuple[float, ...]) -> tuple[float, float, float]:
    """Return coverage, and the bias with and without the adjustment."""
    ranges, share = [], []
    for size, chance in zip(sizes, chances, strict=True):
        reach = _DEVIATIONS * np.sqrt(size * chance * (1 - chance))
        counts = np.arange(max(1, int(size * chance - reach)), min(size - 1, int(size * chance + reach) + 1) + 1)
        ranges.append(counts)
        share.append(binom.pmf(counts, size, chance))
    everyone = np.repeat(chances, sizes)
    truth = 1 - 2 * everyone.std(ddof=1)
    rows = []
    for (first, p), (second, q) in product(*(zip(*pair, strict=True) for pair in zip(ranges, share, strict=True))):
        found = r_indicator(_outcome(sizes, (int(first), int(second))))
        holds = found.low - 1e-9 <= truth <= found.high + 1e-9
        rows.append((p * q, holds, found.estimate - truth, found.unadjusted - truth))
    weights, *values = np.array(rows, dtype=np.float64).T
    coverage, bias, unadjusted = (float(weights @ value / weights.sum()) for value in values)
    return coverage, bias, unadjusted


@pytest.mark.parametrize(
    ("sizes", "chances", "least"),
    [
        ((50, 50), (0.3, 0.3), 0.97),
        ((50, 50), (0.2, 0.4), 0.92),
        ((50, 50), (0.3, 0.35), 0.9),
        ((20, 80), (0.2, 0.5), 0.85),
    ],
)
def test_the_interval_holds_the_truth(sizes: tuple[int, ...], chances: tuple[float, ...], least: float) -> None:
    coverage, _, _ = _weighed(sizes, chances)
    assert least < coverage < 0.99


def test_where_chances_are_equal_the_adjustment_takes_most_of_the_bias_away() -> None:
    _, bias, unadjusted = _weighed((50, 50), (0.3, 0.3))
    assert unadjusted < -0.07
    assert -0.02 < bias < 0
