"""Whether what was printed of a monitor of goals agrees with itself: tables, totals, durations, flows and text."""

from srsmeting.consistency.findings import COLUMNS, find_inconsistencies, with_remarks
from srsmeting.consistency.statements import Statements, read_statements

__all__ = ["COLUMNS", "Statements", "find_inconsistencies", "read_statements", "with_remarks"]
