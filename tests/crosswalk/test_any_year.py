"""Whatever two things change at once: a proposal is made, refused until it is decided, and then loses nobody."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from srsmeting.crosswalk import common_ground, harmonise

Make = Callable[..., Any]

CHANGES = {
    "text": ("Kent u het", "Bent u bekend met het"),
    "routing": ("asked_if: bekend == inhoud", "asked_if: bekend != niet"),
    "base": ("outside_base: [dont_know]", "outside_base: []"),
    "range": ("[1, 10]", "[0, 10]"),
    "kind": ("id: fte, kind: number", "id: fte, kind: open"),
    "label": ("label: Noord}", "label: Noord-Nederland}"),
    "code": ("code: zuid,", "code: zuidelijk,"),
    "more": ("label: Beleid}", "label: Beleid}, {code: scholing, label: Scholing}"),
    "less": (", {code: oost, label: Oost}", ""),
    "split": ("{code: vvt, label: VVT}", "{code: wijk, label: Wijkverpleging}, {code: verpleging, label: Verpleging}"),
    "question": (
        "  - {id: fte",
        "  - {id: extra, kind: number, title: N, text: N, pijler: basis, fase: algemeen}\n  - {id: fte",
    ),
    "renamed": ("id: impact", "id: gevolg"),
    "statement": ("id: beter, label: Het is beter", "id: sneller, label: Snel"),
    "sum": ("of: [inhoud, gehoord]}", "of: [inhoud, niet]}"),
    "group": ("of: [ggz, jeugd]}", "of: [ggz]}"),
    "theme": ("label: Imago}", "label: Beeld}"),
}


def decide(row: tuple[str, ...]) -> tuple[str, ...]:
    """Decide on a row as carefully as can be: what is not certain is another thing, or cannot be compared."""
    *names, kind, comparable, reason = row
    if kind == "?":
        kind = (
            "dropped"
            if not names[2]
            else "new"
            if not names[0]
            else "base_changed"
            if names[0] == "effect"
            else "wording_changed"
            if names[0] != "bekend/samen"
            else "renamed"
        )
    if comparable == "?":
        comparable, reason = ("no", "") if kind in ("new", "dropped") else ("break", "Anders.")
    return (*names, kind, comparable, reason)


NAMES = list(CHANGES)
#: Every change with the next one, and with one further on.
PAIRS = [(name, NAMES[(n + step) % len(NAMES)]) for step in (1, 5) for n, name in enumerate(NAMES)]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_no_answer_is_lost_in_what_can_be_compared(draft: Make, responses: Make, pair: tuple[str, str]) -> None:
    work = draft(*(CHANGES[name] for name in pair))
    is_open = any("?" in row[4:6] for row in work.rows)
    if is_open:
        assert work.refused().count(" still open. Decide: ") == sum("?" in row[4:6] for row in work.rows)
    work.rows = [decide(row) for row in work.rows]
    crosswalk = work.read()

    common = common_ground(crosswalk)
    for questionnaire in (crosswalk.earlier, crosswalk.later):
        given: dict[str, list[Any]] = {}
        for question in questionnaire.questions:
            codes = [*question.codes, None, ""]
            columns = [f"{question.id}_{item.id}" for item in question.items] or [question.id]
            for column in columns:
                values = [codes[n % len(codes)] for n in range(30)]
                given[column] = (
                    [[value] if value else value for value in values] if question.kind == "multiple" else values
                )
                if question.kind in ("number", "open"):
                    given[column] = [3.5, None, ""] * 10
        before = responses(questionnaire, **given)
        after = harmonise(before, common)
        for question in after.questionnaire.questions:
            own = crosswalk.question(question.id).orig_id if questionnaire is crosswalk.earlier else question.id
            for item in [entry.id for entry in question.items] or [None]:
                assert np.array_equal(after.answered(question.id, item), before.answered(own, item))
                if question.kind in ("single", "statements", "mark"):
                    assert np.array_equal(after.codes(question.id, item) >= 0, before.codes(own, item) >= 0)
    apart = crosswalk.set_apart()
    assert set(apart["comparable"]) <= {"break", "no"}
    assert set(apart.loc[apart["reason"] == "", "kind"]) <= {"new", "dropped"}
