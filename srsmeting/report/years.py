"""What a report says of earlier years: what changed, what stayed, and what may not be compared.

A change is told only where both years may be compared and it is significant, or known without a test. Where there was
no measurement before, every sentence here is an empty text and every table an empty piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pandas as pd

from srsmeting.errors import ReportError
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.formats import format_count, format_decimals
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.semantic_table import Table
from srsmeting.presentation.words import aantal, agree, opsomming, sentence_start
from srsmeting.presentation.words_counts import count_of, points_words
from srsmeting.presentation.years import History, Moment, Series, read_series
from srsmeting.presentation.years.noted import read_noted
from srsmeting.presentation.years.series import Name
from srsmeting.presentation.years.tables import years_table
from srsmeting.report.block import Block
from srsmeting.report.bundle import Bundle
from srsmeting.report.changed import SAME, SAME_MEANS, answers, both, is_small, levels, reason
from srsmeting.report.ranking import subject
from srsmeting.report.region import Region
from srsmeting.report.several import share_name
from srsmeting.rounding import percentage

if TYPE_CHECKING:
    from srsmeting.presentation.figures.years import YearsFigure

#: What a measurement is called without one before it, and with.
FIRST, REPEAT = "nulmeting", "vervolgmeting"
#: Rows of the estimate frame behind a change.
_BEHIND: Final = ("change", "change_p_holm")


class Years(Region):
    """The part of a report that tells of earlier years.

    Parameters
    ----------
    bundle
        Beside the estimates of this measurement: those of earlier ones, what changed, and what may not be compared.
    """

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(bundle)
        self._bundle = bundle

    @property
    def is_repeat(self) -> bool:
        """Whether there was a measurement before this one."""
        return bool(self.texts.earlier)

    @property
    def kind(self) -> str:
        """What this measurement is: "nulmeting", or "vervolgmeting" where there was one before it."""
        return REPEAT if self.is_repeat else FIRST

    @property
    def profile(self) -> str:
        """The variant of the report that is made of this measurement: "vervolgmeting", or the report as it is."""
        return REPEAT if self.is_repeat else ""

    @property
    def earlier_period(self) -> str:
        """The period of the measurement before this one: "2021"; empty where there is none."""
        return self._history.moments[-2].period if self.is_repeat else ""

    @property
    def earlier_periods(self) -> str:
        """The periods of all measurements before this one: "2021 en 2022"; empty where there are none."""
        return opsomming(moment.period for moment in self._history.moments[:-1]) if self.is_repeat else ""

    def change(self, question: str, category: str = "", *, item: str = "", by: str = "", group: str = "") -> str:
        """Say what became of a share or mean since the measurement before, as it stands behind "is".

        Parameters
        ----------
        question, category, item, by, group
            As of :meth:`percent`; without a category the mean.

        Returns
        -------
        str
            "gestegen van 66 naar 71 procent" where the change is significant; "vrijwel gelijk gebleven (66 en 68
            procent)" where it is not and small, "niet aantoonbaar veranderd (66 en 73 procent)" where it is larger;
            "niet te vergelijken met 2021: …" with the reason. Empty where there was no measurement before.
        """
        if not self.is_repeat:
            return ""
        (series,) = self._read([(question, item, category)], by, group)
        return self._changed(series, by, group)

    def change_sentence(
        self, what: str, question: str, category: str = "", *, item: str = "", by: str = "", group: str = ""
    ) -> str:
        """Return a sentence on what became of a share or mean since the measurement before.

        Parameters
        ----------
        what
            The subject, with its article: "het deel dat de inhoud kent".
        question, category, item, by, group
            As of :meth:`change`.
        """
        told = self.change(question, category, item=item, by=by, group=group)
        if not told:
            return ""
        since = "" if told.startswith("niet te vergelijken") else f"sinds {self.earlier_period} "
        (series,) = self._read([(question, item, category)], by, group)
        overall = self._overall([series], by, group)
        return f"{sentence_start(subject(what))} is {since}{told}.{f' {overall}' if overall else ''}"

    def changes(self, shares: Sequence[str] | str) -> str:
        """Return sentences that say which of some outcomes changed significantly, and how many did not.

        Parameters
        ----------
        shares
            Names as ``question.category`` or ``question.statement.category``, a question of which the mean is meant, or
            what :meth:`outcomes` gave a name.
        """
        if not self.is_repeat:
            return ""
        return self._changes_of(self._read(self._wanted(shares)))

    def _changes_of(self, read: Sequence[Series], by: str = "", group: str = "") -> str:
        told = []
        for word, sign in (("Significant gestegen", 1), ("Significant gedaald", -1)):
            moved = [one for one in read if one.steps[-1].is_known and sign * (one.steps[-1].number or 0) > 0]
            if moved:
                names = opsomming(
                    f"‘{inside(one.called)}’ ({levels(one)}{self._same(one, by, group)})" for one in moved
                )
                told.append(f"{word} sinds {self.earlier_period} {agree(len(moved), 'is', 'zijn')} {names}.")
        for one in read:
            self._behind(one, by, group)
        compared = [one for one in read if one.steps[-1].number is not None]
        still = [one for one in compared if not one.steps[-1].is_known]
        if compared and not told:
            which = count_of(0, len(compared), "uitkomst", "uitkomsten")
            told.append(f"{sentence_start(which)} is sinds {self.earlier_period} aantoonbaar veranderd.")
        elif still:
            verb = agree(len(still), "is", "zijn")
            left = "De andere uitkomst" if len(still) == 1 else f"De andere {aantal(len(still))} uitkomsten"
            alike = all(is_small(one, one.steps[-1]) for one in still)
            told.append(f"{left} {verb} {'vrijwel gelijk gebleven' if alike else 'niet aantoonbaar veranderd'}.")
        told += [overall] if (overall := self._overall(read, by, group)) else []
        apart = len(read) - len(compared)
        if apart:
            what = f"{aantal(apart)} {agree(apart, 'uitkomst', 'uitkomsten')}"
            what = count_of(0, apart, "uitkomst", "uitkomsten") if not compared else what
            verb = "is" if not compared else agree(apart, "is", "zijn")
            how = "" if not compared else " niet"
            told.append(f"{sentence_start(what)} {verb}{how} te vergelijken met {self.earlier_period}.")
        return " ".join(told)

    @property
    def change_rule(self) -> str:
        """Sentences that say when a change is told, and what is called about the same."""
        if not self.is_repeat:
            return ""
        points, means = f"{format_count(SAME)}\u00a0procentpunt", format_decimals(SAME_MEANS)
        return (
            "Dat een uitkomst is gestegen of gedaald, staat er alleen als de verandering significant is: was er niets "
            "veranderd, dan zou zo’n verschil in minder dan 5\u00a0procent van de gevallen ontstaan, ook als "
            "rekening is gehouden met het aantal toetsen. Is zij dat niet, dan heet een uitkomst vrijwel gelijk "
            f"gebleven bij hoogstens {points} verschil (bij een cijfer {means}), en anders niet aantoonbaar veranderd."
        )

    @property
    def panel(self) -> str:
        """A sentence that says how many organisations answered both this time and the time before."""
        if not self.is_repeat:
            return ""
        rows = self._history.estimates
        rows = rows[(rows["meting"] == self.texts.meting) & (rows["measure"] == "panel_change") & (rows["by"] == "")]
        known = rows[rows["denominator"].fillna(0) > 0]
        if known.empty:
            return f"Welke organisaties ook over {self.earlier_period} antwoordden, is niet bekend."
        most = known.sort_values("denominator", kind="stable").iloc[-1]
        self._seen({str(name): most[name] for name in rows.columns})
        return (
            f"Van de respondenten over {self.period} antwoordden {format_count(most['denominator'])} organisaties ook "
            f"over {self.earlier_period}."
        )

    def detectable_change(self, shares: Sequence[str] | str) -> str:
        """Return a sentence that says how large a change of some shares must be to be noticed as a rule.

        Parameters
        ----------
        shares
            As of :meth:`changes`, without means.
        """
        if not self.is_repeat:
            return ""
        now = self._history.moments[-1]
        found: list[Decimal] = []
        bases: set[int] = set()
        for name in self._wanted(shares):
            row = self._history.row(now, (*name, "", ""), "detectable_change")
            if name[2] and row is not None and row["status"] == "A" and not pd.isna(row["estimate"]):
                found.append(percentage(float(self._seen(row)["estimate"])))
                bases.add(int(row["denominator"]))
        if not found:
            return ""
        span, asked = _span(found), _span([Decimal(base) for base in bases])
        return (
            f"Bij vragen met {asked} antwoorden merkt een enkele toets een werkelijke verandering van "
            f"{span}\u00a0procentpunt in vier van de vijf gevallen op. Een kleinere blijft vaker verborgen, en bij "
            "minder antwoorden ook een grotere, zeker na de correctie voor het aantal toetsen."
        )

    def years_table(self, name: str, caption: str = "", *, panel: bool = False) -> Table | Block:
        """Return the table of years beside each other, ``@tbl-jaren-`` and the name with hyphens.

        Parameters
        ----------
        name
            A question, of which all answers are shown (of statements: what is agreed), or what :meth:`outcomes` gave
            a name.
        caption
            Default the title of the question, with the years.
        panel
            Whether the last change is shown among those who answered both times, too.
        """
        if not self.is_repeat:
            return Block("")
        return years_table(
            self._read(self._wanted(name)),
            self.questionnaire,
            id=exhibit_id("tbl-jaren", name),
            caption=self._caption(name, caption),
            panel=panel,
            notes=self._weighted_note(),
            source=self._sources,
        )

    def years_figure(self, name: str, caption: str = "") -> YearsFigure | Block:
        """Return the figure of years, ``@fig-jaren-`` and the name with hyphens: a slope for two years, else lines.

        Parameters
        ----------
        name, caption
            As of :meth:`years_table`.
        """
        if not self.is_repeat:
            return Block("")
        # Drawing takes a second to load: a chapter without figures does not wait for it.
        from srsmeting.presentation.figures.years import build_years

        return build_years(
            self._read(self._wanted(name)),
            self.questionnaire,
            id=exhibit_id("fig-jaren", name),
            caption=self._caption(name, caption),
            notes=self._weighted_note(),
            source=self._sources,
        )

    @cached_property
    def _history(self) -> History:
        own = Moment(self.texts.meting, self.period)
        moments = tuple(Moment(one.meting, one.period or one.meting) for one in self.texts.earlier)
        years, apart = self._bundle.years, self._bundle.apart
        if years is None or apart is None:
            raise ReportError("the report has no earlier years. Name 'earlier' in meting.yaml, and render it again.")
        estimates = pd.concat([self.estimates, years], ignore_index=True)
        noted = tuple(read_noted((one.model_dump() for one in self.texts.noted), (*moments, own)))
        return History((*moments, own), estimates, apart, self.texts.decimals_from, noted)

    def _read(self, names: Sequence[Name], by: str = "", group: str = "") -> tuple[Series, ...]:
        return read_series(self._history, self.questionnaire, names, by=by, group=group)

    def _wanted(self, shares: Sequence[str] | str) -> list[Name]:
        if isinstance(shares, str) and shares not in self._outcomes:
            return [(shares, item, code) for item, code in answers(self.questionnaire.question(shares))]
        given = self._outcomes[shares] if isinstance(shares, str) else shares
        return [share_name(one) if "." in one else (one, "", "") for one in given]

    @property
    def _sources(self) -> str:
        """The source lines of all years, as far as each says something else."""
        told = {self.source: self.source} if self.source else {}
        for one in self.texts.earlier:
            if one.source:
                told.setdefault(one.source, f"Over {one.period or one.meting}: {one.source}")
        return ". ".join(line.rstrip(".") for line in told.values()) if len(told) > 1 else self.source

    def _caption(self, name: str, caption: str) -> str:
        title = caption or self.questionnaire.question(name).title
        return f"{title}, {opsomming([*(m.period for m in self._history.moments)])}"

    def _weighted_note(self) -> tuple[str, ...]:
        return (f"Gewogen naar {self.weighted_by}; aantallen ongewogen.",) if self.weighted_by else ()

    def _behind(self, series: Series, by: str = "", group: str = "", since: Moment | None = None) -> None:
        """Remember the rows that a text on the last change is made of, or on the change since a year before it."""
        place = (*series.name, by, group)
        moments = self._history.moments
        for moment in moments[-2:] if since is None else (since, moments[-1]):
            row = self._history.row(moment, place, "mean" if series.is_mean else "share")
            if row is not None:
                self._seen(row)
        for measure in _BEHIND if since is None else [f"trend_{name}" for name in _BEHIND]:
            row = self._history.row(self._history.moments[-1], place, measure)
            if row is not None:
                self._seen(row)

    def _overall(self, read: Sequence[Series], by: str, group: str) -> str:
        """Say what changed significantly over all years; an empty text where nothing did, or there are two."""
        told = []
        for word, noun, sign in (("gestegen", "stijging", 1), ("gedaald", "daling", -1)):
            moved = [one for one in read if one.trend and one.trend.is_known and sign * (one.trend.number or 0) > 0]
            for since in dict.fromkeys(one.trend.earlier for one in moved if one.trend):
                own = [one for one in moved if one.trend and one.trend.earlier == since]
                for one in own:
                    self._behind(one, by, group, since)
                lead = f"Over de hele periode sinds {since.period}"
                if len(read) == 1:
                    told.append(f"{lead} was er een {noun} {levels(own[0], since)}.")
                else:
                    names = opsomming(f"‘{inside(one.called)}’ ({levels(one, since)})" for one in own)
                    told.append(f"{lead} {agree(len(own), 'is', 'zijn')} significant {word}: {names}.")
        return " ".join(told)

    def _same(self, series: Series, by: str, group: str) -> str:
        """Say what became of a share among the organisations that answered both times."""
        panel = series.steps[-1].panel
        row = self._history.row(self._history.moments[-1], (*series.name, by, group), "panel_change")
        if panel.number is None or row is None or series.is_mean:
            return ""
        self._seen(row)
        points = points_words(panel.number)
        way = "hoger" if panel.number > 0 else "lager"
        told = f"{points} {way}" if panel.number else "even hoog"
        return f"; bij de {format_count(panel.base or 0)} organisaties die beide keren antwoordden {told}"

    def _changed(self, series: Series, by: str = "", group: str = "") -> str:
        self._behind(series, by, group)
        step = series.steps[-1]
        before, after = (point.value for point in series.points[-2:])
        if step.number is None or before is None or after is None:
            return f"niet te vergelijken met {step.earlier.period}{reason(step)}"
        if step.is_known and before != after:
            return f"{'gestegen' if step.number > 0 else 'gedaald'} {levels(series)}"
        if is_small(series, step):
            return f"vrijwel gelijk gebleven ({both(series)})"
        word = "aantoonbaar" if step.is_tested else "toetsbaar"
        return f"niet {word} veranderd ({both(series)})"


def _span(numbers: Sequence[Decimal]) -> str:
    least, most = min(numbers), max(numbers)
    return f"{format_count(least)} tot {format_count(most)}" if least < most else format_count(most)
