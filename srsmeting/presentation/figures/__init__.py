"""Figures in the house style; the only place that imports seaborn and matplotlib, so import it when one is drawn."""

from srsmeting.presentation.figures.change import ChangeFigure, build_coverage_change
from srsmeting.presentation.figures.exhibit import Figure, build_figure
from srsmeting.presentation.figures.order import Order

__all__ = ["build_coverage_change", "build_figure", "ChangeFigure", "Figure", "Order"]
