"""Changes of weighted figures, as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.estimation.numeric import Positions
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

_ROUNDED: Final = ("estimate", "se", "ci_low", "ci_high")
_OF_PANEL: Final = ("panel_change", "panel_change_p")
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
    which, names = pd.factorize(frame["measure"])
    alike = pd.array([_ALIKE.get(name, name) for name in names], dtype="str").take(which)
    return round_as_printed(frame.assign(measure=alike)).assign(measure=frame["measure"])


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
    panel = frame["measure"].isin(_OF_PANEL).to_numpy(dtype=np.bool_)
    table = _number(frame, ("meting", "question", "item", "by"))
    hidden = table[panel & frame["status"].eq("Q").to_numpy(dtype=np.bool_)]
    rows = np.isin(table, np.unique(hidden)) & ~panel
    if not rows.any():
        return frame
    rounded = round_changes(frame.loc[rows, [*_ROUNDED, "measure", "category", "numerator", "denominator"]])
    derived = ~frame.loc[rows, "measure"].isin(_OF_PUBLISHED).to_numpy(dtype=np.bool_)
    columns = {name: frame[name].to_numpy(copy=True) for name in _ROUNDED}
    for name, values in columns.items():
        if name == "estimate":
            values[np.flatnonzero(rows)[derived]] = rounded[name].to_numpy()[derived]
        else:
            values[rows] = rounded[name].to_numpy()
    return frame.assign(**columns)


def _number(frame: pd.DataFrame, names: Sequence[str]) -> Positions:
    """Return a number per row that is the same where these texts are."""
    numbers = np.zeros(len(frame), dtype=np.intp)
    for name in names:
        codes, texts = pd.factorize(frame[name])
        numbers = numbers * len(texts) + codes
    return numbers
