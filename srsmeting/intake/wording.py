"""Two texts of one wording: what people and programs do to a text without changing what it says."""

from __future__ import annotations

import unicodedata


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
