"""A report for each group of a breakdown, such as a factsheet for each region: what differs between them.

Each is rendered from a folder of its own that says which group it is about. A group of which no result is published
gets another document of the report, where there is one: a page that explains itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from srsmeting.bundling import report_env, write_bundle, write_group_bundle
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import RATES
from srsmeting.meting import Meting
from srsmeting.render.variants import Variant
from srsmeting.report.region import is_published
from srsmeting.years import Compared

#: The documents for a group of which results are published, and of which none is.
PUBLISHED, UNPUBLISHED = "index.qmd", "niet-gepubliceerd.qmd"


def group_variants(
    meting: Meting,
    estimates: pd.DataFrame,
    by: str,
    report: Path,
    folder: Path,
    *,
    formats: Sequence[str] = ("html",),
    only: Sequence[str] = (),
    years: Compared | None = None,
) -> list[Variant]:
    """Write what a report needs for each group, and return what to render.

    Parameters
    ----------
    meting, estimates
        The measurement and its estimate frame.
    by
        The breakdown.
    report
        Folder of the report, after which the results are called, with the code of the group behind it.
    folder
        Where to write.
    formats
        What will be made.
    only
        Codes of groups; default all.
    years
        The years before it, where it stands beside them.

    Raises
    ------
    UnknownNameError
        For a breakdown or group that the questionnaire does not have.
    ConfigurationError
        When the estimates have no results by it.
    """
    breakdown = meting.questionnaire.breakdown(by)
    results = estimates.loc[~estimates["measure"].isin(RATES), "by"]
    if not (results == by).any():
        known = ", ".join(map(repr, sorted(set(results) - {""}))) or "none"
        raise ConfigurationError(
            f"{meting.file.name}: the estimates have no results by {by!r}. Add it to 'breakdowns'. There are: {known}."
        )
    groups = [breakdown.group(code) for code in only] or breakdown.groups
    whole = folder / "all"
    write_bundle(meting, estimates, whole, years)
    has_two = (report / UNPUBLISHED).is_file()
    variants = []
    for at, group in enumerate(groups):
        bundle = folder / f"group-{at}"
        write_group_bundle(whole, by, group.code, bundle)
        document = PUBLISHED if is_published(estimates, by, group.code) else UNPUBLISHED
        # A code may hold what a file name may not.
        code = re.sub(r"[^\w-]+", "-", group.code)
        variants.append(
            Variant(
                f"{report.resolve().name}-{code}",
                label=group.label,
                document=document if has_two else "",
                env=report_env(bundle, formats, years),
                data=(bundle,),
            )
        )
    return variants
