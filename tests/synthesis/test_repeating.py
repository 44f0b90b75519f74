"""The next year of a survey, invented out of this one."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.bundled import bundled
from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import load_questionnaire
from srsmeting.synthesis import Repeat, repeat_survey

TEXT = {"dtype": "str", "keep_default_na": False}


def _read() -> tuple[pd.DataFrame, pd.DataFrame]:
    folder = bundled("analyses/srs_2021")
    export = pd.read_csv(folder / "export.csv", sep=";", encoding="utf-8-sig", **TEXT)  # type: ignore[call-overload]
    return export, pd.read_csv(folder / "frame.csv", **TEXT)  # type: ignore[call-overload]


def _wanted(respondents: int = 200, returning: int = 100, keeping: float = 1.0) -> Repeat:
    days = (dt.date(2023, 3, 13), dt.date(2023, 4, 14))
    return Repeat(respondents, returning, 20, 30, keeping, {}, days)


def test_organisations_leave_come_in_and_return() -> None:
    export, frame = _read()
    questionnaire = load_questionnaire(bundled("questionnaires/srs_2021.yaml"))

    made, organisations = repeat_survey(export, frame, questionnaire, _wanted(), seed=1)

    before, after = set(frame["token"]), set(organisations["token"])
    assert (len(before - after), len(after - before)) == (20, 30)
    complete = export[export["submitdate"] != ""].set_index("token")
    twice = complete.index.intersection(made["token"])
    assert (len(made), len(twice), made["token"].is_unique) == (200, 100, True)
    # Whoever keeps answering as before has every answer of before.
    answers = [column for column in export.columns if column.startswith("G0")]
    again = made.set_index("token").loc[twice, answers]
    pd.testing.assert_frame_equal(again, complete.loc[twice, answers])
    assert set(made["submitdate"].str[:4]) == {"2023"}
    # A respondent is in the group that the frame says.
    sizes = {category.export: category.code for category in questionnaire.question("grootteklasse").categories}
    told = organisations.set_index("token").loc[made["token"], "grootteklasse"].tolist()
    assert made["G00Q03"].map(sizes).tolist() == told


def test_more_respondents_than_there_are_organisations_is_an_error() -> None:
    export, frame = _read()
    questionnaire = load_questionnaire(bundled("questionnaires/srs_2021.yaml"))

    with pytest.raises(SynthesisError) as caught:
        repeat_survey(export, frame, questionnaire, _wanted(700, 400), seed=1)
    assert str(caught.value) == (
        "repeat_survey(): 400 returning and 300 new respondents, of 296 and 699 organisations. Ask for fewer."
    )


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_bundled_years_are_what_their_script_makes(year: int, tmp_path: Path) -> None:
    folder = bundled(f"analyses/srs_{year}")

    subprocess.run([sys.executable, folder / "repeat.py", tmp_path], check=True)

    for name in ("export.csv", "frame.csv", "coded.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
