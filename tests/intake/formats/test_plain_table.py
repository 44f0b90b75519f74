"""Tables that no tool marks as its own: CSV, XLSX, ODS and Parquet."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.questionnaire import Questionnaire, load_questionnaire

QUESTIONNAIRE = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - id: regio
    export: G1
    kind: single
    title: Regio
    text: Welke regio?
    pijler: basis
    fase: algemeen
    categories: [{code: noord, export: A1, label: Noord}, {code: zuid, export: "1", label: Zuid}]
  - id: effect
    export: G2
    kind: multiple
    title: Effect
    text: Wat is er veranderd?
    pijler: basis
    fase: effect
    categories: [{code: inzicht, export: SQ001, label: Inzicht}, {code: beleid, export: SQ002, label: Beleid}]
  - {id: fte, export: G3, kind: number, title: Fte, text: Hoeveel fte?, pijler: basis, fase: algemeen}
"""
HEADER = ("respondent", "kvk", "regio", "effect_inzicht", "G2[SQ002]", "fte")
ROWS = (
    ("r1", "01234567", "A1", "1", "nee", "12,5"),
    ("r2", "07654321", "zuid", "0", "Ja", "3"),
    ("r3", "", "1", "", "", ""),
)


@pytest.fixture
def verkenning(tmp_path: Path) -> Questionnaire:
    path = tmp_path / "questionnaire.yaml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return load_questionnaire(path)


