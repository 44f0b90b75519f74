"""How much of a change is that other organisations responded: decomposition, and standardisation to the frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import EstimateError, unknown_name
from srsmeting.estimation.change.alike import Alike, alike, covariance_of
from srsmeting.estimation.change.columns import Coded
from srsmeting.estimation.change.compared import Compared, compare_waves
from srsmeting.estimation.change.found import coded_pairs
from srsmeting.estimation.change.inference import change_df
from srsmeting.estimation.change.overlap import Overlap
from srsmeting.estimation.change.rows import lay_rows
from srsmeting.estimation.change.variance import bound_covariance
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.comparisons.shown import SUPPRESSED, Shown
from srsmeting.estimation.counting import column_codes
from srsmeting.estimation.design import Design
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Mask, Numbers, Positions
from srsmeting.estimation.values import values_of
from srsmeting.questionnaire import Question

#: What is made of every change, in order.
MEASURES = ("standardised_change", "composition_change", "rate_change")
#: Why a standardised change leaves out a part of the frame.
EMPTY = "group_without_respondents"


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Parts of a change of a share or a mean.

    Parameters
    ----------
    rate
        What it would be if the groups had stayed as large as they were: ``sum c1 (p2 - p1)``.
    composition
        What it would be if the groups answered as they did: ``sum (c2 - c1) p1``.
    interaction
        What is left: ``sum (c2 - c1) (p2 - p1)``.
    """

    rate: Numbers
    composition: Numbers
    interaction: Numbers

    @property
    def change(self) -> Numbers:
        """The whole."""
        return self.rate + self.composition + self.interaction

    @property
    def rate_effect(self) -> Numbers:
        """Kitagawa's: half of the interaction goes to each, ``sum (c1 + c2) / 2 (p2 - p1)``."""
        return self.rate + self.interaction / 2

    @property
    def composition_effect(self) -> Numbers:
        """Kitagawa's: ``sum (c2 - c1) (p1 + p2) / 2``."""
        return self.composition + self.interaction / 2


def decompose(
    earlier_size: npt.ArrayLike, earlier: npt.ArrayLike, later_size: npt.ArrayLike, later: npt.ArrayLike
) -> Decomposition:
    """Take a change apart into what the groups did and how large they were.

    Parameters
    ----------
    earlier_size, later_size
        Part of the respondents that each group is; they add up to 1.
    earlier, later
        Share or mean of each group, shape (groups,) or (groups, columns). Of a group that is in one measurement only
        the other is missing: it has no change of its own, so that all it does is composition.

    Notes
    -----
    Kitagawa (1955), *Components of a difference between two rates*, Journal of the American Statistical Association 50;
    in three parts, with the earlier measurement as the point of departure, as Oaxaca (1973) and Blinder (1973) have it.

    Examples
    --------
    From 60% small with 0.4 and 40% large with 0.7, to 50% small with 0.5 and 50% large with 0.7: from 0.52 to 0.60.

    >>> found = decompose([0.6, 0.4], [[0.4], [0.7]], [0.5, 0.5], [[0.5], [0.7]])
    >>> found.rate.round(3), found.composition.round(3), found.interaction.round(3)
    (array([0.06]), array([0.03]), array([-0.01]))
    >>> found.rate_effect.round(3), found.composition_effect.round(3), found.change.round(3)
    (array([0.055]), array([0.025]), array([0.08]))
    """
    p1, p2 = np.asarray(earlier, dtype=np.float64), np.asarray(later, dtype=np.float64)
    p1, p2 = np.where(np.isnan(p1), p2, p1), np.where(np.isnan(p2), p1, p2)
    p1, p2 = np.nan_to_num(p1), np.nan_to_num(p2)
    shape = (-1, *[1] * (p1.ndim - 1))
    c1, c2 = (np.asarray(size, dtype=np.float64).reshape(shape) for size in (earlier_size, later_size))
    parts = (c1 * (p2 - p1), (c2 - c1) * p1, (c2 - c1) * (p2 - p1))
    return Decomposition(*(np.asarray(part.sum(axis=0)) for part in parts))


