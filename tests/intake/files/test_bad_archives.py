"""Archives and XML that were made to harm: entities, what unpacks to gigabytes, formulas, macros and links."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from srsmeting.errors import IntakeError, QuestionnaireError
from srsmeting.intake import read_export
from srsmeting.questionnaire.structures import read_structure

GOLD = Path(__file__).parents[1] / "data" / "limesurvey"
#: Ten names, each ten times the one before: three thousand million letters, were it read.
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "lol">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e9 SYSTEM "file:///etc/hostname">]>'
ODS = "application/vnd.oasis.opendocument.spreadsheet"
Change = Callable[[bytes], bytes]


def repacked(name: str, change: dict[str, Change], add: dict[str, bytes] | None = None) -> bytes:
    """Return an archive of the gold set with other content in some members."""
    copy = io.BytesIO()
    with zipfile.ZipFile(GOLD / name) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change[member](content) if member in change else content)
        for member, content in (add or {}).items():
            new.writestr(member, content)
    return copy.getvalue()


def with_entity(prologue: str) -> Change:
    """Return a change that puts a document type in front and an entity of it in the last element."""

    def change(content: bytes) -> bytes:
        body = content[content.index(b"?>") + 2 :] if content.startswith(b"<?xml") else content
        end = body.rindex(b"</")
        return prologue.encode() + body[:end] + b"&e9;" + body[end:]

    return change


def refusal(tmp_path: Path, raw: bytes, name: str = "export.bin") -> str:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    return str(caught.value)


@pytest.mark.parametrize("prologue", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_in_an_archive_of_limesurvey(tmp_path: Path, prologue: str) -> None:
    member = "survey_123456_responses.lsr"
    assert refusal(tmp_path, repacked("archive.lsa", {member: with_entity(prologue)})) == (
        f"export.bin/{member}: defines entities or a document type, which LimeSurvey does not write. It was not read."
    )
    member = "survey_123456.lss"
    assert refusal(tmp_path, repacked("archive.lsa", {member: with_entity(prologue)})) == (
        f"export.bin/{member}: defines entities or a document type, which LimeSurvey does not write. It was not read."
    )


@pytest.mark.parametrize("prologue", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_in_a_structure(tmp_path: Path, prologue: str) -> None:
    path = tmp_path / "survey.lss"
    path.write_bytes(with_entity(prologue)((GOLD / "structure.lss").read_bytes()))
    with pytest.raises(QuestionnaireError) as caught:
        read_structure(path)
    assert str(caught.value) == (
        "survey.lss: defines entities or a document type, which LimeSurvey does not write. It was not read."
    )


@pytest.mark.parametrize("prologue", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_entities_in_a_workbook(tmp_path: Path, member: str, prologue: str) -> None:
    raw = repacked("ui_code_short.xlsx", {member: with_entity(prologue)})
    assert refusal(tmp_path, raw) == (
        "export.bin: is a damaged workbook: it cannot be read. Export again, or export as CSV."
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(raw)
    with pytest.raises(QuestionnaireError) as caught:
        read_structure(path)
    assert str(caught.value) == "form.xlsx: is a workbook that cannot be read. Save it again as .xlsx."


@pytest.mark.parametrize("prologue", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_in_an_opendocument_spreadsheet(tmp_path: Path, prologue: str) -> None:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", f"{prologue}<a>&e9;</a>")
    assert refusal(tmp_path, copy.getvalue()) == (
        "export.bin: is a damaged spreadsheet: its content cannot be read. Save it again."
    )


@pytest.mark.parametrize(
    ("name", "member"),
    [("archive.lsa", "survey_123456_responses.lsr"), ("ui_code_short.xlsx", "xl/worksheets/sheet1.xml")],
)
def test_an_archive_that_unpacks_to_gigabytes(tmp_path: Path, name: str, member: str) -> None:
    """Two gigabytes by its own word; it is never unpacked, so that the word is enough."""
    raw = bytearray(repacked(name, {member: lambda content: content + b" " * 3 * 2**20}))
    entry = raw.index(member.encode(), raw.index(b"PK\x01\x02")) - 46
    raw[entry + 24 : entry + 28] = (2 * 2**30).to_bytes(4, "little")
    assert refusal(tmp_path, bytes(raw)).startswith("export.bin: unpacks to 20")
    # Also when it says that it is small: reading stops there.
    raw[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    assert refusal(tmp_path, bytes(raw)).startswith("export.bin: ")


def test_many_copies_of_one_part_are_counted_together(tmp_path: Path) -> None:
    add = {f"extra{n}.xml": b" " * 4 * 2**20 for n in range(51)}
    assert refusal(tmp_path, repacked("ui_code_short.xlsx", {}, add)) == (
        "export.bin: unpacks to 204 MB from 1 MB, which no export does; at most 200 MB is read. Export as CSV."
    )


def _book(tmp_path: Path, cell: object) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "idee"])
    sheet["A2"], sheet["B2"] = 1, cell
    path = tmp_path / "export.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "='[1]Blad1'!A1", '=HYPERLINK("http://x","y")', '=WEBSERVICE("http://x")', "=cmd|' /C calc'!A0"],
)
def test_formulas_and_links_to_elsewhere_are_not_followed(tmp_path: Path, formula: str) -> None:
    export = read_export(_book(tmp_path, formula))
    assert [str(fault) for fault in export.faults] == [
        f"export.xlsx:2: column 'idee': the cell holds a formula, {formula!r}, and no answer. Say in "
        "corrections.yaml what the answer is, or export again."
    ]


def test_formulas_over_ranges_and_errors_are_formulas(tmp_path: Path) -> None:
    for cell, shown in ((ArrayFormula("B2:B2", "=SUM(A1)"), "=SUM(A1)"), ("#REF!", "#REF!")):
        assert [fault.value for fault in read_export(_book(tmp_path, cell)).faults] == [shown]


def test_macros_are_not_run_and_the_cells_are_read(tmp_path: Path) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    changes: dict[str, Change] = {
        "[Content_Types].xml": lambda content: content.replace(
            plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        )
    }
    raw = repacked("ui_code_short.xlsx", changes, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(100)})
    path = tmp_path / "export.xlsm"
    path.write_bytes(raw)
    assert read_export(path).cells.equals(read_export(GOLD / "ui_code_short.xlsx").cells)


def test_links_to_other_workbooks_are_left_where_they_are(tmp_path: Path) -> None:
    link = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    raw = repacked("ui_code_short.xlsx", {}, {"xl/externalLinks/externalLink1.xml": link})
    path = tmp_path / "export.xlsx"
    path.write_bytes(raw)
    assert read_export(path).cells.equals(read_export(GOLD / "ui_code_short.xlsx").cells)
