"""Names that are written in two ways: abbreviations with letters swapped, words rearranged, other capitals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from srsmeting.errors import Fault
from srsmeting.proofing.source import chapters, prose
from srsmeting.render.book import Book

_ABBREVIATION: Final = re.compile(r"(?<![\w-])[A-Z]{3,}(?![a-z])")
# What begins a sentence is no part of the name behind it.
_FIRST: Final = "In|Het|De|Een|Van|Bij|Voor|Op|Met|Dat|Dit|Wat|Als|Over|Aan|Uit|Volgens|Naar|Door|Binnen|Ook|Zo"
_NAME: Final = re.compile(rf"(?<![\w-])(?!(?:{_FIRST}) )[A-Z][a-zë]+(?: [A-Z][a-zë]+)+")
_SURNAME: Final = re.compile(r"(?<=[a-zë,;] )[A-Z][a-zë]{6,}")

#: What is looked for, and what two ways of writing the same have in common.
_KINDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], object]], ...]] = (
    # PFZW and PFWZ, ZZP and ZPP: as many letters, and the same ones.
    (_ABBREVIATION, lambda word: (len(word), frozenset(word))),
    (_NAME, lambda name: tuple(sorted(name.split()))),
    # Thunissen and Thunnissen: alike but for doubled letters.
    (_SURNAME, lambda name: re.sub(r"(.)\1+", r"\1", name)),
)


def written_in_two_ways(book: Book) -> Iterator[Fault]:
    """Yield names that a book writes in two ways, at the places where it does so in the way that is less common."""
    for pattern, alike in _KINDS:
        places: dict[object, dict[str, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
        for chapter in chapters(book):
            for line in prose(chapter):
                for match in pattern.finditer(line.text):
                    places[alike(match.group())][match.group()].append((line.file, line.number))
        for ways in places.values():
            common = max(ways, key=lambda way: len(ways[way]))
            for way, where in ways.items():
                for file, at in where if way != common else ():
                    message = f"{way!r} is elsewhere written {common!r}. Write a name in one way."
                    yield Fault(file, message, at, value=way, rule="name")


def not_as_named(book: Book, names: Iterable[str]) -> Iterator[Fault]:
    """Yield names of the questionnaire that are typed with other capitals, spaces or hyphens.

    Parameters
    ----------
    book
        The report.
    names
        As the questionnaire writes them.
    """
    for name in names:
        letters = [re.escape(letter) for letter in name if letter not in " -"]
        pattern = re.compile(rf"(?<![\w-]){'[ -]?'.join(letters)}(?![\w-])", re.IGNORECASE)
        for chapter in chapters(book):
            for line in prose(chapter):
                for way in pattern.findall(line.text):
                    if way != name:
                        message = f"{way!r} is called {name!r} in the questionnaire. Write a name in one way."
                        yield Fault(line.file, message, line.number, value=way, rule="name")
