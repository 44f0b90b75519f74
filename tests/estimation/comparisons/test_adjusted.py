"""Average predictions: against paper, statsmodels, and what happens when a respondent counts a little more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statsmodels.discrete.discrete_model import Logit, MNLogit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from srsmeting.errors import EstimateError, UnknownNameError
from srsmeting.estimates import check_estimates, pick
from srsmeting.estimation import Design, covariance, estimate_shares
from srsmeting.estimation.comparisons import adjusted_shares
from srsmeting.responses import Responses

DESIGNS = ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc"]
Make = Callable[..., Responses]


@pytest.fixture
def make(ask: Any, respond: Any) -> Make:
    """Make responses of counts: group, size, answer and how many."""
    questionnaire = ask(
        {"id": "groep", "kind": "single", "categories": ["a", "b", "c"]},
        {"id": "klein", "kind": "single", "categories": ["ja", "nee"]},
        {
            "id": "rol",
            "kind": "single",
            "categories": ["ja", "nee", {"code": "weet_niet", "kind": "dont_know"}],
            "sums": [{"code": "anders", "of": ["nee", "weet_niet"]}],
        },
        {"id": "meer", "kind": "multiple", "categories": ["p", "q"]},
        {"id": "jaren", "kind": "number"},
        {"id": "cijfer", "kind": "mark", "range": [1, 3]},
        groupings=[
            {"id": "deel", "of": "groep", "label": "Deel", "groups": [{"code": "bc", "label": "bc", "of": ["b", "c"]}]}
        ],
    )

    def write(*cells: tuple[str | None, str | None, str | None, int]) -> Responses:
        rows = [
            {"groep": group, "klein": size, "rol": answer}
            for group, size, answer, number in cells
            for _ in range(number)
        ]
        responses: Responses = respond(questionnaire, rows)
        return responses

    return write


#: Two groups, two sizes. Being in b makes the odds of yes 4 times as large, being small 6 times: the regression fits
#: exactly, and its probabilities are the shares 1/5, 3/5, 1/2 and 6/7 of the four cells.
EXACT = [
    *[("a", "nee", "ja", 4), ("a", "nee", "nee", 16), ("a", "ja", "ja", 6), ("a", "ja", "nee", 4)],
    *[("b", "nee", "ja", 5), ("b", "nee", "nee", 5), ("b", "ja", "ja", 24), ("b", "ja", "nee", 4)],
]


def test_standardised_by_hand(make: Make) -> None:
    """30 of the 58 are large, 28 + 10 small: every group is given that make-up."""
    responses = make(*EXACT)
    assert responses.n == 68
    frame = adjusted_shares(responses, Design.simple_random(68, 200), "rol", "groep", corrected_for="klein")
    check_estimates(frame)
    a, b = (pick(frame, "rol", "ja", by="groep", group=group, measure="adjusted_share") for group in "ab")
    assert a["estimate"] == pytest.approx((30 * 1 / 5 + 38 * 3 / 5) / 68, rel=1e-9)
    assert b["estimate"] == pytest.approx((30 * 1 / 2 + 38 * 6 / 7) / 68, rel=1e-9)
    assert (a["denominator"], b["denominator"], a["method"], a["status"]) == (30, 38, "logit(klein)", "A")
    # As they are, 10 of 30 and 29 of 38: part of that difference is that b has more small ones.
    assert b["estimate"] - a["estimate"] < 29 / 38 - 10 / 30


@pytest.mark.parametrize("model", ["logit", "multinomial"])
@pytest.mark.parametrize("name", DESIGNS)
def test_nothing_to_correct_for_gives_the_shares(
    name: str, model: str, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    """A saturated model: the shares of the groups, and their linearised standard errors."""
    frame = adjusted_shares(synth_responses, designs[name], "q_single", "ownership", model=model)
    check_estimates(frame)
    shares = estimate_shares(synth_responses, designs[name], "q_single", "ownership")
    rows = frame[frame["measure"] == "adjusted_share"].merge(shares, on=["category", "group"], suffixes=("", "_share"))
    assert len(rows) == 16
    np.testing.assert_allclose(rows["estimate"], rows["estimate_share"], rtol=1e-7)
    np.testing.assert_allclose(rows["se"], rows["se_share"], rtol=1e-5)
    assert (rows["ci_low"] < rows["estimate"]).all()
    assert (rows["ci_high"] > rows["estimate"]).all()


def _columns(synth: pd.DataFrame) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the predictors ownership and size, and those with everyone in one ownership."""
    size = np.equal.outer(synth["size"].to_numpy(), np.arange(2, 6)).astype(float)
    owner = np.equal.outer(synth["ownership"].to_numpy(), np.arange(2, 5)).astype(float)
    ones = np.ones((len(synth), 1))
    moved = [np.hstack([ones, np.tile(np.eye(4)[group, 1:], (len(synth), 1)), size]) for group in range(4)]
    return np.hstack([ones, owner, size]), moved


