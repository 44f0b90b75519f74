"""Read a YAML file into plain data that know their lines; a doubled key, an alias and a tag are faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from srsmeting.errors import ConfigurationError, Fault, SrsmetingError
from srsmeting.yamlfile.core_schema import CoreLoader, scalar_value

Loc = tuple[str | int, ...]

# What YAML 1.2 calls printable, less the marks that only a stray byte leaves behind.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_HINTS = (
    ("mapping values are not allowed", "Check the indentation, and put a text that holds ': ' in quotes."),
    ("expected key", "Check the indentation of this line and the one above it."),
    ("expected ':'", "A key ends in ': '; look here and on the line above."),
    ("another document", "Keep one document: remove the line '---'."),
    ("cannot start any token", "Put a text that starts with this character in quotes."),
    ("unexpected end of stream", "A quote is opened and not closed."),
    ("',' or", "A list or mapping in brackets is not closed."),
)


@dataclass(frozen=True)
class YamlFile:
    """The data of a YAML file, and where each value stands.

    Parameters
    ----------
    name
        The file's name, for messages.
    data
        Plain dicts, lists, texts, numbers, booleans and None. Keys are always texts.
    lines
        Line, counted from 1, by path from the top; empty for data that were never in a file.
    """

    name: str
    data: Any
    lines: Mapping[Loc, int] = field(default_factory=dict, repr=False)

    def line(self, loc: Loc) -> int | None:
        """Return the line where `loc` stands, or the nearest thing around it; None for data that were never in a file.

        Examples
        --------
        >>> YamlFile("q.yaml", {}, {(): 1, ("title",): 3}).line(("title", "x"))
        3
        """
        for end in range(len(loc), -1, -1):
            if loc[:end] in self.lines:
                return self.lines[loc[:end]]
        return None


def read_yaml(path: Path | str, error: type[SrsmetingError] = ConfigurationError) -> YamlFile:
    r"""Read a YAML 1.2 file with one mapping at its top.

    Parameters
    ----------
    path
        The file, in UTF-8.
    error
        What to raise when the file cannot be read, holds no mapping, uses a key twice, an alias or a tag.

    Returns
    -------
    YamlFile

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "m.yaml")
    ...     _ = file.write_text("yes: no\nmoments:\n  - 2019-08-01\n", encoding="utf-8")
    ...     read = read_yaml(file)
    >>> read.data, read.line(("moments", 0))
    ({'yes': 'no', 'moments': ['2019-08-01']}, 3)
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        fault = Fault(str(path), f"cannot be read: {reason}.", value=str(path), rule="unreadable_file")
        raise error(faults=[fault]) from None
    reader = _Reader(path.name)
    text = reader.decode(raw)
    data = None if text is None else reader.parse(text)
    if not reader.faults and not isinstance(data, dict):
        found = "a list" if isinstance(data, list) else "nothing" if data is None else f"the text {str(data)[:60]!r}"
        reader.fault(1, f"must hold 'key: value' lines, but holds {found}.", "wrong_type", found)
    if reader.faults:
        raise error(faults=reader.faults)
    return YamlFile(path.name, data, reader.lines)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Loc, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def fault(self, line: int, message: str, rule: str, value: str = "", column: str = "") -> None:
        self.faults.append(Fault(self.name, message, line=line, column=column, value=value, rule=rule))

    def decode(self, raw: bytes) -> str | None:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            # Its own copy of the bytes: a byte order mark has been taken off.
            byte = problem.object[problem.start : problem.start + 1]
            line = problem.object.count(b"\n", 0, problem.start) + 1
            in_windows = byte.decode("cp1252", errors="ignore")
            looks = f", which is {in_windows!r} in Windows-1252," if in_windows else ""
            message = f"byte 0x{byte.hex()}{looks} is not UTF-8. Save the file as UTF-8."
            self.fault(line, message, "encoding", byte.hex())
            return None
        for found in _UNPRINTABLE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            code = f"U+{ord(found[0]):04X}"
            self.fault(line, f"holds the unprintable character {code}. Remove it.", "unprintable", code)
        return None if self.faults else text

    def parse(self, text: str) -> Any:
        try:
            node = yaml.compose(text, Loader=CoreLoader)
            return None if node is None else self._build(node, (), node.start_mark.line + 1)
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            line = mark.line + 1 if mark else 1
            written = (text.splitlines() or [""])[min(line, text.count("\n") + 1) - 1 :][:1] or [""]
            if "\t" in written[0][: len(written[0]) - len(written[0].lstrip())]:
                self.fault(line, "indented with a tab. Use spaces.", "yaml_syntax", "tab")
                return None
            wrong = (problem.problem or "it breaks off").removeprefix("but ")
            hint = next((hint for words, hint in _HINTS if words in wrong), "Check quotes and indentation.")
            self.fault(line, f"cannot be read as YAML: {wrong}. {hint}", "yaml_syntax", written[0].strip())
        except RecursionError:
            self.fault(1, "is nested too deeply. A file of ours has less than ten levels.", "yaml_syntax")
        return None

    def _build(self, node: yaml.Node, loc: Loc, line: int) -> Any:
        self.lines[loc] = line
        if id(node) in self._seen:
            self.fault(line, "uses an alias (*name). Write the value out.", "yaml_alias", column=_last_key(loc))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return {key: self._build(value, (*loc, key), row) for key, value, row in self._pairs(node, loc)}
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*loc, i), item.start_mark.line + 1) for i, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, loc, line)
        raise AssertionError(node)  # pragma: no cover - there are three sorts of nodes

    def _pairs(self, node: yaml.MappingNode, loc: Loc) -> Iterator[tuple[str, yaml.Node, int]]:
        first: dict[str, int] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.fault(line, "a key must be a word, not a list or a mapping.", "yaml_key", column=_last_key(loc))
                continue
            key = key_node.value
            if key in first:
                message = f"key {key!r} stands here twice, first on line {first[key]}. Keep one."
                self.fault(line, message, "duplicate_key", key, key)
                continue
            first[key] = line
            yield key, value, line

    def _scalar(self, node: yaml.ScalarNode, loc: Loc, line: int) -> Any:
        try:
            return scalar_value(node.tag, node.value)
        except ValueError:
            message = f"{node.value!r} has the tag {node.tag!r}, which is not used here. Remove the tag."
            self.fault(line, message, "yaml_tag", node.value, _last_key(loc))
            return None


def _last_key(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")
