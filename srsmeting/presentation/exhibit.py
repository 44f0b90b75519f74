"""What figures and tables share: an id, a caption, and the lines beneath that say who, from where and what signs mean.

An exhibit shows itself in a chapter as a Quarto cross-reference div, so that a cell is one call and `@fig-...` works.
Caption, alt text and notes are data: they are escaped, so that no quote, bracket or dollar sign can turn into markup.
"""

from __future__ import annotations

import html
import json
import os
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from srsmeting.errors import ReportError

#: The environment variable in which the renderer says which formats it will make, such as ``html,docx``.
FORMATS_VARIABLE = "SRSMETING_FORMATS"
_ID = re.compile(r"(fig|tbl)-[a-z0-9]+(-[a-z0-9]+)*")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^$@\"'&]|(?<=-)-|-(?=-)|(?<=\.)\.|\.(?=\.)")
# What starts a list, heading, quotation, definition or fence when it comes first in a paragraph.
_OPENING = re.compile(r"^(\(?[0-9A-Za-z]{1,9})([.)])(?=\s)|^([-+:%=])")


@dataclass(frozen=True, kw_only=True)
class Exhibit(ABC):
    """A numbered figure or table of a report.

    Parameters
    ----------
    id
        Name for cross-references: ``fig-`` or ``tbl-`` and words of lower-case letters and digits joined by hyphens.
    caption
        What it shows, in one line.
    data
        The numbers behind it.
    base
        Who was asked, and how many.
    notes
        Remarks and the meaning of signs.
    source
        Where the numbers come from, without "Bron:".

    Raises
    ------
    ReportError
        For an id that cannot be referred to, or an empty caption.
    """

    id: str
    caption: str
    data: pd.DataFrame = field(repr=False, compare=False)
    base: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ReportError(
                f"exhibit {self.id!r}: the id cannot be referred to. Begin with 'fig-' or 'tbl-' and join words of "
                "lower-case letters and digits with hyphens, such as 'fig-effect-onderzoek'."
            )
        if not self.caption.strip():
            raise ReportError(f"exhibit {self.id!r}: it has no caption. Say in one line what it shows.")

    @abstractmethod
    def body(self) -> str:
        """Return the picture or the table itself, as Pandoc markdown."""

    def remarks(self) -> tuple[str, ...]:
        """Return what must be known to read it, behind the base."""
        return self.notes

    def lines(self) -> tuple[str, ...]:
        """Return the lines beneath: base and remarks together, then the source; empty ones left out."""
        told = " ".join(text for text in (self.base, *self.remarks()) if text)
        source = f"Bron: {self.source}" if self.source else ""
        return tuple(line for line in (told, source) if line)

    def _repr_markdown_(self) -> str:
        return self.with_lines(f"::: {{#{self.id}}}", self.body(), escape_text(self.caption), ":::")

    def with_lines(self, *blocks: str) -> str:
        """Return blocks of markdown with the lines beneath them."""
        beneath = ["::: {.bron}", *(escape_text(line) for line in self.lines()), ":::"] if self.lines() else []
        return "\n" + "\n\n".join([*blocks, *beneath]) + "\n"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.caption}>"


def escape_text(text: str) -> str:
    r"""Escape a line of text for Pandoc markdown, so that it is printed as it stands.

    Examples
    --------
    >>> print(escape_text('Eens* met "meer [zij-]instroom"'))
    Eens\* met \"meer \[zij-\]instroom\"
    >>> print(escape_text("1. Inleiding"))
    1\. Inleiding
    """
    line = _SPECIAL.sub(r"\\\g<0>", _one_line(text))
    return _OPENING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def escape_attribute(text: str) -> str:
    r"""Escape a text for a quoted attribute in Pandoc markdown.

    Examples
    --------
    >>> print(escape_attribute('Het vaakst: "ja"'))
    Het vaakst: \"ja\"
    """
    return re.sub(r"[\\\"&{}<>]", r"\\\g<0>", _one_line(text))


def escape_html(text: str) -> str:
    """Escape a text for a cell of an HTML table.

    Examples
    --------
    >>> escape_html("<50 fte & meer")
    '&lt;50 fte &amp; meer'
    """
    # A backtick could end the block of raw HTML that the table stands in.
    return html.escape(_one_line(text), quote=False).replace("`", "&#96;")


def exhibit_id(prefix: str, name: str) -> str:
    """Make the id of an exhibit out of the name of a question.

    Examples
    --------
    >>> exhibit_id("fig", "effect_onderzoek")
    'fig-effect-onderzoek'
    """
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join([prefix, *words])


def requested_formats() -> frozenset[str]:
    """Return the formats of the report that is being rendered.

    The package's own renderer names them in `SRSMETING_FORMATS`. Quarto (from 1.8) renders one format at a time and
    names it in the file that `QUARTO_EXECUTE_INFO` points at. Outside a report: html.
    """
    named = {name.strip().lower() for name in os.environ.get(FORMATS_VARIABLE, "").split(",")} - {""}
    return frozenset(named or _quarto_format() or {"html"})


def _quarto_format() -> set[str]:
    source = os.environ.get("QUARTO_EXECUTE_INFO", "")
    try:
        identifier = json.loads(Path(source).read_text(encoding="utf-8"))["format"]["identifier"]
        return {str(identifier.get("base-format") or identifier["target-format"]).lower()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Not under Quarto, or a version that tells less: html pictures are right for all formats but Word.
        return set()


def _one_line(text: str) -> str:
    # Not str.split(), which would also take out the spaces that must not break.
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" \t\r\n")
