"""A flow as a drawing: from what came in to what is left, with at every step what was set aside and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srsmeting.presentation.exhibit import escape_html
from srsmeting.presentation.formats import format_count

#: A number and what it is of.
Counted = tuple[int, str]

# In units of the drawing. It is drawn no wider than it is here, and on a phone at seven tenths: the words stay legible.
_WIDTH, _BOX, _GAP = 520, 212, 52
_SIDE = _WIDTH - _BOX - _GAP
_PAD, _LINE, _ARROW = 12, 22, 8
_BETWEEN = 34
# Characters that surely fit in a box: there is nothing here to measure text with.
_FIT = 22


@dataclass(frozen=True)
class Stage:
    """What is there at one moment, what it is made up of, and what is set aside on the way to the next moment."""

    count: int
    label: str
    parts: tuple[Counted, ...] = ()
    aside: tuple[Counted, ...] = ()
    aside_label: str = "Terzijde gelegd"


def draw_flow(id: str, title: str, stages: Sequence[Stage]) -> str:
    """Return the drawing as inline SVG, to be described by what has the id ``{id}-text``: see :func:`tell_flow`.

    What is set aside after a stage and the next stage add up to it. That is for the caller to see to.
    """
    shapes: list[str] = []
    top = 1
    for number, stage in enumerate(stages):
        last = number == len(stages) - 1
        lines = list(_box_lines(stage))
        height = _height(len(lines))
        shapes += _box(1, top, _BOX, lines, "end" if last else "box")
        top += height
        if last:
            continue
        beside = list(_side_lines(stage)) if stage.aside else []
        gap = _height(len(beside)) + _BETWEEN if beside else _BETWEEN
        shapes.append(_arrow(_BOX // 2, top, _BOX // 2, top + gap - 1))
        if beside:
            middle = top + gap // 2
            shapes.append(_arrow(_BOX // 2, middle, _BOX + _GAP - 1, middle))
            shapes += _box(_BOX + _GAP, top + _BETWEEN // 2, _SIDE - 1, beside, "aside")
        top += gap
    return "\n".join(
        [
            f'<svg class="flow" role="img" aria-labelledby="{id}-title" aria-describedby="{id}-text" '
            f'viewBox="0 0 {_WIDTH} {top + 1}" width="{_WIDTH}" height="{top + 1}">',
            f'<title id="{id}-title">{escape_html(title)}</title>',
            *shapes,
            "</svg>",
        ]
    )


def tell_flow(stages: Sequence[Stage]) -> str:
    """Say in words what the drawing shows.

    Examples
    --------
    >>> tell_flow([Stage(4, "Ontvangen", aside=((1, "niet voltooid"),)), Stage(3, "Gebruikt")])
    'Ontvangen: 4. Terzijde gelegd: 1 (1 niet voltooid). Gebruikt: 3.'
    """
    told = []
    for number, stage in enumerate(stages):
        told.append(f"{stage.label}: {format_count(stage.count)}{_listed(stage.parts)}.")
        if number < len(stages) - 1:
            total = sum(count for count, _ in stage.aside)
            told.append(f"{stage.aside_label}: {format_count(total)}{_listed(stage.aside)}.")
    return " ".join(told)


def _listed(parts: Sequence[Counted]) -> str:
    named = [f"{format_count(count)} {label}" for count, label in parts if label]
    return f" ({', '.join(named)})" if named else ""


def _box_lines(stage: Stage) -> Iterator[tuple[str, str]]:
    for line in _wrapped(stage.label):
        yield line, "name"
    yield format_count(stage.count), "count"
    for count, label in stage.parts:
        for line in _wrapped(f"{format_count(count)} {label}"):
            yield line, "part"


def _side_lines(stage: Stage) -> Iterator[tuple[str, str]]:
    for line in _wrapped(f"{stage.aside_label}: {format_count(sum(count for count, _ in stage.aside))}"):
        yield line, "name"
    for count, label in stage.aside:
        for line in _wrapped(f"{format_count(count)} {label}") if label else ():
            yield line, "part"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _FIT, break_long_words=True)


def _height(lines: int) -> int:
    return lines * _LINE + 2 * _PAD


def _box(left: int, top: int, width: int, lines: Sequence[tuple[str, str]], kind: str) -> Iterator[str]:
    yield f'<rect class="{kind}" x="{left}" y="{top}" width="{width}" height="{_height(len(lines))}" rx="3" />'
    for number, (text, style) in enumerate(lines):
        base = top + _PAD + number * _LINE + 16
        yield f'<text class="{style} on-{kind}" x="{left + _PAD}" y="{base}">{escape_html(text)}</text>'


def _arrow(x1: int, y1: int, x2: int, y2: int) -> str:
    head = (
        f"M{x2 - _ARROW} {y2 - 5} L{x2} {y2} L{x2 - _ARROW} {y2 + 5} Z"
        if y1 == y2
        else f"M{x2 - 5} {y2 - _ARROW} L{x2} {y2} L{x2 + 5} {y2 - _ARROW} Z"
    )
    return f'<path class="line" d="M{x1} {y1} L{x2} {y2}" /><path class="head" d="{head}" />'