def _csv(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    path.write_text("".join(";".join(row) + "\n" for row in (HEADER, *rows)), encoding="utf-8")
    return path


def _xlsx(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append([cell or None for cell in row])
    book.save(path)
    return path


def _ods(path: Path, rows: Sequence[Sequence[str]] = ROWS, more: str = "") -> Path:
    lines = ""
    for row in (HEADER, *rows):
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            if cell
            else '<table:table-cell table:number-columns-repeated="1"/>'
            for cell in row
        )
        lines += f'<table:table-row>{cells}<table:table-cell table:number-columns-repeated="16378"/></table:table-row>'
    spaces = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    names = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="Blad1">{lines}{more}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return path


def _parquet(path: Path, rows: Sequence[Sequence[str]] = ROWS) -> Path:
    pd.DataFrame(list(rows), columns=list(HEADER)).to_parquet(path)
    return path


WRITERS: dict[str, Callable[..., Path]] = {"csv": _csv, "xlsx": _xlsx, "ods": _ods, "parquet": _parquet}


@pytest.mark.parametrize(
    ("suffix", "place"), [("csv", "regel"), ("xlsx", "rij"), ("ods", "rij"), ("parquet", "record")]
)
def test_the_same_respondents_give_the_same_responses(
    tmp_path: Path, verkenning: Questionnaire, suffix: str, place: str
) -> None:
    path = WRITERS[suffix](tmp_path / "tabel.dat")
    raw = read_export(path)
    assert (raw.place, raw.id_column) == (place, "respondent")
    assert raw.lines.tolist() == ([1, 2, 3] if place == "record" else [2, 3, 4])
    intake = take_in(path, verkenning, ignore=["kvk"])
    assert intake.report.format == f"Tabel ({suffix.upper() if suffix != 'parquet' else 'Parquet'})"
    assert intake.responses.codes("regio").tolist() == [0, 1, 1]
    assert intake.responses.ticked("effect").tolist() == [[True, False], [False, True], [False, False]]
    assert intake.responses.answers["fte"].fillna(-1).tolist() == [12.5, 3.0, -1.0]
    assert intake.report.rows_received == intake.report.rows_used == 3
    assert intake.report.lost == (
        "Een gewone tabel vertelt niet of een lege cel ‘niet gesteld’ of ‘opengelaten’ is; de routing beslist.",
    )


@pytest.mark.parametrize("suffix", list(WRITERS))
def test_t50_leading_zeros_are_kept(tmp_path: Path, suffix: str) -> None:
    raw = read_export(WRITERS[suffix](tmp_path / f"tabel.{suffix}"))
    assert raw.cells["kvk"].tolist() == ["01234567", "07654321", ""]


def test_t32_words_that_stand_for_nothing_elsewhere_are_answers(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("id;land;naam\n1;NA;None\n2;null;N/A\n", encoding="utf-8")
    cells = read_export(path).cells
    assert cells[["land", "naam"]].to_numpy().tolist() == [["NA", "None"], ["null", "N/A"]]


def test_t48_the_mark_of_decimals_is_declared_or_follows_from_the_file(
    tmp_path: Path, verkenning: Questionnaire
) -> None:
    def numbers(*values: str) -> list[float]:
        rows = [(f"r{n}", "", "A1", "", "", value) for n, value in enumerate(values)]
        path = _csv(tmp_path / "tabel.csv", rows)
        mapping = tmp_path / "mapping.yaml"
        found = read_mapping(mapping, verkenning) if mapping.exists() else None
        return take_in(path, verkenning, ignore=["kvk"], mapping=found).responses.answers["fte"].tolist()

    assert numbers("12,5", "3") == [12.5, 3.0]
    assert numbers("12.5", "3") == [12.5, 3.0]
    with pytest.raises(IntakeError) as caught:
        numbers("1.250", "3")
    assert str(caught.value) == (
        "tabel.csv:2: column 'fte': '1.250' can be a number of thousands or one with decimals. "
        "Say in mapping.yaml what stands before decimals: \"decimal: ','\" or \"decimal: '.'\"."
    )
    with pytest.raises(IntakeError) as caught:
        numbers("12,5", "1.250")
    assert str(caught.value) == (
        "tabel.csv:3: column 'fte': '1.250' is no number. Decimals come after a comma: '12,5'."
    )
    (tmp_path / "mapping.yaml").write_text("decimal: '.'\n", encoding="utf-8")
    assert numbers("1.250", "3") == [1.25, 3.0]


def test_t59_a_formula_is_an_error_and_not_an_empty_cell(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _xlsx(tmp_path / "tabel.xlsx", [*ROWS, ("r4", "", "A1", "", "", "=1+1")])
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, ignore=["kvk"])
    assert str(caught.value) == (
        "tabel.xlsx:5: column 'fte': the cell holds a formula, '=1+1', and no answer. Say in corrections.yaml "
        "what the answer is, or export again."
    )
    row = '<table:table-row><table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/></table:table-row>'
    assert [fault.rule for fault in read_export(_ods(tmp_path / "tabel.ods", more=row)).faults] == ["formula"]


def test_an_id_of_the_mapping_takes_the_place_of_the_number_of_the_row(
    tmp_path: Path, verkenning: Questionnaire
) -> None:
    path = _csv(tmp_path / "tabel.csv", [("r1", "", "A1", "", "", "999"), ("r2", "", "A1", "", "", "12")])
    path.write_text(path.read_text(encoding="utf-8").replace("respondent;", "respnr;", 1), encoding="utf-8")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text('id: respnr\nanswers: {fte: {"999": ""}}\n', encoding="utf-8")
    numbered = take_in(path, verkenning, ignore=["kvk", "respnr"]).report
    taken = take_in(path, verkenning, ignore=["kvk"], mapping=read_mapping(mapping, verkenning))
    assert [int(report.cells["cells"][0]) for report in (numbered, taken.report)] == [6, 6]
    assert numbered.notes == (
        "Geen kolom met een respondentnummer: de rijen zijn genummerd zoals zij in het bestand staan.",
    )
    assert taken.report.notes == ()
    assert taken.responses.answers["fte"].fillna(-1).tolist() == [-1.0, 12.0]


def test_a_column_that_can_be_an_id_or_a_token_is_told_where_to_name(tmp_path: Path, verkenning: Questionnaire) -> None:
    path = _csv(tmp_path / "tabel.csv", [("r1", "a b", "A1", "", "", "9"), ("r2", "c d", "A1", "", "", "12")])
    path.write_text(path.read_text(encoding="utf-8").replace("respondent;", "respnr;", 1), encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning)
    assert str(caught.value).splitlines() == [
        "tabel.csv:1: column 'respnr' is not in the questionnaire. Add it to the questionnaire, or name it under "
        "'ignore'. If it is the id or the token of respondents, name it under 'id' or 'token' in mapping.yaml.",
        "tabel.csv:1: column 'kvk' is not in the questionnaire. Add it to the questionnaire, or name it under 'ignore'.",
    ]


def test_a_formula_that_names_a_person_is_not_shown(tmp_path: Path, verkenning: Questionnaire) -> None:
    link = '=HYPERLINK("mailto:jan@example.org","Jan")'
    path = _xlsx(tmp_path / "tabel.xlsx", [*ROWS, ("r4", "", "A1", "", "", link)])
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, ignore=["kvk"])
    assert str(caught.value) == (
        "tabel.xlsx:5: column 'fte': the cell holds a formula, '[tekst]', and no answer. Say in "
        "corrections.yaml what the answer is, or export again."
    )
    assert [fault.value for fault in caught.value.faults] == ["[tekst]"]


def test_numbers_in_a_workbook_do_not_tell_how_people_write_decimals(tmp_path: Path, verkenning: Questionnaire) -> None:
    # A number in a cell has a point; the text beside it was typed by someone, who may have meant 1250.
    doubtful = (
        "can be a number of thousands or one with decimals. "
        "Say in mapping.yaml what stands before decimals: \"decimal: ','\" or \"decimal: '.'\"."
    )
    path = _xlsx(tmp_path / "tabel.xlsx", [("r1", "", "A1", "", "", 3.5), ("r2", "", "A1", "", "", "1.250")])
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, ignore=["kvk"])
    assert str(caught.value) == f"tabel.xlsx:3: column 'fte': '1.250' {doubtful}"
    path = _csv(
        tmp_path / "tabel.csv", [(f"r{n}", "", "A1", "", "", fte) for n, fte in enumerate(("4,5", "3.5", "1.250"))]
    )
    with pytest.raises(IntakeError) as caught:
        take_in(path, verkenning, ignore=["kvk"])
    assert str(caught.value).splitlines() == [
        f"tabel.csv:4: column 'fte': '1.250' {doubtful}",
        "tabel.csv:2: column 'fte': '4,5' is no number. Decimals come after a point: '12.5'.",
    ]


