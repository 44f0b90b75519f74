"""A change in parts, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from srsmeting.estimation.change import decompose


def test_by_hand() -> None:
    """Three groups of which the parts go from .5 .3 .2 to .4 .4 .2 and the shares from .2 .5 .9 to .3 .5 .8."""
    found = decompose([0.5, 0.3, 0.2], [0.2, 0.5, 0.9], [0.4, 0.4, 0.2], [0.3, 0.5, 0.8])

    assert found.change == pytest.approx((0.12 + 0.2 + 0.16) - (0.1 + 0.15 + 0.18), abs=1e-10)
    assert found.rate == pytest.approx(0.5 * 0.1 - 0.2 * 0.1, abs=1e-10)
    assert found.composition == pytest.approx(-0.1 * 0.2 + 0.1 * 0.5, abs=1e-10)
    assert found.interaction == pytest.approx(-0.1 * 0.1, abs=1e-10)
    assert found.rate_effect == pytest.approx(0.45 * 0.1 - 0.2 * 0.1, abs=1e-10)
    assert found.composition_effect == pytest.approx(-0.1 * 0.25 + 0.1 * 0.5, abs=1e-10)


def test_the_other_way_round_is_the_other_sign() -> None:
    """Kitagawa's parts do not depend on which measurement comes first; the three parts do."""
    rng = np.random.default_rng(1)
    c1, c2, p1, p2 = rng.dirichlet(np.ones(4)), rng.dirichlet(np.ones(4)), rng.random(4), rng.random(4)
    there, back = decompose(c1, p1, c2, p2), decompose(c2, p2, c1, p1)

    assert there.rate_effect == pytest.approx(-back.rate_effect, abs=1e-12)
    assert there.composition_effect == pytest.approx(-back.composition_effect, abs=1e-12)


def test_a_group_that_comes_or_goes_is_composition() -> None:
    """A third of the later respondents is new, with a share of 1; nothing else changed."""
    found = decompose([1.0, 0.0], [0.4, np.nan], [2 / 3, 1 / 3], [0.4, 1.0])

    assert (found.rate_effect, found.composition_effect) == pytest.approx((0.0, 0.2), abs=1e-12)


def test_columns_of_which_the_groups_differ_in_size() -> None:
    """The first column by hand above; in the second nothing changed but the sizes, of levels 0 and 1."""
    earlier = [[0.5, 0.6], [0.3, 0.4], [0.2, 0.0]]
    later = [[0.4, 0.3], [0.4, 0.7], [0.2, 0.0]]

    found = decompose(earlier, [[0.2, 0.0], [0.5, 1.0], [0.9, 0.5]], later, [[0.3, 0.0], [0.5, 1.0], [0.8, 0.5]])

    assert found.rate_effect == pytest.approx([0.45 * 0.1 - 0.2 * 0.1, 0.0], abs=1e-12)
    assert found.composition_effect == pytest.approx([-0.1 * 0.25 + 0.1 * 0.5, 0.3], abs=1e-12)
