from pathlib import Path

import pytest

from srsmeting.intake import RawExport, read_export
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey.csv_file import read

GOLD = ["rc_code_short.csv", "ui_code_short.csv", "ui_emcode_short_mask_comma.csv"]


def read_csv(raw: bytes) -> RawExport:
    return read(Source(Path("export.csv"), raw))


@pytest.mark.parametrize("name", GOLD)
def test_the_gold_exports(data: Path, name: str) -> None:
    export = read_export(data / name)
    assert export.cells["id"].tolist() == ["1", "2", "3", "4"]
    assert export.lines.tolist() == [2, 4, 5, 6]
    assert export.set_aside.tolist() == ["", "", "", "incomplete"]
    assert export.cells["orgnaam"].tolist()[0] == 'Stichting De Brug; afd. "Noord"'
    assert export.cells["orgnaam"].tolist()[2] == "Café Ünïcode 🎉"
    assert export.cells["opm"].tolist()[0] == 'Regel 1\nRegel 2; met "quotes"\ten tab'
    assert export.cells["opm"].tolist()[1] == "-2 is ook een getal €"
    assert export.token_column == "token"  # noqa: S105 - a column, not a password
    assert tuple(export.metadata) == (
        *("id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr"),
        "refurl",
    )
    assert export.faults == ()


def test_t57_a_formula_is_text_raw_or_masked(data: Path) -> None:
    assert read_export(data / "rc_code_short.csv").cells["orgnaam"].tolist()[1] == "=1+1"
    assert read_export(data / "ui_emcode_short_mask_comma.csv").cells["orgnaam"].tolist()[1] == "=1+1"


def test_t19_the_code_before_a_heading_text_is_the_column(data: Path) -> None:
    codes = read_export(data / "rc_code_short.csv").cells.columns.tolist()
    assert read_export(data / "ui_codetext_long.csv").cells.columns.tolist() == codes


def test_t33_an_unknown_moment_is_complete_and_noted() -> None:
    export = read_csv(b'"id";"submitdate"\n"1";"1980-01-01 00:00:00"\n"2";""\n')
    assert export.set_aside.tolist() == ["", "incomplete"]
    assert export.notes == (
        "Cellen gescheiden door een puntkomma.",
        "Voltooid op een onbekend moment (1980-01-01): 1.",
    )


def test_an_export_that_was_saved_again_is_noted() -> None:
    export = read_csv(b"id,submitdate\n\n1,2022-03-14\n")
    assert export.set_aside.tolist() == [""]
    assert export.notes == (
        "Cellen gescheiden door een komma.",
        "De kopregel staat niet tussen aanhalingstekens: het bestand is na de export opnieuw opgeslagen.",
        "Lege regels midden in het bestand, overgeslagen: 1.",
    )


def test_a_moment_as_a_spreadsheet_writes_it_is_a_fault() -> None:
    export = read_csv(b'"id";"submitdate"\n"1";"14-3-2022 10:00"\n"2";"14-3-2022 10:00"\n')
    assert [str(fault) for fault in export.faults] == [
        "export.csv:2: column 'submitdate': '14-3-2022 10:00' is no moment. LimeSurvey writes '2021-11-22 09:00:00' or "
        "leaves the cell empty: export again, and do not save the file with a spreadsheet program."
    ]


def test_t21_two_columns_with_one_code_are_told_and_never_renamed() -> None:
    export = read_csv(b'"id";"submitdate";"Q1";"Q1"\n"1";"2022-03-14";"A1";"A2"\n')
    assert export.cells.columns.tolist() == ["id", "submitdate", "Q1"]
    assert [str(fault) for fault in export.faults] == [
        "export.csv:1: heading 'Q1' stands 2 times (columns 3, 4). Keep one of them."
    ]


def test_missing_metadata() -> None:
    export = read_csv(b'"submitdat";"lastpage";"startlanguage";"Q1"\n"x";"1";"nl";"A1"\n')
    assert [str(fault) for fault in export.faults] == [
        "export.csv:1: no column 'id', which tells the responses apart. "
        "Known: 'submitdat', 'lastpage', 'startlanguage', 'Q1'. Export it along.",
        "export.csv:1: no column 'submitdate', which says which responses are complete. Did you mean 'submitdat'? "
        "Known: 'submitdat', 'lastpage', 'startlanguage', 'Q1'. Export it along.",
    ]


def test_participants_and_timings_are_metadata() -> None:
    header = b'"id";"submitdate";"firstname";"attribute_1";"groupTime12";"Q1Time";"interviewtime";"Q1"\n'
    export = read_csv(header + b'"1";"";"Zo";"x";"1.2";"3";"9";"A1"\n')
    assert tuple(export.metadata) == (
        *("id", "submitdate", "firstname", "attribute_1", "groupTime12", "Q1Time", "interviewtime"),
    )
