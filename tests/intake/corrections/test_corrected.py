"""An export with its corrections: treated as any answer, refused unless the file says what they say."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.corrections.entries import Corrections, CorrectionsConfig, read_corrections
from srsmeting.intake.pseudonyms import Pseudonyms
from srsmeting.questionnaire import Questionnaire, load_questionnaire

DATE = "2026-03-03"
#: Answers to every closed question, so that a test is about one thing.
FULL = {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "10"}
NAMES = Pseudonyms(b"a salt of these tests", "kort-2021")

Correct = Callable[..., Intake]


def change(respondent: str, question: str, old: str, new: str, **more: object) -> dict[str, object]:
    return {"respondent": respondent, "question": question, "old": old, "new": new} | more


def corrections_text(corrections: Sequence[dict[str, object]], set_aside: Sequence[dict[str, object]] = ()) -> str:
    lines = []
    for key, entries in (("corrections", corrections), ("set_aside", set_aside)):
        lines.append(f"{key}:" if entries else f"{key}: []")
        for entry in entries:
            told = {"reason": "gebeld", "date": DATE} | entry
            cells = ", ".join(
                f"{name}: {value if isinstance(value, int) else chr(39) + str(value) + chr(39)}"
                for name, value in told.items()
            )
            lines.append(f"  - {{{cells}}}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def correct(tmp_path: Path, kort: Questionnaire, write_export: Callable[..., Path]) -> Correct:
    def take(
        rows: Sequence[dict[str, str]],
        corrections: Sequence[dict[str, object]] = (),
        set_aside: Sequence[dict[str, object]] = (),
        **options: Any,
    ) -> Intake:
        file = tmp_path / "corrections.yaml"
        file.write_text(corrections_text(corrections, set_aside), encoding="utf-8")
        return take_in(write_export(rows), kort, corrections=read_corrections(file), **options)

    return take


def refusal(correct: Correct, *arguments: Any, **options: Any) -> list[str]:
    with pytest.raises(IntakeError) as caught:
        correct(*arguments, **options)
    return str(caught.value).split("\n")


def listed(intake: Intake) -> list[list[object]]:
    return [list(row) for row in intake.report.corrections.itertuples(index=False, name=None)]


def test_a_corrected_answer_is_an_answer_like_any_other(correct: Correct) -> None:
    rows = [FULL, FULL | {"G01Q05": "1"}]
    intake = correct(rows, [change("2", "cijfer", "1", "10", reason="typefout")])

    assert intake.responses.answers["cijfer"].tolist() == ["7", "10"]
    assert listed(intake) == [[3, "cijfer", "1", "10", "typefout", DATE]]
    assert not intake.report.has_findings


def test_every_kind_of_question_has_its_cell(correct: Correct) -> None:
    asked = FULL | {"G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q04[SQ001]": "A1", "G01Q04[SQ002]": "A1"}
    intake = correct(
        [asked | {"G01Q07": "=1+1", "G01Q01": "-oth-", "G01Q01[other]": "Ergens"}],
        [
            change("1", "wgo", "-oth-", "A2"),
            change("1", "wgo", "Ergens", "", option="anders"),
            change("1", "effect", "", "Y", option="geen"),
            change("1", "effect", "", "koken", option="anders"),
            change("1", "impact", "A1", "A2", item="beter"),
            change("1", "fte", "10", "12.5"),
            change("1", "idee", "=1+1", ""),
        ],
    )
    answers = intake.responses.answers.iloc[0]
    assert answers["wgo"] == "zuid"
    assert answers[["effect.inzicht", "effect.anders", "effect.geen"]].tolist() == [True, True, True]
    assert answers[["impact.meer", "impact.beter"]].tolist() == ["eens", "oneens"]
    assert answers["fte"] == 12.5
    assert not answers["idee"]
    assert [row[1:4] for row in listed(intake)] == [
        ["wgo", "-oth-", "A2"],
        ["wgo.anders", "[tekst]", ""],
        ["effect.geen", "", "Y"],
        ["effect.anders", "", "[tekst]"],
        ["impact.beter", "A1", "A2"],
        ["fte", "10", "12.5"],
        ["idee", "[tekst]", ""],
    ]


def test_routing_follows_a_correction(correct: Correct) -> None:
    rows = [FULL | {"G01Q02": "A1", "G01Q03[SQ003]": "Y"}]
    intake = correct(rows, [change("1", "bekend", "A1", "A2")])

    assert intake.quarantine[["question", "reason"]].to_numpy().tolist() == [["effect", "not_asked"]]
    assert intake.report.findings["check"].tolist() == ["answer_not_asked"]


def test_a_text_need_not_be_copied_to_be_taken_out(correct: Correct) -> None:
    rows = [FULL | {"G01Q07": "n.v.t."}, FULL]
    intake = correct(rows, [change("1", "idee", "[tekst]", "")])

    assert intake.responses.answers["idee"].tolist() == [False, False]
    assert refusal(correct, rows, [change("2", "idee", "[tekst]", "x")]) == [
        "corrections.yaml:2: respondent '2', question 'idee': column 'G01Q07' on line 3 of export.csv is empty, "
        "not '[tekst]'. Correct 'old', or leave the correction out."
    ]


def test_what_finds_the_organisation_is_corrected_and_never_shown(correct: Correct) -> None:
    """Who passed an invitation on answers for another organisation than it was sent to."""
    rows = [FULL | {"token": "tok1"}, FULL | {"token": "tok1"}]
    intake = correct(rows, [change("2", "token", "tok1", "tok9")])
    assert listed(intake) == [[3, "token", "[tekst]", "[tekst]", "gebeld", DATE]]

    intake = correct(rows, [change("2", "token", "[tekst]", "tok9"), change("1", "organisation", "[tekst]", "De Linde")],
                     organisation="ipaddr")  # fmt: skip
    assert [row[1:4] for row in listed(intake)] == [
        ["token", "[tekst]", "[tekst]"],
        ["organisation", "[tekst]", "[tekst]"],
    ]
    assert refusal(correct, rows, [change("2", "token", "tok2", "tok9")])[0] == (
        "corrections.yaml:2: respondent '2', question 'token': column 'token' on line 3 of export.csv says [tekst], "
        "not 'tok2'. Correct 'old', or leave the correction out."
    )


def test_a_reason_that_names_a_person_is_not_shown(correct: Correct) -> None:
    intake = correct([FULL], [change("1", "cijfer", "7", "8", reason="gemaild met jan@example.org")])

    assert listed(intake) == [[2, "cijfer", "7", "8", "[tekst]", DATE]]


def test_a_response_that_is_set_aside_is_read_no_further(correct: Correct) -> None:
    rows = [FULL, {"G01Q01": "test", "G01Q05": "99", "G01Q06": "veel"}]
    intake = correct(rows, set_aside=[{"respondent": "2", "reason": "proef van ons zelf"}])

    assert intake.responses.n == 1
    assert intake.report.flow.to_numpy().tolist() == [["received", "", 2], ["set_aside", "by_hand", 1], ["used", "", 1]]
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[3, "by_hand"]]
    assert listed(intake) == [[3, "", "", "", "proef van ons zelf", DATE]]
    text = intake.report.to_markdown()
    assert "| Terzijde gelegd: volgens corrections.yaml | 1 |\n" in text
    assert "| 3 | (hele respons telt niet) |  |  | proef van ons zelf | 2026-03-03 |\n" in text


def test_a_double_id_is_settled_by_its_line(correct: Correct) -> None:
    rows = [FULL | {"id": "7"}, FULL | {"id": "7", "G01Q05": "9"}]
    intake = correct(rows, set_aside=[{"respondent": "7", "line": 2}])
    assert intake.responses.answers["cijfer"].tolist() == ["9"]

    assert refusal(correct, rows, set_aside=[{"respondent": "7"}])[0] == (
        "corrections.yaml:3: respondent '7' stands on lines 2, 3 of export.csv. Say which is meant: add 'line: 3'."
    )


def test_a_double_token_is_settled_by_the_respondent(correct: Correct) -> None:
    rows = [FULL | {"token": "t"}, FULL | {"token": "t"}]

    assert correct(rows, set_aside=[{"respondent": "2"}]).responses.n == 1


def test_a_row_without_id_and_a_row_of_totals_are_settled_too(correct: Correct) -> None:
    rows = [FULL, FULL | {"id": ""}, FULL | {"id": "Totaal"}]
    aside = [{"respondent": "", "line": 3}, {"respondent": "Totaal", "line": 4}]

    assert correct(rows, set_aside=aside).responses.n == 1


def test_a_row_that_was_incomplete_is_set_aside_once(correct: Correct) -> None:
    intake = correct([FULL, {"submitdate": ""}], set_aside=[{"respondent": "2"}])

    assert intake.quarantine["reason"].tolist() == ["by_hand"]


def test_a_respondent_may_be_named_by_a_pseudonym(correct: Correct) -> None:
    name = NAMES.of("2")
    intake = correct([FULL, FULL], [change(name, "cijfer", "7", "8")], pseudonyms=NAMES)
    assert intake.responses.answers["cijfer"].tolist() == ["7", "8"]

    assert refusal(correct, [FULL, FULL], [change(name, "cijfer", "7", "8")]) == [
        f"corrections.yaml:2: respondent '{name}' is a pseudonym, and there is no salt to find it with. "
        "Name its file in SRSMETING_SALT."
    ]
    other = Pseudonyms(b"another salt of these tests", "kort-2021")
    assert refusal(correct, [FULL, FULL], [change(name, "cijfer", "7", "8")], pseudonyms=other) == [
        f"corrections.yaml:2: respondent '{name}' is the pseudonym of nobody in export.csv. A pseudonym holds with its "
        "own salt only: name that in SRSMETING_SALT, or look the respondent up in a new quarantine."
    ]


def test_all_that_is_wrong_is_told_at_once(correct: Correct) -> None:
    entries = [
        change("99", "cijfer", "7", "8"),
        change("1", "cijffer", "7", "8"),
        change("1", "effect", "", "Y"),
        change("1", "effect", "", "Y", option="inzigt"),
        change("1", "impact", "", "A1"),
        change("1", "impact", "", "A1", item="mer"),
        change("1", "cijfer", "7", "8", item="meer"),
        change("1", "wgo", "", "x", option="noord"),
        change("1", "cijfer", "6", "8"),
        change("1", "fte", "10", "11"),
        change("1", "fte", "10", "12"),
        change("1", "bekend", "A1", "A2"),
        change("1", "idee", "iets", "iets anders"),
    ]
    aside: list[dict[str, object]] = [{"respondent": "2", "line": 2}, {"respondent": "2"}, {"respondent": "2"}]
    faults = refusal(correct, [FULL, FULL | {"G01Q05": "77"}], entries, aside)

    assert faults == [
        "corrections.yaml:2: respondent '99' is not in export.csv. The ids stand in column 'id'.",
        "corrections.yaml:3: respondent '1', question 'cijffer': no question 'cijffer'. Did you mean 'cijfer'? "
        "Known: 'wgo', 'bekend', 'effect', 'impact', 'cijfer', 'fte', 'idee', 'token'.",
        "corrections.yaml:4: respondent '1', question 'effect': each option has a cell of its own. Add 'option'. "
        "Known: 'inzicht', 'anders', 'geen'.",
        "corrections.yaml:5: respondent '1', question 'effect.inzigt': no option 'inzigt'. Did you mean 'inzicht'? "
        "Known: 'inzicht', 'anders', 'geen'.",
        "corrections.yaml:6: respondent '1', question 'impact': each item has a cell of its own. Add 'item'. "
        "Known: 'meer', 'beter'.",
        "corrections.yaml:7: respondent '1', question 'impact.mer': no item 'mer'. Did you mean 'meer'? "
        "Known: 'meer', 'beter'.",
        "corrections.yaml:8: respondent '1', question 'cijfer.meer': has no 'item' here: the question is of kind 'mark'. "
        "Leave it out.",
        "corrections.yaml:9: respondent '1', question 'wgo.noord': no option 'noord'. Known: 'anders'.",
        "corrections.yaml:10: respondent '1', question 'cijfer': column 'G01Q05' on line 2 of export.csv says '7', not '6'. "
        "Correct 'old', or leave the correction out.",
        "corrections.yaml:12: respondent '1', question 'fte': corrected twice, first on line 11. Keep one of the two.",
        "corrections.yaml:13: respondent '1', question 'bekend': column 'G01Q02' on line 2 of export.csv says so already. "
        "Was the export edited, or made anew? Leave the correction out.",
        "corrections.yaml:14: respondent '1', question 'idee': column 'G01Q07' on line 2 of export.csv is empty, "
        "not 'iets'. Correct 'old', or leave the correction out.",
        "corrections.yaml:16: respondent '2' does not stand on line 2 of export.csv, but on 3. Correct 'line'.",
        "corrections.yaml:18: respondent '2' is set aside twice, first on line 17. Keep one of the two.",
        # The second response was set aside all the same: its mark is not told.
    ]


def test_what_the_file_says_is_not_shown_when_it_is_a_text(correct: Correct) -> None:
    assert refusal(correct, [FULL | {"G01Q07": "bel mij"}], [change("1", "idee", "mail mij", "")]) == [
        "corrections.yaml:2: respondent '1', question 'idee': column 'G01Q07' on line 2 of export.csv says [tekst], "
        "not 'mail mij'. Correct 'old', or leave the correction out."
    ]


def test_a_new_value_that_is_the_text_of_an_answer_is_no_fault_of_the_export(correct: Correct) -> None:
    assert refusal(correct, [FULL], [change("1", "wgo", "A1", "Ja")]) == [
        "corrections.yaml:2: respondent '1', question 'wgo': after this correction, column 'G01Q01': 'Ja' is the text "
        "of an answer."
    ]


def test_a_new_value_that_is_no_answer_is_a_fault_of_the_correction(correct: Correct) -> None:
    assert refusal(correct, [FULL, FULL], [change("2", "cijfer", "7", "77")]) == [
        "corrections.yaml:2: respondent '2', question 'cijfer': after this correction, column 'G01Q05': '77' is outside "
        "the range of question 'cijfer', 1 to 10."
    ]


def test_in_a_table_without_ids_a_respondent_is_a_line(tmp_path: Path, kort: Questionnaire) -> None:
    heads = ["G01Q01", "G01Q02", "G01Q03_SQ001", "G01Q03_other", "G01Q03_SQ003", "G01Q04_SQ001", "G01Q04_SQ002"]
    row = "A1;A2;;;;;;7;10;"
    text = "\n".join([";".join([*heads, "G01Q05", "G01Q06", "G01Q07"]), row, row])
    (tmp_path / "tabel.csv").write_text(f"{text}\n", encoding="utf-8")
    file = tmp_path / "corrections.yaml"
    file.write_text(corrections_text([change("3", "cijfer", "7", "8")]), encoding="utf-8")
    intake = take_in(tmp_path / "tabel.csv", kort, corrections=read_corrections(file))
    assert intake.responses.answers["cijfer"].tolist() == ["7", "8"]

    file.write_text(corrections_text([change("1", "cijfer", "7", "8")]), encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        take_in(tmp_path / "tabel.csv", kort, corrections=read_corrections(file))
    assert str(caught.value) == (
        "corrections.yaml:2: respondent '1' is not in tabel.csv. That has no ids: name the number of the line, as in the "
        "quarantine."
    )


def test_without_corrections_nothing_changes(correct: Correct) -> None:
    intake = correct([FULL])

    assert listed(intake) == []
    assert "Correcties" not in intake.report.to_markdown()


def test_options_in_one_cell_are_corrected_as_one(tmp_path: Path, kort: Questionnaire) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    heads = ["Regio", "Kent u?", "Wat is er veranderd?", "Meer", "Beter", "Cijfer", "Fte", "Idee"]
    sheet.append(["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", *heads])
    cells = ["Noord", "Bekend met de inhoud", "Meer inzicht;Anders nog iets;", "Eens", "Eens", 7, 10, "x"]
    sheet.append([1, "3/2/26 9:14", "3/2/26 9:20", "anonymous", "", *cells])
    book.save(tmp_path / "export.xlsx")
    columns = "".join(
        f"  - {{column: '{head}', {rest}}}\n"
        for head, rest in zip(
            heads,
            [
                *("question: wgo", "question: bekend", "question: effect, delimiter: ';'"),
                *("question: impact, item: meer", "question: impact, item: beter"),
                *("question: cijfer", "question: fte", "question: idee"),
            ],
            strict=True,
        )
    )
    (tmp_path / "mapping.yaml").write_text(f"columns:\n{columns}", encoding="utf-8")
    mapping = read_mapping(tmp_path / "mapping.yaml", kort)
    file = tmp_path / "corrections.yaml"
    entry = change("1", "effect", "Meer inzicht;Anders nog iets;", "Meer inzicht;")
    file.write_text(corrections_text([entry]), encoding="utf-8")
    intake = take_in(tmp_path / "export.xlsx", kort, mapping=mapping, corrections=read_corrections(file))

    assert intake.responses.ticked("effect").tolist() == [[True, False, False]]
    # What was written among the options is a text.
    assert listed(intake) == [[2, "effect", "[tekst]", "Meer inzicht;", "gebeld", DATE]]

    file.write_text(corrections_text([entry | {"option": "inzicht"}]), encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        take_in(tmp_path / "export.xlsx", kort, mapping=mapping, corrections=read_corrections(file))
    assert str(caught.value) == (
        "corrections.yaml:2: respondent '1', question 'effect.inzicht': has no 'option' here: all its answers share one "
        "cell. Leave it out."
    )


def test_the_export_stays_as_it_is(correct: Correct, tmp_path: Path) -> None:
    correct([FULL])
    before = (tmp_path / "export.csv").read_bytes()
    correct([FULL], [change("1", "cijfer", "7", "8")])

    assert (tmp_path / "export.csv").read_bytes() == before


KORT = load_questionnaire(Path(__file__).parents[1] / "data" / "kort.yaml")
#: What may stand in a cell, by column.
POSSIBLE = {
    "G01Q01": ["", "A1", "A2"],
    "G01Q02": ["", "A1", "A2", "A3"],
    "G01Q03[SQ001]": ["", "Y"],
    "G01Q03[other]": ["", "koken", "=1+1"],
    "G01Q04[SQ002]": ["", "A1", "A2"],
    "G01Q05": ["", "1", "10"],
    "G01Q06": ["", "12.5", "-1"],
    "G01Q07": ["", "'t kan beter", "-2"],
}
NAMED: dict[str, dict[str, object]] = {
    "G01Q01": {"question": "wgo"},
    "G01Q02": {"question": "bekend"},
    "G01Q03[SQ001]": {"question": "effect", "option": "inzicht"},
    "G01Q03[other]": {"question": "effect", "option": "anders"},
    "G01Q04[SQ002]": {"question": "impact", "item": "beter"},
    "G01Q05": {"question": "cijfer"},
    "G01Q06": {"question": "fte"},
    "G01Q07": {"question": "idee"},
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in POSSIBLE.items()}), min_size=1, max_size=6
)


@settings(max_examples=12, deadline=None)
@given(st.data(), ROWS)
def test_a_corrected_export_is_the_export_that_would_have_been(data: st.DataObject, rows: list[dict[str, str]]) -> None:
    wanted = [
        {name: data.draw(st.sampled_from(POSSIBLE[name])) for name in row} if data.draw(st.booleans()) else row
        for row in rows
    ]
    entries = [
        {"respondent": str(n), "old": old[name], "new": new[name], "reason": "r", "date": DATE} | NAMED[name]
        for n, (old, new) in enumerate(zip(rows, wanted, strict=True), start=1)
        for name in old
        if old[name] != new[name]
    ]
    config = CorrectionsConfig.model_validate({"corrections": entries})
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "given.csv"), Path(folder, "edited.csv")]
        for path, table in zip(paths, (rows, wanted), strict=True):
            path.write_text(_export(table), encoding="utf-8")
        corrected = take_in(paths[0], KORT, corrections=Corrections(config))
        edited = take_in(paths[1], KORT)

    pd.testing.assert_frame_equal(corrected.responses.answers, edited.responses.answers)
    pd.testing.assert_frame_equal(corrected.responses.status, edited.responses.status)
    pd.testing.assert_frame_equal(corrected.quarantine, edited.quarantine)
    pd.testing.assert_frame_equal(corrected.report.findings, edited.report.findings)
    pd.testing.assert_frame_equal(corrected.report.cells, edited.report.cells)
    assert len(corrected.report.corrections) == len(entries)


def _export(rows: Sequence[dict[str, str]]) -> str:
    columns = ["G01Q01[other]", "G01Q03[SQ003]", "G01Q04[SQ001]", *POSSIBLE]
    lines = [["id", "submitdate", "lastpage", *columns]]
    lines += [
        [str(n), "2022-03-14 10:00:00", "1", *(row.get(name, "") for name in columns)] for n, row in enumerate(rows, 1)
    ]
    return "".join(";".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
