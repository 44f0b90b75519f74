"""What a chapter on a monitor of goals can show: figures and tables in one call each, beside its sentences.

What a monitor has no data of is not there: a call shows nothing, and a section for it is left out by its profile
(``{.content-visible when-profile="dropout"}``), so that one report serves every programme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from srsmeting.errors import UnknownCallError, suggest, unknown_name
from srsmeting.presentation import goals as tables
from srsmeting.presentation.exhibit import escape_text
from srsmeting.presentation.goals.outcomes import is_absent
from srsmeting.presentation.goals.progress import read_courses
from srsmeting.presentation.semantic_table import Table
from srsmeting.report.block import Block
from srsmeting.report.goals.portraits import Portraits
from srsmeting.report.phrase import Phrase

if TYPE_CHECKING:
    from srsmeting.presentation.figures.goals import GoalsFigure

#: What a monitor may have data of, beside goals and results.
KINDS: Final = ("flow", "progress", "durations", "participants", "dropout", "topics", "figures", "portraits")


class GoalsReport(Portraits):
    """What a chapter can say of a monitor of goals; it opens it with :func:`srsmeting.open_report`."""

    if not TYPE_CHECKING:  # A type checker knows the calls itself.

        def __getattr__(self, name: str) -> object:
            # Python asks for names of its own; whoever mistypes a call is told what there is.
            if name.startswith("_"):
                raise AttributeError(name)
            calls = [call for call in dir(type(self)) if not call.startswith("_")]
            raise UnknownCallError(f"a report on goals has no {name!r}. {suggest(name, calls)}")

    def __repr__(self) -> str:
        return f"<GoalsReport {self.texts.meting}: {len(self.estimates)} estimates>"

    def has(self, kind: str) -> bool:
        """Tell whether the monitor has data of a kind: flow, progress, durations, participants, dropout and more.

        Raises
        ------
        UnknownNameError
            For another kind.
        """
        if kind not in KINDS:
            raise unknown_name("has()", "kind", kind, KINDS)
        if kind == "flow":
            found = [self.outcomes.total("result", name) for name in self.monitor.config.flow]
            return sum(not is_absent(row) for row in found) > 1
        if kind == "progress":
            return bool(read_courses(self.outcomes))
        return bool(getattr(self.monitor, kind))

    @property
    def profile(self) -> str:
        """The kinds of data that the monitor has, as Quarto takes them in ``QUARTO_PROFILE``: "durations,dropout"."""
        return ",".join(kind for kind in KINDS if self.has(kind))

    def per_track(self, *calls: str) -> Block:
        """Return a paragraph for every track, made of calls that are given its name: ``per_track("reached")``.

        Raises
        ------
        UnknownCallError
            For a call that a report on goals does not have.
        """
        known: Mapping[str, Callable[[str], str]] = {name: getattr(self, name) for name in calls}
        blocks = []
        for track in self.monitor.tracks:
            told = [text for call in known.values() if (text := call(track.id))]
            lines = [text._repr_markdown_() if isinstance(text, Phrase) else escape_text(text) for text in told]
            if lines:
                blocks.append(f"**{escape_text(track.label)}.** {' '.join(lines)}")
        return Block("\n" + "\n\n".join(blocks) + "\n")

    def when(self, condition: bool, then: str, otherwise: str = "") -> str:
        """Return the text that goes with a condition, such as ``r.has("dropout")``."""
        return then if condition else otherwise

    def definitions(self) -> Block:
        """Return a list of the tracks with what each is about; tracks without a topic are named only."""
        lines = [
            f"- **{escape_text(track.label)}**{f': {escape_text(track.topic)}' if track.topic else ''}"
            + (f" ({escape_text(' en '.join(part.label.lower() for part in track.parts))})" if track.parts else "")
            for track in self.monitor.tracks
        ]
        return Block("\n" + "\n".join(lines) + "\n")

    def notice(self) -> Block:
        """Return the notice of the monitor as a callout; nothing where it has none."""
        if not self.texts.notice:
            return Block("")
        return Block(f"\n::: {{.callout-important}}\n\n{escape_text(self.texts.notice)}\n\n:::\n")

    def goals_table(self, caption: str = "") -> Table:
        """Return the table of the goals as they were written, ``@tbl-doelen``."""
        return tables.goals_table(self.outcomes, caption=caption, source=self.source)

    def results_table(self, caption: str = "") -> Table:
        """Return the table of the results at the last moment, with totals, ``@tbl-resultaten``."""
        return tables.results_table(self.outcomes, caption=caption, source=self.source)

    def attainment_table(self, caption: str = "") -> Table:
        """Return the table of the results as percentages of the goals, ``@tbl-realisatie``."""
        return tables.attainment_table(self.outcomes, caption=caption, source=self.source)

    def standings_table(self, caption: str = "") -> Table:
        """Return the table of goals reached, nearly reached and missed, ``@tbl-gehaald``."""
        return tables.standings_table(self.outcomes, caption=caption, source=self.source)

    def durations_table(self, caption: str = "") -> Table | Block:
        """Return the table of months and extensions, ``@tbl-looptijd``."""
        return (
            tables.durations_table(self.outcomes, caption=caption, source=self.source)
            if self.has("durations")
            else Block("")
        )

    def participants_table(self, caption: str = "") -> Table | Block:
        """Return the table of who takes part, ``@tbl-deelnemers``."""
        return (
            tables.participants_table(self.outcomes, caption=caption, source=self.source)
            if self.has("participants")
            else Block("")
        )

    def dropout_table(self, caption: str = "") -> Table | Block:
        """Return the table of who dropped out in which phase, ``@tbl-uitval``."""
        return (
            tables.dropout_table(self.outcomes, caption=caption, source=self.source)
            if self.has("dropout")
            else Block("")
        )

    def topics_table(self, caption: str = "") -> Table | Block:
        """Return the table of what units tell of, ``@tbl-onderwerpen``."""
        return (
            tables.topics_table(self.outcomes, caption=caption, source=self.source) if self.has("topics") else Block("")
        )

    def figures_table(self, caption: str = "") -> Table | Block:
        """Return the table of loose counts, ``@tbl-overige-cijfers``."""
        return (
            tables.figures_table(self.outcomes, caption=caption, source=self.source)
            if self.has("figures")
            else Block("")
        )

    def goals_figure(self, caption: str = "") -> GoalsFigure:
        """Return the figure of results against goals, ``@fig-realisatie``."""
        from srsmeting.presentation.figures.goals import build_bullets

        return build_bullets(self.outcomes, caption=caption, source=self.source)

    def flow_figure(self, caption: str = "") -> GoalsFigure | Block:
        """Return the figure of the steps in the order of the flow, ``@fig-stappen``."""
        from srsmeting.presentation.figures.goals import build_funnel

        return build_funnel(self.outcomes, caption=caption, source=self.source) if self.has("flow") else Block("")

    def durations_figure(self, caption: str = "") -> GoalsFigure | Block:
        """Return the figure of begin, end and extension, ``@fig-looptijd``."""
        from srsmeting.presentation.figures.goals import build_timeline

        return (
            build_timeline(self.outcomes, caption=caption, source=self.source) if self.has("durations") else Block("")
        )

    def progress_figure(self, caption: str = "") -> GoalsFigure | Block:
        """Return the figure of progress against the straight line to the goal, ``@fig-voortgang``."""
        from srsmeting.presentation.figures.goals import build_progress

        return build_progress(self.outcomes, caption=caption, source=self.source) if self.has("progress") else Block("")
