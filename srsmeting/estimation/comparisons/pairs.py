"""Differences between the shares of every pair of groups, all answers of a table at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from srsmeting.estimation.comparisons.multiplicity import adjust_p
from srsmeting.estimation.counting import Table, all_sums
from srsmeting.estimation.design import Design
from srsmeting.estimation.flags import flag_bases
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Counts, Mask, Numbers, Positions
from srsmeting.estimation.sums import contrast, total_variance

#: Fewest respondents that may be expected to give an answer, and not to give it, for the t distribution to hold.
_EXPECTED = 5


@dataclass(frozen=True, eq=False)
class Differences:
    """First group less second, shape (pairs, categories).

    Parameters
    ----------
    first, second
        Positions of the groups.
    estimate, se, low, high
        Differences in fractions, their standard errors and 95% intervals.
    p
        P-values, corrected per category for the number of pairs.
    flags, p_flags
        Columns ``method``, ``status``, ``reason``, flat, of the difference and of its p-value.
    """

    first: Positions
    second: Positions
    estimate: Numbers
    se: Numbers
    low: Numbers
    high: Numbers
    p: Numbers
    flags: dict[str, np.ndarray]
    p_flags: dict[str, np.ndarray]


def share_differences(table: Table, compared: Mask, design: Design, correction: str) -> Differences:
    """Return the differences between all pairs of the groups of a table.

    Parameters
    ----------
    table
        Counts and sums of all groups.
    compared
        Which groups are compared; the others have no difference and do not count in the correction.
    design
        The design of the whole.
    correction
        How p-values are corrected.

    Notes
    -----
    ``d`` has the linearised variance of the difference of both influences, so that what strata, margins and the
    finite population do to both is in it; ``t = d / se`` has the degrees of freedom of both groups together. A group in
    which everyone or nobody gave the answer shows no spread: the share of both groups together then stands in for its
    own, with the effective base that the design gives it, and the status is U (``no_spread``). Fewer than 5 expected
    with or without the answer in either group: status U (``few_expected``).
    """
    sums = all_sums(table, design)
    shown, held = sums.columns(slice(-1)), sums.columns(slice(-1, None))
    first, second = (places.astype(np.intp) for places in np.triu_indices(len(table.base), 1))
    shape = (len(first), len(table.categories))
    base = np.broadcast_to(table.base[:, np.newaxis], table.counts.shape)
    share = np.divide(shown.weight, held.weight, out=np.zeros(base.shape), where=base > 0)
    # Counts know exactly where it is 0 or 1; sums of weights can miss it by a rounding error.
    share = np.where(table.counts == base, 1.0, np.where(table.counts == 0, 0.0, np.clip(share, 0, 1)))
    weight = np.broadcast_to(held.weight, base.shape)
    inverse = np.divide(1.0, weight, out=np.zeros(base.shape), where=base > 0)
    deviations = shown.minus(share, held)
    together = contrast(deviations.groups(first), inverse[first], deviations.groups(second), inverse[second])
    square = np.broadcast_to(held.square, base.shape)
    variance = total_variance(together, design)
    pooled = np.divide(
        weight[first] * share[first] + weight[second] * share[second],
        weight[first] + weight[second],
        out=np.zeros(shape),
        where=(base[first] + base[second]) > 0,
    )
    flat = [(share[side] == 0) | (share[side] == 1) for side in (first, second)]
    for side, still in zip((first, second), flat, strict=True):
        # W^2 / sum k w^2 is the effective base that the design gives the group for any share.
        variance = variance + np.where(still, pooled * (1 - pooled) * square[side] * inverse[side] ** 2, 0.0)
    least = np.minimum(base[first], base[second])
    usable = (compared[first] & compared[second])[:, np.newaxis] & (least > 0)
    df = _df(table, held.strata, first, second, design)
    exact = (square[first] == 0) & (square[second] == 0) & usable
    known = usable & (variance == 0) & ~(flat[0] & flat[1]) & ~exact
    alike = usable & flat[0] & flat[1] & (pooled * (1 - pooled) == 0) & ~exact
    open_ = usable & (least > 1) & (df >= 1)
    estimate = np.where(usable, share[first] - share[second], np.nan)
    se = np.where((open_ & ~alike) | exact | known, np.sqrt(variance), np.nan)
    low, high = t_interval(estimate, np.where(open_ & ~exact & ~known, se, np.nan), df)
    with np.errstate(invalid="ignore", divide="ignore"):
        raw = 2 * stdtr(np.maximum(df, 1), -np.abs(estimate / se))
    raw = np.where(alike & open_, 1.0, np.where(open_ & ~exact & ~known, raw, np.nan))
    weighted = "_weighted" if design.is_weighted else ""
    lonely = _lonely(held.strata, first, second, design, shape)
    flags = flag_bases(
        least.ravel(), df.ravel(), f"t{weighted}", exact=exact.ravel(), known=known.ravel(), lonely=lonely.ravel()
    )
    normal = flags["status"] == "A"
    few = np.minimum(pooled, 1 - pooled) * least < _EXPECTED
    _overrule(flags, (normal & ~(exact | known).ravel() & few.ravel()), "U", "few_expected")
    _overrule(flags, (normal & ~(exact | known).ravel() & (flat[0] | flat[1]).ravel()), "U", "no_spread")
    p_flags = {name: column.copy() for name, column in flags.items()}
    name = f"t{weighted}" if correction == "none" else f"t{weighted}_{correction}"
    p_flags["method"] = np.where(flags["method"] == "", "", name)
    for where, reason in ((exact, "census"), (known, "margin")):
        settled = where.ravel() & (flags["status"] == "A")
        _overrule(p_flags, settled, "M", reason)
        p_flags["method"][settled] = ""
    return Differences(
        first,
        second,
        estimate,
        se,
        np.maximum(low, -1),
        np.minimum(high, 1),
        adjust_p(raw, correction),
        flags,
        p_flags,
    )


def _df(table: Table, strata: Numbers | None, first: Positions, second: Positions, design: Design) -> Numbers:
    both: Counts = (table.base[first] + table.base[second])[:, np.newaxis]
    if strata is None:
        df = design.domain_df(both)
    else:
        df = design.domain_df(both, np.count_nonzero((strata[:, first] > 0) | (strata[:, second] > 0), axis=0))
    return np.broadcast_to(df, (len(first), len(table.categories)))


def _lonely(
    strata: Numbers | None, first: Positions, second: Positions, design: Design, shape: tuple[int, int]
) -> np.ndarray:
    if strata is None:
        return np.zeros(shape, dtype=np.bool_)
    alone = strata[design.strata.lonely]
    return np.broadcast_to(np.any((alone[:, first] > 0) | (alone[:, second] > 0), axis=0), shape)


def _overrule(flags: dict[str, np.ndarray], where: np.ndarray, status: str, reason: str) -> None:
    flags["status"] = np.where(where, status, flags["status"])
    flags["reason"] = np.where(where, reason, flags["reason"])
