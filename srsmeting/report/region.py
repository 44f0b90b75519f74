"""A report on one group, such as a region: its numbers beside those of everyone, or why there are none.

Which group, the folder that the report is rendered from says. A comparison is made on the numbers as printed, and
whether a difference is significant is said only where a test in the estimate frame says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pandas as pd

from srsmeting.errors import ReportError, unknown_name
from srsmeting.estimates import RATES
from srsmeting.presentation.beside import Name, Pair, read_pairs
from srsmeting.presentation.beside_table import beside_table
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.presentation.formats import format_count, format_decimals, format_procent
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.semantic_table import Table
from srsmeting.presentation.words import aantal, agree, opsomming
from srsmeting.presentation.words_counts import points_words
from srsmeting.report.conditions import ALIKE
from srsmeting.report.groups import ALPHA
from srsmeting.report.numbers import Row, read_value
from srsmeting.report.rates import WITHHELD, Rates
from srsmeting.report.several import share_name
from srsmeting.report.weighted import Weighted

if TYPE_CHECKING:
    from srsmeting.presentation.figures.pairs import PairsFigure

#: Two means that differ by no more than this are alike.
ALIKE_MEANS: Final = Decimal("0.2")
#: Of how many outcomes a sentence says that they are above or below.
MOST_NAMED: Final = 3


class Region(Rates, Weighted):
    """The part of a report that tells of one group beside everyone."""

    @property
    def group(self) -> str:
        """The name of the group that the report is about: "ZorgpleinNoord"."""
        by, code = self._chosen()
        return self.questionnaire.breakdown(by).group(code).label

    @property
    def is_published(self) -> bool:
        """Whether any result of the group is published, other than its response."""
        return is_published(self.estimates, *self._chosen())

    def group_response(self, singular: str = "organisatie", plural: str = "organisaties") -> str:
        """Say how many were invited in the group and how many responded, beside everyone.

        Parameters
        ----------
        singular, plural
            What was invited.
        """
        by, code = self._chosen()
        row = self._maybe("", by=by, group=code, measure="response_rate")
        whole = self._response()
        everyone = (
            f"{format_procent(whole['estimate'])} ({format_count(whole['numerator'])} van de "
            f"{format_count(whole['denominator'])})"
        )
        if row is None or pd.isna(row["numerator"]):
            return f"Hoeveel {plural} in {self.group} zijn uitgenodigd, is niet bekend. Landelijk deed {everyone} mee."
        answered, invited = int(row["numerator"]), row["denominator"]
        if pd.isna(invited) or not int(invited):
            return f"In {self.group} zijn geen {plural} uitgenodigd. Landelijk deed {everyone} mee."
        did = "geen enkele" if not answered else aantal(answered)
        of = f"de {format_count(invited)} uitgenodigde {plural}" if int(invited) > 1 else f"de uitgenodigde {singular}"
        verb = "vulden" if answered > 1 else "vulde"
        text = f"Van {of} in {self.group} {verb} {did} de vragenlijst in"
        value = read_value(row).number
        share = "" if value is None or not answered else f": een respons van {format_procent(value)}"
        return f"{text}{share}. Landelijk was de respons {everyone}."

    def small_bases(self) -> str:
        """Say what one respondent weighs in a percentage of the group."""
        count = self._answered()
        if not count:
            return f"Uit {self.group} zijn er geen antwoorden."
        if count == 1:
            return f"Uit {self.group} is er één respondent: die bepaalt elk percentage."
        return (
            f"In een percentage van alle {format_count(count)} respondenten uit {self.group} weegt één antwoord "
            f"{points_words(1 / count)}. Bij vragen die minder respondenten kregen, weegt het meer."
        )

    def outcomes(self, name: str, shares: Sequence[str]) -> None:
        """Give outcomes a name, by which a sentence, a figure and a table are about the same ones.

        Parameters
        ----------
        name
            Of letters, digits and underscores.
        shares
            As of :meth:`beside`, those of one pijler together; means only for tables of years.
        """
        known = self._outcomes[name] = []
        for share in shares:
            # Here, and not where a sentence comes to it; that is about the others then.
            self._check(share)
            known.append(share)

    def beside(self, share: str) -> str:
        """Return a percentage or mean of the group with how it compares to everyone.

        Parameters
        ----------
        share
            As ``question.category`` or ``question.statement.category``; a question of kind mark alone for its mean.

        Returns
        -------
        str
            "50 procent, lager dan landelijk (66 procent)". "Ongeveer even hoog als" is what differs by no more than 5
            procentpunt (a mean: 0,2), or by less than one respondent weighs.
        """
        by, code = self._chosen()
        question, item, category = share_name(share) if "." in share else (share, "", "")
        measure = "share" if category else "mean"
        row = self._maybe(question, category, item=item, by=by, group=code, measure=measure)
        # Everyone first: it tells a name that does not exist from a group without a number.
        whole = self._row(question, category, item=item, measure=measure)
        own_entry, whole_entry = None if row is None else self._entry("", row), self._entry("", whole)
        everyone = f"({read_value(whole).why})" if whole_entry is None else whole_entry.text
        article = "" if category else "een "
        if own_entry is None or row is None:
            why = "geen gegevens" if row is None else read_value(row).why
            return f"({why}); landelijk {article}{everyone}"
        if whole_entry is None:
            return f"{article}{own_entry.text}; landelijk {everyone}"
        near = self._near(row) if category else ALIKE_MEANS
        how = _how(own_entry.printed - whole_entry.printed, near)
        return f"{article}{own_entry.text}, {how} landelijk ({whole_entry.text})"

    def standing_out(self, shares: Sequence[str] | str) -> str:
        """Return sentences that name the outcomes in which the group is most above, and most below, everyone.

        Parameters
        ----------
        shares
            What :meth:`outcomes` gave a name, or a list as given to it.
        """
        pairs = self._pairs(shares)
        known = [(pair, pair.difference) for pair in pairs if pair.difference is not None]
        if not known:
            return "Geen van deze uitkomsten is voor de regio gepubliceerd."
        apart = sorted(
            ((pair, difference) for pair, difference in known if abs(difference) > self._weight(pair)),
            key=lambda one: -abs(one[1]),
        )
        told = []
        for start, sign in (("Hoger dan landelijk", 1), ("Lager dan landelijk", -1)):
            named = [pair for pair, difference in apart if sign * difference > 0]
            if named:
                shown = opsomming([_told(pair) for pair in named[:MOST_NAMED]])
                what = "zijn onder meer" if len(named) > MOST_NAMED else agree(len(named), "is", "zijn")
                told.append(f"{start} {what} {shown}.")
        left = len(known) - len(apart)
        if left:
            rest = (
                "Alle uitkomsten zijn" if not apart else "De overige uitkomsten zijn" if left > 1 else "De overige is"
            )
            told.append(f"{rest} ongeveer even hoog als landelijk.")
        if len(known) < len(pairs):
            told.append("Een uitkomst die voor de regio niet is gepubliceerd, telt hierbij niet mee.")
        return " ".join(told)

    def significance_beside(self, shares: Sequence[str] | str) -> str:
        """Return a sentence that says whether differences between groups were tested, and which are significant.

        Parameters
        ----------
        shares
            As of :meth:`standing_out`.
        """
        by, _ = self._chosen()
        label = inside(self.questionnaire.breakdown(by).label)
        names = self._names(shares)
        found = {name: self._maybe(name[0], item=name[1], by=by, measure="p_value") for name in names}
        tested = {
            name: p for name, row in found.items() if row is not None and (p := read_value(row).number) is not None
        }
        if not tested:
            return "Of een verschil met landelijk meer is dan toeval, is niet getoetst."
        titles = [self.questionnaire.question(name[0]).title for name, p in tested.items() if p < ALPHA]
        if not titles:
            return f"De verschillen naar {label} zijn getoetst, en bij geen van deze vragen significant."
        told = opsomming([f"‘{title}’" for title in dict.fromkeys(titles)])
        return f"De verschillen naar {label} zijn getoetst. Significant zijn ze bij {told}."

    def why_withheld(self) -> str:
        """Say why no result of the group is published; nothing where there are results."""
        by, code = self._chosen()
        if self.is_published:
            return ""
        row = self._maybe("", by=by, group=code, measure="response_rate")
        count = self._answered()
        if not count:
            return f"Uit {self.group} zijn er geen antwoorden om over te publiceren."
        rule = self.texts.rules.get(by)
        rate = None if row is None else read_value(row).number
        short = []
        if rule is not None and count < rule.min_respondents:
            noun = agree(count, "respondent", self.questionnaire.respondents)
            short.append(f"er {agree(count, 'is', 'zijn')} {aantal(count)} {noun}")
        if rule is not None and rate is not None and rate < rule.min_response:
            short.append(f"de respons is {format_procent(rate)}")
        if not short:
            rows = self.estimates[(self.estimates["by"] == by) & (self.estimates["group"] == code)]
            reasons = [WITHHELD[reason] for reason in WITHHELD if reason in set(rows["reason"])]
            return f"Voor {self.group} geldt: {reasons[0]}." if reasons else ""
        return f"In {self.group} is daaraan niet voldaan: {opsomming(short)}."

    @property
    def alike(self) -> str:
        """A sentence that says when the group is called about as high as everyone."""
        points, means = f"{format_count(ALIKE)}\u00a0procentpunt", format_decimals(ALIKE_MEANS)
        return (
            f"Een uitkomst noemen we ongeveer even hoog als landelijk bij hoogstens {points} verschil (bij een cijfer "
            f"{means}), of als één antwoord meer weegt dan het verschil."
        )

    @property
    def least(self) -> str:
        """From how many respondents on a result is published: "10 respondenten"."""
        noun = agree(self.texts.min_base, "respondent", self.questionnaire.respondents)
        return f"{format_count(self.texts.min_base)} {noun}"

    @property
    def group_rule(self) -> str:
        """What a group must meet for results of its own: "minstens 10 respondenten en een respons van …"."""
        by, _ = self._chosen()
        return self.rule(by) if by in self.texts.rules else f"genoeg {self.questionnaire.respondents}"

    def group_table(self, name: str, caption: str) -> Table:
        """Return the table of outcomes of the group beside everyone, ``@tbl-`` and their name with hyphens.

        Parameters
        ----------
        name
            What :meth:`outcomes` called them.
        caption
            What it shows.
        """
        pairs = self._pairs(name)
        return beside_table(
            pairs, self.group, id=exhibit_id("tbl", name), caption=caption, source=self.source, notes=self._notes()
        )

    def group_figure(self, name: str, caption: str) -> PairsFigure:
        """Return the figure of outcomes of the group beside everyone, ``@fig-`` and their name; as the table."""
        # Drawing takes a second to load: a chapter without figures does not wait for it.
        from srsmeting.presentation.figures.pairs import build_pairs

        pairs = self._pairs(name)
        return build_pairs(
            pairs, self.group, id=exhibit_id("fig", name), caption=caption, source=self.source, notes=self._notes()
        )

    def _chosen(self) -> tuple[str, str]:
        one = self.texts.group
        if one is None:
            raise ReportError(
                "the report is about one group, and none is chosen. Render it with --per and a breakdown, such as "
                "`srsmeting render reports/regio --meting analyses/srs_2021 --per wgo`."
            )
        return one.by, one.code

    def _answered(self) -> int:
        """Return the number of respondents of the group, as far as it is published."""
        by, code = self._chosen()
        row = self._maybe("", by=by, group=code, measure="response_rate")
        if row is not None and not pd.isna(row["numerator"]):
            return int(row["numerator"])
        rows = self.estimates[(self.estimates["by"] == by) & (self.estimates["group"] == code)]
        bases = rows.loc[~rows["measure"].isin(RATES), "denominator"].dropna()
        return int(bases.max()) if len(bases) else 0

    @cached_property
    def _outcomes(self) -> dict[str, list[str]]:
        return {}

    def _check(self, share: str) -> None:
        """Refuse a name that the questionnaire does not have."""
        question, item, category = share_name(share) if "." in share else (share, "", "")
        asked = self.questionnaire.question(question)
        if item:
            asked.item(item)
        if category and asked.categories and category not in asked.labels:
            asked.category(category)

    def _names(self, shares: Sequence[str] | str) -> list[Name]:
        if isinstance(shares, str):
            if shares not in self._outcomes:
                raise unknown_name("outcomes()", "name", shares, self._outcomes)
            shares = self._outcomes[shares]
        return [share_name(share) for share in shares]

    def _pairs(self, shares: Sequence[str] | str) -> tuple[Pair, ...]:
        by, code = self._chosen()
        names = self._names(shares)
        pairs = read_pairs(self.estimates, self.questionnaire, by, code, names, self.texts.decimals_from)
        for question, item, category in names:
            self._maybe(question, category, item=item, by=by, group=code, measure="share")
            self._row(question, category, item=item)
        return pairs

    def _notes(self) -> tuple[str, ...]:
        weighted = f"Gewogen naar {self.weighted_by}; aantallen ongewogen." if self.weighted_by else ""
        return tuple(note for note in (f"Landelijk is met {self.group} erbij.", weighted) if note)

    def _near(self, row: Row) -> Decimal:
        base = row["denominator"]
        return max(Decimal(ALIKE), Decimal(0) if pd.isna(base) else Decimal(100) / int(base))

    def _weight(self, pair: Pair) -> Decimal:
        return max(Decimal(ALIKE), Decimal(100) / pair.own.base if pair.own.base else Decimal(0))


def is_published(estimates: pd.DataFrame, by: str, group: str) -> bool:
    """Say whether any result of a group is published, other than its response."""
    rows = estimates[(estimates["by"] == by) & (estimates["group"] == group)]
    return bool(rows.loc[~rows["measure"].isin(RATES), "estimate"].notna().any())


def _how(difference: Decimal, near: Decimal) -> str:
    if not difference:
        return "even hoog als"
    if abs(difference) <= near:
        return "ongeveer even hoog als"
    return "hoger dan" if difference > 0 else "lager dan"


def _told(pair: Pair) -> str:
    own, whole = (side.printed.text.rstrip("%") for side in (pair.own, pair.whole))
    return f"‘{inside(pair.called)}’ ({own} tegenover {whole}\u00a0procent)"