def composition_changes(
    earlier: Wave,
    later: Wave,
    by: str,
    population: Mapping[str, float] | None = None,
    questions: str | Iterable[str] | None = None,
    *,
    overlap: Overlap | None = None,
) -> pd.DataFrame:
    """Estimate which part of every change is that the respondents were made up otherwise.

    Parameters
    ----------
    earlier, later
        The measurements, with designs that are not weighted to margins: those weights have seen to composition.
    by
        The breakdown whose groups may be larger or smaller than they were.
    population
        Organisations per group in the frame that both are standardised to, the later one as a rule
        (``later_population.count(by)``). Without it nothing is standardised.
    questions
        Ids, or one; by default every question that both have, except the one that is broken down by.
    overlap
        What :func:`link_waves` gave.

    Returns
    -------
    pd.DataFrame
        Estimate frame; ``by`` names the breakdown and ``group`` is empty. Measures ``standardised_change`` (the change
        of all organisations in the frame, if each group answered as its respondents did), ``composition_change`` and
        ``rate_change``, which add up to the change itself. All have standard errors and t intervals (95%).

    Raises
    ------
    UnknownNameError
        For a question, breakdown or group that does not exist.
    EstimateError
        For weights to margins, or a question or breakdown with other answers in the one measurement than in the other.

    Notes
    -----
    With ``c`` the part of the base that a group is and ``p`` its share or mean: ``composition_change`` is
    ``sum (c2 - c1) (p1 + p2) / 2`` and ``rate_change`` is ``sum (c1 + c2) / 2 (p2 - p1)``; the interaction is split in
    halves (:func:`decompose`). ``standardised_change`` is ``sum F (p2 - p1)`` with ``F`` the part of the frame (direct
    standardisation). Who is in no group is a group in the decomposition, and not in the frame. Groups that are hidden
    in the table of a question are taken together as one, with who is in none: that is what the total has more than the
    groups that are shown, so that the parts tell nothing that those figures do not.

    Standard errors are linearised, with the ``c`` estimated and the ``F`` known, and know who answered both times as
    those of :func:`estimate_changes` do. A group in the frame in which either measurement has nobody is left out, and
    the status is then U (``group_without_respondents``).

    Examples
    --------
    >>> from srsmeting.estimation import Design
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> from srsmeting.responses import Responses
    >>> def ask(id, *codes):
    ...     categories = [{"code": code, "label": code} for code in codes]
    ...     return {"id": id, "kind": "single", "title": id, "text": id, "pijler": "basis", "fase": "bereik",
    ...             "categories": categories}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-2", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [ask("lid", "ja", "nee"), ask("maat", "klein", "groot")]})
    >>> def wave(meting, small, large):
    ...     lid = ["ja"] * small[0] + ["nee"] * small[1] + ["ja"] * large[0] + ["nee"] * large[1]
    ...     maat = ["klein"] * sum(small) + ["groot"] * sum(large)
    ...     answers = pd.DataFrame({"lid": pd.Categorical(lid, categories=["ja", "nee"]),
    ...                             "maat": pd.Categorical(maat, categories=["klein", "groot"])})
    ...     status = pd.DataFrame({"lid": [0] * len(lid), "maat": [0] * len(lid)}, dtype="int8")
    ...     return Wave(Responses(questionnaire, answers, status), Design.simple_random(len(lid), 400), meting=meting)
    >>> frame = composition_changes(wave("m-1", (24, 36), (28, 12)), wave("m-2", (25, 25), (35, 15)), "maat",
    ...                             {"klein": 300, "groot": 100}, "lid")
    >>> frame.loc[frame["category"] == "ja", ["by", "group", "measure", "estimate"]].round(3)
         by group              measure  estimate
    0  maat        standardised_change     0.075
    2  maat         composition_change     0.025
    4  maat                rate_change     0.055
    """
    where = "composition_changes()"
    compared = compare_waves(where, earlier, later, questions, by, overlap=overlap)
    for wave in (earlier, later):
        if wave.design.calibration is not None:
            raise EstimateError(
                f"{where}: {wave.meting} is weighted to margins, which sees to composition. Give the design before "
                "weighting."
            )
    for group in population or {}:
        if group not in compared.groups:
            raise unknown_name(where, f"group of {by!r}", group, compared.groups)
    frame = (
        None if population is None else np.array([population.get(group, 0) for group in compared.groups], dtype=float)
    )
    totals = [wave.shown("") for wave in compared.waves]
    rows: list[dict[str, Any]] = []
    for question in compared.questions:
        if question.kind != "number":
            items = tuple(item.id for item in question.items) or ("",)
            categories = ("answered",) if question.kind == "open" else column_codes(question)
            for item, pairs in zip(items, coded_pairs(compared, question), strict=True):
                answers = [[pair[side] for pair in pairs] for side in (0, 1)]
                given = [_Given([coded.codes.astype(np.intp) + 1 for coded in own], own) for own in answers]
                rows += _rows(compared, question, item, categories, (given[0], given[1]), frame, totals)
        if question.kind in ("mark", "number"):
            numbers = [
                _numbers(values_of(wave.responses, own))
                for wave, own in zip(compared.waves, compared.asked(question), strict=True)
            ]
            rows += _rows(compared, question, "", ("",), (numbers[0], numbers[1]), frame, totals)
    return lay_rows(compared, rows)


