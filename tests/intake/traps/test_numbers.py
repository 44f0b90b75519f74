"""Traps T48 to T56: numbers, dates, and what a spreadsheet program makes of them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.mapping import AnswerMapping
from srsmeting.questionnaire import Questionnaire

Write = Callable[..., Path]
Ask = Callable[..., Questionnaire]
Gold = Callable[..., Intake]
Mapped = Callable[[str, Questionnaire], AnswerMapping]

FTE = {"id": "fte", "kind": "number"}
KEUZE = {"id": "keuze", "kind": "single", "answers": [("klein", "1-2", "1 tot 2"), ("groot", "3", "3 of meer")]}


def test_t48_a_decimal_comma_is_declared_or_follows_from_the_file(write: Write, ask: Ask, mapped: Mapped) -> None:
    questionnaire = ask(FTE)

    def numbers(*cells: str, mapping: str = "") -> list[float]:
        path = write("id;fte\n" + "".join(f"{n};{cell}\n" for n, cell in enumerate(cells)))
        known = mapped(mapping, questionnaire) if mapping else None
        return take_in(path, questionnaire, mapping=known).responses.answers["fte"].tolist()

    assert numbers("12,5", "3") == [12.5, 3.0]
    assert numbers("1.250", mapping="decimal: '.'\n") == [1.25]
    with pytest.raises(IntakeError) as caught:
        numbers("1.250", "3")
    assert str(caught.value) == (
        "export.csv:2: column 'fte': '1.250' can be a number of thousands or one with decimals. "
        "Say in mapping.yaml what stands before decimals: \"decimal: ','\" or \"decimal: '.'\"."
    )
    with pytest.raises(IntakeError) as caught:  # LimeSurvey always writes a point
        take_in(write("id;submitdate;lastpage;fte\n1;2022-03-14;1;12,5\n"), questionnaire)
    assert str(caught.value) == (
        "export.csv:2: column 'fte': '12,5' is no number. Decimals come after a point: '12.5'."
    )


def test_t49_a_number_of_the_database_is_that_of_the_csv(folder: Path, gold: Gold) -> None:
    assert b"\t12.5000000000\t" in (folder / "vvexport_v2.csv").read_bytes()
    for name in ("vvexport_v2.csv", "archive.lsa", "rc_code_short.csv", "spss_data.dat"):
        assert gold(name).responses.answers["fte"].fillna(-1).tolist() == [12.5, 3.0, -1.0]
    for name in ("vvexport_v2.csv", "archive.lsa"):
        assert read_export(folder / name).cells["fte"].tolist() == ["12.5", "3", "", ""]


def test_t50_leading_zeros_are_kept(write: Write, book: Write) -> None:
    rows = (("id", "kvk", "postcode"), ("1", "01234567", "0123 AB"))
    paths = [write("\n".join(";".join(row) for row in rows) + "\n"), book(*rows)]
    frame = pd.DataFrame([rows[1]], columns=list(rows[0]))
    paths += [write(b"", "a.parquet"), write(b"", "a.sav")]
    frame.to_parquet(paths[2])
    pyreadstat.write_sav(frame, paths[3])
    for path in paths:
        assert read_export(path).cells[["kvk", "postcode"]].to_numpy().tolist() == [["01234567", "0123 AB"]]


@pytest.mark.parametrize("cell", [dt.datetime(2026, 2, 1), "1-feb", "2026-02-01"])
def test_t51_a_date_in_a_choice_says_where_it_comes_from(book: Write, ask: Ask, cell: object) -> None:
    with pytest.raises(IntakeError) as caught:
        take_in(book(("id", "keuze"), (1, cell)), ask(KEUZE))
    shown = "2026-02-01 00:00:00" if isinstance(cell, dt.datetime) else cell
    assert str(caught.value) == (
        f"export.xlsx:2: column 'keuze': '{shown}' is a date. A spreadsheet program makes one of an answer such as "
        "'1-2': export again, or correct the cell."
    )


def test_t55_a_number_in_a_workbook_is_the_code_of_a_csv(write: Write, book: Write, ask: Ask) -> None:
    answers = [("ja", "1", "Ja"), ("weet_niet", "88", "Weet niet", "dont_know")]
    questionnaire = ask({"id": "q", "kind": "single", "answers": answers})
    text = take_in(write("id;q\n1;1\n2;88\n"), questionnaire)
    for one in (1, 1.0, "1"):
        sheet = take_in(book(("id", "q"), (1, one), (2, 88)), questionnaire)
        assert sheet.responses.answers.equals(text.responses.answers)
    sav = write(b"", "a.sav")
    pyreadstat.write_sav(pd.DataFrame({"id": [1.0, 2.0], "q": [1.0, 88.0]}), sav)
    assert take_in(sav, questionnaire).responses.answers.equals(text.responses.answers)
    with pytest.raises(IntakeError):  # a text "1.0" is no code
        take_in(write("id;q\n1;1.0\n"), questionnaire)


def test_t56_a_moment_that_no_calendar_has_does_not_stop_the_file(write: Write, ask: Ask) -> None:
    path = write(b"", "a.sav")
    moments = [13828960800.0, 9.9e15, np.nan, -9.9e15]
    frame = pd.DataFrame({"fte": [1.0, 2.0, 3.0, 4.0], "moment": moments})
    pyreadstat.write_sav(frame, path, variable_format={"moment": "DATETIME20"})
    raw = read_export(path)
    assert raw.cells["moment"].tolist() == ["2021-01-02 10:00:00", "9900000000000000", "", "-9900000000000000"]
    assert "Momenten die op geen kalender staan, gelezen als getal, in: moment." in raw.notes
    assert take_in(path, ask(FTE), ignore=["moment"]).responses.n == 4
