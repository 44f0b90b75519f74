"""The intake report as one HTML page in Dutch, for the file of the measurement: internal, and not to be published.

It holds everything in itself, so that it can be kept and printed. It computes nothing that the report does not have
but percentages, and says nothing about one respondent.
"""

from srsmeting.intake_page.file import report_writer
from srsmeting.intake_page.page import intake_page

__all__ = ["intake_page", "report_writer"]