@dataclass(frozen=True, eq=False)
class _Given:
    """What respondents answered: labels that tell it apart, and what it is made of, codes or numbers."""

    labels: list[npt.NDArray[np.integer]]
    answers: list[Coded] | Numbers

    def values(self, rows: Positions) -> Numbers:
        """Return what some respondents answered, shape (respondents, columns); missing outside the base."""
        if not isinstance(self.answers, list):
            return self.answers[rows][:, np.newaxis]
        columns = [
            np.vstack([one.members, np.full(one.members.shape[1], np.nan)])[one.codes[rows], :-1]
            for one in self.answers
        ]
        return np.hstack(columns)


def _numbers(values: Numbers) -> _Given:
    return _Given([np.unique(values, return_inverse=True)[1]], values)


@dataclass(frozen=True, eq=False)
class _Parts:
    """One measurement by group: sizes (groups,), levels (groups, columns), and what a respondent does to both.

    Per class of respondents that are alike: `place`, `inside`, `values` and `weights`.
    """

    classes: Alike
    place: Positions
    inside: Mask
    values: Numbers
    weights: Numbers
    size: Numbers
    total: Numbers
    level: Numbers

    def influence(self, on_size: Numbers, on_level: Numbers) -> Numbers:
        """Return influences on ``sum on_size c + on_level p``, shape (classes, columns)."""
        share = self.size / self.size.sum() if self.size.sum() else self.size
        mean = (share[:, np.newaxis] * on_size).sum(axis=0)
        filled = np.nan_to_num(self.level)[self.place]
        scale = np.where(self.size > 0, self.size, np.inf)[self.place][:, np.newaxis]
        everyone = max(float(self.size.sum()), 1e-300)
        of_size = (on_size[self.place] - mean) / everyone
        of_level = on_level[self.place] * (np.nan_to_num(self.values) - filled) / scale
        return np.where(self.inside[:, np.newaxis], self.weights[:, np.newaxis] * (of_size + of_level), 0.0)


def _parts(everyone: Positions, groups: int, given: _Given, design: Design) -> _Parts:
    classes = alike(design, everyone, *given.labels)
    place, values = everyone[classes.rows], given.values(classes.rows)
    inside = np.isfinite(values[:, 0])
    weights = np.where(inside, classes.weight, 0.0)
    together = weights * classes.number
    size = np.bincount(place, together, minlength=groups).astype(np.float64)
    sums = [np.bincount(place, together * np.nan_to_num(column), minlength=groups) for column in values.T]
    level = np.full((groups, values.shape[1]), np.nan)
    np.divide(np.stack(sums, axis=1), size[:, np.newaxis], out=level, where=size[:, np.newaxis] > 0)
    return _Parts(classes, place, inside, values, weights, size, size / max(float(size.sum()), 1e-300), level)


