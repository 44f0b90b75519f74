"""What every reader hands over: the cells of an export as text, and where they stand.

One module per export format reads it to this contract. It knows the format and nothing of the questionnaire: it does
not drop a column, decode an answer or judge one. It says which columns the tool added, and which rows the *tool* does
not count as a response; what the tool's answers look like is for its `dialect`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.dialect import Dialect

Lines: TypeAlias = npt.NDArray[np.int64]

#: Text cells: always str, never NaN, so that an answer "N/A", "None" or "null" stays what it is.
TEXT = pd.StringDtype(na_value=np.nan)

#: Why a row is set aside: the respondent did not get to the end.
INCOMPLETE = "incomplete"


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
        Line of the file on which each record starts, counted from 1 (a record can span lines).
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
    sha256: str = ""
    size: int = 0

    def __len__(self) -> int:
        return len(self.cells)
