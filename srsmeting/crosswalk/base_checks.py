"""Hold what a crosswalk declares comparable against who was asked, and against the answers that it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from srsmeting.crosswalk.checks import gained_or_lost
from srsmeting.crosswalk.links import Links, base_difference, link
from srsmeting.crosswalk.row_checks import Sides, fault
from srsmeting.crosswalk.rows import Key, Row
from srsmeting.errors import Fault
from srsmeting.questionnaire import Questionnaire


def check_questions(file: str, rows: Sequence[Row], sides: Sides) -> Iterator[Fault]:
    """Yield questions of which the base or the answers changed more than their row says."""
    links = link(rows)
    by_orig = {row.orig: row for row in rows if row.orig is not None}
    for row in rows:
        if row.orig is None or row.target is None or sides.orig[row.orig].level != "question":
            continue
        one = sides.earlier.question(row.orig.variable)
        other = sides.later.question(row.target.variable)
        if (one.kind, one.range) != (other.kind, other.range):
            yield from _other_answers(file, row, sides)
            continue
        if row.kind in ("same", "renamed") or (row.kind == "wording_changed" and row.comparable == "yes"):
            yield from _base(file, row, base_difference(one, other, sides.earlier, sides.later, links), by_orig, sides)
        changed = gained_or_lost(rows, row, sides)
        if changed and row.comparable == "yes" and not row.reason:
            names = " and ".join(f"{part.name} is {part.kind} (line {part.line})" for part in changed[:3])
            message = f"{names}, so the other answers may have been chosen otherwise. Write why they can be compared."
            yield fault(file, row, message, "reason", "", "no_reason")


def _base(file: str, row: Row, difference: str, by_orig: dict[Key, Row], sides: Sides) -> Iterator[Fault]:
    """Yield what a row does not tell of the base: where it changed, that goes before a changed wording."""
    if difference:
        message = (
            f"is said to be {row.kind!r}, but was {difference}. Write 'base_changed', and whether it can be compared."
        )
        yield fault(file, row, message, "kind", row.kind, "contradiction")
    elif row.comparable == "yes" and (filtered := _uncertain_filter(row, by_orig, sides)) is not None:
        message = (
            f"is said to be comparable, but who is asked follows from {filtered.name}, which is not "
            f"(line {filtered.line}). Write 'base_changed', and whether it can be compared."
        )
        yield fault(file, row, message, "comparable", "yes", "filter")


def _other_answers(file: str, row: Row, sides: Sides) -> Iterator[Fault]:
    if row.orig is None or row.target is None:
        return
    one, other = sides.earlier.question(row.orig.variable), sides.later.question(row.target.variable)
    if one.kind != other.kind:
        difference = f"was of kind {one.kind!r} and is of kind {other.kind!r}"
    else:
        marks = [f"{low} to {high}" for low, high in (one.range or (0, 0), other.range or (0, 0))]
        difference = f"had marks from {marks[0]} and has marks from {marks[1]}"
    if row.kind in ("same", "renamed"):
        message = f"is said to be {row.kind!r}, but {difference}. Write 'wording_changed'."
        yield fault(file, row, message, "kind", row.kind, "contradiction")
    elif row.comparable == "yes":
        message = f"{difference}, so nothing can be compared. Write 'break' or 'no' under 'comparable'."
        yield fault(file, row, message, "comparable", "yes", "other_answers")


def _uncertain_filter(row: Row, by_orig: dict[Key, Row], sides: Sides) -> Row | None:
    """Return the row of an answer or question on which the routing hangs, and that is not comparable."""
    routing = sides.earlier.routing(row.orig.variable) if row.orig else None
    for comparison in routing.comparisons if routing else ():
        keys = [Key(comparison.question), *(Key(comparison.question, code) for code in comparison.codes)]
        if comparison.item:
            keys.append(Key(f"{comparison.question}.{comparison.item}"))
        for key in keys:
            found = by_orig.get(key)
            if found is not None and found.comparable != "yes":
                return found
    return None


def check_made_of(file: str, rows: Sequence[Row], sides: Sides) -> Iterator[Fault]:
    """Yield sums and groups that are declared to be one another, and are made of other answers, or of broken ones."""
    links = link(rows)
    for row in rows:
        if row.orig is None or row.target is None or sides.orig[row.orig].level not in ("sum", "group"):
            continue
        if row.comparable != "yes":
            continue
        if made_alike(links.back[row.target], links.forward[row.orig], sides, links):
            part = next(parts_apart(row, rows, sides), None)
            if part is not None and not row.reason:
                message = (
                    f"is declared comparable, and {part.name}, of which it is made, is not (line {part.line}). Write "
                    "why it can be compared all the same, or 'break' or 'no'."
                )
                yield fault(file, row, message, "reason", "", "no_reason")
            continue
        ours, theirs = sides.orig[row.orig].of, sides.target[row.target].of
        message = (
            f"is declared comparable, but was made of {_codes(ours)} and is made of {_codes(theirs)}, which are not "
            "the same answers. Write 'dropped' and 'new'."
        )
        yield fault(file, row, message, "comparable", "yes", "made_of_others")


def parts_apart(row: Row, rows: Sequence[Row], sides: Sides) -> Iterator[Row]:
    """Yield the answers of which a sum or group is made, and that may not be compared themselves."""
    of = {
        *(_answers(row.orig, sides.orig[row.orig].of, sides.earlier) if row.orig else ()),
        *(_answers(row.target, sides.target[row.target].of, sides.later) if row.target else ()),
    }
    for part in rows:
        if part.orig and part.target and part.comparable != "yes" and of & {part.orig, part.target}:
            yield part


def made_alike(origs: Iterable[Key], targets: Iterable[Key], sides: Sides, links: Links) -> bool:
    """Say whether sums, or groups, of the earlier year are made of the same answers as those of the later one."""
    ours = [key for orig in origs for key in _answers(orig, sides.orig[orig].of, sides.earlier)]
    theirs = [key for target in targets for key in _answers(target, sides.target[target].of, sides.later)]
    if any(links.forward.get(key) for key in ours) or any(links.back.get(key) for key in theirs):
        return links.closed(ours, theirs)
    # Marks have no rows of their own.
    return {key.code for key in ours} == {key.code for key in theirs}


def _answers(key: Key, codes: Iterable[str], of: Questionnaire) -> list[Key]:
    grouped = key.variable in {grouping.id for grouping in of.groupings}
    question = of.breakdown(key.variable).question if grouped else key.variable
    return [Key(question, code) for code in codes]


def _codes(codes: frozenset[str]) -> str:
    return ", ".join(repr(code) for code in sorted(codes))