def _rows(
    compared: Compared,
    question: Question,
    item: str,
    categories: tuple[str, ...],
    values: tuple[_Given, _Given],
    frame: Numbers | None,
    totals: list[Shown],
) -> list[dict[str, Any]]:
    groups = _merged(compared.hidden(question.id, item))
    number = int(groups.max()) + 1
    # Who is in no group stands first, and is not in the frame.
    sides = [
        _parts(groups[domains.place.astype(np.intp)], number, given, design)
        for domains, given, design in zip(compared.domains, values, compared.designs, strict=True)
    ]
    one, two = sides
    columns = len(categories)
    parts = decompose(one.total, one.level, two.total, two.level)
    p1 = np.where(np.isnan(one.level), two.level, one.level)
    p2 = np.where(np.isnan(two.level), one.level, two.level)
    p1, p2 = np.nan_to_num(p1), np.nan_to_num(p2)
    c1, c2 = one.total[:, np.newaxis], two.total[:, np.newaxis]
    # Of a group that is in one measurement only, its level stands for both.
    lone = [(one.size > 0) & (two.size == 0), (two.size > 0) & (one.size == 0)]
    half = [np.where(alone, 1.0, 0.5)[:, np.newaxis] for alone in lone]
    mean, middle, moved, grown = (p1 + p2) / 2, (c1 + c2) / 2, p2 - p1, c2 - c1
    wide = np.ones((1, columns))
    made: list[tuple[str, Numbers, Numbers, Numbers, str]] = []
    if frame is not None:
        weights = np.bincount(groups[1:], frame, minlength=number)
        usable = (one.size > 0) & (two.size > 0) & (weights > 0)
        part = np.where(usable, weights, 0.0)[:, np.newaxis] * wide
        part = part / part.sum(axis=0) if usable.any() else np.full(part.shape, np.nan)
        none = np.zeros(part.shape)
        effects = [side.influence(none, np.nan_to_num(part)) for side in sides]
        why = EMPTY if ((weights > 0) & ~usable).any() else ""
        made.append(("standardised_change", (part * (p2 - p1)).sum(axis=0), effects[0], effects[1], why))
    both = [one.influence(mean * wide, -half[0] * grown * wide), two.influence(mean * wide, half[1] * grown * wide)]
    made.append(("composition_change", parts.composition_effect, both[0], both[1], ""))
    level = [np.where(alone[:, np.newaxis], 0.0, middle) * wide for alone in lone]
    both = [one.influence(-moved / 2, level[0]), two.influence(moved / 2, level[1])]
    made.append(("rate_change", parts.rate_effect, both[0], both[1], ""))
    base = [int(side.classes.number[side.inside].sum()) for side in sides]
    hidden = np.full(columns, any(shown.hidden(question.id, item, ("",))[0] for shown in totals))
    first, second = (np.hstack([each[place] for each in made]) for place in (2, 3))
    own = one.classes.variance(first), two.classes.variance(second)
    seen = covariance_of(first, second, (one.classes, two.classes), compared.overlap)
    errors = *own, bound_covariance(seen, *own, compared.overlap)
    return [_columns(compared, question, item, categories, base, hidden, made, errors)]


def _columns(
    compared: Compared,
    question: Question,
    item: str,
    categories: tuple[str, ...],
    base: list[int],
    hidden: Mask,
    made: list[tuple[str, Numbers, Numbers, Numbers, str]],
    errors: tuple[Numbers, Numbers, Numbers],
) -> dict[str, Any]:
    """Return the rows of a table, a measure after the other."""
    width, size = len(categories), len(categories) * len(made)
    estimate = np.concatenate([one[1] for one in made])
    measures = np.repeat(np.array([one[0] for one in made], dtype=object), width)
    said = np.repeat(np.array([one[-1] for one in made], dtype=object), width)
    v1, v2, together = errors
    together = together if compared.seen or compared.reason else np.zeros(size)
    total = v1 + v2 - 2 * together
    total = np.where(total <= 1e-12 * (v1 + v2), 0.0, total)
    strata = [wave.design.strata.present for wave in compared.waves]
    df = [np.full(size, float(n - h)) for n, h in zip(base, strata, strict=True)]
    freedom = change_df(v1, v2, df[0], df[1])
    usable = min(base) > 1 and min(d[0] for d in df) >= 1
    se = np.where(usable, np.sqrt(total), np.nan)
    low, high = t_interval(estimate, se, np.maximum(freedom, 1))
    census = all(wave.design.is_census for wave in compared.waves)
    few = {0: "no_base", 1: "one_respondent"}.get(min(base), "" if usable else "no_degrees_of_freedom")
    reason = np.full(size, few, dtype=object) if few else np.where(said != "", said, compared.reason)
    status = np.where(reason == "no_base", "O", np.where(reason != "", "U", "A"))
    last = "_census" if census else compared.last
    method = np.where(measures == "standardised_change", f"standardised{last}", f"kitagawa{last}")
    return {
        "question": np.full(size, question.id, dtype=object),
        "item": item,
        "category": np.tile(np.array(categories, dtype=object), len(made)),
        "measure": measures,
        "estimate": np.where(min(base) > 0, estimate, np.nan),
        "se": se,
        "ci_low": low,
        "ci_high": high,
        "numerator": np.full(size, base[0]),
        "denominator": np.full(size, base[1]),
        "method": method.astype(object),
        "status": status.astype(object),
        "reason": reason,
        "hidden": np.tile(hidden, len(made)),
        "why": SUPPRESSED,
    }


def _merged(hidden: Mask) -> Positions:
    """Return for no group and each group the position of what it is taken together with.

    Hidden groups are one with who is in none: together they are what the total has more than the groups that are shown.
    """
    places = np.arange(len(hidden) + 1)
    places[np.flatnonzero(hidden) + 1] = 0
    return np.unique(places, return_inverse=True)[1].astype(np.intp)


__all__ = ["Decomposition", "composition_changes", "decompose"]
