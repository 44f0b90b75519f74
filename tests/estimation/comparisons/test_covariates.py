"""What is corrected for must not tell of groups that are hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, pick
from srsmeting.estimation import Design, PublicationRules, apply_publication_rules, estimate_shares
from srsmeting.estimation.comparisons import adjusted_shares
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses

#: Region, size, answer and how many. Regions c and d have 6 and 7 respondents.
CELLS = [
    *[("a", "klein", "ja", 9), ("a", "klein", "nee", 6), ("a", "groot", "ja", 8), ("a", "groot", "nee", 12)],
    *[("b", "klein", "ja", 7), ("b", "klein", "nee", 8), ("b", "groot", "ja", 9), ("b", "groot", "nee", 6)],
    *[("c", "klein", "ja", 2), ("c", "klein", "nee", 1), ("c", "groot", "ja", 1), ("c", "groot", "nee", 2)],
    *[("d", "klein", "ja", 1), ("d", "klein", "nee", 3), ("d", "groot", "ja", 2), ("d", "groot", "nee", 1)],
]
Publish = Callable[[list[tuple[str, str, str, int]]], pd.DataFrame]


@pytest.fixture
def three(ask: Any) -> Questionnaire:
    made: Questionnaire = ask(
        {"id": "regio", "kind": "single", "categories": ["a", "b", "c", "d"]},
        {"id": "maat", "kind": "single", "categories": ["klein", "groot"]},
        {"id": "lid", "kind": "single", "categories": ["ja", "nee"]},
    )
    return made


@pytest.fixture
def publish(three: Questionnaire, respond: Any) -> Callable[..., pd.DataFrame]:
    def run(cells: list[tuple[str, str, str, int]], breakdowns: tuple[str, ...] = ("regio", "maat")) -> pd.DataFrame:
        rows = [{"regio": r, "maat": m, "lid": lid} for r, m, lid, number in cells for _ in range(number)]
        responses: Responses = respond(three, rows)
        plan = Design.simple_random(responses.n, 200)
        frame = bind_estimates(*(estimate_shares(responses, plan, by=by) for by in (None, *breakdowns)))
        published = apply_publication_rules(frame, PublicationRules.linked(three, breakdowns))
        options: dict[str, Any] = {"corrected_for": "regio", "published": published, "min_base": 10}
        return adjusted_shares(responses, plan, "lid", "maat", **options)

    return run


def shares(frame: pd.DataFrame) -> list[float]:
    return [
        float(pick(frame, "lid", "ja", by="maat", group=group, measure="adjusted_share")["estimate"])
        for group in ("klein", "groot")
    ]


def moved(*changes: tuple[int, int]) -> list[tuple[str, str, str, int]]:
    cells = list(CELLS)
    for at, more in changes:
        cells[at] = (*cells[at][:3], cells[at][3] + more)
    return cells


def test_two_respondents_of_hidden_regions_may_change_answers(publish: Publish) -> None:
    # A small one of c who says yes, and a small one of d who says no.
    swapped = publish(moved((8, -1), (9, 1), (12, 1), (13, -1)))
    pd.testing.assert_frame_equal(publish(CELLS), swapped, rtol=1e-9)


def test_they_are_one_group_in_the_regression(publish: Publish) -> None:
    as_one = [("c" if region == "d" else region, *rest) for region, *rest in CELLS]
    np.testing.assert_allclose(shares(publish(CELLS)), shares(publish(as_one)), rtol=1e-9)


def test_that_all_of_a_hidden_region_say_the_same_does_not_show(publish: Publish) -> None:
    alike = publish(moved((9, -1), (8, 1), (11, -2), (10, 2)))
    assert [pick(alike, "lid", "ja", by="maat", group=g, measure="adjusted_share")["status"] for g in ("klein", "groot")] \
        == ["A", "A"]  # fmt: skip


def test_regions_that_no_table_is_made_by_are_judged_by_their_base(publish: Callable[..., pd.DataFrame]) -> None:
    np.testing.assert_allclose(shares(publish(CELLS, ("maat",))), shares(publish(CELLS)), rtol=1e-9)


def test_where_all_regions_must_be_taken_together_nothing_is_left(publish: Publish) -> None:
    few = [cell for cell in CELLS if cell[0] in "cd"]
    # 13 respondents: both regions are hidden, and a correction for one group is none.
    frame = publish([(*cell[:3], 3 * cell[3] if cell[0] == "d" else cell[3]) for cell in few])
    rows = frame[frame["measure"] == "adjusted_share"]
    assert set(rows["status"]) == {"Q"}
    assert set(rows["reason"]) == {"complementary"}
    assert frame[["estimate", "se", "numerator", "denominator"]].isna().all(axis=None)
