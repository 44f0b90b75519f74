"""What two measurements have in common: the questions that can be compared, and the groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from srsmeting.errors import EstimateError, unknown_name
from srsmeting.estimation.change.columns import Coded, count_columns
from srsmeting.estimation.change.joint import Joint
from srsmeting.estimation.change.layout import Layout
from srsmeting.estimation.change.overlap import UNKNOWN, Overlap, link_waves
from srsmeting.estimation.change.variance import without_correction
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.comparisons.shown import Shown
from srsmeting.estimation.counting import ANSWERED, Table, column_codes, count_answers
from srsmeting.estimation.crossing import Crossing
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import By, Domains, choose_questions, make_domains
from srsmeting.estimation.numeric import Counts, Mask
from srsmeting.estimation.shares import KINDS as SHARES
from srsmeting.questionnaire import Question

#: Answers of a table, earlier and later: one pair, or for options that exclude nothing one of each.
CodedPairs: TypeAlias = list[tuple[Coded, Coded]]

#: Kinds of questions that can change.
KINDS: Final = ("single", "multiple", "statements", "mark", "open", "number")
#: How the variance of a change is made.
VARIANCES: Final = ("overlap", "independent")


@dataclass(frozen=True, eq=False)
class Keys:
    """What each row is about, and where either measurement hides the group, or marks it."""

    question: npt.NDArray[np.object_]
    item: npt.NDArray[np.object_]
    category: npt.NDArray[np.object_]
    by: npt.NDArray[np.object_]
    group: npt.NDArray[np.object_]
    hidden: Mask
    marked: Mask


@dataclass(frozen=True, eq=False)
class Counted:
    """Shares of one measurement, counted.

    Parameters
    ----------
    count, base
        Respondents with the answer, and in its base: shape (groups, columns).
    tables
        The same with weighted sums, where counts are not all there is.
    """

    count: Counts
    base: Counts
    tables: Sequence[Table] = ()


@dataclass(frozen=True, eq=False)
class Compared:
    """Two measurements, held against each other by a breakdown.

    Parameters
    ----------
    earlier, later
        The measurements.
    questions
        What is compared, as the later questionnaire has it.
    domains
        Groups of the earlier and of the later measurement.
    overlap
        Who answered both times.
    shown
        What the one and the other publish.
    variance
        ``overlap``, or ``independent`` where the covariance is left out on purpose.
    """

    earlier: Wave
    later: Wave
    questions: tuple[Question, ...]
    domains: tuple[Domains, Domains]
    overlap: Overlap
    shown: tuple[Shown, Shown]
    variance: str

    @property
    def waves(self) -> tuple[Wave, Wave]:
        """Both, the earlier first."""
        return self.earlier, self.later

    @property
    def groups(self) -> tuple[str, ...]:
        """Codes of the groups."""
        return self.domains[1].groups

    @property
    def by(self) -> str:
        """The breakdown, or an empty text."""
        return self.domains[1].by

    @property
    def weighted(self) -> bool:
        """Whether respondents of either count differently."""
        return any(wave.design.is_weighted for wave in self.waves)

    @property
    def reason(self) -> str:
        """Why the overlap does not give the covariance; empty where it does, or has no part in it."""
        settled = self.variance == "independent" or any(wave.design.is_census for wave in self.waves)
        return "" if settled else self.overlap.reason

    @property
    def seen(self) -> bool:
        """Whether the covariance is made of those who answered both times."""
        # A measurement of everyone has no sampling error, and nothing goes together with that.
        census = any(wave.design.is_census for wave in self.waves)
        return self.variance == "overlap" and self.overlap.known and not census

    @cached_property
    def designs(self) -> tuple[Design, Design]:
        """The designs that errors are made of: without finite population correction where the overlap is unknown."""
        one, two = (wave.design for wave in self.waves)
        if self.variance == "independent" or self.overlap.known or one.is_census or two.is_census:
            return one, two
        return without_correction(one), without_correction(two)

    @cached_property
    def crossings(self) -> tuple[Crossing, Crossing]:
        """The groups, crossed with these designs."""
        return Crossing(self.domains[0], self.designs[0]), Crossing(self.domains[1], self.designs[1])

    def asked(self, question: Question) -> tuple[Question, Question]:
        """Return a question as the one and the other questionnaire have it."""
        return self.earlier.responses.questionnaire.question(question.id), question

    @cached_property
    def shared(self) -> list[tuple[Question, str, CodedPairs]]:
        """Per table of shares the question, the statement, and what its columns are made of."""
        found = []
        for question in self.questions:
            if question.kind in SHARES:
                items = [item.id for item in question.items] if question.kind == "statements" else [""]
                found += [(question, *table) for table in zip(items, coded_pairs(self, question), strict=True)]
        return found

    @cached_property
    def layout(self) -> Layout:
        """The tables of shares."""
        tables = [
            (question.id, item, (ANSWERED,) if question.kind == "open" else column_codes(question))
            for question, item, _ in self.shared
        ]
        return Layout(self.groups, tables)

    @cached_property
    def keys(self) -> Keys:
        """The rows of the tables of shares."""
        return make_keys(self, self.layout)

    @cached_property
    def counted(self) -> tuple[Counted, Counted]:
        """The tables of shares of the earlier and of the later measurement."""
        return self._counted(0), self._counted(1)

    def _counted(self, side: int) -> Counted:
        wave, crossing = self.waves[side], self.crossings[side]
        if crossing.design.is_simple:
            answers = [pair[side] for _, _, pairs in self.shared for pair in pairs]
            return Counted(*count_columns(answers, crossing.domains))
        own = wave.responses.questionnaire
        asked = dict.fromkeys(question.id for question, _, _ in self.shared)
        tables = [table for name in asked for table in count_answers(wave.responses, own.question(name), crossing)]
        base = np.stack([table.base for table in tables], axis=1)[:, self.layout.table]
        return Counted(np.hstack([table.counts for table in tables]), base, tables)

    @cached_property
    def joint(self) -> Joint:
        """Who answered both times, in these groups."""
        return Joint(self.overlap, *self.crossings, [pair for _, _, pairs in self.shared for pair in pairs])

    def hidden(self, question: str, item: str) -> npt.NDArray[np.bool_]:
        """Return per group whether either measurement hides it in the table of a question."""
        sides = [shown.hidden(question, item, self.groups) for shown in self.shown]
        return np.asarray(np.any(np.array(sides, dtype=np.bool_), axis=0))

    def marked(self, question: str, item: str) -> npt.NDArray[np.bool_]:
        """Return per group whether either measurement marks it for its small base."""
        sides = [shown.marked(question, item, self.groups) for shown in self.shown]
        return np.asarray(np.any(np.array(sides, dtype=np.bool_), axis=0))

    @property
    def last(self) -> str:
        """What the name of a method ends with: weighted, and where no covariance was taken."""
        weighted = "_weighted" if self.weighted else ""
        if self.variance == "independent":
            return f"{weighted}_independent"
        return f"{weighted}_unlinked" if self.reason == UNKNOWN else weighted


def compare_waves(
    where: str,
    earlier: Wave,
    later: Wave,
    questions: str | Iterable[str] | None,
    by: By,
    variance: str = "overlap",
    overlap: Overlap | None = None,
) -> Compared:
    """Hold two measurements against each other, and refuse what does not go together.

    Raises
    ------
    UnknownNameError
        For a question, breakdown or variance that does not exist.
    EstimateError
        When both are the same measurement, or a question or breakdown has other answers in the one than in the other.
    """
    if variance not in VARIANCES:
        raise unknown_name(where, "variance", str(variance), VARIANCES)
    if earlier.meting == later.meting:
        raise EstimateError(f"{where}: both measurements are {later.meting!r}. Give the earlier one another id.")
    domains = make_domains(earlier.responses, by), make_domains(later.responses, by)
    if domains[0].groups != domains[1].groups:
        raise EstimateError(
            f"{where}: the groups of {domains[1].by!r} are {', '.join(domains[0].groups)} in {earlier.meting} and "
            f"{', '.join(domains[1].groups)} in {later.meting}. Bring the earlier answers into the later codes."
        )
    known = {question.id: question for question in earlier.responses.questionnaire.questions}
    chosen = choose_questions(later.responses, questions, KINDS, domains[1].source)
    if questions is None:
        chosen = [question for question in chosen if question.id in known]
    for question in chosen:
        if question.id not in known:
            raise unknown_name(f"{where}, {earlier.meting}", "question", question.id, known)
        _check_alike(where, known[question.id], question, earlier.meting, later.meting)
    shown = earlier.shown(domains[1].by), later.shown(domains[1].by)
    linked = link_waves(earlier, later) if overlap is None else overlap
    return Compared(earlier, later, tuple(chosen), domains, linked, shown, variance)


def make_keys(compared: Compared, layout: Layout) -> Keys:
    """Return the keys of tables: a table after the other, a group after the other, its categories in order."""
    by = np.full(len(layout.order), compared.by, dtype=object)
    return Keys(
        layout.question,
        layout.item,
        layout.category,
        by,
        layout.group,
        layout.where(compared.hidden),
        layout.where(compared.marked),
    )


def coded_pairs(compared: Compared, question: Question) -> list[CodedPairs]:
    """Return per table of a question what its columns are made of, earlier and later."""
    sides = [wave.coded(own) for wave, own in zip(compared.waves, compared.asked(question), strict=True)]
    return [list(zip(one, two, strict=True)) for one, two in zip(*sides, strict=True)]


def families_of(compared: Compared, families: Mapping[str, str] | None) -> dict[str, str]:
    """Return the family of each question: the pijler, unless it is given."""
    given = {} if families is None else families
    return {question.id: given.get(question.id, question.pijler) for question in compared.questions}


def _check_alike(where: str, one: Question, other: Question, earlier: str, later: str) -> None:
    faces = [
        (
            q.kind,
            q.codes if q.kind not in ("number", "open") else (),
            frozenset(q.outside_base),
            tuple(item.id for item in q.items),
            tuple((total.code, total.of) for total in q.sums),
        )
        for q in (one, other)
    ]
    if faces[0] != faces[1]:
        raise EstimateError(
            f"{where}: question {other.id!r} has other answers in {earlier} than in {later}. Bring the earlier answers "
            "into the later codes, or leave it out."
        )
