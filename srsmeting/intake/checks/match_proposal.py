"""A first ``matches.yaml``: names of organisations that the frame writes otherwise, and what they are like.

Everything in it is a suggestion: it is written as a comment and does nothing until someone takes the mark away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from srsmeting.intake.checks.organisations import AMBIGUOUS, NOWHERE, Matches, NameIndex, normal_name
from srsmeting.intake.raw import INCOMPLETE, RawExport
from srsmeting.population import ORGANISATION, TOKEN, Population
from srsmeting.yamlfile import quoted

#: A suggestion is at least so much like the name, of 100; and so many are shown.
_LEAST, _SHOWN = 75, 3


@dataclass(frozen=True)
class MatchProposal:
    """What could stand in a ``matches.yaml``.

    Parameters
    ----------
    confirmed
        Name in the frame by name in the export: what a person has confirmed before.
    unsure
        By name in the export: names in the frame, the likeliest first, each with how alike they are, of 100.
    unlike
        Names that are like no organisation in the frame.
    ambiguous
        Names that more than one organisation of the frame has.
    settled
        How many names need nothing.
    export, frame
        The files.
    """

    confirmed: Mapping[str, str]
    unsure: Mapping[str, tuple[tuple[str, int], ...]]
    unlike: tuple[str, ...]
    ambiguous: tuple[str, ...]
    settled: int
    export: str
    frame: str


def propose_matches(raw: RawExport, population: Population, matches: Matches | None = None) -> MatchProposal:
    """Propose which organisation in the frame a name in an export stands for.

    Parameters
    ----------
    raw
        The export, of which the column with names is known; rows that the tool sets aside for another reason than that
        they are not finished have no say.
    population
        The frame, with a column of names.
    matches
        What was confirmed before.
    """
    index = NameIndex(population, matches)
    listed = [str(name) for name in population.organisations[ORGANISATION] if str(name).strip()]
    normal = [normal_name(name) for name in listed]
    settled = 0
    unsure: dict[str, tuple[tuple[str, int], ...]] = {}
    unlike, ambiguous = [], []
    for name in _names(raw, population):
        place = index.place(name)
        if place >= 0:
            settled += 1
        elif place == AMBIGUOUS:
            ambiguous.append(name)
        elif found := _alike(name, listed, normal):
            unsure[name] = found
        elif place == NOWHERE:
            unlike.append(name)
    confirmed = (matches or Matches()).by_name
    return MatchProposal(confirmed, unsure, tuple(unlike), tuple(ambiguous), settled, raw.name, population.name)


def matches_to_yaml(proposal: MatchProposal) -> str:
    """Write a proposal as a ``matches.yaml``."""
    export, frame = quoted(proposal.export), quoted(proposal.frame)
    lines = [
        f"# Names of organisations in {export}, and the names that they have in {frame}.",
        f"# Names that need nothing, because they are written alike or were confirmed: {proposal.settled}.",
        "# Lines with '#' are suggestions and do nothing. Take the '#' away from the one that is right.",
        "",
        "matches:",
        *(f"  {quoted(ours)}: {quoted(theirs)}" for ours, theirs in proposal.confirmed.items()),
    ]
    if proposal.unsure:
        lines += ["", "# Not sure. Choose at most one per name:"]
        for name, found in proposal.unsure.items():
            lines += [f"#  {quoted(name)}: {quoted(theirs)}  # {score} %" for theirs, score in found]
    if proposal.unlike:
        lines += ["", f"# Like no organisation in {frame}:"]
        lines += [f"#  {quoted(name)}: ?" for name in proposal.unlike]
    if proposal.ambiguous:
        lines += ["", f"# More than one organisation in {frame} has this name. Give them names of their own there:"]
        lines += [f"#  {quoted(name)}: ?" for name in proposal.ambiguous]
    return "\n".join(lines) + "\n"


def _names(raw: RawExport, population: Population) -> list[str]:
    counts = raw.set_aside.isin(["", INCOMPLETE]).to_numpy(dtype=np.bool_)
    if raw.token_column:
        known = raw.cells[raw.token_column].isin(population.organisations[TOKEN]) & (raw.cells[raw.token_column] != "")
        counts = counts & ~known.to_numpy(dtype=np.bool_)
    names: pd.Series[str] = raw.cells.loc[counts, raw.organisation_column].str.strip()
    return [name for name in names.unique() if normal_name(name)]


def _alike(name: str, listed: list[str], normal: list[str]) -> tuple[tuple[str, int], ...]:
    found = process.extract(normal_name(name), normal, scorer=fuzz.WRatio, score_cutoff=_LEAST, limit=_SHOWN)
    return tuple((listed[position], round(score)) for _, score, position in found)
