"""The disposition report, and respondents beside the frame."""

from __future__ import annotations

import pandas as pd
import pytest

from srsmeting.errors import ReportError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.nonresponse_tables import composition_table, disposition_table
from srsmeting.presentation.semantic_table import Table
from srsmeting.questionnaire import Questionnaire


def lines(table: Table) -> list[str]:
    return [" | ".join([row.group, row.header, *map(str, row.cells)]) for row in (*table.rows, *table.foot)]


def rows(measure: str, counts: dict[str, tuple[int, int]], by: str = "", key: str = "group") -> pd.DataFrame:
    names = list(counts)
    return estimate_frame(
        {
            "meting": "m-2021",
            "by": by,
            key: names,
            "measure": measure,
            "estimate": [count / base for count, base in counts.values()],
            "numerator": [count for count, _ in counts.values()],
            "denominator": [base for _, base in counts.values()],
        }
    )


def test_only_what_happened_is_shown(questionnaire: Questionnaire) -> None:
    counts = {"complete": (301, 985), "partial": (0, 985), "break_off": (7, 985), "non_contact": (677, 985)}
    table = disposition_table(
        rows("disposition", counts, key="category"), questionnaire, caption="Uitkomst", source="Enquête"
    )
    assert table.id == "tbl-uitkomst"
    assert lines(table) == [
        " | Volledig ingevuld | 301 | 31%",
        " | Begonnen, maar niet afgemaakt | 7 | 1%",
        " | Geen reactie | 677 | 69%",
        " | Totaal | 985 | 100%",
    ]
    # 31, 1 and 69 make 101.
    assert table.lines() == ("Door afronding tellen de percentages niet op tot 100.", "Bron: Enquête")


def test_nothing_is_said_of_rounding_where_it_adds_up(questionnaire: Questionnaire) -> None:
    frame = rows("disposition", {"complete": (1, 4), "non_contact": (3, 4)}, key="category")
    assert disposition_table(frame, questionnaire, caption="Uitkomst").lines() == ()


def composition() -> pd.DataFrame:
    difference = estimate_frame(
        {
            "meting": "m-2021",
            "by": "branche",
            "group": ["vvt", "ggz"],
            "measure": "composition_difference",
            "estimate": [0.05, -0.05],
        }
    )
    return bind_estimates(
        rows("frame_share", {"vvt": (60, 80), "ggz": (20, 80)}, "branche"),
        rows("respondents_share", {"vvt": (16, 20), "ggz": (4, 20)}, "branche"),
        difference,
        rows("response_rate_2", {"vvt": (16, 60), "ggz": (4, 20)}, "branche"),
        rows("response_rate_2", {"": (20, 80)}),
    )


def test_respondents_stand_beside_the_frame(questionnaire: Questionnaire) -> None:
    groups = [group.code for group in questionnaire.breakdown("branche").groups]
    frame = composition()
    missing = [group for group in groups if group not in ("vvt", "ggz")]
    if missing:
        empty = [
            rows(measure, dict.fromkeys(missing, (0, 10)), "branche")
            for measure in ("frame_share", "respondents_share", "composition_difference", "response_rate_2")
        ]
        frame = bind_estimates(frame, *empty)
    table = composition_table(frame, questionnaire, ["branche"], caption="Naast elkaar")
    label = questionnaire.breakdown("branche").label
    names = questionnaire.breakdown("branche").labels
    by_hand = {"vvt": "60 | 75% | 16 | 80% | +5 | 27%", "ggz": "20 | 25% | 4 | 20% | −5 | 20%"}
    # A group that is on neither side is left out.
    assert lines(table) == [
        *(f"{label} | {names[group]} | {by_hand[group]}" for group in groups if group in by_hand),
        " | Totaal | 80 | 100% | 20 | 100% |  | 25%",
    ]
    assert table.lines() == ("Verschillen zijn berekend vóór afronding.",)


def test_a_variable_that_the_frame_does_not_know(questionnaire: Questionnaire) -> None:
    other = next(name for name in questionnaire.breakdowns if name != "branche")
    with pytest.raises(ReportError) as caught:
        composition_table(composition(), questionnaire, [other], caption="Naast elkaar")
    assert str(caught.value) == (
        f"estimates: respondents are not held against the frame by {other!r}. Is it a column of frame.csv?"
    )
