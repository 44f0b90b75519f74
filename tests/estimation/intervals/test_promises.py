"""What every interval promises, whatever the data happen to be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.errors import DesignError, UnknownNameError
from srsmeting.estimates import check_estimates
from srsmeting.estimation import INTERVALS, Design, estimate_shares, share_interval
from srsmeting.estimation.intervals import ShareInterval
from srsmeting.responses import Responses

methods = st.sampled_from(INTERVALS)
counts = st.integers(2, 300).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
more = st.integers(1, 2000)
levels = st.floats(0.5, 0.995)


def interval(method: str, share: float, base: int, size: int, level: float = 0.95) -> tuple[float, float]:
    draws = Design.simple_random(base, size).effective_base(base)
    made = share_interval(method, share, draws, base - 1, base, size, level)
    return float(made.low), float(made.high)


@given(methods, counts, more, levels)
def test_holds_the_share_within_0_and_1_and_has_width(
    method: str, drawn: tuple[int, int], others: int, level: float
) -> None:
    count, base = drawn
    low, high = interval(method, count / base, base, base + others, level)

    assert 0 <= low <= count / base <= high <= 1
    assert low < high


@given(methods, counts, more, levels)
def test_counting_the_others_turns_it_round(method: str, drawn: tuple[int, int], others: int, level: float) -> None:
    count, base = drawn
    low, high = interval(method, count / base, base, base + others, level)
    other_low, other_high = interval(method, (base - count) / base, base, base + others, level)

    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1e-9)


@given(methods, counts, more, levels, st.floats(1e-3, 0.1))
def test_a_higher_level_is_never_narrower(
    method: str, drawn: tuple[int, int], others: int, level: float, step: float
) -> None:
    count, base = drawn
    low, high = interval(method, count / base, base, base + others, level)
    lower, higher = interval(method, count / base, base, base + others, min(level + step, 0.999))

    assert lower <= low + 1e-12
    assert higher >= high - 1e-12


@given(methods, counts, more)
def test_twice_the_respondents_is_never_wider(method: str, drawn: tuple[int, int], others: int) -> None:
    count, base = drawn
    size = 2 * base + others
    low, high = interval(method, count / base, base, size)
    near_low, near_high = interval(method, count / base, 2 * base, size)

    assert near_high - near_low <= high - low + 1e-12


@given(st.sampled_from([method for method in INTERVALS if method != "exact"]), counts, more)
def test_a_larger_population_is_never_narrower(method: str, drawn: tuple[int, int], others: int) -> None:
    count, base = drawn
    low, high = interval(method, count / base, base, base + others)
    far_low, far_high = interval(method, count / base, base, 2 * (base + others))

    assert far_high - far_low >= high - low - 1e-12


@pytest.mark.parametrize("method", INTERVALS)
def test_missing_where_there_is_nothing_to_base_it_on(method: str) -> None:
    # No share, an empty base, one respondent, a population observed whole, no degrees of freedom.
    share, base = [np.nan, 0.5, 1.0, 0.5, 0.5], [10, 0, 1, np.inf, 4]
    made = share_interval(method, share, base, [9, -1, 0, 9, 0], [10, 0, 1, 10, 3], [40, 40, 40, 10, 40])

    assert np.isnan(made.low).all()
    assert np.isnan(made.high).all()
    assert made.method.tolist() == [""] * 5
    assert not made.replaced.any()


@pytest.mark.parametrize("method", ["wilson", "logit", "wald"])
def test_so_precise_that_both_ends_are_one_number_is_no_interval(method: str) -> None:
    made = share_interval(method, 0.3, 1e40, 10, 11)
    assert (np.isnan(made.low), np.isnan(made.high), made.method) == (True, True, "")


def share_of(method: str, share: float) -> ShareInterval:
    return share_interval(method, share, 9, 5, 6, 20)


@pytest.mark.parametrize("method", ["logit", "wald"])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_wilsons_stands_in_where_there_is_no_spread_to_lean_on(method: str, share: float) -> None:
    made, wilson = share_of(method, share), share_of("wilson", share)

    assert (made.low, made.high) == (wilson.low, wilson.high)
    assert (made.method, bool(made.replaced)) == ("wilson", True)
    assert not share_of(method, 0.5).replaced


def test_a_frame_says_where_wilsons_stands_in(five: Responses, quarter: Design) -> None:
    frame = estimate_shares(five, quarter, "stelling", interval="wald").set_index(["item", "category"])
    check_estimates(frame.reset_index()[[*estimate_shares(five, quarter, "stelling").columns]])
    flags = frame[["method", "status", "reason"]]

    assert flags.loc["s1", "eens"].tolist() == ["wald", "A", ""]
    # Nobody of 5, and all of 4.
    assert flags.loc["s1", "weet_niet"].tolist() == ["wilson", "U", "no_spread"]
    assert flags.loc["s2", "niet_eens"].tolist() == ["wilson", "U", "no_spread"]
    plain = estimate_shares(five, quarter, "stelling").set_index(["item", "category"])
    ends = ["ci_low", "ci_high"]
    assert frame.loc[("s1", "weet_niet"), ends].tolist() == plain.loc[("s1", "weet_niet"), ends].tolist()


def test_the_interval_changes_nothing_but_itself(five: Responses, quarter: Design) -> None:
    kept = ["category", "group", "estimate", "se", "numerator", "denominator"]
    plain = estimate_shares(five, quarter, by="regio")

    for method in INTERVALS:
        frame = estimate_shares(five, quarter, by="regio", interval=method)
        check_estimates(frame)
        assert frame[kept].equals(plain[kept])


def test_weighted_intervals_say_so(synth_responses: Responses, designs: dict[str, Design]) -> None:
    frame = estimate_shares(synth_responses, designs["raked"], "q_single", interval="korn_graubard")
    assert set(frame["method"]) == {"korn_graubard_weighted"}


@pytest.mark.parametrize(("name", "what"), [("raked", "weights"), ("synth_strat_fpc", "weights")])
def test_exact_is_for_a_simple_random_sample(
    name: str, what: str, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    with pytest.raises(DesignError) as caught:
        estimate_shares(synth_responses, designs[name], "q_single", interval="exact")
    assert str(caught.value) == (
        f"estimate_shares(): interval 'exact' is for a simple random sample, and this design has {what}. "
        "Take 'korn_graubard', which is as careful."
    )


def test_strata_of_equal_fractions_are_strata_still(five: Responses) -> None:
    design = Design.stratified([0, 0, 0, 0, 1], [20, 5])
    with pytest.raises(DesignError) as caught:
        estimate_shares(five, design, "bekend", interval="exact")
    assert str(caught.value).startswith(
        "estimate_shares(): interval 'exact' is for a simple random sample, and this design has strata."
    )


def test_an_unknown_interval(five: Responses, quarter: Design) -> None:
    with pytest.raises(UnknownNameError) as caught:
        estimate_shares(five, quarter, interval="korngraubard")
    assert str(caught.value) == (
        "estimate_shares(): no interval 'korngraubard'. Did you mean 'korn_graubard'? "
        "Known: 'wilson', 'korn_graubard', 'exact', 'logit', 'wald'."
    )


@pytest.mark.parametrize("method", INTERVALS)
def test_percentages_and_impossible_levels_are_refused(method: str) -> None:
    with pytest.raises(DesignError, match="level"):
        share_interval(method, 0.4, 10, 9, 10, 40, 95)
    if method != "exact":
        with pytest.raises(DesignError, match=r"a share of 40\. Give fractions from 0 to 1, not percentages\.$"):
            share_interval(method, 40.0, 10, 9, 10, 40)


@given(
    methods,
    st.floats(0, 1),
    st.floats(0.01, 1e9),
    st.integers(1, 10**6),
    st.integers(2, 10**6),
    st.sampled_from([0.01, 0.5, 0.95, 0.9999999]),
)
def test_no_number_is_too_strange(method: str, share: float, draws: float, df: int, base: int, level: float) -> None:
    share = round(share * base) / base if method == "exact" else share
    made = share_interval(method, share, draws, df, base, 2 * base, level)

    if not np.isnan(made.low):
        assert 0 <= made.low <= share <= made.high <= 1
        assert made.low < made.high
    else:
        assert np.isnan(made.high)
        assert made.method == ""


def test_a_logit_interval_that_overflows_is_everything() -> None:
    # t(1) is 3,183,099 at this level.
    made = share_interval("logit", 0.5, 4.0, 1, 5, level=0.9999998)
    assert (made.low, made.high) == pytest.approx((0, 1), abs=1e-300)
    assert made.low > 0
