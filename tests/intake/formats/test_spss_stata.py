"""Statistical files: what they keep of an answer, and what a questionnaire must not be misled by."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import RawExport, read_export, take_in
from srsmeting.intake.formats import labelled, readstat
from srsmeting.questionnaire import Questionnaire, load_questionnaire

QUESTIONNAIRE = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - id: bekend
    export: Q1
    kind: single
    title: Bekendheid
    text: Kent u het onderzoek?
    pijler: basis
    fase: bereik
    categories:
      - {code: ja, export: "1", label: Ja}
      - {code: nee, export: "2", label: Nee}
      - {code: weet_niet, export: "88", label: Weet niet, kind: dont_know}
  - id: effect
    export: Q2
    kind: multiple
    title: Effect
    text: Wat is er veranderd?
    pijler: basis
    fase: effect
    asked_if: bekend == ja
    categories:
      - {code: inzicht, export: "1", label: Inzicht}
      - {code: beleid, export: "2", label: Beleid}
  - {id: fte, export: Q3, kind: number, title: Fte, text: Hoeveel fte?, pijler: basis, fase: algemeen}
"""


@pytest.fixture
def verkenning(tmp_path: Path) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


ANSWERS = pd.DataFrame(
    {"Q1": [1.0, 2.0, 88.0, np.nan], "Q2_1": [1.0, np.nan, np.nan, np.nan], "Q2_2": [0.0, np.nan, np.nan, np.nan],
     "Q3": [12.5, 3.0, 1.0, np.nan]}
)  # fmt: skip
LABELS: dict[str, dict[float | int, str]] = {"Q1": {1: "Ja", 2: "Nee", 88: "Weet niet"}}


def _sav(path: Path, frame: pd.DataFrame = ANSWERS, **more: Any) -> Path:
    pyreadstat.write_sav(frame, path, **({"variable_value_labels": LABELS} | more))
    return path


def _dta(path: Path, frame: pd.DataFrame = ANSWERS, **more: Any) -> Path:
    pyreadstat.write_dta(frame, path, **({"variable_value_labels": LABELS} | more))
    return path


@pytest.mark.parametrize(
    ("write", "name", "format"),
    [(_sav, "a.sav", "SPSS (.sav)"), (_sav, "a.zsav", "SPSS (.sav)"), (_dta, "a.dta", "Stata (.dta)")],
)
def test_the_same_respondents_give_the_same_responses(
    tmp_path: Path, verkenning: Questionnaire, write: Callable[..., Path], name: str, format: str
) -> None:
    more = {"compress": True} if name == "a.zsav" else {}
    intake = take_in(write(tmp_path / name, **more), verkenning)

    assert intake.report.format == format
    assert intake.responses.codes("bekend").tolist() == [0, 1, 2, -1]
    assert intake.responses.ticked("effect").tolist() == [[True, False], [False] * 2, [False] * 2, [False] * 2]
    assert intake.responses.status["effect"].tolist() == [0, 2, 2, 2]
    assert intake.responses.answers["fte"].fillna(-1).tolist() == [12.5, 3.0, 1.0, -1.0]
    assert intake.report.rows_received == intake.report.rows_used == 4
    assert intake.report.lost == (
        f"{format.split()[0]} bewaart ‘niet gesteld’ en ‘opengelaten’ beide als een lege cel; de routing beslist.",
    )


def test_t38_what_the_user_declared_missing_is_kept_with_its_label(tmp_path: Path, verkenning: Questionnaire) -> None:
    frame = ANSWERS.assign(s=["Z", "a", "", "Z"], n=[-1.0, 2500.0, 3.0, np.nan])
    path = _sav(
        tmp_path / "a.sav",
        frame,
        missing_ranges={"Q1": [88], "s": ["Z"], "n": [{"lo": 2000, "hi": 3000}, -1]},
        variable_value_labels=LABELS | {"n": {-1: "Geweigerd"}, "s": {"Z": "Zee"}},
    )
    raw = read_export(path)
    assert raw.cells["s"].tolist() == ["Z", "a", "", "Z"]
    assert raw.cells["n"].tolist() == ["-1", "2500", "3", ""]
    assert raw.dialect.value_labels_of("n") == {"-1": "Geweigerd"}
    assert raw.dialect.value_labels_of("s") == {"Z": "Zee"}
    assert take_in(path, verkenning, ignore=["s", "n"]).responses.codes("bekend").tolist() == [0, 1, 2, -1]


