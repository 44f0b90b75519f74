"""Figures of a monitor of goals: results against goals, steps, months, and progress."""

from srsmeting.presentation.figures.goals.bullets import build_bullets, build_unit_bullets
from srsmeting.presentation.figures.goals.funnel import build_funnel
from srsmeting.presentation.figures.goals.picture import GoalsFigure
from srsmeting.presentation.figures.goals.progress import build_progress
from srsmeting.presentation.figures.goals.timeline import build_timeline

__all__ = ["GoalsFigure", "build_bullets", "build_funnel", "build_progress", "build_timeline", "build_unit_bullets"]
