"""Respondents found in the frame by the name of their organisation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError, IntakeError, PopulationError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.checks.organisations import normal_name, read_matches
from srsmeting.population import read_population
from srsmeting.questionnaire import Questionnaire

FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}
COLUMNS = (
    *("Organisatie", "G01Q01", "G01Q01[other]", "G01Q02", "G01Q03[SQ001]", "G01Q03[other]", "G01Q03[SQ003]"),
    *("G01Q04[SQ001]", "G01Q04[SQ002]", "G01Q05", "G01Q06", "G01Q07"),
)
FRAME = """\
organisation,wgo
Stichting De Linde,noord
Zorggroep Noord B.V.,noord
"Thuiszorg, Zuid",zuid
Het Anker,zuid
"""

TakeIn = Callable[..., Intake]


@pytest.fixture
def taken(kort: Questionnaire, write_export: Callable[..., Path], tmp_path: Path) -> TakeIn:
    def take(rows: list[dict[str, str]], frame: str | None = FRAME, matches: str = "") -> Intake:
        path = write_export([FULL | {"token": ""} | row for row in rows], columns=COLUMNS)
        population = confirmed = None
        if frame is not None:
            (tmp_path / "frame.csv").write_text(frame, encoding="utf-8")
            population = read_population(tmp_path / "frame.csv", kort)
        if matches:
            (tmp_path / "matches.yaml").write_text(matches, encoding="utf-8")
            confirmed = read_matches(tmp_path / "matches.yaml")
        return take_in(path, kort, population, organisation="Organisatie", matches=confirmed)

    return take


def told(intake: Intake) -> list[tuple[object, ...]]:
    findings = intake.report.findings[["check", "count", "message"]]
    return list(findings[findings["check"] != "left_empty"].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stichting De Linde", "de linde"),
        ("Stg. De Linde", "de linde"),
        ("DE LINDE B.V.", "de linde"),
        ("de  línde,  b. v.", "de linde"),
        ("Coöperatie Zorg U.A.", "zorg"),
        ("Zorg & Welzijn", "zorg en welzijn"),
        ("'s Heeren Loo", "s heeren loo"),
        ("St. Anna", "st anna"),
        ("Vereniging", "vereniging"),
        ("NV Zorg NV", "zorg"),
        *((none, "") for none in ("", "  ", "-", "n.v.t.", "N.V.T", "geen", "Onbekend", "xxx", "?", "Anoniem.")),
    ],
)
def test_spellings_of_a_name(text: str, name: str) -> None:
    assert normal_name(text) == name


def test_names_that_are_written_alike_are_found(taken: TakeIn) -> None:
    rows = [{"Organisatie": name} for name in ("de linde", "ZORGGROEP NOORD", "Het  Ánker.")]
    rows[2] |= {"G01Q01": "A2"}
    intake = taken(rows)
    assert told(intake) == []
    assert intake.report.notes == (
        "Cellen gescheiden door een puntkomma.",
        "Gekoppeld met het steekproefkader: 3 op naam van de organisatie.",
    )


def test_the_region_is_compared_also_through_names(taken: TakeIn) -> None:
    intake = taken([{"Organisatie": "Het Anker"}, {"Organisatie": "De Linde"}])
    assert told(intake) == [
        ("frame_mismatch", 1, "1 respondent noemt een andere wgo dan het steekproefkader. Het antwoord telt. Regel 2.")
    ]


def test_a_name_outside_the_frame_and_no_name(taken: TakeIn) -> None:
    intake = taken(
        [{"Organisatie": "De Lindde"}, {"Organisatie": "nvt"}, {"Organisatie": ""}, {"Organisatie": "De Linde"}]
    )
    assert told(intake) == [
        ("organisation_missing", 2, "2 respondenten noemen geen organisatie. Regels 3, 4."),
        (
            *("organisation_not_in_frame", 1),
            "1 respondent noemt een organisatie die niet in het steekproefkader staat. "
            "Met `srsmeting match` zijn namen te koppelen die anders zijn geschreven. Regel 2.",
        ),
    ]


def test_a_confirmed_name_is_found(taken: TakeIn) -> None:
    intake = taken(
        [{"Organisatie": "De Lindde"}, {"Organisatie": "de lindde "}], matches="matches:\n  De Lindde: De Linde\n"
    )
    assert [check for check, *_ in told(intake)] == ["double_organisation"]


def test_a_name_that_is_confirmed_may_be_in_a_row_that_does_not_count(taken: TakeIn) -> None:
    rows = [{"Organisatie": "De Linde"}, {"Organisatie": "Het Ankerr", "submitdate": ""}]
    assert told(taken(rows, matches="matches:\n  Het Ankerr: Het Anker\n")) == []


def test_a_token_goes_before_a_name(taken: TakeIn) -> None:
    frame = "token,organisation,wgo\na,De Linde,noord\nb,Het Anker,zuid\n"
    frame += "v,Een,noord\nw,Twee,noord\nx,Drie,zuid\ny,Vier,zuid\n"
    rows = [
        {"token": "a", "Organisatie": "Het Anker"},  # an invitation that was handed on
        {"token": "", "Organisatie": "Het Anker", "G01Q01": "A2"},
        {"token": "c", "Organisatie": "Elders"},
        {"token": "d"},
        {"token": ""},
        {"token": "e", "Organisatie": "de linde"},
    ]
    intake = taken(rows, frame)
    assert told(intake) == [
        ("token_missing", 1, "1 respondent heeft geen token en noemt geen organisatie. Regel 6."),
        ("token_not_in_frame", 1, "1 respondent heeft een token dat niet in het steekproefkader staat. Regel 5."),
        (
            *("organisation_not_in_frame", 1),
            "1 respondent noemt een organisatie die niet in het steekproefkader staat. "
            "Met `srsmeting match` zijn namen te koppelen die anders zijn geschreven. Regel 4.",
        ),
        (
            *("organisation_differs", 1),
            "1 respondent noemt een andere organisatie uit het steekproefkader dan die van het token. "
            "Het token beslist. Regel 2.",
        ),
        (
            *("double_organisation", 2),
            "2 responsen zijn van één organisatie: regels 2 en 7. Alle tellen; leg in corrections.yaml terzijde welke "
            "dubbel is.",
        ),
    ]
    assert intake.report.notes[-1] == ("Gekoppeld met het steekproefkader: 1 op token, 2 op naam van de organisatie.")


def test_two_organisations_of_one_name_are_not_told_apart_by_guessing(taken: TakeIn) -> None:
    frame = "organisation,wgo\nStichting De Linde,noord\nDe Linde B.V.,zuid\n"
    intake = taken([{"Organisatie": "De Linde"}, {"Organisatie": "Stichting De Linde"}], frame)
    assert told(intake) == [
        (
            *("organisation_ambiguous", 1),
            "1 respondent noemt een organisatie waarvan de naam vaker in het steekproefkader staat. Regel 2.",
        )
    ]


def test_doubles_without_a_frame_are_told_by_name(taken: TakeIn) -> None:
    names = ["De Linde", "Het Anker", "de linde", "", "", "nvt", "n.v.t.", "Stichting de Linde", "het anker", "Elders"]
    intake = taken([{"Organisatie": name} for name in names], None)
    assert told(intake) == [
        (
            *("double_organisation", 5),
            "5 responsen zijn van 2 organisaties die er meer dan één hebben: regels 2, 4 en 9; 3 en 10. "
            "Alle tellen; leg in corrections.yaml terzijde welke dubbel is.",
        )
    ]


def test_the_column_of_names_goes_no_further(taken: TakeIn) -> None:
    intake = taken([{"Organisatie": "Het Geheim"}])
    assert intake.report.dropped.query("column == 'Organisatie'").to_numpy().tolist() == [
        ["Organisatie", "alleen gebruikt om te koppelen met het steekproefkader", 1]
    ]
    assert "Organisatie" not in intake.responses.answers
    out = intake.report.to_markdown() + intake.quarantine.to_csv() + intake.responses.answers.to_csv()
    assert "Geheim" not in out


def test_an_open_question_can_be_the_column_of_names(data: Path, gold: Questionnaire, tmp_path: Path) -> None:
    """The question stays: whether something was written at it."""
    frame = tmp_path / "frame.csv"
    frame.write_text("organisation\nStichting De Brug\nEen\nTwee\n", encoding="utf-8")
    ignore = ("punt5", "jno", "toe", "dual", "getal", "geld", "rang", "lijstc", "datum", "kort", "eq")
    population = read_population(frame, gold)
    intake = take_in(data / "rc_code_short.csv", gold, population, ignore=ignore, organisation="orgnaam")
    assert intake.responses.answers["orgnaam"].tolist() == [True, True, True]
    assert intake.report.dropped.set_index("column").loc["orgnaam", "why"] == (
        "open antwoord; alleen bewaard of er iets is ingevuld"
    )
    assert told(intake)[0][:2] == ("organisation_not_in_frame", 3)


def test_a_column_that_is_not_there(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(write_export([FULL], columns=COLUMNS), kort, organisation="Organisatei")
    assert (
        str(caught.value)
        .split("\n")[0]
        .startswith(
            "export.csv:1: organisation: the export has no column 'Organisatei'. Did you mean 'Organisatie'? Known: 'id', "
        )
    )


def test_faults_of_confirmed_names_are_told_with_their_lines(taken: TakeIn) -> None:
    matches = """\
