"""The export: byte for byte as LimeSurvey writes it."""

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses
from srsmeting.synthesis import Target, synthesise, write_limesurvey_export

DAYS = dt.date(2022, 3, 14), dt.date(2022, 3, 18)
HEADER = (
    '"id";"submitdate";"lastpage";"startlanguage";"seed";"token";"startdate";"datestamp";"ipaddr";"refurl";'
    '"A1";"A2";"A3";"A4[SQ1]";"A4[SQ2]";"A4[SQ3]";"A4[SQ4]";"A4[other]";"A5[SQ1]";"A5[SQ2]";"A6";"A6[other]";"A7";"A8"'
)


@pytest.fixture
def responses(questionnaire: Questionnaire) -> Responses:
    return synthesise(questionnaire, 60, targets=[Target("functie == overig", 9, 9)], seed=1)


def test_the_bytes(responses: Responses, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    write_limesurvey_export(responses, path, fieldwork=DAYS, seed=1, texts={"functie": ['zegt "nee"; en\nmeer']})
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig")

    assert raw.startswith(b"\xef\xbb\xbf")
    assert text.startswith(HEADER + "\r\n")
    assert text.endswith('"\r\n\r\n')
    assert text.count('"zegt ""nee""; en\nmeer"') == 9
    assert text.count("\r\n") == 1 + 60 + 1
    assert len(list(csv.reader(text.splitlines(keepends=True), delimiter=";"))) == 1 + 60 + 1
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]


def test_metadata_are_invented_and_hang_together(responses: Responses, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    tokens = [f"org{number}" for number in range(60)]
    write_limesurvey_export(responses, path, fieldwork=DAYS, seed=1, tokens=tokens)
    rows = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")

    assert rows["id"].tolist() == [str(number) for number in range(1, 61)]
    assert sorted(rows["token"]) == sorted(tokens)
    assert rows["startdate"].is_monotonic_increasing
    assert (rows["startdate"] < rows["submitdate"]).all()
    assert (rows["submitdate"] == rows["datestamp"]).all()
    assert rows["startdate"].str.fullmatch(r"2022-03-1[4-8] (0[89]|1[0-7]):\d\d:\d\d").all()
    assert rows["ipaddr"].str.fullmatch(r"192\.0\.2\.\d{1,3}").all()
    assert set(rows["refurl"]) == {"", "https://www.example.org/uitnodiging"}


def test_answers_are_codes(responses: Responses, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    tokens = [f"{number:02}" for number in range(60)]
    write_limesurvey_export(responses, path, fieldwork=DAYS, seed=1, tokens=tokens)
    rows = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig").sort_values("token")
    answers = responses.answers

    assert rows["A1"].tolist() == answers["regio"].astype("str").tolist()
    assert (rows["A4[SQ2]"] == "Y").tolist() == answers["effect.b"].tolist()
    assert set(rows["A4[SQ2]"]) == {"Y", ""}
    assert (rows["A4[other]"] == "(verzonnen antwoord)").tolist() == answers["effect.anders"].tolist()
    assert rows["A6"].tolist() == answers["functie"].map({"hr": "F1", "overig": "-oth-"}).tolist()
    assert ((rows["A6"] == "-oth-") == (rows["A6[other]"] != "")).all()
    assert rows["A7"].str.fullmatch(r"\d*").all()


def test_those_who_stop_keep_their_first_answers(
    questionnaire: Questionnaire, responses: Responses, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    write_limesurvey_export(responses, path, fieldwork=DAYS, seed=1, incomplete=synthesise(questionnaire, 8, seed=9))
    rows = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")
    stopped = rows[rows["submitdate"] == ""]

    assert len(rows) == 68
    assert len(stopped) == 8
    assert (stopped["A7"] == "").sum() > (stopped["A1"] == "").sum()
    assert (stopped["lastpage"] == "0").all()


def test_texts_are_each_used_once_before_any_comes_back(responses: Responses, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    texts = ["a", "b", "c", "d"]
    write_limesurvey_export(responses, path, fieldwork=DAYS, seed=1, texts={"functie": texts})
    rows = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")

    counts = Counter(rows.loc[rows["A6"] == "-oth-", "A6[other]"])
    assert sorted(counts.values()) == [2, 2, 2, 3]


def test_what_cannot_be_written(responses: Responses, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    known = "Known: 'effect', 'functie', 'toelichting'."
    cases = [
        ({"tokens": ["a"]}, "write_limesurvey_export(): 1 tokens for 60 respondents. Give each one of its own."),
        (
            {"fieldwork": (dt.date(2022, 3, 12), dt.date(2022, 3, 13))},
            "fieldwork: no weekday from 2022-03-12 to 2022-03-13. Give the first day and the last.",
        ),
        (
            {"fieldwork": (DAYS[1], DAYS[0])},
            "fieldwork: no weekday from 2022-03-18 to 2022-03-14. Give the first day and the last.",
        ),
        (
            {"texts": {"kent": ["a"]}},
            f"write_limesurvey_export(): texts: no question with texts 'kent'. {known}",
        ),
        (
            {"texts": {"functie": [" "]}},
            "write_limesurvey_export(): texts: an empty text for 'functie', which would be no answer.",
        ),
        (
            {"path": tmp_path / "no" / "export.csv"},
            f"{tmp_path / 'no' / 'export.csv'}: the folder {str(tmp_path / 'no')!r} does not exist. "
            "Make it first, or write elsewhere.",
        ),
    ]
    for given, message in cases:
        with pytest.raises(SynthesisError, match=f"^{re.escape(message)}$"):
            write_limesurvey_export(responses, **({"path": path, "fieldwork": DAYS, "seed": 1} | given))  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())
