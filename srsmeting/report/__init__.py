"""What a chapter imports: estimates and questionnaire in; figures, tables and sentences out.

A chapter says what it wants to say; whether it is so is decided here. Every number, every number-word and every
comparison in a chapter comes out of a call that looks at the estimates, so that the text is still true when the figures
of another year are put under it, and when a figure is suppressed.
"""

from srsmeting.report.chapter import Report, open_report

__all__ = ["Report", "open_report"]
