"""How an answer can be written: as a code, as its text, as a tick, with others in one cell."""

from pathlib import Path

import pandas as pd
import pytest

from srsmeting.intake.binding.bind import bind
from srsmeting.intake.coding.answers import Coded, code_answers
from srsmeting.intake.dialect import Dialect
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Questionnaire, load_questionnaire

KORT = load_questionnaire(Path(__file__).parents[1] / "data" / "kort.yaml")
PLAIN = Dialect(ticked=frozenset({"1"}), unticked=frozenset({"0"}), other_chosen=frozenset({"-oth-"}))
LABELS = Dialect(ticked=frozenset({"Ja"}), unticked=frozenset({"Nee"}), no_answer=frozenset({"N/A"}), labels=True)


def export(dialect: Dialect, columns: dict[str, list[str]]) -> RawExport:
    cells = pd.DataFrame(columns, dtype="str")
    lines = cells.index.to_numpy() + 2
    aside = pd.Series([""] * len(cells), dtype="str")
    return RawExport("export.csv", "Proef", dialect, cells, lines, {}, "id", "", aside)


def coded(dialect: Dialect, columns: dict[str, list[str]], questionnaire: Questionnaire = KORT) -> Coded:
    raw = export(dialect, columns)
    return code_answers(raw, bind(raw, questionnaire), questionnaire)


def told(found: Coded) -> list[str]:
    return [str(fault) for fault in found.faults]


def test_texts_of_answers_match_without_case_white_space_and_closing_punctuation() -> None:
    found = coded(LABELS, {"G01Q02": ["bekend met\u00a0de  Inhoud.", "Niet bekend", "N/A", ""]})
    assert found.answers["bekend"].cat.codes.tolist() == [0, 1, -1, -1]
    assert told(found) == []


def test_a_code_among_texts_is_taken_and_another_text_is_told() -> None:
    found = coded(LABELS, {"G01Q02": ["A2", "Niet zo bekend"]})
    assert found.answers["bekend"].cat.codes.tolist() == [1, -1]
    assert told(found) == [
        "export.csv:3: column 'G01Q02': 'Niet zo bekend' is no answer of question 'bekend'. "
        "Did you mean 'Niet bekend'? Known: 'Bekend met de inhoud', 'Niet bekend', 'Weet niet'."
    ]


def test_the_text_of_an_option_is_a_tick_where_answers_are_texts() -> None:
    columns = {"G01Q03[SQ001]": ["Meer inzicht", "Ja", "Nee"], "G01Q03[other]": ["", "Koken", ""]}
    found = coded(LABELS, columns | {"G01Q03[SQ003]": ["", "", "geen effect"]})
    assert found.answers[["effect.inzicht", "effect.anders", "effect.geen"]].to_numpy().tolist() == [
        [True, False, False],
        [True, True, False],
        [False, False, True],
    ]


def test_a_tick_is_what_the_dialect_calls_one() -> None:
    columns = {"G01Q03[SQ001]": ["1", "0", "Y"], "G01Q03[other]": ["", "", ""], "G01Q03[SQ003]": ["", "", ""]}
    found = coded(PLAIN, columns)
    assert found.answers["effect.inzicht"].tolist() == [True, False, False]
    assert told(found) == [
        "export.csv:4: column 'G01Q03[SQ001]': 'Y' is no tick. Known: '1', and empty for not ticked."
    ]


def test_t48_decimals_come_after_the_declared_mark_only() -> None:
    found = coded(Dialect(decimal=","), {"G01Q06": ["12,5", "1.250", "-3"]})
    assert found.answers["fte"].fillna(0).tolist() == [12.5, 0.0, -3.0]
    assert told(found) == ["export.csv:3: column 'G01Q06': '1.250' is no number. Decimals come after a comma: '12,5'."]


def test_several_options_in_one_cell() -> None:
    found = coded(Dialect(labels=True, delimiter=";"), {"G01Q03": ["Meer inzicht;Geen effect;", "koken; bakken;", ""]})
    assert found.answers[["effect.inzicht", "effect.anders", "effect.geen"]].to_numpy().tolist() == [
        [True, False, True],
        [False, True, False],
        [False, False, False],
    ]
    assert found.given["effect"].tolist() == [True, True, False]


def test_a_column_of_all_options_is_spare_where_every_option_has_its_own() -> None:
    columns = {"G01Q03": ["Meer inzicht"], "G01Q03[SQ001]": ["1"], "G01Q03[other]": [""], "G01Q03[SQ003]": [""]}
    binding = bind(export(Dialect(ticked=frozenset({"1"}), delimiter=";"), columns), KORT)
    assert (binding.several, binding.spare) == ({}, ("G01Q03",))


@pytest.mark.parametrize(
    ("cells", "shown", "expected"), [(["", "x"], [True, True], [1, 0]), (["", "x"], [False, True], [2, 0])]
)
def test_the_status_of_a_cell_is_what_the_tool_tells(cells: list[str], shown: list[bool], expected: list[int]) -> None:
    raw = export(PLAIN, {"G01Q07": cells})
    assert raw.status()["G01Q07"].tolist() == [-1, 0]
    told_raw = RawExport(**{**vars(raw), "shown": pd.DataFrame({"G01Q07": shown})})
    assert told_raw.status()["G01Q07"].tolist() == expected
