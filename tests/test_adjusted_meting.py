"""Adjusted shares in meting.yaml: the published remark on the role in the transition by size, and what cannot be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import srsmeting
from srsmeting.auditing import attackable
from srsmeting.configuration import ComparisonsConfig
from srsmeting.disclosure import audit_meting
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import check_estimates, pick
from srsmeting.meting import load_meting
from srsmeting.running import run_meting

SIZE, ROLE = "grootteklasse_samengevoegd", "rol_transitie"
CLASSES = ["lt50_of_onbekend", "50_249", "250_1000", "gt1000"]
FOLDER = Path(srsmeting.__file__).parents[1] / "analyses" / "srs_2021"


def run_with(adjusted: list[dict[str, Any]], **changes: Any) -> pd.DataFrame:
    meting = load_meting(FOLDER)
    asked = ComparisonsConfig.model_validate({"adjusted": adjusted})
    config = meting.config.model_copy(update={"comparisons": asked, **changes})
    return run_meting(replace(meting, config=config)).estimates


def of_size(estimates: pd.DataFrame, group: str) -> pd.Series:
    return pick(estimates, ROLE, "ja", by=SIZE, group=group, measure="adjusted_share")


@pytest.fixture(scope="module")
def by_size() -> pd.DataFrame:
    return run_with([{"question": ROLE, "by": SIZE, "leave_out": "weet_niet"}])


def test_rows_stand_in_the_estimate_frame_beside_what_was_there(by_size: pd.DataFrame) -> None:
    check_estimates(by_size)
    # Those who see a role, of those who know: counts of the bundled answers.
    assert [of_size(by_size, group)["estimate"] for group in CLASSES] == pytest.approx(
        [34 / 37, 56 / 60, 72 / 77, 72 / 76], rel=1e-8
    )
    row = of_size(by_size, "gt1000")
    assert (row["denominator"], row["method"], row["status"]) == (76, "logit-weet_niet", "U")
    assert row["reason"] == "few_events"
    plain = run_meting(load_meting(FOLDER)).estimates
    pd.testing.assert_frame_equal(by_size.head(len(plain)), plain)


def test_corrected_for_involvement_size_hardly_matters() -> None:
    estimates = run_with([{"question": ROLE, "by": SIZE, "for": ["betrokkenheid"], "leave_out": ["weet_niet"]}])
    found = [of_size(estimates, group)["estimate"] for group in CLASSES]
    assert max(found) - min(found) < 0.03
    test = pick(estimates, ROLE, "ja", by=SIZE, measure="adjusted_p_value")
    assert test["estimate"] > 0.8
    assert test["method"] == "wald_logit(betrokkenheid)-weet_niet"


def test_the_least_base_holds_in_the_regression(by_size: pd.DataFrame) -> None:
    # Of the smallest class 51 answered, 14 of whom do not know: 37 take part.
    strict = load_meting(FOLDER).config.publication.model_copy(update={"min_base": 40})
    estimates = run_with([{"question": ROLE, "by": SIZE, "leave_out": "weet_niet"}], publication=strict)
    assert pick(estimates, ROLE, "ja", by=SIZE, group=CLASSES[0], measure="share")["denominator"] == 51
    row = of_size(estimates, CLASSES[0])
    assert (row["status"], row["reason"]) == ("Q", "small_base")
    assert of_size(by_size, CLASSES[0])["denominator"] == 37


def test_with_weights_they_are_rounded_as_shares_are() -> None:
    weights = load_meting(FOLDER).config.weights.model_copy(update={"margins": ("grootteklasse",)})
    estimates = run_with([{"question": ROLE, "by": SIZE, "for": "betrokkenheid"}], weights=weights)
    row = of_size(estimates, "gt1000")
    assert row["estimate"] == round(row["estimate"], 2)
    assert pd.isna(row["se"])
    assert row["ci_low"] == round(row["ci_low"], 2)


def test_an_adjusted_share_that_is_hidden_is_no_finding_of_the_audit(mini: Path) -> None:
    """Of the four in the south two know it: the table shows it, a regression of those two is too small."""
    file = mini / "meting.yaml"
    line = "breakdowns: [wgo]\n"
    asked = "comparisons: {adjusted: [{question: bekend, by: wgo, leave_out: niet}]}\n"
    file.write_text(file.read_text(encoding="utf-8").replace(line, line + asked), encoding="utf-8")
    estimates = run_meting(load_meting(mini)).estimates
    south = {"by": "wgo", "group": "zuid"}
    hidden = pick(estimates, "bekend", "inhoud", **south, measure="adjusted_share")
    assert (hidden["status"], hidden["reason"]) == ("Q", "small_base")
    assert pick(estimates, "bekend", "inhoud", **south, measure="share")["denominator"] == 4
    audit = audit_meting(load_meting(mini))
    assert audit.found.empty
    # The one of the north is left alone, and not shown either.
    assert audit.unexamined == ()


def test_an_audit_says_which_adjusted_shares_it_leaves_out(by_size: pd.DataFrame) -> None:
    meting = load_meting(FOLDER)
    assert attackable(meting, by_size)[1] == ()
    corrected = run_with([{"question": ROLE, "by": SIZE, "for": ["betrokkenheid"], "leave_out": ["weet_niet"]}])
    assert attackable(meting, corrected)[1] == ("adjusted shares that are weighted or corrected for something",)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            "{question: bekent, by: wgo, for: bekend}",
            "meting.yaml:8: comparisons: no question 'bekent'. Did you mean 'bekend'? "
            "Known: 'wgo', 'cijfer', 'bekend', 'effect', 'idee'.",
        ),
        (
            "{question: effect, by: bekend, for: wgo}",
            "meting.yaml:8: comparisons: 'bekend' is not broken down by. Add it to 'breakdowns'.",
        ),
        (
            "{question: effect, by: wgo, for: bekendd}",
            "meting.yaml:8: comparisons: no breakdown 'bekendd'. Did you mean 'bekend'? Known: 'wgo', 'bekend'.",
        ),
        (
            "{question: effect, by: wgo, for: bekend, leave_out: [gen]}",
            "meting.yaml:8: comparisons: no answer 'gen' to 'effect'. Did you mean 'geen'? "
            "Known: 'inzicht', 'beleid', 'geen'.",
        ),
        (
            "{question: effect, by: wgo}, {question: effect, by: wgo, for: bekend}",
            "meting.yaml:8: comparisons: 'effect' by 'wgo' is adjusted twice, and there is room for one. Name all that "
            "it is corrected for in one 'for'.",
        ),
        (
            "{question: effect, by: wgo, model: probit}",
            "meting.yaml:8: comparisons, adjusted 1: unknown model 'probit'. Known: 'logit', 'ordinal', 'multinomial'.",
        ),
    ],
)
def test_what_cannot_be_asked(asked: str, message: str, mini: Path) -> None:
    file = mini / "meting.yaml"
    text = file.read_text(encoding="utf-8")
    line = "breakdowns: [wgo]\n"
    file.write_text(text.replace(line, f"{line}comparisons: {{adjusted: [{asked}]}}\n"), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_meting(mini)
    assert str(caught.value) == message
