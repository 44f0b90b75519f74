"""YAML settings with the line each was written on: `_quarto.yml`, front matter, and `#|` options of a cell.

What the built-in renderer does not know is an error, not something to pass over: a setting that Quarto would follow
and this renderer would not gives two different documents from one source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from srsmeting.errors import Fault, RenderError, suggest

#: The C loader is some ten times faster; a platform without it still works.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

ANYTHING: tuple[type, ...] = (object,)
FLAG: tuple[type, ...] = (bool,)
TEXT: tuple[type, ...] = (str,)
WORDS: tuple[type, ...] = (list,)
MAPPING: tuple[type, ...] = (dict,)

_NAMES: dict[type, str] = {
    bool: "true or false",
    str: "text",
    list: "a list",
    dict: "a mapping",
    int: "a whole number",
}

#: A setting's name, and the types that its value may have.
Known = Mapping[str, tuple[type, ...]]


@dataclass(frozen=True)
class Options:
    """Checked settings: their values, and the lines of `file` where they stand."""

    file: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a setting, or `default` where it was not written."""
        return self.values.get(name, default)

    def fault(self, name: str, message: str, rule: str) -> Fault:
        """Make a fault that points at a setting."""
        return Fault(self.file, message, line=self.lines.get(name), column=name, rule=rule)

    def section(self, name: str, known: Known, kind: str) -> Options:
        """Return the checked settings inside the mapping `name`; empty where it was not written."""
        values = self.get(name) or {}
        prefix = f"{name}."
        lines = {key[len(prefix) :]: line for key, line in self.lines.items() if key.startswith(prefix)}
        return _checked(Options(self.file, values, lines), known, kind)


def read_options(text: str, *, file: str, line: int, known: Known, kind: str) -> Options:
    """Read a YAML mapping whose settings must all be known.

    Parameters
    ----------
    text
        The YAML text.
    file, line
        Where the text begins, for messages.
    known
        The settings that exist, with the types they may have.
    kind
        What a setting is called in a message, such as ``cell option``.

    Raises
    ------
    RenderError
        When the text is no YAML mapping, or a setting is unknown, double or of the wrong type; all faults at once.

    Examples
    --------
    >>> options = read_options("echo: false", file="h2.qmd", line=12, known={"echo": FLAG}, kind="cell option")
    >>> options.get("echo"), options.lines
    (False, {'echo': 12})
    """
    try:
        node = yaml.compose(text, Loader=Loader)
        values = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader, see above
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        place = line if mark is None else line + mark.line
        message = f"not valid YAML: {what}. Check indentation, colons and quotes."
        raise RenderError(faults=[Fault(file, message, line=place, rule="yaml")]) from None
    if values is None:
        return Options(file)
    if not isinstance(values, dict):
        message = f"expected settings ('name: value'), found {values!r}."
        raise RenderError(faults=[Fault(file, message, line=line, rule="yaml")])
    lines: dict[str, int] = {}
    for name, place in _places(node):
        if name in lines:
            message = f"{name!r} is written twice (also on line {lines[name]}). Keep one."
            raise RenderError(faults=[Fault(file, message, line=line + place, column=name, rule="double")])
        lines[name] = line + place
    return _checked(Options(file, {str(key): value for key, value in values.items()}, lines), known, kind)


def _places(node: Any, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Yield the dotted name and the line (from 0) of every setting, one level deep below the top."""
    if not isinstance(node, yaml.MappingNode):
        return
    for key, value in node.value:
        name = f"{prefix}{key.value}"
        yield name, key.start_mark.line
        if not prefix:
            yield from _places(value, f"{name}.")


def _checked(options: Options, known: Known, kind: str) -> Options:
    faults = []
    for name, value in options.values.items():
        if name not in known:
            message = f"the built-in renderer does not know the {kind} {name!r}. {suggest(name, known)}"
            faults.append(options.fault(name, message, "unknown"))
        elif not isinstance(value, known[name]) or (isinstance(value, bool) and known[name] == (int,)):
            wanted = " or ".join(_NAMES[kind_] for kind_ in known[name])
            faults.append(options.fault(name, f"{name!r} must be {wanted}, not {value!r}.", "type"))
    if faults:
        raise RenderError(faults=faults)
    return options
