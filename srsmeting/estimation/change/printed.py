"""Changes of weighted figures, as they are printed."""

from __future__ import annotations

from typing import Final

import pandas as pd

from srsmeting.estimation.publication import round_as_printed

#: What is rounded as what.
_ALIKE: Final = {
    **dict.fromkeys(
        (
            "change",
            "panel_change",
            "detectable_change",
            "standardised_change",
            "composition_change",
            "rate_change",
        ),
        "difference",
    ),
    **dict.fromkeys(("change_p", "change_p_holm", "change_p_bh", "panel_change_p"), "difference_p"),
}

#: Changes that follow from published figures, and not from who answered both times.
_OF_PUBLISHED: Final = ("change", "standardised_change", "composition_change", "rate_change")


def round_changes(frame: pd.DataFrame) -> pd.DataFrame:
    """Round changes of weighted figures to the decimals in which they are printed, and take away standard errors.

    What a respondent weighs can be worked out, and then every digit is an equation on its answers:
    :func:`publish_weighted`.

    Parameters
    ----------
    frame
        Estimate frame of changes.

    Returns
    -------
    pd.DataFrame
        The same rows: changes of shares in 2 decimals, of means in 1 (2 more from a base of 1,000 on), intervals
        rounded outwards, p-values in 3 decimals, no ``se``.

    Examples
    --------
    >>> from srsmeting.estimates import estimate_frame
    >>> frame = estimate_frame({"meting": "m-2", "question": "q", "category": "ja", "measure": ["change", "change_p"],
    ...                         "estimate": [0.1234, 0.01234], "se": [0.04, float("nan")], "denominator": 100})
    >>> round_changes(frame)[["measure", "estimate", "se"]]
        measure  estimate  se
    0    change     0.120 NaN
    1  change_p     0.012 NaN
    """
    measures = frame["measure"]
    return round_as_printed(frame.assign(measure=measures.replace(_ALIKE))).assign(measure=measures)


def round_errors(frame: pd.DataFrame) -> pd.DataFrame:
    """Round the errors of changes in the tables that hide who answered both times.

    The standard error of a change has the answers of those few in it. Written out it is one equation on them with
    sixteen digits, which hardly any whole numbers fit.

    Parameters
    ----------
    frame
        Estimate frame of changes, with the changes of who answered both times (``panel_change``).

    Returns
    -------
    pd.DataFrame
        The same rows. In a table that suppresses any ``panel_change``, changes have no ``se``, and intervals and
        p-values are as :func:`round_changes` makes them. Estimates stay: they are the difference of what is published.

    Examples
    --------
    >>> from srsmeting.estimates import estimate_frame
    >>> frame = estimate_frame({"meting": "m-2", "question": "q", "category": "ja", "by": "wgo", "group": "a",
    ...                         "measure": ["change", "panel_change"], "estimate": [0.1234, float("nan")],
    ...                         "se": [0.04, float("nan")], "ci_low": [0.0434, float("nan")],
    ...                         "ci_high": [0.2034, float("nan")], "denominator": 100, "status": ["A", "Q"]})
    >>> round_errors(frame)[["measure", "estimate", "se", "ci_low", "ci_high"]]
            measure  estimate  se  ci_low  ci_high
    0        change    0.1234 NaN    0.04     0.21
    1  panel_change       NaN NaN     NaN      NaN
    """
    tables = pd.MultiIndex.from_frame(frame[["meting", "question", "item", "by"]])
    panel = frame["measure"].str.startswith("panel_change")
    hidden = tables[(panel & (frame["status"] == "Q")).to_numpy()]
    rows = tables.isin(hidden.unique()) & ~panel.to_numpy()
    result = frame.copy()
    rounded = round_changes(frame[rows])
    result.loc[rows, ["se", "ci_low", "ci_high"]] = rounded[["se", "ci_low", "ci_high"]]
    derived = rows & ~frame["measure"].isin(_OF_PUBLISHED).to_numpy()
    result.loc[derived, "estimate"] = rounded.loc[derived[rows], "estimate"]
    return result
