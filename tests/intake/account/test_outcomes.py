"""What came in from each organisation of the frame."""

from collections.abc import Callable
from pathlib import Path

from srsmeting.checking import check_meting
from srsmeting.dispositions import DISPOSITIONS
from srsmeting.intake import Intake, take_in
from srsmeting.meting import load_meting
from srsmeting.population import read_population
from srsmeting.questionnaire import Questionnaire

FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}
HALF = {"submitdate": "", "G01Q01": "A1", "G01Q02": "A2"}


def became(intake: Intake) -> list[str]:
    assert intake.outcomes is not None
    return ["" if place < 0 else DISPOSITIONS[place] for place in intake.outcomes.organisations]


def test_the_fullest_response_of_an_organisation_tells(
    tmp_path: Path, kort: Questionnaire, write_export: Callable[..., Path]
) -> None:
    frame = tmp_path / "frame.csv"
    frame.write_text("token\n" + "".join(f"t{number}\n" for number in range(1, 6)), encoding="utf-8")
    rows = [
        FULL | {"token": "t1"},
        HALF | {"token": "t1"},
        HALF | {"token": "t2"},
        HALF | {"token": "t3", "G01Q02": ""},
        FULL | {"token": "elders"},
        HALF | {"token": ""},
    ]
    population = read_population(frame, kort)
    whole = take_in(write_export(rows), kort, population)
    assert became(whole) == ["complete", "break_off", "break_off", "", ""]
    assert whole.outcomes is not None
    assert whole.outcomes.respondents.tolist() == [0, -1]

    part = take_in(write_export(rows), kort, population, partial=0.5)
    assert became(part) == ["complete", "partial", "break_off", "", ""]
    assert part.outcomes is not None
    assert part.outcomes.partial.tolist() == [False, True, False, True]
    assert part.outcomes.respondents.tolist() == [0, 1, -1, -1]


def test_a_response_that_a_person_set_aside_was_a_contact(mini: Path) -> None:
    (mini / "corrections.yaml").write_text(
        "set_aside:\n  - {respondent: '2', reason: Geen lid, date: 2022-04-01}\n", encoding="utf-8"
    )
    config = mini / "meting.yaml"
    config.write_text("corrections: corrections.yaml\n" + config.read_text("utf-8"), encoding="utf-8")
    found = became(check_meting(load_meting(mini)))
    assert {name: found.count(name) for name in set(found)} == {"complete": 9, "break_off": 1, "other": 1, "": 9}


def test_an_export_that_does_not_tell_who_responded(
    tmp_path: Path, kort: Questionnaire, write_export: Callable[..., Path]
) -> None:
    frame = tmp_path / "frame.csv"
    frame.write_text("token\nt1\nt2\n", encoding="utf-8")
    export = write_export([FULL, FULL, HALF])
    lines = [line.split(";") for line in export.read_text("utf-8").splitlines()]
    place = next(number for number, heading in enumerate(lines[0]) if heading.strip('"') == "token")
    export.write_text("\n".join(";".join(line[:place] + line[place + 1 :]) for line in lines) + "\n", "utf-8")
    intake = take_in(export, kort, read_population(frame, kort))
    assert became(intake) == ["", ""]
    assert intake.outcomes is not None
    assert intake.outcomes.respondents.tolist() == [-1, -1]


def test_without_a_frame_there_are_no_organisations(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    assert take_in(write_export([FULL]), kort).outcomes is None
