"""Names of sheets: short enough for every spreadsheet program, unique, and readable on a tab."""

from __future__ import annotations

import re
from typing import Final

from srsmeting.presentation.tablebook.model import one_line

#: Most characters that the name of a sheet can have.
LONGEST: Final = 31
#: Words that say nothing at the end of a name.
_DANGLING: Final = ("aan", "bij", "de", "den", "door", "een", "en", "het", "in", "met", "na", "naar", "of", "om", "op",
    "te", "tot", "uit", "van", "voor")  # fmt: skip
_WORD: Final = re.compile("[a-z]{4}")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def sheet_name(number: int, title: str, id: str) -> str:
    """Return the name of a numbered sheet: its title where that fits, else the words of its id, else part of the title.

    Examples
    --------
    >>> sheet_name(3, "Grootteklasse", "grootte")
    '03 Grootteklasse'
    >>> sheet_name(7, "Bekendheid met het regionale arbeidsmarktonderzoek", "bekend_onderzoek")
    '07 Bekend onderzoek'
    >>> sheet_name(8, "Bekendheid met het regionale arbeidsmarktonderzoek", "g01q02")
    '08 Bekendheid met het regionale'
    >>> sheet_name(12, "Wat/wie: [anders]?", "q")
    '12 Wat wie anders'
    """
    words = one_line(_FORBIDDEN.sub(" ", title)).split()
    full = f"{number:02d} {' '.join(words)}"
    if _width(full) <= LONGEST:
        return full.strip()
    told = id.replace("_", " ")
    if _WORD.search(told) and _width(f"{number:02d} {told}") <= LONGEST:
        return f"{number:02d} {told[:1].upper()}{told[1:]}"
    name = full
    while _width(name) > LONGEST:
        # A single word that does not fit is cut, else whole words go.
        name = name.rpartition(" ")[0] if name.count(" ") > 1 else name[:-1]
    while name.count(" ") > 1 and (name.endswith("-") or name.rpartition(" ")[2] in _DANGLING):
        name = name.rpartition(" ")[0]
    return name


def table_name(number: int, about: str) -> str:
    """Return the name of a table, as a formula or a screen reader calls it.

    Examples
    --------
    >>> table_name(7, "bekend_onderzoek")
    'Tabel_07_bekend_onderzoek'
    """
    return re.sub(r"[^A-Za-z0-9_]", "_", f"Tabel_{number:02d}_{about}")[:200]


def _width(text: str) -> int:
    # Spreadsheet programs count as Windows does.
    return len(text.encode("utf-16-le")) // 2
