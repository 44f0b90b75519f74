"""Levels of two measurements beside each other, a number per row: what every row about a change is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.change.columns import Coded
from srsmeting.estimation.change.compared import Compared
from srsmeting.estimation.change.joint import Joint, Level
from srsmeting.estimation.counting import Table, count_answers
from srsmeting.estimation.design import Design
from srsmeting.estimation.intervals import effective_base, wilson_interval
from srsmeting.estimation.means import find_means
from srsmeting.estimation.numeric import Counts, Mask, Numbers
from srsmeting.estimation.shares import find_shares
from srsmeting.estimation.sums import Sums
from srsmeting.estimation.values import values_of
from srsmeting.questionnaire import Question

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
class Keys:
    """What each row is about, and where either measurement hides the group, or marks it."""

    question: npt.NDArray[np.object_]
    item: npt.NDArray[np.object_]
    category: npt.NDArray[np.object_]
    group: npt.NDArray[np.object_]
    hidden: Mask
    marked: Mask


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


def find_share_changes(compared: Compared, joint: Joint) -> Found | None:
    """Return the shares of all questions that have any; None when there are none."""
    tables: list[list[Table]] = [[], []]
    covariances, panels = [], []
    for question in compared.questions:
        if question.kind == "number":
            continue
        pair = [
            list(count_answers(wave.responses, own, crossing))
            for wave, own, crossing in zip(compared.waves, compared.asked(question), compared.crossings, strict=True)
        ]
        coded = coded_pairs(compared, question)
        for one, two, columns in zip(*pair, coded, strict=True):
            tables[0].append(one)
            tables[1].append(two)
            if compared.seen:
                levels = [_level(table, design) for table, design in zip((one, two), compared.designs, strict=True)]
                found, panel = joint.shares(columns, (levels[0], levels[1]))
                covariances.append(found)
                panels.append(panel)
    if not tables[1]:
        return None
    names = make_keys(compared, [(table.question, table.item, table.categories) for table in tables[1]])
    sides = [_shares(some, design) for some, design in zip(tables, compared.designs, strict=True)]
    zero = np.zeros(len(names.group))
    covariance = np.concatenate([c.ravel() for c in covariances]) if compared.seen else zero
    panel_base = (
        np.concatenate([np.repeat(p.base, p.both.shape[1]) for p in panels]) if compared.seen else zero.astype(np.int64)
    )
    one, two, few = _pooled(sides[0], sides[1])
    return Found(names, (one.side, two.side), covariance, panel_base, few)


def find_mean_changes(compared: Compared, joint: Joint) -> Found | None:
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
            covariances.append(joint.means((values[0], values[1]), (levels[0], levels[1])).ravel())
            panels.append(joint.panel_base(values[0], values[1]))
    names = make_keys(compared, [(question.id, "", ("",)) for question in questions])
    sides = [_means(some) for some in parts]
    zero = np.zeros(len(names.group))
    covariance = np.concatenate(covariances) if compared.seen else zero
    panel = np.concatenate(panels) if compared.seen else zero.astype(np.int64)
    never = np.zeros(len(zero), dtype=np.bool_)
    return Found(names, (sides[0], sides[1]), covariance, panel, never)


def coded_pairs(compared: Compared, question: Question) -> list[list[tuple[Coded, Coded]]]:
    """Return per table what its columns are made of, earlier and later."""
    sides = [wave.coded(own) for wave, own in zip(compared.waves, compared.asked(question), strict=True)]
    return [list(zip(one, two, strict=True)) for one, two in zip(*sides, strict=True)]


def make_keys(compared: Compared, tables: list[tuple[str, str, tuple[str, ...]]]) -> Keys:
    """Return the keys of tables: a table after the other, a group after the other, its categories in order."""
    groups = np.array(compared.groups, dtype=object)
    sizes = [len(categories) * len(groups) for _, _, categories in tables]
    widths = [len(categories) for _, _, categories in tables]

    def spread(values: list[str]) -> npt.NDArray[np.object_]:
        return np.repeat(np.array(values, dtype=object), sizes)

    def told(ask: Callable[[str, str], Mask]) -> Mask:
        rows = [
            np.repeat(ask(question, item), width) for (question, item, _), width in zip(tables, widths, strict=True)
        ]
        return np.concatenate(rows)

    return Keys(
        spread([question for question, _, _ in tables]),
        spread([item for _, item, _ in tables]),
        np.concatenate([np.tile(np.array(categories, dtype=object), len(groups)) for _, _, categories in tables]),
        np.concatenate([np.repeat(groups, width) for width in widths]),
        told(compared.hidden),
        told(compared.marked),
    )


@dataclass(frozen=True, eq=False)
class _Share:
    """A side, and what the design makes of any share with that base."""

    side: Side
    design_base: Numbers


def _shares(tables: list[Table], design: Design) -> _Share:
    widths = [len(table.categories) for table in tables]
    base = np.concatenate([np.repeat(table.base, width) for table, width in zip(tables, widths, strict=True)])
    count = np.concatenate([table.counts.ravel() for table in tables])
    found = find_shares(tables, count, base, design)
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


def _level(table: Table, design: Design) -> Level:
    """Return the shares of a table, and what the margins explain of them."""
    base = table.base[:, np.newaxis]
    if table.sums is None:
        mean = np.divide(table.counts, base, out=np.zeros(table.counts.shape), where=base > 0)
        return Level(mean, np.asarray(table.base * design.expansion, dtype=np.float64))
    shown, held = table.sums.columns(slice(-1)), table.sums.columns(slice(-1, None))
    mean = np.divide(shown.weight, held.weight, out=np.zeros(table.counts.shape), where=base > 0)
    mean = np.where(table.counts == base, 1.0, np.where(table.counts == 0, 0.0, np.clip(mean, 0, 1)))
    return Level(mean, held.weight[:, 0], _fitted(shown.minus(mean, held), held.weight, design))


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
        return Level(filled[:, np.newaxis], weight)
    held = crossing.sums_of(valid.astype(np.float64))
    centre = np.concatenate([[0.0], filled])[crossing.domains.place]
    deviations = crossing.sums_of(np.where(valid, values - centre, 0.0))
    return Level(filled[:, np.newaxis], held.weight[:, 0], _fitted(deviations, held.weight, design))


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
