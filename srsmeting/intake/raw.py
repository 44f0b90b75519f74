"""What every reader hands over: the cells of an export as text, and where they stand.

One module per export format reads it to this contract. It knows the format and nothing of the questionnaire: it does
not drop a column, decode an answer or judge one. It says which columns the tool added, and which rows the *tool* does
not count as a response; what the tool's answers look like is for its `dialect`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.dialect import Dialect
from srsmeting.responses import ANSWERED, NO_ANSWER

if TYPE_CHECKING:
    from srsmeting.intake.checks.findings import Finding

Lines: TypeAlias = npt.NDArray[np.int64]

#: Text cells: always str, never NaN, so that an answer "N/A", "None" or "null" stays what it is.
TEXT = pd.StringDtype(na_value=np.nan)

#: Why a row is set aside: the respondent did not get to the end.
INCOMPLETE = "incomplete"
#: Whoever made the survey tried it out; the tool filled it in by itself; the tool took the respondent for a machine.
PREVIEW, TEST, SPAM = "preview", "test", "spam"
#: Another response of the same invitation counts.
DOUBLE = "double"
#: A person said so, in ``corrections.yaml``.
BY_HAND = "by_hand"

#: Rule of the fault of a cell with a formula, which stands in `cells` as the workbook shows it.
FORMULA: Final = "formula"

#: Status of a cell, beside ANSWERED and NO_ANSWER of :mod:`srsmeting.responses`: the tool did not show the question, or
#: does not tell.
NOT_SHOWN: Final = 2
UNKNOWN: Final = -1


@dataclass(frozen=True)
class Times:
    """Columns that tell when a response was given; "" for one that the export does not have.

    Parameters
    ----------
    start, end
        The moments at which it was begun and finished.
    seconds
        How long that took.
    zones
        Time zone by column, where the tool tells the zone of moments that do not tell it themselves.
    """

    start: str = ""
    end: str = ""
    seconds: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RawExport:
    """The cells of an export, as they stand in the file.

    Parameters
    ----------
    name
        The file's name, for messages.
    format
        What the file was recognised as, in Dutch: it is printed in the intake report.
    dialect
        How the tool names the columns of a question and writes the answers in them.
    cells
        One row per record in file order (RangeIndex), one column per heading, all text; an empty cell is ``""``.
    lines
        Line of the file on which each record starts, counted from 1 (a record can span lines); in a workbook its row,
        in a format without lines its number.
    metadata
        Columns that the tool adds itself, with what they are (Dutch); all others are answers.
    id_column
        Column that tells the records apart.
    token_column
        Column with the token that the organisation was invited with; empty when the export has none.
    set_aside
        Per record the reason why the tool does not count it as a response (:data:`INCOMPLETE`), ``""`` when it does.
    notes
        What a researcher should know about the reading, in Dutch.
    faults
        Faults in the file that do not keep it from being read; intake raises them together with its own.
    findings
        What a person should look at before trusting the reading; intake reports them together with its own.
    shown
        Of the answer columns of which the tool tells whether the question was shown: whether it was. Rows as in
        `cells`; a column that is not in it is one of which the tool does not tell.
    lost
        What this path loses of the answers, in Dutch sentences: printed in the intake report.
    texts
        Text of the question and the part by column, as the file or its structure tells it.
    place
        What `lines` counts, in Dutch.
    organisation_column
        Column with the names of organisations; no reader knows it, the configuration of a measurement names it.
    times
        Which columns tell when a response was given.
    blank_rows
        Rows without any cell, which are no records; `notes` tells of them.
    apart
        What else is in the file and is not taken over, by name with what it is (Dutch): a table of participants, who
        made the survey.
    sha256, size
        Hash and size in bytes of the file that was read.
    """

    name: str
    format: str
    dialect: Dialect
    cells: pd.DataFrame
    lines: Lines
    metadata: Mapping[str, str]
    id_column: str
    token_column: str
    set_aside: pd.Series[str]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    findings: tuple[Finding, ...] = ()
    shown: pd.DataFrame | None = None
    lost: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    place: Literal["regel", "rij", "record"] = "regel"
    organisation_column: str = ""
    times: Times = field(default_factory=Times)
    blank_rows: int = 0
    apart: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    size: int = 0

    def __len__(self) -> int:
        return len(self.cells)

    def status(self) -> pd.DataFrame:
        """Return what the file itself tells of every answer cell, before routing is asked.

        Returns
        -------
        DataFrame
            The answer columns of `cells`, int8: ANSWERED where something is written; of an empty cell NO_ANSWER when
            the tool showed the question, NOT_SHOWN when it did not, UNKNOWN when the tool does not tell.
        """
        shown = pd.DataFrame(index=self.cells.index) if self.shown is None else self.shown
        found = {}
        for column in self.cells.columns:
            if column not in self.metadata:
                empty = np.where(shown[column], NO_ANSWER, NOT_SHOWN) if column in shown else UNKNOWN
                found[column] = np.where(self.cells[column] == "", empty, ANSWERED).astype(np.int8)
        return pd.DataFrame(found, index=self.cells.index)
