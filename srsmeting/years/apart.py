"""What may not be compared, and why: for readers, in the codes of the last questionnaire."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from srsmeting.crosswalk import Crosswalk
from srsmeting.crosswalk.rows import Key
from srsmeting.meting import Meting
from srsmeting.questionnaire import Questionnaire

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
    "coverage": "Deze branche",
}
_GONE: Final = {"new": "is nieuw.", "dropped": "is vervallen."}


#: Why the coverage of a branche may not be compared, by the reason that its change has.
_COVERAGE: Final = {
    "trend_break": (
        "break",
        "Op het ene moment telden hier werknemers van een andere branche mee, op het andere niet.",
    ),
    "included_elsewhere": ("no", "Op een van beide momenten zijn deze werknemers bij een andere branche geteld."),
}


def set_apart(
    metings: Sequence[Meting], crosswalks: Sequence[Crosswalk], onward: Sequence[Crosswalk], figures: pd.DataFrame
) -> pd.DataFrame:
    """List what may not be compared between each year and the next.

    Parameters
    ----------
    metings
        The measurements, the earliest first.
    crosswalks
        Between each year and the next.
    onward
        From each year but the last to the last.
    figures
        Estimate frame of the last year.

    Returns
    -------
    DataFrame
        Texts. ``earlier`` and ``later``: ids of the two measurements. ``level``: question, statement, answer, sum,
        theme, grouping or group; ``coverage`` for a branche of the coverage, of which ``earlier`` and ``later`` can
        also be moments; ``measurement`` for one of others, which ``earlier`` then names. ``question``, ``item``,
        ``category``, ``by``, ``group``: its names in the last questionnaire, or where that does not have it, in the
        later of the two, or in the earlier. ``label``. ``kind`` and ``comparable`` as the crosswalk has them, and
        ``reason``, in Dutch, which is never empty.
    """
    rows = list(_of_others(metings))
    for number, crosswalk in enumerate(crosswalks):
        rows += [*_between(crosswalk, onward[number + 1 :][:1]), *_branches(crosswalk)]
    rows += _moments(figures, metings[-1].questionnaire)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _of_others(metings: Sequence[Meting]) -> Iterator[tuple[str, ...]]:
    """Yield the measurements of others that these may not be compared with."""
    for meting in metings:
        for other in meting.config.not_comparable:
            names = (other.title, meting.config.meting, "measurement", *[""] * 5, other.title)
            yield (*names, "other_measurement", "no", other.reason)


def _branches(crosswalk: Crosswalk) -> Iterator[tuple[str, ...]]:
    """Yield the branches of the coverage that are not the same in both years."""
    for side, kind in ((crosswalk.earlier, "dropped"), (crosswalk.later, "new")):
        for branch in side.coverage_branches:
            if branch.code not in crosswalk.coverage_branches:
                names = (crosswalk.earlier.meting, crosswalk.later.meting, "coverage", *[""] * 3, "branche")
                yield (*names, branch.code, branch.label, kind, "no", f"{_NAMES['coverage']} {_GONE[kind]}")


def _moments(figures: pd.DataFrame, questionnaire: Questionnaire) -> Iterator[tuple[str, ...]]:
    """Yield the branches of which the coverage changed what it counts between two moments."""
    moments = list(dict.fromkeys(figures.loc[figures["measure"] == "coverage", "item"]))
    labels = {branch.code: branch.label for branch in questionnaire.coverage_branches}
    for row in figures[figures["measure"] == "coverage_change"].to_dict("records"):
        if row["reason"] in _COVERAGE and row["group"]:
            comparable, reason = _COVERAGE[row["reason"]]
            names = (moments[moments.index(row["item"]) - 1], row["item"], "coverage", *[""] * 3, row["by"])
            yield (*names, row["group"], labels.get(row["group"], ""), "base_changed", comparable, reason)


def _between(crosswalk: Crosswalk, onward: Sequence[Crosswalk]) -> Iterator[tuple[str, ...]]:
    """Yield what the crosswalk between two years sets apart, by its names in the last."""
    names = {row.orig: row.target for after in onward for row in after.entries if row.orig and row.target}
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
        yield (
            *(crosswalk.earlier.meting, crosswalk.later.meting, level),
            *(("", "", "", question, code) if is_group else (question, item, code, "", "")),
            *(_label(crosswalk, row), kind, row["comparable"]),
            row["reason"] or f"{_NAMES[level]} {_GONE.get(kind, 'is niet vergelijkbaar.')}",
        )


def _label(crosswalk: Crosswalk, row: Mapping[Hashable, str]) -> str:
    """Return what a reader knows it by: of a question that is no longer there its title, and no question mark."""
    if row["level"] == "question" and not row["var_name_target"]:
        return crosswalk.earlier.question(row["var_name_orig"]).title
    return row["label"]
