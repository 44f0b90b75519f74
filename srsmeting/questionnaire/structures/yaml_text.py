"""Texts and comments as they are written in YAML: plain where that can only be read one way, in quotes elsewhere."""

from __future__ import annotations

import re

from srsmeting.questionnaire.structures.texts import one_line

_PLAIN = re.compile(r"[^\W\d_][\w ()/’.–-]*")
#: On a line of its own a text may also hold what would end it inside brackets.
_PLAIN_LINE = re.compile(r"[^\W\d_][\w ()/’.–,;?!&%+=-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def scalar(text: str, *, on_a_line: bool = False) -> str:
    """Write a text as a YAML value that holds the same text, inside brackets or `on_a_line` of its own.

    Examples
    --------
    >>> scalar("Doet u mee?"), scalar("Doet u mee?", on_a_line=True)
    ('"Doet u mee?"', 'Doet u mee?')
    >>> scalar("Zorg en welzijn"), scalar("Cultuur; sport"), scalar("no")
    ('Zorg en welzijn', '"Cultuur; sport"', '"no"')
    """
    text = one_line(text)
    pattern = _PLAIN_LINE if on_a_line else _PLAIN
    if pattern.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow(**values: str) -> str:
    """Write a mapping on one line; empty values are left out.

    Examples
    --------
    >>> flow(code="ja", export="A1", label="Ja", kind="")
    '{code: ja, export: A1, label: Ja}'
    """
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in values.items() if value) + "}"


def comment(text: str, indent: int = 0) -> str:
    """Write a comment line."""
    return f"{' ' * indent}# {one_line(text)}".rstrip()
