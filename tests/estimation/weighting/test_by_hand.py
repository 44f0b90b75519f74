"""Weights that can be worked out on paper, and what they are given back with."""

from __future__ import annotations

import numpy as np
import pytest

from srsmeting.estimation import Design, Margin, Weights, fill_pool, pool, poststratify, rake

# One respondent in every cell: x + y = 12, x + z = 10, and the last is x - 2. Only x is free.
NORTH = Margin("wgo", ("noord", "zuid"), [0, 0, 1, 1], [12, 8])  # type: ignore[arg-type]
SMALL = Margin("grootte", ("klein", "groot"), [0, 1, 0, 1], [10, 10])  # type: ignore[arg-type]


def test_raking_keeps_the_odds_of_the_base_weights() -> None:
    # x (x - 2) = (12 - x)(10 - x) gives 6.
    np.testing.assert_allclose(rake([NORTH, SMALL]).final, [6, 6, 4, 4], rtol=1e-14)
    # Odds of 4 in the base weights: 3 x^2 - 86 x + 480 = 0.
    x = (86 - np.sqrt(86**2 - 4 * 3 * 480)) / 6
    np.testing.assert_allclose(rake([NORTH, SMALL], [4, 1, 1, 1]).final, [x, 12 - x, 10 - x, x - 2], rtol=1e-13)


def test_trimming_redistributes_within_the_margins() -> None:
    # That x is 7.59; at most 1.5 times the mean of 5 is 7.5.
    weights = rake([NORTH, SMALL], [4, 1, 1, 1], trim=1.5).final
    np.testing.assert_allclose(weights, [7.5, 4.5, 2.5, 5.5], rtol=1e-13)


def test_bounds_are_ratios_to_the_base_weight() -> None:
    # The first has 4 / 7 of 20 before; 0.7 times that is 8, more than the 7.59 without bounds.
    weighting = rake([NORTH, SMALL], [4, 1, 1, 1], bounds=(0.7, 3))
    np.testing.assert_allclose(weighting.final, [8, 4, 2, 6], rtol=1e-13)
    np.testing.assert_allclose(weighting.base, np.array([80, 20, 20, 20]) / 7, rtol=1e-15)


def test_limits_that_are_wide_change_nothing() -> None:
    free = rake([NORTH, SMALL], [4, 1, 1, 1]).final
    limited = rake([NORTH, SMALL], [4, 1, 1, 1], bounds=(0.01, 100), trim=50).final
    np.testing.assert_allclose(limited, free, rtol=1e-13)


def test_an_exact_fit_under_bounds_is_found() -> None:
    # The only weights that meet both margins at their limits: factor 1.2 in the north, 0.8 in the south.
    weights = rake([NORTH, SMALL], bounds=(0.8, 1.2)).final
    np.testing.assert_allclose(weights, [6, 6, 4, 4], rtol=1e-12)


def test_who_has_no_answer_keeps_its_part() -> None:
    # One of five without a region: 4 of 20 stay its own; the rest, 16, is shared as 12 to 8.
    margin = Margin("wgo", ("noord", "zuid"), [0, 0, 1, 1, -1], [12, 8])  # type: ignore[arg-type]
    weighting = poststratify(margin, unknown="own_group")
    np.testing.assert_allclose(weighting.final, [4.8, 4.8, 3.2, 3.2, 4.0], rtol=1e-15)
    table = weighting.table()
    assert table["group"].tolist() == ["noord", "zuid", "(no answer)"]
    assert table["respondents"].tolist() == [2, 2, 1]
    assert table["unweighted"].tolist() == [0.4, 0.4, 0.2]
    np.testing.assert_allclose(table["weighted"], [0.48, 0.32, 0.2], rtol=1e-14)
    assert weighting.summary() == (
        "weighted to wgo: effective n 4.8 of 5 (Kish design effect 1.03), weights 0.80 to 1.20 times their mean; "
        "1 without an answer to a margin"
    )
    # Two margins, each with a gap of its own.
    both = rake([margin, Margin("g", ("k", "l"), [0, -1, 0, 1, 1], [9, 11])], unknown="own_group")  # type: ignore[arg-type]
    np.testing.assert_allclose(np.bincount([0, 0, 1, 1, 2], both.final), [9.6, 6.4, 4], rtol=1e-13)
    np.testing.assert_allclose(np.bincount([0, 2, 0, 1, 1], both.final), [7.2, 8.8, 4], rtol=1e-13)


def test_employees_are_spread_more_unevenly_than_any_organisations() -> None:
    # One hospital with 9 million in the north; 3 small ones with 300, 300 and 400 besides. x + y = 9000300, x + z =
    # 9000400 and x v = y z: v = 300 x 400 / 9 million.
    one = Margin("wgo", ("noord", "zuid"), [0, 0, 1, 1], [9_000_300, 400 + 120_000 / 9e6])  # type: ignore[arg-type]
    other = Margin("branche", ("zh", "vvt"), [0, 1, 0, 1], [9_000_400, 300 + 120_000 / 9e6])  # type: ignore[arg-type]
    np.testing.assert_allclose(rake([one, other]).final, [9e6, 300, 400, 120_000 / 9e6], rtol=1e-9)


