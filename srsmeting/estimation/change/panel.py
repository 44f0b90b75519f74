"""The change among the organisations that answered both times, as rows of the estimate frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import unknown_name
from srsmeting.estimation.change.compared import Compared, compare_waves
from srsmeting.estimation.change.found import coded_pairs, make_keys
from srsmeting.estimation.change.inference import share_change_interval
from srsmeting.estimation.change.joint import Joint, Panel
from srsmeting.estimation.change.overlap import UNKNOWN, Overlap
from srsmeting.estimation.change.paired import MCNEMAR, mcnemar_test, paired_t_test
from srsmeting.estimation.change.rows import lay_rows
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.comparisons.shown import INDICATIVE, SUPPRESSED
from srsmeting.estimation.counting import column_codes
from srsmeting.estimation.domains import By
from srsmeting.estimation.intervals import t_interval, wilson_interval
from srsmeting.estimation.numeric import Counts, Mask, Numbers
from srsmeting.estimation.shares import KINDS as SHARES
from srsmeting.estimation.values import values_of
from srsmeting.questionnaire import Question


def panel_changes(
    earlier: Wave,
    later: Wave,
    questions: str | Iterable[str] | None = None,
    by: By = None,
    *,
    test: str = "mid_p",
    min_base: int = 0,
    normal_base: int = 0,
    overlap: Overlap | None = None,
) -> pd.DataFrame:
    """Estimate what changed among the organisations that answered both times.

    Parameters
    ----------
    earlier, later, questions, by, overlap
        As for :func:`estimate_changes`. In a breakdown an organisation counts in the group that it was in both times.
    test
        McNemar's test: ``mid_p`` or ``exact``, see :func:`mcnemar_test`.
    min_base, normal_base
        With fewer organisations that answered both times a number is suppressed (``small_base``), or marked
        (``indicative``), as in :class:`PublicationRules`.

    Returns
    -------
    pd.DataFrame
        Estimate frame; measures ``panel_change`` (with standard error and 95% interval) and ``panel_change_p``.
        ``numerator`` and ``denominator`` are both the organisations that answered the question both times. ``method``
        is ``newcombe`` and ``mcnemar_mid_p`` for shares, ``paired_t`` for means, behind the earlier measurement.

    Raises
    ------
    UnknownNameError
        For a question, breakdown or test that does not exist.
    EstimateError
        When a question or breakdown has other answers in the one measurement than in the other.

    Notes
    -----
    Organisations count equally and there is no finite population correction: who answers twice is not drawn from
    anything, and what is said holds for organisations like these. The standard error of a change of a share is that of
    the paired differences, ``sqrt((b + c - (b - c)^2 / n) / (n (n - 1)))`` with ``b`` and ``c`` who lost and won the
    answer; its interval is Newcombe's for paired shares (1998, Statistics in Medicine 17, method 10, with the
    correlation as it is seen and the quantile of t).

    Nobody who answered both times gives status O (``no_base``), one U (``one_respondent``). Where nobody changed (or
    all by as much) the status is U (``no_spread``) and p is 1 (missing). Where it is not known who answered both
    times there is nothing: status U, ``unknown_overlap``.

    Suppressed is also what would leave fewer than `min_base` organisations over that answered once only: they are what
    a group has more than those who answered both times (``complementary``). A breakdown is shown whole or not at all.
    It is suppressed when any of its groups is hidden by either measurement, or for one of these, and when there are so
    few who changed groups: they are what the total has and the groups have not.
    """
    compared = compare_waves("panel_changes()", earlier, later, questions, by, overlap=overlap)
    if test not in MCNEMAR:
        raise unknown_name("panel_changes()", "test", str(test), MCNEMAR)
    joint = Joint(compared.overlap, *compared.crossings)
    parts: list[dict[str, Any]] = []
    tables = {
        question.id: coded_pairs(compared, question) for question in compared.questions if question.kind in SHARES
    }
    counted = [joint.panel(pairs) for some in tables.values() for pairs in some]
    shares = iter(_each(counted, test))
    for question in compared.questions:
        if question.id in tables:
            for item, pairs in zip(_items(question), tables[question.id], strict=True):
                categories = ("answered",) if question.kind == "open" else column_codes(question)
                rows = next(shares)
                given = pairs[0][0].codes >= 0, pairs[0][1].codes >= 0
                parts += _columns(compared, question, item, categories, rows, given, (min_base, normal_base))
        if question.kind in ("mark", "number"):
            values = [
                values_of(wave.responses, own)
                for wave, own in zip(compared.waves, compared.asked(question), strict=True)
            ]
            difference, group = joint.differences((values[0], values[1]))
            rows = _means(difference, group, len(compared.groups))
            given = np.isfinite(values[0]), np.isfinite(values[1])
            parts += _columns(compared, question, "", ("",), rows, given, (min_base, normal_base))
    return lay_rows(compared, parts)


def _items(question: Question) -> tuple[str, ...]:
    return tuple(item.id for item in question.items) if question.kind == "statements" else ("",)


def paired_interval(panel: Panel, df: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Return intervals of the change of shares of a panel: Newcombe's for paired shares."""
    n = np.broadcast_to(panel.base[:, np.newaxis].astype(np.float64), panel.won.shape)
    rows = [panel.both + panel.lost, panel.both + panel.won]
    shares = [np.divide(row, n, out=np.full(n.shape, np.nan), where=n > 0) for row in rows]
    ends = [wilson_interval(share, n, df) for share in shares]
    neither = n - panel.both - panel.lost - panel.won
    size = np.sqrt(rows[0] * rows[1] * (n - rows[0]) * (n - rows[1]))
    together = panel.both * neither - panel.lost * panel.won
    correlation = np.divide(together, size, out=np.zeros(n.shape), where=size > 0)
    return share_change_interval(shares[0], ends[0], shares[1], ends[1], correlation)


