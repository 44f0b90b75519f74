"""How much of a change is that other organisations responded: decomposition, and standardisation to the frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import EstimateError, unknown_name
from srsmeting.estimation.change.cells import Respondents
from srsmeting.estimation.change.compared import Compared, coded_pairs, compare_waves
from srsmeting.estimation.change.covariances import covariances_of
from srsmeting.estimation.change.decomposition import decompose
from srsmeting.estimation.change.inference import NO_WIDTH, change_df
from srsmeting.estimation.change.influences import Levels
from srsmeting.estimation.change.overlap import Overlap
from srsmeting.estimation.change.rows import lay_rows
from srsmeting.estimation.change.variance import bound_covariance
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.comparisons.shown import SUPPRESSED
from srsmeting.estimation.counting import ANSWERED, column_codes
from srsmeting.estimation.intervals import t_interval
from srsmeting.estimation.numeric import Counts, Mask, Numbers
from srsmeting.estimation.values import values_of
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

#: Answers as :class:`.Coded` has them: per respondent a code or -1, and per code what it is in each column; base last.
Answers: TypeAlias = tuple[npt.NDArray[np.integer[Any]], Numbers]
#: Why a standardised change leaves out a part of the frame.
EMPTY = "group_without_respondents"


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
    tables = [table for question in compared.questions for table in _tables(compared, question)]
    return lay_rows(compared, [_rows(compared, tables, frame)] if tables else [])


@dataclass(frozen=True, eq=False)
class _Table:
    """What is estimated of a question or statement, and what its columns are made of, earlier and later."""

    question: str
    item: str
    categories: tuple[str, ...]
    answers: tuple[Sequence[Answers], Sequence[Answers]]


def _tables(compared: Compared, question: Question) -> Iterator[_Table]:
    if question.kind != "number":
        items = tuple(item.id for item in question.items) or ("",)
        categories = (ANSWERED,) if question.kind == "open" else column_codes(question)
        for item, pairs in zip(items, coded_pairs(compared, question), strict=True):
            one, two = ([(pair[side].codes, pair[side].members) for pair in pairs] for side in (0, 1))
            yield _Table(question.id, item, categories, (one, two))
    if question.kind in ("mark", "number"):
        asked = zip(compared.waves, compared.asked(question), strict=True)
        before, after = ([_numbers(wave.responses, own)] for wave, own in asked)
        yield _Table(question.id, "", ("",), (before, after))


def _numbers(responses: Responses, question: Question) -> Answers:
    """Return numbers as codes, of which each has its number in the only column."""
    if question.kind == "mark":
        valid = np.array([category.kind == "valid" for category in question.categories])
        codes = np.where(responses.answered(question.id), responses.codes(question.id), -1)
        marks = [
            float(category.code) if counts else 0.0 for category, counts in zip(question.categories, valid, strict=True)
        ]
        return codes, np.column_stack([marks, valid])
    values = values_of(responses, question)
    known = np.isfinite(values)
    numbers, codes = np.unique(np.where(known, values, 0.0), return_inverse=True)
    return np.where(known, codes, -1), np.column_stack([numbers, np.ones(len(numbers))])


@dataclass(frozen=True, eq=False)
class _Estimates:
    """Estimates per column, with what the sizes and the levels of the groups do to them on either side.

    Parameters
    ----------
    name
        The measure.
    estimate
        Of each column.
    on_part, on_level
        Of the earlier and of the later measurement, shape (groups, columns).
    reason
        Why an estimate is not of everyone.
    """

    name: str
    estimate: Numbers
    on_part: tuple[Numbers, Numbers]
    on_level: tuple[Numbers, Numbers]
    reason: npt.NDArray[np.object_]


def _estimates(one: Levels, two: Levels, weights: Numbers | None) -> Iterator[_Estimates]:
    """Yield what is made of every change; `weights` is the frame, shape (groups, columns)."""
    # Of a group that is in one measurement only, its level stands for both.
    p1 = np.nan_to_num(np.where(np.isnan(one.level), two.level, one.level))
    p2 = np.nan_to_num(np.where(np.isnan(two.level), one.level, two.level))
    moved, grown = p2 - p1, two.part - one.part
    lone = (one.size > 0) & (two.size == 0), (two.size > 0) & (one.size == 0)
    nothing, none = np.zeros(moved.shape), np.full(moved.shape[1], "", dtype=object)
    if weights is not None:
        usable = (one.size > 0) & (two.size > 0) & (weights > 0)
        part = np.where(usable, weights, 0.0)
        part = np.divide(part, part.sum(axis=0), out=np.full(part.shape, np.nan), where=usable.any(axis=0))
        without = ((weights > 0) & ~usable).any(axis=0)
        filled = np.nan_to_num(part)
        yield _Estimates(
            "standardised_change",
            (part * moved).sum(axis=0),
            (nothing, nothing),
            (filled, filled),
            np.where(without, EMPTY, none),
        )
    parts = decompose(one.part, one.level, two.part, two.level)
    mean, half = (p1 + p2) / 2, [np.where(alone, 1.0, 0.5) * grown for alone in lone]
    yield _Estimates("composition_change", parts.composition_effect, (mean, mean), (-half[0], half[1]), none)
    middle = (one.part + two.part) / 2
    before, after = (np.where(alone, 0.0, middle) for alone in lone)
    yield _Estimates("rate_change", parts.rate_effect, (-moved / 2, moved / 2), (before, after), none)


def _rows(compared: Compared, tables: list[_Table], frame: Numbers | None) -> dict[str, Any]:
    """Return the rows of tables, a table after the other and in it a measure after the other."""
    widths = [len(table.categories) for table in tables]
    hidden = np.array([compared.hidden(table.question, table.item) for table in tables])
    hidden = np.repeat(np.hstack([np.zeros((len(tables), 1), dtype=np.bool_), hidden]), widths, axis=0).T
    levels = _levels(compared, tables, hidden)
    made = list(_estimates(*levels, None if frame is None else _merged(frame, hidden)))
    influences = [
        level.influence(np.stack([one.on_part[side] for one in made]), np.stack([one.on_level[side] for one in made]))
        for side, level in enumerate(levels)
    ]
    v1, v2 = (level.variance(influence) for level, influence in zip(levels, influences, strict=True))
    together = np.zeros(v1.shape)
    if compared.overlap.known and (compared.seen or compared.reason):
        seen = covariances_of(levels, (influences[0], influences[1]), compared.overlap)
        together = bound_covariance(seen, v1, v2, compared.overlap)
    # A measure after the other, until they are put in order.
    order = np.argsort(np.tile(np.repeat(np.arange(len(tables)), widths), len(made)), kind="stable")
    columns = _inferred(compared, made, (levels[0].base, levels[1].base), (v1, v2, together))
    names = [np.array([getattr(table, name) for table in tables], dtype=object) for name in ("question", "item")]
    categories = np.array([code for table in tables for code in table.categories], dtype=object)
    totals = [wave.shown("") for wave in compared.waves]
    gone = [any(shown.hidden(table.question, table.item, ("",))[0] for shown in totals) for table in tables]
    columns |= {
        "question": np.tile(np.repeat(names[0], widths), len(made)),
        "item": np.tile(np.repeat(names[1], widths), len(made)),
        "category": np.tile(categories, len(made)),
        "hidden": np.tile(np.repeat(np.array(gone), widths), len(made)),
    }
    return {name: column[order] for name, column in columns.items()} | {"why": SUPPRESSED}


def _levels(compared: Compared, tables: list[_Table], hidden: Mask) -> tuple[Levels, Levels]:
    merged = np.where(hidden, 0, np.arange(len(hidden))[:, np.newaxis])
    # In the order of their pair of strata.
    order = np.argsort(compared.overlap.pair, kind="stable")
    one, two = (
        Respondents(domains, design, rows[order])
        for domains, design, rows in zip(
            compared.domains, compared.designs, (compared.overlap.first, compared.overlap.second), strict=True
        )
    )
    levels = []
    for place, side in enumerate((one, two)):
        answers = [each for table in tables for each in table.answers[place]]
        cells = side.count([(codes, len(members)) for codes, members in answers])
        levels.append(Levels(side, cells, [members for _, members in answers], merged))
    return levels[0], levels[1]


def _merged(frame: Numbers, hidden: Mask) -> Numbers:
    """Return the frame per group and column.

    Hidden groups are one with who is in none: together they are what the total has more than the groups that are shown.
    Who is in none stands first, and is not in the frame.
    """
    weights = np.concatenate([[0.0], frame])[:, np.newaxis] * np.ones(hidden.shape)
    weights[0] = np.where(hidden, weights, 0.0).sum(axis=0)
    return np.where(hidden, 0.0, weights)


def _inferred(
    compared: Compared, made: list[_Estimates], bases: tuple[Counts, Counts], errors: tuple[Numbers, Numbers, Numbers]
) -> dict[str, np.ndarray]:
    """Return what may be said of estimates, a measure after the other."""
    one, two = (np.tile(base, len(made)) for base in bases)
    least = np.minimum(one, two)
    v1, v2, together = (error.ravel() for error in errors)
    total = v1 + v2 - 2 * together
    total = np.where(total <= 1e-12 * (v1 + v2), 0.0, total)
    strata = [wave.design.strata.present for wave in compared.waves]
    df1, df2 = compared.waves[0].design.domain_df(one, strata[0]), compared.waves[1].design.domain_df(two, strata[1])
    usable = (least > 1) & (np.minimum(df1, df2) >= 1)
    estimate = np.concatenate([each.estimate for each in made])
    se = np.where(usable, np.sqrt(total), np.nan)
    low, high = t_interval(estimate, se, np.maximum(change_df(v1, v2, df1, df2), 1))
    # Where a group says one thing, the squares that should be 0 are what is left of rounding errors.
    flat = high - low <= NO_WIDTH
    se, low, high = np.where(flat, 0.0, se), np.where(flat, np.nan, low), np.where(flat, np.nan, high)
    said = np.concatenate([each.reason for each in made])
    reason = np.select(
        [least == 0, least == 1, ~usable, said != ""],
        ["no_base", "one_respondent", "no_degrees_of_freedom", said],
        compared.reason,
    ).astype(object)
    census = all(wave.design.is_census for wave in compared.waves)
    last = "_census" if census else compared.last
    methods = [f"standardised{last}" if each.name == "standardised_change" else f"kitagawa{last}" for each in made]
    return {
        "measure": np.repeat(np.array([each.name for each in made], dtype=object), len(bases[0])),
        "estimate": np.where(least > 0, estimate, np.nan),
        "se": se,
        "ci_low": low,
        "ci_high": high,
        "numerator": one,
        "denominator": two,
        "method": np.repeat(np.array(methods, dtype=object), len(bases[0])),
        "status": np.where(reason == "no_base", "O", np.where(reason != "", "U", "A")).astype(object),
        "reason": reason,
    }


__all__ = ["EMPTY", "composition_changes"]
