"""The tables of how it went: months and extensions, who took part, who dropped out, and what was told and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from srsmeting.goals import DURATION, Dropout, Duration, Participation, Unit
from srsmeting.goals.model import Named
from srsmeting.presentation.formats import format_decimals, format_percentage
from srsmeting.presentation.goals.months import month_name, month_short
from srsmeting.presentation.goals.outcomes import Outcomes, is_absent
from srsmeting.presentation.goals.outcomes import Row as Found
from srsmeting.presentation.goals.printed import NOTHING, Footnotes, count_text, written
from srsmeting.presentation.goals.tables import STUB, rows_of, total_note
from srsmeting.presentation.semantic_table import Column, Row, Table
from srsmeting.presentation.signs import Cell
from srsmeting.presentation.words import opsomming


def durations_table(outcomes: Outcomes, *, id: str = "tbl-looptijd", caption: str = "", source: str = "") -> Table:
    """Make the table of the months: begin, end, extension, and how many months that is, first and last included.

    Parameters
    ----------
    outcomes
        The figures of the monitor.
    id, caption, source
        Of the table; the source without "Bron:".
    """
    monitor, notes = outcomes.monitor, Footnotes()

    def line(one: Duration) -> Row:
        extended = month_short(one.extension) if one.extension else NOTHING
        cells = (
            Cell(month_short(one.start)),
            Cell(month_short(one.end)),
            Cell(extended, notes.mark(one.note)),
            Cell(count_text(outcomes.row("months", DURATION, one.unit))),
        )
        return Row(monitor.unit(one.unit).label, cells)

    rows = tuple(line(one) for one in monitor.durations)
    mean = outcomes.total("months", DURATION)
    foot: tuple[Row, ...] = ()
    if mean is not None and not is_absent(mean) and len(rows) > 1:
        empty = (Cell(""), Cell(""), Cell(""))
        foot = (Row("Gemiddeld", (*empty, Cell(format_decimals(mean["estimate"])))),)
    signs = f"{NOTHING} = niet verlengd." if any(row.cells[2].text == NOTHING for row in rows) else ""
    months = "De begin- en de eindmaand tellen mee, een verlenging ook."
    heads = ("Begin", "Einde", "Verlengd tot en met", "Maanden")
    return Table(
        id=id,
        caption=caption or "Looptijd",
        data=rows_of(outcomes, "months", "months_planned"),
        notes=tuple(note for note in (months, signs, *notes.lines) if note),
        source=source,
        stub=Column(monitor.config.units.label, STUB, "left"),
        columns=tuple(Column(head, width) for head, width in zip(heads, (17, 17, 22, 16), strict=True)),
        rows=rows,
        foot=foot,
    )


def participants_table(outcomes: Outcomes, *, id: str = "tbl-deelnemers", caption: str = "", source: str = "") -> Table:
    """Make the table of who took part at the last moment: how many of each kind, and which where they are named."""
    monitor, notes = outcomes.monitor, Footnotes()
    last = _last(outcomes)
    found = {(one.unit, one.kind): one for one in monitor.participants if one.moment == last}
    kinds = [kind for kind in monitor.config.participants if any(key[1] == kind.id for key in found)]
    named = {kind.id for kind in kinds if any(one.names for (_, name), one in found.items() if name == kind.id)}
    units = [unit for unit in monitor.units if any(key[0] == unit.id for key in found)]

    if len(units) < len(kinds) and not named:
        return _few_participants(outcomes, found, units, kinds, id=id, caption=caption, source=source)

    def cells(one: Participation | None, *, names: bool) -> list[Cell]:
        number = Cell(written(one.value if one else None), notes.mark(one.note if one else ""))
        return [number, Cell(", ".join(one.names) if one and one.names else NOTHING)] if names else [number]

    rows = [
        Row(
            unit.label, tuple(c for kind in kinds for c in cells(found.get((unit.id, kind.id)), names=kind.id in named))
        )
        for unit in units
    ]
    columns, foot = [], []
    wide = 100 - STUB - 14 * len(kinds)
    for kind in kinds:
        columns.append(Column(kind.label, 14 if named else (100 - STUB) // len(kinds)))
        row = outcomes.row("participants", kind.id, moment=last)
        foot.append(
            Cell(count_text(row), notes.mark(total_note(outcomes, row) if len(units) == len(monitor.units) else ""))
        )
        if kind.id in named:
            columns.append(
                Column(f"Welke {kind.label[:1].lower()}{kind.label[1:]}", max(wide // len(named), 14), "left")
            )
            foot.append(Cell(""))
    texts = {cell.text for row in rows for cell in row.cells}
    signs = [f"{NOTHING} = geen, of niet gemeld"] if NOTHING in texts else []
    signs += ["n.v.t. = niet van toepassing"] if "n.v.t." in texts else []
    moment = month_name(monitor.moment(last).month)
    return Table(
        id=id,
        caption=caption or f"Wie meedoen, {moment}",
        data=rows_of(outcomes, "participants"),
        notes=tuple(note for note in (f"{'; '.join(signs)}." if signs else "", *notes.lines) if note),
        source=source,
        stub=Column(monitor.config.units.label, STUB, "left"),
        columns=tuple(columns),
        rows=tuple(rows),
        foot=(Row("Totaal", tuple(foot)),) if len(rows) > 1 else (),
    )


def _few_participants(
    outcomes: Outcomes,
    found: Mapping[tuple[str, str], Participation],
    units: Sequence[Unit],
    kinds: Sequence[Named],
    *,
    id: str,
    caption: str,
    source: str,
) -> Table:
    """Make the table of few units and many kinds: kinds in rows."""
    notes, rows = Footnotes(), []
    for kind in kinds:
        given = [found.get((unit.id, kind.id)) for unit in units]
        cells = (Cell(written(one.value if one else None), notes.mark(one.note if one else "")) for one in given)
        rows.append(Row(kind.label, tuple(cells)))
    moment = month_name(outcomes.monitor.moment(_last(outcomes)).month)
    return Table(
        id=id,
        caption=caption or f"Wie meedoen, {moment}",
        data=rows_of(outcomes, "participants"),
        notes=notes.lines,
        source=source,
        stub=Column("Soort", 100 - 24 * len(units) if len(units) < 3 else STUB, "left"),
        columns=tuple(Column(unit.label, 24 if len(units) < 3 else (100 - STUB) // len(units)) for unit in units),
        rows=tuple(rows),
    )


def dropout_table(outcomes: Outcomes, *, id: str = "tbl-uitval", caption: str = "", source: str = "") -> Table:
    """Make the table of who dropped out in each phase, of how many: "73 van 92 (79%)"."""
    monitor, notes = outcomes.monitor, Footnotes()
    last = _last_dropout(outcomes)
    found = {(one.unit, one.phase): one for one in monitor.dropout if one.moment == last}
    units = [unit for unit in monitor.units if any(key[0] == unit.id for key in found)]
    rows = []
    for unit in units:
        told = [found.get((unit.id, phase.id)) for phase in monitor.config.phases]
        rows.append(
            Row(
                unit.label,
                tuple(Cell(dropout_text(outcomes, one), notes.mark(one.note if one else "")) for one in told),
            )
        )
    foot = []
    for phase in monitor.config.phases:
        row = outcomes.row("dropout", phase.id, moment=last)
        counted = row is not None and not is_absent(row) and row["denominator"] == row["denominator"]
        foot.append(Cell(_share(row) if row is not None and counted else NOTHING))
    texts = {cell.text for row in rows for cell in row.cells}
    signs = "nog n.v.t. = nog niet aan de orde." if "nog n.v.t." in texts else ""
    base = f"In het totaal telt alleen mee wat in aantallen is gemeld.{_nobody_left_out(outcomes, last)}"
    return Table(
        id=id,
        caption=caption or f"Uitval per fase, {month_name(monitor.moment(last).month)}",
        data=rows_of(outcomes, "dropout"),
        notes=tuple(note for note in (signs, base if foot and len(rows) > 1 else "", *notes.lines) if note),
        source=source,
        stub=Column(monitor.config.units.label, STUB, "left"),
        columns=tuple(
            Column(phase.label, (100 - STUB) // len(monitor.config.phases), "left") for phase in monitor.config.phases
        ),
        rows=tuple(rows),
        foot=(Row("Totaal waar geteld", tuple(foot)),) if len(rows) > 1 else (),
    )


def _nobody_left_out(outcomes: Outcomes, last: str) -> str:
    """Say which units had no drop-out and did not say of how many, so that a total leaves them out and is too high."""
    monitor, told = outcomes.monitor, []
    for phase in monitor.config.phases:
        if is_absent(outcomes.row("dropout", phase.id, moment=last)):
            continue
        names = [
            monitor.unit(one.unit).label
            for one in monitor.dropout
            if (one.phase, one.moment) == (phase.id, last)
            and one.denominator is None
            and one.value is not None
            and one.value.low == 0
        ]
        told += [f"{phase.label}: {opsomming(names)}"] if names else []
    if not told:
        return ""
    who = f"Wie ‘geen uitval’ meldde zonder het aantal deelnemers, zit niet in het totaal ({'; '.join(told)})"
    return f" {who}; met hen erbij zou het percentage lager zijn."


def topics_table(outcomes: Outcomes, *, id: str = "tbl-onderwerpen", caption: str = "", source: str = "") -> Table:
    """Make the table of what units tell of: how many of them, and which; most first, equal ones in declared order."""
    monitor, notes = outcomes.monitor, Footnotes()
    rows = [(topic, outcomes.total("mentioned", topic.id)) for topic in monitor.config.topics]
    told = sorted(((topic, row) for topic, row in rows if row is not None), key=lambda one: -one[1]["estimate"])
    lines = []
    for topic, row in told:
        mentions = [one for one in monitor.topics if one.topic == topic.id]
        units = [unit for unit in monitor.units if any(one.unit == unit.id for one in mentions)]
        which = Cell(
            opsomming([unit.label for unit in units]) if units else NOTHING, notes.mark(*(one.note for one in mentions))
        )
        lines.append(Row(topic.label, (Cell(count_text(row)), which)))
    return Table(
        id=id,
        caption=caption or f"Waarover {monitor.config.units.plural} vertelden",
        data=rows_of(outcomes, "mentioned"),
        base=f"Van {len(monitor.units)} {monitor.config.units.plural}.",
        notes=notes.lines,
        source=source,
        stub=Column("Onderwerp", 42, "left"),
        columns=(Column("Aantal", 12), Column("Welke", 46, "left")),
        rows=tuple(lines),
    )


def figures_table(outcomes: Outcomes, *, id: str = "tbl-overige-cijfers", caption: str = "", source: str = "") -> Table:
    """Make the table of loose counts, by unit, those of the programme first; the last moment of each."""
    monitor, notes = outcomes.monitor, Footnotes()
    labels = {figure.id: figure.label for figure in monitor.config.figures}
    places = {moment.id: at for at, moment in enumerate(monitor.moments)}
    newest = {(one.figure, one.unit): one for one in sorted(monitor.figures, key=lambda one: places[one.moment])}
    lines = []
    for unit, group in (("", "Het hele programma"), *((unit.id, unit.label) for unit in monitor.units)):
        for (figure, of), one in newest.items():
            if of != unit:
                continue
            share = outcomes.row("share", figure, unit, moment=one.moment)
            told = written(one.value) + (
                "" if is_absent(share) or share is None else f" ({format_percentage(share['estimate'])})"
            )
            lines.append(Row(labels[figure], (Cell(told, notes.mark(one.note)),), group=group))
    return Table(
        id=id,
        caption=caption or "Overige cijfers",
        data=rows_of(outcomes, "count", "share"),
        notes=notes.lines,
        source=source,
        stub=Column("Wat", 70, "left"),
        columns=(Column("Aantal", 30),),
        rows=tuple(lines),
    )


def dropout_text(outcomes: Outcomes, one: Dropout | None) -> str:
    """Print who dropped out: "73 van 92 (79%)", "circa 50%", or what was said."""
    if one is None:
        return NOTHING
    if one.same_as:
        label = next(phase.label for phase in outcomes.monitor.config.phases if phase.id == one.same_as)
        return f"zie {label[:1].lower()}{label[1:]}"
    row = outcomes.row("dropout", one.phase, one.unit, moment=one.moment)
    if row is not None and not is_absent(row) and one.numerator is not None and one.denominator is not None:
        return _share(row)
    if one.value is not None and one.value.share is not None:
        return one.value.text
    return one.value.said or one.value.text if one.value is not None else NOTHING


def _share(row: Found) -> str:
    return f"{row['numerator']} van {row['denominator']} ({format_percentage(row['estimate'])})"


def _last(outcomes: Outcomes) -> str:
    found = {one.moment for one in outcomes.monitor.participants}
    return [moment.id for moment in outcomes.monitor.moments if moment.id in found][-1]


def _last_dropout(outcomes: Outcomes) -> str:
    found = {one.moment for one in outcomes.monitor.dropout}
    return [moment.id for moment in outcomes.monitor.moments if moment.id in found][-1]
