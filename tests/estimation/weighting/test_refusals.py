"""What cannot be weighted is refused, with the group and the repair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from srsmeting.errors import DesignError, UnknownNameError
from srsmeting.estimation import Margin, poststratify, rake


def margin(name: str, place: list[int], population: list[float], merged: tuple[str, ...] = ()) -> Margin:
    groups = tuple("abcdef"[: len(population)])
    return Margin(name, groups, np.array(place, dtype=np.intp), np.array(population, dtype=np.float64), merged)


CASES: dict[str, tuple[Callable[[], Any], str]] = {
    "nobody responded": (
        lambda: rake([margin("wgo", [0, 0], [6, 4])]),
        "rake(): margin 'wgo': group 'b' has 4 in the frame, and nobody in it responded. Merge it with another group: "
        "weight to a grouping of the questionnaire.",
    ),
    "nobody responded, and a grouping may do": (
        lambda: poststratify(margin("wgo", [0, 0], [6, 4], ("wgo_samen",))),
        "rake(): margin 'wgo': group 'b' has 4 in the frame, and nobody in it responded. Merge it with another group: "
        "weight to a grouping of the questionnaire. 'wgo_samen' will do.",
    ),
    "nobody to stand for": (
        lambda: rake([margin("wgo", [0, 1, 1], [6, 0])]),
        "rake(): margin 'wgo': group 'b' has nobody in the frame, and 2 respondents are in it. Correct the frame or "
        "the answers, or merge the group with another one.",
    ),
    "one who stands for nobody": (
        lambda: rake([margin("wgo", [0, 1, 0], [6, 0])]),
        "rake(): margin 'wgo': group 'b' has nobody in the frame, and 1 respondent is in it. Correct the frame or "
        "the answers, or merge the group with another one.",
    ),
    "other totals": (
        lambda: rake([margin("wgo", [0, 1], [6, 4]), margin("branche", [0, 1], [6, 5])]),
        "rake(): margin 'branche': adds up to 11, and 'wgo' to 10. Margins must be of the same population: count both "
        "in the same unit, from the same frame.",
    ),
    "no answer": (
        lambda: rake([margin("wgo", [0, 1, -1, -1], [6, 4])]),
        "rake(): margin 'wgo': 2 respondents have no group in it, and the frame has no such group. Complete the "
        "answers, leave the margin out, or set unknown to own_group: they then keep their part of the population.",
    ),
    "all at once": (
        lambda: rake([margin("wgo", [0, 0, 2], [6, 4, 0]), margin("branche", [0, 1, -1], [6, 4])]),
        "rake(): margin 'wgo': group 'b' has 4 in the frame, and nobody in it responded. Merge it with another group: "
        "weight to a grouping of the questionnaire.\n"
        "rake(): margin 'wgo': group 'c' has nobody in the frame, and 1 respondent is in it. Correct the frame or "
        "the answers, or merge the group with another one.\n"
        "rake(): margin 'branche': 1 respondent has no group in it, and the frame has no such group. Complete the "
        "answers, leave the margin out, or set unknown to own_group: they then keep their part of the population.",
    ),
    "bounds too narrow for a group": (
        # 5 each before; the south has 2, at least 0.5 x 5.
        lambda: rake([margin("wgo", [0, 1], [8, 2])], bounds=(0.5, 2)),
        "rake(): margin 'wgo': group 'b' has 2 in the frame, and its respondents stand for 2.5 at least under bounds "
        "0.5 and 2. Allow smaller weights, or merge the group with another one.",
    ),
    "trim too low for a group": (
        lambda: rake([margin("wgo", [0, 1], [8, 2])], trim=1.5),
        "rake(): margin 'wgo': group 'a' has 8 in the frame, and its respondents stand for 7.5 at most under trim 1.5. "
        "Allow larger weights, or merge the group with another one.",
    ),
    "margins that contradict each other": (
        lambda: rake([margin("a", [0, 1], [5, 5]), margin("b", [0, 1], [4, 6])]),
        "rake(): margins 'a' and 'b' cannot be met together by these respondents: group 'b' of 'b' has 6 in the frame "
        "and comes to 5. Merge groups: weight to a grouping of the questionnaire.",
    ),
    "margins that make somebody vanish": (
        lambda: rake([margin("a", [0, 1, 1], [5, 5]), margin("b", [0, 1, 0], [5, 5])]),
        "rake(): margins 'a' and 'b' can be met only if respondents in 'a' 'b' and 'b' 'a' count for nothing. Merge "
        "groups: weight to a grouping of the questionnaire.",
    ),
    "one bound": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], bounds=(0.5,)),  # type: ignore[arg-type]
        "rake(): bounds are (0.5,). Give two numbers, such as (0.3, 3).",
    ),
    "bounds that are no numbers": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], bounds=("x", 3)),  # type: ignore[arg-type]
        "rake(): bounds are ('x', 3). Give two numbers, such as (0.3, 3).",
    ),
    "a bound that is no pair": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], bounds=3),  # type: ignore[arg-type]
        "rake(): bounds are 3. Give two numbers, such as (0.3, 3).",
    ),
    "a trim that is no number": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], trim="x"),  # type: ignore[arg-type]
        "rake(): trim is 'x'. Give a number above 1, such as 5.",
    ),
    "bounds the wrong way round": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], bounds=(3, 0.3)),
        "rake(): bounds are 3 and 0.3. They are ratios to the base weight: give one from 0 to below 1 and one above 1, "
        "such as 0.3 and 3.",
    ),
    "a trim of nothing": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], trim=1),
        "rake(): trim is 1 times the mean weight. Give a number above 1, such as 5.",
    ),
    "a bound above the trim": (
        lambda: rake([margin("wgo", [0, 0, 0, 1], [6, 4])], [9, 1, 1, 1], bounds=(0.9, 5), trim=2),
        "rake(): the base weight of respondent 0 is 3 times the mean, so that its lower bound lies above the trim of "
        "2. Lower the bound, or raise the trim.",
    ),
    "no margins": (lambda: rake([]), "rake(): no margins. Name what to weight to, such as 'wgo'."),
    "a margin twice": (
        lambda: rake([margin("wgo", [0, 1], [6, 4]), margin("wgo", [0, 1], [6, 4])]),
        "rake(): margin 'wgo' stands twice. Name each once.",
    ),
    "other respondents": (
        lambda: rake([margin("wgo", [0, 1], [6, 4]), margin("branche", [0, 1, 1], [6, 4])]),
        "rake(): margin 'branche' has 3 respondents, and 'wgo' has 2. Give one place for each.",
    ),
    "nobody": (
        lambda: rake([margin("wgo", [], [6, 4])]),
        "rake(): there are no respondents, so there is nobody to weight.",
    ),
    "too few base weights": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], [1]),
        "rake(): 1 base weights for 2 respondents. Give one for each.",
    ),
    "a base weight of 0": (
        lambda: rake([margin("wgo", [0, 1], [6, 4])], [1, 0]),
        "rake(): the base weight of respondent 1 is 0, not a positive number. Leave out who does not count.",
    ),
    "sizes of other groups": (
        lambda: Margin("wgo", ("a", "b"), [0, 1], [6]),  # type: ignore[arg-type]
        "margin 'wgo': 1 sizes for 2 groups. Give one for each.",
    ),
    "a size that is no number": (
        lambda: margin("wgo", [0, 1], [6, np.nan]),
        "margin 'wgo': the population of 'b' is nan. Give a number of at least 0.",
    ),
    "an empty population": (
        lambda: margin("wgo", [0, 1], [0, 0]),
        "margin 'wgo': the population is empty. Give how many each group has.",
    ),
    "a group that does not exist": (
        lambda: margin("wgo", [0, 2], [6, 4]),
        "margin 'wgo': respondent 1 is in group 2, and there are 2 (from 0). Give -1 where the group is not known.",
    ),
    "names for places": (
        lambda: Margin("wgo", ("a", "b"), ["a", "b"], [6, 4]),  # type: ignore[arg-type]
        "margin 'wgo': place needs the position of its group for each respondent. Give whole numbers.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refused(case: str) -> None:
    work, message = CASES[case]
    with pytest.raises(DesignError) as caught:
        work()
    assert str(caught.value) == message


def test_bounds_that_each_margin_alone_can_meet() -> None:
    # One respondent in every cell, 5 each before. With x in the first, the last has x - 6.
    one, other = margin("a", [0, 0, 1, 1], [13, 7]), margin("b", [0, 1, 0, 1], [13, 7])
    # At most 1.65 x 5 = 8.25; at least 0.4 x 5 = 2 of 2.25.
    weights = rake([one, other], bounds=(0.4, 1.65)).final
    np.testing.assert_allclose(weights, [8.25, 4.75, 4.75, 2.25], rtol=1e-12)
    # At most 7.5, and at least 6 + 3: no weights are that, though 15 is enough for 13, and 6 not too much for 7.
    with pytest.raises(DesignError) as caught:
        rake([one, other], bounds=(0.6, 1.5))
    told = str(caught.value)
    assert told.startswith("rake(): margins 'a' and 'b' cannot be met together by these respondents: group ")
    assert told.endswith("Widen the bounds or the trim, or merge groups: weight to a grouping of the questionnaire.")


def test_another_way_for_unknown_groups() -> None:
    with pytest.raises(UnknownNameError) as caught:
        rake([margin("wgo", [0, 1], [6, 4])], unknown="own_grup")
    assert str(caught.value) == (
        "rake(): no way for unknown groups 'own_grup'. Did you mean 'own_group'? Known: 'refuse', 'own_group'."
    )
