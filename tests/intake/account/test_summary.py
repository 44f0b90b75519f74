"""The summary: one screen, whatever there is to tell."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from srsmeting.intake import take_in
from srsmeting.intake.account.report import CORRECTIONS
from srsmeting.intake.account.rows import frame_of
from srsmeting.intake.account.summary import summarise
from srsmeting.intake.checks.findings import Finding, findings_frame
from srsmeting.questionnaire import Questionnaire


def test_findings_that_need_a_person_are_told_and_the_rest_is_counted(
    kort: Questionnaire, write_export: Callable[..., Path]
) -> None:
    row = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"}
    report = take_in(write_export([row, row | {"G01Q03[SQ001]": "Y"}, {"submitdate": ""}]), kort).report
    assert summarise(report, "rapport.html") == (
        "Korte nulmeting\n"
        "\n"
        "Bestand             export.csv (LimeSurvey, antwoorden als codes (CSV))\n"
        "Veldwerk            14 maart 2022\n"
        "Rijen               3 ontvangen = 2 gebruikt + 1 terzijde gelegd (niet voltooid 1)\n"
        "Gevulde cellen      20 ontvangen = 8 gebruikt + 12 terzijde gelegd (in een rij die niet meetelt\n"
        "                    3, in een kolom die niet is overgenomen 8, antwoord op een vraag die niet is\n"
        "                    gesteld 1)\n"
        "\n"
        "Te bekijken         1\n"
        "  - answer_not_asked, effect: 1 respondent beantwoordde de vraag hoewel de routing haar\n"
        "    oversloeg. Het antwoord telt niet. Regel 3.\n"
        "\n"
        "Het hele rapport    rapport.html"
    )


@pytest.mark.parametrize("count", [8, 9, 200])
def test_it_never_gets_longer_than_a_screen(kort: Questionnaire, write_export: Callable[..., Path], count: int) -> None:
    report = take_in(write_export([{"G01Q01": "A1"}]), kort).report
    findings = [Finding("answer_not_asked", "effect", 1, "Een bevinding " + "x " * 90) for _ in range(count)]
    many = replace(report, findings=findings_frame(findings), corrections=frame_of((), CORRECTIONS))
    lines = summarise(many).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 96
    assert (f"  en {count - 8} andere: zie het rapport." in lines) == (count > 8)
