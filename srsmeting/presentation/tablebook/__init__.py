"""The table book: every number of a measurement in an accessible workbook, in Dutch.

It is made of the estimate frame and the questionnaire alone, so that it holds nothing that may not be published. The
writers are not imported here: ``srsmeting.presentation.tablebook.xlsx`` loads a library.
"""

from __future__ import annotations

from srsmeting.presentation.tablebook.book import build_book
from srsmeting.presentation.tablebook.front import About
from srsmeting.presentation.tablebook.long_sheet import long_frame

__all__ = ["About", "build_book", "long_frame"]
