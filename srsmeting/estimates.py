"""The estimate frame: the one door between statistics and presentation.

One row is one number that may be printed. Everything below it computes and never formats; everything above it formats
and never computes. A suppressed row keeps its key, so that a table shows that there is something which is not shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import EstimateError, Fault, unknown_name
from srsmeting.frames import read_frame

#: What a row is about; together unique.
KEY: Final = ("meting", "question", "item", "category", "by", "group", "measure")
#: What it says, unrounded; shares and rates are fractions in [0, 1].
VALUES: Final = ("estimate", "se", "ci_low", "ci_high")
#: Unweighted counts.
COUNTS: Final = ("numerator", "denominator")
#: How it was made and whether it may be read as it stands.
FLAGS: Final = ("method", "status", "reason")
COLUMNS: Final = (*KEY, *VALUES, *COUNTS, *FLAGS)

#: Measures that tell who was asked and who responded, and nothing of how they answered.
RATES: Final = (
    "response_rate",
    "coverage",
    "coverage_change",
    "disposition",
    *(f"response_rate_{number}" for number in range(1, 7)),
    "cooperation_rate_1",
    "respondents_share",
    "frame_share",
    "composition_difference",
    "r_indicator",
    "r_indicator_unadjusted",
    "effective_n",
    "design_effect",
    "weight",
)

#: SDMX CL_OBS_STATUS codes in use.
STATUSES: Final[Mapping[str, str]] = {
    "A": "normal",
    "B": "break in the series",
    "E": "estimated",
    "K": "included in another category",
    "M": "cannot exist",
    "O": "missing",
    "Q": "suppressed",
    "U": "low reliability",
    "W": "includes another category",
}

#: Measures that may be about all groups of a breakdown at once: ``by`` names it and ``group`` is empty.
TESTS: Final = ("p_value", "effect_size", "rank_p_value", "rank_effect_size", "adjusted_p_value")

#: Measures that are about all groups at once: these, and the parts of a change.
OVER_GROUPS: Final = (*TESTS, "standardised_change", "composition_change", "rate_change")

#: What stands between the two groups of a difference: ``group`` is ``a-b``.
LESS: Final = "-"

_TEXT = (*KEY, *FLAGS)
# By name they would have to be looked up for every column of every frame.
_STR, _COUNT = pd.StringDtype(na_value=np.nan), pd.Int64Dtype()
_BOUNDED = (
    "share",
    "coverage",
    "adjusted_share",
    "p_value",
    "rank_p_value",
    "difference_p",
    "adjusted_p_value",
    "change_p",
    "change_p_holm",
    "panel_change_p",
)


def estimate_frame(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Make an estimate frame from some of its columns.

    Parameters
    ----------
    columns
        Arrays of one length, or scalars that hold for every row. What is left out is empty, missing, or status ``A``.

    Returns
    -------
    pd.DataFrame
        All of :data:`COLUMNS`, in order: text as ``str`` (empty where there is none), values as float64, counts as
        Int64.

    Raises
    ------
    UnknownNameError
        For a column that the frame does not have.

    Examples
    --------
    >>> frame = estimate_frame({"meting": "m", "question": ["q", "q"], "category": ["ja", "nee"],
    ...                         "measure": "share", "estimate": [0.75, 0.25], "numerator": [3, 1], "denominator": 4})
    >>> frame[["category", "estimate", "numerator", "status"]]
      category  estimate  numerator status
    0       ja      0.75          3      A
    1      nee      0.25          1      A
    """
    for name in columns:
        if name not in COLUMNS:
            raise unknown_name("estimate_frame()", "column", name, COLUMNS)
    size = max((len(value) for value in columns.values() if not _is_scalar(value)), default=1)
    data: dict[str, Any] = {}
    for name in COLUMNS:
        default = "A" if name == "status" else "" if name in _TEXT else np.nan if name in VALUES else pd.NA
        value = columns.get(name, default)
        if name in _TEXT:
            data[name] = (
                pd.array([value], dtype=_STR).repeat(size) if _is_scalar(value) else pd.array(value, dtype=_STR)
            )
        elif name in VALUES:
            data[name] = _spread(value, size)
        else:
            data[name] = pd.array([value] * size if _is_scalar(value) else value, dtype=_COUNT)
    # Every column is new, in order, and needs no copy.
    return pd.DataFrame(data, copy=False)


def _is_scalar(value: Any) -> bool:
    return value is pd.NA or isinstance(value, str) or np.ndim(value) == 0


def _spread(value: Any, size: int) -> np.ndarray:
    return np.full(size, value, dtype=np.float64) if _is_scalar(value) else np.array(value, dtype=np.float64)


