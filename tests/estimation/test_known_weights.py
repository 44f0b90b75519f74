"""What the audit takes for known of weights, and what it says that it leaves out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.estimation.known_weights import known_weights, unexamined
from srsmeting.questionnaire import Questionnaire


@pytest.fixture
def asked(ask: Any) -> Questionnaire:
    questionnaire: Questionnaire = ask(
        {"id": "regio", "kind": "single", "categories": ["a", "b", "c"]},
        {"id": "rol", "kind": "single", "categories": ["hr", "directie"]},
        {"id": "lid", "kind": "single", "categories": ["ja", "nee"]},
        groupings=[
            {
                "id": "deel",
                "of": "regio",
                "label": "Deel",
                "groups": [{"code": "bc", "label": "b, c", "of": ["b", "c"]}],
            }
        ],
    )
    return questionnaire


def weights(question: str, by: str, **groups: float) -> pd.DataFrame:
    return estimate_frame(
        {
            "meting": "proef-1",
            "question": question,
            "by": by,
            "group": list(groups),
            "measure": "weight",
            "estimate": list(groups.values()),
            "method": "weight",
        }
    )


def shares(by: str, group: str, method: str = "wilson_weighted") -> pd.DataFrame:
    key = {"meting": "proef-1", "question": "lid", "category": "ja", "by": by, "group": group, "measure": "share"}
    return estimate_frame(key | {"estimate": 0.5, "denominator": 40, "method": method})


NEVER = "the intervals of weighted figures, and weighted means"


def test_weights_by_answer(asked: Questionnaire) -> None:
    frame = bind_estimates(weights("", "deel", a=1.5, bc=0.75), weights("lid", "deel", a=1.0, bc=1.0))
    known = known_weights(frame, asked)
    assert known is not None
    assert (known.by, known.source) == ("deel", "regio")
    assert known.of("rol") == {"a": 1.5, "b": 0.75, "c": 0.75}
    assert known.of("lid") == {"a": 1.0, "b": 1.0, "c": 1.0}


def test_who_gave_no_answer_has_a_weight_too(asked: Questionnaire) -> None:
    known = known_weights(weights("", "regio", **{"a": 1.2, "b": 0.9, "(no answer)": 1.0}), asked)
    assert known is not None
    # Nobody responded in c.
    assert known.of("lid") == {"a": 1.2, "b": 0.9, "": 1.0}


def test_two_margins_are_not_known(asked: Questionnaire) -> None:
    both = bind_estimates(weights("", "regio", a=1.5), weights("", "rol", hr=1.0))
    assert known_weights(both, asked) is None
    assert known_weights(weights("", "regio*rol", **{"a*hr": 1.0}), asked) is None
    assert unexamined(bind_estimates(both, shares("", "")), asked) == (
        "weighted shares: the weights do not follow from one margin alone",
        NEVER,
    )


def test_what_is_left_out(asked: Questionnaire) -> None:
    assert unexamined(shares("", "", "wilson"), asked) == ()
    told = weights("", "regio", a=1.5, b=1.0, c=0.5)
    assert unexamined(bind_estimates(told, shares("", ""), shares("deel", "bc")), asked) == (NEVER,)
    frame = bind_estimates(told, shares("rol", "hr"), shares("regio*rol", "a*hr"))
    assert unexamined(frame, asked) == (
        "weighted shares by 'rol', 'regio*rol', within whose groups weights differ",
        NEVER,
    )