def test_logit_equals_statsmodels(synth: pd.DataFrame, synth_responses: Responses, design: Design) -> None:
    x, moved = _columns(synth)
    yes = (synth["q_single"] == 2).to_numpy(dtype=float)
    fitted = Logit(yes, x).fit(disp=False)
    frame = adjusted_shares(synth_responses, design, "q_single", "ownership", corrected_for="size")
    rows = frame[(frame["category"] == "2") & (frame["measure"] == "adjusted_share")]
    np.testing.assert_allclose(rows["estimate"], [fitted.predict(m).mean() for m in moved], rtol=1e-8)


def test_standard_errors_are_those_of_the_delta_method(
    synth: pd.DataFrame, synth_responses: Responses, design: Design
) -> None:
    """The sandwich of statsmodels for the parameters, and the spread of the predictions themselves beside it."""
    x, moved = _columns(synth)
    yes = (synth["q_single"] == 2).to_numpy(dtype=float)
    fitted = Logit(yes, x).fit(disp=False, cov_type="HC0")
    plain = design.without_correction()
    frame = adjusted_shares(synth_responses, plain, "q_single", "ownership", corrected_for="size")
    rows = frame[(frame["category"] == "2") & (frame["measure"] == "adjusted_share")]
    n, bread = len(x), np.linalg.inv(-fitted.model.hessian(fitted.params))
    for m, se in zip(moved, rows["se"], strict=True):
        p = fitted.predict(m)
        gradient = (p * (1 - p)) @ m / n
        delta = gradient @ fitted.cov_params() @ gradient
        own = ((p - p.mean()) ** 2).sum() / n**2
        cross = 2 * ((p - p.mean()) / n) @ (((yes - fitted.predict(x))[:, np.newaxis] * x) @ bread @ gradient)
        assert se == pytest.approx(np.sqrt((delta + own + cross) * n / (n - 1)), rel=1e-6)


def test_margins_of_statsmodels(make: Make) -> None:
    """With two groups the difference is what statsmodels calls the average marginal effect of an indicator."""
    responses = make(*EXACT)
    x = np.column_stack([np.ones(68), responses.codes("groep"), responses.codes("klein")]).astype(float)
    effects = Logit((responses.codes("rol") == 0).astype(float), x).fit(disp=False).get_margeff(dummy=True).margeff
    frame = adjusted_shares(responses, Design.simple_random(68, 200), "rol", "groep", corrected_for="klein")
    a, b = (pick(frame, "rol", "ja", by="groep", group=group, measure="adjusted_share") for group in "ab")
    assert b["estimate"] - a["estimate"] == pytest.approx(effects[0], rel=1e-8)


