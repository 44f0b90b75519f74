"""What a report says of weighting: to what, or that every answer counts the same."""

from __future__ import annotations

from collections.abc import Iterator

from srsmeting.presentation.formats import format_count
from srsmeting.presentation.notes import is_weighted
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, opsomming, sentence_start
from srsmeting.report.numbers import Numbers
from srsmeting.rounding import round_half_up

#: So many groups that weigh the same are named.
_NAMED = 6


class Weighted(Numbers):
    """The part of a report that tells of weighting.

    Whether the numbers are weighted is seen from the estimates; to what, from the configuration of the measurement.
    """

    @property
    def weighted_by(self) -> str:
        """To what the answers were weighted: "WGO en branche"; empty where they were not, or it is not known."""
        weights = self.texts.weights
        if not weights.margins or not is_weighted(self.estimates, self.questionnaire):
            return ""
        names = opsomming(self._margin(name) for name in weights.margins)
        return f"werknemers per {names}" if weights.unit == "employees" else names

    @property
    def weighting(self) -> str:
        """What follows "De percentages": "zijn ongewogen: elk antwoord telt even zwaar", or to what they are weighted.

        Numbers of respondents are never weighted, which is said too.
        """
        if not is_weighted(self.estimates, self.questionnaire):
            return "zijn ongewogen: elk antwoord telt even zwaar"
        if not self.weighted_by:
            return "zijn gewogen; aantallen respondenten zijn ongewogen"
        whole = "alle uitgenodigde organisaties"
        whole = f"de werknemers bij {whole}" if self.texts.weights.unit == "employees" else whole
        part = f"elke groep telt mee naar haar deel van {whole}"
        told = "".join(f". {sentence}" for sentence in self._together())
        return f"zijn gewogen naar {self.weighted_by}: {part}. Aantallen respondenten zijn ongewogen{told}"

    def _together(self) -> Iterator[str]:
        """Say which groups weigh the same because they are small, for all questions and for some."""
        rows = self.estimates[(self.estimates["measure"] == "weight") & (self.estimates["method"] == "pooled")]
        for by, some in rows[rows["question"] == ""].groupby("by", sort=False):
            names = opsomming(self._named(str(by), group) for group in some["group"])
            if len(some) > _NAMED:
                names = f"{aantal(len(some))} groepen van {self._margin(str(by))}"
            yield f"{sentence_start(names)} wegen mee als één groep, omdat zij klein zijn"
        if (rows["question"] != "").any():
            yield "Bij een vraag die weinig respondenten kregen, wegen kleine groepen mee als één groep"

    def _named(self, by: str, group: str) -> str:
        if group == "(no answer)":
            return "respondenten zonder antwoord"
        parts = zip(by.split("*"), group.split("*"), strict=True)
        label = " met ".join(self.questionnaire.breakdown(name).group(code).label for name, code in parts)
        return f"‘{label}’"

    @property
    def weighting_effect(self) -> str:
        """A sentence on what weighting costs: "… zo nauwkeurig als 286 ongewogen antwoorden."; or an empty text."""
        row = self._rows.get(("", "", "", "", "", "effective_n"))
        if row is None:
            return ""
        self._seen(row)
        answers, worth = format_count(row["denominator"]), format_count(round_half_up(row["estimate"], 0))
        return f"Door de weging zijn de {answers} antwoorden zo nauwkeurig als {worth} ongewogen antwoorden."

    def _margin(self, name: str) -> str:
        parts = [inside(self.questionnaire.breakdown(part).label) for part in name.split("*")]
        return " in combinatie met ".join(parts)
