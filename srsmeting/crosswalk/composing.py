"""Crosswalks over more than one year: what became of 2021 in 2023, by way of 2022."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import Final

from srsmeting.crosswalk.links import link
from srsmeting.crosswalk.model import Crosswalk
from srsmeting.crosswalk.rows import Key, Row, worst
from srsmeting.errors import CrosswalkError

#: Printed where a part of what is compared was not there in the other year.
PARTLY: Final = "Een deel van deze antwoorden is tussentijds vervallen of toegevoegd."

#: What a change in two steps is called: by the one that weighs most.
_WEIGHT = ("same", "renamed", "split", "merged", "base_changed", "wording_changed")


def compose(first: Crosswalk, second: Crosswalk) -> Crosswalk:
    """Return the crosswalk from the first year to the last of two that follow each other.

    What goes with what follows from link to link. It is as comparable as the worse of its two steps, with the reasons
    of both: a break stays a break, also where the second step undoes the first. What was dropped in between and came
    back is dropped, and new. A crosswalk between the first and the last year that a researcher wrote can say otherwise.

    Raises
    ------
    CrosswalkError
        When the second does not begin where the first ends.
    """
    if first.later != second.earlier:
        names = (f"from {one.earlier.meting!r} to {one.later.meting!r}" for one in (first, second))
        message = f"{' and '.join(names)}: the second crosswalk does not begin with the questionnaire of the first."
        raise CrosswalkError(f"{message} Name the crosswalks in the order of the years.")
    return Crosswalk(first.earlier, second.later, tuple(_named(list(_joined(first, second)))))


def chain(crosswalks: Sequence[Crosswalk]) -> Crosswalk:
    """Return the crosswalk from the first year to the last of several that follow each other.

    Raises
    ------
    CrosswalkError
        When there are none, or one does not begin where the one before ends.
    """
    if not crosswalks:
        raise CrosswalkError("there is no crosswalk between these years. Name one for each step.")
    return reduce(compose, crosswalks)


def _joined(first: Crosswalk, second: Crosswalk) -> Iterator[Row]:
    onward: dict[object, list[Row]] = {}
    for row in second.entries:
        if row.orig is not None:
            onward.setdefault(row.orig, []).append(row)
    reached = set()
    for row in first.entries:
        if row.target is None:
            yield row
            continue
        # An answer has no row of its own where its question was dropped as a whole.
        for after in onward.get(row.target, [row]):
            if after is row or after.target is None:
                if row.orig is not None:
                    yield Row(row.orig, None, "dropped", "no", _reasons([row, after]), row.orig_label)
                continue
            reached.add(after.target)
            if row.orig is None:
                yield Row(None, after.target, "new", "no", _reasons([row, after]), "", after.target_label)
                continue
            kind = max(row.kind, after.kind, key=_WEIGHT.index)
            comparable = worst((row.comparable, after.comparable))
            labels = row.orig_label, after.target_label
            yield Row(row.orig, after.target, kind, comparable, _reasons([row, after]), *labels)
    for after in second.entries:
        if after.target is not None and after.target not in reached:
            yield Row(None, after.target, "new", "no", _reasons([after]), "", after.target_label)


def _named(rows: Sequence[Row]) -> Iterator[Row]:
    """Take out what needs no row, and say merged and split of what has become so on the way."""
    paths: dict[tuple[Key | None, Key | None], list[Row]] = {}
    for row in rows:
        paths.setdefault((row.orig, row.target), []).append(row)
    # What was split and merged again is one thing, by several ways.
    once = [
        replace(ways[0], comparable=worst(way.comparable for way in ways), reason=_reasons(ways))
        for ways in paths.values()
    ]
    links = link(once)
    matched = {(row.orig.variable, row.target.variable) for row in once if row.orig and row.target}
    kept_orig = {orig for orig, _ in matched}
    kept_target = {target for _, target in matched}
    for row in once:
        # Of a question that is new or dropped as a whole its answers need no row.
        if row.orig is None and row.target and row.target.code and row.target.variable not in kept_target:
            continue
        if row.target is None and row.orig and row.orig.code and row.orig.variable not in kept_orig:
            continue
        if row.orig is None or row.target is None:
            # A part that went or came on the way makes the whole another thing; that is said at the whole.
            if (row.orig or row.target) not in (links.forward if row.orig else links.back):
                yield row
            continue
        kind = row.kind
        many = len(links.back[row.target]) > 1, len(links.forward[row.orig]) > 1
        if any(many):
            kind = "merged" if many[0] else "split"
        elif kind in ("merged", "split"):
            kind = "same" if row.orig == row.target else "renamed"
        row = replace(row, kind=kind)
        partly = (row.orig, None) in paths or (None, row.target) in paths
        yield replace(row, comparable="no", reason=f"{row.reason} {PARTLY}".strip()) if partly else row


def _reasons(rows: Iterable[Row]) -> str:
    return " ".join(dict.fromkeys(row.reason for row in rows if row.reason))
