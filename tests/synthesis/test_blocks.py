"""What is possible is found: targets taken from responses that exist can always be met."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.questionnaire import parse_questionnaire
from srsmeting.synthesis import Target, synthesise

_FIXED = {"title": "T", "text": "T?", "pijler": "a", "fase": "bereik"}
_LETTERS = [{"code": code, "label": code} for code in "xyz"]
QUESTIONNAIRE = parse_questionnaire(
    {
        "meting": "m",
        "title": "M",
        "pijlers": [{"id": "a", "label": "A"}],
        "questions": [
            _FIXED | {"id": "a", "kind": "single", "categories": _LETTERS},
            _FIXED | {"id": "b", "kind": "single", "categories": _LETTERS},
            _FIXED | {"id": "c", "kind": "single", "categories": _LETTERS, "asked_if": "a == x"},
            _FIXED | {"id": "m", "kind": "mark", "range": [1, 4]},
            _FIXED | {"id": "k", "kind": "multiple", "categories": _LETTERS, "asked_if": "b == x or a == y"},
            _FIXED | {"id": "o", "kind": "open", "asked_if": "selected(k, x)"},
        ],
    }
)
_ATOMS = st.sampled_from(
    [
        *(f"{question} == {code}" for question in "abc" for code in "xyz"),
        *(f"m == {mark}" for mark in range(1, 5)),
        *(f"selected(k, {code})" for code in "xyz"),
        "c != x",
        "m in [3, 4]",
    ]
)
EXPRESSIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda part: f"not ({part})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=4,
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    conditions=st.lists(
        st.tuples(EXPRESSIONS, st.sampled_from(["count", "total", "answered"])), min_size=1, max_size=8
    ),
    seed=st.integers(0, 1000),
)
def test_targets_that_someone_meets_are_met(conditions: list[tuple[str, str]], seed: int) -> None:
    existing = synthesise(QUESTIONNAIRE, 40, seed=seed)
    marks = existing.answers["m"].astype("int64").to_numpy()
    targets = []
    for where, what in conditions:
        holds = existing.where(where)
        if what == "total":
            total = int(marks[holds].sum())
            targets.append(Target(where, total, total, total_of="m"))
        else:
            reached = int((holds & existing.answered("o") if what == "answered" else holds).sum())
            targets.append(Target(where, reached, reached, answered="o" if what == "answered" else ""))

    invented = synthesise(QUESTIONNAIRE, 40, targets=targets, seed=seed + 1)

    for target in targets:
        holds = invented.where(target.where)
        if target.total_of:
            assert invented.answers["m"].astype("int64").to_numpy()[holds].sum() == target.low
        elif target.answered:
            assert np.sum(holds & invented.answered("o")) == target.low
        else:
            assert holds.sum() == target.low
