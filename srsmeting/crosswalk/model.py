"""A crosswalk as the rest of the package sees it: what goes with what, and what of that may be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from srsmeting.crosswalk.links import link
from srsmeting.crosswalk.rows import COLUMNS, Key, Row, cells, worst
from srsmeting.crosswalk.subjects import is_answer, lists_parts, subjects_of
from srsmeting.errors import unknown_name
from srsmeting.questionnaire import Breakdown, Questionnaire

#: Columns of :meth:`Crosswalk.set_apart`.
SET_APART: Final = ("level", "var_name_orig", "val_code_orig", "var_name_target", "val_code_target", "label")


@dataclass(frozen=True)
class Match:
    """What something of the later questionnaire was in the earlier one.

    Parameters
    ----------
    orig_id
        Id of the question, or of the statement in its question.
    kind, comparable, reason
        As the crosswalk declares them; of a statement, with what its question says.
    """

    orig_id: str
    kind: str
    comparable: str
    reason: str


@dataclass(frozen=True)
class Pairing:
    """Answers, or groups, that are the same thing in both years.

    Parameters
    ----------
    orig, target
        Codes in the earlier and in the later questionnaire. One each where nothing happened; several earlier ones that
        were merged; several later ones that one was split into; none where it is new, or dropped.
    kind, comparable, reason
        As the crosswalk declares them; of several rows the worst, and all their reasons.
    """

    orig: tuple[str, ...]
    target: tuple[str, ...]
    kind: str
    comparable: str
    reason: str


@dataclass(frozen=True)
class Crosswalk:
    """What became of an earlier questionnaire in a later one: `read_crosswalk` reads it from a file.

    Parameters
    ----------
    earlier, later
        The questionnaires.
    entries
        The rows.
    """

    earlier: Questionnaire
    later: Questionnaire
    entries: tuple[Row, ...]

    @property
    def rows(self) -> pd.DataFrame:
        """The rows as a frame of texts with the columns of a ``crosswalk.csv``."""
        made = [cells(row, self.earlier.meting, self.later.meting) for row in self.entries]
        return pd.DataFrame(made, columns=list(COLUMNS), dtype="str")

    @cached_property
    def _by_target(self) -> dict[Key, Row]:
        return {row.target: row for row in self.entries if row.target is not None}

    @cached_property
    def _of_parts(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Places of the rows about parts of each question and grouping, by its earlier and by its later name."""
        found: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        for place, row in enumerate(self.entries):
            for names, key in zip(found, (row.orig, row.target), strict=True):
                if key is not None and key.code:
                    names.setdefault(key.variable, []).append(place)
        return found

    @cached_property
    def _parts(self) -> dict[str, tuple[Pairing, ...]]:
        found = {question.id: self._pair(question.id) for question in self.later.questions}
        for grouping in self.later.groupings:
            found[grouping.id] = self._with_answers(grouping, self._pair(grouping.id), found[grouping.question])
        return found

    def _with_answers(
        self, grouping: Breakdown, groups: tuple[Pairing, ...], answers: tuple[Pairing, ...]
    ) -> tuple[Pairing, ...]:
        """Add the groups of a grouping that are answers as they are: they go with what the answers go with."""
        order = {group.code: number for number, group in enumerate(grouping.groups)}
        single = {group.code for group in grouping.groups if is_answer(group)}
        found = list(groups)
        for pair in answers:
            if single & set(pair.target):
                whole = pair if single >= set(pair.target) else None
                found += [whole] if whole else [_nothing(code) for code in pair.target if code in single]
        paired = {code for pair in found for code in pair.target}
        found += [_nothing(code) for code in order if code not in paired]
        return tuple(sorted(found, key=lambda pair: order[pair.target[0]] if pair.target else len(order)))

    @property
    def _groupings(self) -> tuple[str, ...]:
        return tuple(grouping.id for grouping in self.later.groupings)

    def question(self, id: str) -> Match | None:
        """Return what a question of the later questionnaire was; None when it is new.

        Raises
        ------
        UnknownNameError
            The later questionnaire has no such question.
        """
        return self._match(Key(self.later.question(id).id))

    def statement(self, question: str, item: str) -> Match | None:
        """Return what a statement of the later questionnaire was; None when it, or its question, is new.

        It is as comparable as the worse of itself and its question.
        """
        whole = self.question(question)
        own = self._match(Key(f"{question}.{self.later.question(question).item(item).id}"))
        if whole is None or own is None:
            return None
        comparable, reason = together([(whole.comparable, whole.reason), (own.comparable, own.reason)])
        return Match(own.orig_id.partition(".")[2], own.kind, comparable, reason)

    def breakdown(self, by: str) -> str | None:
        """Return what a breakdown of the later questionnaire was called in the earlier one; None when it is new.

        Raises
        ------
        UnknownNameError
            The later questionnaire cannot be broken down so.
        """
        match = self._match(Key(self.later.breakdown(by).id))
        return match.orig_id if match is not None else None

    @property
    def coverage_branches(self) -> frozenset[str]:
        """The branches of the coverage that are the same in both: by their code and their label."""
        earlier, later = (
            {(branch.code, branch.label) for branch in side.coverage_branches} for side in (self.earlier, self.later)
        )
        return frozenset(code for code, _ in earlier & later)

    def category(self, question: str, code: str) -> tuple[str, ...]:
        """Return the earlier codes of a category, sum or theme of the later questionnaire; several that were merged.

        None where it is new, and where the question as a whole is not expressed in the other.
        """
        asked = self.later.question(question)
        known = (*asked.labels, *(theme.code for theme in asked.themes))
        if code not in known:
            raise unknown_name(f"question {question!r}", "code", code, known)
        if asked.kind == "mark" and code in asked.codes:
            match = self.question(question)
            alike = match is not None and lists_parts(self.earlier, self.later, match.orig_id, question)
            return (code,) if alike else ()
        return next((pair.orig for pair in self._parts[question] if code in pair.target), ())

    def answers(self, question: str) -> tuple[Pairing, ...]:
        """Return the answers, sums and themes of a question of the later questionnaire with what they were.

        In the order of the later questionnaire; what was dropped stands last. None of a new question, of marks (their
        sums only) and of a question that cannot be expressed in the earlier one.
        """
        return self._parts[self.later.question(question).id]

    def groups(self, by: str) -> tuple[Pairing, ...]:
        """Return the groups of a breakdown of the later questionnaire with what they were.

        Raises
        ------
        UnknownNameError
            The later questionnaire cannot be broken down so.
        """
        breakdown = self.later.breakdown(by)
        sums = {sum.code for sum in self.later.question(breakdown.question).sums} if by == breakdown.question else set()
        before = self._by_target.get(Key(by))
        if before is not None and before.orig is not None and by == breakdown.question:
            sums |= {sum.code for sum in self.earlier.question(before.orig.variable).sums}
        return tuple(pair for pair in self._parts[breakdown.id] if not sums & {*pair.orig, *pair.target})

    def verdict(self, question: str, code: str = "", item: str = "") -> tuple[str, str]:
        """Return whether a figure of the later year may be compared with the earlier one, and why not.

        Parameters
        ----------
        question
            Of the later questionnaire, or the id of a grouping.
        code
            Category, sum, theme or group; "" for the question as a whole, such as a mean.
        item
            Statement.

        Returns
        -------
        comparable, reason
            The worst of the question, the statement and the answer. What is not declared comparable is not: "no".

        Raises
        ------
        UnknownNameError
            The later questionnaire does not have it.
        """
        if question in self._groupings:
            breakdown = self.later.breakdown(question)
            if code and code not in breakdown.labels:
                raise unknown_name(f"breakdown {question!r}", "group", code, breakdown.labels)
            wholes = [self.question(breakdown.question), self._match(Key(question))]
        else:
            wholes = [self.statement(question, item) if item else self.question(question)]
            if code:
                self.category(question, code)
        parts = [("no", "") if whole is None else (whole.comparable, whole.reason) for whole in wholes]
        is_mark = question not in self._groupings and self.later.question(question).kind == "mark"
        if code and not (is_mark and code in self.later.question(question).codes):
            pair = next((pair for pair in self._parts[question] if code in pair.target), None)
            parts.append(("no", "") if pair is None else (pair.comparable, pair.reason))
        return together(parts)

    def set_apart(self) -> pd.DataFrame:
        """Return what may not be compared, and why: one row each, in the order of the crosswalk.

        Parts of a question that may itself not be compared are not listed apart; they stand under the question.

        Returns
        -------
        DataFrame
            Texts: level (question, statement, answer, sum, theme, grouping or group), the four names as in the
            crosswalk, label (of the later year, or of the earlier one where it was dropped), kind, comparable ("break"
            or "no") and reason, which is empty for what is new or dropped: their kind says it.
        """
        orig, target = subjects_of(self.earlier), subjects_of(self.later)
        apart: set[Key | None] = set()
        listed = []
        for row in sorted(self.entries, key=lambda row: bool((row.orig or row.target or Key("")).code)):
            if row.comparable == "yes":
                continue
            subject = target[row.target] if row.target else orig[row.orig or Key("")]
            above = Key(subject.parent) if subject.is_part else None
            if not subject.is_part:
                apart |= {row.target, row.orig} - {None}
            elif above in apart:
                continue
            ours, theirs = row.orig or Key(""), row.target or Key("")
            names = (subject.level, *ours, *theirs, subject.label, row.kind, row.comparable, row.reason)
            listed.append((self.entries.index(row), names))
        columns = [*SET_APART, "kind", "comparable", "reason"]
        return pd.DataFrame([names for _, names in sorted(listed)], columns=columns, dtype="str")

    def _match(self, key: Key) -> Match | None:
        row = self._by_target.get(key)
        if row is None or row.orig is None:
            return None
        return Match(row.orig.variable, row.kind, row.comparable, row.reason)

    def _pair(self, id: str) -> tuple[Pairing, ...]:
        whole = self._by_target.get(Key(id))
        earlier = whole.orig.variable if whole is not None and whole.orig is not None else None
        places = {*self._of_parts[1].get(id, ()), *(self._of_parts[0].get(earlier, ()) if earlier else ())}
        rows = [self.entries[place] for place in sorted(places)]
        links = link(rows)
        order = {code: number for number, code in enumerate(self._order(id))}
        found: dict[tuple[frozenset[Key], frozenset[Key]], list[Row]] = {}
        for row in rows:
            ours, theirs = frozenset(filter(None, [row.orig])), frozenset(filter(None, [row.target]))
            while ours and theirs:
                wider = frozenset().union(*(links.back[key] for key in theirs)) | ours
                around = frozenset().union(*(links.forward[key] for key in wider)) | theirs
                if (wider, around) == (ours, theirs):
                    break
                ours, theirs = wider, around
            found.setdefault((ours, theirs), []).append(row)
        pairs = []
        for (_, theirs), group in found.items():
            comparable, reason = together([(row.comparable, row.reason) for row in group])
            codes = dict.fromkeys(row.orig.code for row in group if row.orig is not None)
            target = sorted((key.code for key in theirs), key=lambda code: order[code])
            pairs.append(Pairing(tuple(codes), tuple(target), group[0].kind, comparable, reason))
        return tuple(sorted(pairs, key=lambda pair: order[pair.target[0]] if pair.target else len(order)))

    def _order(self, id: str) -> tuple[str, ...]:
        if id in self._groupings:
            return tuple(self.later.breakdown(id).labels)
        question = self.later.question(id)
        return (*question.labels, *(theme.code for theme in question.themes))


def _nothing(code: str) -> Pairing:
    """Return a group that stands for nothing of the earlier year that could be told apart."""
    return Pairing((), (code,), "new", "no", "")


def together(parts: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the worst of several verdicts, with the reasons of those that are not yes, or of all where all are."""
    known = list(parts)
    comparable = worst(verdict for verdict, _ in known)
    reasons = [reason for verdict, reason in known if reason and (comparable == "yes" or verdict != "yes")]
    return comparable, " ".join(dict.fromkeys(reasons))