def test_a_mark_that_the_user_declared_missing_is_no_answer(tmp_path: Path) -> None:
    # 9 is in the range of the question, and 99 is not.
    frame = ANSWERS.assign(Q4=[9.0, 99.0, 7.0, np.nan])
    path = _sav(
        tmp_path / "a.sav",
        frame,
        missing_ranges={"Q4": [9, 99]},
        variable_value_labels=LABELS | {"Q4": {9: "Weet niet", 99: "Geweigerd"}},
    )
    questionnaire = tmp_path / "mark.yaml"
    mark = "  - {id: cijfer, export: Q4, kind: mark, range: [1, 10], title: C, text: C, pijler: basis, fase: effect}\n"
    questionnaire.write_text(QUESTIONNAIRE + mark, encoding="utf-8")
    intake = take_in(path, load_questionnaire(questionnaire))
    assert intake.responses.codes("cijfer").tolist() == [-1, -1, 6, -1]
    assert intake.responses.status["cijfer"].tolist() == [1, 1, 0, 1]
    assert intake.report.notes[1] == (
        "Waarden die SPSS als ontbrekend aanmerkt, bij een getal of cijfer gelezen als geen antwoord, in: Q4."
    )


def test_t39_a_tagged_missing_value_of_stata_is_kept_with_its_label(tmp_path: Path, verkenning: Questionnaire) -> None:
    frame = ANSWERS.assign(Q1=pd.Series([1.0, 2.0, "a", np.nan], dtype=object))
    path = _dta(
        tmp_path / "a.dta",
        frame,
        missing_user_values={"Q1": ["a"]},
        variable_value_labels={"Q1": {1: "Ja", 2: "Nee", "a": "Weet niet"}},
    )
    assert read_export(path).cells["Q1"].tolist() == ["1", "2", ".a", ""]
    assert take_in(path, verkenning).responses.codes("bekend").tolist() == [0, 1, 2, -1]


def test_t55_a_whole_number_is_a_code_without_a_point(tmp_path: Path) -> None:
    assert read_export(_sav(tmp_path / "a.sav")).cells["Q1"].tolist() == ["1", "2", "88", ""]


def test_t56_a_moment_that_no_calendar_has_does_not_stop_the_file(tmp_path: Path) -> None:
    moments = [13828960800.0, 9.9e15, np.nan, 0.0]
    path = _sav(tmp_path / "a.sav", ANSWERS.assign(d=moments), variable_format={"d": "DATETIME20"})
    raw = read_export(path)
    assert raw.cells["d"].tolist() == ["2021-01-02 10:00:00", "9900000000000000", "", "1582-10-14 00:00:00"]
    assert "Momenten die op geen kalender staan, gelezen als getal, in: d." in raw.notes


def test_dates_are_dates(tmp_path: Path) -> None:
    day = [dt.date(2026, 3, 2), None, dt.date(2026, 3, 29), None]
    assert read_export(_sav(tmp_path / "a.sav", ANSWERS.assign(d=day))).cells["d"].tolist() == [
        *("2026-03-02", "", "2026-03-29", "")
    ]
    assert read_export(_dta(tmp_path / "a.dta", ANSWERS.assign(d=day))).cells["d"].tolist() == [
        *("2026-03-02", "", "2026-03-29", "")
    ]


def test_t61_a_label_that_the_package_cut_is_told(tmp_path: Path) -> None:
    raw = read_export(_sav(tmp_path / "a.sav", column_labels={"Q1": "v" * 256}))
    assert raw.lost[1] == "Labels die SPSS te lang vindt, zijn afgekapt: 1."


def test_t63_names_and_texts_in_any_script_are_kept(tmp_path: Path) -> None:
    raw = read_export(_sav(tmp_path / "a.sav", ANSWERS.assign(café=["é", "שלום", "తెలుగు", ""])))
    assert raw.cells["café"].tolist() == ["é", "שלום", "తెలుగు", ""]


def test_a_code_that_the_file_labels_as_another_answer_is_an_error(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _sav(tmp_path / "a.sav", variable_value_labels={"Q1": {1: "Nee", 2: "Ja", 88: "Weet niet"}})
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning)
    assert str(caught.value).splitlines() == [
        "a.sav:1: column 'Q1': '1' is labelled 'Nee' in the file, and stands for 'Ja' in question 'bekend'. Correct the "
        "'export' of its categories, or say under 'answers' in mapping.yaml what it stands for.",
        "a.sav:2: column 'Q1': '2' is labelled 'Ja' in the file, and stands for 'Nee' in question 'bekend'. Correct the "
        "'export' of its categories, or say under 'answers' in mapping.yaml what it stands for.",
    ]


