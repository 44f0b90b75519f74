"""The figure of a group beside everyone: for each outcome a dot for the group and a ring for everyone, on one scale.

Values stand in columns at the end of each line, so that they cannot overlap however near the two are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Circle

from srsmeting.presentation.beside import Pair, Side, bases_line
from srsmeting.presentation.beside_table import EVERYONE, beside_table
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, house_style, text_width
from srsmeting.presentation.figures.exhibit import Picture
from srsmeting.presentation.figures.layout import place_legend, wrap
from srsmeting.presentation.signs import SIGNS, legend

_PAD: Final = 6.0
_STUB: Final = 205.0
_VALUE: Final = 50.0
_DOT, _RING = 3.4, 5.0
_TICKS: Final = (0, 50, 100)
_LEGEND_LINE: Final = style.LINE + 3


@dataclass(frozen=True, kw_only=True, repr=False)
class PairsFigure(Picture):
    """A figure of a group beside everyone.

    Parameters
    ----------
    pairs
        What it shows.
    label
        Name of the group.
    """

    pairs: tuple[Pair, ...]
    label: str

    def drawn(self) -> Canvas:
        """Draw it."""
        with house_style():
            return _draw(self.pairs, self.label)


def build_pairs(
    pairs: Sequence[Pair], label: str, *, id: str, caption: str, notes: Sequence[str] = (), source: str = ""
) -> PairsFigure:
    """Make the figure of a group beside everyone.

    Parameters
    ----------
    pairs
        As :func:`srsmeting.presentation.beside.read_pairs` returns them.
    label
        Name of the group.
    id, caption, notes, source
        Of the figure; the source without "Bron:".
    """
    table = beside_table(pairs, label, id=exhibit_id("tbl", id.partition("-")[2]), caption=caption)
    printed = [side.printed for pair in pairs for side in (pair.own, pair.whole)]
    return PairsFigure(
        id=id,
        caption=caption,
        data=table.data,
        base=bases_line(pairs, label, EVERYONE.lower()),
        notes=tuple(note for note in (*notes, legend(printed)) if note),
        source=source,
        alt=alt_pairs(pairs, label),
        table=table,
        pairs=tuple(pairs),
        label=label,
    )


def alt_pairs(pairs: Sequence[Pair], label: str) -> str:
    """Tell the figure in words: first where the two are furthest apart, then every value."""
    known = [pair for pair in pairs if pair.difference is not None]
    apart = [abs(pair.difference) for pair in known if pair.difference is not None]
    widest = max(apart, default=0)
    everyone = EVERYONE.lower()
    if not known:
        message = f"Voor geen uitkomst zijn {label} en {everyone} naast elkaar te zetten."
    elif not widest:
        message = f"Overal waar beide zijn gepubliceerd, is {label} gelijk aan {everyone}."
    else:
        first = known[apart.index(max(apart))]
        message = (
            f"{label} verschilt het sterkst van {everyone} bij ‘{first.called}’: {first.own.printed} tegenover "
            f"{first.whole.printed}."
        )
    told = "; ".join(f"{pair.called} ({_value(pair.own)} en {_value(pair.whole)})" for pair in pairs)
    return f"{message} Stippendiagram van {label} en {everyone}: {told}."


def _value(side: Side) -> str:
    return SIGNS[side.printed.status].meaning if side.printed.hidden else str(side.printed)


def _draw(pairs: Sequence[Pair], label: str) -> Canvas:
    track = style.WIDTH - _STUB - 2 * _VALUE - 2 * _PAD
    labels = [wrap(pair.called, _STUB - 2 * _PAD, text_width) for pair in pairs]
    entries = place_legend((label, EVERYONE), style.WIDTH, text_width, 2 * _RING + 4, 14)
    # The same signs stand over the columns of values.
    heads = max(entry.line + len(entry.lines) for entry in entries) * _LEGEND_LINE + style.LINE / 2
    y = top = heads + style.LINE / 2 + _PAD / 2
    middles = []
    for lines in labels:
        half = len(lines) * style.LINE / 2 + 0.45 * _PAD
        middles.append(y + half)
        y += 2 * half
    page = Page(y + style.LINE + _PAD / 2)
    sheet = page.axes(0, 0, style.WIDTH, page.height)
    sheet.set_xlim(0, style.WIDTH)
    sheet.set_ylim(page.height, 0)
    ends = [style.WIDTH - _VALUE, style.WIDTH]
    for entry, end in zip(entries, ends, strict=True):
        line = (entry.line + 0.5) * _LEGEND_LINE
        _mark(sheet, entry.x + _RING, line, own=entry.index == 0)
        page.text(entry.x + 2 * _RING + 4, line + (len(entry.lines) - 1) * style.LINE / 2, entry.lines)
        _mark(sheet, end - _RING, heads, own=entry.index == 0)

    def place(percent: float) -> float:
        return _STUB + _PAD + percent / 100 * (track - _PAD)

    for tick in _TICKS:
        sheet.plot([place(tick)] * 2, [top, y], color=style.UNKNOWN, linewidth=0.9, zorder=1)
        page.text(place(tick), y + style.LINE / 2 + 1, [f"{tick}%"], "center")
    for pair, lines, middle in zip(pairs, labels, middles, strict=True):
        page.text(0, middle, lines)
        shares = [side.share for side in (pair.own, pair.whole) if side.share is not None]
        if shares:
            ends_of = [place(100 * min(shares)), place(100 * max(shares))]
            sheet.plot(ends_of, [middle] * 2, color=style.GUIDE, linewidth=1.2, zorder=2)
        for side, end, own in ((pair.whole, ends[1], False), (pair.own, ends[0], True)):
            page.text(end, middle, [str(side.printed)], "right")
            if side.share is not None:
                _mark(sheet, place(100 * side.share), middle, own=own)
    return page.canvas


def _mark(sheet: Axes, x: float, y: float, *, own: bool) -> None:
    """Draw the dot of the group, or the ring of everyone, which stays visible around a dot in the same place."""
    if own:
        dot = Circle((x, y), _DOT, facecolor=style.BAR, edgecolor=style.BAR, zorder=4, clip_on=False)
    else:
        dot = Circle((x, y), _RING, facecolor=style.PAPER, edgecolor=style.INK, linewidth=1.2, zorder=3, clip_on=False)
    sheet.add_patch(dot)
