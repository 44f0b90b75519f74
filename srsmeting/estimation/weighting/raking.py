"""Raking and post-stratification: weights that meet the margins of the frame, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError, Fault, unknown_name
from srsmeting.estimation.numeric import Numbers, Positions
from srsmeting.estimation.strata import check_base_weights
from srsmeting.estimation.weighting.margin import Margin, margin_faults
from srsmeting.estimation.weighting.result import Weighting
from srsmeting.estimation.weighting.solving import Problem, solve

#: What to do with respondents whose group is not known.
UNKNOWN: Final = ("refuse", "own_group")

#: How far a group may be off its size at the end, relative to it.
_MET = 1e-10
#: Factors below this are those of respondents who would have to vanish for the margins to be met.
_NOTHING = 1e-9
#: Margins of one population may differ by this in their totals, relatively.
_SAME = 1e-9


def rake(
    margins: Sequence[Margin],
    base: npt.ArrayLike | None = None,
    *,
    bounds: tuple[float, float] | None = None,
    trim: float | None = None,
    unknown: str = "refuse",
) -> Weighting:
    """Weight respondents so that every margin is that of the frame.

    Parameters
    ----------
    margins
        One or more, of the same population, such as :func:`frame_margin` makes.
    base
        Weight of each respondent before weighting: that of the design. Default equal weights. Only their ratios matter:
        they are first scaled to the size of the population.
    bounds
        Least and most that a final weight may be, as a ratio to the (scaled) base weight: ``(0.3, 3)``.
    trim
        Most that a final weight may be, in times the mean weight: ``5``. What is cut off is spread over the others so
        that the margins still hold.
    unknown
        What to do with respondents whose group is not known: ``refuse``, or ``own_group``, see the notes.

    Returns
    -------
    Weighting
        For :meth:`Design.calibrated`; every margin is met to 1 part in 10,000,000,000, or there is no result.

    Raises
    ------
    DesignError
        With every group that cannot be met: it has organisations and nobody responded, or respondents and no
        organisations; margins that add up to different totals; respondents whose group is not known; bounds or a trim
        that leave a group too large or too small; margins that contradict each other for these respondents.
    UnknownNameError
        For another value of `unknown`.

    Notes
    -----
    The weights ``w`` minimise ``sum w log(w / b) - w + b`` under the margins and the limits: without limits the ones
    that iterative proportional fitting converges to (Deming and Stephan, 1940), R's ``rake()`` with a small epsilon;
    with limits those of R's ``calibrate(calfun = "raking", bounds = ...)``. It is done per combination of groups, and
    not per respondent, wherever that gives the same.

    A respondent whose group is not known is refused by default, because the frame knows no such group and any place
    for it is an assumption. ``own_group`` makes one: such respondents together keep the part of the population that
    they have of the base weights, and the others are weighted to the rest. It is for a few who skipped the question:
    standard errors take their part for known, and that they are like the others is an assumption.

    Examples
    --------
    Two of ten in the north and three of ten in the south; of the five, two are small, and eight of twenty are.

    >>> wgo = Margin("wgo", ("noord", "zuid"), [0, 0, 1, 1, 1], [10, 10])
    >>> size = Margin("grootteklasse", ("klein", "groot"), [0, 1, 0, 1, 1], [8, 12])
    >>> rake([wgo, size]).final.round(4).tolist()
    [4.8226, 5.1774, 3.1774, 3.4113, 3.4113]
    >>> rake([Margin("wgo", ("noord", "zuid"), [0, 0], [10, 10])])
    Traceback (most recent call last):
    ...
    srsmeting.errors.DesignError: rake(): margin 'wgo': group 'zuid' has 10 in the frame, and nobody in it responded. \
