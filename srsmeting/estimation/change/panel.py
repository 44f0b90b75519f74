"""The change among the organisations that answered both times, as rows of the estimate frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import unknown_name
from srsmeting.estimates import bind_estimates
from srsmeting.estimation.change.compared import Compared, Keys, compare_waves, make_keys
from srsmeting.estimation.change.inference import NO_WIDTH, share_change_interval
from srsmeting.estimation.change.layout import Layout
from srsmeting.estimation.change.overlap import UNKNOWN, Overlap
from srsmeting.estimation.change.paired import MCNEMAR, mcnemar_test, paired_t_test
from srsmeting.estimation.change.rows import lay_rows
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.comparisons.shown import INDICATIVE, SUPPRESSED
from srsmeting.estimation.domains import By
from srsmeting.estimation.intervals import t_interval, wilson_interval
from srsmeting.estimation.numeric import Counts, Mask, Numbers
from srsmeting.estimation.values import values_of


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
    return lay_panels([compared], test=test, min_base=min_base, normal_base=normal_base)


def lay_panels(
    tables: Sequence[Compared], *, test: str = "mid_p", min_base: int = 0, normal_base: int = 0
) -> pd.DataFrame:
    """Return the rows of :func:`panel_changes` of two measurements by several breakdowns.

    Parameters
    ----------
    tables
        The measurements, held against each other by each breakdown.
    test, min_base, normal_base
        As there.
    """
    if test not in MCNEMAR:
        raise unknown_name("panel_changes()", "test", str(test), MCNEMAR)
    parts = [part for compared in tables for part in (*_shares(compared, min_base), *_means(compared, min_base))]
    if not parts:
        return bind_estimates()
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    of_mean = rows["of_mean"]
    for name, values in _of_shares(rows, test).items():
        rows[name] = np.where(of_mean, rows[name], values)
    names = [np.where(of_mean, "paired_t", name).astype(object) for name in ("newcombe", f"mcnemar_{test}")]
    return lay_rows(tables[0], _measures(tables[0], rows, names, normal_base))


def paired_interval(
    base: npt.ArrayLike, both: npt.ArrayLike, lost: npt.ArrayLike, won: npt.ArrayLike, df: npt.ArrayLike
) -> tuple[Numbers, Numbers]:
    """Return intervals of the change of shares of a panel: Newcombe's for paired shares.

    Parameters
    ----------
    base, both, lost, won
        How many answered both times; gave the answer both times, only the first and only the second time.
    df
        Degrees of freedom.
    """
    n, stayed, b, c = np.broadcast_arrays(*(np.asarray(given, dtype=np.float64) for given in (base, both, lost, won)))
    rows = [stayed + b, stayed + c]
    shares = [np.divide(row, n, out=np.full(n.shape, np.nan), where=n > 0) for row in rows]
    ends = [wilson_interval(share, n, df) for share in shares]
    neither = n - stayed - b - c
    size = np.sqrt(rows[0] * rows[1] * (n - rows[0]) * (n - rows[1]))
    together = stayed * neither - b * c
    correlation = np.divide(together, size, out=np.zeros(n.shape), where=size > 0)
    return share_change_interval(shares[0], ends[0], shares[1], ends[1], correlation)


def _of_shares(rows: Mapping[str, np.ndarray], test: str) -> dict[str, np.ndarray]:
    base, both, lost, won = (rows[name] for name in ("base", "both", "lost", "won"))
    n = base.astype(np.float64)
    several, moved = n > 1, won + lost
    change = np.divide(won - lost, n, out=np.full(n.shape, np.nan), where=n > 0)
    squares = np.maximum(moved - np.where(n > 0, change, 0.0) ** 2 * n, 0.0)
    low, high = paired_interval(base, both, lost, won, n - 1)
    # Where nobody changed, what is left of the roots of rounding errors is no interval.
    wide = several & (high - low > NO_WIDTH)
    return {
        "change": change,
        "se": np.sqrt(np.divide(squares, n * (n - 1), out=np.full(n.shape, np.nan), where=several)),
        "low": np.where(wide, low, np.nan),
        "high": np.where(wide, high, np.nan),
        "p": np.where(several, mcnemar_test(lost, won, test), np.nan),
        "same": moved == 0,
    }


def _shares(compared: Compared, min_base: int) -> Iterator[dict[str, Any]]:
    """Yield who gave which answer, a number per row; the statistics are made of all rows at once."""
    if not compared.shared:
        return
    layout, panel = compared.layout, compared.joint.panel
    keys = compared.keys
    asked = [counted.base for counted in compared.counted]
    hidden, small = _hidden(compared, layout, panel.base, panel.asked_twice, asked, keys.hidden, min_base)
    counts = {name: layout.rows(getattr(panel, name)) for name in ("base", "both", "lost", "won")}
    nothing, never = np.full(len(hidden), np.nan), np.zeros(len(hidden), dtype=np.bool_)
    empty = dict.fromkeys(("change", "se", "low", "high", "p"), nothing) | {"same": never, "of_mean": never}
    yield _keyed(keys) | counts | empty | {"hidden": hidden, "small": small}


def _means(compared: Compared, min_base: int) -> Iterator[dict[str, Any]]:
    """Yield the statistics of each mean."""
    for question in compared.questions:
        if question.kind not in ("mark", "number"):
            continue
        values = [
            values_of(wave.responses, own) for wave, own in zip(compared.waves, compared.asked(question), strict=True)
        ]
        difference, group = compared.joint.differences((values[0], values[1]))
        groups = len(compared.groups)
        tests = [paired_t_test(difference[group == number]) for number in range(1, groups + 1)]
        mean, se, p = (np.array(column, dtype=np.float64) for column in zip(*tests, strict=True))
        given = np.isfinite(difference)
        base = np.bincount(group[given], minlength=groups + 1)[1:].astype(np.int64)
        low, high = t_interval(mean, se, np.maximum(base - 1, 0))
        layout = Layout(compared.groups, [(question.id, "", ("",))])
        keys = make_keys(compared, layout)
        asked = [
            domains.count(np.isfinite(each))[:, np.newaxis]
            for domains, each in zip(compared.domains, values, strict=True)
        ]
        twice = np.array([np.count_nonzero(given)])
        hidden, small = _hidden(compared, layout, base[:, np.newaxis], twice, asked, keys.hidden, min_base)
        nobody = dict.fromkeys(("both", "lost", "won"), np.zeros(groups, dtype=np.int64))
        yield (
            _keyed(keys)
            | {"base": base}
            | nobody
            | {"change": mean, "se": se, "low": low, "high": high, "p": p, "same": se == 0}
            | {"of_mean": np.ones(groups, dtype=np.bool_), "hidden": hidden, "small": small}
        )


def _keyed(keys: Keys) -> dict[str, Any]:
    names = ("question", "item", "category", "by", "group", "marked")
    return {name: getattr(keys, name) for name in names}


def _measures(
    compared: Compared, rows: dict[str, np.ndarray], names: Sequence[np.ndarray], normal_base: int
) -> list[dict[str, Any]]:
    """Return the change and its p-value, with what is said of them."""
    base, unknown = rows["base"], not compared.overlap.known
    size = len(base)
    status, reason = np.full(size, "A", dtype=object), np.full(size, "", dtype=object)
    for where, code, told in (
        (np.full(size, unknown), "U", UNKNOWN),
        (base == 0, "O", "no_base"),
        (base == 1, "U", "one_respondent"),
        (rows["same"], "U", "no_spread"),
        (rows["marked"] | (base < normal_base), "U", INDICATIVE),
    ):
        chosen = where & (status == "A")
        status[chosen], reason[chosen] = code, told
    common = {name: rows[name] for name in ("question", "item", "category", "by", "group")}
    common |= {"status": status, "reason": reason, "numerator": base, "denominator": base}
    common |= {"hidden": rows["hidden"], "why": np.where(rows["small"], "small_base", SUPPRESSED).astype(object)}
    change, p = (np.full(size, np.nan) if unknown else rows[name] for name in ("change", "p"))
    empty = np.full(size, np.nan)
    return [
        common
        | {"measure": "panel_change", "estimate": change, "se": rows["se"], "method": names[0]}
        | {"ci_low": rows["low"], "ci_high": rows["high"]},
        common
        | {"measure": "panel_change_p", "estimate": p, "se": empty, "method": names[1]}
        | {"ci_low": empty, "ci_high": empty},
    ]


def _hidden(
    compared: Compared,
    layout: Layout,
    base: Counts,
    twice: Counts,
    asked: Sequence[Counts],
    hidden: Mask,
    min_base: int,
) -> tuple[Mask, Mask]:
    """Return which rows are suppressed, and which for their own base: of a breakdown all, when one of them has to be.

    Parameters
    ----------
    base, twice
        As :class:`Panel` has them.
    asked
        Per measurement who answered, shape (groups, columns).
    """
    small = (base > 0) & (base < min_base)
    told = small
    for answered in asked:
        once = answered - base
        told = told | ((base > 0) & (once > 0) & (once < min_base))
    if not compared.by:
        return hidden | layout.rows(told), layout.rows(small)
    moved = twice - base.sum(axis=0)
    whole = ((layout.columns(hidden) | told) & (base > 0)).any(axis=0) | ((moved > 0) & (moved < min_base))
    return hidden | layout.rows(np.broadcast_to(whole, base.shape)), layout.rows(small)
