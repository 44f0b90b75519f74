"""A frame whose organisations are in two groups, and respondents of whom the organisation is known or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

from srsmeting.dispositions import DISPOSITIONS, NOTHING, Outcomes
from srsmeting.population import Population
from srsmeting.questionnaire import Questionnaire
from srsmeting.responses import Responses

Fielded = tuple[Responses, Population, Outcomes]


@pytest.fixture
def field(ask: Callable[..., Questionnaire], respond: Callable[..., Responses]) -> Callable[..., Fielded]:
    """Make respondents, a frame and what came in, from a line per organisation: its region and what became of it.

    What the frame tells of an organisation stands behind ``frame:``. Regions of respondents who are not found in the
    frame are `strangers`.
    """
    questionnaire = ask(
        {"id": "wgo", "kind": "single", "categories": ["noord", "zuid", "west"]},
        {"id": "grootte", "kind": "single", "categories": ["klein", "groot"]},
    )

    def make(
        lines: Sequence[tuple[str | None, str]], strangers: Sequence[str | None] = (), sizes: Sequence[str] = ()
    ) -> Fielded:
        declared = [became.removeprefix("frame:") if became.startswith("frame:") else "" for _, became in lines]
        came = [became if became in DISPOSITIONS else "" for _, became in lines]
        organisations = pd.DataFrame(
            {
                "token": [f"t{number}" for number in range(len(lines))],
                "wgo": pd.Categorical([region for region, _ in lines], categories=["noord", "zuid", "west"]),
            }
        )
        if sizes:
            organisations["grootte"] = pd.Categorical(sizes, categories=["klein", "groot"])
        if any(declared):
            organisations["disposition"] = pd.array(declared, dtype="str")
        places = [row for row, became in enumerate(came) if became in ("complete", "partial")]
        regions = [lines[row][0] for row in places] + list(strangers)
        outcomes = Outcomes(
            np.array([DISPOSITIONS.index(became) if became else NOTHING for became in came], dtype=np.int8),
            np.array([*places, *[-1] * len(strangers)], dtype=np.intp),
            np.array([*(came[row] == "partial" for row in places), *[False] * len(strangers)], dtype=np.bool_),
        )
        responses = respond(questionnaire, [{"wgo": region, "grootte": None} for region in regions])
        return responses, Population(organisations, "frame.csv", questionnaire), outcomes

    return make
