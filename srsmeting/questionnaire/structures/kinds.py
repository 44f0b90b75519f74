"""What sort of answer a label is: a guess from its words, for a person to check."""

from __future__ import annotations

import re

from srsmeting.questionnaire.entries import CategoryKind, Kind

_DONT_KNOW = r"\bweet (ik |het |ik het |dat )?niet\b|\bgeen (idee|mening)\b|^onbekend$"
_GUESSES: tuple[tuple[CategoryKind, str], ...] = (
    ("dont_know", rf"{_DONT_KNOW}|\bdon.?t know\b|\bno opinion\b|^unknown$"),
    ("not_applicable", r"^n\.? ?v\.? ?t\.?$|\bniet van toepassing\b|\bnot applicable\b|^n/a$"),
    ("other", r"^(iets )?anders\b|\bnamelijk\b|^overige?n?:?$|^other\b"),
    ("none_of_these", r"^geen\b|^niets\b|^none\b|^no effect"),
)
_PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _GUESSES]


def guess_kind(label: str, question: Kind) -> CategoryKind:
    """Guess the kind of an answer; "none of these" only where more answers can be given.

    Examples
    --------
    >>> [guess_kind(label, "multiple") for label in ("Weet niet / n.v.t.", "Anders, namelijk", "Geen", "Bestuur")]
    ['dont_know', 'other', 'none_of_these', 'valid']
    >>> guess_kind("Geen", "single"), guess_kind("Overige zorg en welzijn", "single")
    ('valid', 'valid')
    """
    for kind, pattern in _PATTERNS:
        if (kind != "none_of_these" or question == "multiple") and pattern.search(label):
            return kind
    return "valid"