matches:
  De Lindde: Stichting De Linde
  Nergens: Het Anker
  Ergens: Het Ankr
  Elders: Dubbel
  de lindde: Het Anker
"""
    frame = FRAME + "Dubbel,zuid\nStichting Dubbel,zuid\nDubbel B.V.,zuid\ndubbel,zuid\n"
    rows = [{"Organisatie": name} for name in ("De Lindde", "Ergens", "Elders")]
    with pytest.raises(IntakeError) as caught:
        taken(rows, frame, matches)
    assert str(caught.value).split("\n") == [
        "matches.yaml:3: the export has no organisation 'Nergens'. Write it as it stands there, or leave this line out.",
        "matches.yaml:4: 'frame.csv' has no organisation 'Het Ankr'. Write it as it stands there.",
        "matches.yaml:5: 'frame.csv' has more than one organisation 'Dubbel'. Give them names of their own there.",
        "matches.yaml:6: 'De Lindde' and 'de lindde' are read as the same name. Keep one of the two.",
    ]


def test_confirmed_names_need_a_frame_with_names(taken: TakeIn) -> None:
    with pytest.raises(IntakeError) as caught:
        taken([{"Organisatie": "De Lindde"}], "token,wgo\na,noord\n", "matches:\n  De Lindde: De Linde\n")
    assert str(caught.value) == (
        "matches.yaml:1: needs a column 'organisation' in 'frame.csv' with the names of organisations. Add it."
    )


def test_a_frame_with_neither_names_nor_tokens_in_common_is_told(
    kort: Questionnaire, write_export: Callable[..., Path], tmp_path: Path
) -> None:
    export = write_export([FULL])
    (tmp_path / "frame.csv").write_text(FRAME, encoding="utf-8")
    intake = take_in(export, kort, read_population(tmp_path / "frame.csv", kort))
    assert told(intake) == [
        (
            *("no_tokens", 1),
            "Het steekproefkader heeft geen tokens, en ‘organisation’ in meting.yaml noemt geen kolom met namen van "
            "organisaties: respondenten zijn niet met het steekproefkader vergeleken.",
        )
    ]


def test_a_frame_of_names_with_a_row_without_one(kort: Questionnaire, tmp_path: Path) -> None:
    (tmp_path / "frame.csv").write_text("organisation,wgo\nDe Linde,noord\n ,zuid\n", encoding="utf-8")
    with pytest.raises(PopulationError) as caught:
        read_population(tmp_path / "frame.csv", kort)
    assert str(caught.value) == "frame.csv:3: no organisation, and the frame has no tokens. Fill in the name."


def test_a_file_of_matches_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "matches.yaml"
    path.write_text("matches:\n#  De Lindde: De Linde\n", encoding="utf-8")
    assert read_matches(path).by_name == {}
    path.write_text("match:\n  De Lindde: De Linde\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_matches(path)
    assert str(caught.value).split("\n")[0] == (
        "matches.yaml:1: unknown key 'match'. Did you mean 'matches'? Known: 'matches'."
    )
