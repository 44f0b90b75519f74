"""What goes wrong in exports of LimeSurvey, beside the traps by their number in tests/intake/traps."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import RawExport, read_export, take_in
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure

IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")


def refusal(path: Path, structure: ToolStructure | None = None) -> str:
    with pytest.raises(IntakeError) as caught:
        read_export(path, structure)
    return str(caught.value)


def changed(folder: Path, target: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Write a changed copy of a text file of the gold set."""
    text = (folder / name).read_bytes().decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = target / name
    path.write_bytes(text.encode())
    return path


def archive(folder: Path, target: Path, change: dict[str, bytes]) -> Path:
    """Write the archive of the gold set with other content in some members."""
    path = target / "archive.lsa"
    with zipfile.ZipFile(folder / "archive.lsa") as old, zipfile.ZipFile(path, "w") as new:
        for member in old.namelist():
            new.writestr(member, change.get(member, old.read(member)))
    return path


def workbook(target: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = target / "export.xlsx"
    book.save(path)
    return path


RESPONSES = "survey_123456_responses.lsr"


def responses_of(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "archive.lsa") as old:
        return old.read(RESPONSES)


@pytest.mark.parametrize("name", ["rc_code_short.csv", "vvexport_v2.csv"])
def test_t02_windows_1252_is_read_and_never_guessed(folder: Path, tmp_path: Path, name: str) -> None:
    text = "".join(c for c in (folder / name).read_text("utf-8-sig") if c.encode("cp1252", "ignore"))
    path = tmp_path / name
    path.write_bytes(text.encode())
    as_utf_8 = read_export(path)
    path.write_bytes(text.encode("cp1252"))
    export = read_export(path)
    assert export.cells.equals(as_utf_8.cells)
    assert export.cells.map(lambda text: text.startswith("Café Ünïcode")).to_numpy().any()
    assert [finding.check for finding in export.findings] == ["encoding"]


@pytest.mark.parametrize("name", ["rc_code_short.csv", "vvexport_v2.csv"])
def test_t02_two_encodings_in_one_file_are_refused(folder: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((folder / name).read_bytes().replace("Café".encode(), "Café".encode("cp1252")))
    assert "byte 0xe9 is not UTF-8, but " in refusal(path)


def test_t08_data_without_its_syntax(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "spss_data.dat"
    path.write_bytes((folder / "spss_data.dat").read_bytes())
    assert refusal(path) == (
        "spss_data.dat: is the data of an export for SPSS. Put its syntax in the same folder: the only .sps there, or "
        "both files under the names that LimeSurvey gave them (…_data_file.dat and …_syntax_file.sps)."
    )


def test_t11_an_unnamed_last_column_is_a_column_of_its_own(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b'"id","submitdate","lastpage","Q1",""\r\n"1","2022-03-14","1","A1",""\r\n')
    assert read_export(path).cells.columns.tolist() == ["id", "submitdate", "lastpage", "Q1", ""]


@pytest.mark.parametrize(
    "name",
    [
        "ui_emcode_short_mask_comma.csv",
        "vvexport_v1.csv",
        "vvexport_v2.csv",
        "ui_codetext_long.csv",
        "rc_full_long.csv",
        "archive.lsa",
        "spss_data.dat",
    ],
)
def test_t19_t20_one_column_by_all_its_names(folder: Path, structure: ToolStructure, name: str) -> None:
    columns = read_export(folder / name, structure).cells.columns
    assert {"vrtaken[SQ001]", "vrtaken[other]", "dual[SQ001][1]", "dual[SQ001][2]", "getal[SQ001_J2023]"} <= set(
        columns
    )


@pytest.mark.parametrize(
    "name", ["spss_data.dat", "archive.lsa", "vvexport_v2.csv", "ui_emcode_short_mask_comma.csv", "rc_code_short.csv"]
)
def test_t20_two_scales_without_a_structure(folder: Path, name: str) -> None:
    columns = read_export(folder / name).cells.columns
    assert {"dual[SQ001][1]", "dual[SQ001][2]"} <= set(columns)
    assert {"getal[SQ001_J2023]", "getal_SQ001_J2023"} & set(columns)


def test_t23_texts_as_headings_name_the_columns_where_there_is_no_structure(folder: Path) -> None:
    export = read_export(folder / "rc_full_long.csv")
    assert export.cells["Wat doen de vrijwilligers? [Bestuur]"].tolist() == ["Ja", "Nee", "Nee", "Nee"]
    assert export.texts["Kies 1-5"] == "Kies 1-5"
    assert "Respons-ID" not in export.cells


def test_t23_texts_as_headings_ask_for_a_mapping(folder: Path, survey: Questionnaire) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(folder / "rc_full_long.csv", survey, ignore=IGNORED)
    assert str(caught.value) == (
        "rc_full_long.csv:1: the columns are headed by the texts of questions. Name the structure of the survey (.lss) "
        "under 'structure' in meting.yaml; or a mapping.yaml says which is which: "
        "`srsmeting map METING -o METING/mapping.yaml` proposes it; then add 'mapping: mapping.yaml' to meting.yaml."
    )


def test_t25_questions_of_one_wording_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b'"Response ID";"Date submitted";"Why?";"Why?"\r\n"1";"2022-03-14";"a";"b"\r\n')
    assert read_export(path).cells.columns.tolist() == ["id", "submitdate", "Why?", "Why? (2)"]


def test_t33_a_moment_that_is_none_is_complete(folder: Path, tmp_path: Path) -> None:
    path = changed(folder, tmp_path, "vvexport_v2.csv", ('tok2\t"2026-11-22 03:54:12"', 'tok2\t"1980-01-01 00:00:00"'))
    export = read_export(path)
    assert export.set_aside.tolist() == ["", "", "", "incomplete"]
    assert export.notes == ("Voltooid op een onbekend moment (1980-01-01): 1.",)


def test_t36_numbers_in_a_battery_are_not_converted_ticks(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = '"id";"submitdate";"lastpage";"Q1[SQ001]";"Q2[SQ001]"\r\n"1";"2022-03-14";"1";"1";"Y"\r\n"2";"2022-03-14";"1";"2";""\r\n'
    path.write_bytes(rows.encode())
    assert read_export(path).format == "LimeSurvey, antwoorden als codes (CSV)"


def test_t49_a_number_of_the_database_is_the_number_of_the_csv(folder: Path) -> None:
    for name in ("vvexport_v2.csv", "archive.lsa"):
        assert read_export(folder / name).cells["fte"].tolist() == ["12.5", "3", "", ""]
        assert read_export(folder / name).cells["geld[SQ002]"].tolist() == ["0", "", "", ""]


def test_t55_numbers_of_a_workbook_are_codes(tmp_path: Path) -> None:
    rows = [["id", "submitdate", "lastpage", "Q1", "Q2"], [1, "2022-03-14", 1, 88, 1.0], [2, "2022-03-14", 1, 12.5, 1]]
    export = read_export(workbook(tmp_path, rows))
    assert export.cells[["Q1", "Q2"]].to_numpy().tolist() == [["88", "1"], ["12.5", "1"]]


def test_t59_a_formula_is_a_fault_and_not_an_empty_cell(tmp_path: Path) -> None:
    rows = [["id", "submitdate", "lastpage", "Q1"], [1, "2022-03-14", 1, "=A2+1"], [2, "2022-03-14", 1, "A1"]]
    assert [str(fault) for fault in read_export(workbook(tmp_path, rows)).faults] == [
        "export.xlsx:2: column 'Q1': the cell holds a formula, '=A2+1', and no answer. Say in corrections.yaml what the "
        "answer is, or export again."
    ]


def test_t64_no_responses_is_an_error(folder: Path, tmp_path: Path, survey: Questionnaire) -> None:
    path = tmp_path / "export.json"
    path.write_text('{"responses": []}')
    assert refusal(path) == "export.json: has no responses. Export all responses."
    raw = responses_of(folder)
    empty = raw[: raw.index(b"<rows>")] + b"<rows/></responses></document>"
    with pytest.raises(IntakeError, match="has headings and no rows"):
        take_in(archive(folder, tmp_path, {RESPONSES: empty}), survey, ignore=IGNORED)


def test_a_response_of_other_fields_is_a_fault(folder: Path, tmp_path: Path) -> None:
    raw = responses_of(folder).replace(b"<_123456X1X4><![CDATA[N]]></_123456X1X4>", b"<_123456X1X99>N</_123456X1X99>")
    assert refusal(archive(folder, tmp_path, {RESPONSES: raw})) == (
        f"archive.lsa/{RESPONSES}:2: field '_123456X1X99' of response 2 is not among the fields. "
        "Export the survey archive again."
    )


def test_entities_in_an_archive_are_refused(folder: Path, tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><document>&b;</document>'
    assert refusal(archive(folder, tmp_path, {RESPONSES: bomb})) == (
        f"archive.lsa/{RESPONSES}: defines entities or a document type, which LimeSurvey does not write. It was not read."
    )
    structure = refusal(archive(folder, tmp_path, {"survey_123456.lss": bomb}))
    assert "defines entities or a document type, which LimeSurvey does not write. It was not read." in structure


def test_an_archive_without_responses(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "structure_only.lsa"
    with zipfile.ZipFile(folder / "archive.lsa") as old, zipfile.ZipFile(path, "w") as new:
        new.writestr("survey_123456.lss", old.read("survey_123456.lss"))
    assert refusal(path) == (
        "structure_only.lsa: has no responses (.lsr). Export the survey archive of one survey that has responses."
    )


def test_an_archive_that_would_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.lsa"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("survey_1_responses.lsr", bytes(4 * 2**20))
    assert refusal(path) == (
        "bomb.lsa: unpacks to 4 MB from 1 MB, which no export does; at most 200 MB is read. Export as CSV."
    )


@pytest.mark.parametrize("member", ["../survey.lsr", "/etc/survey.lsr", "C:\\survey.lsr"])
def test_an_archive_that_names_a_file_outside_itself(tmp_path: Path, member: str) -> None:
    path = tmp_path / "outside.lsa"
    with zipfile.ZipFile(path, "w") as new:
        new.writestr(member, "x")
    assert refusal(path) == "outside.lsa: names a file outside itself. It was not read."


def test_a_name_that_stands_twice_in_json(folder: Path, tmp_path: Path) -> None:
    path = changed(folder, tmp_path, "ui_json.json", ('"vrijw":"N"', '"vrijw":"N","vrijw":"Y"'))
    assert refusal(path) == "ui_json.json: name 'vrijw' stands twice in one response. Keep one of them."


def test_damaged_json_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text('{"responses": [\n{"id": 1,}]}')
    assert refusal(path) == "export.json:2: is damaged JSON from here on. Export again."


def test_json_of_older_versions_has_a_number_around_each_response(folder: Path, tmp_path: Path) -> None:
    content = json.loads((folder / "ui_json.json").read_text(encoding="utf-8"))
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"responses": [{str(r["id"]): r} for r in content["responses"]]}), encoding="utf-8")
    assert same(read_export(path), read_export(folder / "ui_json.json"))


def test_a_row_of_spss_data_with_a_cell_too_few(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "spss_syntax.sps").write_bytes((folder / "spss_syntax.sps").read_bytes())
    path = changed(folder, tmp_path, "spss_data.dat", ("'Smit',", ""))
    assert refusal(path) == "spss_data.dat:3: this row has 60 cells, the syntax names 61 variables. Export again."


def test_a_syntax_that_is_not_of_limesurvey(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "spss_syntax.sps").write_text("FREQUENCIES VARIABLES=all.")
    path = changed(folder, tmp_path, "spss_data.dat", ("'Smit',", "'Smit',"))
    assert refusal(path) == (
        "spss_syntax.sps: declares no variables: it is not the syntax that LimeSurvey writes. Export for SPSS again."
    )


def test_headings_of_one_wording_where_the_survey_has_another_number_of_them(
    folder: Path, tmp_path: Path, structure: ToolStructure
) -> None:
    path = changed(folder, tmp_path, "rc_full_long.csv", ('"Kies 1-5"', '"Overige opmerkingen"'))
    assert [str(fault) for fault in read_export(path, structure).faults] == [
        "rc_full_long.csv:1: heading 'Overige opmerkingen' stands 2 times, and in the survey once. "
        "Export with question codes as headings.",
        "rc_full_long.csv:1: heading 'Overige opmerkingen' stands 2 times (columns 43, 49). Keep one of them.",
    ]


def test_a_workbook_that_is_locked_or_cut_is_damaged(folder: Path, tmp_path: Path) -> None:
    raw = (folder / "ui_code_short.xlsx").read_bytes()
    path = tmp_path / "export.xlsx"
    path.write_bytes(raw[: len(raw) // 2])
    assert refusal(path) == "export.xlsx: is a damaged archive: it breaks off, or was changed. Export again."
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(copy, "w") as new:
        for member in old.namelist():
            new.writestr(member, old.read(member)[:-20] if member.endswith("sheet1.xml") else old.read(member))
    path.write_bytes(copy.getvalue())
    assert refusal(path) == "export.xlsx: is a damaged workbook: it cannot be read. Export again, or export as CSV."


def test_a_format_that_is_named_and_does_not_fit(folder: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        read_export(folder / "rc_code_short.csv", format="limesurvey-vv")
    assert str(caught.value) == "rc_code_short.csv: is not of format 'limesurvey-vv'. It looks like 'limesurvey-csv'."


def same(one: RawExport, other: RawExport) -> bool:
    return one.cells.equals(other.cells)
