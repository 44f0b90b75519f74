"""LimeSurvey: the response export as JSON, from the screen or through RemoteControl."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

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
    records = _records(source)
    headings = tuple(records[0]) if records else ()
    if not are_of_limesurvey(headings):
        message = "its responses are not those of LimeSurvey: each begins with 'id' and 'submitdate'."
        what = message if records else "has no responses. Export all responses."
        raise _fault(source, what, "format" if records else "no_rows")
    for number, record in enumerate(records, start=1):
        if record.keys() != set(headings):
            message = f"response {number} has other names than the first. The file is damaged: export again."
            raise _fault(source, message, "width", number)
    columns = {
        place: pd.array(np.array([record[heading] for record in records], dtype=object), dtype=TEXT)
        for place, heading in enumerate(headings)
    }
    return read_table(
        source.name,
        "JSON",
        headings,
        pd.DataFrame(columns),
        np.arange(1, len(records) + 1, dtype=np.int64),
        structure,
        place="record",
    )


def _records(source: Source) -> list[dict[str, str]]:
    check_text(source.raw, source.name)
    try:
        # Numbers stay as they are written.
        content = json.loads(
            source.raw.removeprefix(BOM).decode("utf-8"),
            parse_int=str,
            parse_float=str,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except _DoubleNameError as problem:
        raise _fault(
            source, f"name {str(problem)!r} stands twice in one response. Keep one of them.", "double_column"
        ) from None
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", None)
        raise _fault(source, "is damaged JSON from here on. Export again.", "json", line) from None
    responses = content.get("responses")
    if not isinstance(responses, list):
        raise _fault(source, "'responses' is no list. Export again.", "json")
    return [_record(source, response, number) for number, response in enumerate(responses, start=1)]


def _record(source: Source, response: Any, number: int) -> dict[str, str]:
    if isinstance(response, dict) and len(response) == 1:
        # Older versions put every response under its number.
        inner = next(iter(response.values()))
        response = inner if isinstance(inner, dict) else response
    if not isinstance(response, dict):
        raise _fault(source, f"response {number} is no object. Export again.", "json", number)
    found = {}
    for heading, value in response.items():
        if isinstance(value, dict | list):
            message = f"response {number}: {heading!r} holds a list or an object, and no answer."
            raise _fault(source, message, "json", number)
        found[heading] = "" if value is None else str(value).lower() if isinstance(value, bool) else value
    return found


class _DoubleNameError(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DoubleNameError(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _fault(source: Source, message: str, rule: str, line: int | None = None) -> IntakeError:
    return IntakeError(faults=[Fault(source.name, message, line, rule=rule)])
