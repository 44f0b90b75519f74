"""The interval that never promises too much: exact for an unweighted simple random sample without replacement."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from srsmeting.errors import DesignError
from srsmeting.estimation.intervals.korn_graubard import beta_limits
from srsmeting.estimation.intervals.quantiles import LEVEL, check_level
from srsmeting.estimation.numeric import Counts, Mask, Numbers

#: A tail this much below its limit, relatively, still counts as reaching it: an exact tie may not depend on rounding.
_TIE = 1e-8


def exact_interval(
    count: npt.ArrayLike, respondents: npt.ArrayLike, population: npt.ArrayLike, level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """Return exact intervals for shares of a population of known size.

    Parameters
    ----------
    count
        Respondents that gave the answer.
    respondents
        Respondents in all, drawn without replacement.
    population
        Organisations that they were drawn from; infinite gives the interval of Clopper and Pearson.
    level
        Confidence level.

    Returns
    -------
    (low, high)
        Arrays of float64. Missing where there are no respondents, or where they are the whole population.

    Raises
    ------
    DesignError
        For a count above the respondents, respondents above the population, or a level outside (0, 1).

    Notes
    -----
    All numbers ``M`` of organisations for which neither a count this low nor one this high has a probability of
    ``alpha / 2`` or less: two hypergeometric tail tests, turned round. The interval holds the true share at least as
    often as it says, in every sample size and population, and is therefore wider than others on average.

    Both ends are shares of whole organisations. Where only one ``M`` would be left (nearly the whole population
    observed) one organisation more on either side is let in, so that no interval has zero width.

    Examples
    --------
    1 of 6 and 0 of 6 out of 20 organisations: from 1 to 11, and at most 7.

    >>> low, high = exact_interval([1, 0], 6, 20)
    >>> (low * 20).round(6), (high * 20).round(6)
    (array([1., 0.]), array([11.,  7.]))
    """
    check_level(level)
    x, n, size = np.broadcast_arrays(
        *(np.asarray(value, dtype=np.float64) for value in (count, respondents, population))
    )
    _check_counts(x, n, size)
    defined = (n > 0) & (size > n) & np.isfinite(x)
    endless = np.isinf(size)
    share = np.divide(x, n, out=np.full(x.shape, np.nan), where=defined)
    low, high = beta_limits(np.where(endless, share, np.nan), np.where(endless & defined, n, 1.0), level)
    whole = defined & ~endless
    counts, bases, sizes = (part[whole].astype(np.int64) for part in (x, n, size))
    low[whole], high[whole] = _limits(counts, bases, sizes, (1 - level) / 2)
    return low, high


def _check_counts(x: Numbers, n: Numbers, size: Numbers) -> None:
    for what, part, of, total in (("a count", x, "respondents", n), ("a base", n, "organisations", size)):
        wrong = (part > total) | (part < 0)
        if wrong.any():
            first = float(part[wrong][0]), float(total[wrong][0])
            raise DesignError(
                f"exact_interval(): {what} of {first[0]:g} out of {first[1]:g} {of}. Give counts of the same base."
            )


def _limits(x: Counts, n: Counts, size: Counts, tail: float) -> tuple[Numbers, Numbers]:
    """Return both ends; the lower one is what the upper one leaves for those who did not give the answer."""
    # Thousands of cells have few different counts: solve for each once.
    sizes, kind = np.unique(size, return_inverse=True)
    most = int(n.max(initial=0)) + 1
    keys = ((np.concatenate([x, n - x]) * most) + np.tile(n, 2)) * len(sizes) + np.tile(kind, 2)
    solved, place = np.unique(keys, return_inverse=True)
    counts, bases = solved // len(sizes) // most, solved // len(sizes) % most
    upper = _largest(counts, bases, sizes[solved % len(sizes)], tail)[place]
    highest, lowest = upper[: len(x)], size - upper[len(x) :]
    alone = highest == lowest
    low = np.where(alone, np.maximum(lowest - 1, x), lowest) / size
    high = np.where(alone, np.minimum(highest + 1, size - n + x), highest) / size
    # At levels that nobody asks for, the share of the sample can lie between two whole organisations, beyond the end.
    return np.minimum(low, x / n), np.maximum(high, x / n)


def _largest(x: Counts, n: Counts, size: Counts, tail: float) -> Counts:
    """Return the largest number of organisations under which a count of at most `x` is not too rare, by bisection."""
    # x itself is possible with certainty, and above size - n + x there are too few others left.
    low, high = x.copy(), size - n + x
    searching = np.flatnonzero(low < high)
    while searching.size:
        middle = (low[searching] + high[searching] + 1) // 2
        fits = _reaches(x[searching], n[searching], middle, size[searching], tail)
        low[searching[fits]] = middle[fits]
        high[searching[~fits]] = middle[~fits] - 1
        searching = searching[low[searching] < high[searching]]
    return low


def _reaches(x: Counts, n: Counts, marked: Counts, size: Counts, tail: float) -> Mask:
    """Return whether a count of at most `x` is more probable than `tail`, or as probable."""
    limit = tail * (1 - _TIE)
    # A median is within 1 of the mean, so that one half is reached without adding up.
    reached = (x >= n * (marked / size) + 1) & (tail < 0.5)
    active = np.flatnonzero(~reached)
    k, others = x[active].astype(np.float64), (size - marked - n)[active]
    term = _probability(x[active], n[active], marked[active], size[active])
    total = term.copy()
    marks, draws = marked[active], n[active]
    while active.size:
        # From the probability of k to that of k - 1. Below the mean they fall faster and faster.
        ratio = k * (others + k) / ((marks - k + 1) * (draws - k + 1))
        falling = ratio < 1
        rest = np.where(falling, term * ratio / np.where(falling, 1 - ratio, 1.0), np.inf)
        reached[active[total >= limit]] = True
        going = (total < limit) & (total + rest >= limit) & (term > 0)
        term, k = (term * ratio)[going], (k - 1)[going]
        total = total[going] + term
        active, others, marks, draws = active[going], others[going], marks[going], draws[going]
    return reached


def _probability(k: Counts, n: Counts, marked: Counts, size: Counts) -> Numbers:
    """Return the hypergeometric probability of `k` marked among `n` drawn."""
    from scipy.special import gammaln

    def choose(total: Counts, chosen: Counts) -> Numbers:
        ways: Numbers = gammaln(total + 1.0) - gammaln(chosen + 1.0) - gammaln(total - chosen + 1.0)
        return ways

    logarithm = choose(marked, k) + choose(size - marked, n - k) - choose(size, n)
    return np.exp(logarithm)
