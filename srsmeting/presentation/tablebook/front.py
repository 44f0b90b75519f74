"""The sheets in front: the cover, the contents with a link to every sheet, and how to read the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from srsmeting.presentation.formats import format_count
from srsmeting.presentation.tablebook.model import Cell, Column, Sheet, Table, clean, one_line
from srsmeting.presentation.tablebook.question_sheets import CONTENTS
from srsmeting.rounding import DECIMALS_FROM

COVER: Final = "Voorblad"
READING: Final = "Toelichting"


@dataclass(frozen=True)
class About:
    """What a table book says of itself beside its numbers.

    Parameters
    ----------
    title
        Of the measurement.
    source
        Where the answers come from.
    coverage_source
        Where the coverage comes from, when that is not the survey.
    notice
        What a reader must know before anything else, such as that the answers are invented.
    period
        The year or period that the answers are about.
    version
        The program that made it.
    weighted_by
        To what the answers were weighted, in words.
    rules
        Sentences: when results are not published.
    decimals_from
        From which base on percentages have one decimal; None for never.
    earlier
        Period and source of the measurements that stand beside it, the earliest first.
    """

    title: str
    source: str = ""
    coverage_source: str = ""
    notice: str = ""
    period: str = ""
    version: str = ""
    weighted_by: str = ""
    rules: tuple[str, ...] = ()
    decimals_from: int | None = DECIMALS_FROM
    earlier: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a sheet, what it is about, who it is about, and where the report has it."""

    sheet: str
    about: str
    who: str
    exhibit: str


def cover_sheet(about: About, estimates: pd.DataFrame) -> Sheet:
    """Make the cover: title, what to know first, source, period and version; a line each, no table."""
    lines = [f"Tabellenboek bij: {about.title}"]
    if about.notice:
        lines.append(f"Let op: {about.notice}")
    if about.period:
        lines.append(f"De gegevens gaan over: {about.period}")
    if about.source:
        lines.append(f"Bron: {about.source}")
    lines += [f"Bron van de cijfers over {period}: {source}" for period, source in about.earlier]
    if about.coverage_source:
        lines.append(f"Bron van de dekkingsgraad: {about.coverage_source}")
    metingen = ", ".join(estimates["meting"].unique())
    lines.append(f"Meting: {metingen}; {format_count(len(estimates))} cijfers op het blad Alle cijfers")
    if about.version:
        lines.append(f"Gemaakt met: {about.version}")
    cells = [Cell(clean(line), "line", strong=line.startswith("Let op")) for line in lines]
    links = [("Naar de inhoud", CONTENTS), ("Naar de toelichting: tekens en leeswijzer", READING)]
    return Sheet(COVER, one_line(about.title), (*cells, *(Cell(text, "line", link=to) for text, to in links)))


def contents_sheet(entries: Sequence[Entry]) -> Sheet:
    """Make the contents: a row for every sheet, with a link to it."""
    return Sheet(
        CONTENTS,
        "Inhoud",
        (Cell("Elke bladnaam is een koppeling naar dat blad; elk blad heeft een koppeling terug.", "line"),),
        Table(
            "Tabel_inhoud",
            "Een rij per blad: naam, onderwerp, over wie het gaat en waar het in het rapport staat.",
            (Column("Blad", 34), Column("Onderwerp", 58), Column("Over wie", 78), Column("In het rapport", 16)),
            tuple(
                (
                    Cell(entry.sheet, "stub", link=entry.sheet),
                    *(Cell(clean(text)) for text in (entry.about, entry.who, entry.exhibit or "–")),
                )
                for entry in entries
            ),
        ),
    )
