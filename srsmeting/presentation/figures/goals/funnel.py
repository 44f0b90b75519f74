"""The figure of the steps: how many were counted in each, one under the other.

The steps need not be inside each other: who goes to work at once was never prepared. The figure says where that is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from matplotlib.figure import Figure as Canvas

from srsmeting.errors import ReportError
from srsmeting.presentation.figures import style
from srsmeting.presentation.figures.canvas import Page, text_width
from srsmeting.presentation.figures.goals.picture import PAD, STUB, GoalsFigure, bar, named, sheet_of
from srsmeting.presentation.figures.layout import place_legend
from srsmeting.presentation.formats import format_count, format_percentage
from srsmeting.presentation.goals.outcomes import Outcomes, is_absent, left_out
from srsmeting.presentation.goals.steps import not_nested
from srsmeting.presentation.goals.tables import rows_of, total_note
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.words import opsomming

_BAR: Final = 20.0
_VALUE: Final = 140.0
_WHOLE: Final = "#0B4A6F"
#: Of parts: none is the colour of a whole step.
_SHADES: Final = ("#2E7BA6", "#C3DAE7", "#7DB3D0", "#5A9BBF")


@dataclass(frozen=True)
class Step:
    """One step: how many in all, of which parts, and what part of the step before that is."""

    label: str
    count: int
    parts: tuple[tuple[str, int], ...]
    share: float | None

    @property
    def told(self) -> str:
        """The count, and what part of the step before it is: "305 (29% van de stap ervoor)"."""
        if self.share is None:
            return format_count(self.count)
        return f"{format_count(self.count)} ({format_percentage(self.share)} van de stap ervoor)"


def build_funnel(outcomes: Outcomes, *, id: str = "fig-stappen", caption: str = "", source: str = "") -> GoalsFigure:
    """Make the figure of the steps in the order of the flow.

    Parameters
    ----------
    outcomes
        The figures of the monitor.
    id, caption, source
        Of the figure; the source without "Bron:".

    Raises
    ------
    ReportError
        When the monitor declares no flow.
    """
    monitor = outcomes.monitor
    if not monitor.config.flow:
        raise ReportError("funnel_figure(): the monitor has no 'flow'. Name its tracks in order in meting.yaml.")
    steps = [step for name in monitor.config.flow if (step := _step(outcomes, name)) is not None]
    caption = caption or outcomes.dated("Van stap tot stap")
    totals = []
    for name in monitor.config.flow:
        note = total_note(outcomes, outcomes.total("result", name))
        totals.append(f"{monitor.track(name).label}: {note[:1].lower()}{note[1:]}" if note else "")
    return GoalsFigure(
        id=id,
        caption=caption,
        data=rows_of(outcomes, "result", "flow"),
        notes=tuple(note for note in (*totals, *_partial(outcomes), not_nested(outcomes)) if note),
        source=source,
        alt=_alt(steps),
        table=_table(outcomes, steps, caption),
        plot=lambda: _draw(steps),
    )


def _partial(outcomes: Outcomes) -> Iterator[str]:
    """Say of which parts of a step before the two counts in the figure are not the two that it is made of."""
    monitor = outcomes.monitor
    for before, after in pairwise(monitor.config.flow):
        share = outcomes.total("flow", after)
        if share is None or is_absent(share):
            continue
        shown = [outcomes.total("result", name) for name in (after, before)]
        if [row["estimate"] for row in shown if row is not None] != [share["numerator"], share["denominator"]]:
            of = f"{format_count(share['numerator'])} van {format_count(share['denominator'])}"
            without = opsomming([monitor.unit(name).label for name in left_out(share)] or ["wie maar een stap telde"])
            yield f"{monitor.track(after).label} als deel van de stap ervoor: {of}, zonder {without}."


def _step(outcomes: Outcomes, name: str) -> Step | None:
    track, row = outcomes.monitor.track(name), outcomes.total("result", name)
    if row is None or is_absent(row):
        return None
    parts = []
    for part in track.parts:
        found = outcomes.total("result", name, part=part.id)
        if found is not None and not is_absent(found):
            parts.append((part.label, int(found["estimate"])))
    flow = outcomes.total("flow", name)
    return Step(
        track.label,
        int(row["estimate"]),
        tuple(parts),
        None if flow is None or is_absent(flow) else float(flow["estimate"]),
    )


def _alt(steps: Sequence[Step]) -> str:
    if not steps:
        return "Er is nog geen resultaat."
    told = "; ".join(_told(step) for step in steps)
    return f"Van {steps[0].told} naar {format_count(steps[-1].count)}. Staven per stap: {told}."


def _told(step: Step) -> str:
    parts = ", ".join(f"{label} {format_count(count)}" for label, count in step.parts)
    return f"{step.label}: {step.told}" + (f", waarvan {parts}" if parts else "")


def _table(outcomes: Outcomes, steps: Sequence[Step], caption: str) -> Table:
    rows = []
    for step in steps:
        share = "" if step.share is None else format_percentage(step.share)
        rows.append(Row(step.label, (Cell(format_count(step.count)), Cell(share))))
        rows += [Row(f"waarvan {label}", (Cell(format_count(count)), Cell(""))) for label, count in step.parts]
    return Table(
        id="tbl-cijfers-stappen",
        caption=caption,
        data=rows_of(outcomes, "result", "flow"),
        stub=Column("Stap", 50, "left"),
        columns=(Column("Aantal", 20), Column("Deel van de stap ervoor", 30)),
        rows=tuple(rows),
    )


def _draw(steps: Sequence[Step]) -> Canvas:
    labels = named([step.label for step in steps])
    keys = list(dict.fromkeys(label for step in steps for label, _ in step.parts))
    legend = place_legend(keys, style.WIDTH - STUB, text_width, 14, 14)
    under = (max(one.line + len(one.lines) for one in legend) if legend else 0) * (style.LINE + 3) + PAD
    sizes = [max(len(lines) * style.LINE, _BAR) + 2 * PAD for lines in labels]
    page = Page(sum(sizes) + (under if keys else 0))
    sheet = sheet_of(page)
    longest = max([1, *(step.count for step in steps)])
    scale = (style.WIDTH - STUB - _VALUE) / longest
    y = 0.0
    for step, lines, size in zip(steps, labels, sizes, strict=True):
        middle = y + size / 2
        page.text(0, middle, lines)
        at = STUB
        for label, count in step.parts or (("", step.count),):
            colour = _SHADES[keys.index(label) % len(_SHADES)] if label else _WHOLE
            bar(sheet, at, middle, count * scale, _BAR, colour)
            at += count * scale
        end = STUB + step.count * scale + PAD
        if step.share is None:
            page.text(end, middle, [format_count(step.count)])
        else:
            page.text(end, middle, [format_count(step.count), f"{format_percentage(step.share)} van de stap ervoor"])
        y += size
    page.line([STUB, STUB], [0, y])
    for entry in legend:
        line = y + PAD + (entry.line + 0.5) * (style.LINE + 3)
        page.square(STUB + entry.x, line, 8.5, _SHADES[entry.index % len(_SHADES)])
        page.text(STUB + entry.x + 14, line, entry.lines)
    return page.canvas
