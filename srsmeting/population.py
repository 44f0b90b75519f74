"""The population: who could have answered (frame), and how much of the sector is a member (coverage).

The frame is ``frame.csv``, one row per organisation that was invited: ``token``, or its name as ``organisation``, the
background variables that are known of everyone and, if wanted, ``employees`` and ``disposition``. The coverage is
``coverage.csv``, counts of employees per branche and moment.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.dispositions import DECLARED
from srsmeting.errors import Fault, PopulationError, suggest
from srsmeting.questionnaire import Questionnaire

#: Columns of the frame that tell which organisation a row is.
TOKEN, ORGANISATION = "token", "organisation"
#: The one column of a frame that is a number.
EMPLOYEES: Final = "employees"
#: What is known of organisations that gave no response that counts.
DISPOSITION: Final = "disposition"
COVERAGE_COLUMNS = ("moment", "date", "branche", "employees_members", "employees", "included_in")
#: First bytes of what people hand over instead of CSV.
_NO_TEXT = (
    (b"PK\x03\x04", "a workbook (.xlsx, .ods)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"PAR1", "a Parquet file"),
    (b"$FL", "a file of SPSS"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True)
class Population:
    """The organisations that were invited.

    Parameters
    ----------
    organisations
        One row per organisation: ``token`` (str; "" where organisations have none), ``organisation`` (str) where the
        frame has names, background questions as Categorical with their category codes, and perhaps ``employees``
        (float64, missing where not known) and ``disposition`` (str, "" where nothing is told).
    name
        File it came from, for messages.
    questionnaire
        Says which groups a breakdown has.
    """

    organisations: pd.DataFrame
    name: str = field(repr=False)
    questionnaire: Questionnaire = field(repr=False)

    @property
    def size(self) -> int:
        """Number of organisations in the frame."""
        return len(self.organisations)

    @property
    def variables(self) -> tuple[str, ...]:
        """Background questions that are known of everyone in the frame."""
        backgrounds = {question.id for question in self.questionnaire.questions}
        return tuple(name for name in self.organisations.columns if name in backgrounds)

    @property
    def eligible(self) -> Population:
        """The same frame without the organisations that it calls not eligible: dissolved, merged, no member."""
        if DISPOSITION in self.variables or DISPOSITION not in self.organisations.columns:
            return self
        kept = self.organisations[self.organisations[DISPOSITION] != "not_eligible"]
        return replace(self, organisations=kept.reset_index(drop=True))

    @property
    def employees(self) -> npt.NDArray[np.float64]:
        """Employees of each organisation, missing where not known.

        Raises
        ------
        PopulationError
            When the frame does not have that column.
        """
        if EMPLOYEES not in self.organisations.columns:
            raise PopulationError(
                f"{self.name}: no column {EMPLOYEES!r}. Add it, with the number of employees of every organisation."
            )
        return self.organisations[EMPLOYEES].to_numpy(dtype=np.float64)

    def count(self, by: str) -> Mapping[str, int]:
        """Return the number of organisations per group of a breakdown, in declared order, zeros included.

        Raises
        ------
        PopulationError
            When the frame does not hold that variable.
        """
        breakdown = self.questionnaire.breakdown(by)
        if breakdown.question not in self.variables:
            raise PopulationError(
                f"{self.name}: no column {breakdown.question!r}. {suggest(breakdown.question, self.variables)}"
            )
        known = self.organisations[breakdown.question].cat
        counts = dict(
            zip(known.categories, np.bincount(known.codes + 1, minlength=len(known.categories) + 1)[1:], strict=True)
        )
        return {group.code: sum(int(counts.get(code, 0)) for code in group.of) for group in breakdown.groups}


@dataclass(frozen=True)
class Coverage:
    """Employees in the sector and at member organisations.

    Parameters
    ----------
    counts
        Columns ``moment`` (id, such as a year), ``date``, ``branche``, ``employees_members`` and ``employees`` (Int64)
        and ``included_in``: the branche that holds these employees where at that moment they were not counted apart.
    name
        File it came from, for messages.
    """

    counts: pd.DataFrame
    name: str = field(repr=False)

    @cached_property
    def moments(self) -> tuple[str, ...]:
        """Moments, earliest first."""
        dates = self.counts.drop_duplicates("moment").sort_values("date", kind="stable")
        return tuple(dates["moment"])


def read_population(path: str | os.PathLike[str], questionnaire: Questionnaire) -> Population:
    """Read the sampling frame.

    Parameters
    ----------
    path
        CSV, UTF-8, comma or semicolon: ``token``, ``organisation`` or both, and one column per background question that
        is known of everyone. A column ``employees`` has their number per organisation, for weighting; empty where it is
        not known. A column ``disposition`` has what is known of an organisation that gave no response that counts
        (:data:`srsmeting.dispositions.DECLARED`); empty where nothing is. One that is ``not_eligible`` is in no
        denominator.
    questionnaire
        Its single-choice questions give the codes that may occur.

    Raises
    ------
    PopulationError
        With every fault of the file.
    """
    source = Path(path)
    table = _read_table(source)
    faults = []
    if not {TOKEN, ORGANISATION} & set(table.columns):
        message = f"no column 'token' or 'organisation' to know an organisation by. {suggest(TOKEN, table.columns)}"
        faults.append(Fault(source.name, message, 1, TOKEN, TOKEN, "missing_column"))
    backgrounds = {question.id: question for question in questionnaire.questions if question.kind == "single"}
    for column in table.columns:
        if column in (TOKEN, ORGANISATION):
            continue
        if column == EMPLOYEES and column not in backgrounds:
            faults += _not_numbers(source, table[column])
            table[column] = pd.to_numeric(table[column], errors="coerce").astype(np.float64)
            continue
        if column == DISPOSITION and column not in backgrounds:
            faults += _unknown_values(source, table[column], DECLARED)
            continue
        if column not in backgrounds:
            message = f"no single-choice question {column!r}. {suggest(column, (TOKEN, ORGANISATION, *backgrounds))}"
            faults.append(Fault(source.name, message, 1, column, column, "unknown_column"))
            continue
        codes = [category.code for category in backgrounds[column].categories]
        known = pd.Index(codes, dtype="str")
        places = known.get_indexer(pd.Index(table[column]))
        faults += _unknown_values(source, table[column][places < 0], codes)
        table[column] = pd.Categorical.from_codes(places, categories=known)
    if TOKEN in table.columns:
        table[TOKEN] = table[TOKEN].str.strip()
        faults += _double_tokens(source, table[TOKEN])
    else:
        faults += _nameless(source, table)
        table.insert(0, TOKEN, "")
    if not faults and table.empty:
        faults.append(Fault(source.name, "no organisations. Is it the right file?", rule="empty"))
    if faults:
        raise PopulationError(faults=faults)
    return Population(table, source.name, questionnaire)


def read_coverage(path: str | os.PathLike[str], questionnaire: Questionnaire) -> Coverage:
    """Read the counts of employees behind the coverage (dekkingsgraad).

    Parameters
    ----------
    path
        CSV with the columns of :data:`COVERAGE_COLUMNS`, one row per moment and branche. A branche that at a moment was
        part of another names that one in ``included_in`` and has no counts.
    questionnaire
        Its ``coverage_branches`` give the codes that may occur.

    Raises
    ------
    PopulationError
        With every fault of the file.
    """
    source = Path(path)
    table = _read_table(source)
    faults = _missing_columns(source, table, COVERAGE_COLUMNS)
    if faults:
        raise PopulationError(faults=faults)
    if not (table[["employees_members", "employees"]].apply(lambda column: column.str.strip()) != "").to_numpy().any():
        # As it was drafted: a fault for every empty place would say no more.
        message = (
            "has no counts yet. Fill in employees_members and employees per moment and branche, or take 'coverage' out "
            "of meting.yaml."
        )
        raise PopulationError(faults=[Fault(source.name, message, rule="empty")])
    codes = [group.code for group in questionnaire.coverage_branches]
    faults += _unknown_values(source, table["branche"], codes, empty_allowed=False)
    faults += _unknown_values(source, table["included_in"], codes)
    double = table.duplicated(["moment", "branche"])
    for row in np.flatnonzero(double):
        value = f"{table['moment'][row]} {table['branche'][row]}"
        faults.append(
            Fault(source.name, f"{value!r} stands twice. Keep one of them.", int(row) + 2, "branche", value, "double")
        )
    for column in ("employees_members", "employees"):
        counts = table[column].where(table[column].str.fullmatch(r"\d+"))
        wrong = counts.isna() & ((table["included_in"] == "") | (table[column] != ""))
        for row in np.flatnonzero(wrong):
            value = str(table[column][row])
            message = (
                f"{column} is {value!r}. Give a whole number, or name the branche that includes it in included_in."
            )
            faults.append(Fault(source.name, message, int(row) + 2, column, value, "not_a_count"))
        table[column] = counts.astype("Int64")
    faults += _wrong_dates(source, table)
    if not faults:
        for row in np.flatnonzero((table["employees_members"] > table["employees"]).fillna(value=False)):
            value = str(table["employees_members"][row])
            message = f"{value} employees at members is more than the {table['employees'][row]} employees there are."
            faults.append(Fault(source.name, message, int(row) + 2, "employees_members", value, "too_many"))
    if faults:
        raise PopulationError(faults=faults)
    return Coverage(table, source.name)


def _wrong_dates(source: Path, table: pd.DataFrame) -> list[Fault]:
    """Find dates that would put the moments in a wrong order: written otherwise, or two for one moment."""
    faults = []
    for row in np.flatnonzero(pd.to_datetime(table["date"], format="%Y-%m-%d", errors="coerce").isna()):
        value = str(table["date"][row])
        message = f"date is {value!r}. Write it as year, month and day: '2022-06-30'."
        faults.append(Fault(source.name, message, int(row) + 2, "date", value, "not_a_date"))
    first = table.groupby("moment", sort=False)["date"].transform("first")
    for row in np.flatnonzero(table["date"] != first):
        value, moment = str(table["date"][row]), table["moment"][row]
        message = f"date is {value!r}, and {first[row]!r} before at moment {moment!r}. A moment has one date."
        faults.append(Fault(source.name, message, int(row) + 2, "date", value, "two_dates"))
    return faults


def _read_table(source: Path) -> pd.DataFrame:
    if not source.is_file():
        raise PopulationError(f"{source}: there is no such file. Put it there, or correct its name in meting.yaml.")
    with source.open("rb") as file:
        start = file.read(8)
    for magic, what in _NO_TEXT:
        if start.startswith(magic):
            message = (
                f"is {what}, and a frame or coverage is read from CSV. Save it as 'CSV UTF-8', and name that file."
            )
            raise PopulationError(faults=[Fault(source.name, message, rule="format")])
    try:
        text = source.read_text(encoding="utf-8-sig")
        separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        return pd.read_csv(io.StringIO(text), sep=separator, dtype="str", keep_default_na=False)
    except UnicodeDecodeError as error:
        line = source.read_bytes()[: error.start].count(b"\n") + 1
        raise PopulationError(f"{source.name}:{line}: not UTF-8. Save the file as 'CSV UTF-8'.") from None
    except (ValueError, pd.errors.ParserError) as error:
        raise PopulationError(f"{source.name}: not a table that can be read ({str(error).strip()}).") from None


def _missing_columns(source: Path, table: pd.DataFrame, needed: Sequence[str]) -> list[Fault]:
    return [
        Fault(source.name, f"no column {name!r}. {suggest(name, table.columns)}", 1, name, name, "missing_column")
        for name in needed
        if name not in table.columns
    ]


def _unknown_values(
    source: Path, column: pd.Series, codes: Sequence[str], *, empty_allowed: bool = True
) -> list[Fault]:
    unknown = ~column.isin([*codes, ""] if empty_allowed else codes)
    return [
        Fault(
            source.name,
            f"{column.name}: no {value!r}. {suggest(value, codes)}",
            row + 2,
            str(column.name),
            value,
            "unknown_code",
        )
        for row, value in column[unknown].items()
        if isinstance(row, int)
    ]


def _not_numbers(source: Path, column: pd.Series) -> list[Fault]:
    wrong = ~column.str.fullmatch(r"\d+([.]\d+)?|")
    return [
        Fault(
            source.name,
            f"{column.name} is {value!r}. Give a number of at least 0, or leave it empty where it is not known.",
            row + 2,
            str(column.name),
            value,
            "not_a_number",
        )
        for row, value in column[wrong].items()
        if isinstance(row, int)
    ]


def _nameless(source: Path, table: pd.DataFrame) -> list[Fault]:
    if ORGANISATION not in table.columns:
        return []
    message = "no organisation, and the frame has no tokens. Fill in the name."
    rows = np.flatnonzero(table[ORGANISATION].str.strip() == "")
    return [Fault(source.name, message, int(row) + 2, ORGANISATION, "", "no_organisation") for row in rows]


def _double_tokens(source: Path, tokens: pd.Series) -> list[Fault]:
    faults = []
    for row in np.flatnonzero(tokens.duplicated() | (tokens == "")):
        # A token is the key to someone's answers: it is told by its line.
        first = int((tokens == tokens.iloc[row]).to_numpy().argmax()) + 2
        message = f"this token stands on line {first} too." if tokens.iloc[row] else "no token."
        message += " Every organisation has one of its own."
        faults.append(Fault(source.name, message, int(row) + 2, "token", "", "double_token"))
    return faults
