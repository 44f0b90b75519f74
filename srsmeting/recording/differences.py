"""What differs between the figures of a record and others, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from srsmeting.estimates import COUNTS, KEY, VALUES, compare_estimates

Kind = Literal["added", "dropped", "hidden", "shown", "reason", "marked", "number"]

#: Figures that say nothing else than before where they say something.
SUPPRESSION: Final = ("hidden", "shown", "reason")

_NUMBER: Final = ("estimate", "numerator", "denominator")


@dataclass(frozen=True)
class Difference:
    """One figure that is not the same.

    Parameters
    ----------
    key
        The seven parts of its key, joined by ``|``, as in the provenance of a report.
    kind
        ``added``, ``dropped``, ``hidden`` (suppressed now), ``shown`` (suppressed before), ``reason`` (suppressed for
        another reason), ``marked`` (the same number with another status or method) or ``number``.
    old, new
        What both say, as text.
    columns
        The columns that differ.
    """

    key: str
    kind: Kind
    old: str
    new: str
    columns: tuple[str, ...] = ()


def differences(new: pd.DataFrame, old: pd.DataFrame) -> list[Difference]:
    """Return the figures that differ between two estimate frames: those of `old` in their order, then what is new.

    Examples
    --------
    >>> from srsmeting.estimates import estimate_frame
    >>> old = estimate_frame({"meting": "m", "measure": "share", "question": "q", "category": ["ja", "nee"],
    ...                       "estimate": [0.5, 0.25], "numerator": [2, 1], "denominator": 4})
    >>> new = old.assign(estimate=[0.75, 0.25], numerator=pd.array([3, 1], dtype="Int64"))
    >>> differences(new, old)[0]
    Difference(key='m|q||ja|||share', kind='number', old='0.5 (2 of 4)', new='0.75 (3 of 4)',
               columns=('estimate', 'numerator'))
    """
    compared = compare_estimates(new, old)
    columns: dict[str, list[str]] = {}
    changes: dict[str, str] = {}
    for *parts, change, column in compared[[*KEY, "change", "column"]].itertuples(index=False):
        key = "|".join(parts)
        changes[key] = change
        columns.setdefault(key, []).append(column)
    before, after = _by_key(old, changes), _by_key(new, changes)
    order = [*before, *(key for key in after if key not in before)]
    return [_difference(key, before.get(key), after.get(key), tuple(filter(None, columns[key]))) for key in order]


def count_kinds(found: Iterable[Difference]) -> tuple[int, int, int]:
    """Return how many figures are added, dropped, and changed."""
    kinds = [difference.kind for difference in found]
    added, dropped = kinds.count("added"), kinds.count("dropped")
    return added, dropped, len(kinds) - added - dropped


def suppression_only(found: Iterable[Difference]) -> bool:
    """Say whether there are differences, and all of them are of what is hidden."""
    kinds = {difference.kind for difference in found}
    return bool(kinds) and kinds <= set(SUPPRESSION)


def tell(found: list[Difference]) -> str:
    """Say how many figures differ, and whether only in what is hidden.

    Examples
    --------
    >>> tell([Difference("a", "hidden", "0.5", "suppressed"), Difference("b", "hidden", "0.4", "suppressed")])
    'in suppression only, 2 figures are hidden'
    >>> tell([Difference("a", "added", "", "0.5"), Difference("b", "number", "0.4", "0.3")])
    '1 figure added, 0 dropped, 1 changed'
    """
    if suppression_only(found):
        words = {"hidden": "hidden", "shown": "shown", "reason": "hidden for another reason"}
        counts = [(sum(one.kind == kind for one in found), word) for kind, word in words.items()]
        return f"in suppression only, {', '.join(_are(count, word) for count, word in counts if count)}"
    added, dropped, changed = count_kinds(found)
    return f"{added} figure{'' if added == 1 else 's'} added, {dropped} dropped, {changed} changed"


def _are(count: int, word: str) -> str:
    return f"{count} {'figure is' if count == 1 else 'figures are'} {word}"


def _by_key(frame: pd.DataFrame, wanted: Mapping[str, str]) -> dict[str, dict[Any, Any]]:
    keys = ["|".join(parts) for parts in frame[[*KEY]].itertuples(index=False)]
    kept = [key in wanted for key in keys]
    return dict(zip((key for key in keys if key in wanted), frame[kept].to_dict("records"), strict=True))


def _difference(
    key: str, old: Mapping[Any, Any] | None, new: Mapping[Any, Any] | None, columns: tuple[str, ...]
) -> Difference:
    if old is None or new is None:
        kind: Kind = "added" if old is None else "dropped"
        return Difference(key, kind, _whole(old), _whole(new))
    hidden = (old["status"] == "Q", new["status"] == "Q")
    if any(hidden):
        kinds: dict[tuple[bool, bool], Kind] = {(False, True): "hidden", (True, False): "shown", (True, True): "reason"}
        return Difference(key, kinds[hidden], _whole(old), _whole(new), columns)
    numbers = [name for name in columns if name in (*VALUES, *COUNTS)]
    told = _whole if set(numbers) & set(_NUMBER) else _columns(numbers or columns)
    texts = (told(old), told(new))
    if texts[0] == texts[1]:
        # They differ in decimals that nobody prints, and that is what is to be seen.
        exact = _columns(columns, ".17g")
        texts = (exact(old), exact(new))
    return Difference(key, "number" if numbers else "marked", *texts, columns)


def _whole(row: Mapping[Any, Any] | None) -> str:
    if row is None:
        return "no such row"
    if row["status"] == "Q":
        return f"suppressed ({row['reason']})"
    number = row["reason"] or "no number" if pd.isna(row["estimate"]) else _show(row["estimate"])
    counts = " of ".join(str(row[name]) for name in COUNTS if not pd.isna(row[name]))
    if counts and pd.isna(row["numerator"]):
        counts = f"of {counts}"
    return f"{number} ({counts})" if counts else str(number)


def _columns(names: Iterable[str], digits: str = ".6g") -> Any:
    return lambda row: ", ".join(f"{name} {_show(row[name], digits)}" for name in names)


def _show(value: Any, digits: str = ".6g") -> str:
    if pd.isna(value):
        return "missing"
    return format(float(value), digits) if isinstance(value, float) else str(value) or "empty"
