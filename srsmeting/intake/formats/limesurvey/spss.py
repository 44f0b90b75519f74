"""LimeSurvey: the export for SPSS, two files: data without headings (.dat) and the syntax that names them (.sps)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.encoding import BOM, check_text
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey.answers import numbers_to_codes
from srsmeting.intake.formats.limesurvey.columns import plain_name, script_names, tool_columns
from srsmeting.intake.formats.limesurvey.dialect import CODES, SPSS, what_is_added
from srsmeting.intake.formats.limesurvey.export import keep_first, make_export
from srsmeting.intake.formats.limesurvey.lost import LINE_BREAKS, NOT_SHOWN
from srsmeting.intake.personal import NAME
from srsmeting.intake.raw import TEXT, Lines, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey, SPSS (.dat met .sps)"
KEY = "limesurvey-spss"

_LARGEST_SYNTAX = 16 * 2**20
_VARIABLES = re.compile(r"/VARIABLES\s*=\s*(.*?)\.\s*$", re.DOTALL | re.MULTILINE)
_VARIABLE = re.compile(r"(\S+)\s+([A-Z]+[\d.]+)")
_RENAME = re.compile(r"^RENAME VARIABLES? \(\s*(\S+)\s*=\s*(\S+)\s*\)\s*\.", re.MULTILINE)
_LABEL = re.compile(r'^VARIABLE LABELS (\S+) "((?:[^"]|"")*)"', re.MULTILINE)
_MOMENT = re.compile(r"(\d{2})-(\d{2})-(\d{4})( \d{2}:\d{2}:\d{2})?")


@dataclass(frozen=True)
class Syntax:
    """What the syntax says: names and labels of the variables, in the order of the data, and which are moments."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    moments: frozenset[int]


def recognises(source: Source) -> bool:
    """Say whether it is data in single quotes, or data that the syntax beside it names."""
    if source.head.startswith("'"):
        return True
    if not re.match(r"\d*,", source.head):
        return False
    try:
        syntax = _syntax(source)
        first = next(csv.reader([source.head.partition("\n")[0]], quotechar="'"), [])
    except (IntakeError, csv.Error):
        return False
    return len(first) == len(syntax.names)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read the pair; the syntax (.sps) stands in the folder of the data, under the name that LimeSurvey gave it.

    Raises
    ------
    IntakeError
        When there is no syntax beside the data, it does not name the variables, or a row has more or fewer cells.
    """
    syntax = _syntax(source)
    records, lines = _records(source, len(syntax.names))
    columns = tool_columns(structure) if structure else ()
    scripted = {name.replace("#", "_"): column for name, column in script_names(columns).items()}
    names = [
        name if what_is_added(name) else scripted.get(name.replace("#", "_")) or plain_name(name)
        for name in syntax.names
    ]
    keep, faults = keep_first(names, source.name)
    cells = pd.DataFrame(
        {
            names[n]: pd.array(
                np.array([_cell(row[n], n in syntax.moments) for row in records], dtype=object), dtype=TEXT
            )
            for n in keep
        },
        index=pd.RangeIndex(len(records)),
    )
    # The participants come first, whatever their names; LimeSurvey puts them there without being asked.
    before = names[: names.index("id")] if "id" in names else []
    return make_export(
        source.name,
        FORMAT,
        CODES if structure else SPSS,
        numbers_to_codes(cells, columns) if structure else cells,
        lines,
        added={name: what_is_added(name) or NAME for name in before},
        faults=faults,
        lost=(NOT_SHOWN, LINE_BREAKS),
        texts=dict(zip(names, syntax.labels, strict=True)),
    )


def _cell(value: str, is_moment: bool) -> str:
    found = _MOMENT.fullmatch(value) if is_moment else None
    return f"{found[3]}-{found[2]}-{found[1]}{found[4] or ''}" if found else value


def _records(source: Source, width: int) -> tuple[list[list[str]], Lines]:
    check_text(source.raw, source.name)
    reader = csv.reader(
        io.StringIO(source.raw.removeprefix(BOM).decode("utf-8"), newline=""), quotechar="'", strict=True
    )
    records: list[list[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    start = 1
    try:
        for row in reader:
            if row and len(row) != width:
                message = f"this row has {len(row)} cells, the syntax names {width} variables. Export again."
                faults.append(Fault(source.name, message, start, value=str(len(row)), rule="width"))
            elif row:
                records.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        message = "a quote is not closed, or stands in the middle of a cell. The file is damaged: export again."
        faults.append(Fault(source.name, message, start, rule="quote"))
    if faults:
        raise IntakeError(faults=faults)
    return records, np.array(lines, dtype=np.int64)


def _syntax(source: Source) -> Syntax:
    path = syntax_beside(source.path)
    try:
        if path is None or path.stat().st_size > _LARGEST_SYNTAX:
            message = (
                "is the data of an export for SPSS. Put its syntax in the same folder: the only .sps there, or both "
                "files under the names that LimeSurvey gave them (…_data_file.dat and …_syntax_file.sps)."
            )
            raise IntakeError(faults=[Fault(source.name, message, rule="syntax")])
        raw = path.read_bytes()
    except OSError as problem:
        raise IntakeError(f"{path}: cannot be read: {problem.strerror or type(problem).__name__}.") from None
    check_text(raw, path.name)
    return parse_syntax(raw.removeprefix(BOM).decode("utf-8"), path.name)


def syntax_beside(path: Path) -> Path | None:
    """Return the syntax that goes with data for SPSS; None when there is none, or more than one."""
    named = path.with_name(path.name.replace("_data_file.dat", "_syntax_file.sps"))
    if named != path and named.is_file():
        return named
    found = sorted(other for other in path.parent.glob("*.sps") if other.is_file()) if path.parent.is_dir() else []
    return found[0] if len(found) == 1 else None


def parse_syntax(text: str, name: str) -> Syntax:
    r"""Take the names of the variables out of a syntax file.

    Raises
    ------
    IntakeError
        When it is not the syntax of LimeSurvey, or does not name every variable.

    Examples
    --------
    >>> text = "GET DATA\n /VARIABLES=\n V1 F7\n V2 A5.\n"
    >>> names = "RENAME VARIABLES ( V1 = id ).\nRENAME VARIABLES ( V2 = opm ).\n"
    >>> parse_syntax(text + names, "syntax.sps").names
    ('id', 'opm')
    """
    declared = _VARIABLES.search(text)
    variables = _VARIABLE.findall(declared[1] + ".") if declared else []
    variables = [(variable, kind.rstrip(".")) for variable, kind in variables]
    renamed, labels = dict(_RENAME.findall(text)), dict(_LABEL.findall(text))
    unnamed = [variable for variable, _ in variables if variable not in renamed]
    if not variables or unnamed:
        what = f"does not name {len(unnamed)} variables" if unnamed else "declares no variables"
        message = f"{what}: it is not the syntax that LimeSurvey writes. Export for SPSS again."
        raise IntakeError(faults=[Fault(name, message, rule="syntax")])
    return Syntax(
        tuple(renamed[variable] for variable, _ in variables),
        tuple(labels.get(variable, "").replace('""', '"') for variable, _ in variables),
        frozenset(n for n, (_, kind) in enumerate(variables) if kind.startswith("DATETIME")),
    )
