"""The figure of results against goals: a bar for each result, and a stroke where its goal lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from srsmeting.goals import Track, Unit
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.goals.picture import (
    PAD,
    REACHED,
    SHORT,
    STUB,
    WITHOUT,
    GoalsFigure,
    bar,
    named,
    sheet_of,
)
from srsmeting.presentation.figures.layout import place_legend
from srsmeting.presentation.goals.outcomes import Outcomes, Standing
from srsmeting.presentation.goals.printed import NOTHING, percent_text, written
from srsmeting.presentation.goals.tables import rows_of
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.words import opsomming

_BAR: Final = 10.0
_STROKE: Final = 15.0
_SWATCH: Final = 14.0
_HEAD: Final = style.LINE + 2 * PAD
_COLOURS: Final = {"reached": REACHED, "nearly": SHORT, "missed": SHORT, None: WITHOUT}
_LEGEND: Final = (
    (REACHED, "resultaat, doel gehaald"),
    (SHORT, "resultaat, doel niet gehaald"),
    (WITHOUT, "zonder doel"),
)


@dataclass(frozen=True)
class Bullet:
    """One row: the result and the ends of the goal, None where there are none, and how they are printed."""

    label: str
    result: int | None
    goal: tuple[int, int] | None
    standing: Standing | None
    printed: tuple[str, str, str]
    dropped: bool = False

    @property
    def told(self) -> str:
        """What stands behind the bar, and in the alt text: "52 van 50 (104%)"."""
        result, goal, percent = self.printed
        if self.result is None:
            return f"nog geen resultaat, doel {goal}" if self.goal else f"{self._without}, geen resultaat"
        return f"{result} van {goal} ({percent})" if self.goal else f"{result}, {self._without}"

    @property
    def _without(self) -> str:
        """Why there is no goal."""
        return "doel vervallen" if self.dropped else "geen doel"


def build_bullets(
    outcomes: Outcomes, tracks: Sequence[Track] = (), *, id: str = "fig-realisatie", caption: str = "", source: str = ""
) -> GoalsFigure:
    """Make the figure of results against goals, a block for every track, each on its own scale.

    Parameters
    ----------
    outcomes
        The figures of the monitor.
    tracks
        Default all.
    id, caption, source
        Of the figure; the source without "Bron:".
    """
    shown = [(track.label, _bullets(outcomes, track)) for track in (tracks or outcomes.monitor.tracks)]
    caption = caption or outcomes.dated("Resultaat en doel")
    return GoalsFigure(
        id=id,
        caption=caption,
        data=rows_of(outcomes, "result", "goal", "attainment"),
        notes=("De staaf is het resultaat, het streepje het doel. Elk spoor heeft een eigen schaal.",),
        source=source,
        alt=_alt(shown, outcomes.monitor.config.units.plural),
        table=_table(outcomes, shown, caption),
        plot=lambda: _draw(shown),
    )


def build_unit_bullets(outcomes: Outcomes, unit: Unit, *, source: str = "") -> GoalsFigure:
    """Make the figure of the results of one unit against its goals, a bar for every track, all on one scale."""
    shown = [("", [_bullet(outcomes, unit, track, track.label) for track in outcomes.monitor.tracks])]
    caption = f"{unit.label}: resultaat en doel"
    slug = unit.id.replace("_", "-")
    return GoalsFigure(
        id=f"fig-{slug}",
        caption=caption,
        data=rows_of(outcomes, "result", "goal", "attainment"),
        source=source,
        alt=f"Staven met het resultaat van {unit.label} en een streepje bij het doel. {_listed(shown[0][1])}.",
        table=_table(outcomes, shown, caption),
        plot=lambda: _draw(shown),
    )


def _bullets(outcomes: Outcomes, track: Track) -> list[Bullet]:
    return [_bullet(outcomes, unit, track, unit.label) for unit in outcomes.monitor.units]


def _bullet(outcomes: Outcomes, unit: Unit, track: Track, label: str) -> Bullet:
    goal, result = outcomes.goal(unit, track), outcomes.result(unit, track)
    ends = None if goal is None or goal.low is None or goal.high is None else (goal.low, goal.high)
    percent = percent_text(outcomes.row("attainment", track.id, unit.id), outcomes.row("result", track.id, unit.id))
    return Bullet(
        label,
        None if result is None else result.high,
        ends,
        outcomes.standing(unit, track),
        (written(result), written(goal), percent),
        outcomes.is_dropped(unit, track),
    )


def _listed(bullets: Sequence[Bullet]) -> str:
    return "; ".join(f"{one.label} {one.told}" for one in bullets)


def _alt(shown: Sequence[tuple[str, Sequence[Bullet]]], plural: str) -> str:
    told = []
    for track, bullets in shown:
        judged = [one for one in bullets if one.standing]
        reached = [one.label for one in judged if one.standing == "reached"]
        who = f"doel gehaald door {opsomming(reached)}" if reached else f"geen van de {plural} haalde het doel"
        first = f"{track}: {who if judged else 'nog niets te vergelijken'}"
        told.append(f"{first}. Resultaat van doel: {_listed(bullets)}.")
    return f"Staven met het resultaat en een streepje bij het doel. {' '.join(told)}"


def _table(outcomes: Outcomes, shown: Sequence[tuple[str, Sequence[Bullet]]], caption: str) -> Table:
    rows = [
        Row(one.label, tuple(Cell(text) for text in one.printed), group=track)
        for track, bullets in shown
        for one in bullets
    ]
    heads = ("Resultaat", "Doel", "Realisatie")
    return Table(
        id="tbl-cijfers-realisatie",
        caption=caption,
        data=rows_of(outcomes, "result", "goal", "attainment"),
        stub=Column(outcomes.monitor.config.units.label, 40, "left"),
        columns=tuple(Column(head, 20) for head in heads),
        rows=tuple(rows),
    )


def _draw(shown: Sequence[tuple[str, Sequence[Bullet]]]) -> Canvas:
    used = {one.standing for _, bullets in shown for one in bullets if one.result is not None}
    entries = [entry for entry in _LEGEND if any(_COLOURS[standing] == entry[0] for standing in used)]
    legend = place_legend([label for _, label in entries] + ["doel"], style.WIDTH, text_width, _SWATCH, 14)
    top = (max(one.line + len(one.lines) for one in legend) if legend else 0) * (style.LINE + 3) + PAD
    labels = [named([one.label for one in bullets]) for _, bullets in shown]
    height = top + sum(
        (_HEAD if track else 0) + sum(_row(lines) for lines in names)
        for (track, _), names in zip(shown, labels, strict=True)
    )
    page = Page(height)
    sheet = sheet_of(page)
    for entry in legend:
        y = (entry.line + 0.5) * (style.LINE + 3)
        if entry.index < len(entries):
            page.square(entry.x, y, 8.5, entries[entry.index][0])
        else:
            _stroke(sheet, entry.x + 4, y, 11)
        page.text(entry.x + _SWATCH, y, entry.lines)
    # The values stand under each other, right of the longest bar.
    values = max((text_width(_behind(one)) for _, bullets in shown for one in bullets), default=0.0)
    room = style.WIDTH - STUB - values - 2 * PAD
    y = top
    for (track, bullets), names in zip(shown, labels, strict=True):
        if track:
            page.text(0, y + PAD + style.LINE / 2, [track], bold=True)
            y += _HEAD
        longest = max([1, *(max(one.result or 0, one.goal[1] if one.goal else 0) for one in bullets)])
        bottom = y + sum(_row(lines) for lines in names)
        page.line([STUB, STUB], [y, bottom])
        for one, lines in zip(bullets, names, strict=True):
            middle = y + _row(lines) / 2
            page.text(0, middle, lines)
            _draw_bullet(sheet, one, middle, room / longest)
            page.text(style.WIDTH, middle, [_behind(one)], "right")
            y += _row(lines)
    return page.canvas


def _behind(one: Bullet) -> str:
    if one.result is None:
        goal = "vervallen" if one.dropped else one.printed[1]
        return f"{NOTHING} (doel {goal})" if one.goal or one.dropped else NOTHING
    return one.told


def _row(lines: Sequence[str]) -> float:
    return max(len(lines) * style.LINE, _STROKE) + 3


def _draw_bullet(sheet: Axes, one: Bullet, middle: float, scale: float) -> None:
    if one.result:
        bar(sheet, STUB, middle, one.result * scale, _BAR, _COLOURS[one.standing])
    for end in dict.fromkeys(one.goal or ()):
        _stroke(sheet, STUB + end * scale, middle, _STROKE)
    if one.goal and one.goal[0] != one.goal[1]:
        # A goal that is a range: its two ends, joined.
        ends = [STUB + end * scale for end in one.goal]
        sheet.plot(ends, [middle, middle], color=style.INK, linewidth=0.9, zorder=4)


def _stroke(sheet: Axes, x: float, middle: float, height: float) -> None:
    # White around it, so that it is seen on a dark bar.
    ends = [middle - height / 2, middle + height / 2]
    sheet.plot([x, x], ends, color=style.PAPER, linewidth=4.2, solid_capstyle="butt", zorder=3)
    sheet.plot([x, x], ends, color=style.INK, linewidth=1.8, solid_capstyle="butt", zorder=4)
