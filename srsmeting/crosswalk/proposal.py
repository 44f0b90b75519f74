"""Propose a crosswalk: what is certain is filled in, and what a person must decide is marked ``?``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from srsmeting.crosswalk.base_checks import made_alike, parts_apart
from srsmeting.crosswalk.links import Links, base_difference, link
from srsmeting.crosswalk.reading import check_order
from srsmeting.crosswalk.row_checks import Sides
from srsmeting.crosswalk.rows import OPEN, Key, Row, to_csv
from srsmeting.crosswalk.subjects import KINDS_OF, Level, Subject, lists_parts
from srsmeting.crosswalk.wording import plain, same_text, stale_year
from srsmeting.questionnaire import Questionnaire

#: Texts that are this much alike are worth a look; it is never more than a suggestion.
_ALIKE = 0.6
#: So many answers are named in a hint.
_NAMED = 5
#: What is matched before the sums, which are made of it.
_LISTED_PARTS: Final[tuple[Level, ...]] = ("statement", "answer", "theme")


@dataclass(frozen=True)
class Proposal:
    """The rows of a proposed crosswalk between two measurements."""

    earlier: str
    later: str
    rows: tuple[Row, ...]

    @property
    def open(self) -> tuple[Row, ...]:
        """The rows that a person must decide on."""
        return tuple(row for row in self.rows if row.is_open)

    @property
    def text(self) -> str:
        """The text of its ``crosswalk.csv``."""
        return to_csv(self.rows, self.earlier, self.later)


def propose_crosswalk(earlier: Questionnaire, later: Questionnaire) -> Proposal:
    """Propose what became of an earlier questionnaire in a later one.

    Certain is what has the same name and the same text, is asked of the same respondents and has the same answers; also
    what can only be new or dropped, as the other year has nothing that it could be. For the rest a row says under
    ``reason`` what there is to decide. Nothing is guessed.

    Raises
    ------
    CrosswalkError
        When both are of one measurement, or the years are in the wrong order.
    """
    check_order(earlier, later)
    return _Proposer(Sides(earlier, later)).proposal()


class _Proposer:
    def __init__(self, sides: Sides) -> None:
        self.sides = sides

    def proposal(self) -> Proposal:
        earlier, later = self.sides.earlier, self.sides.later
        wholes = self._wholes("question")
        rows: list[Row] = []
        for row in wholes:
            rows.append(row)
            if row.orig and row.target and lists_parts(earlier, later, row.orig.variable, row.target.variable):
                for level in _LISTED_PARTS:
                    rows += self._parts(row.orig.variable, row.target.variable, level)
        links = link(rows)
        rows = self._with_bases(rows, links)
        rows = self._with_made_of(rows, links)
        return Proposal(earlier.meting, later.meting, tuple(rows))

    # ---- Questions and groupings

    def _wholes(self, level: Level) -> list[Row]:
        """Match questions, or groupings: by name, and where that fails by text, which is a question to a person."""
        orig = {k: s for k, s in self.sides.orig.items() if s.level == level}
        target = {k: s for k, s in self.sides.target.items() if s.level == level}
        gone = [subject for key, subject in orig.items() if key not in target]
        come = [subject for key, subject in target.items() if key not in orig]
        rows = []
        for key, subject in target.items():
            if key in orig:
                rows.append(self._matched(orig[key], subject))
                continue
            twins = [s for s in gone if self._same(s, subject)]
            if len(twins) == 1 and sum(self._same(twins[0], other) for other in come) == 1:
                gone.remove(twins[0])
                hint = f"has the text of {twins[0].key}: is it the same under another name"
                rows.append(self._row(twins[0], subject, "renamed", OPEN, hint))
            else:
                rows.append(self._alone(None, subject, gone))
        found = {row.target for row in rows if row.orig}
        rows += [self._alone(subject, None, [s for s in come if s.key not in found]) for subject in gone]
        return rows

    def _matched(self, one: Subject, other: Subject) -> Row:
        if one.level == "grouping":
            return self._row(one, other, "same", "yes")
        before = self.sides.earlier.question(one.key.variable)
        now = self.sides.later.question(other.key.variable)
        hints = []
        if before.kind != now.kind:
            hints.append(f"was of kind {before.kind!r}, is of kind {now.kind!r}: 'break' or 'no', with the reason")
        if before.range and now.range and before.range != now.range:
            marks = [f"{low} to {high}" for low, high in (before.range, now.range)]
            hints.append(f"marks were {marks[0]}, are {marks[1]}: 'break' or 'no', with the reason")
        if not self._same(one, other):
            hints.append("the text differs: can the answers be compared all the same, and why")
        if hints:
            return self._row(one, other, "wording_changed", OPEN, "; ".join(hints))
        stale = stale_year(one.label, other.label, self.sides.years)
        if stale:
            return self._row(one, other, "same", OPEN, f"both texts name {stale}: is that meant")
        if self._order(before.codes, now.codes) != self._order(now.codes, before.codes):
            return self._row(one, other, "same", OPEN, "the answers stand in another order: can they be compared")
        return self._row(one, other, "same", "yes")

    @staticmethod
    def _order(codes: Sequence[str], others: Sequence[str]) -> list[str]:
        return [code for code in codes if code in others]

    # ---- Statements, answers, themes

    def _parts(self, before: str, now: str, level: Level) -> list[Row]:
        orig = [s for s in self.sides.orig.values() if s.parent == before and s.level == level]
        target = [s for s in self.sides.target.values() if s.parent == now and s.level == level]
        ours = {self._own(subject): subject for subject in orig}
        theirs = {self._own(subject): subject for subject in target}
        gone = [subject for name, subject in ours.items() if name not in theirs]
        come = [subject for name, subject in theirs.items() if name not in ours]
        rows = []
        for name, subject in theirs.items():
            if name in ours:
                same = self._same(ours[name], subject)
                what = "definition" if same_text(ours[name].label, subject.label, self.sides.years) else "label"
                otherwise = (
                    "'wording_changed'" if "wording_changed" in KINDS_OF[subject.level] else "'dropped' and 'new'"
                )
                hint = f"the {what} differs: 'renamed' where it means the same, else {otherwise}"
                rows.append(
                    self._row(ours[name], subject, "same", "yes")
                    if same
                    else self._row(ours[name], subject, OPEN, OPEN, hint)
                )
                continue
            twins = [s for s in gone if self._same(s, subject)]
            if len(twins) == 1 and sum(self._same(twins[0], other) for other in come) == 1:
                gone.remove(twins[0])
                come = [s for s in come if s is not subject]
                rows.append(self._row(twins[0], subject, "renamed", "yes"))
            else:
                rows.append(self._alone(None, subject, gone))
        return rows + [self._alone(subject, None, come) for subject in gone]

    def _alone(self, one: Subject | None, other: Subject | None, candidates: Sequence[Subject]) -> Row:
        """Return the row of what stands on one side: certain where nothing on the other side could be it."""
        subject = one or other
        kind, opposite = ("dropped", "later") if one else ("new", "earlier")
        divides = subject is not None and subject.level in ("answer", "theme", "group")
        if subject is None or (not candidates and not divides):
            return self._row(one, other, kind, "no")
        parted = ("merged with another" if one else "split off from another") if divides else "renamed"
        ways = f"{kind}, renamed or {parted}" if divides and candidates else f"{kind} or {parted}"
        near = self._nearest(subject, candidates)
        others = ", ".join(repr(self._own(candidate)) for candidate in candidates[:5])
        hint = f"{ways}"
        if candidates:
            hint += f"; without a row in the {opposite} year: {others}"
            hint += f", of which {near[0]!r} has a text that is {near[1]} % alike" if near else ""
        return self._row(one, other, OPEN, OPEN, hint)

    def _nearest(self, subject: Subject, candidates: Iterable[Subject]) -> tuple[str, int] | None:
        scores = [
            (SequenceMatcher(None, plain(subject.label), plain(other.label), autojunk=False).ratio(), self._own(other))
            for other in candidates
        ]
        best = max(scores, default=(0.0, ""))
        return (best[1], int(100 * best[0])) if best[0] >= _ALIKE else None

    # ---- What follows from the rest

    def _with_bases(self, rows: list[Row], links: Links) -> list[Row]:
        """Hold the bases of questions against each other, and mark what hangs on an answer that is not decided."""
        open_or_apart: set[Key | None] = {row.orig for row in rows if row.orig and row.comparable != "yes"}
        result = []
        for row in rows:
            is_question = row.orig and row.target and self.sides.orig[row.orig].level == "question"
            if not is_question or row.orig is None or row.target is None:
                result.append(row)
                continue
            hint, kind = self._base(row, links, rows, open_or_apart)
            if hint:
                together = f"{row.reason.removeprefix(OPEN).strip()}; {hint}" if row.is_open else hint
                kind = row.kind if kind == "same" else kind
                row = replace(row, kind=kind, comparable=OPEN, reason=f"{OPEN} {together}")
            if row.comparable != "yes":
                # What is asked of whoever answered it hangs on it in turn.
                open_or_apart.add(row.orig)
            result.append(row)
        return result

    def _base(self, row: Row, links: Links, rows: Sequence[Row], undecided: set[Key | None]) -> tuple[str, str]:
        if row.orig is None or row.target is None:
            return "", row.kind
        earlier, later = self.sides.earlier, self.sides.later
        one, other = earlier.question(row.orig.variable), later.question(row.target.variable)
        hints, kind = [], "same"
        keys = [
            key
            for comparison in (getattr(earlier.routing(one.id), "comparisons", ()))
            for key in (
                Key(comparison.question),
                *([Key(f"{comparison.question}.{comparison.item}")] if comparison.item else []),
                *(Key(comparison.question, code) for code in comparison.codes),
            )
        ]
        waiting = [key for key in dict.fromkeys(keys) if key in undecided]
        difference = base_difference(one, other, earlier, later, links)
        if difference:
            hints.append(f"{difference}: can the answers be compared all the same, and why")
            kind = "base_changed"
            if waiting:
                # Whether it is another base depends on what the answers in the routing are.
                kind = OPEN
        elif waiting:
            hints.append(f"who is asked follows from {waiting[0]}, which is not certain: decide that first")
        changed = [
            part
            for part in rows
            if (part.orig is None or part.target is None)
            and (subject := self._subject(part)).level == "answer"
            and subject.parent == (one.id if part.orig else other.id)
        ]
        if changed:
            codes = [repr(key.code) for part in changed if (key := part.orig or part.target)]
            more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
            names = ", ".join(codes[:_NAMED]) + more
            hints.append(f"answers were added or left out ({names}): can the others be compared, and why")
        return "; ".join(hints), kind

    def _with_made_of(self, rows: list[Row], links: Links) -> list[Row]:
        """Add sums after the answers of their question, and groupings with their groups at the end."""
        result: list[Row] = []
        for number, row in enumerate(rows):
            result.append(row)
            last = number + 1 == len(rows) or not self._subject(rows[number + 1]).is_part
            whole = next(r for r in reversed(result) if not self._subject(r).is_part)
            if last and whole.orig and whole.target:
                before, now = whole.orig.variable, whole.target.variable
                if lists_parts(self.sides.earlier, self.sides.later, before, now):
                    result += self._made_of(before, now, "sum", links, rows)
        by_question = {row.orig: row.target for row in rows if row.orig and row.target and not row.orig.code}
        for row in self._wholes("grouping"):
            if row.orig and row.target:
                of = (
                    self.sides.earlier.breakdown(row.orig.variable).question,
                    self.sides.later.breakdown(row.target.variable).question,
                )
                if by_question.get(Key(of[0])) != Key(of[1]):
                    hint = f"groups {of[0]!r} first and {of[1]!r} now, which are not one question: 'break' or 'no'"
                    row = replace(row, comparable=OPEN, reason=f"{OPEN} {hint}")
            result.append(row)
            if row.orig and row.target:
                result += self._made_of(row.orig.variable, row.target.variable, "group", links, rows)
        return result

    def _made_of(self, before: str, now: str, level: Level, links: Links, answers: Sequence[Row]) -> list[Row]:
        """Match sums, or groups: those of one name are one another where they are made of the same answers."""
        rows: list[Row] = []
        for row in self._parts(before, now, level):
            if row.orig is None or row.target is None or made_alike([row.orig], [row.target], self.sides, links):
                part = next(parts_apart(row, answers, self.sides), None) if row.orig and row.target else None
                if part is not None and not row.is_open:
                    hint = f"is made of {part.name}, which is not certain: decide that first"
                    row = replace(row, comparable=OPEN, reason=f"{OPEN} {hint}")
                rows.append(row)
            elif self._is_decided(row, links):
                rows += [replace(row, target=None, target_label="", kind="dropped", comparable="no", reason="")]
                rows += [replace(row, orig=None, orig_label="", kind="new", comparable="no", reason="")]
            else:
                hint = "is it still made of the same answers? 'same', or two rows, 'dropped' and 'new'"
                rows.append(replace(row, kind=OPEN, comparable=OPEN, reason=f"{OPEN} {hint}"))
        return rows

    def _is_decided(self, row: Row, links: Links) -> bool:
        """Whether every answer of both sums is matched, so that nothing that is open could make them alike."""
        if row.orig is None or row.target is None:
            return False
        if self._question(row.orig, self.sides.earlier) in self._marks:
            return True
        ours = {Key(self._question(row.orig, self.sides.earlier), code) for code in self.sides.orig[row.orig].of}
        theirs = {Key(self._question(row.target, self.sides.later), code) for code in self.sides.target[row.target].of}
        return ours <= links.forward.keys() and theirs <= links.back.keys()

    @property
    def _marks(self) -> set[str]:
        # Marks have no rows of their own, and nothing about them is open.
        return {question.id for question in self.sides.earlier.questions if question.kind == "mark"}

    @staticmethod
    def _question(key: Key, of: Questionnaire) -> str:
        return of.breakdown(key.variable).question if key.variable in {g.id for g in of.groupings} else key.variable

    # ---- Small things

    def _same(self, one: Subject, other: Subject) -> bool:
        return same_text(one.label, other.label, self.sides.years) and plain(one.note) == plain(other.note)

    @staticmethod
    def _own(subject: Subject) -> str:
        return subject.key.code or subject.key.variable.partition(".")[2] or subject.key.variable

    def _subject(self, row: Row) -> Subject:
        return self.sides.orig[row.orig] if row.orig else self.sides.target[row.target or Key("")]

    @staticmethod
    def _row(one: Subject | None, other: Subject | None, kind: str, comparable: str, hint: str = "") -> Row:
        return Row(
            one.key if one else None,
            other.key if other else None,
            kind,
            comparable,
            f"{OPEN} {hint}" if hint else "",
            one.label if one else "",
            other.label if other else "",
        )
