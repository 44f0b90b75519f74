"""Figures in the house style; the only place that imports seaborn and matplotlib, so import it when one is drawn."""

from srsmeting.presentation.figures.exhibit import Figure, build_figure
from srsmeting.presentation.figures.order import Order

__all__ = ["build_figure", "Figure", "Order"]
