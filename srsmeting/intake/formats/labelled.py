"""Files of statistical packages: variables with labels, values with labels, and values that mean "missing".

SPSS and Stata keep the same things in files of their own. What the user declared missing is
kept with its label, because "don't know" is an answer; only the system's own missing value is an empty cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from srsmeting.intake.files.sheet_table import NamedTable
from srsmeting.intake.formats.named import NamedColumns, named_export, what_is_named
from srsmeting.intake.formats.readstat import read_contents
from srsmeting.intake.personal import ADDRESS, ATTRIBUTE, NAME, PERSON
from srsmeting.intake.raw import TEXT, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

#: Stands between the values of a set of categories that are put together in one cell.
JOINED = ";"

_OF_PERSONS = (NAME, ADDRESS, PERSON, ATTRIBUTE)


class Clock(NamedTuple):
    """How a variable counts time: from when, in how many seconds, and whether it tells the time of the day."""

    epoch: datetime
    seconds: float
    of_day: bool


@dataclass(frozen=True)
class Variables:
    """What such a file holds, as text.

    Parameters
    ----------
    cells
        One row per record; whole numbers without a decimal point, dates as ISO 8601, the system's missing value as "".
    texts
        Label of a variable, by its name.
    labels
        Label of a value, by variable and value.
    sets
        Multiple-response sets: the variables in them, and the value that counts; "" where each holds a category.
    encoding
        What the file says its texts are written in.
    unreadable_dates
        Variables with a moment that no calendar has; it is kept as the number that stands in the file.
    missing
        Values that the user declared missing, by variable: those that are in its cells.
    """

    cells: pd.DataFrame
    texts: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    sets: Mapping[str, tuple[tuple[str, ...], str]]
    encoding: str
    unreadable_dates: tuple[str, ...]
    missing: Mapping[str, frozenset[str]]


def read_variables(raw: bytes, name: str, reader: str, clock: Callable[[str], Clock | None], tool: str) -> Variables:
    """Read a file with one of pyreadstat's readers.

    Parameters
    ----------
    raw, name
        The file, and its name for messages.
    reader
        ``read_sav`` or ``read_dta``.
    clock
        Says of a variable's display format how it counts time; None when it holds no date.
    tool
        The package, for messages.

    Raises
    ------
    IntakeError
        The file is damaged, or its texts are not in the encoding that it names.
    """
    found = read_contents(raw, name, reader, tool)
    cells: dict[str, pd.Series[str]] = {}
    different: dict[str, list[str]] = {}
    unreadable: list[str] = []
    for column, (values, places) in found.columns.items():
        of_text, counted = found.types.get(column) == "string", clock(found.displays.get(column) or "")
        texts = [_text(value, of_text, counted) for value in values]
        if None in texts:
            unreadable.append(column)
        different[column] = [
            as_text(value) if text is None else text for value, text in zip(values, texts, strict=True)
        ]
        cells[column] = pd.Series(pd.array(different[column], dtype=TEXT).take(places))
    tagged = {column: [f".{letter}" for letter in letters] for column, letters in found.tagged.items()}
    return Variables(
        cells=pd.DataFrame(cells, copy=False),
        texts={column: label for column, label in found.texts.items() if label},
        labels={
            column: dict(_value_labels(labels, found.types.get(column) == "string"))
            for column, labels in found.labels.items()
        },
        sets={
            key: (tuple(one["variable_list"]), as_text(one["counted_value"]) if one["is_dichotomy"] else "")
            for key, one in found.sets.items()
        },
        encoding=found.encoding,
        unreadable_dates=tuple(unreadable),
        missing={
            column: missing
            for column, ranges in (found.missing | tagged).items()
            if column in cells and (missing := frozenset(_declared_missing(different[column], ranges)))
        },
    )


def labelled_export(
    found: Variables,
    name: str,
    format: str,
    tool: str,
    longest: tuple[int, int],
    structure: ToolStructure | None = None,
) -> RawExport:
    """Hand over what such a file holds.

    `longest` is how much the package keeps of the label of a variable and of a value; what it cut off is in the
    structure of the survey, where there is one.
    """
    cells, joined = _join_sets(found)
    whole = sorted({*_texts_of(structure)}) if structure else []
    lost = [f"{tool} bewaart ‘niet gesteld’ en ‘opengelaten’ beide als een lege cel; de routing beslist."]
    cut = sum(_is_cut(text, longest[0], tool) for text in found.texts.values())
    cut += sum(_is_cut(label, longest[1], tool) for values in found.labels.values() for label in values.values())
    if cut:
        lost.append(f"Labels die {tool} te lang vindt, zijn afgekapt: {cut}.")
    notes = [f"Tekens volgens het bestand in {found.encoding}."] if found.encoding else []
    notes += [f"Variabelen van één meerkeuzevraag, samengenomen onder de naam van de set: {key}." for key in joined]
    if found.unreadable_dates:
        shown = ", ".join(found.unreadable_dates)
        notes.append(f"Momenten die op geen kalender staan, gelezen als getal, in: {shown}.")
    if found.missing:
        shown = ", ".join(found.missing)
        what = f"Waarden die {tool} als ontbrekend aanmerkt, bij een getal of cijfer gelezen als geen antwoord"
        notes.append(f"{what}, in: {shown}.")
    dialect = NamedColumns(
        ticked=frozenset({"1", "Y"}),
        unticked=frozenset({"0", "N"}),
        no_text=frozenset({"0", "N"}),
        other_chosen=frozenset({"-oth-", "other"}),
        labels=True,
        delimiter=JOINED if joined else "",
        value_labels={
            column: {value: _uncut(label, longest[1], tool, whole) for value, label in values.items()}
            for column, values in found.labels.items()
        },
        missing=found.missing,
    )
    table = NamedTable(cells, np.arange(1, len(cells) + 1, dtype=np.int64), place="record", notes=tuple(notes))
    texts = {column: _uncut(text, longest[0], tool, whole) for column, text in found.texts.items()}
    export = named_export(table, name, format, dialect, lost=tuple(lost), texts=texts)
    # A name such as V7 tells nothing; its label may tell that it is of a person.
    labelled = {column: what for column, text in texts.items() if (what := what_is_named(text)) in _OF_PERSONS}
    return replace(export, metadata={**labelled, **export.metadata})


def _texts_of(structure: ToolStructure) -> Iterator[str]:
    for question in structure:
        yield question.text
        for _, text in (*question.parts, *question.answers):
            yield text


def _uncut(text: str, longest: int, tool: str, whole: Sequence[str]) -> str:
    """Return a label as the structure has it, when it was cut and only one text there begins with it."""
    begun = [other for other in whole if other.startswith(text)] if whole and _is_cut(text, longest, tool) else []
    return begun[0] if len(begun) == 1 else text


def _is_cut(text: str, longest: int, tool: str) -> bool:
    if tool == "Stata":  # counts characters
        return len(text) >= longest
    size = len(text.encode())
    # A letter of more than one byte that did not fit was left out as a whole.
    return size >= longest or (not text.isascii() and size > longest - 4)


def _join_sets(found: Variables) -> tuple[pd.DataFrame, list[str]]:
    cells = found.cells.copy()
    joined = []
    for key, (variables, counted) in found.sets.items():
        present = [variable for variable in variables if variable in cells]
        if counted:
            for variable in present:
                # What is neither counted nor missing was not ticked, whatever its number.
                column, missing = cells[variable], found.missing.get(variable, frozenset())
                keys = {value: _tick(value, counted, missing) for value in column.unique()}
                cells[variable] = column.map(keys).astype(TEXT)
        elif present and key not in cells:
            rows = cells[present].to_numpy(dtype=object)
            together = [JOINED.join(value for value in row if value) for row in rows]
            place = list(cells.columns).index(present[0])
            cells = cells.drop(columns=present)
            cells.insert(place, key, pd.Series(together, dtype=TEXT))
            joined.append(key)
    return cells, joined


def _tick(value: str, counted: str, missing: frozenset[str]) -> str:
    if value == counted:
        return "1"
    return "" if value == "" or value in missing else "0"


def as_text(value: Any) -> str:
    """Return a value as text; a whole number has no decimal point, so that 1 and 1.0 are the same code.

    Examples
    --------
    >>> as_text(1.0), as_text(12.5), as_text(-99.0), as_text(None), as_text("01"), as_text(1e21)
    ('1', '12.5', '-99', '', '01', '1000000000000000000000')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _text(value: Any, of_text: bool, clock: Clock | None) -> str | None:
    """Return a value as text; None for a moment that no calendar has."""
    if of_text:
        return as_text(value)
    if isinstance(value, str):
        return f".{value}"  # Stata's own missing values, .a to .z
    if clock is None or value is None or not math.isfinite(value):
        return as_text(value)
    try:
        moment = clock.epoch + timedelta(seconds=round(value * clock.seconds))
    except OverflowError:
        return None
    return moment.isoformat(sep=" ") if clock.of_day else moment.date().isoformat()


def _declared_missing(values: Iterable[str], ranges: Iterable[Any]) -> Iterator[str]:
    for value in set(values):
        for found in ranges:
            low, high = (found["lo"], found["hi"]) if isinstance(found, dict) else (found, found)
            try:
                inside = low <= (value if isinstance(low, str) else float(value)) <= high
            except ValueError:
                continue
            if inside:
                yield value


def _value_labels(labels: Iterable[tuple[Any, str]], of_text: bool) -> Iterator[tuple[str, str]]:
    for value, label in labels:
        yield _text(value, of_text, None) or "", label
