"""Names of earlier years that a questionnaire does not have any more, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srsmeting.crosswalk.model import Crosswalk
from srsmeting.crosswalk.rows import Key
from srsmeting.crosswalk.subjects import subjects_of


@dataclass(frozen=True)
class Gone:
    """A name that the last questionnaire does not have.

    Parameters
    ----------
    level
        What it was: question, statement, answer, sum, theme, grouping or group.
    name
        Its id or code.
    of
        The question or grouping that it was part of, by its name in the last questionnaire; empty where it is one.
    last, since
        Ids of the last measurement that had it, and of the first that does not.
    became
        What it is called now; several where it was split, none where it was dropped.
    merged
        Whether what it is called now was more than this.
    """

    level: str
    name: str
    of: str
    last: str
    since: str
    became: tuple[str, ...]
    merged: bool = False


def gone_names(onward: Sequence[Crosswalk]) -> tuple[Gone, ...]:
    """Return the names of earlier questionnaires that the last one does not have.

    Parameters
    ----------
    onward
        From each earlier year to the last, the earliest first.

    Returns
    -------
    tuple
        What was there last first, each name once. Parts of a question or grouping that is gone itself are not listed.
    """
    found: dict[tuple[str, str, str], Gone] = {}
    since = onward[-1].later.meting if onward else ""
    for crosswalk in reversed(onward):
        for gone in _between(crosswalk, since):
            found.setdefault((gone.level, gone.of, gone.name), gone)
        since = crosswalk.earlier.meting
    return tuple(found.values())


def _between(crosswalk: Crosswalk, since: str) -> Iterator[Gone]:
    now = subjects_of(crosswalk.later)
    targets: dict[Key, list[Key]] = {}
    origins: dict[Key, set[Key]] = {}
    for row in crosswalk.entries:
        if row.orig is None:
            continue
        targets.setdefault(row.orig, [])
        if row.target is not None:
            targets[row.orig].append(row.target)
            origins.setdefault(row.target, set()).add(row.orig)
    for key, subject in subjects_of(crosswalk.earlier).items():
        whole = [Key(subject.parent)] if Key(subject.parent) in now and key not in targets else []
        parents = targets.get(Key(subject.parent), whole)
        if subject.is_part and not parents:
            continue
        of = parents[0].variable if subject.is_part else ""
        is_statement = subject.level == "statement"
        there = Key(f"{of}.{key.variable.partition('.')[2]}") if is_statement else Key(of or key.variable, key.code)
        if there in now or key not in targets:
            continue
        became = tuple(dict.fromkeys(_name(target) for target in targets[key]))
        merged = any(len(origins[target]) > 1 for target in targets[key])
        yield Gone(subject.level, _name(key), of, crosswalk.earlier.meting, since, became, merged)


def _name(key: Key) -> str:
    return key.code or key.variable.rpartition(".")[2]
