"""Weights as ``meting.yaml`` asks for them: small groups weighted as one, so that weighted figures keep them hidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from srsmeting.configuration import MetingConfig, read_config
from srsmeting.errors import ConfigurationError, DesignError, Fault
from srsmeting.estimates import KEY, bind_estimates, estimate_frame
from srsmeting.estimation import (
    Design,
    Margin,
    PublicationRules,
    Weighting,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
    fill_pool,
    frame_margin,
    pool,
    publish_weighted,
    rake,
    round_as_printed,
)
from srsmeting.estimation.domains import choose_questions, make_domains
from srsmeting.estimation.numeric import Numbers
from srsmeting.estimation.shares import KINDS
from srsmeting.estimation.values import NUMERIC
from srsmeting.estimation.weighting.margin import NO_ANSWER
from srsmeting.population import Population
from srsmeting.responses import Responses

#: The groups of a margin that weigh the same, per margin.
Pools = tuple[frozenset[str], ...]

#: Stands for a question that every respondent answered.
_EVERYONE = "(everyone)"


def estimate_answers(
    responses: Responses, design: Design, config: MetingConfig, questions: set[str] | None = None
) -> pd.DataFrame:
    """Estimate shares and means of all, and by every breakdown of a measurement."""
    frames = []
    for by in (None, *config.breakdowns):
        shares, means = (questions and _asked(responses, questions, by, kinds) for kinds in (KINDS, NUMERIC))
        frames.append(estimate_shares(responses, design, shares, by, interval=config.interval))
        frames.append(estimate_means(responses, design, means, by))
    return bind_estimates(*frames)


@dataclass(frozen=True)
class Weighed:
    """A measurement whose respondents were weighted.

    Parameters
    ----------
    config, responses
        What was weighted.
    weighting
        The weights of most questions, and of the whole.
    designs
        Which questions have the same weights, and their design.
    estimates
        Estimate frame of what the weights are and what they cost.
    """

    config: MetingConfig
    responses: Responses
    weighting: Weighting
    designs: tuple[tuple[set[str], Design], ...]
    estimates: pd.DataFrame

    def publish(self, counted: pd.DataFrame, rules: PublicationRules) -> pd.DataFrame:
        """Return the weighted figures in the place of the counted ones, to which the publication rules were applied."""
        frames = [estimate_answers(self.responses, design, self.config, some) for some, design in self.designs]
        weighted = pd.concat([counted, *frames], ignore_index=True).drop_duplicates([*KEY], keep="last")
        place = pd.MultiIndex.from_frame(weighted[[*KEY]]).get_indexer(pd.MultiIndex.from_frame(counted[[*KEY]]))
        published = publish_weighted(weighted.iloc[place].reset_index(drop=True), counted, rules)
        return bind_estimates(published, self.estimates)

    def compare(self, by: str, published: pd.DataFrame) -> pd.DataFrame:
        """Compare groups, every question with its own weights."""
        # Here and not above: it takes libraries that are slow to load.
        from srsmeting.estimation.comparisons import compare_groups

        frames = []
        for some, design in self.designs:
            asked = _asked(self.responses, some, by, (*KINDS, *NUMERIC))
            frames.append(compare_groups(self.responses, design, asked, by, published=published))
        return round_as_printed(bind_estimates(*frames))


def weigh(
    file: Path,
    config: MetingConfig,
    responses: Responses,
    population: Population,
    counted: pd.DataFrame,
    strata: str = "",
) -> Weighed:
    """Weight the respondents to the frame, small groups as one.

    Parameters
    ----------
    file
        The ``meting.yaml``, for messages.
    config
        What it says.
    responses, population
        Coded answers, and the frame.
    counted
        Estimate frame without weights, publication rules not applied.
    strata
        Breakdown of whose groups respondents are a sample each: where weighting starts from, and what errors know.

    Raises
    ------
    ConfigurationError
        With everything that cannot be met, and the line of ``weights`` in the configuration.

    Notes
    -----
    Groups of a margin that are hidden, or would be if there were a table by the margin, are taken together before
    weighting. So are, for a question that few were asked, the groups that are hidden in its table. Respondents of
    hidden groups then have the same weight, and no weighted figure changes when two of them change groups: it cannot
    tell more of a hidden group than counts do. What a table by a margin hides because its question is behind a
    breakdown itself says nothing of how large groups are, and changes no weights.
    """
    try:
        return _Weigher(config, responses, population, counted, strata).weigh()
    except DesignError as error:
        told = [fault.message for fault in error.faults] or [str(error)]
        raise ConfigurationError(faults=[_fault(file, message) for message in told]) from error


@dataclass
class _Weigher:
    config: MetingConfig
    responses: Responses
    population: Population
    counted: pd.DataFrame
    strata: str = ""
    _made: dict[Pools, Weighting] = field(default_factory=dict)

    def weigh(self) -> Weighed:
        meting, chosen = self.config.meting, self._pools(_EVERYONE)
        whole = self._rake(chosen)
        asked: dict[Pools, list[str]] = {}
        for question in self.responses.questionnaire.questions:
            # A question behind a breakdown is hidden by groups for its answers, however large they are.
            own = chosen if question.id in self._rules.sources.values() else self._pools(question.id, _EVERYONE)
            asked.setdefault(own, []).append(question.id)
        # Rounded as it is printed: after raking it depends on how many respondents two margins have in common.
        cost = whole.estimates(meting)
        frames = [cost.assign(estimate=cost["estimate"].round(2)), self._told_of(whole, chosen).weights(meting)]
        for pools, questions in asked.items():
            if pools != chosen:
                pooled = self._told_of(self._rake(pools), pools)
                frames += [pooled.weights(meting, question, pooled=True) for question in questions]
        designs = tuple(
            (set(some), self._base(self._pooled(pools))[0].calibrated(self._rake(pools)))
            for pools, some in asked.items()
        )
        return Weighed(self.config, self.responses, whole, designs, bind_estimates(*frames))

    def _rake(self, pools: Pools) -> Weighting:
        if pools not in self._made:
            margins, weights = self._pooled(pools), self.config.weights
            base = self._base(margins)[1]
            wanted = margins[1:] if self.strata else margins
            self._made[pools] = rake(wanted, base, bounds=weights.bounds, trim=weights.trim)
        return self._made[pools]

    def _told_of(self, weighting: Weighting, pools: Pools) -> Weighting:
        """Return weights with the strata among what is told of them: groups of a margin have different ones in each."""
        return replace(weighting, frame=(self._pooled(pools)[0], *weighting.frame)) if self.strata else weighting

    def _pooled(self, pools: Pools) -> list[Margin]:
        return [pool(margin, groups) for margin, groups in zip(self._margins, pools, strict=True)]

    def _base(self, margins: list[Margin]) -> tuple[Design, Numbers | None]:
        """Return the design before weighting, and its weights where they are not all the same."""
        if not self.strata:
            return Design.simple_random(self.responses.n, self.population.size), None
        strata = margins[0]
        respondents = np.bincount(strata.place, minlength=len(strata.groups))
        weights = strata.population[strata.place] / respondents[strata.place]
        return Design.stratified(strata.place, np.rint(strata.population).astype(np.int64)), weights

    @cached_property
    def _margins(self) -> list[Margin]:
        strata = [frame_margin(self.responses, self.population, self.strata)] if self.strata else []
        return [*strata, *self._asked_margins]

    @cached_property
    def _asked_margins(self) -> list[Margin]:
        weights, each = self.config.weights, np.ones(self.responses.n)
        margins = [frame_margin(self.responses, self.population, name, weights.unit) for name in weights.margins]
        return [margin.with_own_group(each) for margin in margins] if weights.unknown == "own_group" else margins

    @property
    def _parts(self) -> list[str]:
        return list(dict.fromkeys(part for margin in self._margins for part in margin.name.split("*")))

    @cached_property
    def _rules(self) -> PublicationRules:
        names = (*self.config.breakdowns, *self._parts)
        return self.config.publication.rules(self.responses.questionnaire, names)

    def _pools(self, *questions: str) -> Pools:
        """Return which groups weigh the same: those that are hidden for one of these questions, and enough beside."""
        return tuple(self._pool(margin, questions) for margin in self._margins)

    def _pool(self, margin: Margin, questions: tuple[str, ...]) -> frozenset[str]:
        least, found = self._rules.min_base, set[str]()
        hidden = [self._hidden(name, questions) for name in margin.name.split("*")]
        for question in questions:
            bases = self._bases(margin, question)
            found |= {group for group, base in bases.items() if 0 < base < least}
        # A pair of groups is hidden where one of them is; the group of who has no answer is a single name.
        found |= {group for group in margin.groups if any(map(set.__contains__, hidden, group.split("*")))}
        everyone = self._bases(margin, _EVERYONE)
        found |= {
            group for group, size in zip(everyone, margin.population, strict=True) if size and not everyone[group]
        }
        return fill_pool(found, self._bases(margin, questions[0]), least)

    def _hidden(self, name: str, questions: tuple[str, ...]) -> set[str]:
        """Return the groups of a breakdown that have an answer by which one of these questions hides something."""
        breakdown = self.responses.questionnaire.breakdown(name)
        told = {answer for question in questions for answer in self._told.get((question, breakdown.question), ())}
        return {group.code for group in breakdown.groups if told & set(group.of)}

    @cached_property
    def _told(self) -> dict[tuple[str, str], set[str]]:
        """Answers whose groups are hidden, by question and the question that groups are made of.

        As if the measurement were published by its margins too, and had a question that everyone answered.
        """
        tables = [*self._tables, *(self._everyone(name) for name in ("", *self._parts))]
        frame = apply_publication_rules(bind_estimates(self.counted, *tables), self._rules)
        rows = frame[(frame["status"] == "Q") & frame["by"].isin(list(self._rules.sources))]
        found: dict[tuple[str, str], set[str]] = {}
        for question, by, group in rows[["question", "by", "group"]].drop_duplicates().itertuples(index=False):
            parts = self._rules.parts[by].get(group)
            if parts:
                found.setdefault((question, self._rules.sources[by]), set()).update(parts)
        return found

    @cached_property
    def _tables(self) -> list[pd.DataFrame]:
        """Counts by what margins are made of, and the measurement is not broken down by."""
        return self._counted_by(name for name in self._parts if name not in self.config.breakdowns)

    def _counted_by(self, names: Iterable[str]) -> list[pd.DataFrame]:
        simple = Design.simple_random(self.responses.n, self.population.size)
        return [
            estimate(self.responses, simple, by=by) for by in names for estimate in (estimate_shares, estimate_means)
        ]

    def _everyone(self, by: str) -> pd.DataFrame:
        """Return the table of a question that everyone answered."""
        domains = make_domains(self.responses, by or None)
        sizes = np.bincount(domains.place, minlength=len(domains.groups) + 1)[1:]
        name = {"meting": self.config.meting, "question": _EVERYONE, "by": by, "measure": "mean"}
        return estimate_frame(name | {"group": list(domains.groups), "estimate": 0.0, "denominator": sizes})

    def _bases(self, margin: Margin, question: str) -> dict[str, float]:
        """Return the respondents of a question per group of a margin: the fewest of any of its statements."""
        found = self._counts.get((question, margin.name), {})
        bases = {group: found.get(group, 0.0) for group in margin.groups}
        if NO_ANSWER in bases:
            bases[NO_ANSWER] = max(0.0, self._counts.get((question, ""), {}).get("", 0.0) - sum(bases.values()))
        return bases

    @cached_property
    def _counts(self) -> dict[tuple[str, str], dict[str, float]]:
        pairs = [margin.name for margin in self._margins if "*" in margin.name]
        tables = [*self._tables, *self._counted_by(pairs)]
        frame = pd.concat(
            [self.counted, *tables, *(self._everyone(name) for name in dict.fromkeys(["", *self._parts, *pairs]))]
        )
        frame = frame[frame["measure"].isin(["share", "mean"])]
        fewest = frame.groupby(["question", "by", "group"], sort=False)["denominator"].min()
        found: dict[tuple[str, str], dict[str, float]] = {}
        for (question, by, group), base in zip(fewest.index.tolist(), fewest.tolist(), strict=True):
            found.setdefault((question, by), {})[group] = float(base)
        return found


def _asked(responses: Responses, chosen: set[str], by: str | None, kinds: tuple[str, ...]) -> list[str]:
    questions = choose_questions(responses, None, kinds, make_domains(responses, by).source)
    return [question.id for question in questions if question.id in chosen]


def _fault(file: Path, message: str) -> Fault:
    lines = read_config(file)[2]
    return Fault(lines.name, f"weights: {message}", lines.line(("weights",)), "weights", rule="weights")