def test_multinomial_equals_statsmodels(synth: pd.DataFrame, synth_responses: Responses, design: Design) -> None:
    """Who has no answer to what is corrected for takes no part."""
    part = synth[synth["s1"].notna()]
    opinion = np.equal.outer(part["s1"].to_numpy(), np.arange(2, 6)).astype(float)
    owner = np.equal.outer(part["ownership"].to_numpy(), np.arange(2, 5)).astype(float)
    ones = np.ones((len(part), 1))
    fitted = MNLogit(part["q_single"].to_numpy() - 1, np.hstack([ones, owner, opinion])).fit(disp=False)
    frame = adjusted_shares(synth_responses, design, "q_single", "ownership", corrected_for=["s1"], model="multinomial")
    rows = frame[frame["measure"] == "adjusted_share"]
    for group in range(4):
        moved = np.hstack([ones, np.tile(np.eye(4)[group, 1:], (len(part), 1)), opinion])
        found = rows[rows["group"] == str(group + 1)]
        np.testing.assert_allclose(found["estimate"], np.asarray(fitted.predict(moved)).mean(axis=0), rtol=1e-6)
        assert found["estimate"].sum() == pytest.approx(1)
        assert set(found["denominator"]) == {(part["ownership"] == group + 1).sum()}


def test_ordinal_equals_statsmodels(synth: pd.DataFrame, synth_responses: Responses, design: Design) -> None:
    x, moved = _columns(synth)
    known = synth["s1"].notna().to_numpy()
    fitted = OrderedModel(synth["s1"].to_numpy()[known].astype(int) - 1, x[known, 1:], distr="logit").fit(
        method="bfgs", disp=False, gtol=1e-6
    )
    frame = adjusted_shares(synth_responses, design, "s1", "ownership", corrected_for="size", model="ordinal")
    rows = frame[frame["measure"] == "adjusted_share"]
    for group, m in enumerate(moved):
        expected = np.asarray(fitted.model.predict(fitted.params, exog=m[known, 1:])).mean(axis=0)
        np.testing.assert_allclose(rows.loc[rows["group"] == str(group + 1), "estimate"], expected, atol=1e-5)


@pytest.mark.parametrize("model", ["logit", "multinomial", "ordinal"])
def test_standard_errors_follow_from_counting_respondents_a_little_more(model: str, ask: Any, respond: Any) -> None:
    """The infinitesimal jackknife: no derivative of a formula, only the estimate itself, again and again."""
    questionnaire = ask(
        {"id": "groep", "kind": "single", "categories": ["a", "b"]},
        {"id": "klein", "kind": "single", "categories": ["ja", "nee"]},
        {"id": "oordeel", "kind": "single", "categories": ["slecht", "redelijk", "goed"]},
    )
    counts = [5, 3, 4, 2, 6, 3, 4, 4, 3, 2, 3, 7]
    kinds = [(g, k, o) for g in "ab" for k in ("ja", "nee") for o in ("slecht", "redelijk", "goed")]
    kind = np.repeat(np.arange(12), counts)
    responses = respond(questionnaire, [dict(zip(("groep", "klein", "oordeel"), kinds[n], strict=True)) for n in kind])
    w = 2 + np.array([0.5, 1, 0, 2, 1.5, 0, 3, 1, 2, 0.5, 1, 1])[kind]

    def estimate(weights: np.ndarray) -> pd.DataFrame:
        plan = Design.simple_random(46, 150, base_weights=weights)
        frame = adjusted_shares(responses, plan, "oordeel", "groep", corrected_for="klein", model=model)
        return frame[frame["measure"] == "adjusted_share"]

    found = estimate(w)
    influence, step = np.zeros((46, len(found))), 1e-4
    for place in np.unique(kind, return_index=True)[1]:
        one = np.arange(46) == place
        more, less = (estimate(w * (1 + sign * step * one))["estimate"].to_numpy() for sign in (1, -1))
        # Who is the same moves it the same.
        influence[kind == kind[place]] = (more - less) / (2 * step)
    expected = np.sqrt(np.diag(covariance(influence, Design.simple_random(46, 150, base_weights=w))))
    np.testing.assert_allclose(found["se"], expected, rtol=1e-5)


