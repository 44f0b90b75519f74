"""What may be said of an estimate, given its base: the method of its interval, its status and the reason."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.estimation.design import SimpleRandomSample

Texts: TypeAlias = npt.NDArray[Any]


def flag_bases(base: npt.NDArray[np.int64], design: SimpleRandomSample, method: str) -> dict[str, Texts]:
    """Return the columns ``method``, ``status`` and ``reason`` for bases.

    Parameters
    ----------
    base
        Respondents behind each estimate.
    design
        The design; a population that was observed whole needs no interval, and its method is ``census``.
    method
        What makes the interval where there is one: ``wilson`` or ``t``.

    Notes
    -----
    ======================  ========  ======  ==================
    base                    method    status  reason
    ======================  ========  ======  ==================
    0                       (none)    O       no_base
    any, in a census        census    A
    1                       (none)    U       one_respondent
    2 or more               `method`  A
    ======================  ========  ======  ==================

    Examples
    --------
    >>> flags = flag_bases(np.array([0, 1, 2]), SimpleRandomSample(5, 20), "wilson")
    >>> flags["method"].tolist(), flags["status"].tolist(), flags["reason"].tolist()
    (['', '', 'wilson'], ['O', 'U', 'A'], ['no_base', 'one_respondent', ''])
    """
    kind = np.full(base.shape, 2, dtype=np.intp)
    kind[base == 0] = 0
    kind[(base == 1) & (not design.is_census)] = 1
    return {
        "method": np.array(["", "", "census" if design.is_census else method], dtype=object)[kind],
        "status": np.array(["O", "U", "A"], dtype=object)[kind],
        "reason": np.array(["no_base", "one_respondent", ""], dtype=object)[kind],
    }
