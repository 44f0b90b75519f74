"""Figures of an earlier year, or of what changed before, in the codes of the last questionnaire."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.crosswalk import Crosswalk
from srsmeting.crosswalk.distinct import distinct
from srsmeting.crosswalk.rows import worst
from srsmeting.estimates import COUNTS, KEY, TESTS, VALUES
from srsmeting.questionnaire import Question

#: What a figure is about, and of whom it is.
Subject = tuple[str, ...]
Place = tuple[str, ...]

_SUBJECT: Final = ["question", "item", "category"]
_PLACE: Final = ["by", "group"]

#: A figure of which the crosswalk does not make one figure: several earlier ones are one, and have to be counted anew.
MERGED: Final = "merged"

#: What is said of figures that may not be compared.
_SAID: Final = {"break": ("B", "trend_break"), "no": ("M", "not_comparable")}
#: Measures that set groups against each other, or tell how figures were made.
_OF_ONE_YEAR: Final = (*TESTS, "weight", "design_effect", "effective_n", "difference", "adjusted_share")
_LIKE_THESE: Final = re.compile("(?:difference|adjusted)_")
_COVERAGE: Final = ("coverage", "coverage_change")


def outcomes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what a year found: not how its groups differ, nor how its respondents were weighted."""
    measures = frame["measure"]
    return frame[~measures.isin(_OF_ONE_YEAR) & ~measures.str.match(_LIKE_THESE)]