def test_the_margins_before_and_after() -> None:
    table = rake([NORTH, SMALL]).table()
    assert table.columns.tolist() == [
        *("margin", "group", "respondents", "population", "frame", "unweighted", "weighted"),
    ]
    assert table["margin"].tolist() == ["wgo", "wgo", "grootte", "grootte"]
    assert table["population"].tolist() == [12, 8, 10, 10]
    assert table["frame"].tolist() == [0.6, 0.4, 0.5, 0.5]
    assert table["unweighted"].tolist() == [0.5, 0.5, 0.5, 0.5]
    np.testing.assert_allclose(table["weighted"], [0.6, 0.4, 0.5, 0.5], rtol=1e-14)


def test_what_weights_cost() -> None:
    # Weights 6, 6, 4, 4: 4 x 104 / 400 = 1.04.
    weighting = rake([NORTH, SMALL])
    assert weighting.deff == pytest.approx(1.04, rel=1e-13)
    assert weighting.n_eff == pytest.approx(4 / 1.04, rel=1e-13)
    assert (weighting.smallest, weighting.largest) == pytest.approx((4, 6), rel=1e-13)
    single = poststratify(Margin("wgo", ("noord",), [0], [12]))  # type: ignore[arg-type]
    assert (single.deff, single.n_eff) == (1, 1)


def test_weights_are_those_of_a_design() -> None:
    weighting = rake([NORTH, SMALL])
    assert isinstance(weighting, Weights)
    design = Design.simple_random(4, 20).calibrated(weighting)
    assert design.weights is not None
    np.testing.assert_allclose(design.weights, [6, 6, 4, 4], rtol=1e-14)
    # Base weights of the design, from which the weighting must have started.
    own = Design.simple_random(4, 20, base_weights=[4, 1, 1, 1])
    assert own.calibrated(rake([NORTH, SMALL], own.weights)).is_weighted


def test_groups_that_nobody_is_in_are_nothing_to_meet() -> None:
    margin = Margin("wgo", ("noord", "leeg", "zuid"), [0, 0, 2, 2], [12, 0, 8])  # type: ignore[arg-type]
    np.testing.assert_allclose(rake([margin, SMALL]).final, [6, 6, 4, 4], rtol=1e-14)
    assert poststratify(margin).final.tolist() == [6, 6, 4, 4]
    assert poststratify(margin).table()["weighted"].tolist() == [0.6, 0, 0.4]


def test_groups_that_are_weighted_as_one() -> None:
    margin = Margin("wgo", ("a", "b", "c"), [0, 0, 1, 2], [6, 3, 1])  # type: ignore[arg-type]
    weighting = poststratify(pool(margin, {"b", "c"}))
    assert weighting.final.tolist() == [3, 3, 2, 2]
    assert weighting.table()["group"].tolist() == ["a", "b+c"]
    assert weighting.summary() == (
        "weighted to wgo: effective n 3.8 of 4 (Kish design effect 1.04), weights 0.80 to 1.20 times their mean; "
        "b and c of wgo as one group"
    )
    frame = weighting.weights("m-1")
    assert frame[["by", "group", "estimate", "method"]].to_numpy().tolist() == [
        ["wgo", "a", 1.2, "weight"],
        ["wgo", "b", 0.8, "pooled"],
        ["wgo", "c", 0.8, "pooled"],
    ]
    assert weighting.weights("m-1", "q", pooled=True)["group"].tolist() == ["b", "c"]
    assert poststratify(margin).weights("m-1", "q", pooled=True).empty


def test_many_groups_that_are_weighted_as_one_are_counted() -> None:
    names = tuple("abcdefgh")
    place = [*range(8), 7]
    margin = Margin("wgo", names, place, [2] * 8)  # type: ignore[arg-type]
    assert poststratify(pool(margin, names[:7])).summary().endswith("; 7 small groups of wgo as one group")


def test_who_is_in_no_group_stays_in_none() -> None:
    margin = pool(Margin("wgo", ("a", "b", "c"), [-1, 2, 1, 0], [1, 1, 1]), {"a", "c"})  # type: ignore[arg-type]
    assert margin.place.tolist() == [-1, 0, 1, 0]
    assert margin.groups == ("a+c", "b")
    # One group is as it was.
    assert pool(margin, {"b"}) is margin


@pytest.mark.parametrize(
    ("groups", "bases", "filled"),
    [
        # Alone it would be what the shown ones leave over.
        ({"a"}, {"a": 12, "b": 40, "c": 15}, {"a", "c"}),
        # Two that are still few.
        ({"a", "b"}, {"a": 4, "b": 5, "c": 11, "d": 30}, {"a", "b", "c"}),
        # Nobody in it: one beside it will do.
        ({"a"}, {"a": 0, "b": 40, "c": 15}, {"a", "c"}),
        # As far as there are any.
        ({"a"}, {"a": 3, "b": 0}, {"a"}),
        (set(), {"a": 40}, set()),
    ],
)
def test_enough_beside_what_is_hidden(groups: set[str], bases: dict[str, float], filled: set[str]) -> None:
    assert fill_pool(groups, bases, 10) == filled