def _each(panels: list[Panel], test: str) -> list[dict[str, Any]]:
    """Return the statistics of shares of each table, made of all of them at once."""
    if not panels:
        return []
    sizes = [panel.won.size for panel in panels]
    columns = [
        np.concatenate([getattr(panel, name).ravel() for panel in panels])[:, np.newaxis]
        for name in ("both", "lost", "won")
    ]
    base = np.concatenate([np.repeat(panel.base, panel.won.shape[1]) for panel in panels])
    names = {"names": ("newcombe", f"mcnemar_{test}")}
    found = _shares(Panel(base, *columns), test)
    split = {name: np.split(values, np.cumsum(sizes)[:-1]) for name, values in found.items()}
    return [{name: values[number] for name, values in split.items()} | names for number in range(len(panels))]


def _shares(panel: Panel, test: str) -> dict[str, np.ndarray]:
    n = np.broadcast_to(panel.base[:, np.newaxis].astype(np.float64), panel.won.shape)
    some, several = n > 0, n > 1
    change = np.divide(panel.won - panel.lost, n, out=np.full(n.shape, np.nan), where=some)
    moved = panel.won + panel.lost
    squares = np.maximum(moved - np.where(some, change, 0.0) ** 2 * n, 0.0)
    low, high = paired_interval(panel, n - 1)
    wide = several & (high > low)
    return {
        "change": change.ravel(),
        "se": np.sqrt(np.divide(squares, n * (n - 1), out=np.full(n.shape, np.nan), where=several)).ravel(),
        "low": np.where(wide, low, np.nan).ravel(),
        "high": np.where(wide, high, np.nan).ravel(),
        "p": np.where(several, mcnemar_test(panel.lost, panel.won, test), np.nan).ravel(),
        "base": np.repeat(panel.base, panel.won.shape[1]),
        "same": (moved == 0).ravel(),
    }


def _means(difference: Numbers, group: Any, groups: int) -> dict[str, Any]:
    tests = [paired_t_test(difference[group == number]) for number in range(1, groups + 1)]
    mean, se, p = (np.array(values, dtype=np.float64) for values in zip(*tests, strict=True))
    base = np.bincount(group[np.isfinite(difference)], minlength=groups + 1)[1:].astype(np.int64)
    low, high = t_interval(mean, se, np.maximum(base - 1, 0))
    same = se == 0
    return {"change": mean, "se": se, "low": low, "high": high, "p": p, "base": base, "same": same} | {
        "names": ("paired_t", "paired_t")
    }


def _columns(
    compared: Compared,
    question: Question,
    item: str,
    categories: tuple[str, ...],
    rows: dict[str, Any],
    given: tuple[Mask, Mask],
    bases: tuple[int, int],
) -> list[dict[str, Any]]:
    keys = make_keys(compared, [(question.id, item, categories)])
    base: Counts = rows["base"]
    hidden, why = _hidden(compared, keys.hidden, base, len(categories), given, bases[0])
    unknown = not compared.overlap.known
    status, reason = np.full(len(base), "A", dtype=object), np.full(len(base), "", dtype=object)
    for where, code, told in (
        (np.full(len(base), unknown), "U", UNKNOWN),
        (base == 0, "O", "no_base"),
        (base == 1, "U", "one_respondent"),
        (rows["same"], "U", "no_spread"),
        (keys.marked | (base < bases[1]), "U", INDICATIVE),
    ):
        chosen = where & (status == "A")
        status[chosen], reason[chosen] = code, told
    common = {
        "question": keys.question,
        "item": keys.item,
        "category": keys.category,
        "group": keys.group,
        "status": status,
        "reason": reason,
        "numerator": base,
        "denominator": base,
    }
    nothing = np.full(len(base), unknown)
    change = {"measure": "panel_change", "estimate": np.where(nothing, np.nan, rows["change"]), "se": rows["se"]}
    change |= {"ci_low": rows["low"], "ci_high": rows["high"], "method": rows["names"][0]}
    p = {"measure": "panel_change_p", "estimate": np.where(nothing, np.nan, rows["p"]), "method": rows["names"][1]}
    empty = np.full(len(base), np.nan)
    p |= {"se": empty, "ci_low": empty, "ci_high": empty}
    return [common | {"hidden": hidden, "why": why} | one for one in (change, p)]


def _hidden(
    compared: Compared, hidden: Mask, base: Counts, width: int, given: tuple[Mask, Mask], min_base: int
) -> tuple[Mask, np.ndarray]:
    """Return which rows are suppressed, and why: of a breakdown all, when one of them has to be."""
    small = (base > 0) & (base < min_base)
    why = np.where(small, "small_base", SUPPRESSED).astype(object)
    told = np.zeros(len(base), dtype=np.bool_)
    for domains, answered in zip(compared.domains, given, strict=True):
        once = np.repeat(domains.count(answered), width) - base
        told |= (base > 0) & (once > 0) & (once < min_base)
    if not compared.by:
        return hidden | small | told, why
    first, second = given
    everyone = np.count_nonzero(first[compared.overlap.first] & second[compared.overlap.second])
    moved = everyone - int(base[::width].sum())
    whole = bool(((hidden | small | told) & (base > 0)).any()) or 0 < moved < min_base
    return np.full(len(base), whole) | hidden, why
