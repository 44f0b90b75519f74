"""Reference numbers of R's survey package, the survey they were computed on, and five respondents to count by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pytest

from srsmeting.estimation import Design, Weights
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses, answer_columns, status_columns

DATA = Path(__file__).parent / "data"

Ask: TypeAlias = Callable[..., Questionnaire]
Respond: TypeAlias = Callable[[Questionnaire, Sequence[Mapping[str, Any]]], Responses]


def _ask(*questions: Mapping[str, Any], groupings: Sequence[Mapping[str, Any]] = ()) -> Questionnaire:
    filled = []
    for question in questions:
        named = {"title": str(question["id"]), "text": "?", "pijler": "basis", "fase": "bereik"} | dict(question)
        if "categories" in named:
            named["categories"] = [
                {"code": entry, "label": entry} if isinstance(entry, str) else {"label": entry["code"]} | entry
                for entry in named["categories"]
            ]
        named["sums"] = [{"label": total["code"]} | total for total in named.get("sums", [])]
        filled.append(named)
    return parse_questionnaire(
        {
            "meting": "proef-1",
            "title": "Proef",
            "respondents": "respondenten",
            "pijlers": [{"id": "basis", "label": "Basis"}],
            "questions": filled,
            "groupings": list(groupings),
        }
    )


def _respond(questionnaire: Questionnaire, rows: Sequence[Mapping[str, Any]]) -> Responses:
    answers: dict[str, Any] = {}
    status: dict[str, Any] = {}
    for question in questionnaire.questions:
        for column in status_columns(question):
            given = [row.get(column, "not asked") for row in rows]
            states = [NOT_ASKED if v == "not asked" else NO_ANSWER if v is None else ANSWERED for v in given]
            values = [value if state == ANSWERED else None for value, state in zip(given, states, strict=True)]
            status[column] = np.array(states, dtype=np.int8)
            if question.kind == "multiple":
                for name, code in zip(answer_columns(question), question.codes, strict=True):
                    answers[name] = np.array([code in (value or ()) for value in values], dtype=np.bool_)
            elif question.kind == "number":
                answers[column] = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
            elif question.kind == "open":
                answers[column] = np.array([bool(value) for value in values], dtype=np.bool_)
            else:
                answers[column] = pd.Categorical(values, categories=list(question.codes))
    index = pd.RangeIndex(len(rows))
    return Responses(questionnaire, pd.DataFrame(answers, index=index), pd.DataFrame(status, index=index))


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Make a questionnaire of questions that say only what matters here."""
    return _ask


@pytest.fixture(scope="session")
def respond() -> Respond:
    """Make responses of rows: a code, codes of options, a number or True; None is left empty, no key is not asked."""
    return _respond


@pytest.fixture(scope="session")
def five() -> Responses:
    """Five respondents, to be counted on the fingers of a hand."""
    questionnaire = _ask(
        {"id": "regio", "kind": "single", "categories": ["a", "b", "c"]},
        {
            "id": "bekend",
            "kind": "single",
            "categories": ["ja", "nee", {"code": "weet_niet", "kind": "dont_know"}],
            "outside_base": ["dont_know"],
        },
        {
            "id": "effect",
            "kind": "multiple",
            "asked_if": "bekend == ja",
            "categories": ["inzicht", "beleid", {"code": "geen", "kind": "none_of_these"}],
            "sums": [{"code": "iets", "of": ["inzicht", "beleid"]}],
        },
        {
            "id": "stelling",
            "kind": "statements",
            "items": [{"id": "s1", "label": "s1"}, {"id": "s2", "label": "s2"}],
            "categories": ["eens", "oneens", {"code": "weet_niet", "kind": "dont_know"}],
            "sums": [{"code": "niet_eens", "of": ["oneens", "weet_niet"]}],
        },
        {"id": "cijfer", "kind": "mark", "range": [5, 8], "sums": [{"code": "laag", "of": ["5", "6"]}]},
        {"id": "jaren", "kind": "number"},
        {"id": "idee", "kind": "open", "asked_if": "bekend == ja"},
        groupings=[
            {
                "id": "deel",
                "of": "regio",
                "label": "Deel",
                "groups": [{"code": "bc", "label": "b, c", "of": ["b", "c"]}],
            }
        ],
    )
    two = {"stelling.s1": "eens", "stelling.s2": "oneens"}
    rows: list[dict[str, Any]] = [
        {"regio": "a", "bekend": "ja", "effect": ["inzicht"], **two, "cijfer": "7", "jaren": 2.0, "idee": True},
        {
            "regio": "a",
            "bekend": "ja",
            "effect": ["inzicht", "beleid"],
            **two,
            "cijfer": "8",
            "jaren": 4.5,
            "idee": None,
        },
        {"regio": "b", "bekend": "nee", "stelling.s1": "oneens", "stelling.s2": None, "cijfer": "7", "jaren": None},
        {"regio": "a", "bekend": "weet_niet", "stelling.s1": "eens", "stelling.s2": "weet_niet", "cijfer": None},
        {"regio": None, "bekend": "ja", "effect": ["geen"], **two, "cijfer": "5", "jaren": 1.0, "idee": None},
    ]
    return _respond(questionnaire, rows)


