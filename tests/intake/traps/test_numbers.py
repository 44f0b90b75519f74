"""Traps T48 to T56: numbers, dates, and what a spreadsheet program makes of them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from srsmeting.checking import check_meting
from srsmeting.errors import ConfigurationError, IntakeError
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.binding.mapping import AnswerMapping, read_mapping
from srsmeting.meting import load_meting
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


MARCH = (dt.date(2026, 3, 2), dt.date(2026, 3, 2))


def test_t52_moments_of_microsoft_forms_are_month_first_or_real(write: Write, book: Write, ask: Ask) -> None:
    questionnaire = ask({"id": "fte", "kind": "number", "text": "Hoeveel fte?"})
    header = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Hoeveel fte?")

    def fieldwork(path: Path) -> object:
        mapping = write('columns: [{column: "Hoeveel fte?", question: fte}]\n', "mapping.yaml")
        report = take_in(path, questionnaire, mapping=read_mapping(mapping, questionnaire)).report
        assert not report.has_findings
        return report.fieldwork

    saved = "1;3/2/26 9:14;3/2/26 9:20;anonymous;;3"
    assert fieldwork(write(f"{';'.join(header)}\n{saved}\n")) == MARCH
    assert (
        fieldwork(write(f"{';'.join(header)}\n{saved.replace('3/2/26 9:14;3/2/26 9:20', '46083.38;46083.39')}\n"))
        == MARCH
    )
    begin, end = dt.datetime(2026, 3, 2, 9, 14, 5), dt.datetime(2026, 3, 2, 9, 20, 41)
    assert fieldwork(book(header, (1, begin, end, "anonymous", None, 3))) == MARCH


def test_t53_moments_in_several_zones_are_days_in_the_netherlands(write: Write, ask: Ask) -> None:
    # Half past eleven in the evening in Greenwich is the next day here.
    google = write('Timestamp,fte\n"2022/11/30 11:39:41 PM GMT+0",3\n"2022/11/30 10:39:41 PM GMT+1",3\n')
    mapping = write("columns: [{column: fte, question: fte}]\n", "mapping.yaml")
    report = take_in(google, ask(FTE), mapping=read_mapping(mapping, ask(FTE))).report
    assert report.fieldwork == (dt.date(2022, 11, 30), dt.date(2022, 12, 1))
    # KoboToolbox: start with a zone, submission in UTC without one. Ten to two until eleven past, across the change of
    # the clock; and the first minutes of the next day.
    top = "start;end;fte;_id;_uuid;_submission_time"
    change = "2026-10-25 02:50:00+02:00;2026-10-25 02:11:00+01:00;3;1;a;2026-10-25T01:11:30"
    midnight = "2026-10-25 23:50:00+01:00;2026-10-26 00:05:00+01:00;3;2;b;2026-10-25T23:05:30"
    report = take_in(write(f"{top}\n{change}\n{midnight}\n"), ask(FTE)).report
    assert report.fieldwork == (dt.date(2026, 10, 25), dt.date(2026, 10, 26))
    assert not report.has_findings
    # The same hour twice, in a file without zones.
    naive = "1;2026-10-25 02:11:00;1;2026-10-25 02:50:00;3"
    report = take_in(write(f"id;submitdate;lastpage;startdate;fte\n{naive}\n"), ask(FTE)).report
    assert not report.has_findings


def test_t54_the_zone_is_in_the_configuration(write: Write, tmp_path: Path) -> None:
    questions = (
        "meting: val\ntitle: Val\npijlers: [{id: basis, label: Basis}]\nquestions:\n"
        "  - {id: fte, kind: number, title: Fte, text: Fte, pijler: basis, fase: algemeen}\n"
    )
    write(questions, "questionnaire.yaml")
    # Half past eleven in Greenwich: the next day in Amsterdam, and the same in New York.
    write("start;end;fte;_id;_uuid;_submission_time\n;2026-03-02T23:30:00+00:00;3;1;a;2026-03-02T23:31:00\n")
    base = "meting: val\ntitle: Val\nquestionnaire: questionnaire.yaml\nexport: export.csv\n"

    def fieldwork(more: str) -> object:
        write(base + more, "meting.yaml")
        return check_meting(load_meting(tmp_path)).report.fieldwork

    assert fieldwork("") == (dt.date(2026, 3, 3), dt.date(2026, 3, 3))
    assert fieldwork("timezone: America/New_York\n") == MARCH
    with pytest.raises(ConfigurationError) as caught:
        fieldwork("timezone: Amsterdam\n")
    assert str(caught.value) == (
        "meting.yaml:5: timezone: no time zone 'Amsterdam'. Write it as 'Europe/Amsterdam' or 'UTC'."
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
