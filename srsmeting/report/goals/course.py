"""Sentences on how it went: steps, months, who took part, who dropped out, what was told, and the pace."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from srsmeting.goals import DURATION, Duration
from srsmeting.presentation.formats import format_count, format_decimals, format_procent
from srsmeting.presentation.goals.months import month_name
from srsmeting.presentation.goals.outcomes import Row, is_absent, left_out
from srsmeting.presentation.goals.steps import not_nested
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, opsomming, sentence_start
from srsmeting.presentation.words_counts import count_of, points_words
from srsmeting.report.goals.claims import GoalClaims
from srsmeting.rounding import percentage


class GoalCourse(GoalClaims):
    """The part of a report that tells how it went."""

    def measured(self) -> str:
        """Say when was measured: "Gemeten is in maart 2020 en december 2020; de resultaten zijn die van …"."""
        months = [month_name(one.month) for one in self.monitor.measured()]
        if not months:
            return "Er is nog niet gemeten."
        text = f"Gemeten is in {opsomming(months)}"
        return f"{text}; de resultaten zijn die van {months[-1]}." if len(months) > 1 else f"{text}."

    def kept(self) -> str:
        """Say what was kept beside goals and results: "Naast doelen en resultaten is de looptijd bijgehouden."."""
        kinds = {
            "durations": "de looptijd",
            "participants": "wie meedoen",
            "dropout": "de uitval",
            "topics": "waarover werd verteld",
            "figures": "overige cijfers",
        }
        told = [words for kind, words in kinds.items() if getattr(self.monitor, kind)]
        if not told:
            return "Naast doelen en resultaten is niets bijgehouden."
        return f"Naast doelen en resultaten is bijgehouden: {opsomming(told)}."

    def flow(self) -> str:
        """Say how many were counted in each step of the flow; nothing where the monitor declares none."""
        steps = []
        for name in self.monitor.config.flow:
            row = self._look("result", name)
            if row is not None and not is_absent(row):
                steps.append(f"{self._count(row)} bij {self.track(name)}")
        if len(steps) < 2:
            return ""
        return f"De {self.units} telden samen {opsomming(steps)}."

    def flow_nesting(self) -> str:
        """Say where a step counts more than the one before it; nothing where none does."""
        for after in self.monitor.config.flow[1:]:
            for unit in self.monitor.units:
                self._look("flow", after, unit.id)
        return not_nested(self.outcomes)

    def flow_whole(self) -> str:
        """Say at which units a step counts as many as the one before it; nothing where none does."""
        told = []
        for before, after in zip(self.monitor.config.flow, self.monitor.config.flow[1:], strict=False):
            rows = {unit.label: self._look("flow", after, unit.id) for unit in self.monitor.units}
            known = {label: row for label, row in rows.items() if row is not None and not is_absent(row)}
            equal = [label for label, row in known.items() if row["numerator"] == row["denominator"]]
            if equal:
                only = "alleen " if len(equal) == 1 < len(known) else ""
                told.append(
                    f"{only}bij {opsomming(equal)} telt {self.track(after)} er evenveel als {self.track(before)}"
                )
        return f"{sentence_start('; '.join(told))}." if told else ""

    def durations(self) -> str:
        """Say how many months units last: the shortest, the longest, and the mean."""
        rows = [
            (self.monitor.unit(one.unit).label, self._look("months", DURATION, one.unit))
            for one in self.monitor.durations
        ]
        known = [(label, int(row["estimate"])) for label, row in rows if row is not None and not is_absent(row)]
        mean = self._look("months", DURATION)
        if not known:
            return ""
        low, high = min(months for _, months in known), max(months for _, months in known)
        if len(known) == 1:
            return f"De looptijd van {known[0][0]} is {_months(high)}."
        if low == high:
            return f"De looptijd is overal {_months(high)}."
        ends = [opsomming([label for label, months in known if months == end]) for end in (low, high)]
        text = f"De looptijd loopt uiteen van {_months(low)} ({ends[0]}) tot {_months(high)} ({ends[1]})"
        if mean is not None and not is_absent(mean):
            text += f". Gemiddeld is dat {format_decimals(mean['estimate'])} maanden"
        return f"{text}."

    def extended(self) -> str:
        """Say how many units were extended, and which."""
        row = self._look("extended", DURATION)
        if row is None:
            return ""
        names = [self.monitor.unit(one.unit).label for one in self.monitor.durations if one.extension]
        whole = len(self.monitor.durations)
        if whole == 1:
            return f"{self.monitor.unit(self.monitor.durations[0].unit).label} is {'' if names else 'niet '}verlengd."
        if not names:
            return f"{sentence_start(count_of(0, whole, '', self.units))} is verlengd."
        if len(names) == 1:
            return f"Alleen {names[0]} is verlengd."
        told = sentence_start(count_of(len(names), whole, inside(self.monitor.config.units.label), self.units))
        return f"{told} zijn verlengd{'' if len(names) == whole else f': {opsomming(names)}'}."

    def first_and_last(self) -> str:
        """Say which unit began first, and which last; nothing where all began in one month."""
        starts = sorted({one.start for one in self.monitor.durations})
        if len(starts) < 2:
            return ""
        told = []
        for word, month in (("eerste", starts[0]), ("laatste", starts[-1])):
            names = self._named([one for one in self.monitor.durations if one.start == month])
            verb = "begonnen" if len(names) > 1 else "begon"
            told.append(
                f"als {word} {verb if word == 'eerste' else ''} {opsomming(names)} ({month_name(month)})".replace(
                    "  ", " "
                )
            )
        return f"{sentence_start(', '.join(told))}."

    def finished(self) -> str:
        """Say how many units had come to their end at the last measurement."""
        durations, last = self.monitor.durations, self.outcomes.last.month
        done = self._named([one for one in durations if one.last <= last])
        if not durations or not self.monitor.measured():
            return ""
        when = f"Bij de meting van {month_name(last)}"
        if len(durations) == 1:
            name = self._named(durations)[0]
            return f"{when} {f'was {name} afgerond' if done else f'liep {name} nog'}."
        if not done:
            return f"{when} liepen alle {self.units} nog."
        if len(done) == len(durations):
            return f"{when} waren alle {self.units} afgerond."
        if len(done) == 1:
            return f"{when} was alleen {done[0]} afgerond."
        told = f"{aantal(len(done))} van de {aantal(len(durations))} {self.units} afgerond"
        return f"{when} waren {told}: {opsomming(done)}."

    def interim(self) -> str:
        """Say that the last results are not the final ones; nothing where they are."""
        last = self.outcomes.last
        later = [moment for moment in self.monitor.moments if moment.month > last.month]
        running = [one for one in self.monitor.durations if one.last > last.month]
        if not self.monitor.measured():
            return ""
        text = f"De stand van {month_name(last.month)} is een tussenstand"
        if running and len(self.monitor.units) > 1:
            noun = inside(self.monitor.config.units.label)
            told = count_of(len(running), len(self.monitor.durations), noun, self.units)
            return f"{text}: {told} {'liep' if len(running) == 1 else 'liepen'} toen nog."
        if running or later:
            return f"{text}{f': er volgt nog een meting in {month_name(later[-1].month)}' if later else ''}."
        return ""

    def taking_part(self) -> str:
        """Say how many organisations of each kind take part, and where most of them are."""
        told = []
        counted = {one.unit for one in self.monitor.participants}
        if not counted:
            return ""
        if len(counted) < 2 < len(self.monitor.units):
            (unit,) = counted
            return f"Alleen van {self.monitor.unit(unit).label} is bekend hoeveel organisaties meedoen."
        for kind in self.monitor.config.participants:
            total = self._look("participants", kind.id)
            if total is None or is_absent(total):
                continue
            rows = {unit.label: self._look("participants", kind.id, unit.id) for unit in self.monitor.units}
            known = {label: int(r["estimate"]) for label, r in rows.items() if r is not None and not is_absent(r)}
            text = f"{kind.label}: samen {self._count(total)}"
            without = [self.monitor.unit(name).label for name in left_out(total)]
            text += f" (zonder {opsomming(without)})" if without else ""
            most = max(known.values(), default=0)
            first = [label for label, number in known.items() if number == most]
            if most and len(first) < len(known):
                each = "elk " if len(first) > 1 else ""
                text += f", de meeste bij {opsomming(first)} ({each}{format_count(most)})"
            told.append(f"{text}.")
        return " ".join(told)

    def dropout(self) -> str:
        """Say in which phase most dropped out, over what was counted; nothing where fewer than two phases were."""
        found: list[tuple[str, Row]] = []
        for phase in self.monitor.config.phases:
            row = self._look("dropout", phase.id)
            if row is not None and not is_absent(row):
                found.append((phase.label, row))
        if not found:
            return "Uitvallers zijn niet in aantallen gemeld." if self.monitor.dropout else ""
        ranked = sorted(found, key=lambda one: -percentage(one[1]["estimate"]))
        told = [f"{inside(label)} ({self._share(row)})" for label, row in ranked]
        if len(found) == 1:
            return f"Uitvallers zijn alleen geteld bij {told[0]}."
        shares = [percentage(row["estimate"]) for _, row in ranked]
        if shares[0] == shares[1]:
            return f"Waar uitvallers zijn geteld, was de uitval: {'; '.join(told)}."
        rest = [f"bij {one}" for one in told[1:]]
        most = f"Waar uitvallers zijn geteld, was de uitval het grootst bij {told[0]}"
        return f"{most}. Daarna volgt de uitval {opsomming(rest)}."

    def dropout_known(self) -> str:
        """Say of how many units drop-out was counted in any phase."""
        if not self.monitor.dropout:
            return ""
        counted = [
            u for u in self.monitor.units if any(self._is_counted(p.id, u.id) for p in self.monitor.config.phases)
        ]
        if len(self.monitor.units) == 1:
            return ""
        who = count_of(len(counted), len(self.monitor.units), inside(self.monitor.config.units.label), self.units)
        some = "minstens één fase" if len(self.monitor.config.phases) > 1 else "deze fase"
        return f"Van {who} is voor {some} bekend hoeveel mensen uitvielen en van hoeveel."

    def most_told(self) -> str:
        """Name what most units tell of."""
        rows = [(topic.label, self._look("mentioned", topic.id)) for topic in self.monitor.config.topics]
        known = [(label, int(row["estimate"])) for label, row in rows if row is not None]
        most = max((number for _, number in known), default=0)
        first = [label for label, number in known if number == most]
        if not most or len(first) == len(known):
            return ""
        each = "elk " if len(first) > 1 else ""
        whole = len(self.monitor.units)
        of = f"{aantal(most)} van de {aantal(whole)} {self.units}"
        return f"Het meest genoemd: {opsomming([f'‘{label}’' for label in first])} ({each}door {of})."

    def pace(self, track: str) -> str:
        """Hold what was reached on a track against a straight line to the goal; nothing at the end of all."""
        reached, expected = self._look("attainment", track), self._look("expected_attainment", track)
        if reached is None or expected is None or is_absent(reached) or is_absent(expected):
            return ""
        if percentage(expected["estimate"]) >= 100 and len(self.monitor.measured(track)) < 2:
            return ""
        difference = percentage(reached["estimate"]) - percentage(expected["estimate"])
        line = format_procent(expected["estimate"])
        text = f"Volgens een rechte lijn naar het doel zou {line} bereikt zijn; "
        ends = (percentage(reached["estimate"]), percentage(max(reached["estimate"], _or(reached["ci_high"]))))
        if ends[0] <= percentage(expected["estimate"]) <= ends[1]:
            return f"{text}met {self._percent(reached)} ligt {self.track(track)} op die lijn."
        points = points_words(Decimal(difference) / 100)
        return f"{text}{self.track(track)} ligt daar {points} {'boven' if difference > 0 else 'onder'}."

    def _is_counted(self, phase: str, unit: str) -> bool:
        row = self._look("dropout", phase, unit)
        return row is not None and not is_absent(row) and row["denominator"] == row["denominator"]

    def _share(self, row: Row) -> str:
        return f"{row['numerator']} van de {row['denominator']}, {format_procent(row['estimate'])}"

    def _named(self, durations: Sequence[Duration]) -> list[str]:
        return [self.monitor.unit(one.unit).label for one in durations]


def _or(value: float) -> float:
    """Return a number, 0 where there is none."""
    return value if value == value else 0.0


def _months(number: int) -> str:
    return f"{number} {'maand' if number == 1 else 'maanden'}"
