"""One row of a crosswalk: what something in the earlier questionnaire is in the later one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from srsmeting.frames import guard

#: What can have become of a question, a statement, an answer or a group.
KINDS: Final = ("same", "renamed", "merged", "split", "wording_changed", "base_changed", "new", "dropped")
#: Whether the figures may be compared; from best to worst, so that the worst of several is the last.
COMPARABLE: Final = ("yes", "break", "no")
#: What a proposal writes where a person must decide.
OPEN: Final = "?"
#: Kinds of what stands in one of the two questionnaires only; they say why nothing can be compared.
ONE_SIDED: Final = ("new", "dropped")
#: The columns, named after the crosswalk tables of the R package retroharmonize.
COLUMNS: Final = (
    *("meting_orig", "var_name_orig", "val_code_orig", "val_label_orig"),
    *("meting_target", "var_name_target", "val_code_target", "val_label_target"),
    *("kind", "comparable", "reason"),
)


class Key(NamedTuple):
    """What a row is about: a question, a statement (``question.item``) or a grouping; with a code, one answer of it."""

    variable: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.code!r} of {self.variable!r}" if self.code else repr(self.variable)


@dataclass(frozen=True)
class Row:
    """One row of a crosswalk.

    Parameters
    ----------
    orig, target
        In the earlier and in the later questionnaire; None where it is not there.
    kind
        One of :data:`KINDS`.
    comparable
        One of :data:`COMPARABLE`.
    reason
        Why, in the words of the researcher (Dutch): it is printed.
    orig_label, target_label
        Label or wording, to read the file by.
    line
        Where it stands in its file.
    """

    orig: Key | None
    target: Key | None
    kind: str
    comparable: str
    reason: str = ""
    orig_label: str = ""
    target_label: str = ""
    line: int | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """What the row is about, as a message calls it."""
        return str(self.orig or self.target)

    @property
    def is_open(self) -> bool:
        """Whether a person has yet to decide."""
        return OPEN in (self.kind, self.comparable) or self.reason.startswith(OPEN)


def worst(comparables: Iterable[str]) -> str:
    """Return the worst of several: what consists of parts is as comparable as its worst part.

    Examples
    --------
    >>> worst(["yes", "no", "break"]), worst(["yes", "break"]), worst([])
    ('no', 'break', 'yes')
    """
    return max(comparables, key=COMPARABLE.index, default="yes")


def cells(row: Row, earlier: str, later: str) -> tuple[str, ...]:
    """Return a row as the cells of :data:`COLUMNS`, between the measurements with these ids."""
    orig, target = row.orig or Key(""), row.target or Key("")
    return (
        *(earlier, *orig, row.orig_label),
        *(later, *target, row.target_label),
        *(row.kind, row.comparable, row.reason),
    )


def to_csv(rows: Iterable[Row], earlier: str, later: str) -> str:
    """Write rows as the text of a ``crosswalk.csv``; no text in it can run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guard(cell) for cell in cells(row, earlier, later)] for row in rows)
    return text.getvalue()
