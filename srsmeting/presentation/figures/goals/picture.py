"""What the figures of a monitor of goals share: a picture with its numbers, and a sheet to draw on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, house_style, text_width
from srsmeting.presentation.figures.exhibit import Picture
from srsmeting.presentation.figures.layout import wrap

#: Between the name of a row and what is drawn.
PAD: Final = 6.0
#: Room for the names of rows.
STUB: Final = 118.0
#: A goal that was reached, nearly, or not; and a result without a goal.
REACHED: Final = "#0B4A6F"
SHORT: Final = "#7DB3D0"
WITHOUT: Final = "#DEDEDE"


@dataclass(frozen=True, kw_only=True, repr=False)
class GoalsFigure(Picture):
    """A figure of a monitor of goals.

    Parameters
    ----------
    plot
        Draws it.
    """

    plot: Callable[[], Canvas] = field(compare=False)

    def drawn(self) -> Canvas:
        """Draw it."""
        with house_style():
            return self.plot()


def sheet_of(page: Page) -> Axes:
    """Return axes over the whole page, in points, origin at the top left."""
    sheet = page.axes(0, 0, style.WIDTH, page.height)
    sheet.set_xlim(0, style.WIDTH)
    sheet.set_ylim(page.height, 0)
    return sheet


def bar(sheet: Axes, x: float, middle: float, width: float, height: float, colour: str) -> None:
    """Draw a bar; a pale one has an outline."""
    edge = style.OUTLINE if style.contrast(colour, style.PAPER) < 2 else colour
    corner = (x, middle - height / 2)
    sheet.add_patch(
        Rectangle(corner, width, height, facecolor=colour, edgecolor=edge, linewidth=0.6, clip_on=False, zorder=2)
    )


def named(labels: Sequence[str], width: float = STUB) -> list[tuple[str, ...]]:
    """Return the names of rows in lines that fit."""
    return [wrap(label, width - PAD, text_width) for label in labels]
