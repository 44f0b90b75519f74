"""Open answers by theme: handed to coders in a workbook, taken back, compared, and counted."""

from srsmeting.themes.coded import Coded, Respondents, count_mentions, read_coded

__all__ = ["Coded", "Respondents", "count_mentions", "read_coded"]
