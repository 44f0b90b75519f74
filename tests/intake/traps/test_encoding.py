"""Traps T01 to T11: encoding and dialect."""

from collections.abc import Callable
from pathlib import Path

from srsmeting.intake import Intake, read_export, take_in
from srsmeting.questionnaire import Questionnaire

Write = Callable[..., Path]
Ask = Callable[..., Questionnaire]
Gold = Callable[..., Intake]

OPEN = {"id": "idee", "kind": "open", "export": "Q1"}
HEADER = "id;submitdate;lastpage;Q1"


def test_t01_a_byte_order_mark_is_no_part_of_the_first_column(write: Write, folder: Path) -> None:
    for content in ('\ufeff"id";"submitdate";"Q1"\r\n"1";"2022-03-14";"a"\r\n', "\ufeffid,submitdate\n1,2022-03-14\n"):
        assert read_export(write(content)).cells.columns[0] == "id"
    for name in ("rc_code_short.csv", "rc_full_long.csv", "spss_data.dat"):
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf")
        assert "\ufeff" not in "".join(read_export(folder / name).cells.columns)


def test_t02_dutch_in_windows_1252_is_read_as_such_and_told(write: Write, ask: Ask) -> None:
    choice = [("wel", "1", "geïnteresseerd"), ("niet", "2", "niet geïnteresseerd")]
    questionnaire = ask({"id": "q", "kind": "single", "answers": choice}, {"id": "opm", "kind": "open"})
    path = write("id;q;opm\n1;geïnteresseerd;deze enquête\n".encode("cp1252"))
    assert read_export(path).cells[["q", "opm"]].to_numpy().tolist() == [["geïnteresseerd", "deze enquête"]]
    intake = take_in(path, questionnaire)
    assert intake.responses.answers["q"].tolist() == ["wel"]
    assert intake.report.findings[["check", "severity", "message"]].to_numpy().tolist() == [
        [
            "encoding",
            "warning",
            "Het bestand is geen UTF-8 en is gelezen als Windows-1252. Horen deze tekens in de tekst: ‘ê’, ‘ï’? Regel 2.",
        ]
    ]


def test_t03_odd_bytes_in_a_heading_warn_and_do_not_crash(write: Write) -> None:
    top = b"RespondentID,Do you consider yourself to be a fan of the Expanded Universe?\x8c\xe6,Gender\n"
    export = read_export(write(top + b",Response,Response\n3292879998,Yes,Male\n3292879538,No,Female\n"))
    assert export.cells.columns.tolist()[1] == "Do you consider yourself to be a fan of the Expanded Universe?Œæ"
    assert [finding.message for finding in export.findings] == [
        "Het bestand is geen UTF-8 en is gelezen als Windows-1252. Horen deze tekens in de tekst: ‘Œ’, ‘æ’? Regel 1."
    ]
    assert len(export) == 2


def test_t04_a_vv_export_is_named_csv_and_has_tabs(folder: Path, gold: Gold) -> None:
    assert b"\t" in (folder / "vvexport_v2.csv").read_bytes()
    intake = gold("vvexport_v2.csv")
    assert (intake.report.format, intake.responses.n) == ("LimeSurvey, VV-export", 3)


def test_t05_a_delimiter_and_quotes_in_a_cell_are_one_cell(write: Write, folder: Path) -> None:
    path = write(f'{HEADER}\n1;2022-03-14;1;"Stichting De Brug; afd. ""Noord"""\n')
    assert read_export(path).cells["Q1"].tolist() == ['Stichting De Brug; afd. "Noord"']
    for name in ("rc_code_short.csv", "vvexport_v2.csv", "ui_json.json", "archive.lsa", "spss_data.dat"):
        assert read_export(folder / name).cells["orgnaam"].tolist()[0] == 'Stichting De Brug; afd. "Noord"'


def test_t06_a_line_break_in_a_cell_is_one_record(write: Write, folder: Path) -> None:
    path = write(f'{HEADER}\n1;2022-03-14;1;"Regel 1\nRegel 2; met ""quotes""\ten tab"\n2;2022-03-14;1;kort\n')
    export = read_export(path)
    assert export.cells["Q1"].tolist() == ['Regel 1\nRegel 2; met "quotes"\ten tab', "kort"]
    assert export.lines.tolist() == [2, 4]
    for name in ("rc_code_short.csv", "vvexport_v2.csv", "ui_json.json", "archive.lsa", "ui_code_short.xlsx"):
        assert read_export(folder / name).cells["opm"].tolist()[0] == 'Regel 1\nRegel 2; met "quotes"\ten tab'


def test_t07_a_blank_line_at_the_end_is_no_respondent(folder: Path, gold: Gold) -> None:
    assert (folder / "rc_code_short.csv").read_bytes().endswith(b"\r\n\r\n")
    report = gold("rc_code_short.csv").report
    assert (report.rows_received, report.rows_used) == (4, 3)


def test_t08_the_names_of_spss_data_are_in_the_syntax(folder: Path, gold: Gold) -> None:
    assert (folder / "spss_data.dat").read_bytes().startswith(b"\xef\xbb\xbf'")  # no header
    export = read_export(folder / "spss_data.dat")
    assert export.cells["lastname"].tolist() == ["de Vries", "O'Neill", "Smit", "Bakker"]
    assert export.cells["vrtaken[SQ001]"].tolist() == ["1", "", "", ""]
    assert export.cells["submitdate"].tolist()[0] == "2026-11-22 03:54:11"
    assert export.texts["vrtaken[SQ001]"] == "[Bestuur] Wat doen de vrijwilligers?"
    assert gold("spss_data.dat").responses.ticked("vrtaken").tolist()[0] == [True, False, True, True]


def test_t09_a_first_line_that_names_the_delimiter_is_skipped(write: Write, ask: Ask) -> None:
    for start in ("sep=;\r\n", "\ufeffsep=;\r\n", "SEP=;\n"):
        path = write(f"{start}{HEADER}\r\n1;2022-03-14;1;een, twee\r\n")
        assert read_export(path).lines.tolist() == [3]
        assert take_in(path, ask(OPEN)).responses.answers["idee"].tolist() == [True]


def test_t10_escapes_of_the_vv_export_are_decoded(folder: Path, changed: Write) -> None:
    assert b"Regel 1{newline}Regel 2" in (folder / "vvexport_v2.csv").read_bytes()
    texts = read_export(folder / "vvexport_v2.csv").cells["opm"].tolist()
    assert texts[0] == 'Regel 1\nRegel 2; met "quotes"\ten tab'
    path = changed("vvexport_v2.csv", ("Regel 1{newline}", "{lbrace}newline}{cr}{quote}{newline}"))
    assert str(read_export(path).cells["opm"].tolist()[0]).startswith('{newline}\r"\nRegel 2')


def test_t11_a_trailing_comma_of_old_qualtrics_is_no_column(write: Write, ask: Ask) -> None:
    names = "V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,\n"
    texts = "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,"
    row = "R_1,Default,,,,,0,2017-07-18 08:28:09,2017-07-18 08:28:48,1,een idee,\n"
    path = write(f"\ufeff{names}{texts}Finished,Wat kan beter?,\n{row}", "qualtrics.csv")
    assert read_export(path).cells.columns.tolist()[-2:] == ["Finished", "Q1"]
    assert take_in(path, ask(OPEN)).responses.answers["idee"].tolist() == [True]
