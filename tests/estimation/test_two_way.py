"""Two breakdowns at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srsmeting.errors import EstimateError, UnknownNameError
from srsmeting.estimates import check_estimates
from srsmeting.estimation import Design, estimate_means, estimate_quantiles, estimate_shares, estimate_totals
from srsmeting.responses import Responses


def test_groups_by_hand(five: Responses, quarter: Design) -> None:
    # a and yes: respondents 1 and 2, with marks 7 and 8; a and don't know: 4; b and no: 3, a 7. 5 is in no region.
    frame = estimate_means(five, quarter, "cijfer", ("regio", "bekend"))
    check_estimates(frame)
    assert frame["by"].unique().tolist() == ["regio*bekend"]
    assert frame["group"].tolist() == [f"{region}*{known}" for region in "abc" for known in ("ja", "nee", "weet_niet")]
    assert frame["denominator"].tolist() == [2, 0, 0, 0, 1, 0, 0, 0, 0]
    np.testing.assert_array_equal(frame["estimate"].dropna(), [7.5, 7])


def test_a_pair_may_be_written_as_one_name(five: Responses, quarter: Design) -> None:
    pair, name = (estimate_means(five, quarter, "cijfer", by) for by in (("regio", "bekend"), "regio*bekend"))
    pd.testing.assert_frame_equal(pair, name)


def test_neither_breakdown_is_a_question_by_default(five: Responses, quarter: Design) -> None:
    asked = estimate_shares(five, quarter, by=("deel", "bekend"))["question"].unique().tolist()
    assert asked == ["effect", "stelling", "cijfer", "idee"]


@pytest.mark.parametrize("name", ["synth_srs_fpc", "synth_strat_fpc", "raked", "fpc"])
def test_a_cell_is_the_breakdown_of_the_filtered_design(
    name: str, synth_responses: Responses, designs: dict[str, Design]
) -> None:
    design = designs[name]
    for size in ("1", "4"):
        chosen = synth_responses.where(f"size == {size}")
        subset = Responses(
            synth_responses.questionnaire,
            synth_responses.answers[chosen].reset_index(drop=True),
            synth_responses.status[chosen].reset_index(drop=True),
        )
        for estimate, question in (
            (estimate_shares, "q_single"),
            (estimate_shares, "multi"),
            (estimate_means, "mark"),
            (estimate_totals, "s1"),
            (estimate_totals, "mark"),
            (estimate_quantiles, "mark"),
        ):
            both = estimate(synth_responses, design, question, ("size", "branch"))
            check_estimates(both)
            both = both[both["group"].str.startswith(f"{size}*")].reset_index(drop=True)
            one = estimate(subset, design.subset(chosen), question, "branch")
            both = both.assign(by=one["by"], group=both["group"].str.removeprefix(f"{size}*").astype("str"))
            for column in ("question", "category", "group", "measure", "denominator", "method", "status", "reason"):
                assert both[column].tolist() == one[column].tolist()
            for column in ("estimate", "se", "ci_low", "ci_high"):
                np.testing.assert_allclose(both[column], one[column], rtol=1e-9, atol=1e-12)


def test_faulty_pairs(five: Responses, quarter: Design) -> None:
    with pytest.raises(EstimateError) as caught:
        estimate_shares(five, quarter, by=("regio", "regio"))
    assert str(caught.value) == (
        "by: ('regio', 'regio') are not two breakdowns. Give one name, or a pair of different names."
    )
    with pytest.raises(EstimateError) as caught:
        estimate_shares(five, quarter, by="regio*bekend*deel")
    assert str(caught.value) == (
        "by: ('regio', 'bekend', 'deel') are not two breakdowns. Give one name, or a pair of different names."
    )
    with pytest.raises(UnknownNameError) as unknown:
        estimate_shares(five, quarter, by=("regio", "regios"))
    assert str(unknown.value) == (
        "questionnaire 'proef-1': no breakdown 'regios'. Did you mean 'regio'? Known: 'regio', 'bekend', 'deel'."
    )
