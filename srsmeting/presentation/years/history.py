"""The figures of several measurements in the codes of the last one, and what between two of them may not be compared.

Nothing is computed here: the level of each year is what that year published, and a change is a row of its own, which is
not there where two years may not be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from srsmeting.estimates import KEY
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.noted import SAID, Noted
from srsmeting.rounding import DECIMALS_FROM

#: A row of the estimate frame.
Row = Mapping[str, Any]
#: What of a figure says where it is; each may be empty.
PLACE: Final = ("question", "item", "category", "by", "group")

_ENDS: Final = ("earlier", "later")

#: What is no figure of a survey: the coverage at its own moments, and measurements of others.
COVERAGE, OTHERS = "coverage", "measurement"
_OTHERWISE: Final = "Over {later} anders gemeten dan over {earlier}."


@dataclass(frozen=True)
class Apart:
    """Something of two measurements that may not be compared, and why.

    Parameters
    ----------
    earlier, later
        The measurements; of coverage its moments, and a measurement of others goes by its title.
    level
        What it is: a question, an answer …, :data:`COVERAGE` or :data:`OTHERS`; empty where that was not said.
    place
        Question, item, category, breakdown and group; what is empty holds for all.
    label
        What it is called, where the later questionnaire does not have it.
    kind, comparable
        As in the crosswalk; comparable is ``break`` or ``no``.
    why
        A Dutch sentence.
    """

    earlier: Moment
    later: Moment
    level: str
    place: tuple[str, ...]
    label: str
    kind: str
    comparable: str
    why: str

    def holds_for(self, place: tuple[str, ...]) -> bool:
        """Tell whether a figure is a part of this."""
        if self.level in (COVERAGE, OTHERS) or not any(self.place):
            return False
        return all(ours in ("", theirs) for ours, theirs in zip(self.place, place, strict=True))


@dataclass(frozen=True)
class History:
    """Measurements of several years.

    Parameters
    ----------
    moments
        The earliest first; the last is the one that is reported on.
    estimates
        The figures of the last measurement, those of the earlier ones in its codes, and the changes.
    apart
        What may not be compared: earlier, later, question, item, category, by, group, kind, comparable and reason;
        columns ``level`` and ``label`` are used where they are there.
    decimals_from
        Percentages have a decimal when all of their bases are at least this; None for never.
    noted
        What changed in the questionnaire and is compared all the same.
    """

    moments: tuple[Moment, ...]
    estimates: pd.DataFrame
    apart: pd.DataFrame
    decimals_from: int | None = DECIMALS_FROM
    noted: tuple[Noted, ...] = ()

    @property
    def pairs(self) -> list[tuple[Moment, Moment]]:
        """Each measurement but the first, behind the one before it."""
        return list(pairwise(self.moments))

    def row(self, moment: Moment, place: tuple[str, ...], measure: str) -> Row | None:
        """Return a row of the estimate frame, or None where there is none."""
        return self._rows.get((moment.meting, *place, measure))

    def set_apart(self, later: Moment, place: tuple[str, ...]) -> Apart | None:
        """Return why a figure may not be compared with the year before, or None where nothing says so."""
        found = [one for one in self.all_apart if one.later == later and one.holds_for(place)]
        # What is said of the question says more than what is said of one of its answers.
        return min(found, key=lambda one: sum(map(bool, one.place)), default=None)

    def notes_on(self, later: Moment, place: tuple[str, ...]) -> tuple[Noted, ...]:
        """Return what changed since the year before in what a figure is of, and is compared all the same."""
        return tuple(one for one in self.noted if one.later == later and one.holds_for(place))

    @cached_property
    def all_apart(self) -> tuple[Apart, ...]:
        """Everything that may not be compared, in the order in which it was declared."""
        return tuple(self._apart())

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], Row]:
        records = ({str(name): value for name, value in row.items()} for row in self.estimates.to_dict("records"))
        return {tuple(str(row[name]) for name in KEY): row for row in records}

    def _apart(self) -> Iterator[Apart]:
        known = {moment.meting: moment for moment in self.moments}
        for row in self.apart.to_dict("records"):
            # What is no measurement here goes by its own name.
            earlier, later = (known.get(str(row[name]), Moment(str(row[name]), str(row[name]))) for name in _ENDS)
            said = str(row["reason"]) or SAID.get(str(row["kind"]), _OTHERWISE)
            why = said if row["reason"] else said.format(earlier=earlier.period, later=later.period)
            yield Apart(
                earlier,
                later,
                str(row.get("level", "")),
                tuple(str(row[name]) for name in PLACE),
                str(row.get("label", "")),
                str(row["kind"]),
                str(row["comparable"]),
                why if why.endswith((".", "!", "?")) else f"{why}.",
            )
