"""Non-response in running text: what became of everyone who was invited, who is missing, and how evenly that is spread.

A sentence is chosen by the numbers as they are printed, so that it stays true when other data are put under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from srsmeting.errors import ReportError
from srsmeting.presentation.formats import format_count, format_indicator, format_procent
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, agree, opsomming
from srsmeting.report.comparisons import Comparisons
from srsmeting.report.numbers import Row, read_value
from srsmeting.rounding import percentage, round_half_up

#: What is said of those who did not fill in everything, by disposition: singular and plural.
_REST: Final = {
    "partial": (
        "vulde er {} een groot genoeg deel van de vragenlijst in",
        "vulden er {} een groot genoeg deel van de vragenlijst in",
    ),
    "break_off": (
        "begon er {} aan de vragenlijst zonder die af te maken",
        "begonnen er {} aan de vragenlijst zonder die af te maken",
    ),
    "refusal": ("weigerde er {}", "weigerden er {}"),
    "other": ("viel er {} om een andere reden af", "vielen er {} om een andere reden af"),
    "unknown": (
        "is van {} niet bekend of die tot de doelgroep hoort",
        "is van {} niet bekend of zij tot de doelgroep horen",
    ),
    "not_eligible": ("hoort er {} niet tot de doelgroep", "horen er {} niet tot de doelgroep"),
    "non_contact": ("reageerde er {} niet", "reageerden er {} niet"),
}
#: Why an indicator is less reliable.
_SHAKY: Final = {
    "not_all_linked": "Niet alle respondenten zijn in het steekproefkader gevonden; dat maakt de indicator onzeker.",
    "separated": (
        "In minstens één groep antwoordde iedereen of niemand; dat maakt de indicator en het interval onzeker."
    ),
}


class Nonresponse(Comparisons):
    """The part of a report that tells of non-response."""

    @property
    def dispositions(self) -> str:
        """A sentence that says of every invited organisation what became of it."""
        rows = {str(row["category"]): row for row in self._measured("disposition")}
        counts = {code: int(row["numerator"]) for code, row in rows.items()}
        invited = format_count(rows["complete"]["denominator"])
        told = [
            agree(counts[code], *forms).format(aantal(counts[code]))
            for code, forms in _REST.items()
            if counts.get(code, 0)
        ]
        whole = counts["complete"]
        first = (
            f"Van de {invited} organisaties in het steekproefkader {'vulde' if whole <= 1 else 'vulden'} er "
            f"{aantal(whole) if whole else 'geen enkele'} de vragenlijst volledig in."
        )
        return f"{first} Van de andere {opsomming(told)}." if told else first

    @property
    def response_definitions(self) -> str:
        """Sentences with the response by AAPOR's definitions, as far as they differ."""
        one, two = (self._rate(f"response_rate_{number}") for number in (1, 2))
        text = f"Volgens de standaarddefinities van AAPOR is de respons {one} (RR1: volledig ingevulde vragenlijsten)"
        if self._counted_as("partial"):
            text += f", of {two} als gedeeltelijk ingevulde vragenlijsten meetellen (RR2)"
        text += "."
        if self._counted_as("unknown"):
            third, fifth = (self._rate(f"response_rate_{number}") for number in (3, 5))
            text += (
                " Van een deel van de organisaties is niet bekend of zij tot de doelgroep horen. Naar de verhouding "
                f"bij de andere geschat is de respons {third} (RR3); zonder hen is die {fifth} (RR5)."
            )
        cooperation = self._one("cooperation_rate_1")
        value = read_value(cooperation)
        if value.number is not None:
            text += (
                f" Van de organisaties die van zich lieten horen, maakte {format_procent(value.number)} de vragenlijst "
                "af (COOP1)."
            )
        return text

    def composition(self, by: str) -> str:
        """Return a sentence that says which groups are over- and underrepresented most among respondents."""
        breakdown = self.questionnaire.breakdown(by)
        start = f"Naar {inside(breakdown.label)}"
        points: dict[str, Decimal] = {}
        for group in breakdown.groups:
            number = read_value(self._row("", by=by, group=group.code, measure="composition_difference")).number
            if number is not None:
                points[group.code] = percentage(number)
        if not points:
            return f"{start} zijn de respondenten niet met het steekproefkader te vergelijken."
        most, least = max(points.values()), min(points.values())
        told = []
        if most > 0:
            told.append(f"de oververtegenwoordiging het grootst {self._beside(by, points, most)}")
        if least < 0:
            told.append(
                f"de ondervertegenwoordiging{' het grootst' * (not told)} {self._beside(by, points, least, told)}"
            )
        if not told:
            return (
                f"{start} zijn de respondenten, afgerond op hele procentpunten, verdeeld zoals de uitgenodigde "
                "organisaties."
            )
        return f"{start} is {opsomming(told)}."

    @property
    def evenness(self) -> str:
        """Sentences with the R-indicator, what it is about, and whether the chance to respond differs."""
        rows = self._measured("r_indicator", needed=False)
        if not rows:
            return "Het steekproefkader bevat geen kenmerken waarmee de respons te vergelijken is."
        row = rows[0]
        names = opsomming([inside(self.questionnaire.breakdown(name).label) for name in str(row["item"]).split("+")])
        value = read_value(row)
        if value.number is None:
            return (
                "De R-indicator is niet te berekenen, omdat niet bekend is welke organisaties uit het steekproefkader "
                "antwoordden."
            )
        if str(row["reason"]) == "no_spread":
            return "Alle uitgenodigde organisaties antwoordden; de respons is daarmee volledig gelijkmatig verdeeld."
        low, high = (format_indicator(row[end]) for end in ("ci_low", "ci_high"))
        text = (
            "De R-indicator vat samen hoe gelijkmatig de respons is verdeeld. Hij is 1 als elke organisatie een even "
            "grote kans heeft om te antwoorden, en 0 als die kansen zo ver mogelijk uiteenlopen. Berekend met "
            f"{names} is hij {format_indicator(value.number)} (95%-betrouwbaarheidsinterval {low} tot {high})."
        )
        if round_half_up(row["ci_high"], 2) < 1:
            text += " Ook als we rekening houden met toeval, heeft dus niet elke organisatie een even grote kans."
        else:
            text += " Het interval loopt tot 1: een even grote kans voor elke organisatie past ook bij deze uitkomst."
        text += self._least_even(rows)
        reason = str(row["reason"])
        return f"{text} {_SHAKY[reason]}" if reason in _SHAKY else text

    def _least_even(self, rows: Sequence[Row]) -> str:
        """Say by which variable alone the indicator is lowest; nothing where there is one, or a number is missing."""
        numbers = {str(row["item"]): read_value(row).number for row in rows if "+" not in str(row["item"])}
        known = {name: round_half_up(number, 2) for name, number in numbers.items() if number is not None}
        if len(known) < 2 or len(known) < len(numbers):
            return ""
        lowest = min(known.values())
        names = [inside(self.questionnaire.breakdown(name).label) for name, value in known.items() if value == lowest]
        if len(names) == len(known):
            return ""
        each = "Met elk kenmerk afzonderlijk berekend is hij het laagst voor"
        return f" {each} {opsomming(names)} ({format_indicator(lowest)})."

    def _beside(self, by: str, points: dict[str, Decimal], point: Decimal, said: Sequence[str] = ()) -> str:
        parts: list[str] = []
        for code in (code for code, value in points.items() if value == point):
            ours, theirs = (
                read_value(self._row("", by=by, group=code, measure=measure)).number or 0.0
                for measure in ("respondents_share", "frame_share")
            )
            # What of what these are shares is said the first time.
            shares = f"{percentage(ours)} tegenover {format_procent(theirs)}"
            if not (said or parts):
                shares = f"{format_procent(ours)} van de respondenten tegenover {format_procent(theirs)} van de "
                shares += "uitgenodigde organisaties"
            parts.append(f"bij {self._group(by, code)} ({shares})")
        return opsomming(parts)

    def _counted_as(self, disposition: str) -> int:
        return sum(int(row["numerator"]) for row in self._measured("disposition") if row["category"] == disposition)

    def _rate(self, measure: str) -> str:
        value = read_value(self._one(measure))
        return f"({value.why})" if value.number is None else format_procent(value.number)

    def _one(self, measure: str) -> Row:
        return self._row("", measure=measure)

    def _measured(self, measure: str, *, needed: bool = True) -> list[Row]:
        found: list[Row] = [self._seen(row) for key, row in self._rows.items() if key[-1] == measure]
        if needed and not found:
            raise ReportError(
                f"estimates: there is no {measure}. Estimate again with a frame, with this version of srsmeting."
            )
        return found
