"""What a new measurement is called: its id, its title and its year, from its folder or the measurement before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from srsmeting.configuration import FILE_NAME
from srsmeting.errors import ConfigurationError, SrsmetingError
from srsmeting.yamlfile import read_yaml

_ID: Final = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def year_in(*texts: str) -> str:
    """Return the last year in the first text that has one; "" where none has.

    Examples
    --------
    >>> year_in("srs-2021"), year_in("peiling", "2025 tot 2026"), year_in("peiling")
    ('2021', '2026', '')
    """
    return next((found[-1] for text in texts if (found := years_in(text))), "")


def years_in(text: str) -> list[str]:
    """Return the years that a text names."""
    return _YEAR.findall(text)


def move_year(text: str, earlier: str, later: str) -> str:
    """Replace a year in a text, and nothing that only has these digits in it.

    Examples
    --------
    >>> move_year("Peiling 2021, nr. 120210", "2021", "2022")
    'Peiling 2022, nr. 120210'
    """
    return re.sub(rf"(?<!\d){earlier}(?!\d)", later, text) if earlier else text


def without_year(title: str) -> str:
    """Take the year out of a title: next year's report has it too.

    Examples
    --------
    >>> without_year("Nulmeting Samen over 2021"), without_year("Peiling 2027"), without_year("2027")
    ('Nulmeting Samen', 'Peiling', '2027')
    """
    left = re.sub(rf"\s*(?:\b(?:over|in|van)\s+)?{_YEAR.pattern}", "", title).strip(" ,:-")
    return left or title


def title_of(id: str) -> str:
    """Return a title to start from.

    Examples
    --------
    >>> title_of("peiling-2027")
    'Peiling 2027'
    """
    return re.sub(r"[-_]+", " ", id).strip().capitalize()


def choose_id(folder: Path, given: str = "", earlier: str = "") -> str:
    """Choose the id of a new measurement.

    Parameters
    ----------
    folder
        The new folder, whose name may tell.
    given
        What was asked for; it is taken.
    earlier
        Id of the measurement before: it is kept, with the year of the folder, or else the next year.

    Raises
    ------
    ConfigurationError
        When that is no id, or the one of the measurement before.

    Examples
    --------
    >>> choose_id(Path("peiling-2027")), choose_id(Path("nieuw"), earlier="srs-2021")
    ('peiling-2027', 'srs-2022')
    >>> choose_id(Path("srs_2023"), earlier="srs-2021")
    'srs-2023'
    """
    name = folder.resolve().name
    id = given or name
    if earlier and not given and (year := year_in(earlier)):
        own = year_in(name)
        id = move_year(earlier, year, own if own and own != year else str(int(year) + 1))
    if not _ID.fullmatch(id):
        what = f"{id!r} cannot be the id of a measurement: small letters, digits, '-' and '_', starting with a letter"
        repair = _plain(id)
        raise ConfigurationError(f"{what}. Name one with --id{f', such as --id {repair}' if repair else ''}.")
    if id == earlier:
        raise ConfigurationError(
            f"{id!r} is the id of the measurement that it starts from, and two measurements are told apart by their "
            "id. Name another with --id."
        )
    return id


def refuse_known(id: str, places: Iterable[Path]) -> None:
    """Refuse the id of a measurement that stands in one of the folders of these places.

    Raises
    ------
    ConfigurationError
        Naming the measurement that has it.
    """
    for file in dict.fromkeys(found for place in places for found in _metings(place)):
        try:
            other = read_yaml(file).data.get("meting")
        except SrsmetingError:
            continue  # what cannot be read is somebody else's fault, and of no measurement yet
        if other == id:
            raise ConfigurationError(
                f"{id!r} is the id of {file.as_posix()} already, and two measurements are told apart by their id. Name "
                "another with --id."
            )


def _metings(place: Path) -> Iterator[Path]:
    try:
        yield from sorted(place.glob(f"*/{FILE_NAME}"))
    except OSError:
        return


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    plain = plain if plain[:1].isalpha() or not plain else f"meting-{plain}"
    return plain if _ID.fullmatch(plain) else ""
