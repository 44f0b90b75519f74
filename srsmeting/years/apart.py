"""What may not be compared, and why: for readers, in the codes of the last questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from srsmeting.crosswalk import Crosswalk
from srsmeting.crosswalk.rows import Key

#: Columns of :func:`set_apart`.
COLUMNS: Final = (
    *("earlier", "later", "level", "question", "item", "category", "by", "group", "label"),
    *("kind", "comparable", "reason"),
)

#: What the crosswalk calls a part of a question or grouping, in Dutch, with its article.
_NAMES: Final = {
    "question": "Deze vraag",
    "statement": "Deze stelling",
    "answer": "Dit antwoord",
    "sum": "Deze optelling",
    "theme": "Dit thema",
    "grouping": "Deze indeling",
    "group": "Deze groep",
}
_GONE: Final = {"new": "is nieuw.", "dropped": "is vervallen."}


def set_apart(crosswalks: Sequence[Crosswalk], onward: Sequence[Crosswalk]) -> pd.DataFrame:
    """List what may not be compared between each year and the next.

    Parameters
    ----------
    crosswalks
        Between each year and the next.
    onward
        From each year but the last to the last.

    Returns
    -------
    DataFrame
        Texts. ``earlier`` and ``later``: ids of the two measurements. ``level``: question, statement, answer, sum,
        theme, grouping or group. ``question``, ``item``, ``category``, ``by``, ``group``: its names in the last
        questionnaire, or where that does not have it, in the later of the two, or in the earlier. ``label``. ``kind``
        and ``comparable`` as the crosswalk has them, and ``reason``, in Dutch, which is never empty.
    """
    frames = [_between(crosswalk, onward[number + 1 :][:1]) for number, crosswalk in enumerate(crosswalks)]
    return pd.concat(frames, ignore_index=True)


def _between(crosswalk: Crosswalk, onward: Sequence[Crosswalk]) -> pd.DataFrame:
    names = {row.orig: row.target for after in onward for row in after.entries if row.orig and row.target}
    rows = []
    for row in crosswalk.set_apart().to_dict("records"):
        orig, target = (Key(row[f"var_name_{side}"], row[f"val_code_{side}"]) for side in ("orig", "target"))
        own = target if target.variable else orig
        variable, code = names.get(own, own) if own is target else own
        if own.code and own not in names and own is target:
            # Answers of marks, and of what follows from its question, have no rows of their own.
            variable = names.get(Key(own.variable), Key(variable)).variable
        question, _, item = variable.partition(".")
        level, kind = row["level"], row["kind"]
        is_group = level in ("grouping", "group")
        rows.append(
            (
                *(crosswalk.earlier.meting, crosswalk.later.meting, level),
                *(("", "", "", question, code) if is_group else (question, item, code, "", "")),
                *(row["label"], kind, row["comparable"]),
                row["reason"] or f"{_NAMES[level]} {_GONE.get(kind, 'is niet vergelijkbaar.')}",
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
