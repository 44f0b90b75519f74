"""Every format that can be read, and which module reads it.

A module is imported for a file that may be its own only: importing them all takes longer than reading most exports.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

if TYPE_CHECKING:
    from srsmeting.intake.files.source import Source
    from srsmeting.intake.raw import RawExport
    from srsmeting.questionnaire.structures import ToolStructure

MayBe: TypeAlias = "Callable[[Source], bool]"


class ReaderModule(Protocol):
    """A module that reads one format."""

    @property
    def FORMAT(self) -> str:  # noqa: N802 - a constant of a module
        """What it is, in Dutch."""

    @property
    def KEY(self) -> str:  # noqa: N802 - a constant of a module
        """What it is called under `format` in meting.yaml."""

    def recognises(self, source: Source) -> bool:
        """Say whether a file is of this format, by its content."""

    def read(self, source: Source, structure: ToolStructure | None) -> RawExport:
        """Read a file of this format."""


@dataclass(frozen=True)
class Reader:
    """A reader that is imported when it is needed.

    Parameters
    ----------
    KEY
        What it is called under `format` in meting.yaml.
    module
        Where it is, below ``srsmeting.intake.formats``.
    may_be
        Whether a file can be of its format, by its first bytes: true wherever it recognises one.
    """

    KEY: str
    module: str
    may_be: MayBe

    @cached_property
    def loaded(self) -> ReaderModule:
        """The module."""
        return cast("ReaderModule", importlib.import_module(f"srsmeting.intake.formats.{self.module}"))

    def recognises(self, source: Source) -> bool:
        """Say whether a file is of this format, by its content."""
        return self.may_be(source) and self.loaded.recognises(source)

    def read(self, source: Source, structure: ToolStructure | None) -> RawExport:
        """Read a file of this format."""
        return self.loaded.read(source, structure)


def _begins(*bytes_: bytes) -> MayBe:
    return lambda source: source.beginning.startswith(bytes_)


def _text(*characters: str) -> MayBe:
    return lambda source: source.head.startswith(characters)


def _table(*words: str) -> MayBe:
    """Return whether it is a workbook, of which the words are packed, or holds one of the words."""
    wanted = tuple(word.encode() for word in words)

    def may_be(source: Source) -> bool:
        if _ARCHIVE(source):
            return True
        beginning = source.beginning.lower()
        return b"\n" not in beginning or any(word in beginning for word in wanted)

    return may_be


_ARCHIVE = _begins(b"PK\x03\x04")
_RELEASES_OF_STATA = tuple(bytes([release]) for release in range(102, 116))

#: Every format that can be read.
READERS = (
    Reader("limesurvey-lsa", "limesurvey.lsa", _ARCHIVE),
    Reader("limesurvey-vv", "limesurvey.vv", _table("submitdate")),
    Reader("limesurvey-csv", "limesurvey.csv_file", lambda source: not _ARCHIVE(source)),
    Reader("limesurvey-xlsx", "limesurvey.xlsx_file", _ARCHIVE),
    Reader("limesurvey-json", "limesurvey.json_file", _text("{")),
    Reader("limesurvey-spss", "limesurvey.spss", _text("'", ",", *"0123456789")),
    Reader("qualtrics", "qualtrics.table", _table("importid", "response", "record")),
    Reader("surveymonkey", "surveymonkey.table", _table("respond")),
    Reader("microsoft-forms", "msforms", _table("voltooien", "completion", "finalizaci")),
    Reader("google-forms", "googleforms", _table("timestamp", "tijdstempel")),
    Reader("kobo", "kobo", _table("_uuid")),
    Reader("spss", "spss", _begins(b"$FL")),
    Reader("stata", "stata", _begins(b"<stata_dta>", *_RELEASES_OF_STATA)),
)
#: What a file is that is no survey tool's; it is only asked when no other knows the file.
LAST_RESORT = Reader("tabel", "plain_table", lambda source: True)
