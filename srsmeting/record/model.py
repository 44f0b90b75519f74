"""``record.yaml``: what a record says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from srsmeting.estimates import estimate_frame, read_estimates
from srsmeting.yamlfile import Text, quoted

#: Version of the layout of a record. Raise it when the layout changes, and keep reading the older ones.
FORMAT: Final = 2

#: Files of every record; the copies of inputs are called after their keys.
RECORD_FILE: Final = "record.yaml"
ESTIMATES_FILE: Final = "estimates.csv"
YEARS_FILE: Final = "years.csv"
CHANGES_FILE: Final = "changes.csv"

_HEAD: Final = "# Made by `srsmeting record`, and not to be changed: a correction makes the next record."


class InputFile(BaseModel):
    """A file that the figures were made of, as it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: As the configuration names it.
    file: str
    size: Annotated[int, Field(ge=0)]
    sha256: str
    #: Responses or organisations in it; of files that are not counted, none.
    rows: Annotated[int, Field(ge=0)] | None = None
    #: What its copy in the record is called; empty where only the hash is kept.
    kept: str = ""


class EarlierYear(BaseModel):
    """A measurement before it, as it was when they were compared."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Number of its record that was published then; 0 where its figures were computed.
    record: Annotated[int, Field(ge=0)] = 0
    #: The hashes of its files, by key.
    files: dict[str, str]


class YearsBeside(BaseModel):
    """The years that stood beside the figures: those before it, and what changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figures: Annotated[int, Field(ge=0)]
    #: By id, the earliest first.
    earlier: dict[str, EarlierYear]


class Revision(BaseModel):
    """What a record corrects of the one before it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Number of the record before it, and the hash of its list of hashes.
    of: Annotated[int, Field(ge=1)]
    sha256: str
    reason: str
    #: How many figures are new, gone, or otherwise.
    added: int
    dropped: int
    changed: int
    #: Whether figures were only hidden, or shown that were hidden.
    suppression_only: bool
    #: How many figures of the years beside it are new, gone, or otherwise.
    years: Annotated[int, Field(ge=0)] = 0
    #: Keys of the files that are not the same.
    files: tuple[str, ...] = ()


class RecordConfig(BaseModel):
    """What a ``record.yaml`` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Without years beside it, 1 and 2 are the same.
    format: Literal[1, 2]
    number: Annotated[int, Field(ge=1)]
    meting: Text
    date: dt.date
    note: str = ""
    figures: Annotated[int, Field(ge=0)]
    #: Of srsmeting, Python and the libraries that figures are computed with.
    versions: dict[str, str]
    inputs: dict[str, InputFile]
    #: Of a repeat; a record of before format 2 did not keep them.
    years: YearsBeside | None = None
    revision: Revision | None = None


@dataclass(frozen=True)
class Record:
    """A publication as it was recorded.

    Parameters
    ----------
    folder
        Where it stands.
    config
        What its ``record.yaml`` says.
    """

    folder: Path
    config: RecordConfig

    @property
    def name(self) -> str:
        """The record as messages call it."""
        return f"record {self.config.number}"

    def read_estimates(self) -> pd.DataFrame:
        """Return the estimate frame that was published."""
        return read_estimates(self.folder / ESTIMATES_FILE)

    def read_years(self) -> pd.DataFrame:
        """Return the frame of the years that stood beside it, as :class:`srsmeting.years.Compared` has it."""
        return read_estimates(self.folder / YEARS_FILE) if self.config.years else estimate_frame({"meting": []})


def record_text(config: RecordConfig) -> str:
    """Return the content of a ``record.yaml``.

    Examples
    --------
    >>> kept = InputFile(file="export.csv", size=5, sha256="0d27", rows=2)
    >>> made = RecordConfig(format=1, number=1, meting="m", date=dt.date(2022, 10, 1), note="Eerste", figures=3,
    ...                     versions={"srsmeting": "0.1.0"}, inputs={"export": kept})
    >>> print(record_text(made).partition("changed: ")[2])
    a correction makes the next record.
    format: 1
    number: 1
    meting: m
    date: "2022-10-01"
    note: "Eerste"
    figures: 3
    versions:
      srsmeting: "0.1.0"
    inputs:
      export:
        file: "export.csv"
        size: 5
        sha256: "0d27"
        rows: 2
    <BLANKLINE>
    """
    stored = config.model_dump(mode="json", exclude_defaults=True)
    return "\n".join([_HEAD, *_lines(stored, "")]) + "\n"


def _lines(data: Mapping[str, object], indent: str) -> list[str]:
    lines = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            lines.append(f"{indent}{key}:{'' if value else ' {}'}")
            lines += _lines(value, f"{indent}  ")
        elif isinstance(value, bool):
            lines.append(f"{indent}{key}: {'true' if value else 'false'}")
        elif isinstance(value, list):
            lines.append(f"{indent}{key}: [{', '.join(quoted(str(entry)) for entry in value)}]")
        else:
            lines.append(f"{indent}{key}: {value if isinstance(value, int) else quoted(str(value))}")
    return lines
