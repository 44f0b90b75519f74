"""The page that charts are drawn on: sizes in points, origin at the top left, text measured before it is placed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Rectangle
from matplotlib.textpath import TextToPath

from srsmeting.presentation.figures import style

DPI: Final = 200
# A square of less contrast with the page gets an outline.
_FAINT: Final = 2.0
_RC: Final[dict[str, Any]] = {
    # Without the salt the ids in an SVG are random; with paths it looks alike on every machine.
    "svg.hashsalt": "srsmeting",
    "svg.fonttype": "path",
    "font.family": [style.FONT],
    "font.size": style.SIZE,
    "text.color": style.INK,
    # A dollar sign in a label is a dollar sign.
    "text.parse_math": False,
    # With hinting, text in a PNG is up to 3% wider than what was measured, and than it is in an SVG.
    "text.hinting": "none",
    "axes.edgecolor": style.GUIDE,
}


class Page:
    """A figure of a given height, as wide as the text of the report, with a narrow margin around it."""

    def __init__(self, height: float) -> None:
        self.height = height
        self._outer = (style.WIDTH + 2 * style.MARGIN, height + 2 * style.MARGIN)
        self.canvas = Canvas(figsize=(self._outer[0] / 72, self._outer[1] / 72))
        self._sheet = self.axes(0, 0, style.WIDTH, height)
        self._sheet.set_zorder(2)
        self._sheet.set_xlim(0, style.WIDTH)
        self._sheet.set_ylim(height, 0)

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Return bare axes at a place on the page."""
        wide, high = self._outer
        left, bottom = style.MARGIN + x, style.MARGIN + self.height - y - height
        axes = self.canvas.add_axes((left / wide, bottom / high, width / wide, height / high))
        axes.set_axis_off()
        return axes

    def text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        align: str = "left",
        colour: str = style.INK,
        *,
        bold: bool = False,
    ) -> None:
        """Print lines, centred on `y` as a block."""
        weight = "bold" if bold else "normal"
        first = y - (len(lines) - 1) * style.LINE / 2
        for at, line in enumerate(lines):
            # Centred on the height of a capital, so that lines with and without tails stand alike.
            baseline = first + at * style.LINE + 0.365 * style.SIZE
            self._sheet.text(x, baseline, line, ha=align, va="baseline", color=colour, weight=weight)

    def square(self, x: float, y: float, size: float, colour: str) -> None:
        """Draw the coloured square that stands for an answer, centred on `y`."""
        edge = style.OUTLINE if style.contrast(colour, style.PAPER) < _FAINT else colour
        corner = (x, y - size / 2)
        self._sheet.add_patch(
            Rectangle(corner, size, size, facecolor=colour, edgecolor=edge, linewidth=0.6, clip_on=False)
        )

    def line(self, x: Sequence[float], y: Sequence[float], colour: str = style.GUIDE) -> None:
        """Draw a thin line that guides the eye."""
        self._sheet.plot(x, y, color=colour, linewidth=0.7, solid_capstyle="butt")

    def dot(self, x: float, y: float, *, filled: bool) -> None:
        """Draw a dot, or a ring that stays visible around a dot in the same place."""
        colours = (style.BAR, style.BAR) if filled else (style.PAPER, style.INK)
        size, over = (3.4, 4) if filled else (5.0, 3)
        round_ = Circle((x, y), size, facecolor=colours[0], edgecolor=colours[1], linewidth=1.2, zorder=over)
        round_.set_clip_on(False)
        self._sheet.add_patch(round_)


def house_style() -> AbstractContextManager[None]:
    """Return the context in which everything is drawn and written, whatever the user's settings are."""
    settings: Any = {**mpl.rcParamsDefault, "backend": mpl.rcParams["backend"], **_RC}
    return mpl.rc_context(settings)


@cache
def text_width(text: str, bold: bool = False) -> float:
    """Return the width of a text in points."""
    font = FontProperties(family=style.FONT, size=style.SIZE, weight="bold" if bold else "normal")
    width, _, _ = TextToPath().get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def to_bytes(canvas: Canvas, suffix: str) -> bytes:
    """Return a drawn figure as the content of an SVG or PNG file; the same figure gives the same bytes."""
    stream = io.BytesIO()
    with house_style():
        if suffix == ".png":
            FigureCanvasAgg(canvas).print_figure(stream, dpi=DPI, format="png", metadata={"Software": "srsmeting"})
        else:
            nameless = {"Date": None, "Creator": "srsmeting"}
            FigureCanvasSVG(canvas).print_figure(stream, format="svg", metadata=nameless)
    return stream.getvalue()
