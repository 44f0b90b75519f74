"""The core schema of YAML 1.2: which plain scalars are numbers, booleans or nothing, and which are texts.

PyYAML speaks 1.1, where `no` is false and `2019-08-01` a date. Its parser (the C one: loading stays in the order of
milliseconds) is given the resolvers of 1.2 instead, under which both are what someone who writes answer codes means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_CORE_SCHEMA = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
}


class CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader of PyYAML with the resolvers of YAML 1.2."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}


for _name, (_pattern, _first) in _CORE_SCHEMA.items():
    CoreLoader.add_implicit_resolver(_TAG + _name, re.compile(rf"(?:{_pattern})\Z"), _first)


class WrittenInt(int):
    """A whole number that remembers how it was written, so that the answer code 012 stays `012`."""

    text: str

    def __str__(self) -> str:
        return self.text


def scalar_value(tag: str, written: str) -> str | int | float | bool | None:
    """Return the value of a scalar; a tag outside the core schema, or one that does not fit, raises ValueError.

    Examples
    --------
    >>> [scalar_value(f"tag:yaml.org,2002:{tag}", "012") for tag in ("str", "int", "float")]
    ['012', 12, 12.0]
    """
    match tag.removeprefix(_TAG):
        case "str":
            return written
        case "null":
            return None
        case "bool":
            return written.lower() == "true"
        case "int":
            return _whole_number(written)
        case "float":
            return float(re.sub(r"\.(inf|nan)", r"\1", written.lower()))
    raise ValueError(tag)


def _whole_number(written: str) -> int:
    base = {"0o": 8, "0x": 16}.get(written[:2], 10)
    number = int(written[2:] if base != 10 else written, base)
    if str(number) == written:
        return number
    kept = WrittenInt(number)
    kept.text = written
    return kept
