"""What changed between two measurements and is compared all the same: what it was, and why it may be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from srsmeting.presentation.words import opsomming
from srsmeting.presentation.years.moment import Moment

#: What is said of a kind of row of a crosswalk without a reason; the years are filled in.
SAID: Final = {
    "new": "Voor het eerst gemeten over {later}.",
    "dropped": "Niet meer gemeten over {later}.",
    "wording_changed": "De formulering is over {later} anders dan over {earlier}.",
    "base_changed": "De vraag is over {later} aan anderen gesteld dan over {earlier}.",
    "merged": "Over {later} samengenomen.",
    "split": "Over {later} gesplitst.",
}


@dataclass(frozen=True)
class Noted:
    """Something that is compared with the measurement before, and is not quite what it was.

    Parameters
    ----------
    earlier, later
        The measurements between which it changed.
    place
        Question, item, category, breakdown and group; what is empty holds for all.
    kind
        As in the crosswalk.
    of
        The labels of what was merged into it, or of what it was split off from.
    reason
        Why it may be compared, in Dutch; empty where nobody said.
    """

    earlier: Moment
    later: Moment
    place: tuple[str, ...]
    kind: str
    of: tuple[str, ...] = ()
    reason: str = ""

    @property
    def told(self) -> str:
        """What it was and why it may be compared, in Dutch sentences."""
        was = ""
        if self.of:
            names = opsomming(f"‘{name}’" for name in self.of)
            was = f"Over {self.earlier.period} " + (
                f"was dit een deel van {names}." if self.kind == "split" else f"waren dit {names} samen."
            )
        elif not self.reason and self.kind in SAID:
            was = SAID[self.kind].format(earlier=self.earlier.period, later=self.later.period)
        why = self.reason if not self.reason or self.reason.endswith((".", "!", "?")) else f"{self.reason}."
        return " ".join(filter(None, (was, why)))

    def holds_for(self, place: tuple[str, ...]) -> bool:
        """Tell whether a figure is a part of this."""
        return any(self.place) and all(ours in ("", theirs) for ours, theirs in zip(self.place, place, strict=True))

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole question."""
        return bool(self.place[0]) and not any(self.place[1:])


def read_noted(changes: Iterable[Mapping[str, Any]], moments: Sequence[Moment]) -> Iterator[Noted]:
    """Yield what changed, as far as it is between measurements that are shown.

    Parameters
    ----------
    changes
        Per change ``earlier`` and ``later`` (ids of measurements), question, item, category, by, group, kind, of and
        reason.
    moments
        The measurements that are shown.
    """
    known = {moment.meting: moment for moment in moments}
    for one in changes:
        if one["earlier"] in known and one["later"] in known:
            place = tuple(str(one[name]) for name in ("question", "item", "category", "by", "group"))
            ends = known[one["earlier"]], known[one["later"]]
            yield Noted(*ends, place, str(one["kind"]), tuple(one["of"]), str(one["reason"]))