def check_estimates(estimates: pd.DataFrame, name: str = "estimates") -> None:
    """Check every promise that the estimate frame makes.

    Parameters
    ----------
    estimates
        The frame.
    name
        What to call it in the message.

    Raises
    ------
    EstimateError
        Naming every broken rule, with the first row that breaks it; ``.faults`` has one fault per rule.

    Examples
    --------
    >>> check_estimates(estimate_frame({"meting": "m", "measure": "share", "estimate": 1.5}))
    Traceback (most recent call last):
    ...
    srsmeting.errors.EstimateError: estimates:2: 1 row where a share or rate lies outside 0 to 1, first 1.5.
    """
    if tuple(estimates.columns) != COLUMNS:
        raise EstimateError(
            f"{name}: the columns are {', '.join(estimates.columns)}. Make the frame with estimate_frame(). "
            f"An estimate frame has {', '.join(COLUMNS)}."
        )
    faults = [
        _fault(name, broken, rule, message, estimates[column])
        for rule, column, message, broken in _rules(estimates)
        if broken.any()
    ]
    if faults:
        raise EstimateError(faults=faults)


def _rules(e: pd.DataFrame) -> list[tuple[str, str, str, npt.NDArray[np.bool_]]]:
    def among(name: str, *texts: str) -> npt.NDArray[np.bool_]:
        column = e[name]
        return (column.eq(texts[0]) if len(texts) == 1 else column.isin(texts)).to_numpy(dtype=np.bool_)

    values = {name: e[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in (*VALUES, *COUNTS)}
    estimate, low, high = values["estimate"], values["ci_low"], values["ci_high"]
    normal, suppressed, reasonless = among("status", "A"), among("status", "Q"), among("reason", "")
    told = np.logical_or.reduce([~np.isnan(column) for column in values.values()])
    # Response can exceed 1 where respondents name another WGO than the frame has, and differences can be negative.
    outside = among("measure", *_BOUNDED) & ((estimate < 0) | (estimate > 1))
    ends = ~np.isnan(low) & ~np.isnan(high)
    apart = ends & ((low > estimate + 1e-12) | (high < estimate - 1e-12))
    too_many = among("measure", "share", "count") & (values["numerator"] > values["denominator"])
    whole, everyone = among("by", ""), among("group", "")
    return [
        ("double_key", "question", "a key stands twice", e.duplicated([*KEY]).to_numpy()),
        ("no_meting", "meting", "no meting is named", among("meting", "")),
        ("no_measure", "measure", "no measure is named", among("measure", "")),
        (
            "half_breakdown",
            "by",
            "a breakdown has no group, or a group no breakdown",
            (whole != everyone) & ~(among("measure", *OVER_GROUPS) & everyone),
        ),
        ("unknown_status", "status", "the status is not known", ~among("status", *STATUSES)),
        ("no_reason", "status", "a status other than A has no reason", ~normal & reasonless),
        ("idle_reason", "reason", "status A has a reason", normal & ~reasonless),
        ("leak", "question", "a suppressed row still has numbers", suppressed & told),
        # An empty method would tell a single respondent from more.
        ("method", "question", "a suppressed row tells its method", suppressed & ~among("method", "")),
        ("out_of_range", "estimate", "a share or rate lies outside 0 to 1", outside),
        ("interval", "estimate", "the interval does not hold the estimate", apart),
        ("point_interval", "estimate", "the interval has no width", low == high),
        ("counts", "numerator", "the numerator exceeds the denominator", too_many),
        ("no_value", "measure", "a row with status A has no estimate", normal & np.isnan(estimate)),
    ]


def _fault(name: str, broken: npt.NDArray[np.bool_], rule: str, message: str, column: pd.Series) -> Fault:
    number, first = int(broken.sum()), int(np.flatnonzero(broken)[0])
    value = str(column.iloc[first])
    rows = "row" if number == 1 else "rows"
    # Line 1 of the stored file is its header.
    return Fault(
        name, f"{number} {rows} where {message}, first {value}.", first + 2, str(column.name), value=value, rule=rule
    )


def bind_estimates(*frames: pd.DataFrame) -> pd.DataFrame:
    """Put estimate frames under each other, and refuse the same number twice.

    Raises
    ------
    EstimateError
        When a key stands twice, or another promise of the frame is broken.

    Examples
    --------
    >>> share = estimate_frame({"meting": "m", "measure": "share", "question": "q", "estimate": 0.5})
    >>> bind_estimates(share, share)
    Traceback (most recent call last):
    ...
    srsmeting.errors.EstimateError: bind_estimates():3: 1 row where a key stands twice, first q.
    """
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return estimate_frame({name: [] for name in COLUMNS})
    bound = pd.concat(filled, ignore_index=True)
    check_estimates(bound, "bind_estimates()")
    return bound


def pick(
    estimates: pd.DataFrame,
    question: str,
    category: str = "",
    *,
    item: str = "",
    by: str = "",
    group: str = "",
    measure: str = "",
    meting: str = "",
) -> pd.Series:
    """Return exactly one row.

    Parameters
    ----------
    estimates
        The frame.
    question, category, item, by, group
        The address; empty means the row where that part is empty.
    measure, meting
        Only needed where the rest leaves more than one row.

    Raises
    ------
    UnknownNameError
        When there is no such row; the message says which part of the address does not exist.
    EstimateError
        When there are several.

    Examples
    --------
    >>> frame = estimate_frame({"meting": "m", "measure": "share", "question": "q", "category": ["ja", "nee"],
    ...                         "estimate": [0.75, 0.25]})
    >>> float(pick(frame, "q", "ja")["estimate"])
    0.75
    >>> pick(frame, "q", "jaa")
    Traceback (most recent call last):
    ...
    srsmeting.errors.UnknownNameError: pick(): no category 'jaa'. Did you mean 'ja'? Known: 'ja', 'nee'.
    """
    address = {"question": question, "item": item, "by": by, "group": group, "category": category}
    address |= {name: value for name, value in (("measure", measure), ("meting", meting)) if value}
    rows = estimates
    for name, value in address.items():
        kept = rows[rows[name].to_numpy() == value]
        if kept.empty:
            raise unknown_name("pick()", name, value, rows[name].unique().tolist())
        rows = kept
    if len(rows) > 1:
        open_parts = [name for name in ("measure", "meting") if len(rows[name].unique()) > 1]
        raise EstimateError(
            f"pick(): {len(rows)} rows for {', '.join(f'{k} {v!r}' for k, v in address.items() if v)}. "
            f"Name the {' and the '.join(open_parts)} too. "
            f"Known: {', '.join(repr(value) for name in open_parts for value in rows[name].unique())}."
        )
    return rows.iloc[0]


def compare_estimates(new: pd.DataFrame, old: pd.DataFrame, tolerance: float = 1e-9) -> pd.DataFrame:
    """Return what differs between two estimate frames.

    Parameters
    ----------
    new, old
        Estimate frames.
    tolerance
        Absolute difference in a value that is still the same value.

    Returns
    -------
    pd.DataFrame
        The key, ``change`` (``added``, ``dropped`` or ``changed``), ``column`` (which one changed, else empty), and the
        values ``old`` and ``new`` as text. Empty when the two say the same.

    Examples
    --------
    >>> old = estimate_frame({"meting": "m", "measure": "share", "question": "q", "estimate": 0.5})
    >>> new = old.assign(estimate=0.75)
    >>> compare_estimates(new, old)[["question", "change", "column", "old", "new"]]
      question   change    column  old   new
    0        q  changed  estimate  0.5  0.75
    """
    both = new.merge(old, on=[*KEY], how="outer", suffixes=("_new", "_old"), indicator=True)
    parts = []
    for side, change in (("left_only", "added"), ("right_only", "dropped")):
        rows = both.loc[both["_merge"] == side, [*KEY]]
        parts.append(rows.assign(change=change, column="", old="", new=""))
    kept = both[both["_merge"] == "both"]
    for column in (*VALUES, *COUNTS, *FLAGS):
        left, right = kept[f"{column}_new"], kept[f"{column}_old"]
        if column in FLAGS:
            differs = (left != right).to_numpy()
        else:
            a, b = left.to_numpy(dtype=float, na_value=np.nan), right.to_numpy(dtype=float, na_value=np.nan)
            differs = ~((np.abs(a - b) <= tolerance) | (np.isnan(a) & np.isnan(b)))
        if differs.any():
            texts = {"old": right[differs].map(_show), "new": left[differs].map(_show)}
            parts.append(kept.loc[differs, [*KEY]].assign(change="changed", column=column, **texts))
    return pd.concat(parts, ignore_index=True)


def _show(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def read_estimates(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read an estimate frame that :func:`srsmeting.frames.write_frame` wrote, and check it.

    Raises
    ------
    EstimateError
        When the file is not there, is not an estimate frame, or breaks the contract.
    """
    source = Path(path)
    if not source.is_file():
        raise EstimateError(
            f"{source}: there is no such file. Make it with `srsmeting estimate METING -o {source.name}`."
        )
    raw = read_frame(source, dict.fromkeys(VALUES, "float64") | dict.fromkeys(COUNTS, "Int64"))
    if tuple(raw.columns) != COLUMNS:
        check_estimates(raw, source.name)
    frame = estimate_frame({name: raw[name] for name in COLUMNS})
    check_estimates(frame, source.name)
    return frame
