"""Response and coverage in running text: who answered, where regional results are left out, which part is covered."""

from __future__ import annotations

from srsmeting.errors import ReportError
from srsmeting.estimates import RATES
from srsmeting.presentation.formats import format_count, format_procent
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import aantal, agree, opsomming
from srsmeting.report.comparisons import Comparisons
from srsmeting.report.numbers import Row, read_value
from srsmeting.report.ranking import extremes, share_ranked
from srsmeting.rounding import percentage

#: Reasons for which a whole group is left out, the most telling first.
WITHHELD = {
    "low_response": "de respons is te laag",
    "small_base": "er zijn te weinig respondenten",
    "complementary": "anders zijn de uitkomsten van een andere groep af te leiden",
    "no_base": "er zijn geen antwoorden",
}


class Rates(Comparisons):
    """The part of a report that tells of response and coverage."""

    @property
    def respondents(self) -> str:
        """Number of respondents: "301"."""
        return format_count(self._response()["numerator"])

    @property
    def invited(self) -> str:
        """Number of organisations that were invited: "985"."""
        return format_count(self._response()["denominator"])

    @property
    def response(self) -> str:
        """Response as a percentage in running text: "31 procent"."""
        return format_procent(self._response()["estimate"])

    def response_extremes(self, by: str) -> str:
        """Return a sentence that says in which group the response is highest and in which lowest."""
        groups = self.questionnaire.breakdown(by).groups
        rows = [self._row("", by=by, group=group.code, measure="response_rate") for group in groups]
        entries = [
            share_ranked(self._group(by, group.code), read_value(row)) for group, row in zip(groups, rows, strict=True)
        ]
        return extremes("de respons", entries)

    def group_count(self, by: str) -> str:
        """Return how many groups a breakdown has, in words up to twenty: "dertien"."""
        return aantal(len(self.questionnaire.breakdown(by).groups))

    def rule(self, by: str) -> str:
        """Say what a group must meet for results of its own: "minstens 10 respondenten en een respons van …"."""
        rule = self.texts.rules.get(by)
        if rule is None:
            raise ReportError(
                f"rule(): there is no publication rule for {by!r}. Add it to 'publication' in meting.yaml, or leave "
                f"the sentence out. Known: {', '.join(map(repr, self.texts.rules)) or 'none'}."
            )
        noun = agree(rule.min_respondents, "respondent", self.questionnaire.respondents)
        text = f"minstens {format_count(rule.min_respondents)} {noun}"
        if rule.min_response:
            text += f" en een respons van minstens {format_procent(rule.min_response)}"
        return text

    def withheld(self, by: str, groups: str) -> str:
        """Return a sentence that names the groups of which no result is published, and why.

        A group counts when none of its numbers is published. A group that is hidden in a part of the tables, to protect
        another one, does not.

        Parameters
        ----------
        by
            Breakdown.
        groups
            What its groups are called, plural: "WGO’s".
        """
        breakdown = self.questionnaire.breakdown(by)
        rows = self.estimates[(self.estimates["by"] == by) & ~self.estimates["measure"].isin(RATES)]
        if rows.empty:
            raise ReportError(
                f"withheld(): the estimates have no results by {by!r}. Add it to 'breakdowns' in meting.yaml."
            )
        why: dict[str, list[str]] = {}
        for group in breakdown.groups:
            own = rows[rows["group"] == group.code]
            if own["estimate"].isna().all():
                # Low response stands only in tables that are not hidden for their small base already.
                found = [reason for reason in WITHHELD if reason in set(own["reason"])]
                why.setdefault(found[0] if found else "no_base", []).append(self._group(by, group.code))
        if not why:
            return f"Van alle {groups} publiceren we eigen uitkomsten."
        return " ".join(
            f"Van {opsomming(names)} publiceren we geen eigen uitkomsten: {WITHHELD[reason]}."
            for reason, names in why.items()
        )

    @property
    def earlier_moment(self) -> str:
        """The moment of coverage before the latest: "2019"; the latest where there is only one."""
        return self._moments()[-2:][0]

    @property
    def last_moment(self) -> str:
        """The latest moment of coverage: "2021"."""
        return self._moments()[-1]

    def coverage(self, moment: str = "", branche: str = "") -> str:
        """Return coverage as a percentage in running text; default of the latest moment, in all branches together."""
        row = self._coverage("coverage", moment or self.last_moment, branche)
        value = read_value(row)
        return f"een {value.absent} deel" if value.number is None else format_procent(value.number)

    def coverage_change(self, branche: str = "") -> str:
        """Say how coverage differs from the moment before: "2 procentpunt hoger dan", "even hoog als"."""
        row = self._coverage("coverage_change", self.last_moment, branche)
        value = read_value(row)
        if value.number is None:
            return "niet te vergelijken met"
        points = percentage(value.number)
        if not points:
            return "even hoog als" if not value.number else "vrijwel even hoog als"
        text = f"{format_count(abs(points))}\u00a0procentpunt {'hoger' if points > 0 else 'lager'} dan"
        return f"(met een trendbreuk) {text}" if row["status"] == "B" else text

    def coverage_extremes(self) -> str:
        """Return a sentence that says in which branche coverage is highest and in which lowest, at present."""
        entries = [
            share_ranked(inside(branche.label), read_value(self._coverage("coverage", self.last_moment, branche.code)))
            for branche in self.questionnaire.coverage_branches
        ]
        return extremes("de dekkingsgraad", entries, every="in elke branche")

    def coverage_breaks(self) -> str:
        """Return sentences that say which branches cannot be compared over time, and why."""
        labels = {branche.code: inside(branche.label) for branche in self.questionnaire.coverage_branches}
        labels[""] = "alle branches samen"
        rows = self.estimates
        changes = rows[(rows["measure"] == "coverage_change") & (rows["item"] == self.last_moment)]
        broken = [labels[group] for group in changes.loc[changes["status"] == "B", "group"]]
        earlier = rows[(rows["measure"] == "coverage") & (rows["item"] != self.last_moment)]
        merged = earlier[earlier["status"] == "K"]
        if merged.empty and not broken:
            return f"De indeling in branches is sinds {self.earlier_moment} dezelfde gebleven."
        sentences = []
        for moment, part in merged.groupby("item", sort=False):
            inner = opsomming([labels[group] for group in part["group"]])
            hosts = earlier[(earlier["item"] == moment) & (earlier["status"] == "W")]["group"]
            host = opsomming([labels[group] for group in hosts])
            sentences.append(f"De medewerkers van {inner} telden in {moment} nog mee bij {host}.")
        if not sentences:
            sentences.append(f"De indeling in branches is sinds {self.earlier_moment} veranderd.")
        if broken:
            sentences.append(f"De verandering bij {opsomming(broken)} is daardoor niet zonder meer te duiden.")
        return " ".join(sentences)

    def _response(self) -> Row:
        return self._row("", measure="response_rate")

    def _moments(self) -> list[str]:
        rows = self.estimates[self.estimates["measure"] == "coverage"]
        if rows.empty:
            raise ReportError("coverage(): the estimates have no coverage. Name 'coverage' in meting.yaml.")
        return [str(moment) for moment in rows["item"].unique()]

    def _coverage(self, measure: str, moment: str, branche: str) -> Row:
        by = "branche" if branche else ""
        return self._row("", item=moment, by=by, group=branche, measure=measure)
