"""Targets in, responses out."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import FAULTS_SHOWN, SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses
from srsmeting.synthesis import cells
from srsmeting.synthesis.blocks import MOST_CELLS, Conflict, Solver, TooManyCellsError
from srsmeting.synthesis.cells import Key, Logic, Part, Table, make_parts
from srsmeting.synthesis.targets import Target, bind_targets

Block = tuple[Key, ...]


def synthesise(questionnaire: Questionnaire, n: int, *, targets: Sequence[Target] = (), seed: int) -> Responses:
    """Invent responses that meet targets exactly; without targets, dummy data for any questionnaire.

    The questions are answered in the order of fieldwork, one at a time, by groups of respondents that the targets and
    the routing do not tell apart. Each time a plausible distribution is raked to the targets and rounded to whole
    respondents by an integer program; targets about later questions are guarded by what can still become of them.
    Where one question at a time leads nowhere, questions that share targets are answered together.

    Nothing is known of what the targets leave open: there the answers to different questions are independent, and any
    relation found between them is chance.

    Parameters
    ----------
    questionnaire
        What is asked; its routing is honoured.
    n
        Number of respondents, at least 1.
    targets
        Numbers that must come out, from :func:`read_targets` or made in Python.
    seed
        The same seed gives the same responses (with the same versions of NumPy and SciPy); another seed gives others
        that meet the same targets.

    Returns
    -------
    Responses
        Every question that is asked is answered, except open questions and numbers, and questions of which a target
        says how many answered.

    Raises
    ------
    SynthesisError
        When `n` is not a positive number; when a target names what does not exist; when targets contradict each other
        or the routing. The last message lists targets of which none can be left out.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}],
    ...     "questions": [{"id": "kent", "kind": "single", "title": "Kent", "text": "Kent u het?", "pijler": "a",
    ...                    "fase": "bereik",
    ...                    "categories": [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]},
    ...                   {"id": "cijfer", "kind": "mark", "range": [1, 10], "title": "Cijfer", "text": "Welk cijfer?",
    ...                    "pijler": "a", "fase": "effect", "asked_if": "kent == ja"}]})
    >>> targets = [Target("kent == ja", 30, 30), Target("", 220, 220, total_of="cijfer")]
    >>> responses = synthesise(questionnaire, 50, targets=targets, seed=1)
    >>> responses.where("kent == ja").sum(), responses.answers["cijfer"].dropna().astype(int).sum()
    (np.int64(30), np.int64(220))
    """
    if n < 1:
        raise SynthesisError(f"synthesise(): n is {n}. Ask for at least 1 respondent.")
    bound = bind_targets(targets, questionnaire)
    parts = make_parts(questionnaire, [target.answered for target in bound if target.answered])
    logic = Logic(questionnaire, parts)
    table = _answers(parts, logic, Solver(parts, logic, bound, n), seed)
    return _responses(questionnaire, parts, table, np.random.default_rng(seed))


def _answers(parts: Mapping[Key, Part], logic: Logic, solver: Solver, seed: int) -> Table:
    blocks: list[Block] = [(key,) for key in parts]
    decided: Table = {}
    position = 0
    conflict: Conflict | None = None
    while position < len(blocks):
        block = blocks[position]
        try:
            outcome = solver.answer(block, decided, _stream(seed, block))
        except TooManyCellsError:
            raise _impossible(conflict, block) from None
        if not isinstance(outcome, Conflict):
            decided |= outcome
            position += 1
            conflict = None
            continue
        conflict = outcome
        # Earlier answers may stand in the way: the last of those that matter is answered anew, with this block.
        partner = max((at for at in range(position) if set(blocks[at]) & conflict.keys), default=None)
        if partner is None:
            raise _impossible(conflict, block)
        between = [key for other in blocks[partner + 1 : position] for key in other]
        needed = {*blocks[partner], *block, *(set(between) & logic.depends_on(block))}
        together = tuple(key for key in parts if key in needed)
        blocks[partner:] = [together, *(other for other in blocks[partner:] if not set(other) & needed)]
        kept = {key for earlier in blocks[:partner] for key in earlier}
        decided = {key: column for key, column in decided.items() if key in kept}
        position = partner
    return decided


def _stream(seed: int, block: Block) -> np.random.Generator:
    # Each block has its own stream, so that a target on one question leaves unrelated answers as they were.
    name = " ".join(".".join(key) for key in block)
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def _impossible(conflict: Conflict | None, block: Block) -> SynthesisError:
    asked = ", ".join(repr(".".join(part for part in key if part)) for key in block)
    if conflict is None:
        return SynthesisError(
            f"synthesise(): the targets tell too many groups of respondents apart: {asked} has more than {MOST_CELLS} "
            "combinations of group and answer. Use fewer conditions."
        )
    shown = [f"\n  {bound.target}" for bound in conflict.targets[:FAULTS_SHOWN]]
    hidden = len(conflict.targets) - len(shown)
    if hidden:
        shown.append(f"\n  … and {hidden} more.")
    return SynthesisError(
        f"synthesise(): these targets cannot be met together at {asked}, given the routing and the number of "
        f"respondents. Change one of them.{''.join(shown)}"
    )


def _responses(
    questionnaire: Questionnaire, parts: Mapping[Key, Part], table: Table, rng: np.random.Generator
) -> Responses:
    answers: dict[str, object] = {}
    status: dict[str, object] = {}
    for key, part in parts.items():
        question, column = part.question, table[key]
        name = ".".join(step for step in key if step)
        given = column >= 0
        reasons = [given, column == cells.LEFT_EMPTY]
        status[name] = np.select(reasons, [ANSWERED, NO_ANSWER], NOT_ASKED).astype(np.int8)
        if question.kind == "open":
            answers[name] = given
        elif question.kind == "number":
            answers[name] = np.where(given, np.rint(rng.lognormal(3, 1, len(column))), np.nan)
        elif question.kind == "multiple":
            ticked = part.ticks[np.maximum(column, 0)] & given[:, np.newaxis]
            answers |= {f"{name}.{code}": ticked[:, place] for place, code in enumerate(question.codes)}
        else:
            codes: npt.NDArray[np.int64] = np.where(given, part.ticks.argmax(axis=1)[np.maximum(column, 0)], -1)
            answers[name] = pd.Categorical.from_codes(codes, categories=pd.Index(question.codes))
    return Responses(questionnaire, pd.DataFrame(answers), pd.DataFrame(status))
