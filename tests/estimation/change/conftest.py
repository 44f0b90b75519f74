"""Two measurements of invented organisations, and the errors of changes worked out respondent by respondent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from srsmeting.estimation import Design
from srsmeting.estimation.change import Wave
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.responses import Responses

Numbers: TypeAlias = npt.NDArray[np.float64]

QUESTIONS = {
    "meting": "m-2",
    "title": "Proef",
    "respondents": "respondenten",
    "pijlers": [{"id": "basis", "label": "Basis"}, {"id": "extra", "label": "Extra"}],
    "questions": [
        {
            "id": "oordeel",
            "kind": "single",
            "categories": [{"code": code, "label": code} for code in ("goed", "matig", "slecht")],
            "sums": [{"code": "niet_slecht", "label": "-", "of": ["goed", "matig"]}],
            "pijler": "basis",
        },
        {
            "id": "vormen",
            "kind": "multiple",
            "categories": [{"code": code, "label": code} for code in ("a", "b", "c")],
            "sums": [{"code": "ab", "label": "-", "of": ["a", "b"]}],
            "pijler": "extra",
        },
        {"id": "cijfer", "kind": "mark", "range": [1, 10], "pijler": "extra"},
        {"id": "aantal", "kind": "number", "pijler": "basis"},
        {
            "id": "regio",
            "kind": "single",
            "categories": [{"code": code, "label": code} for code in ("noord", "zuid", "west")],
            "pijler": "basis",
        },
    ],
}


def _questionnaire() -> Questionnaire:
    document: dict[str, Any] = dict(QUESTIONS)
    document["questions"] = [
        {"title": str(question["id"]), "text": "?", "fase": "bereik", **question} for question in QUESTIONS["questions"]
    ]
    return parse_questionnaire(document)


Answer: TypeAlias = Callable[..., Responses]


def answer(
    oordeel: Sequence[str | None],
    vormen: Sequence[str | None] | None = None,
    cijfer: Sequence[int | None] | None = None,
    aantal: Sequence[float | None] | None = None,
    regio: Sequence[str | None] | None = None,
) -> Responses:
    """Make responses; None is a question left empty, options are letters in one text."""
    n = len(oordeel)
    given = {"oordeel": oordeel, "vormen": vormen, "cijfer": cijfer, "aantal": aantal, "regio": regio}
    filled = {name: list(values) if values is not None else [None] * n for name, values in given.items()}
    status = pd.DataFrame(
        {name: np.array([value is None for value in values], dtype=np.int8) for name, values in filled.items()}
    )
    marks = [str(mark) for mark in range(1, 11)]
    answers = {
        "oordeel": pd.Categorical(filled["oordeel"], categories=["goed", "matig", "slecht"]),
        **{f"vormen.{code}": np.array([code in (v or "") for v in filled["vormen"]]) for code in "abc"},
        "cijfer": pd.Categorical([None if v is None else str(v) for v in filled["cijfer"]], categories=marks),
        "aantal": np.array([np.nan if v is None else v for v in filled["aantal"]], dtype=np.float64),
        "regio": pd.Categorical(filled["regio"], categories=["noord", "zuid", "west"]),
    }
    return Responses(_questionnaire(), pd.DataFrame(answers), status)


@dataclass(frozen=True)
class Town:
    """Organisations whose answers in both years are known.

    `first` and `second` have the columns oordeel, vormen, cijfer, aantal, regio and grootte of who is in that year,
    under the name of the organisation.
    """

    first: pd.DataFrame
    second: pd.DataFrame

    def wave(self, year: int, chosen: Sequence[str], design: Design | None = None, **more: Any) -> Wave:
        """Return a measurement in which these organisations responded."""
        table = (self.first, self.second)[year - 1]
        rows = table.loc[list(chosen)]
        columns = {name: rows[name].tolist() for name in ("oordeel", "vormen", "cijfer", "aantal", "regio")}
        made = Design.simple_random(len(rows), len(table)) if design is None else design
        kept = {"units": list(chosen), "frame": table.index.tolist()} | more
        return Wave(answer(**columns), made, meting=f"m-{year}", **kept)


def town(size: int, births: int, deaths: int, seed: int) -> Town:
    """Invent organisations that stay, and some that come and go; answers of the same one are alike."""
    rng = np.random.default_rng(seed)
    total = size + births + deaths
    names = [f"o{number:04d}" for number in range(total)]
    leaning = rng.normal(size=total)
    region = rng.choice(["noord", "zuid", "west"], total, p=[0.5, 0.3, 0.2])

    def year(shift: float, moved: float) -> pd.DataFrame:
        own = leaning + shift + rng.normal(scale=0.7, size=total)
        place = np.where(rng.random(total) < moved, rng.choice(["noord", "zuid", "west"], total), region)
        ticks = ["".join(c for c in "abc" if rng.random() < 0.3 + 0.2 * (x > 0)) for x in own]
        empty = rng.random(total) < 0.1
        return pd.DataFrame(
            {
                "oordeel": [
                    None if e else "goed" if x > 0.5 else "matig" if x > -0.6 else "slecht"
                    for x, e in zip(own, empty, strict=True)
                ],
                "vormen": ticks,
                "cijfer": np.clip(np.rint(6.5 + 1.2 * own), 1, 10).astype(int),
                "aantal": np.exp(1 + 0.5 * own),
                "regio": place,
                "grootte": np.where(leaning + rng.normal(scale=0.3, size=total) > 0.4, 1, 0),
            },
            index=names,
        )

    return Town(year(0.0, 0.0).iloc[: size + deaths], year(0.25, 0.1).drop(index=names[size : size + deaths]))


@pytest.fixture(scope="session")
def make_town() -> Callable[[int, int, int, int], Town]:
    """Make a town: how many stay, come and go, and a seed."""
    return town


@pytest.fixture(scope="session")
def make_answers() -> Answer:
    """Make responses."""
    return answer
