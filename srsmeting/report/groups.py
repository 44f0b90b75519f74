"""Groups of a breakdown in running text: where a share is highest, whether it runs up, what differs significantly.

A difference is called significant only where a row of the estimate frame says so; such rows are there for the
breakdowns that ``comparisons`` of the measurement names. Elsewhere the sentence says that nothing was tested.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from srsmeting.estimates import RATES
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import opsomming, sentence_start
from srsmeting.presentation.words_counts import count_of
from srsmeting.report.comparisons import Comparisons
from srsmeting.report.numbers import Row, read_value
from srsmeting.report.ranking import Ranked, extremes, near, subject

#: Below this p-value a difference is significant.
ALPHA: Final = 0.05
#: Reasons for which a test is marked, and nevertheless tells: the groups are small, the test knows that.
_TELLING: Final = frozenset({"", "indicative"})


class Groups(Comparisons):
    """The part of a report that tells of groups."""

    def share_extremes(self, question: str, category: str, by: str, what: str, *, item: str = "") -> str:
        """Return a sentence that says in which group a share is highest and in which lowest.

        Parameters
        ----------
        question, category, item
            As of :meth:`percent`.
        by
            Breakdown.
        what
            The subject, with its article: "het deel dat een rol ziet".
        """
        return extremes(what, self._shares_of(question, category, by, item))

    def gradient(self, question: str, category: str, by: str, what: str, along: str, *, down: bool = False) -> str:
        """Return a sentence that says that a share runs up with what the groups are ordered by, or that it does not.

        Parameters
        ----------
        question, category
            As of :meth:`percent`; without category the mean mark.
        by
            Breakdown, whose groups stand in an order.
        what
            The subject, with its article: "het deel dat een rol ziet".
        along
            What the order is of: "de betrokkenheid".
        down
            Whether the group that has most of it stands first.

        Returns
        -------
        str
            "… loopt op met de betrokkenheid: van 48 procent bij … tot 92 procent bij …." where each group is above the
            one before, as printed; "neemt af met" where each is below. Otherwise where it is highest and lowest.
        """
        entries = self._shares_of(question, category, by) if category else self._means(question, by)
        article = "" if category else "een "
        known = [entry for entry in (reversed(entries) if down else entries) if entry is not None]
        steps = [after.printed - before.printed for before, after in pairwise(known)]
        if len(known) < len(entries) or not steps or not (min(steps) > 0 or max(steps) < 0):
            return extremes(what, entries, article)
        verb = "loopt op" if steps[0] > 0 else "neemt af"
        first, last = (f"{article}{entry.text} bij {entry.name}" for entry in (known[0], known[-1]))
        return f"{sentence_start(subject(what))} {verb} met {along}: van {first} tot {last}."

    def significance(self, question: str, by: str, group: str, *, category: str = "", what: str = "") -> str:
        """Return sentences that say from which other groups one group differs significantly, and in which direction.

        Parameters
        ----------
        question
            A question of kind mark; with `category` any other.
        by, group
            Breakdown and group.
        category, what
            Of a share: its category, and the subject with the article "het".

        Returns
        -------
        str
            "Het gemiddelde bij … is significant lager dan bij …, bij … en bij …." Where the difference with a group was
            not tested, or is not published, that is said.
        """
        what = what or "het gemiddelde"
        name = self._group(by, group)
        start = sentence_start(subject(f"{what} bij {name}"))
        if read_value(self._of_group(question, category, by, group)).number is None:
            return f"{start} is niet gepubliceerd."
        told: dict[str, list[str]] = {}
        for other in self.questionnaire.breakdown(by).groups:
            if other.code != group:
                told.setdefault(self._relation(question, category, by, group, other.code), []).append(other.code)
        if not set(told) & {"hoger", "lager", "same"}:
            why = "getoetst" if "untested" in told else "vast te stellen"
            return f"Of {what} bij {name} significant afwijkt van dat bij andere groepen, is niet {why}."
        all_alike = len(told) == 1 and len(self.questionnaire.breakdown(by).groups) > 2

        def them(kind: str) -> str:
            everyone = "de" if kind == "same" else "alle"
            return (
                f"bij {everyone} andere groepen" if all_alike else near([self._group(by, code) for code in told[kind]])
            )

        differing = [f"significant {word} dan {them(word)}" for word in ("hoger", "lager") if word in told]
        sentences = [f"{start} is {opsomming(differing)}."] if differing else []
        if "same" in told:
            sentences.append(
                f"Het verschil met dat {them('same')} is niet significant."
                if differing
                else f"{start} wijkt niet significant af van dat {them('same')}."
            )
        for kind, why in (("unsure", "betrouwbaar te toetsen"), ("untested", "getoetst"), ("hidden", "gepubliceerd")):
            if kind in told:
                sentences.append(f"Het verschil met dat {them(kind)} is niet {why}.")
        return " ".join(sentences)

    def tested(self, question: str, by: str, *, item: str = "", category: str = "") -> str:
        """Return a sentence that says whether groups differ significantly: "De verschillen naar branche zijn …."."""
        start = f"De verschillen naar {inside(self.questionnaire.breakdown(by).label)} zijn"
        row = self._maybe(question, category, item=item, by=by, measure="p_value")
        p = self._p(row)
        if p is None:
            return f"{start} niet {'getoetst' if row is None else 'betrouwbaar te toetsen'}."
        return f"{start} significant." if p < ALPHA else f"{start} niet significant."

    def groups_above(self, question: str, by: str, singular: str, plural: str, *, category: str = "") -> str:
        """Say in how many groups a share or mean is above that of everyone, as printed: "vijf van de acht branches".

        Parameters
        ----------
        question, category
            As of :meth:`percent`; without category the mean mark.
        by
            Breakdown.
        singular, plural
            What its groups are called.
        """
        entries = (
            self._shares_of(question, category, by, empty=True) if category else self._means(question, by, empty=True)
        )
        whole = self._entry("", self._of_group(question, category))
        known = [entry for entry in entries if entry is not None]
        if whole is None or not known:
            return f"een onbekend aantal {plural}"
        above = sum(entry.printed > whole.printed for entry in known)
        said = count_of(above, len(known), singular, plural)
        return said if len(known) == len(entries) else f"{said} waarvan de uitkomst is gepubliceerd"

    def published_groups(self, by: str, singular: str, plural: str) -> str:
        """Say of how many groups results are published: "elf van de dertien WGO’s"."""
        shown = self._shown(by)
        return count_of(sum(shown), len(shown), singular, plural)

    def withheld_groups(self, by: str, singular: str, plural: str) -> str:
        """Say of how many groups no result is published: "twee van de dertien WGO’s"."""
        shown = self._shown(by)
        return count_of(len(shown) - sum(shown), len(shown), singular, plural)

    def _shown(self, by: str) -> list[bool]:
        """Return per group whether anything of it is published."""
        rows = self.estimates[(self.estimates["by"] == by) & ~self.estimates["measure"].isin(RATES)]
        shown = set(rows.loc[rows["estimate"].notna(), "group"])
        return [group.code in shown for group in self.questionnaire.breakdown(by).groups]

    def _shares_of(
        self, question: str, category: str, by: str, item: str = "", *, empty: bool = False
    ) -> list[Ranked | None]:
        """Return an entry per group; one in which nobody answered only where `empty` asks for it."""
        shares = [
            (self._group(by, group.code), self._share(question, category, item, by, group.code))
            for group in self.questionnaire.breakdown(by).groups
        ]
        return self._ranked([(name, value) for name, value in shares if empty or not value.is_empty])

    def _of_group(self, question: str, category: str, by: str = "", group: str = "") -> Row:
        measure = "share" if category else "mean"
        return self._row(question, category, by=by, group=group, measure=measure)

    def _relation(self, question: str, category: str, by: str, group: str, other: str) -> str:
        if read_value(self._of_group(question, category, by, other)).number is None:
            return "hidden"
        for pair, sign in ((f"{group}-{other}", 1), (f"{other}-{group}", -1)):
            row = self._maybe(question, category, by=by, group=pair, measure="difference_p")
            if row is None:
                continue
            difference = read_value(self._row(question, category, by=by, group=pair, measure="difference")).number
            p = self._p(row)
            if p is None or difference is None:
                return "unsure"
            return ("hoger" if sign * difference > 0 else "lager") if p < ALPHA else "same"
        return "untested"

    def _p(self, row: Row | None) -> float | None:
        """Return a p-value; None where there was no test, or it leans on too little."""
        if row is None or str(row["reason"]) not in _TELLING:
            return None
        return read_value(row).number
