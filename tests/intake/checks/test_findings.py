"""Every check has an id, a severity and a name; the report lists all, also those that found nothing or were not made."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.intake import take_in
from srsmeting.intake.checks.findings import CHECKS, NEEDS, Finding, checks_frame, findings_frame
from srsmeting.population import read_population
from srsmeting.questionnaire import Questionnaire

FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}


def test_every_check_says_what_it_is_and_what_it_needs() -> None:
    for id, check in CHECKS.items():
        assert id.replace("_", "").isalpha(), id
        assert id == id.lower()
        assert check.severity in ("note", "warning", "fault")
        assert check.name, id
        assert set(check.needs) <= set(NEEDS), id
    assert len({check.name for check in CHECKS.values()}) == len(CHECKS)


def test_a_finding_of_a_check_that_does_not_exist_has_no_severity() -> None:
    with pytest.raises(KeyError):
        findings_frame([Finding("zomaar", "", 1, "…")])


def test_findings_are_counted_per_check() -> None:
    found = [Finding("left_empty", "cijfer", 4, "…"), Finding("left_empty", "fte", 2, "…")]
    checks = checks_frame(found, ["frame"]).set_index("check")
    assert checks.loc["left_empty"].tolist() == ["vraag opengelaten", "note", 6, ""]
    assert checks.loc["nothing_answered"].tolist() == ["verstuurd zonder antwoord", "warning", 0, ""]
    assert checks.loc["token_missing", "not_made"] == "export en steekproefkader hebben geen tokens gemeen"
    assert checks.loc["token_missing"].isna()["count"]
    assert [str(dtype) for dtype in checks_frame([], []).dtypes] == ["str", "str", "str", "Int64", "str"]


def test_the_report_lists_every_check(kort: Questionnaire, write_export: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "frame.csv").write_text("token,wgo\ntok1,noord\n", encoding="utf-8")
    export = write_export([FULL, FULL | {"G01Q05": ""}])
    without = take_in(export, kort).report.checks
    assert without["check"].tolist() == list(CHECKS)
    within = take_in(export, kort, read_population(tmp_path / "frame.csv", kort)).report.checks
    told = [frame.set_index("check")["not_made"].loc["token_not_in_frame"] for frame in (without, within)]
    assert told == ["er is geen steekproefkader", ""]
    counts = within.set_index("check")["count"]
    assert (counts["left_empty"], counts["token_not_in_frame"], counts["answer_not_asked"]) == (1, 1, 0)
