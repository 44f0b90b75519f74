"""Check the rows of a crosswalk together: pairs, merges, splits, and what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from srsmeting.crosswalk.row_checks import Sides, fault
from srsmeting.crosswalk.rows import ONE_SIDED, Key, Row
from srsmeting.crosswalk.subjects import lists_parts
from srsmeting.errors import Fault

_SHOWN = 8


def check_pairs(file: str, rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield rows that say the same twice, or that take one thing for several without saying merged or split."""
    seen: dict[tuple[Key | None, Key | None], Row] = {}
    single: list[Row] = []
    for row in rows:
        first = seen.setdefault((row.orig, row.target), row)
        if first is row:
            single.append(row)
        else:
            message = f"stands on line {first.line} already. Keep one of the two."
            yield fault(file, row, message, "var_name_orig", row.name, "double_row")
    yield from _several(file, single, "target")
    yield from _several(file, single, "orig")


def _several(file: str, rows: Sequence[Row], side: str) -> Iterator[Fault]:
    """Check what goes together in one thing on a side: a merge in the later year, a split of one in the earlier."""
    word, opposite = ("merged", "split") if side == "target" else ("split", "merged")
    together: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        key = row.target if side == "target" else row.orig
        if key is not None:
            together[key].append(row)
    for key, group in together.items():
        others = [row.orig if side == "target" else row.target for row in group]
        if len(group) == 1:
            (row,) = group
            if row.kind == word:
                way = "goes to" if side == "target" else "comes of"
                message = f"is {word}, but nothing else {way} {key}. Add the others, or write what became of it."
                yield fault(file, row, message, "kind", word, "alone")
            continue
        if None in others:
            lone = next(row for row in group if row.kind in ONE_SIDED)
            line = next(row.line for row in group if row is not lone)
            message = f"is {lone.kind}, and line {line} says what it goes with. Keep one of the two."
            yield fault(file, lone, message, "kind", lone.kind, "double_row")
            continue
        names = _list(others)
        way = f"{names} all go to {key}" if side == "target" else f"{key} goes to {names}"
        way = way.replace(" all go to", " both go to") if len(group) == 2 else way
        wrong = next((row for row in group if row.kind != word), None)
        crossed = next((row for row in group if row.kind == opposite), None)
        if crossed is not None:
            message = (
                f"{way}, and line {crossed.line} is part of a {opposite[:5] if opposite == 'split' else 'merge'} too. "
                "What is compared cannot be told apart then: write 'dropped' and 'new'."
            )
            yield Fault(file, message, crossed.line, "kind", crossed.kind, "crossed")
        elif wrong is not None:
            message = f"{way}, but line {wrong.line} says {wrong.kind!r}. Write {word!r} at each, or correct the codes."
            yield Fault(file, message, wrong.line, "kind", wrong.kind, f"not_{word}")
        elif len({row.comparable for row in group}) > 1:
            message = f"{way}, and are not comparable alike. Write the same under 'comparable' at each."
            yield Fault(file, message, group[0].line, "comparable", group[0].comparable, "not_alike")


def check_parents(file: str, rows: Sequence[Row], sides: Sides) -> Iterator[Fault]:
    """Yield answers and groups that go to a question that their own question does not go to, or that need no row."""
    parents = {row.orig: row for row in rows if row.orig is not None and not _is_part(row, sides)}
    targets = {row.target: row for row in rows if row.target is not None and not _is_part(row, sides)}
    for row in rows:
        if not _is_part(row, sides):
            continue
        orig = Key(sides.orig[row.orig].parent) if row.orig else None
        target = Key(sides.target[row.target].parent) if row.target else None
        above = [parents.get(orig) if orig else None, targets.get(target) if target else None]
        known = [parent for parent in above if parent is not None]
        whole = next((parent for parent in known if parent.kind in ONE_SIDED), None)
        if whole is not None:
            message = f"{whole.name} is {whole.kind} as a whole (line {whole.line}). Leave this row out."
            yield fault(file, row, message, "kind", row.kind, "needs_no_row")
            continue
        if orig and target and any(parent.orig != orig or parent.target != target for parent in known):
            parent = next(parent for parent in known if parent.orig != orig or parent.target != target)
            message = f"goes to {row.target}, and line {parent.line} says that {parent.orig} goes to {parent.target}."
            yield fault(file, row, message, "var_name_target", str(target), "other_question")
            continue
        pair = next((parent for parent in known if parent.orig and parent.target), None)
        if pair is not None and pair.orig and pair.target and not _lists(pair, sides):
            message = (
                f"the answers to {pair.orig} in {sides.earlier.meting} and to {pair.target} in {sides.later.meting} "
                "cannot be expressed in each other. Leave this row out."
            )
            yield fault(file, row, message, "kind", row.kind, "needs_no_row")


def check_complete(file: str, named: Sequence[Row], sides: Sides) -> Iterator[Fault]:
    """Yield what is in a questionnaire and in no row; `named` are all rows, also those with faults."""
    origs, targets = {row.orig for row in named}, {row.target for row in named}
    for side, of, known, rows in (
        ("orig", sides.earlier.meting, sides.orig, origs),
        ("target", sides.later.meting, sides.target, targets),
    ):
        matched = {
            key: row
            for row in named
            if (key := row.orig if side == "orig" else row.target)
            and row.orig in sides.orig
            and row.target in sides.target
        }
        missing: dict[str, list[str]] = defaultdict(list)
        for key, subject in known.items():
            if key in rows:
                continue
            if not subject.is_part:
                parts = "groups" if subject.level == "grouping" else "answers"
                message = (
                    f"leaves out {subject.level} {key} of {of}. Add a row for it and, where it is not new or dropped, "
                    f"for its {parts}."
                )
                yield Fault(file, message, None, f"var_name_{side}", key.variable, "left_out")
            elif (parent := matched.get(Key(subject.parent))) is not None and _lists(parent, sides):
                missing[subject.parent].append(key.code or key.variable)
        for parent_id, codes in missing.items():
            message = (
                f"leaves out {_list(codes)} of {parent_id!r} in {of}. Add a row{' for each' if len(codes) > 1 else ''}."
            )
            yield Fault(file, message, None, f"val_code_{side}", codes[0], "left_out")


def gained_or_lost(rows: Sequence[Row], row: Row, sides: Sides) -> list[Row]:
    """Return the answers that a question of both years got or lost; then the others may have been chosen otherwise."""
    return [
        part
        for part in rows
        if part.kind in ONE_SIDED
        and (subject := sides.orig.get(part.orig) if part.orig else sides.target.get(part.target or Key("")))
        and subject.level == "answer"
        and Key(subject.parent) == (row.orig if part.orig else row.target)
    ]


def _is_part(row: Row, sides: Sides) -> bool:
    subject = sides.orig[row.orig] if row.orig else sides.target[row.target or Key("")]
    return subject.is_part


def _lists(parent: Row, sides: Sides) -> bool:
    if parent.orig is None or parent.target is None:
        return False
    same_level = sides.orig[parent.orig].level == sides.target[parent.target].level
    return same_level and lists_parts(sides.earlier, sides.later, parent.orig.variable, parent.target.variable)


def _list(names: Sequence[object]) -> str:
    texts = [str(name) if isinstance(name, Key) else repr(name) for name in names[:_SHOWN]]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    if more or len(texts) == 1:
        return ", ".join(texts) + more
    return f"{', '.join(texts[:-1])} and {texts[-1]}"