def test_what_an_ods_cell_holds(tmp_path: Path) -> None:
    row = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1.0"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-02-01"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>'
        "</table:table-cell></table:table-row>"
    )
    assert read_export(_ods(tmp_path / "tabel.ods", more=row)).cells.iloc[-1].tolist() == [
        *("1", "2026-02-01 00:00:00", "TRUE", "a  b\nc", "", "")
    ]


def test_t60_more_cells_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(IntakeError) as caught:
        read_export(_ods(tmp_path / "tabel.ods", more=row))
    assert str(caught.value) == "tabel.ods: sheet 'Blad1' has more cells than an export has. Export as CSV."


def test_entities_that_expand_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "tabel.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "cccc">]><a>&b;&b;</a>')
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    assert str(caught.value) == "tabel.ods: is a damaged spreadsheet: its content cannot be read. Save it again."


def test_answers_on_two_sheets_are_not_chosen_between(tmp_path: Path) -> None:
    path = _xlsx(tmp_path / "tabel.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Blad2").append(["x"])
    book.save(path)
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    assert str(caught.value) == (
        "tabel.xlsx: has answers on more than one sheet: 'Sheet', 'Blad2'. "
        "Keep one, or save the one that counts as a file."
    )


def test_headings_that_are_double_or_missing_are_errors(tmp_path: Path) -> None:
    (tmp_path / "tabel.csv").write_text("id;a;a;\n1;x;y;z\n", encoding="utf-8")
    assert [str(fault) for fault in read_export(tmp_path / "tabel.csv").faults] == [
        "tabel.csv:1: heading 'a' stands twice (columns 2, 3). Keep one of them.",
        "tabel.csv:1: column 4 has cells and no heading. Give it one, or remove it.",
    ]


def test_without_a_number_of_the_respondent_the_rows_are_numbered(tmp_path: Path, verkenning: Questionnaire) -> None:
    (tmp_path / "tabel.csv").write_text("G1;G2_SQ001;G2_SQ002;G3\nA1;;;\nA1;1;;\n", encoding="utf-8")
    raw = read_export(tmp_path / "tabel.csv")
    assert (raw.id_column, raw.cells["(rij)"].tolist()) == ("(rij)", ["2", "3"])
    assert take_in(tmp_path / "tabel.csv", verkenning).responses.n == 2


def test_a_row_of_delimiters_is_no_respondent(tmp_path: Path, verkenning: Questionnaire) -> None:
    (tmp_path / "tabel.csv").write_text("G1;G2_SQ001;G2_SQ002;G3\nA1;;;\n;;;\nA1;1;;\n ;;;\n", encoding="utf-8")

    report = take_in(tmp_path / "tabel.csv", verkenning).report

    assert (report.rows_received, report.rows_used) == (2, 2)
    assert report.notes[:2] == (
        "Lege rijen tussen de andere, die niet meetellen: 2.",
        "Geen kolom met een respondentnummer: de rijen zijn genummerd zoals zij in het bestand staan.",
    )
    assert read_export(tmp_path / "tabel.csv").lines.tolist() == [2, 4]


def test_what_a_spreadsheet_of_opendocument_does_not_show_is_read_and_said(tmp_path: Path) -> None:
    row = '<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>r4</text:p></table:table-cell></table:table-row>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'

    export = read_export(_ods(tmp_path / "tabel.ods", more=columns + row))

    assert export.cells["respondent"].tolist() == ["r1", "r2", "r3", "r4"]
    assert export.notes == (
        "Verborgen of weggefilterde rijen, die wel meetellen: 1.",
        "Verborgen kolommen, die wel zijn gelezen: ‘kvk’, ‘regio’.",
    )


