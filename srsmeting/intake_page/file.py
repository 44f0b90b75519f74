"""The intake report as a file: a page to read and sign, or Markdown, by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from srsmeting.errors import EstimateError, ReportError
from srsmeting.frames import write_content
from srsmeting.intake import IntakeReport
from srsmeting.intake.account.markdown import as_markdown
from srsmeting.intake_page.page import intake_page

#: By the suffix of the file.
FORMATS: Final[Mapping[str, Callable[[IntakeReport], str]]] = {".html": intake_page, ".md": as_markdown}


def report_writer(path: Path) -> Callable[[IntakeReport], None]:
    """Return what writes a report to a file; one that is there is written over.

    Raises
    ------
    ReportError
        For a suffix that is not one of :data:`FORMATS`, or a folder that does not exist; and on writing, for a file
        that cannot be written.
    """
    if path.suffix not in FORMATS:
        known = ", ".join(repr(suffix) for suffix in FORMATS)
        raise ReportError(f"{path}: cannot tell the format from the suffix {path.suffix!r}. Known: {known}.")
    if not path.parent.is_dir():
        raise ReportError(f"{path}: the folder {str(path.parent)!r} does not exist. Make it first, or write elsewhere.")

    def write(report: IntakeReport) -> None:
        text = FORMATS[path.suffix](report)
        try:
            write_content(text.encode(), path)
        except EstimateError as problem:
            raise ReportError(str(problem)) from None

    return write
