"""Which sheet is read, and what is said of everything that a spreadsheet program does not show."""

from pathlib import Path

import openpyxl
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import RawExport, read_export
from srsmeting.intake.files.sheets import choose_sheet, sheet_notes
from srsmeting.intake.files.workbook import Sheet

ANSWERS = (("id", "G1", "toelichting"), ("1", "A1", "x"), ("2", "A2", ""), ("3", "A1", "y"))
QUALTRICS = (
    ("StartDate", "Finished", "ResponseId", "Q1"),
    ("Start Date", "Finished", "Response ID", "Wie?"),
    ('{"ImportId":"startDate"}', '{"ImportId":"finished"}', '{"ImportId":"_recordId"}', '{"ImportId":"QID1"}'),
    ("2022-03-14 10:00:00", "1", "R_1", "2"),
)
SURVEYMONKEY = (
    ("Respondent ID", "Collector ID", "Start Date", "Wie?"),
    ("", "", "", "Response"),
    ("11", "1", "03/14/2022", "Zorg"),
)
EXPLANATION = (("Toelichting bij dit bestand",), ("Gemaakt door iemand",))


def write(path: Path, **sheets: tuple[tuple[str, ...], ...]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    book.save(path)
    return book


def sheet(title: str, hidden: bool = False, rows: tuple[tuple[str, ...], ...] = ANSWERS) -> Sheet:
    return Sheet(title, rows, {}, frozenset(), hidden)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "antwoorden.xlsx"


def test_what_is_hidden_is_read_and_said(path: Path) -> None:
    book = write(path, Antwoorden=ANSWERS, Uitleg=EXPLANATION)
    book["Antwoorden"].row_dimensions[3].hidden = True
    book["Antwoorden"].column_dimensions["B"].hidden = True
    book["Antwoorden"].column_dimensions["C"].hidden = True
    book["Uitleg"].sheet_state = "hidden"
    book.save(path)

    export = read_export(path)

    assert export.cells["id"].tolist() == ["1", "2", "3"]
    assert export.cells["toelichting"].tolist() == ["x", "", "y"]
    assert export.notes == (
        "Verborgen of weggefilterde rijen, die wel meetellen: 1.",
        "Verborgen kolommen, die wel zijn gelezen: ‘G1’, ‘toelichting’.",
        "Werkbladen die niet zijn gelezen: ‘Uitleg’ (verborgen).",
    )


def test_rows_that_a_filter_leaves_out_count(path: Path) -> None:
    book = write(path, Antwoorden=ANSWERS)
    answers = book["Antwoorden"]
    answers.auto_filter.ref = "A1:C4"
    answers.auto_filter.add_filter_column(1, ["A2"])
    for row in (2, 4):  # as a spreadsheet program does
        answers.row_dimensions[row].hidden = True
    book.save(path)

    export = read_export(path)

    assert len(export) == 3
    assert export.notes == ("Verborgen of weggefilterde rijen, die wel meetellen: 2.",)


def test_a_sheet_that_is_hidden_is_read_when_no_other_could_be(path: Path) -> None:
    book = write(path, Uitleg=(), Antwoorden=ANSWERS)
    book["Antwoorden"].sheet_state = "hidden"
    book.save(path)

    export = read_export(path)

    assert (len(export), export.notes) == (3, ("Het werkblad ‘Antwoorden’ is verborgen, en toch gelezen.",))


def test_a_sheet_that_is_hidden_is_not_chosen_above_one_that_is_shown() -> None:
    shown = sheet("B")

    assert choose_sheet((sheet("A", hidden=True), shown), "x.xlsx") is shown
    assert choose_sheet((), "x.xlsx") is None
    assert choose_sheet((sheet("A"),), "x.xlsx", lambda sheet: False) is None


def test_two_sheets_that_could_be_meant_are_refused_by_name() -> None:
    with pytest.raises(IntakeError) as problem:
        choose_sheet((sheet("Ronde 1"), sheet("Ronde 2"), sheet("Oud", hidden=True)), "x.xlsx")

    assert str(problem.value) == (
        "x.xlsx: has answers on more than one sheet: 'Ronde 1', 'Ronde 2'. "
        "Keep one, or save the one that counts as a file."
    )


def test_a_long_list_of_hidden_columns_is_cut() -> None:
    header = (*(f"Vraag {number}" for number in range(7)), "", "x" * 50)
    hidden = Sheet("A", (header,), {}, frozenset(), hidden_columns=frozenset(range(9)))

    assert sheet_notes(hidden, (hidden,)) == (
        "Verborgen kolommen, die wel zijn gelezen: ‘Vraag 0’, ‘Vraag 1’, ‘Vraag 2’, ‘Vraag 3’, ‘Vraag 4’ en 3 andere.",
    )


@pytest.mark.parametrize(("rows", "format"), [(QUALTRICS, "Qualtrics"), (SURVEYMONKEY, "SurveyMonkey")])
def test_the_sheet_that_fits_is_read_wherever_it_stands(
    path: Path, rows: tuple[tuple[str, ...], ...], format: str
) -> None:
    write(path, Uitleg=EXPLANATION, Data=rows)

    export: RawExport = read_export(path)

    assert export.format.startswith(format)
    assert len(export) == 1
    assert export.notes[0] == "Werkbladen die niet zijn gelezen: ‘Uitleg’."


@pytest.mark.parametrize("rows", [QUALTRICS, SURVEYMONKEY])
def test_two_sheets_of_one_tool_are_refused_by_name(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    write(path, Voorjaar=rows, Najaar=rows)

    with pytest.raises(IntakeError) as problem:
        read_export(path)

    assert str(problem.value) == (
        "antwoorden.xlsx: has answers on more than one sheet: 'Voorjaar', 'Najaar'. "
        "Keep one, or save the one that counts as a file."
    )