NUMBERED = """\
meting: verkenning
title: Verkenning
pijlers: [{id: basis, label: Basis}]
questions:
  - id: effect
    export: %s
    kind: multiple
    title: Effect
    text: Wat is er veranderd?
    pijler: basis
    fase: effect
    categories: [{code: "1", export: "2", label: Inzicht}, {code: "2", export: "1", label: Beleid}]
"""


@pytest.mark.parametrize(
    ("headings", "ticked"),
    [("effect_1;effect_2", [True, False]), ("G2_1;G2_2", [False, True]), ("effect.1;effect.2", [True, False])],
)
def test_numbers_of_options_follow_the_name_that_they_stand_behind(
    tmp_path: Path, headings: str, ticked: list[bool]
) -> None:
    (tmp_path / "questionnaire.yaml").write_text(NUMBERED % "G2", encoding="utf-8")
    (tmp_path / "tabel.csv").write_text(f"id;{headings}\n1;ja;nee\n", encoding="utf-8")

    intake = take_in(tmp_path / "tabel.csv", load_questionnaire(tmp_path / "questionnaire.yaml"))

    assert intake.responses.ticked("effect").tolist() == [ticked]


def test_numbers_of_options_that_can_be_two_are_not_chosen_between(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.yaml").write_text(NUMBERED % "effect", encoding="utf-8")
    (tmp_path / "tabel.csv").write_text("id;effect_1;effect_2\n1;ja;nee\n", encoding="utf-8")

    with pytest.raises(IntakeError) as caught:
        take_in(tmp_path / "tabel.csv", load_questionnaire(tmp_path / "questionnaire.yaml"))

    ends = (
        "it ends in the code of one answer and the 'export' of another. Head it so, or say in mapping.yaml which it is."
    )
    assert str(caught.value).splitlines() == [
        f"tabel.csv:1: column 'effect_1' can be 'effect[2]' or 'effect[1]': {ends}",
        f"tabel.csv:1: column 'effect_2' can be 'effect[2]' or 'effect[1]': {ends}",
    ]


def test_unfinished_records_are_set_aside_by_the_names_that_tools_use(
    tmp_path: Path, verkenning: Questionnaire
) -> None:
    (tmp_path / "tabel.csv").write_text(
        "id;Finished;G1;G2_SQ001;G2_SQ002;G3\n1;TRUE;A1;;;\n2;FALSE;A1;;;\n", encoding="utf-8"
    )
    intake = take_in(tmp_path / "tabel.csv", verkenning)
    assert intake.quarantine[["line", "reason"]].to_numpy().tolist() == [[3, "incomplete"]]


def test_a_table_with_headings_only_has_no_rows(tmp_path: Path, verkenning: Questionnaire) -> None:
    (tmp_path / "tabel.csv").write_text("id;G1;G2_SQ001;G2_SQ002;G3\n", encoding="utf-8")
    with pytest.raises(IntakeError, match=r"^tabel\.csv: has headings and no rows\. Export all responses\.$"):
        take_in(tmp_path / "tabel.csv", verkenning)


def test_a_mapping_can_say_what_a_tick_is(tmp_path: Path, verkenning: Questionnaire) -> None:
    (tmp_path / "tabel.csv").write_text("id;G1;G2_SQ001;G2_SQ002;G3\n1;A1;aan;uit;\n", encoding="utf-8")
    with pytest.raises(IntakeError):
        take_in(tmp_path / "tabel.csv", verkenning)
    (tmp_path / "mapping.yaml").write_text("ticked: [aan]\nunticked: [uit]\n", encoding="utf-8")
    mapping = read_mapping(tmp_path / "mapping.yaml", verkenning)
    assert take_in(tmp_path / "tabel.csv", verkenning, mapping=mapping).responses.ticked("effect").tolist() == [
        [True, False]
    ]


@pytest.mark.parametrize("suffix", list(WRITERS))
@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_accounted_for_or_refused_with_one_error(
    tmp_path: Path,
    verkenning: Questionnaire,
    suffix: str,
    damage: Callable[..., bytes],
    accounted: Callable[..., None],
    data: st.DataObject,
) -> None:
    raw = damage(data, WRITERS[suffix](tmp_path / f"tabel.{suffix}").read_bytes())
    accounted(raw, verkenning, name=f"damaged.{suffix}", ignore=["kvk"])
