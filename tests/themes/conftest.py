"""The small measurement with an open question that nine respondents answered, some as formulas."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.coding import export_answers
from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms
from srsmeting.meting import Meting, load_meting

SALT = b"a salt of these tests"
TEXTS = {
    "1": "meer bijeenkomsten",
    "2": '=HYPERLINK("http://example.org";"klik")',
    "3": "- een nieuwsbrief per kwartaal",
    "4": "bijeenkomsten en een nieuwsbrief",
    "5": "weet niet",
    "6": "een nieuwsbrief",
    "7": "+1 voor bijeenkomsten\nen verder niets",
    "8": "'s avonds bijeenkomsten",
    "9": "_x0041_ minder \x0b kosten",
    "11": "telt niet mee",
}
#: What it is about, by the number of the respondent.
CODES = {
    "1": ("bijeenkomst",),
    "2": ("geen",),
    "3": ("nieuwsbrief",),
    "4": ("nieuwsbrief", "bijeenkomst"),
    "5": ("geen",),
    "6": ("nieuwsbrief",),
    "7": ("bijeenkomst",),
    "8": ("bijeenkomst",),
    "9": ("kosten",),
}
THEMES = """\
    min_mentions: 2
    themes:
      - {code: bijeenkomst, label: Meer bijeenkomsten, definition: Elkaar zien., examples: [bijeenkomsten, ontmoeten]}
      - {code: nieuwsbrief, label: Een nieuwsbrief, examples: [nieuwsbrief]}
      - {code: kosten, label: Lagere kosten, examples: [minder kosten]}
"""

Fill = Callable[..., Path]


@pytest.fixture
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "salt"
    path.write_bytes(SALT)
    monkeypatch.setenv(VARIABLE, str(path))
    return path


@pytest.fixture
def names() -> dict[str, str]:
    """Pseudonym by the number of the respondent."""
    pseudonyms = Pseudonyms(SALT, "mini-2021")
    return {number: pseudonyms.of(number) for number in TEXTS}


@pytest.fixture
def folder(mini: Path) -> Path:
    questionnaire = mini / "questionnaire.yaml"
    questionnaire.write_text(questionnaire.read_text(encoding="utf-8") + THEMES, encoding="utf-8")
    export = mini / "export.csv"
    with export.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter=";") if row]
    for row in rows[1:]:
        row[-1] = TEXTS.get(row[0], "")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    export.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return mini


@pytest.fixture
def meting(folder: Path) -> Meting:
    return load_meting(folder)


@pytest.fixture
def exported(meting: Meting, salt: Path, tmp_path: Path) -> Path:
    export_answers(meting, tmp_path / "answers.xlsx")
    return tmp_path / "answers.xlsx"


@pytest.fixture
def fill(exported: Path, names: dict[str, str], tmp_path: Path) -> Fill:
    """Fill a workbook in, as a coder who agrees with `CODES` but for what is given; `change` may do more to the sheet."""

    def made(
        name: str,
        codes: dict[str, tuple[str, ...]] | None = None,
        change: Callable[[Any], object] | None = None,
        source: Path | None = None,
    ) -> Path:
        book = openpyxl.load_workbook(source or exported)
        sheet = book["idee"]
        heads = [cell.value for cell in sheet[2]]
        numbers = {pseudonym: number for number, pseudonym in names.items()}
        for row in sheet.iter_rows(min_row=3):
            given = (CODES | (codes or {}))[numbers[row[0].value]]
            for column, code in enumerate(given, start=heads.index("Code 1")):
                row[column].value = code
        if change:
            change(sheet)
        book.save(tmp_path / name)
        return tmp_path / name

    return made


@pytest.fixture
def row_of(names: dict[str, str]) -> Callable[[str], int]:
    """Give the row in which the answer of a respondent stands: they are sorted by pseudonym."""
    answered = sorted(name for number, name in names.items() if number != "11")
    return lambda number: 3 + answered.index(names[number])
