"""The audit of a whole measurement."""

from pathlib import Path

import pandas as pd

from srsmeting.bundled import bundled
from srsmeting.disclosure import audit_meting
from srsmeting.estimation.audit import audit_estimates
from srsmeting.meting import load_meting
from srsmeting.running import run_meting


def test_nothing_can_be_worked_out_of_the_bundled_measurement() -> None:
    steps: list[str] = []
    audit = audit_meting(load_meting(bundled("analyses/srs_2021")), steps.append)
    assert audit.found.empty, audit.found.to_string()
    assert audit.unexamined == ()
    assert steps[-1].startswith("attacking table ")
    assert steps[-1].endswith(": soort_rol")


def test_what_was_published_before_gave_two_numbers_away() -> None:
    """The base of a follow-up question gave the answers of a hidden group.

    Of 107 who took part in experiments 26 are in the two groups that are hidden by involvement. That 22 of the actively
    involved were asked what they learned says that 22 learned something, and leaves 4 for the other group.
    """
    meting = load_meting(bundled("analyses/srs_2021"))
    frame = run_meting(meting).estimates
    frame = frame[frame["by"].isin(["", "betrokkenheid"])]
    frame = frame[frame["question"].isin(["", "betrokkenheid", "experimenten", "inzichten", "soort_inzichten"])]
    rules = meting.config.publication.rules(meting.questionnaire, ["betrokkenheid"])
    assert audit_estimates(frame, meting.questionnaire, rules).empty

    leak = (frame["question"] == "soort_inzichten") & (frame["group"] == "actief")
    assert frame.loc[leak, ["status", "reason"]].to_numpy().tolist() == [["Q", "complementary"]]
    shown = frame.copy()
    shown.loc[leak, "denominator"] = 22
    shown.loc[leak, ["status", "reason"]] = ["U", "indicative"]
    # Another group stood beside the hidden one then.
    other = (frame["question"] == "soort_inzichten") & (frame["group"] == "regelmatig")
    shown.loc[other, ["estimate", "se", "ci_low", "ci_high"]] = float("nan")
    shown.loc[other, ["numerator", "denominator"]] = pd.NA
    shown.loc[other, ["method", "status", "reason"]] = ["", "Q", "complementary"]
    found = audit_estimates(shown, meting.questionnaire, rules)
    expected = pd.DataFrame(
        {
            "question": "inzichten",
            "item": "",
            "category": "ja",
            "by": "betrokkenheid",
            "group": ["actief", "geen_of_info"],
            "low": [22.0, 4.0],
            "high": [22.0, 4.0],
            "how": "exact",
        }
    ).astype({"low": "float64"})
    pd.testing.assert_frame_equal(found, expected)


def test_a_measurement_that_starts_from_estimates(mini: Path) -> None:
    assert audit_meting(load_meting(mini)).found.empty
