"""Years beside each other: what stood where in which year, what changed, and what may not be compared."""

from srsmeting.presentation.years.history import History
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.noted import Noted
from srsmeting.presentation.years.series import Point, Series, Step, read_series

__all__ = ["History", "Moment", "Noted", "Point", "Series", "Step", "read_series"]
