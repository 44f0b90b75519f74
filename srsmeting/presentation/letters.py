"""Column letters: which columns of a table differ, after the habit of table books."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srsmeting.errors import EstimateError
from srsmeting.estimates import LESS

_TABLE = ["meting", "question", "item", "by"]


def column_letters(frame: pd.DataFrame, alpha: float = 0.05) -> pd.DataFrame:
    """Return for every cell of a breakdown the letters of the columns that it exceeds.

    Parameters
    ----------
    frame
        Estimate frame with the shares or means of a breakdown and the rows of :func:`compare_groups`.
    alpha
        A difference counts when its corrected p-value is below this.

    Returns
    -------
    pd.DataFrame
        A row per share or mean of every table that was compared: ``meting, question, item, category, by, group``;
        ``column``, the letter of the group itself (A, B, ... Z, AA, in the order of the groups, also of those that are
        suppressed, so that a group has the same letter all through a breakdown); ``letters``, those of the groups that
        it is higher than, in order and with a space between them; and ``shaky``, whether one of these differences has
        status U.

    Raises
    ------
    EstimateError
        When the frame has no comparisons, or alpha is not between 0 and 1.

    Notes
    -----
    A letter stands with the higher of two, so that each difference is shown once. A suppressed column has a letter and
    never appears among those of others.

    Examples
    --------
    >>> from srsmeting.estimates import estimate_frame
    >>> key = {"meting": "m-1", "question": "lid", "category": "ja", "by": "wgo"}
    >>> shares = estimate_frame(key | {"group": ["noord", "zuid"], "measure": "share", "estimate": [0.75, 0.5]})
    >>> pair = estimate_frame(key | {"group": "noord-zuid", "measure": ["difference", "difference_p"],
    ...                              "estimate": [0.25, 0.008]})
    >>> column_letters(pd.concat([shares, pair]))[["group", "column", "letters"]]
       group column letters
    0  noord      A       B
    1   zuid      B
    """
    if not 0 < alpha < 1:
        raise EstimateError(f"column_letters(): alpha is {alpha}. Give a chance between 0 and 1, such as 0.05.")
    compared = frame[frame["measure"] == "difference_p"]
    if compared.empty:
        raise EstimateError("column_letters(): the frame has no comparisons. Bind compare_groups() to it first.")
    cells = frame[frame["measure"].isin(["share", "mean"]) & (frame["by"] != "")]
    tables = pd.MultiIndex.from_frame(compared[_TABLE]).unique()
    cells = cells[pd.MultiIndex.from_frame(cells[_TABLE]).isin(tables)]
    order = {by: _letters(groups.unique()) for by, groups in cells.groupby("by", sort=False)["group"]}
    exceeded = _exceeded(frame, alpha)
    rows = []
    for *table, category, group in zip(*(cells[name] for name in [*_TABLE, "category", "group"]), strict=True):
        letters = order[table[3]]
        found = exceeded.get((*table, category, group), [])
        # A group that the tables do not have cannot be pointed at.
        lower = sorted((place for place, name in enumerate(letters) if name in {other for other, _ in found}))
        names = list(letters.values())
        shown = " ".join(names[place] for place in lower)
        meting, question, item, by = table
        rows.append(
            (meting, question, item, category, by, group, letters[group], shown, any(unsure for _, unsure in found))
        )
    columns = [*_TABLE[:3], "category", "by", "group", "column", "letters", "shaky"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[:-1], "str") | {"shaky": "bool"})


def _exceeded(frame: pd.DataFrame, alpha: float) -> dict[tuple[str, ...], list[tuple[str, bool]]]:
    """Return per cell the groups that it is higher than, and whether that is shaky."""
    key = [*_TABLE, "category", "group"]
    pairs = frame[frame["by"] != ""]
    p = pairs.loc[pairs["measure"] == "difference_p", [*key, "estimate", "status"]]
    both = p.merge(pairs.loc[pairs["measure"] == "difference", [*key, "estimate"]], on=key, suffixes=("", "_of"))
    both = both[(both["estimate"] < alpha) & (both["estimate_of"] != 0)]
    found: dict[tuple[str, ...], list[tuple[str, bool]]] = {}
    names = zip(*(both[name] for name in [*_TABLE, "category"]), strict=True)
    for table, group, difference, status in zip(
        names, both["group"], np.asarray(both["estimate_of"]), both["status"], strict=True
    ):
        first, second = group.split(LESS)
        higher, lower = (first, second) if difference > 0 else (second, first)
        found.setdefault((*table, higher), []).append((lower, status != "A"))
    return found


def _letters(groups: np.ndarray) -> dict[str, str]:
    """Return a letter per group: A to Z, then AA, AB and on."""
    letters = {}
    for place, group in enumerate(groups):
        name, rest = "", place + 1
        while rest:
            rest, last = divmod(rest - 1, 26)
            name = chr(ord("A") + last) + name
        letters[str(group)] = name
    return letters