Merge it with another group: weight to a grouping of the questionnaire.
    """
    if unknown not in UNKNOWN:
        raise unknown_name("rake()", "way for unknown groups", unknown, UNKNOWN)
    given = _check_base(margins, base)
    faults = [fault for margin in margins for fault in margin_faults(margin)]
    if unknown == "refuse":
        faults += [_no_group(margin) for margin in margins if margin.unknown.any()]
    faults += _totals(margins)
    _refuse(faults)
    total = margins[0].total
    own = given * (total / given.sum())
    met = tuple(margin.with_own_group(own) for margin in margins)
    low, high = _limits(own, bounds, trim)
    _refuse(_beyond(met, low, high, bounds, trim))
    if len(met) == 1 and bounds is None and trim is None:
        (margin,) = met
        # In one step, so that round numbers stay round; an empty group has no respondents.
        final = own * (margin.population / np.where(margin.population > 0, margin.sums(own), 1.0))[margin.place]
        return Weighting(final, (margin.place,), own, met)
    units, places = _units(met, own, trim)
    problem = Problem(
        places,
        tuple(margin.population for margin in met),
        *(np.bincount(units, values).astype(np.float64) for values in (own, low, high)),
    )
    ratio = solve(problem) / problem.base
    final = own * ratio[units]
    _refuse(_unmet(met, final, own, bounded=bounds is not None or trim is not None))
    return Weighting(final, tuple(margin.place for margin in met), own, met)


def poststratify(
    margin: Margin,
    base: npt.ArrayLike | None = None,
    *,
    bounds: tuple[float, float] | None = None,
    trim: float | None = None,
    unknown: str = "refuse",
) -> Weighting:
    """Weight respondents to one margin; of two breakdowns crossed, to every combination of their groups.

    Parameters, result, errors and notes are those of :func:`rake`. Without limits every weight is its base weight times
    the size of its group over the base weights in it.

    Examples
    --------
    >>> poststratify(Margin("wgo", ("noord", "zuid"), [0, 0, 1], [12, 8]), base=[1, 3, 2]).final.tolist()
    [3.0, 9.0, 8.0]
    """
    return rake([margin], base, bounds=bounds, trim=trim, unknown=unknown)


def _check_base(margins: Sequence[Margin], base: npt.ArrayLike | None) -> Numbers:
    if not margins:
        raise DesignError("rake(): no margins. Name what to weight to, such as 'wgo'.")
    respondents = len(margins[0].place)
    names = [margin.name for margin in margins]
    for margin in margins:
        if len(margin.place) != respondents:
            raise DesignError(
                f"rake(): margin {margin.name!r} has {len(margin.place)} respondents, and {names[0]!r} has "
                f"{respondents}. Give one place for each."
            )
        if names.count(margin.name) > 1:
            raise DesignError(f"rake(): margin {margin.name!r} stands twice. Name each once.")
    if not respondents:
        raise DesignError("rake(): there are no respondents, so there is nobody to weight.")
    return np.ones(respondents) if base is None else check_base_weights("rake()", base, respondents)


def _no_group(margin: Margin) -> str:
    number = int(margin.unknown.sum())
    have = "1 respondent has" if number == 1 else f"{number} respondents have"
    return (
        f"margin {margin.name!r}: {have} no group in it, and the frame has no such group. Complete the answers, leave "
        "the margin out, or set unknown to own_group: they then keep their part of the population."
    )


def _totals(margins: Sequence[Margin]) -> list[str]:
    first = margins[0]
    return [
        f"margin {margin.name!r}: adds up to {margin.total:.10g}, and {first.name!r} to {first.total:.10g}. Margins "
        "must be of the same population: count both in the same unit, from the same frame."
        for margin in margins[1:]
        if abs(margin.total - first.total) > _SAME * first.total
    ]


def _limits(base: Numbers, bounds: tuple[float, float] | None, trim: float | None) -> tuple[Numbers, Numbers]:
    pair = (0.0, np.inf) if bounds is None else bounds
    if not isinstance(pair, Sequence | np.ndarray) or len(pair) != 2 or not all(_is_number(limit) for limit in pair):
        raise DesignError(f"rake(): bounds are {bounds!r}. Give two numbers, such as (0.3, 3).")
    least, most = pair
    if not 0 <= least < 1 < most:
        raise DesignError(
            f"rake(): bounds are {least:g} and {most:g}. They are ratios to the base weight: give one from 0 to "
            "below 1 and one above 1, such as 0.3 and 3."
        )
    low, high = least * base, most * base
    if trim is None:
        return low, high
    if not _is_number(trim):
        raise DesignError(f"rake(): trim is {trim!r}. Give a number above 1, such as 5.")
    if not trim > 1:
        raise DesignError(f"rake(): trim is {trim:g} times the mean weight. Give a number above 1, such as 5.")
    high = np.minimum(high, trim * base.mean())
    if (low > high).any():
        at = int(np.flatnonzero(low > high)[0])
        raise DesignError(
            f"rake(): the base weight of respondent {at} is {base[at] / base.mean():.3g} times the mean, so that its "
            f"lower bound lies above the trim of {trim:g}. Lower the bound, or raise the trim."
        )
    return low, high


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def _beyond(
    margins: Sequence[Margin],
    low: Numbers,
    high: Numbers,
    bounds: tuple[float, float] | None,
    trim: float | None,
) -> list[str]:
    """Say which groups no weights within the limits can meet."""
    faults = []
    for margin in margins:
        least, most = margin.sums(low), margin.sums(high)
        for place in np.flatnonzero(most < margin.population * (1 - _MET)):
            faults.append(
                f"margin {margin.name!r}: group {margin.groups[place]!r} has {margin.population[place]:.6g} in the "
                f"frame, and its respondents stand for {most[place]:.6g} at most under {_named(bounds, trim)}. Allow "
                "larger weights, or merge the group with another one."
            )
        for place in np.flatnonzero(least > margin.population * (1 + _MET)):
            faults.append(
                f"margin {margin.name!r}: group {margin.groups[place]!r} has {margin.population[place]:.6g} in the "
                f"frame, and its respondents stand for {least[place]:.6g} at least under {_named(bounds, trim)}. Allow "
                "smaller weights, or merge the group with another one."
            )
    return faults


def _named(bounds: tuple[float, float] | None, trim: float | None) -> str:
    named = [f"bounds {bounds[0]:g} and {bounds[1]:g}"] if bounds else []
    return " with ".join([*named, *([f"trim {trim:g}"] if trim is not None else [])])


def _units(margins: Sequence[Margin], base: Numbers, trim: float | None) -> tuple[Positions, tuple[Positions, ...]]:
    """Take respondents together that get the same factor.

    Returns
    -------
    Per respondent its unit, and per margin the group of each unit.
    """
    if trim is not None and np.any(base != base[0]):
        # A cut at the same weight is a different factor for a different base weight.
        return np.arange(len(base)), tuple(margin.place for margin in margins)
    combined = np.zeros(len(base), dtype=np.intp)
    # Never more numbers than respondents, so that many margins cannot run out of whole numbers.
    for margin in margins:
        combined = _renumber(combined * len(margin.groups) + margin.place)
    first = np.empty(int(combined.max()) + 1, dtype=np.intp)
    first[combined] = np.arange(len(base))
    return combined, tuple(margin.place[first] for margin in margins)


def _renumber(numbers: Positions) -> Positions:
    """Give what occurs numbers from 0, without sorting."""
    largest = int(numbers.max())
    if largest > 4 * len(numbers) + 1000:
        return np.unique(numbers, return_inverse=True)[1]
    occurs = np.zeros(largest + 1, dtype=np.bool_)
    occurs[numbers] = True
    return (np.cumsum(occurs) - 1)[numbers]


def _unmet(margins: Sequence[Margin], final: Numbers, base: Numbers, *, bounded: bool) -> list[str]:
    """Say what the weights that were found do not meet, or meet only by making somebody vanish."""
    sums = [margin.sums(final) for margin in margins]
    off = [np.max(np.abs(sum_ - m.population) / np.where(m.population > 0, m.population, 1.0))
           for sum_, m in zip(sums, margins, strict=True)]  # fmt: skip
    together = " and ".join(repr(margin.name) for margin in margins)
    widen = "Widen the bounds or the trim, or merge groups" if bounded else "Merge groups"
    if max(off) > _MET:
        worst = int(np.argmax(off))
        margin, sum_ = margins[worst], sums[worst]
        place = int(np.argmax(np.abs(sum_ - margin.population)))
        return [
            f"margins {together} cannot be met together by these respondents: group {margin.groups[place]!r} of "
            f"{margin.name!r} has {margin.population[place]:.6g} in the frame and comes to {sum_[place]:.6g}. {widen}: "
            "weight to a grouping of the questionnaire."
        ]
    place = int(np.argmin(final / base))
    if final[place] < _NOTHING * base[place]:
        groups = " and ".join(f"{margin.name!r} {margin.groups[margin.place[place]]!r}" for margin in margins)
        return [
            f"margins {together} can be met only if respondents in {groups} count for nothing. Merge groups: weight to "
            "a grouping of the questionnaire."
        ]
    return []


def _refuse(messages: list[str]) -> None:
    if messages:
        raise DesignError(faults=[Fault("rake()", message, rule="margin") for message in messages])
