"""The header rows of a Qualtrics export: three today, three written otherwise in 2016 and 2017, two before.

Row 1 has the names, row 2 the texts in the language of whoever exports, row 3 identifiers that never change. Names can
be double; identifiers tell such columns apart.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.formats.qualtrics.added import ROLES, plain_key

Model = Literal["current", "2016", "legacy", "broken"]

ADVICE = "Export the data of Qualtrics as CSV again and leave its header rows as they are."

_IDENTITY = re.compile(r"""["']ImportId["']\s*:\s*(?:"([^"]*)"|'([^']*)')""")
_ZONE = re.compile(r"""["']timeZone["']\s*:\s*(?:"([^"]*)"|'([^']*)')""")
_LEGACY = re.compile(r"V\d+")
#: So many of its own columns in row 1 make a file one of Qualtrics, even where somebody removed the rows below it.
_ENOUGH = 4
_SHOWN = 5


@dataclass(frozen=True)
class Headers:
    """What the header rows say.

    Parameters
    ----------
    model
        Which of the three it is.
    positions
        Columns of the file that are columns of the survey: an unnamed last one, of a trailing comma, is not.
    names
        Their names, all different.
    texts
        Their texts (row 2).
    identities
        Their ImportIds; all "" in an old file.
    rows
        Number of header rows.
    zone
        Time zone of the moments; "" where the file does not say.
    notes
        What a researcher should know, in Dutch.
    faults
        Columns that cannot be told apart, or have no name.
    """

    model: Model
    positions: tuple[int, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    identities: tuple[str, ...]
    rows: int
    zone: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def which_model(header: Sequence[str], below: Sequence[Sequence[str]]) -> Model | None:
    """Say which header rows a file has, from row 1 and the rows below it; None when it is not of Qualtrics.

    Examples
    --------
    >>> which_model(["StartDate", "Q1"], [["Startdatum", "Vraag"], ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}']])
    'current'
    >>> which_model(["V1", "V2", "Q1"], [["ResponseID", "ResponseSet", "Vraag"]])
    'legacy'
    >>> which_model(["id", "submitdate"], [["1", ""]])
    """
    if len(below) > 1 and _mostly_identities(below[1]):
        return "2016" if any("'ImportId'" in cell for cell in below[1]) else "current"
    if len(header) > 1 and (header[0], header[1]) == ("V1", "V2") and below:
        return "legacy" if "ResponseID" in below[0] else None
    own = {plain_key(name) for name in header} & {*ROLES, "enddate", "recordeddate", "ipaddress", "durationinseconds"}
    return "broken" if len(own) >= _ENOUGH and {"responseid", "recordid"} & own else None


def read_headers(header: Sequence[str], below: Sequence[Sequence[str]], name: str) -> Headers:
    """Read the header rows of a file that :func:`which_model` knows.

    Raises
    ------
    IntakeError
        When header rows were taken away.
    """
    model = which_model(header, below)
    if model is None or model == "broken":
        message = f"has the columns of Qualtrics, but not the rows below their names (texts and ImportIds). {ADVICE}"
        raise IntakeError(faults=[Fault(name, message, 1, rule="header_rows")])
    positions, faults = _named(header, below[0], name)
    names = [header[position].strip() for position in positions]
    texts = tuple(" ".join(below[0][position].split()) for position in positions)
    if model == "legacy":
        names = [text if _LEGACY.fullmatch(own) and text else own for own, text in zip(names, texts, strict=True)]
        apart, notes, double = _told_apart(names, [""] * len(names), name)
        faults += double
        return Headers(model, positions, apart, texts, ("",) * len(names), 2, "", notes, tuple(faults))
    identities = tuple(_identity(below[1][position]) for position in positions)
    zone = next((found for cell in below[1] if (found := _match(_ZONE, cell))), "")
    for own, identity, cell in zip(names, identities, (below[1][position] for position in positions), strict=True):
        if not identity:
            message = f"column {own!r} has no ImportId in row 3, but {cell[:60]!r}. {ADVICE}"
            faults.append(Fault(name, message, 3, own, cell[:60], "header_rows"))
    apart, notes, double = _told_apart(names, identities, name)
    faults += double
    return Headers(model, positions, apart, texts, identities, 3, zone, notes, tuple(faults))


def _mostly_identities(row: Sequence[str]) -> bool:
    return sum("ImportId" in cell for cell in row) * 2 > len(row)


def _identity(cell: str) -> str:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return _match(_IDENTITY, cell)
    identity = found.get("ImportId") if isinstance(found, dict) else None
    return identity.strip() if isinstance(identity, str) else ""


def _match(pattern: re.Pattern[str], cell: str) -> str:
    found = pattern.search(cell)
    return (found[1] or found[2] or "").strip() if found else ""


def _named(header: Sequence[str], texts: Sequence[str], name: str) -> tuple[tuple[int, ...], list[Fault]]:
    positions = [position for position, heading in enumerate(header) if heading.strip()]
    faults = []
    for position in range(len(header)):
        # The last column, without a name, is what a trailing comma leaves; the reader sees to it that it is empty.
        if position not in positions and (position < len(header) - 1 or texts[position].strip()):
            message = f"column {position + 1} has no name. {ADVICE}"
            faults.append(Fault(name, message, 1, "", "", "no_heading"))
    return tuple(positions), faults


def _told_apart(
    names: Sequence[str], identities: Sequence[str], name: str
) -> tuple[tuple[str, ...], tuple[str, ...], list[Fault]]:
    """Return names that are all different, notes on those that were not, and faults on those that cannot be."""
    times = Counter(names)
    apart = [identity if times[own] > 1 and identity else own for own, identity in zip(names, identities, strict=True)]
    taken = Counter(apart)
    notes, faults = [], []
    for own in (own for own, count in times.items() if count > 1):
        same = [other for other, given in zip(apart, names, strict=True) if given == own]
        if all(taken[other] == 1 for other in same):
            listed = ", ".join(f"‘{other}’" for other in same[:_SHOWN]) + ("" if len(same) <= _SHOWN else ", …")
            notes.append(f"De naam ‘{own}’ staat {len(same)} keer in rij 1; die kolommen heten hier {listed}.")
        else:
            message = f"heading {own!r} stands {len(same)} times and nothing tells the columns apart. Keep one of them."
            faults.append(Fault(name, message, 1, own, own, "double_column"))
    # Only after a fault are names still the same; a frame needs them different all the same.
    seen: Counter[str] = Counter()
    for position, own in enumerate(apart):
        seen[own] += 1
        if seen[own] > 1:
            apart[position] = f"{own} ({seen[own]})"
    return tuple(apart), tuple(notes), faults
