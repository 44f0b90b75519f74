"""Non-response of a measurement, from its folder to the estimate frame."""

from pathlib import Path

import pytest

from srsmeting.checking import check_meting
from srsmeting.errors import PopulationError
from srsmeting.estimates import pick
from srsmeting.meting import load_meting
from srsmeting.running import run_meting


def _tell(mini: Path, **dispositions: str) -> None:
    """Add a column ``disposition`` to the frame."""
    lines = (mini / "frame.csv").read_text("utf-8").splitlines()
    told = [f"{line},{dispositions.get(line.partition(',')[0], '')}" for line in lines[1:]]
    (mini / "frame.csv").write_text("\n".join([f"{lines[0]},disposition", *told]) + "\n", "utf-8")


def test_what_became_of_the_invited_comes_from_intake(mini: Path) -> None:
    # Ten responded, number 11 stopped halfway, and from nine nothing came.
    frame = run_meting(load_meting(mini)).estimates
    report = frame[frame["measure"] == "disposition"].set_index("category")["numerator"]
    assert report[report > 0].to_dict() == {"complete": 10, "break_off": 1, "non_contact": 9}
    cooperation = pick(frame, "", measure="cooperation_rate_1")
    assert (cooperation["numerator"], cooperation["denominator"]) == (10, 11)


def test_who_is_not_eligible_is_in_no_denominator(mini: Path) -> None:
    before = pick(run_meting(load_meting(mini)).estimates, "cijfer", measure="mean")
    _tell(mini, tok19="not_eligible", tok20="not_eligible", tok18="refusal")
    meting = load_meting(mini)
    frame = run_meting(meting).estimates
    for measure in ("response_rate", "response_rate_1"):
        rate = pick(frame, "", measure=measure)
        assert (rate["numerator"], rate["denominator"]) == (10, 18)
    # Ten of 18 leave less to chance than ten of 20: the correction is 1 - 10 / 18 where it was a half.
    after = pick(frame, "cijfer", measure="mean")
    assert after["estimate"] == before["estimate"]
    assert after["se"] == pytest.approx(before["se"] * (8 / 18 / 0.5) ** 0.5)
    assert check_meting(meting).report.response["frame"].iloc[0] == 18


def test_who_is_not_eligible_cannot_have_responded(mini: Path) -> None:
    _tell(mini, tok3="not_eligible")
    with pytest.raises(PopulationError) as caught:
        run_meting(load_meting(mini))
    assert str(caught.value) == (
        "frame.csv:4: the organisation is 'not_eligible' and responded. Empty the cell, or set its response aside in "
        "corrections.yaml."
    )
