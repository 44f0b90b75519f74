"""Figures of an earlier year, or of what changed before, in the codes of the last questionnaire."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

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
        frame = frame[~counted]
        subjects = _table(_SUBJECT, frame, self._subjects_of)
        places = _table(_PLACE, frame, self._places_of)
        found = frame.merge(subjects, on=_SUBJECT).merge(places, on=_PLACE, suffixes=("", "_of_place"))
        pairs = zip(found["verdict"].to_list(), found["verdict_of_place"].to_list(), strict=True)
        worst_of_both = {pair: worst_of(pair) for pair in product(("yes", "break", "no", MERGED), repeat=2)}
        verdicts = [worst_of_both[pair] for pair in pairs]
        later = {name: found[f"later_{name}"] for name in (*_SUBJECT, *_PLACE)}
        found = found.assign(**later, verdict=pd.array(verdicts, dtype="str"))
        merged = found["verdict"] == MERGED
        kept = found[~merged].drop_duplicates([*KEY], ignore_index=True)
        said = _said(kept[list(frame.columns)], kept["verdict"].to_numpy())
        return pd.concat([said, coverage], ignore_index=True), found.loc[merged, [*KEY]].drop_duplicates()

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


def _table(
    names: list[str], frame: pd.DataFrame, later_of: Callable[[tuple[str, ...]], Iterable[tuple[tuple[str, ...], str]]]
) -> pd.DataFrame:
    """Return what each key of a frame is called later, and how comparable it is: nothing, one row or more."""
    keys, _ = distinct(frame, names)
    rows = [(*key, *later, verdict) for key in keys for later, verdict in later_of(key)]
    return pd.DataFrame(rows, columns=[*names, *(f"later_{name}" for name in names), "verdict"], dtype="str")


def _said(frame: pd.DataFrame, verdicts: npt.NDArray[np.object_]) -> pd.DataFrame:
    """Say of figures what they are: a number after a break stays, one that may not stand here does not."""
    result = frame.copy()
    status = frame["status"].to_numpy()
    # What is hidden stays hidden, and what is not there has no break.
    shown = ~np.isin(status, ("Q", "O", "M"))
    for verdict, taken in (("break", (verdicts == "break") & shown), ("no", (verdicts == "no") & (status != "Q"))):
        result.loc[taken, ["status", "reason"]] = _SAID[verdict]
    gone = (verdicts == "no") & (status != "Q")
    result.loc[gone, [*VALUES]] = np.nan
    result.loc[gone, [*COUNTS]] = pd.NA
    result.loc[gone, "method"] = ""
    return result
