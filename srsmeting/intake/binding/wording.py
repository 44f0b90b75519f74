"""Two texts of one wording: what people and programs do to a text without changing what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

#: A label of a statistical package is cut at some length; what is shorter than this, in bytes, is not.
_CUT = 110


def same_wording(text: str) -> str:
    r"""Return what all spellings of a text have in common.

    Case, white space of every kind (no-break spaces and line breaks included), punctuation at the end, and the way in
    which accents are encoded are no difference.

    Examples
    --------
    >>> same_wording("Zorg\u00a0&  welzijn ") == same_wording("zorg & Welzijn.")
    True
    >>> same_wording("Weet niet") == same_wording("Weet ik niet")
    False
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(" .:;!?…")


def find_wording(text: str, known: Iterable[str]) -> str:
    """Return which of these wordings a text has; "" for none.

    A long text that only one of them begins with is that one, cut off: statistical packages keep 120 bytes of a label.

    Examples
    --------
    >>> find_wording("Weet niet.", ["weet niet", "ja"]), find_wording("Weet", ["weet niet"])
    ('weet niet', '')
    >>> find_wording("a" * 120, ["a" * 150, "b"]) == "a" * 150
    True
    """
    wording = same_wording(text)
    wordings = set(known)
    if wording in wordings:
        return wording
    begun = [whole for whole in wordings if whole.startswith(wording)] if len(text.encode()) >= _CUT else []
    return begun[0] if len(begun) == 1 else ""
