"""The change between two measurements, as rows of the estimate frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from srsmeting.estimates import VALUES, bind_estimates
from srsmeting.estimation.change.compared import Compared, compare_waves, families_of
from srsmeting.estimation.change.found import Found, find_mean_changes, find_share_changes, join_found
from srsmeting.estimation.change.inference import (
    NO_WIDTH,
    change_df,
    detectable_change,
    share_change_interval,
    two_sided_p,
)
from srsmeting.estimation.change.overlap import FEW, Overlap
from srsmeting.estimation.change.rows import lay_rows
from srsmeting.estimation.change.variance import assumed_with_margins, bound_covariance
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.comparisons.multiplicity import adjust_p
from srsmeting.estimation.comparisons.shown import INDICATIVE, SUPPRESSED
from srsmeting.estimation.domains import By
from srsmeting.estimation.flags import flag_bases
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Numbers


def estimate_changes(
    earlier: Wave,
    later: Wave,
    questions: str | Iterable[str] | None = None,
    by: By = None,
    *,
    families: Mapping[str, str] | None = None,
    correction: str = "holm",
    variance: str = "overlap",
    overlap: Overlap | None = None,
) -> pd.DataFrame:
    """Estimate what changed between two measurements, with errors that know who answered both times.

    Parameters
    ----------
    earlier, later
        The measurements; the earlier answers in the codes of the later.
    questions
        Ids, or one; by default every question that both have, except the one that is broken down by. Only what may be
        compared should be here: nothing is known of wordings.
    by
        A breakdown, or a pair of them; by default the total.
    families
        Per question the family of tests that its p-values are corrected in; by default its pijler. All rows of a family
        in this table count.
    correction
        ``holm``, ``bh`` or ``none``.
    variance
        ``overlap``; ``independent`` takes both for independent samples whoever answered twice, which is right for
        hardly any two measurements of the same organisations and there for comparing.
    overlap
        What :func:`link_waves` gave, where several tables are made.

    Returns
    -------
    pd.DataFrame
        Estimate frame; per answer (or mean) and group the rows

        =================  =========================================================================
        measure            estimate
        =================  =========================================================================
        change             later less earlier, with standard error and 95% interval
        change_p           chance of a change at least this large if there were none
        change_p_holm      the same, corrected for the number of tests in the family
        detectable_change  smallest change that this design finds in 80 of 100 cases, tested at 5%
        =================  =========================================================================

        ``meting`` is the later measurement and ``method`` begins with the earlier (``"against srs-2021; ..."``).
        ``numerator`` and ``denominator`` are the bases of the earlier and of the later measurement.

    Raises
    ------
    UnknownNameError
        For a question, breakdown, correction or variance that does not exist.
    EstimateError
        When a question or breakdown has other answers in the one measurement than in the other.

    Notes
    -----
    ``Var(later - earlier) = V1 + V2 - 2 C`` with the variances that both have as levels (:class:`Design`: strata,
    weights, margins, finite population correction, groups as domains of the whole) and, with ``e`` the influences of
    the organisations that answered both times, in each pair of strata,
    ``C = (n12 - f1 f2 N12) / (n12 - 1) sum (e1 - mean(e1)) (e2 - mean(e2))``. Without weights that is the formula of
    :func:`change_variance`, where its sources are. ``C`` is never larger than ``V1`` and ``V2`` allow. With weights
    ``e`` is the linearised value ``w (y - estimate) / sum w``; with margins it has what these explain taken off, the
    residual ``w (y - x' B) / sum w``: Deville and Särndal (1992), *Calibration estimators in survey sampling*, Journal
    of the American Statistical Association 87.

    The interval of a difference of shares is made of Wilson's intervals of both (:func:`share_change_interval`), so
    that there is one where a share is 0 or 1; that of a difference of means is a t interval. P-values, also of shares,
    are those of ``t = change / se`` (:func:`change_df` has the degrees of freedom). A share of 0 or 1 in one
    measurement has the spread of both together; in both, p is 1 and there is no standard error.

    What is said of a row, the first that holds:

    ==============================================  ======  ========================  ==============================
    case                                            status  reason                    what there is
    ==============================================  ======  ========================  ==============================
    either measurement hides the group              Q       complementary             nothing
    nobody in the base of either                    O       no_base                   nothing
    both observed everyone                          A                                 se 0, no interval; p status M
    one respondent in either                        U       one_respondent            the change
    as many strata as respondents                   U       no_degrees_of_freedom     the change
    margins of both settle it                       A                                 se 0, no interval; p status M
    someone is alone in a stratum                   U       lonely_stratum            everything
    not known who answered both times               U       unknown_overlap           everything, careful
    at most one organisation answered both times    U       few_in_both               everything, careful
    all say the same in either                      U       no_spread                 what can be made
    fewer than 5 expected with, or without, it      U       few_expected              everything
    either measurement marks the group              U       indicative                everything
    ==============================================  ======  ========================  ==============================

    Careful is: without finite population correction and covariance where the overlap is not known, and with the largest
    variance that the overlap allows where there is none.

    Examples
    --------
    >>> from srsmeting.estimation import Design
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> from srsmeting.responses import Responses
    >>> question = {"id": "lid", "kind": "open", "title": "Lid", "text": "?", "pijler": "basis", "fase": "bereik"}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-2", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> def wave(meting, given, first):
    ...     answers, n = pd.DataFrame({"lid": given}), len(given)
    ...     status = pd.DataFrame({"lid": [0] * n}, dtype="int8")
    ...     return Wave(Responses(questionnaire, answers, status), Design.simple_random(n, 100),
    ...                 [str(unit) for unit in range(first, first + n)], [str(unit) for unit in range(100)],
    ...                 meting=meting)
    >>> earlier = wave("m-1", [True] * 16 + [False] * 24, 0)
    >>> later = wave("m-2", [True] * 14 + [False] * 10 + [True] * 16, 0)
    >>> frame = estimate_changes(earlier, later)
    >>> frame[["measure", "estimate", "se", "method"]].round(3)
                 measure  estimate     se                      method
    0             change     0.350  0.071  against m-1; wilson_change
    1           change_p     0.000    NaN              against m-1; t
    2      change_p_holm     0.000    NaN         against m-1; t_holm
    3  detectable_change     0.204    NaN        against m-1; power80
    """
    compared = compare_waves("estimate_changes()", earlier, later, questions, by, variance, overlap)
    return lay_changes([compared], families, correction)


def lay_changes(
    tables: Sequence[Compared], families: Mapping[str, str] | None = None, correction: str = "holm"
) -> pd.DataFrame:
    """Return the rows of :func:`estimate_changes` of two measurements by several breakdowns.

    Parameters
    ----------
    tables
        The measurements, held against each other by each breakdown.
    families, correction
        As there; every breakdown has its own.
    """
    adjust_p([], correction)
    made = []
    for find, bounded in ((find_share_changes, True), (find_mean_changes, False)):
        parts = [found for found in (find(compared) for compared in tables) if found is not None]
        if parts:
            found = join_found(parts)
            made.append((found, _made(tables[0], found, bounded)))
    if not made:
        return bind_estimates()
    columns = {name: np.concatenate([one[name] for _, one in made]) for name in made[0][1]}
    keys = {
        name: np.concatenate([getattr(found.keys, name) for found, _ in made])
        for name in ("question", "item", "category", "by", "group")
    }
    family = {name: of for compared in tables for name, of in families_of(compared, families).items()}
    names = [f"{by} {family[question]}" for by, question in zip(keys["by"], keys["question"], strict=True)]
    return _frames(tables[0], keys, columns, _corrected(columns["p"], names, correction), correction)


def _made(compared: Compared, found: Found, bounded: bool) -> dict[str, np.ndarray]:
    """Do the statistics of all rows at once."""
    one, two = found.sides
    v1, v2 = one.variance, two.variance
    usable = (one.base > 0) & (two.base > 0)
    flat = one.flat | two.flat
    # What stands in for a spread goes together with nothing that was seen.
    seen = np.where(flat | ~np.isfinite(v1 + v2), 0.0, found.covariance)
    covariance = np.where(flat, 0.0, _covariance(compared, seen, v1, v2))
    total = v1 + v2 - 2 * covariance
    total = np.where(total <= 1e-12 * (v1 + v2), 0.0, total)
    change = np.where(usable, two.level - one.level, np.nan)
    alike = one.flat & two.flat & (change == 0)
    df = change_df(np.nan_to_num(v1), np.nan_to_num(v2), one.df, two.df, found.panel)
    exact, known = one.exact & two.exact, (one.known | one.exact) & (two.known | two.exact)
    settled = (exact | known) & usable
    least = np.minimum(one.base, two.base)
    open_ = usable & (least > 1) & (np.minimum(one.df, two.df) >= 1) | (usable & (one.exact | two.exact) & (df >= 1))
    se = np.where((open_ & ~alike) | settled, np.sqrt(total), np.nan)
    if bounded:
        most = np.sqrt(np.maximum(v1, 0) * np.maximum(v2, 0))
        r = np.divide(covariance, most, out=np.zeros(most.shape), where=most > 0)
        low, high = share_change_interval(one.level, (one.low, one.high), two.level, (two.low, two.high), r)
    else:
        low, high = t_interval(change, se, np.maximum(df, 1))
    # Where nobody changed, what is left of the roots of rounding errors is no interval.
    ends = open_ & ~settled & (high - low > NO_WIDTH)
    p = two_sided_p(change, np.where(open_ & ~settled, se, np.nan), df)
    # The same answers of the same organisations: no error, and nothing that changed.
    p = np.where(open_ & ~settled & ((se == 0) | alike) & (change == 0), 1.0, p)
    flags = flag_bases(
        least,
        np.where(open_, np.maximum(df, 1), 0.0),
        "known",
        exact=exact,
        known=known & ~exact,
        lonely=one.lonely | two.lonely,
    )
    still = flat | ((se == 0) & open_ & ~settled) if not bounded else flat
    for where, reason in (
        (np.full(least.shape, bool(compared.reason)), compared.reason),
        (still, "no_spread"),
        (found.few, "few_expected"),
        (found.keys.marked, INDICATIVE),
    ):
        chosen = (flags["status"] == "A") & where & ~settled
        flags["status"], flags["reason"] = (
            np.where(chosen, "U", flags["status"]),
            np.where(chosen, reason, flags["reason"]),
        )
    return {
        "change": change,
        "se": se,
        "low": np.where(ends, low, np.nan),
        "high": np.where(ends, high, np.nan),
        "p": np.where(found.keys.hidden, np.nan, p),
        "detectable": np.where(open_ & ~settled, detectable_change(se, np.maximum(df, 1)), np.nan),
        "earlier": one.base,
        "later": two.base,
        "settled": settled,
        "bounded": np.full(least.shape, bounded),
        "hidden": found.keys.hidden,
        "kind": flags["method"],
        "status": flags["status"],
        "reason": flags["reason"],
    }


def _covariance(compared: Compared, seen: Numbers, v1: Numbers, v2: Numbers) -> Numbers:
    if compared.variance == "independent":
        return np.zeros(seen.shape)
    first, second = np.nan_to_num(v1), np.nan_to_num(v2)
    margins = any(design.calibration is not None for design in compared.designs)
    if compared.seen and compared.reason == FEW and margins and len(compared.overlap.n12) == 1:
        seen = np.where(seen == 0, 0.0, assumed_with_margins(first, second, compared.designs, compared.overlap))
    return bound_covariance(seen, first, second, compared.overlap)


def _corrected(p: Numbers, families: Sequence[str], correction: str) -> Numbers:
    corrected = np.full(len(p), np.nan)
    which, found = pd.factorize(np.array(families, dtype=object))
    for family in range(len(found)):
        rows = which == family
        corrected[rows] = adjust_p(p[rows], correction)
    return corrected


def _frames(
    compared: Compared, keys: dict[str, np.ndarray], columns: dict[str, np.ndarray], corrected: Numbers, correction: str
) -> pd.DataFrame:
    settled, last = columns["settled"], compared.last
    level = np.where(columns["bounded"], f"wilson_change{last}", f"t{last}")
    # A change without an interval still is one against that measurement.
    level = np.where(settled, columns["kind"], np.where(np.isfinite(columns["low"]), level, "none"))
    gone = settled & (columns["status"] == "A")
    why = np.where(columns["kind"] == "census", "census", "margin")
    flags = {
        "status": np.where(gone, "M", columns["status"]),
        "reason": np.where(gone, why, columns["reason"]),
    }
    common = keys | {"numerator": columns["earlier"], "denominator": columns["later"]}
    made = [
        common
        | {"measure": "change", "estimate": columns["change"], "se": columns["se"], "method": level}
        | {"ci_low": columns["low"], "ci_high": columns["high"]}
        | {"status": columns["status"], "reason": columns["reason"]},
        common | flags | {"measure": "change_p", "estimate": columns["p"], "method": f"t{last}"},
        common
        | flags
        | {"measure": f"change_p_{correction}", "estimate": corrected, "method": f"t{last}_{correction}"},
        common
        | flags
        | {"measure": "detectable_change", "estimate": columns["detectable"], "method": f"power80{last}"},
    ]
    kept = [rows for rows in made if rows["measure"] != "change_p_none"]
    empty = dict.fromkeys(VALUES, np.full(len(gone), np.nan))
    hidden = {"hidden": columns["hidden"], "why": SUPPRESSED}
    return lay_rows(compared, [empty | rows | hidden for rows in kept])
