"""Sentences on goals and results that are true of whatever the figures are: who reached a goal, and how many did."""

from __future__ import annotations

from fractions import Fraction

from srsmeting.goals import Track, Unit
from srsmeting.presentation.formats import format_count
from srsmeting.presentation.goals.outcomes import STANDINGS, Row, Standing, is_absent, left_out
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, opsomming, sentence_start
from srsmeting.presentation.words_counts import count_of, count_verb
from srsmeting.report.goals.figures import GoalFigures
from srsmeting.rounding import percentage, round_half_up


class GoalClaims(GoalFigures):
    """The part of a report that tells who set goals, and who reached theirs."""

    def goals_set(self, track: str) -> str:
        """Say how many units have a goal on a track, which have none, and the sum of the goals."""
        found = self.monitor.track(track)
        row, total = self._look("goals_set", track), self._look("goal", track)
        having = self.outcomes.with_goal(found)
        without = [self._without(unit, found) for unit in self.monitor.units if unit not in having]
        if row is None or not having:
            return f"Voor {inside(found.label)} is geen doel in aantallen gesteld."
        if not without:
            who = f"{self._of(len(having))} {self._have(len(having))}"
            text = f"{sentence_start(who)} voor {inside(found.label)} een doel in aantallen"
        else:
            text = f"Voor {inside(found.label)} {self._have(len(having))} {self._of(len(having))} een doel in aantallen"
            text += f"; {opsomming(_together(without))}"
        if total is not None and not is_absent(total) and len(having) > 1:
            text += f". Samen is dat {self._count(total)}"
        return f"{text}."

    def reached(self, track: str) -> str:
        """Say how many units reached their goal on a track, and which: "Alleen Flevoland haalde het doel (120 …)."."""
        found = self.monitor.track(track)
        judged, reached = self.outcomes.judged(found), self.outcomes.standing_units(found, "reached")
        self._look("goals_reached", track)
        if not judged:
            return f"Voor {inside(found.label)} is er nog geen doel met een resultaat om te vergelijken."
        if len(judged) == 1:
            far = self._percent(self._look("attainment", track, judged[0].id))
            who = (
                judged[0].label
                if len(self.monitor.units) == 1
                else f"Alleen {judged[0].label} heeft een doel en een resultaat, en"
            )
            return f"{who} haalde het doel{'' if reached else ' niet'} ({far})."
        if not reached:
            return f"{sentence_start(self._of_judged(0, len(judged)))} haalde het doel."
        if len(reached) == 1:
            return f"Alleen {self._each(reached, found)} haalde het doel."
        text = f"{sentence_start(self._of_judged(len(reached), len(judged)))} haalden het doel"
        return f"{text}: {self._each(reached, found)}."

    def nearly(self, track: str) -> str:
        """Name the units that nearly reached their goal on a track; nothing where none did."""
        found = self.monitor.track(track)
        units = self.outcomes.standing_units(found, "nearly")
        if not units or len(self.outcomes.judged(found)) == 1:
            return ""
        verb = "haalde" if len(units) == 1 else "haalden"
        return f"{self._each(units, found)} {verb} het doel bijna."

    def missed(self, track: str) -> str:
        """Name the units that missed their goal on a track, those without any result apart; nothing where none did."""
        found = self.monitor.track(track)
        units = self.outcomes.standing_units(found, "missed")
        if len(self.outcomes.judged(found)) == 1:
            return ""
        none = [unit for unit in units if self._reach(unit, found) == 0]
        some = [unit for unit in units if unit not in none]
        told = []
        if some:
            verb = "haalde" if len(some) == 1 else "haalden"
            told.append(f"{self._each(some, found)} {verb} het doel niet.")
        if none:
            for unit in none:
                self._look("attainment", track, unit.id)
            told.append(f"Bij {opsomming([unit.label for unit in none])} is het resultaat nul.")
        return " ".join(told)

    def furthest(self, track: str) -> str:
        """Say which unit came furthest against its goal on a track; nothing where there is nothing to compare."""
        found = self.monitor.track(track)
        judged = self.outcomes.judged(found)
        shares = {unit: percentage(self._reach(unit, found)) for unit in judged}
        most = max(shares.values(), default=0)
        first = [unit for unit, share in shares.items() if share == most]
        if not most or len(first) == len(judged) or len(self.outcomes.standing_units(found, "reached")) == 1:
            return ""
        verb, each = ("kwam", "") if len(first) == 1 else ("kwamen", "elk ")
        far = self._percent(self._look("attainment", track, first[0].id))
        names = opsomming([unit.label for unit in first])
        return f"Naar verhouding {verb} {names} het verst: {each}{far}."

    def together(self, track: str) -> str:
        """Say what all units reached together on a track, and how much of their goals that is."""
        found = self.monitor.track(track)
        result, share = self._look("result", track), self._look("attainment", track)
        if result is None or is_absent(result) or len(self.outcomes.with_result(found)) < 2:
            return ""
        who = (
            f"De {self.units} met een resultaat kwamen samen" if left_out(result) else f"Alle {self.units} samen kwamen"
        )
        text = f"{who} bij {inside(found.label)} op {self._count(result)}"
        if share is None or is_absent(share) or len(self.outcomes.judged(found)) < 2:
            return f"{text}."
        far, goal = self._percent(share), self._goal_of(share)
        if share["numerator"] == result["numerator"] and not (set(left_out(share)) - set(left_out(result))):
            return f"{text}. Dat is {far} van {'hun' if left_out(result) else 'het'} gezamenlijke doel van {goal}."
        some = self._about(share) + format_count(share["numerator"])
        return (
            f"{text}. De {self.units} met een doel en een resultaat kwamen samen op {some}, {far} van hun gezamenlijke "
            f"doel van {goal}."
        )

    def overall(self) -> str:
        """Say how many of all goals were reached, nearly reached and missed."""
        for track in self.monitor.tracks:
            for one in STANDINGS:
                self._look(f"goals_{one}", track.id)
        counts = list(self.outcomes.counted().values())
        whole = sum(counts)
        if not whole:
            return "Er is nog geen doel met een resultaat om te vergelijken."
        if whole == 1:
            said = ("gehaald", "bijna gehaald", "niet gehaald")[counts.index(1)]
            return f"Er is één doel met een resultaat, en dat is {said}."
        if counts[0] == whole:
            return f"{'Beide' if whole == 2 else f'Alle {aantal(whole)}'} doelen met een resultaat zijn gehaald."
        if not counts[0]:
            who = f"geen van {'beide' if whole == 2 else f'de {aantal(whole)}'} doelen met een resultaat is gehaald"
            near = f"; {aantal(counts[1])} {'is' if counts[1] == 1 else 'zijn'} bijna gehaald" if counts[1] else ""
            return f"{sentence_start(who)}{near}."
        parts = [f"{'is' if counts[0] == 1 else 'zijn'} er {aantal(counts[0])} gehaald"]
        parts += [f"{aantal(n)} {said}" for n, said in zip(counts[1:], ("bijna", "niet"), strict=True) if n]
        return f"Van de {aantal(whole)} doelen met een resultaat {opsomming(parts)}."

    def all_reached(self) -> str:
        """Say which units reached every goal that they set themselves; nothing where all did."""
        full, some = [], []
        for unit in self.monitor.units:
            tracks = [track for track in self.monitor.tracks if unit in self.outcomes.with_goal(track)]
            stands = [self.outcomes.standing(unit, track) for track in tracks]
            for track in tracks:
                self._look("goals_reached", track.id, unit.id)
            if any(stands):
                some.append(unit.label)
            # A goal that was given up was not reached, and nobody can tell of one for a part only.
            others = [track for track in self.monitor.tracks if track not in tracks]
            open_ = [t for t in others if self.outcomes.is_dropped(unit, t) or self.outcomes.parts_with_goal(unit, t)]
            if stands and not open_ and all(one == "reached" for one in stands):
                full.append(unit.label)
        if len(some) < 2:
            return ""
        if not full:
            return f"{sentence_start(self._of_judged(0, len(some)))} haalde alle eigen doelen."
        if len(full) == len(some):
            return ""
        only, verb = ("Alleen ", "haalde") if len(full) == 1 else ("", "haalden")
        return f"{only}{opsomming(full)} {verb} alle eigen doelen."

    def most_often(self) -> str:
        """Say on which track goals were reached most often, and on which least; nothing for one track."""
        shares: list[tuple[Track, Fraction, Row]] = []
        for track in self.monitor.tracks:
            row = self._look("goals_reached", track.id)
            if row is not None and not is_absent(row):
                shares.append((track, Fraction(int(row["numerator"]), int(row["denominator"])), row))
        if len(shares) < 2:
            return ""
        high, low = max(share for _, share, _ in shares), min(share for _, share, _ in shares)
        if high == low:
            return "Het doel is op elk spoor naar verhouding even vaak gehaald."
        first, last = ([(t, r) for t, share, r in shares if share == end] for end in (high, low))
        return f"Het vaakst is het doel gehaald bij {_listed(first)}, het minst vaak bij {_listed(last)}."

    def without_goals(self) -> str:
        """Name the units without any goal in numbers, or without one left; nothing where each has one."""
        known, tracks = self.outcomes, self.monitor.tracks
        none = [unit for unit in self.monitor.units if not any(unit in known.with_goal(track) for track in tracks)]
        none = [unit for unit in none if not any(known.parts_with_goal(unit, track) for track in tracks)]
        dropped = [unit.label for unit in none if any(known.is_dropped(unit, track) for track in tracks)]
        never = [unit.label for unit in none if unit.label not in dropped]
        told = [f"{opsomming(never)} {self._have(len(never))} geen enkel doel in aantallen."] if never else []
        if dropped:
            told.append(f"{opsomming(dropped)} {self._have(len(dropped))} elk eigen doel losgelaten.")
        return " ".join(told)

    def without_results(self) -> str:
        """Name the units without any result; nothing where each has one, or nothing was measured."""
        tracks = self.monitor.tracks
        if not self.monitor.measured():
            return ""
        none = [
            unit.label for unit in self.monitor.units if not any(unit in self.outcomes.with_result(t) for t in tracks)
        ]
        return f"Van {opsomming(none)} is nog geen resultaat bekend." if none else ""

    def standing_of(self, unit: str) -> str:
        """Say how the goals of one unit stand: "Van de drie doelen met een resultaat is er één gehaald …"."""
        found = self.monitor.unit(unit)
        told: dict[Standing, list[str]] = {one: [] for one in STANDINGS}
        for track in self.monitor.tracks:
            standing = self.outcomes.standing(found, track)
            if standing is not None:
                self._look("attainment", track.id, unit)
                told[standing].append(inside(track.label))
        words = {"reached": "gehaald", "nearly": "bijna gehaald", "missed": "niet gehaald"}
        parts = [f"{words[one]} bij {opsomming(names)}" for one, names in told.items() if names]
        if not parts:
            return "Er is geen doel met een resultaat om te vergelijken."
        return f"Doel {'; '.join(parts)}."

    def _without(self, unit: Unit, track: Track) -> tuple[str, str]:
        """Return a unit without a goal for a track, and how it has none."""
        if parts := self.outcomes.parts_with_goal(unit, track):
            return unit.label, f"alleen voor {opsomming([inside(part.label) for part in parts])}"
        return unit.label, "niet meer" if self.outcomes.is_dropped(unit, track) else "niet"

    def _reach(self, unit: Unit, track: Track) -> float:
        row = self.outcomes.row("attainment", track.id, unit.id)
        return 0.0 if row is None or is_absent(row) else float(row["estimate"])

    def _count(self, row: Row) -> str:
        low, high = row["ci_low"], row["ci_high"]
        if low == low and high == high and low != high:
            return f"{format_count(low)} tot {format_count(high)}"
        return self._about(row) + format_count(row["estimate"])

    def _goal_of(self, share: Row) -> str:
        """Return the goal that a realisation is of, with both ends where it is a range."""
        high, against_low = int(share["denominator"]), share["ci_high"]
        if against_low != against_low or against_low == share["estimate"]:
            return format_count(high)
        return f"{format_count(round_half_up(share['numerator'] / against_low))} tot {format_count(high)}"

    def _about(self, row: Row) -> str:
        return "circa " if str(row["status"]) == "E" else ""

    def _of(self, count: int) -> str:
        singular = inside(self.monitor.config.units.label)
        if len(self.monitor.units) == 1:
            return self.monitor.units[0].label
        return count_of(count, len(self.monitor.units), singular, self.units)

    def _of_judged(self, count: int, whole: int) -> str:
        """Say how many of the units that can be judged: all units, or those with a goal and a result."""
        singular = inside(self.monitor.config.units.label)
        who = "" if whole == len(self.monitor.units) else " met een doel en een resultaat"
        return f"{count_of(count, whole, singular, self.units)}{who}"

    def _have(self, count: int) -> str:
        return count_verb(count, len(self.monitor.units), "heeft", "hebben")


def _listed(found: list[tuple[Track, Row]]) -> str:
    return opsomming(
        [f"{inside(track.label)} ({_part(int(r['numerator']), int(r['denominator']))})" for track, r in found]
    )


def _together(named: list[tuple[str, str]]) -> list[str]:
    """Return names with what holds of them, those of which the same holds together: "Delta en Eems niet"."""
    by_what: dict[str, list[str]] = {}
    for name, what in named:
        by_what.setdefault(what, []).append(name)
    return [f"{opsomming(names)} {what}" for what, names in by_what.items()]


def _part(count: int, whole: int) -> str:
    if count == whole > 1:
        return "beide" if whole == 2 else f"alle {aantal(whole)}"
    return f"{aantal(count) if count else 'geen'} van de {aantal(whole)}"
