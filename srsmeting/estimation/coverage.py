"""Coverage (dekkingsgraad): which part of the employees in the sector work for a member, and how that changed.

Branches are not the same at every moment: what was part of another may be counted apart later. Such a break is marked,
never mended. Counts, not estimates: no standard error, no interval, method ``count``.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, PopulationError
from srsmeting.estimates import estimate_frame
from srsmeting.population import Coverage

_BY = "branche"


def coverage_rates(coverage: Coverage, meting: str) -> pd.DataFrame:
    """Return coverage (dekkingsgraad) per branche and moment, and its change between moments.

    Parameters
    ----------
    coverage
        Counts of employees.
    meting
        Id of the measurement that reports them.

    Returns
    -------
    pd.DataFrame
        Estimate frame. Measure ``coverage``: ``item`` is the moment, ``by`` is ``branche``; employees at member
        organisations (``numerator``) over all employees (``denominator``). The total adds the counts of the branches.
        Measure ``coverage_change``: ``item`` is the later of two consecutive moments, ``estimate`` the difference of
        the two exact fractions (0.03 is 3 procentpunt), without counts.

        Where one branche was at a moment counted inside another (``included_in``):

        ===============================  ======  =====================  =========
        row                              status  reason                 estimate
        ===============================  ======  =====================  =========
        coverage of the one inside       K       included_elsewhere     missing
        coverage of the one around it    W       includes_other         kept
        change of the one inside         O       included_elsewhere     missing
        change of the one around it      B       trend_break            kept
        ===============================  ======  =====================  =========

        The change has a break only when the one around holds other branches than at the moment before. Totals hold the
        same employees either way. A branche that a moment does not have at all is missing there (O, ``no_base``), and
        then the change of the total compares unlike with like and is marked as a break too.

    Raises
    ------
    PopulationError
        When a branche is included in one that has no counts of its own at that moment.

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "moment": ["2019", "2019", "2021", "2021"], "date": ["2019-08-01"] * 2 + ["2022-06-30"] * 2,
    ...     "branche": ["ziekenhuizen", "revalidatie"] * 2, "employees_members": [70, None, 60, 18],
    ...     "employees": [100, None, 90, 20], "included_in": ["", "ziekenhuizen", "", ""],
    ... })
    >>> frame = coverage_rates(Coverage(counts, "coverage.csv"), "m-1")
    >>> frame[["measure", "item", "group", "estimate", "status"]].round(3)
               measure  item         group  estimate status
    0         coverage  2019                   0.700      A
    1         coverage  2019  ziekenhuizen     0.700      W
    2         coverage  2019   revalidatie       NaN      K
    3         coverage  2021                   0.709      A
    4         coverage  2021  ziekenhuizen     0.667      A
    5         coverage  2021   revalidatie     0.900      A
    6  coverage_change  2021                   0.009      A
    7  coverage_change  2021  ziekenhuizen    -0.033      B
    8  coverage_change  2021   revalidatie       NaN      O
    """
    branches = list(dict.fromkeys(coverage.counts[_BY]))
    tables = [_at(coverage, moment, branches) for moment in coverage.moments]
    _check_hosts(coverage, tables)
    changes = [
        _change(before, after, meting, moment)
        for before, after, moment in zip(tables, tables[1:], coverage.moments[1:], strict=False)
    ]
    rates = [_rates(table, meting, moment) for table, moment in zip(tables, coverage.moments, strict=True)]
    return pd.concat([*rates, *changes], ignore_index=True)


def _at(coverage: Coverage, moment: str, branches: list[str]) -> pd.DataFrame:
    """Return one moment: a row for the total and for every branche of any moment.

    Columns ``members`` and ``employees`` (float64, missing where not counted apart), ``rate``, ``inside`` (the branche
    that holds this one, or ""), and ``holds`` (the branches that make up the row, as one text to compare).
    """
    # A dozen rows: plain numbers and texts are quicker than frames, and this stands in the way of every estimate.
    counts = coverage.counts[coverage.counts["moment"] == moment]
    hosts = dict(zip(counts[_BY], counts["included_in"], strict=True))
    groups = ["", *branches]
    numbers = {}
    for column, source in (("members", "employees_members"), ("employees", "employees")):
        values = counts[source].to_numpy(dtype=np.float64, na_value=np.nan)
        # Counts of a branche that another one includes would count the same people twice.
        apart = {name: value for name, value in zip(hosts, values, strict=True) if not hosts[name]}
        total = np.nansum(list(apart.values()))
        numbers[column] = np.array([total, *(apart.get(name, np.nan) for name in branches)])
    parts = {name: [name] for name, host in hosts.items() if not host} | {"": list(hosts)}
    for name, host in hosts.items():
        if host:
            parts.setdefault(host, []).append(name)
    employees = numbers["employees"]
    rate = np.full(len(groups), np.nan)
    np.divide(numbers["members"], employees, out=rate, where=employees > 0)
    return pd.DataFrame(
        {
            "inside": pd.array([hosts.get(name, "") for name in groups], dtype="str"),
            **numbers,
            "rate": rate,
            "holds": pd.array([" ".join(sorted(parts.get(name, []))) for name in groups], dtype="str"),
        },
        index=pd.Index(groups, name=_BY),
    )


def _check_hosts(coverage: Coverage, tables: list[pd.DataFrame]) -> None:
    faults = []
    for moment, table in zip(coverage.moments, tables, strict=True):
        for branche, host in table.loc[table["inside"] != "", "inside"].items():
            if host not in table.index or np.isnan(table.loc[host, "employees"]):
                message = (
                    f"at {moment!r} {branche!r} is included in {host!r}, which has no counts of its own then. "
                    "Give those counts, or name the branche that does hold these employees."
                )
                faults.append(Fault(coverage.name, message, None, "included_in", str(host), "no_host"))
    if faults:
        raise PopulationError(faults=faults)


def _rates(table: pd.DataFrame, meting: str, moment: str) -> pd.DataFrame:
    hosts = table.index.isin(table["inside"]) & (table.index != "")
    cases = [(table["inside"] != "").to_numpy(), table["rate"].isna().to_numpy(), hosts]
    return estimate_frame(
        {
            "meting": meting,
            "item": moment,
            "by": _by(table),
            "group": table.index.to_numpy(),
            "measure": "coverage",
            "estimate": table["rate"].to_numpy(),
            "numerator": table["members"].astype("Int64").to_numpy(),
            "denominator": table["employees"].astype("Int64").to_numpy(),
            "method": "count",
            "status": np.select(cases, ["K", "O", "W"], "A"),
            "reason": np.select(cases, ["included_elsewhere", "no_base", "includes_other"], ""),
        }
    )


def _change(before: pd.DataFrame, after: pd.DataFrame, meting: str, moment: str) -> pd.DataFrame:
    # A quotient of whole numbers: the difference of two binary fractions may lie a hair beside a half (0.41 - 0.005).
    gained = after["members"] * before["employees"] - before["members"] * after["employees"]
    change = gained.div(after["employees"] * before["employees"]).where(after["rate"].notna() & before["rate"].notna())
    inside = (before["inside"] != "") | (after["inside"] != "")
    cases = [inside, change.isna(), before["holds"] != after["holds"]]
    return estimate_frame(
        {
            "meting": meting,
            "item": moment,
            "by": _by(after),
            "group": after.index.to_numpy(),
            "measure": "coverage_change",
            "estimate": change.to_numpy(),
            "method": "count",
            "status": np.select(cases, ["O", "O", "B"], "A"),
            "reason": np.select(cases, ["included_elsewhere", "no_base", "trend_break"], ""),
        }
    )


def _by(table: pd.DataFrame) -> list[str]:
    return [_BY if branche else "" for branche in table.index]
