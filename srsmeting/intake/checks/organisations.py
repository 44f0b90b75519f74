"""Names of organisations as respondents write them, and the organisation of the frame that each stands for.

Two names are the same when only case, accents, punctuation and legal form differ. Whatever else is alike, a person
confirms in ``matches.yaml``.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict

from srsmeting.errors import ConfigurationError, Fault, suggest
from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.personal import KEY
from srsmeting.intake.raw import RawExport
from srsmeting.population import ORGANISATION, Population
from srsmeting.yamlfile import Text, YamlFile, read_yaml, validate

Positions = npt.NDArray[np.intp]

#: Position of a name that is of no organisation, and of one that is of more than one.
NOWHERE: Final = -1
AMBIGUOUS: Final = -2

_WORD, _WITHIN, _SPACED = re.compile(r"\w+"), re.compile("[.'’‘`´]"), re.compile(r"\b([bn]) v\b")
_LEGAL = frozenset({"stichting", "stg", "bv", "nv", "vereniging", "cooperatie", "ua"})
#: What people write who do not tell their organisation.
_NO_NAME = frozenset(
    {"", "nvt", "n v t", "geen", "onbekend", "anoniem", "x", "xx", "xxx", "weet niet", "niet van toepassing"}
)


class MatchConfig(BaseModel):
    """What a ``matches.yaml`` says: the name in the frame by the name in the export."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Null where every suggestion is still commented out.
    matches: dict[str, Text] | None


@dataclass(frozen=True)
class Matches:
    """The names that a person confirmed.

    Parameters
    ----------
    by_name
        Name in the frame by name in the export, both as written.
    source
        The file, for the lines of faults.
    """

    by_name: Mapping[str, str] = field(default_factory=dict)
    source: YamlFile = field(default_factory=lambda: YamlFile("matches.yaml", {}))


def read_matches(path: str | os.PathLike[str]) -> Matches:
    r"""Read a ``matches.yaml``.

    Raises
    ------
    ConfigurationError
        With every fault of the file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "matches.yaml")
    ...     _ = file.write_text('matches:\n  De Lindde: Stichting De Linde\n', encoding="utf-8")
    ...     read_matches(file).by_name
    {'De Lindde': 'Stichting De Linde'}
    """
    file = read_yaml(Path(path), ConfigurationError)
    return Matches(validate(MatchConfig, file, ConfigurationError).matches or {}, file)


def normal_name(text: str) -> str:
    """Return what all spellings of the name of an organisation have in common; "" when it is no name.

    Examples
    --------
    >>> normal_name("Stichting Zorggroep ‘De Línde’ B.V."), normal_name("Zorg&Welzijn"), normal_name("n.v.t.")
    ('zorggroep de linde', 'zorg en welzijn', '')
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("&", " en ")
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = " ".join(_WORD.findall(_WITHIN.sub("", plain)))
    if plain in _NO_NAME:
        return ""
    words = _SPACED.sub(r"\1v", plain).split()
    first, last = 0, len(words)
    while first < last and words[first] in _LEGAL:
        first += 1
    while last > first and words[last - 1] in _LEGAL:
        last -= 1
    return " ".join(words[first:last] or words)


def with_names(raw: RawExport, column: str) -> RawExport:
    """Say of an export which column has the names of organisations; it goes no further than this room."""
    headings = [str(heading) for heading in raw.cells.columns]
    found = [heading for heading in headings if heading == column] or [
        heading for heading in headings if same_wording(heading) == same_wording(column)
    ]
    if len(found) == 1:
        return replace(raw, organisation_column=found[0], metadata={found[0]: KEY, **raw.metadata})
    message = f"organisation: the export has no column {column!r}. {suggest(column, headings)}"
    return replace(raw, faults=(*raw.faults, Fault(raw.name, message, 1, column, column, "unknown_column")))


class NameIndex:
    """The organisations of a frame by their names, and by what a person confirmed."""

    def __init__(self, population: Population, matches: Matches | None = None) -> None:
        listed = population.organisations.get(ORGANISATION)
        names = [] if listed is None else [str(name) for name in listed]
        self._exact = _positions([same_wording(name) for name in names])
        self._normal = _positions([normal_name(name) for name in names])
        self._confirmed = {same_wording(ours): theirs for ours, theirs in (matches or Matches()).by_name.items()}

    def place(self, name: str) -> int:
        """Return the row in the frame of a name in the export; :data:`NOWHERE` or :data:`AMBIGUOUS`."""
        return self.listed(self._confirmed.get(same_wording(name), name))

    def listed(self, name: str) -> int:
        """Return the row in the frame of a name in the frame, however it is written."""
        exact = self._exact.get(same_wording(name), NOWHERE)
        if exact >= 0:
            return exact
        return self._normal.get(normal_name(name), exact) if normal_name(name) else NOWHERE


def match_faults(matches: Matches, names: pd.Series[str], population: Population) -> Iterator[Fault]:
    """Yield what of the confirmed names does not exist, in the export or in the frame, or is said twice."""
    file = matches.source
    if population.organisations.get(ORGANISATION) is None:
        message = f"needs a column 'organisation' in {population.name!r} with the names of organisations. Add it."
        yield Fault(file.name, message, file.line(("matches",)), "matches", rule="no_names")
        return
    index = NameIndex(population)
    known = {same_wording(name) for name in names.unique()}
    seen: dict[str, str] = {}
    for ours, theirs in matches.by_name.items():
        line = file.line(("matches", ours))
        if seen.setdefault(same_wording(ours), ours) != ours:
            message = f"{seen[same_wording(ours)]!r} and {ours!r} are read as the same name. Keep one of the two."
            yield Fault(file.name, message, line, "matches", ours, "double_match")
        elif same_wording(ours) not in known:
            message = f"the export has no organisation {ours!r}. Write it as it stands there, or leave this line out."
            yield Fault(file.name, message, line, "matches", ours, "unknown_organisation")
        place = index.listed(theirs)
        if place == AMBIGUOUS:
            message = (
                f"{population.name!r} has more than one organisation {theirs!r}. Give them names of their own there."
            )
            yield Fault(file.name, message, line, "matches", theirs, "ambiguous_organisation")
        elif place == NOWHERE:
            message = f"{population.name!r} has no organisation {theirs!r}. Write it as it stands there."
            yield Fault(file.name, message, line, "matches", theirs, "unknown_organisation")


def _positions(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(names):
        if name:
            found[name] = AMBIGUOUS if name in found else number
    return found
