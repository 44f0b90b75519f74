"""What coders can do to a workbook, and what is said of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.coding import Imported, import_codes
from srsmeting.errors import CodingError
from srsmeting.meting import Meting

KNOWN = "Known: 'bijeenkomst', 'nieuwsbrief', 'kosten', 'ander', 'geen'."
Fill = Callable[..., Path]
Row = Callable[[str], int]


def read(meting: Meting, path: Path) -> Imported:
    return import_codes(meting, [path], target=path.with_name("coded.csv"))


def said(meting: Meting, path: Path) -> list[str]:
    with pytest.raises(CodingError) as caught:
        read(meting, path)
    return str(caught.value).splitlines()


def put(row: int, column: str, value: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[f"{column}{row}"] = value

    return change


def test_codes_come_back_as_they_were_filled_in(meting: Meting, fill: Fill, names: dict[str, str]) -> None:
    done = read(meting, fill("anna.xlsx"))

    assert done.outcome.is_settled
    assert done.outcome.codes["idee"][names["4"]] == {"bijeenkomst", "nieuwsbrief"}
    lines = (done.written or Path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "respondent,question,theme"
    assert sorted(lines[1:]) == sorted(
        f"{names[number]},idee,{code}"
        for number, codes in {
            "1": ["bijeenkomst"], "2": ["geen"], "3": ["nieuwsbrief"], "4": ["bijeenkomst", "nieuwsbrief"],
            "5": ["geen"], "6": ["nieuwsbrief"], "7": ["bijeenkomst"], "8": ["bijeenkomst"], "9": ["kosten"],
        }.items()
        for code in codes
    )  # fmt: skip


def test_rows_in_another_order_capitals_and_labels_are_read(
    meting: Meting, fill: Fill, row_of: Row, names: dict[str, str]
) -> None:
    def change(sheet: Any) -> None:
        sheet[f"D{row_of('1')}"] = " Bijeenkomst "
        sheet[f"D{row_of('6')}"] = "een nieuwsbrief"
        first, last = ([cell.value for cell in sheet[row]] for row in (3, 11))
        for column, (one, other) in enumerate(zip(first, last, strict=True), start=1):
            sheet.cell(3, column).value, sheet.cell(11, column).value = other, one

    done = read(meting, fill("anna.xlsx", change=change))
    assert done.outcome.codes["idee"][names["1"]] == {"bijeenkomst"}
    assert done.outcome.codes["idee"][names["6"]] == {"nieuwsbrief"}


def test_a_code_that_does_not_exist_is_named_with_its_cell(meting: Meting, fill: Fill, row_of: Row) -> None:
    path = fill("anna.xlsx", {"6": ("nieuwsbrieven",)})

    assert said(meting, path) == [
        f"anna.xlsx: sheet 'idee', cell D{row_of('6')}: no code 'nieuwsbrieven'. Did you mean 'nieuwsbrief'? {KNOWN}"
    ]


def test_an_answer_that_was_changed_is_noticed(meting: Meting, fill: Fill, row_of: Row) -> None:
    path = fill("anna.xlsx", change=put(row_of("6"), "B", "een nieuwsbrief per jaar"))

    assert said(meting, path) == [
        f"anna.xlsx: sheet 'idee', cell B{row_of('6')}: the answer was changed. Undo that: answers are coded as they "
        "were given."
    ]


def test_rows_that_are_missing_or_added_are_noticed(
    meting: Meting, fill: Fill, row_of: Row, names: dict[str, str]
) -> None:
    def change(sheet: Any) -> None:
        sheet["A12"], sheet["D12"] = "r-0123456789", "kosten"
        sheet["D13"] = "kosten"
        sheet.delete_rows(row_of("1"))

    assert said(meting, fill("anna.xlsx", change=change)) == [
        "anna.xlsx: sheet 'idee', cell A11: no answer 'r-0123456789' to 'idee' in export.csv. Undo the change, or "
        "remove the row.",
        "anna.xlsx: sheet 'idee', cell A12: a row without an answer. Remove it, or put the id back.",
        f"anna.xlsx: sheet 'idee': 1 answer is missing, '{names['1']}'. Put the rows back, without codes if need be.",
    ]


def test_an_answer_that_stands_twice_is_noticed(meting: Meting, fill: Fill, names: dict[str, str], row_of: Row) -> None:
    path = fill("anna.xlsx", change=put(12, "A", names["6"]))

    assert said(meting, path) == [
        f"anna.xlsx: sheet 'idee', cell A12: answer '{names['6']}' stands in row {row_of('6')} already. Remove one of "
        "the two."
    ]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("C", "cell D2: the heading is 'Code 2', and should be 'Code 1'. Put the columns back in their order."),
        ("A", "cell A2: the heading is 'Antwoord', and should be 'Antwoord-id'. Put the columns back in their order."),
        ("H", "cell H2: a column 'Extra' was added. Remove it; remarks can stand under 'Opmerking'."),
    ],
)
def test_columns_that_were_moved_or_added_are_noticed(meting: Meting, fill: Fill, column: str, message: str) -> None:
    def change(sheet: Any) -> None:
        if column == "H":
            sheet["H2"] = "Extra"
        elif column == "A":
            sheet.move_range("A1:A11", cols=9)
            sheet.move_range("B1:J11", cols=-1)
        else:
            sheet.move_range("D1:D11", cols=10)
            sheet.move_range("E1:E11", cols=-1)
            sheet.move_range("N1:N11", cols=-9)

    assert said(meting, fill("anna.xlsx", change=change)) == [f"anna.xlsx: sheet 'idee', {message}"]


def test_codes_that_cannot_go_together_are_noticed(meting: Meting, fill: Fill, row_of: Row) -> None:
    path = fill("anna.xlsx", {"1": ("bijeenkomst", "bijeenkomst"), "6": ("nieuwsbrief", "geen")})

    twice = f"sheet 'idee', cell E{row_of('1')}: code 'bijeenkomst' stands in D{row_of('1')} already. Remove one."
    none = (
        f"sheet 'idee', cell E{row_of('6')}: 'geen' says that no theme fits, and 'nieuwsbrief' is given too. Keep one."
    )
    assert sorted(said(meting, path)) == sorted([f"anna.xlsx: {twice}", f"anna.xlsx: {none}"])


def test_a_formula_is_no_code(meting: Meting, fill: Fill, row_of: Row) -> None:
    path = fill("anna.xlsx", change=put(row_of("6"), "D", '="nieuwsbrief"'))

    assert said(meting, path) == [f"anna.xlsx: sheet 'idee', cell D{row_of('6')}: is a formula. Write the code itself."]


def test_a_sheet_with_another_name_is_noticed(meting: Meting, fill: Fill) -> None:
    def change(sheet: Any) -> None:
        sheet.title = "ideeën"

    assert said(meting, fill("anna.xlsx", change=change)) == [
        "anna.xlsx: sheet 'ideeën' is of no question. Give it its own name again. Did you mean 'idee'? Known: 'idee'."
    ]


def test_a_workbook_of_another_salt_says_so(
    meting: Meting, fill: Fill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fill("anna.xlsx")
    (tmp_path / "salt").write_bytes(b"another salt of these tests")

    assert said(meting, path) == [
        "anna.xlsx: sheet 'idee': none of its 9 answers is one to 'idee' in export.csv. It was made of another export, "
        "or with another salt: name the file with that salt in SRSMETING_SALT."
    ]


def test_a_workbook_without_codes_or_sheets_says_so(meting: Meting, exported: Path, fill: Fill) -> None:
    assert said(meting, exported) == ["answers.xlsx: has no codes. Fill in the column 'Code 1', and save the file."]

    def change(sheet: Any) -> None:
        del sheet.parent["idee"]

    assert said(meting, fill("anna.xlsx", change=change)) == ["anna.xlsx: has no sheet with answers. Known: 'idee'."]


@pytest.mark.parametrize("content", [b"id;code", b"PK\x03\x04 damaged", b""])
def test_what_is_no_workbook_is_refused(meting: Meting, salt: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    assert said(meting, path) == ["a.xlsx: is no workbook (.xlsx) that can be read. Save it as an Excel workbook."]
    path.unlink()
    assert said(meting, path) == [f"{path}: cannot be read: No such file or directory."]


def test_suggestions_can_be_copied_as_they_are(meting: Meting, fill: Fill, row_of: Row, names: dict[str, str]) -> None:
    done = read(meting, fill("anna.xlsx", {"6": ("nieuwsbrief; kosten",)}))
    assert done.outcome.codes["idee"][names["6"]] == {"nieuwsbrief", "kosten"}

    path = fill("bas.xlsx", {"6": ("nieuwsbrief; kost",)})
    assert said(meting, path) == [
        f"bas.xlsx: sheet 'idee', cell D{row_of('6')}: no code 'kost'. Did you mean 'kosten'? {KNOWN}"
    ]