def test_whoever_settles_it_has_no_adjusted_share(make: Make) -> None:
    """Everyone in c says yes: that is no odds. The others go on without it."""
    responses = make(*EXACT, ("c", "ja", "ja", 10))
    frame = adjusted_shares(responses, Design.simple_random(78, 200), "rol", "groep", corrected_for="klein")
    check_estimates(frame)
    c = pick(frame, "rol", "ja", by="groep", group="c", measure="adjusted_share")
    assert np.isnan(c["estimate"])
    assert (c["status"], c["reason"], c["denominator"]) == ("U", "perfect_separation", 10)
    a = pick(frame, "rol", "ja", by="groep", group="a", measure="adjusted_share")
    # The make-up is that of all 78.
    assert a["estimate"] == pytest.approx((30 * 1 / 5 + 48 * 3 / 5) / 78, rel=1e-9)


@pytest.mark.parametrize("model", ["logit", "multinomial"])
def test_what_is_corrected_for_settles_it(model: str, make: Make) -> None:
    cells = [(g, s, answer, 9) for g in "ab" for s, answer in (("ja", "ja"), ("nee", "ja"), ("nee", "nee"))]
    frame = adjusted_shares(
        make(*cells), Design.simple_random(54, 200), "rol", "groep", corrected_for="klein", model=model
    )
    check_estimates(frame)
    rows = frame[frame["category"].isin(["ja", "nee"]) & (frame["group"] != "c")]
    assert rows["estimate"].isna().all()
    assert set(rows["status"] + rows["reason"]) == {"Uperfect_separation"}


@pytest.mark.parametrize(
    ("cells", "reasons", "p_reason"),
    [
        (
            [("a", "ja", "ja", 5), ("a", "nee", "nee", 5)],
            {"a": "one_group", "b": "no_base", "c": "no_base"},
            "one_group",
        ),
        (
            [("a", "ja", "ja", 9), ("a", "ja", "nee", 9), ("b", "nee", "ja", 9), ("b", "nee", "nee", 9)],
            {"a": "collinear", "b": "collinear", "c": "no_base"},
            "collinear",
        ),
        (
            [("a", "ja", "ja", 1), ("b", "nee", "nee", 1)],
            {"a": "perfect_separation", "b": "perfect_separation", "c": "no_base"},
            "perfect_separation",
        ),
        (
            # Everyone in b says yes, so that a has no group to be compared with.
            [("a", "ja", "ja", 9), ("a", "nee", "nee", 9), ("b", "nee", "ja", 9)],
            {"a": "one_group", "b": "perfect_separation", "c": "no_base"},
            "one_group",
        ),
        ([("a", None, "ja", 3)], {"a": "no_base", "b": "no_base", "c": "no_base"}, "no_base"),
    ],
)
def test_every_case_has_an_answer(
    cells: list[tuple[Any, ...]], reasons: dict[str, str], p_reason: str, make: Make
) -> None:
    responses = make(*cells)
    plan = Design.simple_random(responses.n, 200)
    for model in ("logit", "multinomial"):
        left_out = "weet_niet" if model == "multinomial" else ()
        frame = adjusted_shares(responses, plan, "rol", "groep", corrected_for="klein", model=model, leave_out=left_out)
        check_estimates(frame)
        if model == "logit":
            rows = frame[frame["category"] == "ja"].set_index("group")["reason"]
            assert rows.to_dict() == reasons | {"": p_reason}
        assert frame["estimate"].isna().all()


def test_few_respondents_for_many_parameters_are_said(make: Make) -> None:
    cells = [(g, s, a, 3) for g in "ab" for s in ("ja", "nee") for a in ("ja", "nee")]
    frame = adjusted_shares(make(*cells), Design.simple_random(24, 200), "rol", "groep", corrected_for="klein")
    row = pick(frame, "rol", "ja", by="groep", group="a", measure="adjusted_share")
    assert row["estimate"] == pytest.approx(0.5)
    assert (row["status"], row["reason"]) == ("U", "few_events")


