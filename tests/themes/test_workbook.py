"""The workbook for coders: what is in it, and that nothing in it can run."""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.coding import export_answers
from srsmeting.errors import CodingError, SrsmetingError, UnknownNameError
from srsmeting.meting import Meting


@pytest.fixture
def book(exported: Path) -> Any:
    return openpyxl.load_workbook(exported)


def texts(sheet: Any) -> list[list[str]]:
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


def test_every_answer_that_counts_is_in_it_by_pseudonym(book: Any, names: dict[str, str]) -> None:
    rows = texts(book["idee"])

    assert rows[0][0] == "Wat kan beter?"
    assert rows[1] == [
        *("Antwoord-id", "Antwoord", "Voorstel (automatisch)", "Code 1", "Code 2", "Code 3", "Opmerking"),
    ]
    told = {row[0]: row[1:3] for row in rows[2:]}
    assert told == {
        names["1"]: ["meer bijeenkomsten", "bijeenkomst"],
        names["2"]: ['\'=HYPERLINK("http://example.org";"klik")', ""],
        names["3"]: ["'- een nieuwsbrief per kwartaal", "nieuwsbrief"],
        names["4"]: ["bijeenkomsten en een nieuwsbrief", "bijeenkomst; nieuwsbrief"],
        names["5"]: ["weet niet", ""],
        names["6"]: ["een nieuwsbrief", "nieuwsbrief"],
        names["7"]: ["'+1 voor bijeenkomsten\nen verder niets", "bijeenkomst"],
        names["8"]: ["'s avonds bijeenkomsten", "bijeenkomst"],
        names["9"]: ["_x0041_ minder \ufffd kosten", "kosten"],
    }
    # In the order of pseudonyms, not in that in which they came in.
    assert [row[0] for row in rows[2:]] == sorted(told)


def test_nothing_in_it_is_a_formula_and_every_cell_is_formatted_as_text(exported: Path, book: Any) -> None:
    with zipfile.ZipFile(exported) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_codes_are_chosen_from_the_codebook(book: Any) -> None:
    rows = texts(book["Codeboek"])
    assert rows[1:] == [
        ["Tabblad", "Code", "Thema", "Wat er wel en niet onder valt", "Voorbeelden"],
        ["idee", "bijeenkomst", "Meer bijeenkomsten", "Elkaar zien.", "bijeenkomsten; ontmoeten"],
        ["idee", "nieuwsbrief", "Een nieuwsbrief", "", "nieuwsbrief"],
        ["idee", "kosten", "Lagere kosten", "", "minder kosten"],
        ["idee", "ander", "Iets anders: geen van de thema’s past", "", ""],
        ["idee", "geen", "Geen inhoud: ‘weet niet’, ‘n.v.t.’, onleesbaar", "", ""],
    ]
    (choice,) = book["idee"].data_validations.dataValidation
    assert (choice.type, choice.formula1, str(choice.sqref)) == ("list", "'Codeboek'!$B$3:$B$7", "D3:F11")
    assert [row[1] for row in rows[2:7]] == ["bijeenkomst", "nieuwsbrief", "kosten", "ander", "geen"]


def test_only_codes_and_remarks_can_be_written(book: Any) -> None:
    sheet = book["idee"]

    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[3]] == [True, True, True, False, False, False, False]
    assert all(other.protection.sheet for other in book.worksheets)


def test_the_instruction_says_how_it_is_done(book: Any) -> None:
    lines = [row[0] for row in texts(book["Uitleg"])]

    assert lines[0] == "Open antwoorden coderen: Nulmeting in het klein"
    assert [line[:2] for line in lines[3:8]] == ["1.", "2.", "3.", "4.", "5."]
    assert lines[-1] == "idee: Wat kan beter?"
    assert (
        "De kolom Voorstel zoekt alleen naar woorden uit het codeboek. Het is een hulp; wat u leest, gaat voor."
        in lines
    )


def test_suggestions_and_the_number_of_codes_can_be_chosen(meting: Meting, salt: Path, tmp_path: Path) -> None:
    export_answers(meting, tmp_path / "a.xlsx", codes=1, suggestions=False)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")

    assert texts(book["idee"])[1] == ["Antwoord-id", "Antwoord", "Code 1", "Opmerking"]
    assert not any("Voorstel" in line for line, *_ in texts(book["Uitleg"]))
    with pytest.raises(CodingError) as caught:
        export_answers(meting, tmp_path / "b.xlsx", codes=10)
    assert str(caught.value) == "10 columns for codes cannot be made. Ask for 1 to 9."


def test_only_the_one_who_made_it_may_read_it(exported: Path) -> None:
    assert exported.stat().st_mode & 0o077 == 0
    assert not list(exported.parent.glob(".*.part"))


def test_a_workbook_that_someone_may_have_worked_in_is_kept(meting: Meting, exported: Path) -> None:
    before = exported.read_bytes()
    with pytest.raises(SrsmetingError) as caught:
        export_answers(meting, exported)
    assert str(caught.value) == (f"{exported}: is there already, and someone may have worked in it. Name another file.")
    assert exported.read_bytes() == before


def test_questions_are_known_and_have_a_codebook(meting: Meting, salt: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        export_answers(meting, tmp_path / "a.xlsx", questions=["ide"])
    assert str(unknown.value).startswith("questionnaire 'mini-2021': no question 'ide'. Did you mean 'idee'?")
    with pytest.raises(CodingError) as caught:
        export_answers(meting, tmp_path / "a.xlsx", questions=["bekend"])
    assert str(caught.value) == "question 'bekend': has no themes to code with. Add 'themes' in the questionnaire."
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize(("name", "message"), [
    ("a.csv", "{}: a workbook is written as .xlsx. Name the file so."),
    ("no/a.xlsx", "{}: the folder '{folder}' does not exist. Make it first."),
])  # fmt: skip
def test_it_is_an_excel_workbook_in_a_folder(
    meting: Meting, salt: Path, tmp_path: Path, name: str, message: str
) -> None:
    with pytest.raises(SrsmetingError) as caught:
        export_answers(meting, tmp_path / name)
    assert str(caught.value) == message.format(tmp_path / name, folder=(tmp_path / name).parent)
