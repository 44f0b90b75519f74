"""LimeSurvey: the response export as JSON, from the screen or through RemoteControl."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.encoding import BOM, check_text
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey.headings import are_of_limesurvey
from srsmeting.intake.formats.limesurvey.one_table import read_table
from srsmeting.intake.raw import TEXT, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey (JSON)"
KEY = "limesurvey-json"

# Codes are short, and there are few of them; the memory for what comes again is not to grow with the file.
_SHORT, _MOST_KEPT = 20, 10_000


def recognises(source: Source) -> bool:
    """Say whether it is JSON with responses; other survey tools call them otherwise."""
    return source.head.startswith("{") and source.head[1:].lstrip().startswith('"responses"')


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read a response export as JSON.

    Raises
    ------
    IntakeError
        When it is no JSON, its responses do not all have the same names, or a value is a list or an object.
    """
    headings, rows = _records(source)
    if not are_of_limesurvey(headings):
        message = "its responses are not those of LimeSurvey: each begins with 'id' and 'submitdate'."
        what = message if rows else "has no responses. Export all responses."
        raise _fault(source, what, "format" if rows else "no_rows")
    columns = {
        place: pd.array(np.array([row[place] for row in rows], dtype=object), dtype=TEXT)
        for place in range(len(headings))
    }
    return read_table(
        source.name,
        "JSON",
        headings,
        pd.DataFrame(columns),
        np.arange(1, len(rows) + 1, dtype=np.int64),
        structure,
        place="record",
    )


class _Object(NamedTuple):
    """An object of JSON; a dict of every response would take several times the memory of the file."""

    names: tuple[str, ...]
    cells: tuple[Any, ...]


def _records(source: Source) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the names of the first response, and the values of all in that order."""
    check_text(source.raw, source.name)
    try:
        # Numbers stay as they are written.
        content = json.loads(
            source.raw.removeprefix(BOM).decode("utf-8"),
            parse_int=str,
            parse_float=str,
            parse_constant=_no_constant,
            object_pairs_hook=_Objects(),
        )
    except _DoubleNameError as problem:
        raise _fault(
            source, f"name {str(problem)!r} stands twice in one response. Keep one of them.", "double_column"
        ) from None
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", None)
        raise _fault(source, "is damaged JSON from here on. Export again.", "json", line) from None
    responses = dict(zip(*content, strict=True)).get("responses")
    if not isinstance(responses, list):
        raise _fault(source, "'responses' is no list. Export again.", "json")
    found: list[tuple[str, ...]] = []
    headings: tuple[str, ...] = ()
    for number, response in enumerate(responses, start=1):
        names, cells = _record(source, response, number)
        headings = headings or names
        if names != headings:
            if set(names) != set(headings):
                message = f"response {number} has other names than the first. The file is damaged: export again."
                raise _fault(source, message, "width", number)
            known = dict(zip(names, cells, strict=True))
            cells = tuple(known[heading] for heading in headings)
        found.append(cells)
    return headings, found


def _record(source: Source, response: Any, number: int) -> _Object:
    if isinstance(response, _Object) and len(response.names) == 1:
        # Older versions put every response under its number.
        (inner,) = response.cells
        response = inner if isinstance(inner, _Object) else response
    if not isinstance(response, _Object):
        raise _fault(source, f"response {number} is no object. Export again.", "json", number)
    for heading, value in zip(*response, strict=True):
        if isinstance(value, _Object | list):
            message = f"response {number}: {heading!r} holds a list or an object, and no answer."
            raise _fault(source, message, "json", number)
    return response


class _DoubleNameError(ValueError):
    pass


class _Kept(dict[Any, Any]):
    """Gives a value back, and of a short one that came before the one that is there already."""

    def __missing__(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) <= _SHORT and len(self) < _MOST_KEPT:
            self[value] = value
        return value


class _Objects:
    """Makes the objects; names and short values that come again are kept once."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._kept = _Kept({None: "", True: "true", False: "false"})

    def __call__(self, pairs: list[tuple[str, Any]]) -> _Object:
        names, cells = zip(*pairs, strict=True) if pairs else ((), ())
        if names != self._names:
            double = [name for name in names if names.count(name) > 1] if len(set(names)) < len(names) else []
            if double:
                raise _DoubleNameError(double[0])
            self._names = names
        with suppress(TypeError):  # of a list, which is no answer
            cells = tuple(map(self._kept.__getitem__, cells))
        return _Object(self._names, cells)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _fault(source: Source, message: str, rule: str, line: int | None = None) -> IntakeError:
    return IntakeError(faults=[Fault(source.name, message, line, rule=rule)])