def test_a_population_that_was_observed_whole(make: Make) -> None:
    frame = adjusted_shares(make(*EXACT), Design.simple_random(68, 68), "rol", "groep", corrected_for="klein")
    check_estimates(frame)
    row = pick(frame, "rol", "ja", by="groep", group="a", measure="adjusted_share")
    assert (row["se"], row["status"]) == (0, "A")
    test = pick(frame, "rol", "ja", by="groep", measure="adjusted_p_value")
    assert (test["status"], test["reason"]) == ("M", "census")


def test_answers_left_out_and_sums(make: Make) -> None:
    responses = make(*EXACT, ("a", "ja", "weet_niet", 7), ("b", "nee", "weet_niet", 7))
    plan = Design.simple_random(82, 200)
    with_, without = (
        adjusted_shares(responses, plan, "rol", "groep", corrected_for="klein", leave_out=left_out)
        for left_out in ((), "weet_niet")
    )
    assert set(with_["category"]) == {"ja", "nee", "weet_niet", "anders"}
    assert set(without["category"]) == {"ja", "nee", "anders"}
    row = pick(without, "rol", "ja", by="groep", group="a", measure="adjusted_share")
    assert row["estimate"] == pytest.approx((30 * 1 / 5 + 38 * 3 / 5) / 68, rel=1e-9)
    assert (row["method"], row["denominator"]) == ("logit(klein)-weet_niet", 30)


def test_the_order_of_groups_and_rows_changes_nothing(synth: pd.DataFrame, ask: Any, respond: Any) -> None:
    part = synth.head(150)
    found = []
    for owners, rows in ((["1", "2", "3", "4"], part), (["3", "1", "4", "2"], part.iloc[::-1])):
        questionnaire = ask(
            {"id": "o", "kind": "single", "categories": owners},
            {"id": "s", "kind": "single", "categories": [str(n) for n in range(1, 6)]},
            {"id": "q", "kind": "single", "categories": [str(n) for n in range(1, 5)]},
        )
        cells = [
            {"o": str(row.ownership), "s": str(row.size_), "q": str(row.q_single)}
            for row in rows.rename(columns={"size": "size_"}).itertuples()
        ]
        frame = adjusted_shares(
            respond(questionnaire, cells), Design.simple_random(150, 500), "q", "o", corrected_for="s"
        )
        found.append(frame.set_index(["category", "group", "measure"])[["estimate", "se"]].sort_index())
    np.testing.assert_allclose(found[0], found[1], rtol=1e-6)


def test_suppressed_groups_take_no_part(make: Make) -> None:
    responses = make(*EXACT, ("c", "ja", "ja", 2), ("c", "nee", "nee", 2))
    plan = Design.simple_random(72, 200)
    shown = estimate_shares(responses, plan, "rol", "groep")
    hidden = shown["group"] == "c"
    shown.loc[hidden, ["status", "reason"]] = ["Q", "small_base"]
    frame = adjusted_shares(responses, plan, "rol", "groep", corrected_for="klein", published=shown)
    c = pick(frame, "rol", "ja", by="groep", group="c", measure="adjusted_share")
    assert (c["status"], c["reason"]) == ("Q", "complementary")
    assert c[["estimate", "denominator"]].isna().all()
    a = pick(frame, "rol", "ja", by="groep", group="a", measure="adjusted_share")
    assert a["estimate"] == pytest.approx((30 * 1 / 5 + 38 * 3 / 5) / 68, rel=1e-9)