@dataclass(frozen=True)
class Translation:
    """What the figures of an earlier year are called in a later one.

    Parameters
    ----------
    crosswalk
        From that year to the later one, also over years in between.
    """

    crosswalk: Crosswalk

    def translate(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Put an estimate frame of the earlier year in the codes of the later one.

        Returns
        -------
        translated, merged
            The figures under their later names, without those that the later questionnaire has no name for: of what may
            not stand beside each other (``no``) only that, and of what has a break the number with that status. And the
            keys of figures that several earlier ones are together.
        """
        counted = frame["measure"].isin(_COVERAGE)
        known = self.crosswalk.coverage_branches | {""}
        coverage = frame[counted & frame["group"].isin(known)]
        others = np.flatnonzero(~counted)
        keys = frame[[*KEY]].take(others)
        subjects, places = _later(keys, _SUBJECT, self._subjects_of), _later(keys, _PLACE, self._places_of)
        times = subjects.many * places.many
        rows = np.repeat(np.arange(len(keys)), times)
        # Every later name of what a figure is about, with every one of whose it is.
        number = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
        of_subject = subjects.first[rows] + number // places.many[rows]
        of_place = places.first[rows] + number % places.many[rows]
        keys = keys.take(rows).reset_index(drop=True)
        keys = keys.assign(**subjects.columns(of_subject), **places.columns(of_place))
        verdicts = _WORST[subjects.verdicts[of_subject], places.verdicts[of_place]]
        merged = verdicts == MERGED
        kept = np.flatnonzero(~merged)
        kept = kept[~keys.take(kept).duplicated().to_numpy()]
        found = frame.take(others[rows[kept]]).assign(**{name: keys[name].array.take(kept) for name in KEY})
        said = _said(found, verdicts[kept])
        return pd.concat([said, coverage], ignore_index=True), keys[merged].drop_duplicates()

    def _subjects_of(self, key: Subject) -> Iterable[tuple[Subject, str]]:
        return self._subjects.get(key, ()) if key[0] else [(key, "yes")]

    @cached_property
    def _subjects(self) -> Mapping[Subject, list[tuple[Subject, str]]]:
        found: dict[Subject, list[tuple[Subject, str]]] = {}
        for question in self.crosswalk.later.questions:
            match = self.crosswalk.question(question.id)
            if match is None:
                continue
            items = [("", "", match.comparable)]
            for item in question.items:
                own = self.crosswalk.statement(question.id, item.id)
                items += [] if own is None else [(own.orig_id, item.id, own.comparable)]
            for (before, code, verdict), (ours, theirs, whole) in product(self._codes(question), items):
                earlier, later = (match.orig_id, ours, before), (question.id, theirs, code)
                found.setdefault(earlier, []).append((later, worst_of((verdict, whole))))
        return found

    def _codes(self, question: Question) -> Iterator[tuple[str, str, str]]:
        """Yield what goes with what among the answers, sums and themes of a question, and how comparable it is."""
        # The question as a whole: a mean, or that an open question was answered.
        yield from (("", "", "yes"), ("answered", "answered", "yes"))
        if question.kind == "mark":
            yield from ((code, code, "yes") for code in question.codes if self.crosswalk.category(question.id, code))
        for pair in self.crosswalk.answers(question.id):
            yield from _links(pair.orig, pair.target, pair.comparable)

    def _places_of(self, key: Place) -> Iterable[tuple[Place, str]]:
        by, group = key
        if not by:
            return [(key, "yes")]
        names = re.split(r"([*+])", by)
        mark, parts = "".join(names[1:2]), names[::2]
        groups = group.split("*") if group else [""] * len(parts)
        if len(groups) != len(parts):
            return []
        choices = [self._groups.get((name, one), []) for name, one in zip(parts, groups, strict=True)]
        return [
            ((mark.join(by for (by, _), _ in chosen), "*".join(filter(None, (g for (_, g), _ in chosen)))), verdict)
            for chosen in product(*choices)
            if (verdict := worst_of(verdict for _, verdict in chosen))
        ]

    @cached_property
    def _groups(self) -> Mapping[Place, list[tuple[Place, str]]]:
        found: dict[Place, list[tuple[Place, str]]] = {}
        for by in self.crosswalk.later.breakdowns:
            before = self.crosswalk.breakdown(by)
            if before is None:
                continue
            whole = self.crosswalk.verdict(by)[0]
            links = [("", "", "yes")]
            for pair in self.crosswalk.groups(by):
                links += _links(pair.orig, pair.target, pair.comparable)
            for ours, theirs, verdict in links:
                found.setdefault((before, ours), []).append(((by, theirs), worst_of((whole, verdict))))
        return found


def worst_of(verdicts: Iterable[str]) -> str:
    """Return the worst of several verdicts; what is merged and comparable is merged."""
    known = list(verdicts)
    found = worst("yes" if verdict == MERGED else verdict for verdict in known)
    return MERGED if found == "yes" and MERGED in known else found


def _links(orig: tuple[str, ...], target: tuple[str, ...], comparable: str) -> Iterator[tuple[str, str, str]]:
    for before, code in product(orig, target):
        if len(target) > 1:
            # A part is not the whole that it was of.
            yield before, code, "no"
        else:
            yield before, code, MERGED if len(orig) > 1 and comparable == "yes" else comparable


_VERDICTS: Final = ("yes", "break", "no", MERGED)
#: The worst of two verdicts, by their places among these.
_WORST: Final = np.array([[worst_of((one, other)) for other in _VERDICTS] for one in _VERDICTS], dtype=object)


@dataclass(frozen=True)
class _Later:
    """What columns of a frame are called later.

    Parameters
    ----------
    names
        The columns.
    links
        What they become, with the verdict on it.
    first, many
        Per row where its own links begin, and how many there are.
    """

    names: Sequence[str]
    links: list[tuple[tuple[str, ...], str]]
    first: npt.NDArray[np.intp]
    many: npt.NDArray[np.intp]

    @property
    def verdicts(self) -> npt.NDArray[np.intp]:
        return np.array([_VERDICTS.index(verdict) for _, verdict in self.links], dtype=np.intp)

    def columns(self, places: npt.NDArray[np.intp]) -> dict[str, Any]:
        """Return the columns that are named anew, of the links at these places."""
        texts = {name: [later[number] for later, _ in self.links] for number, name in enumerate(self.names)}
        return {name: pd.Series(values, dtype="str").array.take(places) for name, values in texts.items()}


def _later(
    frame: pd.DataFrame,
    names: Sequence[str],
    later_of: Callable[[tuple[str, ...]], Iterable[tuple[tuple[str, ...], str]]],
) -> _Later:
    keys, which = distinct(frame, names)
    links = [list(later_of(key)) for key in keys]
    many = np.array([len(own) for own in links], dtype=np.intp)
    return _Later(names, list(chain.from_iterable(links)), (np.cumsum(many) - many)[which], many[which])


def _said(frame: pd.DataFrame, verdicts: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Say of figures what they are: a number after a break stays, one that may not stand here does not."""
    status = frame["status"]
    # What is hidden stays hidden, and what is not there has no break.
    broken = (verdicts == "break") & ~status.isin(["Q", "O", "M"])
    gone = (verdicts == "no") & (status != "Q")
    numbers = {name: frame[name].mask(gone) for name in (*VALUES, *COUNTS)}
    texts = {"method": frame["method"].mask(gone, "")}
    for place, name in enumerate(("status", "reason")):
        texts[name] = frame[name].mask(broken, _SAID["break"][place]).mask(gone, _SAID["no"][place])
    return frame.assign(**numbers, **texts)