def test_other_words_for_the_same_code_are_told(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _sav(tmp_path / "a.sav", variable_value_labels={"Q1": {1: "Jazeker", 2: "Nee", 88: "Geen idee"}})
    findings = take_in(path, verkenning).report.findings
    told = findings[findings["check"] == "label_differs"]
    assert told["message"].tolist() == [
        "1 is ‘Jazeker’ in het bestand en ‘Ja’ in de vragenlijst; "
        "88 is ‘Geen idee’ in het bestand en ‘Weet niet’ in de vragenlijst."
    ]


def _sets(path: Path, sets: dict[str, Any], monkeypatch: pytest.MonkeyPatch, missing: Any = None) -> RawExport:
    """Read a file as if these sets were in it: pyreadstat reads them and cannot write them."""
    plain = readstat.read_contents

    def read(*arguments: Any) -> readstat.Contents:
        return replace(plain(*arguments), sets=sets, missing=missing or {})

    monkeypatch.setattr(labelled, "read_contents", read)
    return read_export(path)


def test_a_set_of_dichotomies_says_which_value_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame({"Q2_1": [2.0, 1.0, 9.0, np.nan], "Q2_2": [1.0, 2.0, 2.0, np.nan]})
    found = {"type": "D", "is_dichotomy": True, "counted_value": 2, "label": "", "variable_list": ["Q2_1", "Q2_2"]}
    raw = _sets(_sav(tmp_path / "a.sav", frame), {"Q2": found}, monkeypatch, {"Q2_1": [{"lo": 9.0, "hi": 9.0}]})
    assert raw.cells["Q2_1"].tolist() == ["1", "0", "", ""]
    assert raw.cells["Q2_2"].tolist() == ["0", "1", "1", ""]


def test_a_set_of_categories_is_one_question(
    tmp_path: Path, verkenning: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pd.DataFrame({"Q1": [1.0, 1.0], "eerste": [2.0, 1.0], "tweede": [1.0, np.nan], "Q3": [1.0, 2.0]})
    found = {
        "type": "C",
        "is_dichotomy": False,
        "counted_value": None,
        "label": "",
        "variable_list": ["eerste", "tweede"],
    }
    path = _sav(tmp_path / "a.sav", frame)
    raw = _sets(path, {"Q2": found}, monkeypatch)
    assert list(raw.cells) == ["(rij)", "Q1", "Q2", "Q3"]
    assert raw.cells["Q2"].tolist() == ["2;1", "1"]
    assert take_in(path, verkenning).responses.ticked("effect").tolist() == [[True, True], [True, False]]


def test_a_header_that_promises_more_than_a_survey_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _sav(tmp_path / "a.sav")
    monkeypatch.setattr(readstat, "_MOST_CELLS", 15)
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    assert str(caught.value) == (
        "a.sav: says that it has 4 variables and 4 records, which no survey has. It is damaged: save it again with SPSS."
    )


@pytest.mark.parametrize("name", ["a.sav", "a.zsav", "a.dta"])
@settings(derandomize=True, max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_accounted_for_or_refused_with_one_error(
    tmp_path: Path,
    verkenning: Questionnaire,
    name: str,
    damage: Callable[..., bytes],
    accounted: Callable[..., None],
    data: st.DataObject,
) -> None:
    path = tmp_path / name
    _dta(path) if name == "a.dta" else _sav(path, compress=name == "a.zsav")
    accounted(damage(data, path.read_bytes()), verkenning, name=f"damaged-{name}")


def test_a_status_of_qualtrics_that_is_not_known_is_a_fault_as_in_its_own_exports(
    tmp_path: Path, verkenning: Questionnaire
) -> None:
    data = {"ResponseId": ["R1", "R2", "R3"], "Status": [0.0, 0.0, 5.0], "Progress": [100.0, 60.0, 100.0]}
    path = tmp_path / "qualtrics.sav"
    pyreadstat.write_sav(pd.DataFrame(data | {name: ANSWERS[name][:3] for name in ANSWERS}), str(path))

    assert read_export(path).set_aside.tolist() == ["", "incomplete", ""]
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning)
    assert str(caught.value) == (
        "qualtrics.sav:3: column 'Status': '5' is not known. Known: 0, 1, 2, 4, 8, 16. Export numeric values."
    )


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (b"eerste", "cannot be read as a file of Stata: two of its variables have one name. Save it again with Stata."),
        (bytes(6), "has a variable without a name. It is damaged: save it again with Stata."),
    ],
)
def test_variables_that_cannot_be_told_apart_are_refused(tmp_path: Path, second: bytes, message: str) -> None:
    path = _dta(tmp_path / "a.dta", pd.DataFrame({"eerste": [1.0], "tweede": [2.0]}), variable_value_labels={})
    path.write_bytes(path.read_bytes().replace(b"tweede", second))
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    assert str(caught.value) == f"a.dta: {message}"


def test_labels_of_a_variable_that_is_not_there_are_refused(tmp_path: Path) -> None:
    path = _sav(tmp_path / "a.sav")
    raw = path.read_bytes()
    of_first = b"\x04\0\0\0\x01\0\0\0\x01\0\0\0"
    assert of_first in raw
    for other in (b"\x01\0\0\x80", b"\0\0\0\0", b"\x63\0\0\0"):
        path.write_bytes(raw.replace(of_first, of_first[:8] + other))
        with pytest.raises(IntakeError) as caught:
            read_export(path)
        assert str(caught.value) == (
            "a.sav: cannot be read as a file of SPSS: it is damaged or not complete. Save it again with SPSS."
        )
