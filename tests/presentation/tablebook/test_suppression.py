"""No trace of a suppressed number in any part of the files: held against the measurement without publication rules.

The numbers that may not be published are computed here, from the same answers, and looked for in everything that the
files hold: cells, formats, names, properties.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from srsmeting.configuration import PublicationConfig
from srsmeting.estimates import COUNTS, KEY, VALUES
from srsmeting.frames import write_frame
from srsmeting.meting import Meting, load_meting
from srsmeting.presentation.tablebook import build_book, long_frame
from srsmeting.presentation.tablebook.cells import shown_value
from srsmeting.presentation.tablebook.model import Book
from srsmeting.presentation.tablebook.ods import to_ods
from srsmeting.presentation.tablebook.xlsx import to_xlsx
from srsmeting.running import run_meting
from srsmeting.tabulating import about_meting

TOP = Path(__file__).parents[3]
#: Any decimal number, as programs write it.
_NUMBER = re.compile(r"\d+\.\d+(?:[eE][-+]?\d+)?")


@pytest.fixture(scope="module")
def meting() -> Meting:
    return load_meting(TOP / "analyses" / "srs_2021")


@pytest.fixture(scope="module")
def published(meting: Meting) -> pd.DataFrame:
    return run_meting(meting).estimates


@pytest.fixture(scope="module")
def secret(meting: Meting, published: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are suppressed, with their numbers."""
    open_rules = PublicationConfig(min_base=1, normal_base=0)
    unguarded = replace(meting, config=meting.config.model_copy(update={"publication": open_rules}))
    everything = run_meting(unguarded).estimates
    hidden = published.loc[published["status"] == "Q", [*KEY]]
    rows = hidden.merge(everything, on=[*KEY], how="left", validate="one_to_one")
    # Themes that are mentioned too seldom are hidden by the questionnaire itself, whatever the rules.
    return rows[rows["status"] != "Q"]


@pytest.fixture(scope="module")
def book(meting: Meting, published: pd.DataFrame) -> Book:
    return build_book(published, meting.questionnaire, about_meting(meting))


@pytest.fixture(scope="module")
def workbook(book: Book) -> bytes:
    return to_xlsx(book)


def _texts(value: float) -> set[str]:
    """Return how a number may be written: as a fraction, as a percentage, and as a cell holds it."""
    forms = (value, 100 * value, shown_value(value, "percentage"), shown_value(value, "decimal"))
    return {text for form in forms for text in (repr(form), f"{form:.16g}", f"{form:.15g}") if _NUMBER.fullmatch(text)}


def _numbers(frame: pd.DataFrame) -> set[str]:
    values = {value for name in VALUES for value in frame[name].dropna().abs().tolist()}
    return {text for value in values for text in _texts(value)}


def test_there_is_something_to_hide(secret: pd.DataFrame) -> None:
    assert len(secret) > 1500
    assert secret["estimate"].notna().mean() > 0.9


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_no_part_of_a_file_holds_a_suppressed_number(
    suffix: str,
    book: Book,
    workbook: bytes,
    meting: Meting,
    published: pd.DataFrame,
    secret: pd.DataFrame,
    tmp_path: Path,
) -> None:
    if suffix == "csv":
        write_frame(long_frame(published, meting.questionnaire), tmp_path / "t.csv")
        parts = {"t.csv": (tmp_path / "t.csv").read_text(encoding="utf-8")}
    else:
        with zipfile.ZipFile(io.BytesIO(workbook if suffix == "xlsx" else to_ods(book))) as file:
            parts = {name: file.read(name).decode() for name in file.namelist()}
    # A number that is published elsewhere too tells nothing.
    telling = _numbers(secret) - _numbers(published)
    assert len(telling) > 1000

    for name, text in parts.items():
        assert telling & set(_NUMBER.findall(text)) == set(), name


def test_where_a_number_is_suppressed_the_workbook_has_a_sign_or_an_empty_cell(
    workbook: bytes, published: pd.DataFrame
) -> None:
    read = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    rows: list[Any] = list(read["Alle cijfers"].iter_rows(min_row=5, values_only=True))
    read.close()
    long = pd.DataFrame(rows[1:], columns=list(rows[0]))
    hidden = long["status"] == "Q"
    assert hidden.sum() == (published["status"] == "Q").sum()
    assert long.loc[hidden, [*VALUES, *COUNTS]].isna().to_numpy().all()
    assert long.loc[hidden, "method"].isna().all()


def test_a_column_of_a_hidden_group_holds_signs_only(book: Book, meting: Meting, published: pd.DataFrame) -> None:
    checked = 0
    for sheet in book.sheets:
        question = next(
            (q for q in meting.questionnaire.questions if sheet.name[3:] and sheet.title[3:] == q.title), None
        )
        if question is None or sheet.table is None:
            continue
        rows = published[(published["question"] == question.id) & (published["by"] != "")]
        for (by, group), own in rows.groupby(["by", "group"]):
            label = meting.questionnaire.breakdown(by).labels[group]
            if (own["status"] == "Q").all():
                places = [at for at, column in enumerate(sheet.table.columns) if column.header == label]
                cells = {row[at].value for at in places for row in sheet.table.rows}
                # Themes are not counted by group.
                assert cells <= {"x", "."}, (question.id, by, group)
                checked += len(places)
    assert checked > 50


def test_formats_and_names_are_the_same_whatever_is_hidden(workbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        styles, names = file.read("xl/styles.xml").decode(), file.read("xl/workbook.xml").decode()
    formats = set(re.findall(r'formatCode="([^"]*)"', styles))
    assert formats <= {
        "0%_ _u",
        "0%&quot; u&quot;",
        "0%&quot; w&quot;",
        "+0;-0;0",
        "+0&quot; b&quot;;-0&quot; b&quot;;0&quot; b&quot;",
        "0;0;0",
        "[$-413]#,##0",
        "[$-413]#,##0_ _u",
        "[$-413]0.0",
        "[$-413]0.0_ _u",
        "[$-413]0.0&quot; u&quot;",
        "[$-413]0.00",
    }
    assert set(re.findall(r'<definedName name="([^"]*)"', names)) <= {
        "_xlnm.Print_Titles",
        "_xlnm.Print_Area",
        "_xlnm._FilterDatabase",
    }
