"""A question of three years on paper: what each year found, what changed, and one year that may not be compared."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.presentation.years import History, Moment, Noted
from srsmeting.questionnaire import Questionnaire, parse_questionnaire

YES_NO = [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]
QUESTIONS = [
    {"id": "kent", "kind": "single", "title": "Bekendheid", "text": "?", "pijler": "basis", "fase": "bereik"}
    | {"categories": YES_NO},
    {"id": "doet", "kind": "single", "title": "Deelname", "text": "?", "pijler": "leren", "fase": "bereik"}
    | {"categories": YES_NO},
    {"id": "cijfer", "kind": "mark", "title": "Rapportcijfer", "text": "?", "pijler": "basis", "fase": "algemeen"}
    | {"range": [1, 10]},
    {"id": "wgo", "kind": "single", "title": "WGO", "text": "?", "pijler": "basis", "fase": "algemeen"}
    | {"categories": [{"code": "noord", "label": "Noord"}, {"code": "zuid", "label": "Zuid"}]},
]
APART = ("earlier", "later", "question", "item", "category", "by", "group", "kind", "comparable", "reason")


@pytest.fixture
def questionnaire() -> Questionnaire:
    return parse_questionnaire(
        {
            "meting": "m-3",
            "title": "Meting",
            "pijlers": [{"id": "basis", "label": "Basis"}, {"id": "leren", "label": "Leren"}],
            "questions": QUESTIONS,
        }
    )


def level(meting: str, question: str, value: float | None, base: int = 100, **more: str) -> pd.DataFrame:
    """Return a share of "ja", or a mean of the mark."""
    mean = question == "cijfer"
    hidden = more.get("status") in ("Q", "M")
    return estimate_frame(
        {
            "meting": meting,
            "question": question,
            "category": "" if mean else "ja",
            "measure": "mean" if mean else "share",
            "estimate": float("nan") if value is None else value,
            "numerator": pd.NA if mean or hidden else round((value or 0) * base),
            "denominator": pd.NA if hidden else base,
            **more,
        }
    )


def change(meting: str, question: str, value: float, p: float, **more: str) -> pd.DataFrame:
    """Return a change with its corrected p-value, and half of it among the 40 who answered both times."""
    address = {"meting": meting, "question": question, "category": "" if question == "cijfer" else "ja", **more}
    measures = {"change": (value, 100), "change_p_holm": (p, 100), "panel_change": (value / 2, 40)}
    rows = [
        estimate_frame(address | {"measure": name, "estimate": number, "numerator": base, "denominator": base})
        for name, (number, base) in measures.items()
    ]
    return pd.concat(rows, ignore_index=True)


@pytest.fixture(name="level")
def level_() -> Callable[..., pd.DataFrame]:
    """Make the row of a level."""
    return level


@pytest.fixture(name="change")
def change_() -> Callable[..., pd.DataFrame]:
    """Make the rows of a change."""
    return change


@pytest.fixture
def make() -> Callable[..., History]:
    """Make a history of the last of three years, out of rows and what may not be compared."""

    def history(
        *rows: pd.DataFrame,
        apart: list[tuple[str, ...]] | None = None,
        noted: list[tuple[str, str, str, tuple[str, ...], str]] | None = None,
        years: int = 2,
    ) -> History:
        moments = tuple(Moment(f"m-{number}", str(2020 + number)) for number in range(4 - years, 4))
        frame = pd.DataFrame(apart or [], columns=list(APART), dtype="str")
        changed = tuple(
            Noted(moments[-2], moments[-1], (question, "", category, "", ""), kind, of, reason)
            for question, category, kind, of, reason in noted or []
        )
        return History(moments, bind_estimates(*rows), frame, None, changed)

    return history


@pytest.fixture
def risen(make: Callable[..., History]) -> History:
    """From 66 to 71 of 100, significantly."""
    return make(level("m-2", "kent", 0.66), level("m-3", "kent", 0.71), change("m-3", "kent", 0.05, 0.01))


@pytest.fixture
def broken(make: Callable[..., History]) -> History:
    """Three years, with a break between the first two."""
    return make(
        level("m-1", "kent", 0.60, status="B", reason="trend_break"),
        level("m-2", "kent", 0.66),
        level("m-3", "kent", 0.71),
        change("m-3", "kent", 0.05, 0.2),
        apart=[("m-1", "m-2", "kent", "", "", "", "", "wording_changed", "break", "De vraag is korter.")],
        years=3,
    )
