"""Dummy answers for a dry run: every route is walked, every answer is given, and groups come small as well as large."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses

Draw = npt.NDArray[np.float64]

#: How often a kind of answer is given, beside an answer proper.
_WEIGHTS: Final = {"valid": 1.0, "other": 0.25, "dont_know": 0.35, "none_of_these": 0.3, "not_applicable": 0.2}
#: So many are invented to find those who walk the rare routes.
_SEARCHED: Final = 6000
#: Share of respondents who leave a question open that they are asked; of open questions, most do.
_LEFT_OPEN, _UNWRITTEN = 0.03, 0.4
#: How large the last group is beside the first, and the least that a group is beside the one before.
_LAST, _NEXT = 0.05, 0.45


@dataclass(frozen=True)
class Dummies:
    """Dummy answers, and what could be seen while they were made.

    Parameters
    ----------
    responses
        The answers.
    usually_asked
        How many of as many respondents are asked each question when nobody is looked for.
    never_asked
        Questions that nobody came to, of all who were looked through.
    """

    responses: Responses
    usually_asked: Mapping[str, int]
    never_asked: tuple[str, ...]


def invent_dummies(questionnaire: Questionnaire, n: int, *, seed: int, known: Collection[str] = ()) -> Dummies:
    """Invent answers that try a questionnaire out: nothing about anyone follows from them.

    Respondents answer in the order of fieldwork and follow the routing. Whatever answer can be given is given by
    somebody, as far as `n` allows; where that takes respondents who are rare, they are looked for.

    Parameters
    ----------
    questionnaire
        What is asked.
    n
        Number of respondents, at least 1.
    seed
        The same seed gives the same answers (with the same version of NumPy).
    known
        Questions that everyone who is asked answers, such as what the frame has of everyone; of other questions some
        are left open. Their groups run from large to small.

    Returns
    -------
    Dummies

    Raises
    ------
    SynthesisError
        When `n` is below 1.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> yes_no = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
    >>> asked = {"kind": "single", "title": "T", "text": "T?", "pijler": "a", "fase": "bereik", "categories": yes_no}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}],
    ...     "questions": [{"id": "kent", **asked}, {"id": "nut", **asked, "asked_if": "kent == ja"}]})
    >>> answers = invent_dummies(questionnaire, 40, seed=1).responses
    >>> answers.n, bool((answers.asked("nut") == answers.where("kent == ja")).all())
    (40, True)
    >>> [bool(answers.where(route).any()) for route in ("nut == ja", "nut == nee", "kent == nee")]
    [True, True, True]
    """
    if n < 1:
        raise SynthesisError(f"invent_dummies(): n is {n}. Ask for at least 1 respondent.")
    usual = _answers(questionnaire, n, np.random.default_rng([seed, 0]), set(known), even=False)
    searched = _answers(questionnaire, _SEARCHED, np.random.default_rng([seed, 1]), set(known), even=True)
    chosen = _rare(_given(usual), _given(searched), n)
    keep = slice(0, n - len(chosen))
    parts = ((usual.answers[keep], searched.answers.iloc[chosen]), (usual.status[keep], searched.status.iloc[chosen]))
    answers, status = (pd.concat(both, ignore_index=True) for both in parts)
    # In any order, so that those who were looked for do not stand together.
    order = np.random.default_rng([seed, 2]).permutation(n)
    tables = (table.iloc[order].reset_index(drop=True) for table in (answers, status))
    usually, ever = _asked(usual), _asked(searched)
    never = tuple(name for name in usually if not usually[name] and not ever[name])
    return Dummies(Responses(questionnaire, *tables), usually, never)


def _asked(responses: Responses) -> dict[str, int]:
    """Return how many are asked each question: of a battery, its first statement."""
    questions = responses.questionnaire.questions
    return {q.id: int(responses.asked(q.id, q.items[0].id if q.items else None).sum()) for q in questions}


def _answers(
    questionnaire: Questionnaire, size: int, rng: np.random.Generator, known: set[str], *, even: bool
) -> Responses:
    answers: dict[str, object] = {}
    status: dict[str, object] = {}
    for question in questionnaire.questions:
        routing = questionnaire.routing(question.id)
        asked = np.ones(size, dtype=np.bool_)
        if routing is not None:
            so_far = Responses(questionnaire, pd.DataFrame(answers), pd.DataFrame(status))
            asked = routing.evaluate(so_far.lookup)
        left_open = 0.0 if even or question.id in known else _LEFT_OPEN
        if question.kind == "open" and not even:
            left_open = _UNWRITTEN
        chances = _chances(question, rng, falling=question.id in known, even=even)
        for name in [f"{question.id}.{item.id}" for item in question.items] or [question.id]:
            given = asked & (rng.random(size) >= left_open)
            status[name] = np.select([given, asked], [ANSWERED, NO_ANSWER], NOT_ASKED).astype(np.int8)
            answers |= _answered(question, name, given, chances, rng)
            # Statements of one battery are alike, not the same.
            chances = _mixed(chances, rng)
    return Responses(questionnaire, pd.DataFrame(answers), pd.DataFrame(status))


def _chances(question: Question, rng: np.random.Generator, *, falling: bool, even: bool) -> Draw:
    size = len(question.categories)
    if even or not size:
        return np.full(size, 1 / max(size, 1))
    if falling:
        chances = max(_LAST ** (1 / max(size - 1, 1)), _NEXT) ** np.arange(size)
    elif question.kind == "mark":
        # Most marks are given from two thirds of the range on; few are at its ends.
        places = np.linspace(0, 1, size)
        chances = np.exp(-((places - 0.68) ** 2) / (2 * 0.16**2)) + 0.01
    else:
        chances = rng.gamma(3.0, 1.0, size) + 0.2
        chances *= [_WEIGHTS[str(category.kind)] for category in question.categories]
    return np.asarray(chances / chances.sum())


def _mixed(chances: Draw, rng: np.random.Generator) -> Draw:
    mixed = chances * rng.uniform(0.6, 1.4, len(chances))
    return np.asarray(mixed / mixed.sum()) if len(mixed) else mixed


def _answered(
    question: Question, name: str, given: npt.NDArray[np.bool_], chances: Draw, rng: np.random.Generator
) -> dict[str, object]:
    size = len(given)
    if question.kind == "open":
        return {name: given}
    if question.kind == "number":
        numbers = np.rint(rng.lognormal(4, 1.2, size))
        # Nothing at all, and somebody who typed far too much: a report must stand both.
        numbers[rng.random(size) < 0.02] = 0
        numbers[rng.random(size) < 0.01] *= 100
        return {name: np.where(given, numbers, np.nan)}
    picked = rng.choice(len(chances), size, p=chances)
    if question.kind != "multiple":
        codes = np.where(given, picked, -1)
        return {name: pd.Categorical.from_codes(codes, categories=pd.Index(question.codes))}
    alone = np.array([category.kind == "none_of_these" for category in question.categories])
    ticked = rng.random((size, len(chances))) < np.minimum(1.4 * chances, 0.8)
    ticked[np.arange(size), picked] = True
    # Who ticks "none of these" ticks nothing else.
    nothing = alone[picked]
    ticked[:, alone] = False
    ticked[nothing] = False
    ticked[nothing, picked[nothing]] = True
    ticked &= given[:, np.newaxis]
    return {f"{name}.{code}": ticked[:, place] for place, code in enumerate(question.codes)}


def _given(responses: Responses) -> npt.NDArray[np.bool_]:
    """Return who gave which answer: a column for every answer that there is."""
    return np.column_stack(list(_columns(responses)))


def _columns(responses: Responses) -> Iterator[npt.NDArray[np.bool_]]:
    for question in responses.questionnaire.questions:
        if question.kind == "multiple":
            yield from responses.ticked(question.id).T
            continue
        items: list[str | None] = [item.id for item in question.items]
        for item in items or [None]:
            yield responses.answered(question.id, item)
            if question.codes:
                codes = responses.codes(question.id, item)
                yield from (codes == place for place in range(len(question.codes)))


def _rare(usual: npt.NDArray[np.bool_], searched: npt.NDArray[np.bool_], n: int) -> list[int]:
    """Choose those who, in place of the last of the usual respondents, give what nobody else gives."""
    chosen: list[int] = []
    while len(chosen) < n // 2:
        missing = ~usual[: n - len(chosen)].any(axis=0) & ~searched[chosen].any(axis=0)
        gives = searched[:, missing].sum(axis=1)
        best = int(gives.argmax()) if missing.any() else 0
        if not missing.any() or not gives[best]:
            break
        chosen.append(best)
    return chosen
