"""What changed in a questionnaire and is compared all the same: a reader is told, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from srsmeting.crosswalk.model import Crosswalk
from srsmeting.crosswalk.rows import Key, Row
from srsmeting.crosswalk.subjects import Subject, subjects_of

#: Kinds of rows that are told without a reason, too: they say themselves what happened.
_TOLD: Final = ("merged", "split", "wording_changed", "base_changed")


@dataclass(frozen=True)
class Noted:
    """Something that is compared with an earlier year, and is not quite what it was.

    Parameters
    ----------
    earlier, later
        Ids of the measurements between which it changed.
    level
        What it is: question, statement, answer, sum, theme, grouping or group.
    question, item, category, by, group
        Its name in the last questionnaire.
    kind
        As the crosswalk has it. What was split is only compared together.
    of
        What was merged into it, or what it was split off from, as readers knew it.
    reason
        Why it may be compared, in the words of the researcher; empty where nobody said.
    """

    earlier: str
    later: str
    level: str
    question: str
    item: str
    category: str
    by: str
    group: str
    kind: str
    of: tuple[str, ...]
    reason: str


def noted_changes(onward: Sequence[Crosswalk]) -> tuple[Noted, ...]:
    """Return what changed between each year and the next, and is compared all the same.

    Parameters
    ----------
    onward
        From each earlier year to the last, the earliest first.

    Returns
    -------
    tuple
        The earliest years first, in the order of the last questionnaire. What may not be compared with the last year
        is not here, nor what is part of it.
    """
    ends = [*(crosswalk.earlier.meting for crosswalk in onward), *(end.later.meting for end in onward[-1:])]
    told: dict[tuple[str, ...], list[Noted]] = {}
    found: list[list[Noted]] = []
    for number in reversed(range(len(onward))):
        own = []
        for one in _noted(onward[number], ends[number + 1]):
            place = (one.question, one.item, one.category, one.by, one.group)
            since = told.setdefault(place, [])
            # A crosswalk over several years has what happened later in it: that is told of those years.
            reason = one.reason
            for later in since:
                reason = reason.replace(later.reason, "").strip() if later.reason else reason
            if reason or (one.kind in _TOLD and one.kind not in {later.kind for later in since}):
                own.append(replace(one, reason=reason))
        for one in own:
            told[one.question, one.item, one.category, one.by, one.group].append(one)
        found.append(own)
    return tuple(one for own in reversed(found) for one in own)


def _noted(crosswalk: Crosswalk, later: str) -> Iterator[Noted]:
    before, now = subjects_of(crosswalk.earlier), subjects_of(crosswalk.later)
    rows: dict[Key, list[Row]] = {}
    for row in crosswalk.entries:
        if row.target is not None and row.orig is not None:
            rows.setdefault(row.target, []).append(row)
    for target, subject in now.items():
        own = rows.get(target, [])
        whole = rows.get(Key(subject.parent), [])
        if subject.level in ("grouping", "group"):
            whole = [*whole, *rows.get(Key(crosswalk.later.breakdown(subject.parent).question), [])]
        if not own or {row.comparable for row in (*own, *whole)} != {"yes"}:
            continue
        reason = " ".join(dict.fromkeys(row.reason for row in own if row.reason))
        if not reason and own[0].kind not in _TOLD:
            continue
        is_whole = own[0].kind not in ("merged", "split")
        parts = () if is_whole else tuple(before[row.orig].label for row in own if row.orig in before)
        yield Noted(crosswalk.earlier.meting, later, subject.level, *_place(subject), own[0].kind, parts, reason)


def _place(subject: Subject) -> tuple[str, str, str, str, str]:
    if subject.level in ("grouping", "group"):
        return "", "", "", subject.key.variable, subject.key.code
    question, _, item = subject.key.variable.partition(".")
    return question, item, subject.key.code, "", ""