def test_marked_groups_stay_marked(make: Make) -> None:
    responses, plan = make(*EXACT), Design.simple_random(68, 200)
    shown = estimate_shares(responses, plan, "rol", "groep")
    shown.loc[shown["group"] == "a", ["status", "reason"]] = ["U", "indicative"]
    frame = adjusted_shares(responses, plan, "rol", "groep", corrected_for="klein", published=shown)
    flags = [
        tuple(pick(frame, "rol", "ja", by="groep", group=group, measure="adjusted_share")[["status", "reason"]])
        for group in ("a", "b")
    ]
    assert flags == [("U", "indicative"), ("A", "")]


def test_too_few_in_the_regression_are_suppressed_and_take_no_part(make: Make) -> None:
    """Of the 14 in c, 10 do not know: a table shows it, and a regression of the other four may not."""
    responses = make(*EXACT, ("c", "ja", "ja", 2), ("c", "nee", "nee", 2), ("c", "nee", "weet_niet", 10))
    plan = Design.simple_random(82, 200)
    shown = estimate_shares(responses, plan, "rol", "groep")
    limits: dict[str, Any] = {"published": shown, "min_base": 10, "normal_base": 35}
    frame = adjusted_shares(responses, plan, "rol", "groep", corrected_for="klein", leave_out="weet_niet", **limits)
    check_estimates(frame)
    c = pick(frame, "rol", "ja", by="groep", group="c", measure="adjusted_share")
    assert (c["status"], c["reason"]) == ("Q", "small_base")
    assert c[["estimate", "se", "numerator", "denominator"]].isna().all()
    # The others are what they are without it; of a 30 take part, of b 38.
    a, b = (pick(frame, "rol", "ja", by="groep", group=group, measure="adjusted_share") for group in "ab")
    assert a["estimate"] == pytest.approx((30 * 1 / 5 + 38 * 3 / 5) / 68, rel=1e-9)
    assert (a["status"], a["reason"], b["status"]) == ("U", "indicative", "A")
    test = pick(frame, "rol", "ja", by="groep", measure="adjusted_p_value")
    assert (test["numerator"], test["denominator"]) == (2, 68)


@pytest.mark.parametrize(
    ("question", "options", "error", "message"),
    [
        (
            "rol",
            {"model": "probit"},
            UnknownNameError,
            "adjusted_shares(): no model 'probit'. Known: 'logit', 'ordinal', 'multinomial'.",
        ),
        (
            "jaren",
            {},
            EstimateError,
            "adjusted_shares(): question 'jaren' is a number, which has no answers to take a share of.",
        ),
        (
            "cijfer",
            {},
            EstimateError,
            "adjusted_shares(): 'cijfer' is a mark without declared sums, and shares of single marks say little. Declare a sum, "
            "such as 6 to 10, or use model 'ordinal'.",
        ),
        (
            "rol",
            {"corrected_for": "deel"},
            EstimateError,
            "adjusted_shares(): 'deel' and 'groep' are groups of the same question, so that one cannot be corrected for the "
            "other. Correct for something else.",
        ),
        (
            "rol",
            {"corrected_for": ["klein", "rol"]},
            EstimateError,
            "adjusted_shares(): 'rol' cannot be corrected for itself. Correct for something else.",
        ),
        (
            "meer",
            {"model": "multinomial"},
            EstimateError,
            "adjusted_shares(): to 'meer' several answers can be given, and multinomial needs one. Use model 'logit'.",
        ),
        (
            "rol",
            {"model": "ordinal"},
            EstimateError,
            "adjusted_shares(): answer 'weet_niet' of 'rol' has no place in an order. Name it in 'leave_out', or use model "
            "'multinomial'.",
        ),
        ("rol", {"leave_out": "weetniet"}, UnknownNameError, None),
        ("rol", {"corrected_for": "kleiin"}, UnknownNameError, None),
    ],
)
def test_what_cannot_be_asked(
    question: str, options: dict[str, Any], error: type[Exception], message: str | None, make: Make
) -> None:
    with pytest.raises(error) as caught:
        adjusted_shares(make(*EXACT), Design.simple_random(68, 200), question, "groep", **options)
    if message:
        assert str(caught.value) == message
