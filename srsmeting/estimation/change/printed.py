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
