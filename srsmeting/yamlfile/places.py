"""Places in the data of a YAML file, and the values there, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srsmeting.yamlfile.reading import Loc


def value_at(data: Any, loc: Loc) -> Any:
    """Return what stands at a path; None when nothing does."""
    for step in loc:
        data = _inside(data, step)
    return data


def locate(data: Any, loc: Loc, nouns: Mapping[str, str]) -> str:
    """Say where a path leads, in words.

    Examples
    --------
    >>> data = {"questions": [{"id": "wgo", "sums": [{"code": "top2"}]}]}
    >>> locate(data, ("questions", 0, "sums", 0), {"questions": "question", "sums": "sum"})
    "question 'wgo', sum 'top2'"
    """
    parts: list[str] = []
    step = 0
    while step < len(loc):
        key = loc[step]
        data = _inside(data, key)
        if step + 1 < len(loc) and (key in nouns or isinstance(loc[step + 1], int)):
            entry = loc[step + 1]
            data = _inside(data, entry)
            number = entry + 1 if isinstance(entry, int) else entry
            name = entry if isinstance(entry, str) else _name(data)
            parts.append(f"{nouns.get(str(key), str(key))} {number if name is None else repr(name)}")
            step += 1
        else:
            parts.append(str(key))
        step += 1
    return ", ".join(parts)


def describe(value: Any) -> str:
    """Say what a value from a YAML file is, in a few words.

    Examples
    --------
    >>> describe(None), describe(True), describe(["a"]), describe("no")
    ('nothing', 'true', 'a list', "'no'")
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "…")
    return str(value)


def _name(entry: Any) -> str | None:
    """Return what an entry of a list calls itself."""
    names = [entry.get(key) for key in ("id", "code")] if isinstance(entry, dict) else []
    return next((str(name) for name in names if isinstance(name, str | int) and not isinstance(name, bool)), None)


def _inside(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None
