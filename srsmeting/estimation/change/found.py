"""Levels of two measurements beside each other, a number per row: what every row about a change is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from srsmeting.estimation.change.compared import Compared, Counted, Keys, make_keys
from srsmeting.estimation.change.crossed import Level
from srsmeting.estimation.change.layout import Layout
from srsmeting.estimation.design import Design
from srsmeting.estimation.intervals import effective_base, wilson_interval
from srsmeting.estimation.means import find_means
from srsmeting.estimation.numeric import Counts, Mask, Numbers
from srsmeting.estimation.shares import find_shares
from srsmeting.estimation.sums import Sums, join_sums
from srsmeting.estimation.values import values_of

#: A standard error this small beside its mean is the rounding error of adding up equal values.
_NOTHING = 1e-12
#: Fewest respondents that may be expected to give an answer, and not to give it, for the t distribution to hold.
_EXPECTED = 5


@dataclass(frozen=True, eq=False)
class Side:
    """Levels of one measurement.

    Parameters
    ----------
    level, variance, base, df
        Share or mean, its variance, respondents, degrees of freedom.
    low, high
        Ends of its interval, for a share.
    exact, known, lonely, flat
        Where everyone was observed, where margins settle it, where someone is alone in a stratum, and where all say the
        same.
    """

    level: Numbers
    variance: Numbers
    base: Counts
    df: Numbers
    low: Numbers
    high: Numbers
    exact: Mask
    known: Mask
    lonely: Mask
    flat: Mask


@dataclass(frozen=True, eq=False)
class Found:
    """Levels, covariance and panel of many tables, laid under each other.

    Parameters
    ----------
    keys
        What each row is about.
    sides
        The earlier and the later measurement.
    covariance
        Of both estimates, by those who answered both times.
    panel
        How many of these are in both bases.
    few
        Where too few may be expected with or without the answer.
    """

    keys: Keys
    sides: tuple[Side, Side]
    covariance: Numbers
    panel: Counts
    few: Mask


Columns = TypeVar("Columns", Side, Keys)


def find_share_changes(compared: Compared) -> Found | None:
    """Return the shares of all questions that have any; None when there are none."""
    layout = compared.layout
    if not layout.tables:
        return None
    counted = compared.counted
    sides = [_shares(some, layout, design) for some, design in zip(counted, compared.designs, strict=True)]
    covariance, panel = np.zeros(len(layout.order)), np.zeros(len(layout.order), dtype=np.int64)
    if compared.seen:
        levels = [
            _level(some, layout, side.side, design)
            for some, side, design in zip(counted, sides, compared.designs, strict=True)
        ]
        covariance = layout.rows(compared.joint.shares((levels[0], levels[1])))
        panel = layout.rows(compared.joint.panel.base)
    one, two, few = _pooled(sides[0], sides[1])
    return Found(compared.keys, (one.side, two.side), covariance, panel, few)


def find_mean_changes(compared: Compared) -> Found | None:
    """Return the means of all marks and numbers; None when there are none."""
    questions = [question for question in compared.questions if question.kind in ("mark", "number")]
    if not questions:
        return None
    parts: list[list[tuple[np.ndarray, ...]]] = [[], []]
    covariances, panels = [], []
    for question in questions:
        values = [
            values_of(wave.responses, own) for wave, own in zip(compared.waves, compared.asked(question), strict=True)
        ]
        for side in (0, 1):
            parts[side].append(find_means(values[side], compared.crossings[side]))
        if compared.seen:
            levels = [_mean_level(compared, side, values[side], parts[side][-1][0]) for side in (0, 1)]
            covariances.append(compared.joint.means((values[0], values[1]), (levels[0], levels[1])).ravel())
            panels.append(compared.joint.panel_base(values[0], values[1]))
    names = make_keys(compared, Layout(compared.groups, [(question.id, "", ("",)) for question in questions]))
    sides = [_means(some) for some in parts]
    zero = np.zeros(len(names.group))
    covariance = np.concatenate(covariances) if compared.seen else zero
    panel = np.concatenate(panels) if compared.seen else zero.astype(np.int64)
    never = np.zeros(len(zero), dtype=np.bool_)
    return Found(names, (sides[0], sides[1]), covariance, panel, never)


def join_found(parts: Sequence[Found]) -> Found:
    """Lay the rows of several breakdowns under each other."""
    return Found(
        _join([part.keys for part in parts]),
        (_join([part.sides[0] for part in parts]), _join([part.sides[1] for part in parts])),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("covariance", "panel", "few")),
    )


def _join(parts: Sequence[Columns]) -> Columns:
    names = [field.name for field in fields(parts[0])]
    return type(parts[0])(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True, eq=False)
class _Share:
    """A side, and what the design makes of any share with that base."""

    side: Side
    design_base: Numbers


def _shares(counted: Counted, layout: Layout, design: Design) -> _Share:
    base, count = layout.rows(counted.base), layout.rows(counted.count)
    found = find_shares(list(counted.tables), count, base, design)
    exact = (found.variance == 0) & np.isinf(found.design_base)
    draws = effective_base(found.share, found.variance, found.design_base)
    low, high = wilson_interval(found.share, draws, found.df)
    settled = exact | found.known
    variance = np.where(base > 0, found.variance, 0.0)
    side = Side(
        found.share,
        # One respondent shows no spread; there is no telling what it is.
        np.where((found.df >= 1) | settled, variance, np.nan),
        base,
        found.df,
        np.where(settled, found.share, low),
        np.where(settled, found.share, high),
        exact,
        found.known,
        found.lonely,
        ((found.share == 0) | (found.share == 1)) & ~settled,
    )
    return _Share(side, found.design_base)


def _pooled(one: _Share, two: _Share) -> tuple[_Share, _Share, Mask]:
    """Let the share of both measurements together stand in for the spread of one in which all say the same.

    Also return where too few can be expected with or without the answer for the t distribution to hold.
    """
    base = [side.side.base for side in (one, two)]
    level = [np.where(n > 0, side.side.level, 0.0) for side, n in zip((one, two), base, strict=True)]
    total = base[0] + base[1]
    pooled = np.divide(base[0] * level[0] + base[1] * level[1], total, out=np.zeros(total.shape), where=total > 0)
    made = []
    for side in (one, two):
        usable = side.side.flat & (side.design_base > 0)
        own = np.divide(pooled * (1 - pooled), side.design_base, out=np.zeros(total.shape), where=usable)
        variance = np.where(side.side.flat, np.where(side.side.df >= 1, own, np.nan), side.side.variance)
        made.append(_Share(_with_variance(side.side, variance), side.design_base))
    few = np.minimum(pooled, 1 - pooled) * np.minimum(base[0], base[1]) < _EXPECTED
    return made[0], made[1], few


def _with_variance(side: Side, variance: Numbers) -> Side:
    return Side(
        side.level,
        variance,
        side.base,
        side.df,
        side.low,
        side.high,
        side.exact,
        side.known,
        side.lonely,
        side.flat,
    )


def _level(counted: Counted, layout: Layout, side: Side, design: Design) -> Level:
    """Return the shares of tables, and what the margins explain of them."""
    mean: Numbers = layout.columns(np.where(side.base > 0, side.level, 0.0).astype(np.float64))
    sums = [table.sums for table in counted.tables if table.sums is not None]
    if not sums:
        return Level(mean, (counted.base * design.expansion).astype(np.float64))
    # The last column of the sums of every table is its base.
    ends = np.cumsum([len(table.categories) + 1 for table in counted.tables]) - 1
    joined = join_sums(sums)
    held = joined.columns(ends[layout.table])
    shown = joined.columns(np.delete(np.arange(ends[-1] + 1), ends))
    return Level(mean, held.weight, _fitted(shown.minus(mean, held), held.weight, design))


def _fitted(deviations: Sums, weight: Numbers, design: Design) -> Numbers | None:
    if design.calibration is None or deviations.margin_base is None:
        return None
    cells = deviations.margin_base
    explained = (design.calibration.inverse @ cells.reshape(len(cells), -1)).reshape(cells.shape)
    scaled: Numbers = explained / np.where(weight > 0, weight, np.inf)
    return scaled


def _mean_level(compared: Compared, side: int, values: Numbers, mean: Numbers) -> Level:
    crossing, design = compared.crossings[side], compared.designs[side]
    filled = np.where(np.isfinite(mean), mean, 0.0)
    valid = np.isfinite(values)
    if design.is_simple:
        weight = np.asarray(crossing.domains.count(valid) * design.expansion, dtype=np.float64)
        return Level(filled[:, np.newaxis], weight[:, np.newaxis])
    held = crossing.sums_of(valid.astype(np.float64))
    centre = np.concatenate([[0.0], filled])[crossing.domains.place]
    deviations = crossing.sums_of(np.where(valid, values - centre, 0.0))
    return Level(filled[:, np.newaxis], held.weight, _fitted(deviations, held.weight, design))


def _means(parts: list[tuple[np.ndarray, ...]]) -> Side:
    mean, variance, base, df, exact, lonely = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    se = np.sqrt(variance)
    flat = (se <= _NOTHING * np.abs(mean)) & ~exact
    variance = np.where(flat, 0.0, variance)
    empty = np.full(mean.shape, np.nan)
    never = np.zeros(mean.shape, dtype=np.bool_)
    return Side(
        mean,
        np.where((df >= 1) | exact, variance, np.nan),
        base,
        df,
        empty,
        empty,
        exact,
        never,
        lonely,
        flat & (df >= 1),
    )
