"""Changes of weighted estimates where nobody answered twice: what margins explain does not go together."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from srsmeting.estimation import Design, Margin, poststratify
from srsmeting.estimation.change import Wave, estimate_changes, link_waves

#: Per group of 30 and 70 organisations how many respondents gave the answer, and how many did not.
EARLIER, LATER = ((4, 2), (3, 11)), ((5, 3), (4, 8))


def _wave(make_answers: Callable[..., Any], meting: str, counts: tuple[tuple[int, int], ...], first: int) -> Wave:
    answers = [code for yes, no in counts for code in ["goed"] * yes + ["matig"] * no]
    n = len(answers)
    group = np.repeat([0, 1], [sum(pair) for pair in counts])
    weights = poststratify(Margin("regio", ("a", "b"), group, np.array([30.0, 70.0])))
    units = [str(unit) for unit in range(first, first + n)]
    design = Design.simple_random(n, 100).calibrated(weights)
    return Wave(make_answers(answers), design, units, [str(unit) for unit in range(100)], meting=meting)


def _variance(counts: tuple[tuple[int, int], ...]) -> float:
    """Return the variance of the weighted share, of the residuals: `(1 - f) n / (n - 1) sum (w (y - mean of group) / N)^2`."""
    n, squares = sum(map(sum, counts)), 0.0
    for (yes, no), size in zip(counts, (30, 70), strict=True):
        respondents, share = yes + no, yes / (yes + no)
        squares += (size / respondents / 100) ** 2 * (yes * (1 - share) ** 2 + no * share**2)
    return (1 - n / 100) * n / (n - 1) * squares


@pytest.mark.parametrize("correlation", [0.0, 0.5, 1.0])
def test_nobody_answered_twice(make_answers: Callable[..., Any], correlation: float) -> None:
    """20 of 100 each time; by chance 4 would have answered twice. The spread of a mean is `S / sqrt(n)`, less a fifth."""
    waves = _wave(make_answers, "m-1", EARLIER, 0), _wave(make_answers, "m-2", LATER, 20)
    overlap = link_waves(*waves, correlation=correlation)
    frame = estimate_changes(*waves, "oordeel", overlap=overlap)
    row = frame[(frame["measure"] == "change") & (frame["category"] == "goed")].iloc[0]
    v1, v2 = _variance(EARLIER), _variance(LATER)
    # C = (0 - 4) r S1 S2 / (n1 n2), with V = (1 - f) S^2 / n.
    covariance = -4 * correlation * np.sqrt(v1 * v2) / (0.8 * 20)

    assert overlap.expected == pytest.approx([4.0], abs=1e-12)
    assert row["estimate"] == pytest.approx(0.3 * (5 / 8 - 4 / 6) + 0.7 * (4 / 12 - 3 / 14), abs=1e-12)
    assert row["se"] == pytest.approx(float(np.sqrt(v1 + v2 - 2 * covariance)), rel=1e-9)
    assert row["reason"] == "few_in_both"
