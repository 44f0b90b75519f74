"""Traps T57 to T64: formulas, and what is too large, too long or missing altogether."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from srsmeting.errors import IntakeError
from srsmeting.frames import read_frame, write_frame
from srsmeting.intake import Intake, RawExport, read_export, take_in
from srsmeting.intake.binding.mapping import AnswerMapping
from srsmeting.intake.formats.limesurvey import csv_file
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolQuestion, ToolStructure

Write = Callable[..., Path]
Ask = Callable[..., Questionnaire]
Gold = Callable[..., Intake]
Mapped = Callable[[str, Questionnaire], AnswerMapping]

OPEN = {"id": "idee", "kind": "open"}
MARK = {"id": "idee", "kind": "mark", "range": [1, 10]}
GOLD = [
    *("rc_code_short.csv", "ui_emcode_short_mask_comma.csv", "vvexport_v2.csv", "ui_code_short.xlsx", "ui_json.json"),
    *("archive.lsa", "spss_data.dat"),
]


@pytest.mark.parametrize("name", GOLD)
def test_t57_a_text_that_looks_like_a_formula_is_the_same_text(folder: Path, gold: Gold, name: str) -> None:
    written = {"ui_emcode_short_mask_comma.csv": b"'=1+1", "rc_code_short.csv": b'"=1+1"'}.get(name, b"")
    assert written in (folder / name).read_bytes()
    assert read_export(folder / name).cells["orgnaam"].tolist()[1] == "=1+1"
    assert gold(name).responses.answers["orgnaam"].tolist() == [True, True, True]


@pytest.mark.parametrize("name", GOLD)
def test_t58_a_text_that_begins_with_a_sign_is_not_mangled(folder: Path, name: str) -> None:
    assert read_export(folder / name).cells["opm"].tolist()[1] == "-2 is ook een getal €"


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "+31", "@jan", "\t=1", "\r=1", "-2 is ook een getal €", "-2", "''"])
def test_t57_t58_what_is_written_runs_nowhere_and_reads_back_unchanged(
    write: Write, ask: Ask, mapped: Mapped, text: str
) -> None:
    # Who was not asked and answered all the same goes into the quarantine, with what stands in the file.
    answers = [("nee", "0", "Nee"), ("ja", "1", "Ja")]
    later = {"id": "r", "kind": "single", "answers": answers, "asked_if": "q == ja"}
    questionnaire = ask({"id": "q", "kind": "single", "answers": answers}, later)
    mapping = mapped(f"answers: {{r: {{{json.dumps(text)}: ja}}}}\n", questionnaire)
    quarantine = take_in(write(f'id,q,r\n1,0,"{text}"\n'), questionnaire, mapping=mapping).quarantine
    assert quarantine["value"].tolist() == [text]
    path = write(b"", "quarantine.csv")
    write_frame(quarantine, path)
    with path.open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert read_frame(path, {"line": "Int64"})["value"].tolist() == [text]


@pytest.mark.parametrize("header", ["id,submitdate,lastpage,idee", "id,naam,Begin,idee", "Timestamp,a,b,idee"])
def test_t59_a_formula_without_its_value_is_an_error(book: Write, ask: Ask, header: str) -> None:
    path = book(header.split(","), ("1", "2022-03-14", "1", "=A1+1"))
    faults = [(fault.line, fault.rule) for fault in read_export(path).faults]
    assert faults == [(2, "formula")]
    with pytest.raises(IntakeError):
        take_in(path, ask(MARK), ignore=["naam", "Begin", "a", "b"])


def test_t60_what_a_program_may_have_cut_is_told(write: Write, book: Write) -> None:
    def told(path: Path) -> list[str]:
        return [finding.message for finding in read_export(path).findings if finding.check == "cut_off"]

    cut = "In kolom ‘idee’ is 1 tekst zo lang als een programma toelaat: het einde kan ontbreken. Regel 2."
    assert told(book(("id", "idee"), (1, "a" * 32_767), (2, "b"))) == [cut]
    assert told(write(f"id;idee\n1;{'a' * 32_767}\n2;{'b' * 32_768}\n")) == [cut]
    wide = book(("id", *(f"v{n}" for n in range(16_383))), ("1", "a"))
    assert told(wide) == ["Het werkblad is zo breed als een werkblad kan zijn: er kunnen kolommen ontbreken."]
    sav = write(b"", "a.sav")
    pyreadstat.write_sav(pd.DataFrame({"id": ["1", "2", "3"], "idee": ["x" * 255, "é" * 127 + "x", "kort"]}), sav)
    assert told(sav) == [
        "In kolom ‘idee’ zijn 2 teksten zo lang als een programma toelaat: het einde kan ontbreken. Regels 1, 2."
    ]


def test_t61_a_label_that_was_cut_is_whole_again_through_structure_or_questionnaire(write: Write, ask: Ask) -> None:
    label = "Wij zijn bekend met de inhoud van het onderzoek en hebben er " + "in onze eigen organisatie " * 5
    path = write(b"", "a.sav")
    frame = pd.DataFrame({"q": [7.0, 2.0], "s": ["99", "10"]})
    labels = {"q": {7: label, 2: "Nee"}, "s": {"99": "Weet niet", "10": "Ja"}}
    pyreadstat.write_sav(frame, path, variable_value_labels=labels, missing_ranges={"s": ["99"]})
    raw = read_export(path)
    assert raw.dialect.value_labels_of("q") == {"7": label[:120], "2": "Nee"}
    assert raw.lost[1] == "Labels die SPSS te lang vindt, zijn afgekapt: 1."
    assert raw.cells["s"].tolist() == ["99", "10"]  # declared missing, and of two digits
    answers = (("1", label.strip()), ("2", "Nee"))
    structure = ToolStructure("Qualtrics", "Kort", (ToolQuestion("q", "Vraag?", "single", answers=answers),))
    assert read_export(path, structure).dialect.value_labels_of("q") == {"7": label.strip(), "2": "Nee"}
    ours = [("ja", "1", label.strip()), ("nee", "2", "Nee")]
    intake = take_in(path, ask({"id": "q", "kind": "single", "answers": ours}), ignore=["s"])
    assert intake.responses.answers["q"].tolist() == ["ja", "nee"]
    assert intake.report.findings["check"].tolist() == []


def test_t62_an_upload_is_no_answer_and_left_behind(write: Write, ask: Ask) -> None:
    upload = '[{ ""title"":""Jan"",""filename"":""fu_1"",""ext"":""jpg"" }]'
    path = write(f'id;submitdate;lastpage;idee;foto;foto[filecount]\n1;2022-03-14;1;a;"{upload}";1\n')
    intake = take_in(path, ask(OPEN))
    dropped = intake.report.dropped.set_index("column")["why"]
    assert dropped[["foto", "foto[filecount]"]].tolist() == ["geüpload bestand", "geüpload bestand"]
    assert "Jan" not in intake.report.to_markdown()
    # Also where a questionnaire has it as an open question, no more is kept than that there is one.
    asked = take_in(path, ask(OPEN, {"id": "foto", "kind": "open"}))
    assert asked.responses.answers["foto"].tolist() == [True]
    assert "Jan" not in asked.report.to_markdown()


def test_t63_names_in_any_script_are_kept(write: Write, ask: Ask, mapped: Mapped) -> None:
    path = write(b"", "a.sav")
    names = ["café", "שאלה", "ప్రశ్న"]
    pyreadstat.write_sav(pd.DataFrame([["é", "שלום", "తెలుగు"]], columns=names), path)
    raw = read_export(path)
    assert raw.cells.columns.tolist() == ["(rij)", *names]
    assert raw.cells[names].to_numpy().tolist() == [["é", "שלום", "తెలుగు"]]
    questionnaire = ask({"id": "cafe", "kind": "open"})
    mapping = mapped("columns: [{column: café, question: cafe}]\n", questionnaire)
    responses = take_in(path, questionnaire, ignore=names[1:], mapping=mapping).responses
    assert responses.answers["cafe"].tolist() == [True]


@pytest.mark.parametrize("header", ["id;submitdate;lastpage;idee", "id;idee"])
def test_t64_headings_without_rows_are_an_error(write: Write, ask: Ask, header: str) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(write(f"{header}\n"), ask(OPEN))
    assert str(caught.value) == "export.csv: has headings and no rows. Export all responses."


@pytest.mark.parametrize(("kept", "least"), [(0, 2), (3, 4)])
def test_t64_no_format_loses_rows_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kept: int, least: int
) -> None:
    plain = csv_file.read

    def reads_less(*arguments: Any) -> RawExport:
        export = plain(*arguments)
        return replace(export, cells=export.cells[:kept], lines=export.lines[:kept], set_aside=export.set_aside[:kept])

    monkeypatch.setattr(csv_file, "read", reads_less)
    with pytest.raises(IntakeError) as caught:
        read_export(folder / "rc_code_short.csv")
    assert str(caught.value) == (
        f"rc_code_short.csv: internal check: {kept} rows were read, and the file has at least {least}. "
        "Please report this file."
    )
