"""Rows about a change: what is said of every case that is out of the ordinary, and what always holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import DesignError, EstimateError, UnknownNameError
from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, estimate_shares
from srsmeting.estimation.change import Wave, estimate_changes, link_waves
from srsmeting.estimation.comparisons import adjust_p

SEVERAL = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def names(first: int, last: int) -> list[str]:
    return [f"o{number}" for number in range(first, last)]


@pytest.fixture
def two(make_answers: Callable[..., Any]) -> Callable[..., tuple[Wave, Wave]]:
    """Make two measurements of a frame of 40: answers to the single question, and where the second begins."""

    def make(first: list[str | None], second: list[str | None], start: int = 0, size: int = 40, **more: Any) -> Any:
        waves = []
        for number, given_, begin in ((1, first, 0), (2, second, start)):
            design = Design.simple_random(len(given_), size)
            units = names(begin, begin + len(given_))
            kept = {"units": units, "frame": names(0, size)} | more
            waves.append(Wave(make_answers(given_), design, meting=f"m-{number}", **kept))
        return waves[0], waves[1]

    return make


def row(frame: pd.DataFrame, measure: str = "change", category: str = "goed") -> pd.Series:
    return pick(frame, "oordeel", category, measure=measure)


def said(frame: pd.DataFrame) -> dict[str, tuple[str, str]]:
    rows = frame[frame["category"] == "goed"]
    return {r.measure: (r.status, r.reason) for r in rows.itertuples()}


def test_by_hand(two: Any) -> None:
    """6 of 10 and then 9 of 12, 8 of them twice; all of 40 in both frames."""
    first = ["goed"] * 6 + ["matig"] * 4
    second = ["goed"] * 5 + ["matig"] * 2 + ["goed"] * 4 + ["matig"]
    earlier, later = two(first, second, start=2)
    y, z = np.array([1] * 4 + [0] * 4), np.array([1] * 5 + [0] * 2 + [1])
    v1 = (1 - 10 / 40) * 10 / 9 * 0.6 * 0.4 / 10
    v2 = (1 - 12 / 40) * 12 / 11 * 0.75 * 0.25 / 12
    s12 = ((y - y.mean()) * (z - z.mean())).sum() / 7
    se = (v1 + v2 - 2 * (8 / (10 * 12) - 1 / 40) * s12) ** 0.5

    found = row(estimate_changes(earlier, later, "oordeel"))

    assert found["estimate"] == pytest.approx(0.15, abs=1e-12)
    assert found["se"] == pytest.approx(se, abs=1e-12)
    assert (found["meting"], found["method"]) == ("m-2", "against m-1; wilson_change")
    assert (found["numerator"], found["denominator"]) == (10, 12)


def test_the_naive_one_on_demand(two: Any) -> None:
    earlier, later = two(["goed"] * 6 + ["matig"] * 4, ["goed"] * 9 + ["matig"] * 3)
    v1, v2 = (1 - 10 / 40) * 10 / 9 * 0.6 * 0.4 / 10, (1 - 12 / 40) * 12 / 11 * 0.75 * 0.25 / 12

    found = row(estimate_changes(earlier, later, "oordeel", variance="independent"))

    assert found["se"] == pytest.approx((v1 + v2) ** 0.5, abs=1e-12)
    assert found["method"] == "against m-1; wilson_change_independent"


def test_unknown_overlap_is_said_and_careful(two: Any) -> None:
    earlier, later = two(["goed"] * 6 + ["matig"] * 4, ["goed"] * 9 + ["matig"] * 3, units=None)

    frame = estimate_changes(earlier, later, "oordeel")

    v1, v2 = 10 / 9 * 0.6 * 0.4 / 10, 12 / 11 * 0.75 * 0.25 / 12
    assert row(frame)["se"] == pytest.approx((v1 + v2) ** 0.5, abs=1e-12)
    assert set(said(frame).values()) == {("U", "unknown_overlap")}
    assert row(frame)["method"] == "against m-1; wilson_change_unlinked"


def test_one_respondent_who_cannot_be_told_makes_it_unknown(two: Any) -> None:
    given_ = ["goed"] * 6 + ["matig"] * 4
    earlier, later = two(given_, given_, units=[*names(0, 9), ""])

    assert link_waves(earlier, later).reason == "unknown_overlap"


def test_identifiers_of_another_kind_are_no_overlap_of_nobody(make_answers: Any) -> None:
    waves = [
        Wave(make_answers(["goed"] * 4), Design.simple_random(4, 10), [f"{kind}{n}" for n in range(4)], meting=kind)
        for kind in ("token", "naam")
    ]

    assert link_waves(waves[0], waves[1]).reason == "unknown_overlap"


@pytest.mark.parametrize("start", [10, 9])
def test_too_few_in_both_is_careful(two: Any, start: int) -> None:
    """With as much spread in both, no more careful than samples without correction."""
    given_ = ["goed"] * 5 + ["matig"] * 5
    earlier, later = two(given_, given_, start=start)

    frame = estimate_changes(earlier, later, "oordeel")

    n12 = 10 - start
    v, c = (1 - 10 / 40) * 10 / 9 * 0.25 / 10, (n12 / 100 - 1 / 40) * 10 / 9 * 0.25
    assert row(frame)["se"] == pytest.approx((2 * v - 2 * c) ** 0.5, abs=1e-12)
    assert said(frame)["change"] == ("U", "few_in_both")


def test_the_same_answers_of_the_same_organisations(two: Any) -> None:
    given_ = ["goed"] * 6 + ["matig"] * 6

    frame = estimate_changes(*two(given_, given_), "oordeel")

    assert (row(frame)["estimate"], row(frame)["se"]) == (0.0, 0.0)
    assert row(frame, "change_p")["estimate"] == 1.0
    assert said(frame)["detectable_change"] == ("U", "no_spread")


@pytest.mark.parametrize(("share", "expected"), [("goed", 0.0), ("matig", 0.0)])
def test_all_say_the_same_both_times(two: Any, share: str, expected: float) -> None:
    """Share 1 (or 0) in both years: no change, no standard error, and an interval all the same."""
    frame = estimate_changes(*two([share] * 10, [share] * 10), "oordeel")

    found = row(frame)
    assert found["estimate"] == expected
    assert np.isnan(found["se"])
    assert found["ci_low"] == pytest.approx(-found["ci_high"])
    assert 0 < found["ci_high"] < 0.4
    assert row(frame, "change_p")["estimate"] == 1.0
    assert said(frame)["change"] == ("U", "no_spread")


def test_all_say_the_same_once(two: Any) -> None:
    """10 of 10 and then 5 of 10: the spread of the first is that of 15 of 20."""
    frame = estimate_changes(*two(["goed"] * 10, ["goed", "matig"] * 5), "oordeel")

    base = 10 * 9 / 10 / (1 - 10 / 40)
    v1, v2 = 0.75 * 0.25 / base, 0.25 / base
    assert row(frame)["se"] == pytest.approx((v1 + v2) ** 0.5, abs=1e-12)
    assert said(frame)["change"] == ("U", "no_spread")


def test_one_respondent(two: Any) -> None:
    frame = estimate_changes(*two(["goed"], ["goed"] * 6 + ["matig"] * 4), "oordeel")

    assert row(frame)["estimate"] == pytest.approx(-0.4)
    assert row(frame)[["se", "ci_low", "ci_high"]].isna().all()
    assert set(said(frame).values()) == {("U", "one_respondent")}


def test_nobody(two: Any) -> None:
    frame = estimate_changes(*two([None] * 6, ["goed"] * 6), "oordeel")

    assert np.isnan(row(frame)["estimate"])
    assert set(said(frame).values()) == {("O", "no_base")}


def test_everyone_both_times(two: Any) -> None:
    given_ = (["goed"] * 20 + ["matig"] * 20, ["goed"] * 30 + ["matig"] * 10)

    frame = estimate_changes(*two(*given_), "oordeel")

    assert (row(frame)["estimate"], row(frame)["se"]) == (0.25, 0.0)
    assert row(frame)["method"] == "against m-1; census"
    assert np.isnan(row(frame)["ci_low"])
    assert said(frame) == {
        "change": ("A", ""),
        "change_p": ("M", "census"),
        "change_p_holm": ("M", "census"),
        "detectable_change": ("M", "census"),
    }


@pytest.mark.parametrize("units", ["known", None])
def test_everyone_once(two: Any, units: str | None) -> None:
    """What was observed whole goes together with nothing, so that it need not be known who answered twice."""
    given_ = (["goed"] * 20 + ["matig"] * 20, ["goed"] * 9 + ["matig"] * 3)

    frame = estimate_changes(*two(*given_, **({} if units else {"units": None})), "oordeel")

    assert row(frame)["se"] == pytest.approx(((1 - 12 / 40) * 12 / 11 * 0.75 * 0.25 / 12) ** 0.5, abs=1e-12)
    assert said(frame)["change"] == ("A", "")
    assert row(frame)["method"] == "against m-1; wilson_change"


def test_few_expected(two: Any) -> None:
    frame = estimate_changes(*two(["goed"] + ["matig"] * 11, ["goed"] * 3 + ["matig"] * 9), "oordeel")

    assert said(frame)["change"] == ("U", "few_expected")


def test_holm_by_family(make_town: Any) -> None:
    town = make_town(200, 0, 0, 3)
    units = list(town.first.index)
    waves = town.wave(1, units[:120]), town.wave(2, units[60:180])

    def corrected(families: dict[str, str] | None) -> pd.DataFrame:
        frame = estimate_changes(*waves, ["oordeel", "vormen", "aantal"], families=families)
        return frame.pivot_table("estimate", ["question", "category"], "measure")

    apart, together = corrected(None), corrected({"vormen": "basis"})
    basis = apart[apart.index.get_level_values("question") != "vormen"]
    assert basis["change_p_holm"].tolist() == pytest.approx(adjust_p(basis["change_p"]).tolist())
    assert together["change_p_holm"].tolist() == pytest.approx(adjust_p(together["change_p"]).tolist())


def test_without_correction_there_is_no_corrected_p(two: Any) -> None:
    waves = two(["goed"] * 6 + ["matig"] * 6, ["goed"] * 8 + ["matig"] * 4)

    frame = estimate_changes(*waves, "oordeel", correction="none")

    assert frame["measure"].unique().tolist() == ["change", "change_p", "detectable_change"]


def test_what_either_hides_has_no_change(make_town: Any) -> None:
    town = make_town(200, 0, 0, 3)
    units = list(town.first.index)
    waves = town.wave(1, units[:120]), town.wave(2, units[60:180])
    published = [estimate_shares(wave.responses, wave.design, "oordeel", "regio") for wave in waves]
    numbers = ["estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]
    for frame, group in zip(published, ("noord", "west"), strict=True):
        frame.loc[frame["group"] == group, numbers] = None
        frame.loc[frame["group"] == group, ["method", "status", "reason"]] = ["", "Q", "small_base"]
    published[1].loc[published[1]["group"] == "zuid", ["status", "reason"]] = ["U", "indicative"]
    hiding = [
        town.wave(number, chosen, published=frame)
        for number, chosen, frame in ((1, units[:120], published[0]), (2, units[60:180], published[1]))
    ]

    open_, frame = (estimate_changes(*some, "oordeel", "regio") for some in (waves, hiding))

    hidden = frame["group"].isin(["noord", "west"])
    assert (frame.loc[hidden, "reason"] == "complementary").all()
    assert frame.loc[hidden, numbers].isna().all(axis=None)
    assert (frame.loc[hidden, "method"] == "").all()
    assert frame.loc[~hidden & (frame["measure"] == "change"), "reason"].isin(["indicative", "few_expected"]).all()
    shown = [f[(f["group"] == "zuid") & (f["measure"] == "change_p_holm")]["estimate"] for f in (open_, frame)]
    # Fewer tests are left in the family.
    assert (shown[1].to_numpy() <= shown[0].to_numpy()).all()


def test_what_is_published_must_have_the_table(make_town: Any) -> None:
    town = make_town(60, 0, 0, 3)
    units = list(town.first.index)
    wave = town.wave(1, units[:30])
    published = estimate_shares(wave.responses, wave.design, "vormen")
    with pytest.raises(EstimateError) as caught:
        estimate_changes(town.wave(1, units[:30], published=published), town.wave(2, units[:30]), "oordeel")
    assert str(caught.value) == (
        "the published frame has no table of 'oordeel' by '', so that it is not known which groups may be shown. "
        "Estimate it and apply the publication rules first."
    )


def test_refusals(two: Any) -> None:
    waves = two(["goed"] * 4, ["goed"] * 4)
    with pytest.raises(EstimateError) as caught:
        estimate_changes(waves[0], waves[0])
    assert str(caught.value) == ("estimate_changes(): both measurements are 'm-1'. Give the earlier one another id.")
    with pytest.raises(UnknownNameError) as unknown:
        estimate_changes(*waves, variance="indep")
    assert str(unknown.value) == (
        "estimate_changes(): no variance 'indep'. Did you mean 'independent'? Known: 'overlap', 'independent'."
    )
    with pytest.raises(DesignError) as outside:
        link_waves(*waves, correlation=1.5)
    assert str(outside.value) == "link_waves(): a correlation of 1.5. Give a fraction from 0 to 1."


@st.composite
def measured(draw: st.DrawFn) -> tuple[list[Any], list[Any], int]:
    answers = st.sampled_from(["goed", "matig", "slecht", None])
    first, second = (draw(st.lists(answers, min_size=2, max_size=14)) for _ in range(2))
    return first, second, draw(st.integers(0, 12))


@SEVERAL
@given(measured())
def test_the_other_way_round_is_the_other_sign(two: Any, drawn: tuple[list[Any], list[Any], int]) -> None:
    earlier, later = two(drawn[0], drawn[1], drawn[2])
    there, back = estimate_changes(earlier, later), estimate_changes(later, earlier)

    check_estimates(there)
    for measure, sign in (("change", -1), ("change_p", 1), ("detectable_change", 1)):
        one, other = (frame[frame["measure"] == measure].reset_index(drop=True) for frame in (there, back))
        np.testing.assert_allclose(one["estimate"], sign * other["estimate"], atol=1e-12)
        np.testing.assert_allclose(one["se"], other["se"], atol=1e-12)
        assert one["status"].tolist() == other["status"].tolist()
        assert one["reason"].tolist() == other["reason"].tolist()
        if measure == "change":
            np.testing.assert_allclose(one["ci_low"], -other["ci_high"], atol=1e-12)


@SEVERAL
@given(measured())
def test_nothing_changed_is_nothing(two: Any, drawn: tuple[list[Any], list[Any], int]) -> None:
    frame = estimate_changes(*two(drawn[0], drawn[0]))

    changes = frame[(frame["measure"] == "change") & (frame["status"] != "O")]
    assert (changes["estimate"].fillna(0) == 0).all()
    assert (changes["se"].fillna(0).abs() < 1e-9).all()
    assert (frame.loc[frame["measure"] == "change_p", "estimate"].fillna(1) == 1).all()


@SEVERAL
@given(measured(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_does_not_matter(
    two: Any, drawn: tuple[list[Any], list[Any], int], random: Any
) -> None:
    earlier, later = two(drawn[0], drawn[1], drawn[2])
    order = list(range(len(drawn[1])))
    random.shuffle(order)
    moved = two(drawn[0], [drawn[1][place] for place in order], drawn[2])[1]
    shuffled = Wave(
        moved.responses,
        moved.design,
        [later.units[place] for place in order],  # type: ignore[index]
        later.frame,
        meting="m-2",
    )

    one, other = estimate_changes(earlier, later), estimate_changes(earlier, shuffled)

    pd.testing.assert_frame_equal(one, other)


@SEVERAL
@given(measured())
def test_no_change_is_more_certain_than_answers_allow(two: Any, drawn: tuple[list[Any], list[Any], int]) -> None:
    """The standard error is never more than both of those of the levels, nor less than what they differ."""
    earlier, later = two(drawn[0], drawn[1], drawn[2])
    frame = estimate_changes(earlier, later, "oordeel")
    levels = [estimate_shares(wave.responses, wave.design, "oordeel") for wave in (earlier, later)]
    inside = [level["estimate"].between(0, 1, inclusive="neither").to_numpy() for level in levels]
    errors = [level["se"].to_numpy()[inside[0] & inside[1]] for level in levels]
    se = frame.loc[frame["measure"] == "change", "se"].to_numpy()[inside[0] & inside[1]]

    known = np.isfinite(se)
    assert (se[known] <= errors[0][known] + errors[1][known] + 1e-12).all()
    assert (se[known] >= abs(errors[0][known] - errors[1][known]) - 1e-12).all()
