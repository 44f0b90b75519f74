"""Tests of the change among organisations that answered both times."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr, gammaln, stdtr

from srsmeting.errors import unknown_name
from srsmeting.estimation.numeric import Numbers

#: How McNemar's test can be done.
MCNEMAR: Final = ("mid_p", "exact")
#: Differences are the same when they are so far apart at most, as a fraction of the largest.
_SAME: Final = 1e-9


def mcnemar_test(lost: npt.ArrayLike, won: npt.ArrayLike, test: str = "mid_p") -> Numbers:
    """Return the p-value of McNemar's test: whether as many came to an answer as left it.

    Parameters
    ----------
    lost, won
        How many gave the answer only the first, and only the second time.
    test
        ``exact``: the binomial probability of a division at least this uneven. ``mid_p``: the same with half the
        probability of the division itself, which is less careful than it need be.

    Raises
    ------
    UnknownNameError
        For another test.

    Notes
    -----
    With ``k`` the smaller of both and ``B`` binomial with chance one half out of ``lost + won``, the exact p-value is
    ``2 P(B <= k)``, at most 1, and the mid-p-value that less ``P(B = k)``; where both are as many ``1 - P(B = k) / 2``.
    Fagerland, Lydersen and Laake (2013), *The McNemar test for binary matched-pairs data: mid-p and asymptotic are
    better than exact conditional*, BMC Medical Research Methodology 13. The exact test rejects a true hypothesis far
    less often than it says; the mid-p test stayed below the level in all cases they looked at, and is the default.
    Where nobody changed there is nothing against the hypothesis, and p is 1.

    Examples
    --------
    Fagerland and others, table 1: 1 against 7.

    >>> mcnemar_test([1, 0], [7, 0]).round(4), mcnemar_test([1], [7], "exact").round(4)
    (array([0.0391, 1.    ]), array([0.0703]))
    """
    if test not in MCNEMAR:
        raise unknown_name("mcnemar_test()", "test", str(test), MCNEMAR)
    b, c = np.broadcast_arrays(np.asarray(lost, dtype=np.float64), np.asarray(won, dtype=np.float64))
    k, n = np.minimum(b, c), b + c
    exact = np.minimum(2 * bdtr(k, n.astype(np.intp), 0.5), 1.0)
    if test == "mid_p":
        own = np.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) - n * np.log(2))
        exact = exact - np.where(b == c, own / 2, own)
    return np.where(n > 0, exact, 1.0)


def paired_t_test(differences: npt.ArrayLike) -> tuple[float, float, float]:
    """Return mean, standard error and p-value of paired differences (paired t test).

    Parameters
    ----------
    differences
        Later less earlier, one per organisation; missing does not count.

    Returns
    -------
    (mean, se, p)
        Missing where there are fewer than two. When all differences are the same ``se`` is 0, and p 1 if nobody
        changed, and else missing.

    Examples
    --------
    >>> [round(value, 4) for value in paired_t_test([1.0, 2.0, 0.0, 3.0])]
    [1.5, 0.6455, 0.1027]
    """
    given = np.asarray(differences, dtype=np.float64)
    d = given[np.isfinite(given)]
    if len(d) < 2:
        return (float(d[0]) if len(d) else np.nan), np.nan, np.nan
    mean = float(d.mean())
    # What all differ by, such as 0.1, is not the same to the last digit: that is no spread.
    if np.ptp(d) <= _SAME * np.abs(d).max():
        return float(d[0]), 0.0, 1.0 if d[0] == 0 else np.nan
    se = float(np.sqrt(((d - mean) ** 2).sum() / (len(d) - 1) / len(d)))
    return mean, se, float(2 * stdtr(len(d) - 1, -abs(mean / se)))
