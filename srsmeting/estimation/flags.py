"""What may be said of an estimate, given its base: the method of its interval, its status and the reason."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.numeric import Mask

Texts: TypeAlias = npt.NDArray[Any]


def flag_bases(
    base: npt.NDArray[np.int64],
    df: npt.ArrayLike,
    method: str,
    *,
    exact: npt.ArrayLike = False,
    known: npt.ArrayLike = False,
    lonely: npt.ArrayLike = False,
) -> dict[str, Texts]:
    """Return the columns ``method``, ``status`` and ``reason`` for bases.

    Parameters
    ----------
    base
        Respondents behind each estimate.
    df
        Degrees of freedom of each.
    method
        What makes the interval where there is one: ``wilson`` or ``t``.
    exact
        Where everyone in the population was observed.
    known
        Where weighting to margins leaves nothing to estimate: the number follows from the frame.
    lonely
        Where a respondent stands alone for its stratum.

    Notes
    -----
    The first that holds:

    =================================  ============  ======  ======================
    case                               method        status  reason
    =================================  ============  ======  ======================
    base 0                             (none)        O       no_base
    everyone was observed              census        A
    base 1                             (none)        U       one_respondent
    as many strata as respondents      (none)        U       no_degrees_of_freedom
    the margins settle it              margin        A
    someone is alone in its stratum    `method`      U       lonely_stratum
    any other                          `method`      A
    =================================  ============  ======  ======================

    Examples
    --------
    >>> flags = flag_bases(np.array([0, 1, 2]), [-1, 0, 1], "wilson")
    >>> flags["method"].tolist(), flags["status"].tolist(), flags["reason"].tolist()
    (['', '', 'wilson'], ['O', 'U', 'A'], ['no_base', 'one_respondent', ''])
    """
    few = np.asarray(df, dtype=np.float64) < 1
    cases: list[tuple[Mask, str, str, str]] = [
        (base == 0, "", "O", "no_base"),
        (_spread(exact, base), "census", "A", ""),
        (base == 1, "", "U", "one_respondent"),
        (few, "", "U", "no_degrees_of_freedom"),
        (_spread(known, base), "margin", "A", ""),
        (_spread(lonely, base), method, "U", "lonely_stratum"),
        (np.ones(base.shape, dtype=np.bool_), method, "A", ""),
    ]
    kind = np.argmax([np.broadcast_to(holds, base.shape) for holds, *_ in cases], axis=0)
    names = ("method", "status", "reason")
    return {
        name: np.array([case[place] for case in cases], dtype=object)[kind] for place, name in enumerate(names, start=1)
    }


def flag_replaced(flags: dict[str, Texts], replaced: Mask, method: str) -> dict[str, Texts]:
    """Return the flags where another interval took the place of the one that was asked for.

    All respondents say the same there, and an interval that leans on their spread has nothing to lean on.

    Examples
    --------
    >>> flags = flag_bases(np.array([2, 2]), 1, "logit")
    >>> changed = flag_replaced(flags, np.array([False, True]), "wilson")
    >>> changed["method"].tolist(), changed["status"].tolist(), changed["reason"].tolist()
    (['logit', 'wilson'], ['A', 'U'], ['', 'no_spread'])
    """
    normal = replaced & (flags["status"] == "A")
    return {
        "method": np.where(replaced, method, flags["method"]),
        "status": np.where(normal, "U", flags["status"]),
        "reason": np.where(normal, "no_spread", flags["reason"]),
    }


def _spread(flag: npt.ArrayLike, base: npt.NDArray[np.int64]) -> Mask:
    return np.broadcast_to(np.asarray(flag, dtype=np.bool_), base.shape)
