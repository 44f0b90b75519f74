"""Whether what respondents answer depends on the group that they are in: the chi-square test of Rao and Scott.

Pearson's chi-square takes answers for independent draws from a population without end. In a sample of a third of the
frame, stratified or weighted, it is too large or too small by the design effects of the cells; Rao and Scott divide it
by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, fdtrc

from srsmeting.errors import unknown_name
from srsmeting.estimation.design import Design
from srsmeting.estimation.influence import covariance
from srsmeting.estimation.numeric import Counts, Numbers, Positions

#: Which statistic a test of independence is read from.
STATISTICS: Final = ("f", "chisq", "wald", "adjusted_wald")
#: Fewest respondents that a cell may be expected to have, and those that all but a fifth of the cells must have.
_EXPECTED = (1, 5, 0.2)
#: A design effect this small beside that of a simple random sample is the rounding error of 0.
_NOTHING = 1e-10


@dataclass(frozen=True)
class Independence:
    """What a test of independence says.

    Parameters
    ----------
    statistic
        The value of the statistic; missing where there is no test.
    df1, df2
        Its degrees of freedom; ``df2`` is infinite for a chi-square.
    p
        Chance of a statistic at least this large when answers do not depend on groups.
    cramers_v
        Cramér's V of the weighted table: 0 when answers do not depend on groups, 1 when groups decide them.
    base
        Respondents in the table, unweighted.
    status, reason
        How it may be read; ``A`` and "" when as it stands.
    """

    statistic: float
    df1: float
    df2: float
    p: float
    cramers_v: float
    base: int
    status: str = "A"
    reason: str = ""


def independence_test(
    groups: npt.ArrayLike, answers: npt.ArrayLike, design: Design, statistic: str = "f"
) -> Independence:
    """Test whether answers depend on groups, as the design has it.

    Parameters
    ----------
    groups, answers
        Per respondent the position of its group and of its answer, counted from 0; -1 for who is not in the table.
    design
        The design of these respondents.
    statistic
        ``f`` is the second-order correction of Rao and Scott, ``chisq`` the first-order one; ``wald`` and
        ``adjusted_wald`` ask the same of the deviations from independence, and are worse with many cells.

    Raises
    ------
    UnknownNameError
        For another statistic.
    DesignError
        When there are other respondents than the design has.

    Notes
    -----
    With the shares of the cells ``p``, their covariances ``V`` under the design, ``D = diag(p)`` and ``C`` a basis of
    the contrasts of interaction, the generalised design effects are the eigenvalues of
    ``(C' D^-1 C / n)^-1 C' D^-1 V D^-1 C``. With ``a`` their sum and ``b`` the sum of their squares, ``X2 / a`` is held
    against F with ``a^2 / b`` and ``df a^2 / b`` degrees of freedom (Rao and Scott 1984; R's ``svychisq``), where
    ``df`` are those of the design for the respondents in the table. ``chisq`` is ``X2`` itself, and its ``p`` that of
    ``X2`` over the mean design effect against chi-square. Wald: ``W = Y' V_Y^-1 Y`` of the deviations of the estimated
    *totals* ``Y = T_rc - T_r. T_.c / T`` without the last row and column; ``W / k`` against F with ``k`` and ``df``,
    adjusted ``W (df - k + 1) / (k df)`` against ``k`` and ``df - k + 1``.

    Rows and columns without respondents are left out. No test, each with its reason:

    ==========================================  ======  =====================
    case                                        status  reason
    ==========================================  ======  =====================
    nobody in the table                         O       no_base
    respondents in one group only               M       one_group
    everyone was observed                       M       census
    everyone gives the same answer              U       no_spread
    as many strata as respondents               U       no_degrees_of_freedom
    the margins settle all cells                M       margin
    ==========================================  ======  =====================

    With cells that are expected to have fewer than 1 respondent, or more than a fifth of them fewer than 5, the
    statistic does not follow its distribution well: status U, ``few_expected``, and the number stays.

    Examples
    --------
    >>> groups, answers = np.repeat([0, 1], 20), np.tile(np.repeat([0, 1], 10), 2)
    >>> answers[:5] = 1
    >>> found = independence_test(groups, answers, Design.simple_random(40, 160))
    >>> round(found.statistic, 4), found.df1, found.df2, round(found.p, 4), round(found.cramers_v, 4)
    (3.4667, 1.0, 39.0, 0.0702, 0.2582)
    """
    if statistic not in STATISTICS:
        raise unknown_name("independence_test()", "statistic", statistic, STATISTICS)
    rows, columns = np.asarray(groups, dtype=np.intp), np.asarray(answers, dtype=np.intp)
    inside = (rows >= 0) & (columns >= 0)
    rows, columns = _renumber(rows, inside), _renumber(columns, inside)
    shape = (int(rows.max(initial=-1)) + 1, int(columns.max(initial=-1)) + 1)
    base = int(inside.sum())
    cells = np.where(inside, rows * shape[1] + columns, -1)
    weights = inside.astype(np.float64) if design.weights is None else design.weights * inside
    held = np.bincount(cells + 1, weights=weights, minlength=shape[0] * shape[1] + 1)[1:]
    share = held.reshape(shape) / (held.sum() or 1.0)
    df = _df(design, inside)
    settled = _settled(base, shape, df, design)
    if settled[1] in ("no_base", "one_group", "no_spread"):
        return Independence(np.nan, np.nan, np.nan, np.nan, np.nan, base, *settled)
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    square = float(((share - expected) ** 2 / expected).sum())
    cramers_v = float(np.sqrt(min(square / (min(shape) - 1), 1.0)))
    if settled[1]:
        return Independence(np.nan, np.nan, np.nan, np.nan, cramers_v, base, *settled)
    if statistic in ("f", "chisq"):
        variance = _variance(cells, share.ravel(), weights, design, centred=True)
        found = _rao_scott(square * base, share, variance, base, df, statistic == "f")
    else:
        variance = _variance(cells, share.ravel(), weights, design, centred=False)
        found = _wald(share, variance, df, statistic == "adjusted_wald")
    if found is None:
        return Independence(np.nan, np.nan, np.nan, np.nan, cramers_v, base, "M", "margin")
    few = _few_expected(rows, columns, inside, shape)
    return Independence(*found, cramers_v, base, *(("U", "few_expected") if few else ()))


def _renumber(codes: Positions, inside: npt.NDArray[np.bool_]) -> Positions:
    """Return codes without gaps: rows or columns without respondents are left out."""
    present = np.flatnonzero(np.bincount(codes[inside]))
    lookup = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.intp)
    lookup[present] = np.arange(len(present))
    renumbered: Positions = np.where(inside, lookup[codes], -1)
    return renumbered


def _variance(cells: Positions, share: Numbers, weights: Numbers, design: Design, *, centred: bool) -> Numbers:
    """Return the covariances of the shares of cells, or, not centred, of their totals in parts of the whole."""
    total = weights.sum()
    if design.is_simple:
        # Everyone counts the same, so that counts are all there is to know, however many respondents there are.
        mean = np.outer(share, share)
        squares: Numbers = (np.diag(share) - mean if centred else np.diag(share)) / total
        simple: Numbers = design.strata.factor[0] * squares
        return simple if centred else simple - design.strata.centring[0] * mean
    part = np.equal.outer(cells, np.arange(len(share))) * (weights / total)[:, np.newaxis]
    if centred:
        part = part - part.sum(axis=1, keepdims=True) * share
    return covariance(part, design)


def _df(design: Design, inside: npt.NDArray[np.bool_]) -> float:
    strata = 1 if design.stratum is None else len(np.unique(design.stratum[inside]))
    return float(design.domain_df(int(inside.sum()), strata))


def _settled(base: int, shape: tuple[int, int], df: float, design: Design) -> tuple[str, str]:
    """Say why there is nothing to test, if there is not."""
    cases = [
        (base == 0, "O", "no_base"),
        (shape[0] < 2, "M", "one_group"),
        (shape[1] < 2, "U", "no_spread"),
        (design.is_census, "M", "census"),
        (df < 1, "U", "no_degrees_of_freedom"),
    ]
    return next(((status, reason) for holds, status, reason in cases if holds), ("A", ""))


def _rao_scott(
    square: float, share: Numbers, variance: Numbers, base: int, df: float, second_order: bool
) -> tuple[float, float, float, float] | None:
    contrasts = np.kron(_contrasts(share.shape[0]), _contrasts(share.shape[1]))
    cells = share.ravel()
    # A cell without respondents has no part in any sum, and no inverse.
    inverse = np.divide(1.0, cells, out=np.zeros(cells.shape), where=cells > 0)[:, np.newaxis]
    simple = contrasts.T @ (inverse * contrasts) / base
    effects = np.linalg.pinv(simple, hermitian=True) @ (contrasts.T @ (inverse * variance * inverse.T) @ contrasts)
    total, squares, number = float(np.trace(effects)), float((effects * effects.T).sum()), contrasts.shape[1]
    if total <= _NOTHING * number:
        return None
    if not second_order:
        return square, float(number), np.inf, float(chdtrc(number, square / (total / number)))
    statistic, df1 = square / total, total**2 / squares
    return statistic, df1, df * df1, float(fdtrc(df1, df * df1, statistic))


def _wald(share: Numbers, variance: Numbers, df: float, adjusted: bool) -> tuple[float, float, float, float] | None:
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    height, width = share.shape
    deviation = (share - np.outer(rows, columns))[:-1, :-1].ravel()
    # How a deviation moves with the cells: itself, its row, its column, and the size of the whole.
    own = np.eye(height * width)
    in_row = np.kron(np.eye(height), np.ones((width, width))) * np.tile(columns, height)[:, np.newaxis]
    in_column = np.kron(np.ones((height, height)), np.eye(width)) * np.repeat(rows, width)[:, np.newaxis]
    kept = (np.arange(height * width).reshape(height, width)[:-1, :-1]).ravel()
    whole = np.outer(rows, columns).reshape(-1, 1)
    slope = (own - in_row - in_column + whole)[kept]
    spread = slope @ variance @ slope.T
    number = len(kept)
    if np.linalg.matrix_rank(spread, hermitian=True) < number:
        return None
    wald = float(deviation @ np.linalg.solve(spread, deviation))
    df2 = df - number + 1 if adjusted else df
    if df2 < 1:
        return None
    statistic = wald / number * (df2 / df)
    return statistic, float(number), df2, float(fdtrc(number, df2, statistic))


def _contrasts(size: int) -> Numbers:
    """Return an orthonormal basis of all that adds up to 0."""
    basis: Numbers = np.linalg.qr(np.eye(size)[:, 1:] - 1 / size)[0]
    return basis


def _few_expected(rows: Positions, columns: Positions, inside: npt.NDArray[np.bool_], shape: tuple[int, int]) -> bool:
    counts: Counts = np.bincount(rows[inside] * shape[1] + columns[inside], minlength=shape[0] * shape[1])
    table = counts.reshape(shape)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    least, enough, part = _EXPECTED
    return bool((expected < least).any() or (expected < enough).mean() > part)
