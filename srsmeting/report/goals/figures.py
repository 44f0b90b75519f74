"""Single numbers of a monitor of goals in running text, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable

from srsmeting.errors import ReportError
from srsmeting.goals import Track, Unit
from srsmeting.presentation.formats import format_count, format_procent
from srsmeting.presentation.goals import Outcomes
from srsmeting.presentation.goals.months import month_name
from srsmeting.presentation.goals.outcomes import Row, is_absent
from srsmeting.presentation.goals.printed import NOTHING, written
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, opsomming
from srsmeting.report.bundle import Texts
from srsmeting.report.phrase import Traced
from srsmeting.rounding import percentage


class GoalFigures(Traced):
    """The part of a report that gives single numbers and names.

    Parameters
    ----------
    outcomes
        The figures, and the monitor that they are of.
    texts
        Title, source, notice and period.
    """

    def __init__(self, outcomes: Outcomes, texts: Texts) -> None:
        super().__init__()
        self.outcomes, self.monitor, self.texts = outcomes, outcomes.monitor, texts
        self.estimates = outcomes.estimates

    @property
    def title(self) -> str:
        """The title of the monitor."""
        return self.texts.title

    @property
    def period(self) -> str:
        """The period that it is about."""
        return self.texts.period or self.texts.meting

    @property
    def source(self) -> str:
        """Where the numbers come from, without "Bron:"."""
        return self.texts.source

    @property
    def units(self) -> str:
        """What several units are called: "pilots"."""
        return self.monitor.config.units.plural

    @property
    def unit_count(self) -> str:
        """How many units there are, with their name: "acht pilots"."""
        number = len(self.monitor.units)
        noun = self.units if number != 1 else inside(self.monitor.config.units.label)
        return f"{aantal(number)} {noun}"

    @property
    def unit_names(self) -> str:
        """The names of the units: "Delft, Haaglanden en Emmen"."""
        return opsomming(self._given("units", [unit.label for unit in self.monitor.units]))

    @property
    def track_names(self) -> str:
        """The names of the tracks: "werven, voorschakelen en toeleiden"."""
        return opsomming(self._given("tracks", [inside(track.label) for track in self.monitor.tracks]))

    @property
    def track_count(self) -> str:
        """How many tracks there are: "drie sporen", "één spoor"."""
        number = len(self.monitor.tracks)
        return f"{aantal(number)} {'spoor' if number == 1 else 'sporen'}"

    @property
    def moment(self) -> str:
        """The month of the last results: "november 2009"."""
        return month_name(self.outcomes.last.month)

    @property
    def reached_from(self) -> str:
        """From which part of it on a goal counts as reached: "100 procent"."""
        return format_procent(self.monitor.config.rules.reached)

    @property
    def nearly_from(self) -> str:
        """From which part of it on a goal counts as nearly reached: "85 procent"."""
        return format_procent(self.monitor.config.rules.nearly)

    def track(self, track: str) -> str:
        """Return the name of a track as it stands inside a sentence."""
        return inside(self.monitor.track(track).label)

    def topic(self, track: str) -> str:
        """Return what a track is about, as it stands inside a sentence: its topic, else its name."""
        found = self.monitor.track(track)
        return found.topic or inside(found.label)

    def goal(self, unit: str, track: str) -> str:
        """Return a goal as it was written: "50", "50/60", or a dash where there is none."""
        self._look("goal", track, unit)
        return written(self.outcomes.goal(self.monitor.unit(unit), self.monitor.track(track)))

    def result(self, unit: str, track: str) -> str:
        """Return a result at the last moment as it was written: "52", "circa 90", or a dash where there is none."""
        self._look("result", track, unit)
        return written(self.outcomes.result(self.monitor.unit(unit), self.monitor.track(track)))

    def attainment(self, unit: str, track: str) -> str:
        """Return how far a goal was reached: "23 procent", "circa 90 procent"; "niet te berekenen" where it is not."""
        self.monitor.unit(unit)
        return self._percent(self._look("attainment", track, unit)) or "niet te berekenen"

    def total(self, track: str, measure: str = "result") -> str:
        """Return the sum over all units of results (or with `measure` "goal" of goals): "1.047"."""
        if measure not in ("result", "goal"):
            raise ReportError(f"total(): no measure {measure!r}. Known: 'result', 'goal'.")
        row = self._look(measure, track)
        return NOTHING if row is None or is_absent(row) else format_count(row["estimate"])

    def _given(self, key: str, names: list[str]) -> list[str]:
        if not names:
            raise ReportError(
                f"{self.monitor.file.name}: has no {key!r}, and this report is on what units reached. Name them, or "
                "write a report without."
            )
        return names

    def _look(self, measure: str, question: str, unit: str = "", *, part: str = "") -> Row | None:
        """Look a row up, and remember it for the text that is being made."""
        if question and measure in ("goal", "result", "attainment"):
            self.monitor.track(question)
        row = self.outcomes.row(measure, question, unit, part=part)
        return None if row is None else self._seen(row)

    def _percent(self, row: Row | None) -> str:
        """Return a share as a percentage in running text; empty where there is none."""
        if row is None or is_absent(row):
            return ""
        low, high = row["estimate"], row["ci_high"]
        text = format_procent(low)
        if high == high and percentage(high) != percentage(low):
            text = f"{percentage(low)} tot {format_procent(high)}"
        return f"circa {text}" if str(row["status"]) == "E" else text

    def _each(self, units: Iterable[Unit], track: Track) -> str:
        """Name units with how far they came: "Delft (104 procent) en Emmen (23 procent)"."""
        told = [f"{unit.label} ({self._percent(self._look('attainment', track.id, unit.id))})" for unit in units]
        return opsomming(told)
