"""Coverage over time in running text: which way it went, in how many branches, and where most."""

from __future__ import annotations

from dataclasses import dataclass

from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import sentence_start
from srsmeting.presentation.words_counts import change_words, count_of, points_words
from srsmeting.report.numbers import read_value
from srsmeting.report.ranking import near
from srsmeting.report.rates import Rates
from srsmeting.rounding import percentage


@dataclass(frozen=True)
class _Change:
    """How much the coverage of a branche went up, as printed."""

    name: str
    points: int
    text: str
    broken: bool

    @property
    def told(self) -> str:
        return f"{self.name} (met een trendbreuk)" if self.broken else self.name


class Development(Rates):
    """The part of a report that tells of coverage over time."""

    def coverage_trend(self) -> str:
        """Return a sentence on coverage in all branches together: "… is sinds 2019 licht toegenomen, van … naar …."."""
        last, before = self.last_moment, self.earlier_moment
        now = read_value(self._coverage("coverage", last, ""))
        then = read_value(self._coverage("coverage", before, ""))
        if last == before:
            return f"De dekkingsgraad was in {last} {self.coverage()}."
        row = self._coverage("coverage_change", last, "")
        change = read_value(row).number
        if change is None or now.number is None or then.number is None:
            return f"De dekkingsgraad is niet te vergelijken met die van {before}."
        text = f"De dekkingsgraad is sinds {before} {change_words(change)}"
        if percentage(change):
            text += f", van {self.coverage(before)} naar {self.coverage(last)}"
        else:
            text += f" ({self.coverage(last)})"
        return f"{text}, met een trendbreuk." if row["status"] == "B" else f"{text}."

    def coverage_directions(self) -> str:
        """Return sentences that say in how many branches coverage rose, and where it fell or stayed.

        Only branches that can be compared count; a break is mentioned.
        """
        changes = self._changes()
        if not changes:
            return f"Per branche is de dekkingsgraad niet te vergelijken met die van {self.earlier_moment}."
        up, down, same = (
            [change for change in changes if (change.points > 0) - (change.points < 0) == sign] for sign in (1, -1, 0)
        )
        which = count_of(len(up), len(changes), "branche", "branches")
        comparable = "" if len(changes) == len(self.questionnaire.coverage_branches) else " die te vergelijken zijn"
        sentences = [f"De dekkingsgraad nam toe in {which}{comparable}."]
        for part, only, what in (
            (down, "alleen ", "nam de dekkingsgraad af"),
            (same, "", "bleef de dekkingsgraad gelijk"),
        ):
            if part:
                names = "overal" if len(part) == len(changes) else only + near(change.told for change in part)
                sentences.append(f"{sentence_start(names)} {what}.")
        return " ".join(sentences)

    def coverage_largest(self) -> str:
        """Return a sentence that says in which branche coverage rose most."""
        rising = [change for change in self._changes() if change.points > 0]
        if not rising:
            return "In geen enkele branche die te vergelijken is, nam de dekkingsgraad toe."
        most = [change for change in rising if change.points == max(change.points for change in rising)]
        return f"De grootste toename is er {near(change.told for change in most)}: {most[0].text}."

    def _changes(self) -> list[_Change]:
        changes = []
        for branche in self.questionnaire.coverage_branches:
            row = self._coverage("coverage_change", self.last_moment, branche.code)
            number = read_value(row).number
            if number is not None:
                points = int(percentage(number))
                changes.append(_Change(inside(branche.label), points, points_words(number), row["status"] == "B"))
        return changes
