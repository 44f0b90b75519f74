"""What stands on a drawn page, and whether it can be read."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.transforms import Bbox

from srsmeting.presentation.figures.canvas import DPI, house_style


def printed(canvas: Canvas) -> list[tuple[str, Bbox]]:
    texts = [text for axes in canvas.axes for text in axes.texts]
    with house_style():
        canvas.set_dpi(DPI)
        renderer = FigureCanvasAgg(canvas).get_renderer()
        return [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


def legible(canvas: Canvas) -> list[str]:
    """Return every text on the page, after checking that none lies over another or off the page."""
    texts = printed(canvas)
    for text, box in texts:
        assert canvas.bbox.x0 <= box.x0, text
        assert box.x1 <= canvas.bbox.x1, text
        assert canvas.bbox.y0 <= box.y0, text
        assert box.y1 <= canvas.bbox.y1, text
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        overlap_x = min(a.x1, b.x1) - max(a.x0, b.x0)
        overlap_y = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Lines of one label may share the room for tails.
        assert overlap_x <= 0 or overlap_y <= 2.5 * DPI / 100, (one, other)
    return [text for text, _ in texts]


@pytest.fixture(scope="session")
def read() -> Callable[[Canvas], list[str]]:
    return legible
