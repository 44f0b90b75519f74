"""The tables of a monitor of goals, out of the estimate frame and the cells as they were written."""

from srsmeting.presentation.goals.course_tables import (
    dropout_table,
    durations_table,
    figures_table,
    participants_table,
    topics_table,
)
from srsmeting.presentation.goals.outcomes import Outcomes
from srsmeting.presentation.goals.tables import attainment_table, goals_table, results_table, standings_table

__all__ = [
    "Outcomes",
    "attainment_table",
    "dropout_table",
    "durations_table",
    "figures_table",
    "goals_table",
    "participants_table",
    "results_table",
    "standings_table",
    "topics_table",
]