@pytest.fixture(scope="session")
def quarter() -> Design:
    """Five respondents out of twenty: f = 1/4, n / (n - 1) = 5/4."""
    return Design.simple_random(sample_size=5, population_size=20)


@pytest.fixture(scope="session")
def reference() -> dict[str, Any]:
    """Read what R 4.2.2 with survey 4.5 gives for a sample of 301 out of 985, simple, stratified and raked."""
    loaded: dict[str, Any] = json.loads((DATA / "r_reference.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def synth() -> pd.DataFrame:
    """Read the invented survey; m1 to m5 are filtered, s1 and mark have gaps."""
    return pd.read_csv(DATA / "synth301.csv")


@pytest.fixture(scope="session")
def design() -> Design:
    return Design.simple_random(sample_size=301, population_size=985)


@pytest.fixture(scope="session")
def synth_weights(synth: pd.DataFrame, reference: dict[str, Any]) -> Weights:
    """Raked to region, branch and size of the frame; R's weights."""
    final = reference["rake_synth_region_branch_size"]["weights"]
    margins = tuple(synth[name].to_numpy() - 1 for name in ("region", "branch", "size"))
    return Weights(final, margins, np.full(301, 985 / 301))


@pytest.fixture(scope="session")
def designs(
    synth: pd.DataFrame, design: Design, synth_weights: Weights, reference: dict[str, Any]
) -> dict[str, Design]:
    """Make every design of the reference, under the name that it has there."""
    sizes = list(reference["margins_synth"]["region"].values())
    final = synth_weights.final
    return {
        "synth_srs_fpc": design,
        "synth_strat_fpc": Design.stratified(synth["region"] - 1, sizes),
        "raked": design.calibrated(synth_weights),
        "fpc": Design.simple_random(301, 985, base_weights=final),
        "nofpc": Design.simple_random(301, 985, base_weights=final).without_correction(),
    }


@pytest.fixture(scope="session")
def synth_responses(synth: pd.DataFrame) -> Responses:
    """Code the invented survey as responses."""
    singles = {"region": 13, "branch": 9, "size": 5, "ownership": 4, "q_single": 4, "s1": 5}
    questionnaire = _ask(
        *(
            {"id": name, "kind": "single", "categories": [str(code) for code in range(1, size + 1)]}
            for name, size in singles.items()
        ),
        {
            "id": "multi",
            "kind": "multiple",
            "categories": ["m1", "m2", "m3", "m4", "m5"],
            "asked_if": "q_single in [1, 2]",
        },
        {"id": "mark", "kind": "mark", "range": [1, 10]},
    )
    rows = []
    for row in synth.to_dict("records"):
        cells: dict[str, Any] = {
            name: None if pd.isna(row[name]) else str(int(row[name])) for name in (*singles, "mark")
        }
        if not pd.isna(row["m1"]):
            cells["multi"] = [name for name in ("m1", "m2", "m3", "m4", "m5") if row[name] == 1]
        rows.append(cells)
    return _respond(questionnaire, rows)
