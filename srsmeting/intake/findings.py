"""One finding: something in a file that was let in, and that a person should know or look at.

A fault keeps the export out (it becomes an IntakeError with all the others); a finding lets it in and goes into the
report. Findings are in Dutch: they are printed in the intake report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.intake.raw import Lines

#: It is as surveys are.
NOTE: Final = "note"
#: A person must look.
WARNING: Final = "warning"
_LINES_SHOWN = 5


@dataclass(frozen=True)
class Finding:
    """Which check, how serious, about which question ("" for none), how many respondents, and what."""

    check: str
    severity: Literal["note", "warning"]
    question: str
    count: int
    message: str


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """Return findings as a frame, warnings first.

    Returns
    -------
    DataFrame
        check, severity, question and message are text, count is Int64.

    Examples
    --------
    >>> findings_frame([Finding("left_empty", "note", "cijfer", 4, "4 respondenten lieten de vraag open.")])
            check severity question  count                               message
    0  left_empty     note   cijfer      4  4 respondenten lieten de vraag open.
    """
    ordered = sorted(findings, key=lambda finding: finding.severity != WARNING)
    dtypes = {"check": "str", "severity": "str", "question": "str", "count": "Int64", "message": "str"}
    return pd.DataFrame(
        [astuple(finding) for finding in ordered], columns=[field.name for field in fields(Finding)]
    ).astype(dtypes)


def respondents(count: int, verb: str, plural: str) -> str:
    """Begin a sentence about so many respondents.

    Examples
    --------
    >>> respondents(1, "liet", "lieten"), respondents(12, "liet", "lieten")
    ('1 respondent liet', '12 respondenten lieten')
    """
    return f"1 respondent {verb}" if count == 1 else f"{count} respondenten {plural}"


def where(rows: npt.NDArray[np.intp], lines: Lines) -> str:
    """Say on which lines of the file these rows stand; the first five are enough to find the kind.

    Examples
    --------
    >>> where(np.array([0, 2]), np.array([2, 4, 5])), where(np.arange(7), np.arange(2, 9))
    ('Regels 2, 5.', 'Regels 2, 3, 4, 5, 6 en 2 andere.')
    """
    shown = ", ".join(str(lines[row]) for row in rows[:_LINES_SHOWN])
    more = f" en {len(rows) - _LINES_SHOWN} andere" if len(rows) > _LINES_SHOWN else ""
    return f"{'Regel' if len(rows) == 1 else 'Regels'} {shown}{more}."
