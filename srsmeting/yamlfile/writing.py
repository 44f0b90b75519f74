"""Texts of other people in a YAML file that we write."""

from __future__ import annotations

import json
import re

_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile("[a-z_][a-z0-9_]*")


def quoted(text: str) -> str:
    r"""Return a text as it can stand anywhere in a YAML file: on one line, and read back as the same text.

    Examples
    --------
    >>> print(quoted("wgo"), quoted("Kent u: \"X\"?"), quoted("true"))
    wgo "Kent u: \"X\"?" "true"
    """
    if _PLAIN.fullmatch(text) and text not in ("true", "false", "null"):
        return text
    # JSON is YAML; what a YAML file may not hold is escaped.
    return _UNPRINTABLE.sub(lambda found: f"\\U{ord(found[0]):08X}", json.dumps(text, ensure_ascii=False))
