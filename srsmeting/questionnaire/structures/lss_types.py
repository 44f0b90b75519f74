"""The question types of LimeSurvey: the letter in its files, what it is to a questionnaire, its fixed answers."""

from __future__ import annotations

from typing import NamedTuple

from srsmeting.questionnaire.structures.model import Coded, ToolKind


class TypeOf(NamedTuple):
    """What a letter stands for.

    `answers` are the answers that the type brings along: code, Dutch and English.
    """

    kind: ToolKind
    words: str
    answers: tuple[tuple[str, str, str], ...] = ()


_POINTS = tuple((str(n), str(n), str(n)) for n in range(1, 11))

TYPES: dict[str, TypeOf] = {
    "L": TypeOf("single", "list (radio)"),
    "!": TypeOf("single", "list (dropdown)"),
    "O": TypeOf("single", "list with comment"),
    "Y": TypeOf("single", "yes/no", (("Y", "Ja", "Yes"), ("N", "Nee", "No"))),
    "G": TypeOf("single", "gender", (("F", "Vrouw", "Female"), ("M", "Man", "Male"))),
    "5": TypeOf("mark", "5 point choice", _POINTS[:5]),
    "M": TypeOf("multiple", "multiple choice"),
    "P": TypeOf("multiple", "multiple choice with comments"),
    "F": TypeOf("statements", "array"),
    "H": TypeOf("statements", "array by column"),
    "A": TypeOf("statements", "array (5 point choice)", _POINTS[:5]),
    "B": TypeOf("statements", "array (10 point choice)", _POINTS),
    "C": TypeOf(
        "statements",
        "array (yes/no/uncertain)",
        (("Y", "Ja", "Yes"), ("U", "Weet niet", "Uncertain"), ("N", "Nee", "No")),
    ),
    "E": TypeOf(
        "statements",
        "array (increase/same/decrease)",
        (("I", "Toenemend", "Increase"), ("S", "Zelfde", "Same"), ("D", "Afnemend", "Decrease")),
    ),
    "N": TypeOf("number", "numerical input"),
    "S": TypeOf("open", "short free text"),
    "T": TypeOf("open", "long free text"),
    "U": TypeOf("open", "huge free text"),
    "1": TypeOf("other", "array dual scale"),
    ":": TypeOf("other", "array (numbers)"),
    ";": TypeOf("other", "array (texts)"),
    "K": TypeOf("other", "multiple numerical input"),
    "Q": TypeOf("other", "multiple short text"),
    "R": TypeOf("other", "ranking"),
    "D": TypeOf("other", "date/time"),
    "I": TypeOf("other", "language switch"),
    "|": TypeOf("other", "file upload"),
    "*": TypeOf("other", "equation"),
    "X": TypeOf("other", "text display"),
}

#: What LimeSurvey shows for "other, namely" where the survey gives it no text of its own.
OTHER = {"nl": "Overige", "en": "Other"}


def type_of(letter: str) -> TypeOf:
    """Return what a letter stands for; a letter of a newer version or a plug-in is of kind `other`."""
    return TYPES.get(letter) or TypeOf("other", f"type {letter!r}")


def fixed_answers(letter: str, language: str) -> tuple[Coded, ...]:
    """Return code and label of the answers that a type brings along, in Dutch unless the survey is in English.

    Examples
    --------
    >>> fixed_answers("C", "nl")
    (('Y', 'Ja'), ('U', 'Weet niet'), ('N', 'Nee'))
    """
    english = language.split("-")[0] == "en"
    return tuple((code, in_english if english else in_dutch) for code, in_dutch, in_english in type_of(letter).answers)


def is_marks(answers: tuple[Coded, ...]) -> bool:
    """Say whether an answer list is a row of marks: each label its own code, one step apart, three or more.

    Examples
    --------
    >>> is_marks((("1", "1"), ("2", "2"), ("3", "3"))), is_marks((("1", "Goed"), ("2", "Matig"), ("3", "Slecht")))
    (True, False)
    """
    first = answers[0][0] if answers else ""
    if not (first.isascii() and first.isdigit() and len(first) <= 3) or not 3 <= len(answers) <= 101:
        return False
    return answers == tuple((str(n), str(n)) for n in range(int(first), int(first) + len(answers)))
