"""Qualtrics: the data as CSV, TSV or workbook, with any of its header rows, with answers as numeric values or as texts.

What the answers are is told by the columns that Qualtrics adds: ``Finished`` is 1 or 0 in an export with numeric values
and True or False in one with texts. "Not shown" and "left empty" are both an empty cell, unless Qualtrics was asked to
write -99 for a question that was seen and not answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.files.grid import Rows, has_rows, read_grid
from srsmeting.intake.formats.qualtrics.added import role_of, what_is_added
from srsmeting.intake.formats.qualtrics.counted import Body, set_aside
from srsmeting.intake.formats.qualtrics.dialect import SEEN, Qualtrics
from srsmeting.intake.formats.qualtrics.headers import ADVICE, Headers, read_headers, which_model
from srsmeting.intake.formats.qualtrics.labels import Part, declared, find_parts, texts_of, to_codes
from srsmeting.intake.raw import RawExport, Times

if TYPE_CHECKING:
    from srsmeting.intake.files.source import Source
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "Qualtrics"
KEY = "qualtrics"

_MODELS = {"current": "drie kopregels", "2016": "drie kopregels, zoals in 2016 en 2017", "legacy": "twee kopregels"}

EMPTY_CELLS = "Een lege cel zegt niet of een vraag niet is getoond of is overgeslagen; dat volgt uit de routing."
NO_ZONE = "Tijdstippen staan zonder tijdzone in het bestand."
NO_CODES = "De antwoorden zijn teksten: de codes staan niet in het bestand."
NO_STATUS = "Zonder de kolom Status zijn proefinvullingen niet te herkennen."


def recognises(source: Source) -> bool:
    """Say whether a file has the header rows of Qualtrics."""
    return has_rows(source, _is_own)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read a data export.

    Parameters
    ----------
    source
        The file.
    structure
        The survey (.qsf): turns answers that are texts into codes, and tells which codes are answers.

    Returns
    -------
    RawExport
        Columns are named as in row 1, double ones by their ImportId. Previews, tests, spam and unfinished responses are
        set aside. Where -99 was written, it is an empty cell of a question that was shown. Columns that are missing or
        cannot be told apart, and statuses that are not known, are in ``.faults``.

    Raises
    ------
    IntakeError
        When header rows were taken away.
    """
    grid = read_grid(source, _is_own)
    headers = read_headers(grid.header, grid.first[1:], source.name)
    skip = headers.rows - 1
    records = grid.records.iloc[skip:].reset_index(drop=True)
    cells = records[list(headers.positions)].set_axis(list(headers.names), axis="columns")
    columns = list(zip(headers.names, headers.identities, strict=True))
    added = {heading: what for heading, identity in columns if (what := what_is_added(heading, identity))}
    roles: dict[str, str] = {}
    for heading, identity in columns:
        if heading in added and (role := role_of(heading, identity)):
            roles.setdefault(role, heading)
    body = Body(cells, grid.lines[skip:], source.name, roles)
    faults = [*grid.faults, *headers.faults, *_unnamed(records, headers, body), *_missing(body)]
    why, odd = set_aside(body)
    answers = [heading for heading in headers.names if heading not in added]
    parts = find_parts(structure, answers) if structure else {}
    as_texts = _answers_are_texts(body)
    if as_texts and parts:
        cells = _replaced(cells, {heading: to_codes(cells[heading], part, ",") for heading, part in parts.items()})
    cells, shown, seen = _without_seen(cells, answers, parts)
    token = roles.get("token", "")
    return RawExport(
        name=source.name,
        format=f"Qualtrics, antwoorden als {'teksten' if as_texts else 'codes'} ({_MODELS[headers.model]})",
        dialect=Qualtrics(labels=as_texts, recoded=frozenset() if shown is None else frozenset(map(str, shown))),
        cells=cells,
        lines=body.lines,
        place=grid.place,
        metadata=added,
        id_column=roles.get("id", "ResponseId"),
        # An anonymous link leaves the column empty; then nobody has a token.
        token_column=token if token and (cells[token] != "").any() else "",
        set_aside=why,
        notes=(*grid.notes, *headers.notes, *_notes(headers, as_texts, parts, seen)),
        faults=(*faults, *odd),
        shown=shown,
        times=Times(
            start=roles.get("start", ""),
            end=roles.get("end", ""),
            seconds=roles.get("seconds", ""),
            zones={roles[role]: headers.zone for role in ("start", "end") if headers.zone and role in roles},
        ),
        lost=tuple(_lost(headers, body, as_texts and not parts, shown)),
        texts=dict(zip(headers.names, headers.texts, strict=True)) | texts_of(parts),
    )


