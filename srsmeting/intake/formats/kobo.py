"""KoboToolbox and ODK: CSV or XLSX, names or labels as answers, with or without groups in the headings.

A heading is the path of a question through its groups (``achtergrond/regio``); an option of a multiple choice that has
a column of its own comes after its question (``effect/beleid``). The XLSForm tells the two apart; without it, an option
is known by the column of its question, which stands before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from srsmeting.errors import Fault
from srsmeting.intake.dialect import Dialect
from srsmeting.intake.files.sheet_table import has_table, read_named
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.named import named_export, what_is_named
from srsmeting.intake.raw import RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "KoboToolbox"
KEY = "kobo"

_SUBMITTED = "_submission_time"
_ALWAYS = frozenset({_SUBMITTED, "_uuid"})
_LOST = (
    "Niet gesteld en opengelaten staan beide als lege cellen in het bestand; de routing beslist.",
    "Alleen verzonden formulieren staan in het bestand: wie niet tot het einde kwam, is niet te zien.",
)


@dataclass(frozen=True)
class Kobo(Dialect):
    """The dialect of KoboToolbox: 1 and 0 for the options of a question that was answered, else empty cells."""

    ticked: frozenset[str] = frozenset({"1", "True", "TRUE"})
    unticked: frozenset[str] = frozenset({"0", "False", "FALSE"})
    no_text: frozenset[str] = frozenset({"0", "False", "FALSE"})
    other_chosen: frozenset[str] = frozenset({"other"})
    labels: bool = True
    delimiter: str = " "
    mixed: bool = True


def recognises(source: Source) -> bool:
    """Say whether a text file or a sheet has the columns that Kobo adds."""
    return has_table(source, _is_kobo)


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read an export of KoboToolbox.

    Parameters
    ----------
    source
        The file.
    structure
        The XLSForm; with it, options are known where their question has no column of its own.

    Raises
    ------
    IntakeError
        More than one sheet has submissions.
    """
    table = read_named(source, "submissions of KoboToolbox", _is_kobo)
    headings = [str(heading) for heading in table.cells.columns]
    names = _names(headings, structure)
    faults = list(table.faults)
    times = Counter(names)
    for heading, name in zip(headings, names, strict=True):
        if times[name] > 1:
            message = (
                f"column {heading!r} is of a question {name!r}, of which there are more. Give them names of their own."
            )
            faults.append(Fault(source.name, message, 1, heading, name, "double_column"))
    cells = table.cells.set_axis(headings if faults else names, axis="columns")
    export = named_export(replace(table, cells=cells, faults=tuple(faults)), source.name, FORMAT, Kobo(), lost=_LOST)
    meta = {name: what_is_named(name.rpartition("/")[2]) for name in names if name.startswith("meta/")}
    return replace(export, metadata={**export.metadata, **{name: what for name, what in meta.items() if what}})


def _is_kobo(header: Sequence[str]) -> bool:
    return set(header) >= _ALWAYS


def _names(headings: Sequence[str], structure: ToolStructure | None) -> list[str]:
    parts = {
        question.code: {code for code, _ in question.parts} | {"other"}
        for question in (structure.questions if structure else ())
        if question.kind == "multiple"
    }
    known = set(headings)
    names = []
    for heading in headings:
        path, _, last = heading.rpartition("/")
        owner = path.rpartition("/")[2]
        option = path in known or last in parts.get(owner, ())
        if heading.startswith("meta/"):
            names.append(heading)
        elif path and option:
            names.append(f"{owner}[{last}]")
        else:
            names.append(last)
    # Beside the tick of "other" stands what was written: a comment to us, the tick is the answer.
    ticked = {name.removesuffix("[other]") for name in names if name.endswith("[other]")}
    return [_beside(name, ticked) for name in names]


def _beside(name: str, ticked: Container[str]) -> str:
    for end in ("[other_other]", "_other"):
        question = name.removesuffix(end)
        if question != name and question in ticked:
            return f"{question}[othercomment]"
    return name.replace("[other_other]", "[other]")
