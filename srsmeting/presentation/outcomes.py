"""What one outcome is called where outcomes of several questions stand together."""

from __future__ import annotations

from typing import Final

#: The answer that the title of a question or a statement speaks of: "deelname aan experimenten" is saying yes to it.
_YES: Final = "Ja"


def outcome_called(about: str, answer: str) -> str:
    """Name an outcome by its question or statement and the answer; yes goes without saying.

    Parameters
    ----------
    about
        The title of the question, or the label of the statement.
    answer
        The label of the answer.

    Examples
    --------
    >>> outcome_called("Bekendheid", "Bekend met de inhoud"), outcome_called("Deelname", "Ja")
    ('Bekendheid: bekend met de inhoud', 'Deelname')
    """
    return about if answer == _YES else f"{about}: {inside(answer)}"


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence: without its capital, unless it begins with an abbreviation.

    Examples
    --------
    >>> inside("Meer inzet op behoud"), inside("HR-manager"), inside("7 of 8"), inside("IJsselregio")
    ('meer inzet op behoud', 'HR-manager', '7 of 8', 'ijsselregio')
    """
    if label.startswith("IJ") and label[2:3].islower():
        return "ij" + label[2:]
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