def _is_own(rows: Rows) -> bool:
    return which_model(rows[0], rows[1:]) is not None


def _unnamed(records: pd.DataFrame, headers: Headers, body: Body) -> Iterator[Fault]:
    for position in sorted(set(range(records.shape[1])) - set(headers.positions)):
        filled = np.flatnonzero(records[position].str.strip() != "")
        if len(filled):
            message = f"column {position + 1} has no name, and {len(filled)} rows have something in it. {ADVICE}"
            yield Fault(body.name, message, int(body.lines[filled[0]]), rule="no_heading")


def _missing(body: Body) -> Iterator[Fault]:
    if "id" not in body.roles:
        message = f"no column 'ResponseId', which tells the responses apart. {ADVICE}"
        yield Fault(body.name, message, 1, "ResponseId", "ResponseId", "missing_column")
    if not {"finished", "progress"} & set(body.roles):
        message = f"no column 'Finished' or 'Progress', which say which responses are complete. {ADVICE}"
        yield Fault(body.name, message, 1, "Finished", "Finished", "missing_column")


def _answers_are_texts(body: Body) -> bool:
    for role in ("finished", "status"):
        if role in body.roles:
            values = body.cells[body.roles[role]].str.strip()
            if (values != "").any():
                return not values[values != ""].str.isdecimal().any()
    return False


def _without_seen(
    cells: pd.DataFrame, answers: Sequence[str], parts: Mapping[str, Part]
) -> tuple[pd.DataFrame, pd.DataFrame | None, int]:
    """Return cells without :data:`SEEN`, where that shows what was shown, and how many cells had it."""
    found = {
        heading: cells[heading] == SEEN
        for heading in answers
        if not (heading in parts and declared(parts[heading], SEEN))
    }
    found = {heading: mask for heading, mask in found.items() if mask.any()}
    if not found:
        return cells, None, 0
    # Qualtrics writes it for every question that was seen: an empty cell in such a column was not.
    shown = pd.DataFrame({heading: cells[heading] != "" for heading in found})
    emptied = {heading: cells[heading].mask(mask, "") for heading, mask in found.items()}
    return _replaced(cells, emptied), shown, sum(int(mask.sum()) for mask in found.values())


def _replaced(cells: pd.DataFrame, columns: Mapping[str, pd.Series[str]]) -> pd.DataFrame:
    replaced = {str(heading): columns.get(str(heading), column) for heading, column in cells.items()}
    return pd.DataFrame(replaced, index=cells.index, copy=False)


def _notes(headers: Headers, as_texts: bool, parts: Mapping[str, Part], seen: int) -> Iterator[str]:
    if headers.zone:
        yield f"Tijdstippen in tijdzone {headers.zone}."
    if as_texts and parts:
        yield f"Antwoorden als teksten; met de structuur van de vragenlijst omgezet in codes: {len(parts)} kolommen."
    if seen:
        yield f"{SEEN} gelezen als gezien en niet beantwoord: {seen} cellen."


def _lost(headers: Headers, body: Body, texts_only: bool, shown: pd.DataFrame | None) -> Iterator[str]:
    if shown is None:
        yield EMPTY_CELLS
    if texts_only:
        yield NO_CODES
    if not headers.zone:
        yield NO_ZONE
    if "status" not in body.roles:
        yield NO_STATUS
