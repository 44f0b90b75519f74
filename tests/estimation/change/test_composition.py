"""What part of a change is composition: by hand, and by moving the weights of respondents a little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import EstimateError, UnknownNameError
from srsmeting.estimates import bind_estimates, pick
from srsmeting.estimation import Design, Margin, covariance, estimate_shares, rake
from srsmeting.estimation.change import Wave, composition_changes, estimate_changes, round_changes

FRAME = {"noord": 50, "zuid": 30, "west": 20}


@pytest.fixture
def waves(make_answers: Callable[..., Any]) -> Callable[..., tuple[Wave, Wave]]:
    """Make measurements of counts per group: with the answer, and without."""

    def make(*counts: dict[str, tuple[int, int]], **more: Any) -> tuple[Wave, Wave]:
        made = []
        for number, groups in enumerate(counts, start=1):
            oordeel = [code for yes, no in groups.values() for code in ["goed"] * yes + ["matig"] * no]
            regio = [group or None for group, (yes, no) in groups.items() for _ in range(yes + no)]
            marks = [8 if code == "goed" else 5 for code in oordeel]
            design = Design.simple_random(len(oordeel), 100)
            made.append(Wave(make_answers(oordeel, cijfer=marks, regio=regio), design, meting=f"m-{number}", **more))
        return made[0], made[1]

    return make


EARLIER = {"noord": (6, 14), "zuid": (8, 8), "west": (10, 4)}
LATER = {"noord": (8, 8), "zuid": (9, 15), "west": (8, 2)}


def parts(frame: pd.DataFrame, question: str = "oordeel", category: str = "goed") -> dict[str, float]:
    rows = frame[(frame["question"] == question) & (frame["category"] == category)]
    return dict(zip(rows["measure"], rows["estimate"], strict=True))


def test_rows_by_hand(waves: Any) -> None:
    """20, 16 and 14 of 50 against 16, 24 and 10 of 50."""
    c1, c2 = np.array([0.4, 0.32, 0.28]), np.array([0.32, 0.48, 0.2])
    p1, p2 = np.array([0.3, 0.5, 10 / 14]), np.array([0.5, 0.375, 0.8])

    frame = composition_changes(*waves(EARLIER, LATER), "regio", FRAME)

    found = parts(frame)
    assert found["standardised_change"] == pytest.approx((np.array([0.5, 0.3, 0.2]) * (p2 - p1)).sum(), abs=1e-10)
    assert found["composition_change"] == pytest.approx(((c2 - c1) * (p1 + p2) / 2).sum(), abs=1e-10)
    assert found["rate_change"] == pytest.approx(((c1 + c2) / 2 * (p2 - p1)).sum(), abs=1e-10)
    assert found["composition_change"] + found["rate_change"] == pytest.approx(25 / 50 - 24 / 50, abs=1e-12)
    # Marks of 8 with the answer and 5 without are three times the share, and five.
    assert parts(frame, "cijfer", "")["rate_change"] == pytest.approx(3 * found["rate_change"], abs=1e-12)
    row = pick(frame, "oordeel", "goed", by="regio", measure="rate_change")
    assert (row["numerator"], row["denominator"], row["reason"]) == (50, 50, "unknown_overlap")
    assert row["method"] == "against m-1; kitagawa_unlinked"


def test_errors_by_moving_weights(waves: Any) -> None:
    """The influence of a respondent is what its weight does to the estimate; it is not known who answered twice."""
    earlier, later = waves(EARLIER, LATER | {"": (3, 1)})
    variances = dict.fromkeys(("standardised_change", "composition_change", "rate_change"), 0.0)
    for place, wave in enumerate((earlier, later)):
        n, influences = wave.responses.n, []
        for respondent in range(n):
            ends = []
            for step in (1e-5, -1e-5):
                weights = np.full(n, 2.0)
                weights[respondent] += step
                moved = Wave(wave.responses, Design.simple_random(n, 100, weights), meting=wave.meting)
                pair = (moved, later) if place == 0 else (earlier, moved)
                ends.append(parts(composition_changes(*pair, "regio", FRAME, "oordeel")))
            influences.append([2.0 * (ends[0][name] - ends[1][name]) / 2e-5 for name in variances])
        # There is no correction then either.
        found = covariance(np.array(influences), wave.design.without_correction())
        for name, own in zip(variances, np.diag(found), strict=True):
            variances[name] += own

    frame = composition_changes(earlier, later, "regio", FRAME, "oordeel")

    for name, variance in variances.items():
        row = pick(frame, "oordeel", "goed", by="regio", measure=name)
        assert row["se"] == pytest.approx(variance**0.5, rel=1e-6)


def test_parts_know_who_answered_twice(make_town: Callable[..., Any]) -> None:
    """The same organisations with the same answers: nothing changed, and that is certain."""
    town = make_town(80, 0, 0, 3)
    units = list(town.first.index[:40])
    one, two = town.wave(1, units), town.wave(1, units)
    again = Wave(two.responses, two.design, two.units, two.frame, meting="m-2")

    frame = composition_changes(one, again, "regio", FRAME)

    assert (frame["estimate"].abs() < 1e-12).all()
    assert (frame["se"].abs() < 1e-7).all()


def test_a_group_of_the_frame_without_respondents(waves: Any) -> None:
    """West has nobody in the later measurement: what is left is standardised to the north and the south."""
    later = {name: counts for name, counts in LATER.items() if name != "west"}

    frame = composition_changes(*waves(EARLIER, later), "regio", FRAME, "oordeel")

    row = pick(frame, "oordeel", "goed", by="regio", measure="standardised_change")
    assert row["estimate"] == pytest.approx(5 / 8 * (0.5 - 0.3) + 3 / 8 * (0.375 - 0.5), abs=1e-12)
    assert (row["status"], row["reason"]) == ("U", "group_without_respondents")
    found = parts(frame)
    assert found["composition_change"] + found["rate_change"] == pytest.approx(17 / 40 - 24 / 50, abs=1e-12)


def test_hidden_groups_are_one(waves: Any) -> None:
    """What is said of all groups is then what can be worked out of a table with the hidden ones taken together."""
    open_ = waves(EARLIER, LATER)
    published = []
    for wave in open_:
        frames = [estimate_shares(wave.responses, wave.design, "oordeel", by) for by in (None, "regio")]
        published.append(pd.concat(frames, ignore_index=True))
    hide = published[1]["group"].isin(["zuid", "west"])
    published[1].loc[hide, ["estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]] = None
    published[1].loc[hide, ["method", "status", "reason"]] = ["", "Q", "small_base"]
    hiding = [
        Wave(wave.responses, wave.design, meting=wave.meting, published=frame)
        for wave, frame in zip(open_, published, strict=True)
    ]
    together = waves({"noord": (6, 14), "zuid": (18, 12)}, {"noord": (8, 8), "zuid": (17, 17)})

    found = composition_changes(hiding[0], hiding[1], "regio", FRAME, "oordeel")
    expected = composition_changes(*together, "regio", {"noord": 50, "zuid": 50}, "oordeel")

    pd.testing.assert_frame_equal(found, expected)


def test_hidden_groups_and_who_is_in_none_follow_from_the_total_and_the_shown_groups(waves: Any) -> None:
    """North is shown, 6 of 20 and 8 of 16; the total is 26 of 52 and 25 of 51, so that the rest is 20 of 32 and 17 of 35.

    Two respondents of the first and one of the second are in no group: were they apart, they could be worked out.
    """
    open_ = waves(EARLIER | {"": (2, 0)}, LATER | {"": (0, 1)})
    hiding = []
    for wave in open_:
        frames = [estimate_shares(wave.responses, wave.design, "oordeel", by) for by in (None, "regio")]
        frame = pd.concat(frames, ignore_index=True)
        hide = frame["group"].isin(["zuid", "west"])
        frame.loc[hide, ["estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]] = None
        frame.loc[hide, ["method", "status", "reason"]] = ["", "Q", "small_base"]
        hiding.append(Wave(wave.responses, wave.design, meting=wave.meting, published=frame))

    found = parts(composition_changes(hiding[0], hiding[1], "regio", FRAME, "oordeel"))

    c1, c2, p1, p2 = (20 / 52, 32 / 52), (16 / 51, 35 / 51), (6 / 20, 20 / 32), (8 / 16, 17 / 35)
    rows = list(zip(c1, c2, p1, p2, strict=True))
    assert found["rate_change"] == pytest.approx(sum((a + b) / 2 * (q - p) for a, b, p, q in rows), abs=1e-12)
    assert found["composition_change"] == pytest.approx(sum((b - a) * (p + q) / 2 for a, b, p, q in rows), abs=1e-12)
    frame_parts = (FRAME["noord"] / sum(FRAME.values()), 1 - FRAME["noord"] / sum(FRAME.values()))
    standardised = sum(f * (q - p) for f, p, q in zip(frame_parts, p1, p2, strict=True))
    assert found["standardised_change"] == pytest.approx(standardised, abs=1e-12)


def test_nobody(waves: Any) -> None:
    one, two = waves({"noord": (1, 0)}, LATER)
    frame = composition_changes(one, two, "regio", FRAME, "oordeel")

    assert {(row.status, row.reason) for row in frame.itertuples()} == {("U", "one_respondent")}
    assert frame[["se", "ci_low"]].isna().all(axis=None)


def test_without_a_frame_nothing_is_standardised(waves: Any) -> None:
    frame = composition_changes(*waves(EARLIER, LATER), "regio")

    assert frame["measure"].unique().tolist() == ["composition_change", "rate_change"]


def test_it_adds_up_to_the_change(make_town: Callable[..., Any]) -> None:
    town = make_town(120, 20, 20, 3)
    first, second = list(town.first.index[:70]), list(town.second.index[30:110])
    wave = town.wave(1, first), town.wave(2, second)

    split = composition_changes(*wave, "regio")
    whole = estimate_changes(*wave)

    key = ["question", "category"]
    added = split.groupby(key)["estimate"].sum()
    changes = whole[whole["measure"] == "change"].set_index(key)["estimate"]
    assert added.to_numpy() == pytest.approx(changes[added.index].to_numpy(), abs=1e-12)


def test_rounding_errors_are_no_interval(make_answers: Callable[..., Any]) -> None:
    """Everyone says the same, so that nothing changed whoever responded; with weights that is all but 0."""
    made = []
    for number, groups in enumerate(({"noord": 2, "zuid": 8}, {"noord": 6, "zuid": 8}), start=1):
        regio = [group for group, size in groups.items() for _ in range(size)]
        design = Design.simple_random(len(regio), 100, [0.7, 1.0] * (len(regio) // 2))
        made.append(Wave(make_answers(["goed"] * len(regio), regio=regio), design, meting=f"m-{number}"))

    frame = composition_changes(*made, "regio", {"noord": 30, "zuid": 20}, "oordeel")

    rows = frame[frame["category"] == "goed"]
    assert rows["estimate"].tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-15)
    assert rows["se"].tolist() == [0.0, 0.0, 0.0]
    assert rows[["ci_low", "ci_high"]].isna().all(axis=None)
    assert len(bind_estimates(round_changes(frame))) == len(frame)


def test_refusals(waves: Any) -> None:
    earlier, later = waves(EARLIER, LATER)
    with pytest.raises(UnknownNameError) as unknown:
        composition_changes(earlier, later, "regio", {"oost": 3})
    assert str(unknown.value) == ("composition_changes(): no group of 'regio' 'oost'. Known: 'noord', 'zuid', 'west'.")
    margin = Margin("regio", ("noord", "zuid", "west"), [0] * 20 + [1] * 16 + [2] * 14, [50.0, 30.0, 20.0])
    raked = Wave(earlier.responses, earlier.design.calibrated(rake([margin])), meting="m-1")
    with pytest.raises(EstimateError) as caught:
        composition_changes(raked, later, "regio")
    assert str(caught.value) == (
        "composition_changes(): m-1 is weighted to margins, which sees to composition. Give the design before "
        "weighting."
    )
