"""The program that reads a file of SPSS or Stata in a process of its own; :mod:`.readstat` starts it.

It takes the file on standard input and writes what it holds to standard output, so that answers never come to stand
on a disk. It imports nothing of this package and no pandas: that would take longer than reading most files.

What it writes: a line of JSON that tells of the variables or of what is wrong, and then for each variable a line of
JSON with its different values, and the place of each record's value among them as 32-bit numbers.
"""

from __future__ import annotations

import io
import json
import os
import sys
import warnings
from array import array
from collections.abc import Mapping
from typing import Any, BinaryIO


def _leave_no_dump() -> None:
    # Were it to crash, its memory would come to stand on the disk, with the answers.
    try:
        import resource
    except ImportError:  # Windows, which makes none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_output() -> BinaryIO:
    # The library can print on what it meets; that goes where errors go.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _pairs(labels: Mapping[Any, str]) -> list[tuple[Any, str]]:
    return list(labels.items())  # keys of JSON are texts, and these are numbers too


def _read(reader: Any, raw: bytes, most_columns: int, most_cells: int) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    options = {"user_missing": True, "disable_datetime_conversion": True, "output_format": "dict"}
    _, meta = reader(io.BytesIO(raw), metadataonly=True, **options)
    columns, rows = len(meta.column_names), meta.number_rows
    if columns > most_columns or columns * max(rows or 0, 0) > most_cells:
        return {"too_large": [columns, rows]}, {}
    if not all(meta.column_names):  # a name that is empty comes as None
        return {"no_name": True}, {}
    data, meta = reader(io.BytesIO(raw), **options)
    if len({len(values) for values in data.values()}) > 1:
        return {"problem": "number of rows"}, {}
    told = {
        "names": meta.column_names,
        "rows": len(next(iter(data.values()), [])),
        "types": meta.readstat_variable_types,
        "displays": meta.original_variable_types,
        "texts": meta.column_names_to_labels,
        "labels": {column: _pairs(labels) for column, labels in meta.variable_value_labels.items()},
        "sets": meta.mr_sets,
        "encoding": meta.file_encoding,
        "missing": meta.missing_ranges,
        "tagged": meta.missing_user_values,
    }
    return told, data


def _write(out: BinaryIO, values: list[Any]) -> None:
    places: dict[Any, int] = {}
    # Every "not a number" is another value to Python.
    found = array("i", [places.setdefault(value if value == value else None, len(places)) for value in values])
    out.write(json.dumps(list(places)).encode() + b"\n")
    out.write(found.tobytes())


def main() -> None:
    """Read the file that comes in."""
    out = _own_output()
    _leave_no_dump()
    import pyreadstat

    reader, most_columns, most_cells = getattr(pyreadstat, sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    data: dict[str, list[Any]] = {}
    warnings.simplefilter("ignore")
    # The second of two variables of one name would be renamed.
    warnings.filterwarnings("error", message=".*duplicated", category=UserWarning)
    try:
        told, data = _read(reader, sys.stdin.buffer.read(), most_columns, most_cells)
    except MemoryError:
        told = {"memory": True}
    except Exception as problem:  # classes of pyreadstat's own and, on damaged files, whatever the C code ran into
        text = "convert string" if isinstance(problem, UnicodeDecodeError) else str(problem)
        told = {"problem": text}
    out.write(json.dumps(told).encode() + b"\n")
    for column in told.get("names", ()):
        _write(out, data.pop(column))
    out.close()


if __name__ == "__main__":
    main()
