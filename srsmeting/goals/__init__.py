"""Monitors of goals: what units set themselves, what they reached, and when; read from files that people edit."""

from srsmeting.goals.cells import Cell, Count, Dropout, Duration, Fact, Mention, Participation
from srsmeting.goals.loading import load_monitor
from srsmeting.goals.model import DURATION, GoalsConfig, Moment, Part, Track, Unit
from srsmeting.goals.monitor import GoalsMonitor
from srsmeting.goals.months import Month, read_month
from srsmeting.goals.reading import COLUMNS
from srsmeting.goals.values import ABSENCES, Value, add_values, read_value

__all__ = [
    "ABSENCES",
    "COLUMNS",
    "DURATION",
    "Cell",
    "Count",
    "Dropout",
    "Duration",
    "Fact",
    "GoalsConfig",
    "GoalsMonitor",
    "Mention",
    "Moment",
    "Month",
    "Part",
    "Participation",
    "Track",
    "Unit",
    "Value",
    "add_values",
    "load_monitor",
    "read_month",
    "read_value",
]
