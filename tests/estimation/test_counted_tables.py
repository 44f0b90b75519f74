"""Tables from answers: counted by hand, and as the rules of publication read them from estimates of the same."""

from typing import Any

import pandas as pd
import pytest

from srsmeting.estimation import (
    Design,
    GroupRule,
    PublicationRules,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
    response_rates,
)
from srsmeting.estimation.comparisons.shown import read_each_shown, read_hidden
from srsmeting.estimation.counted_tables import count_tables
from srsmeting.estimation.publication import hide_tables
from srsmeting.estimation.published_tables import Cell, Tables, read_tables
from srsmeting.population import Population
from srsmeting.responses import Responses

REGIONS = ["noord", "zuid", "west", "nergens"]
BYS = ("regio", "samen")
RULE = {"regio": GroupRule(5, 0.2)}


@pytest.fixture(scope="module")
def responses(ask: Any, respond: Any) -> Responses:
    """Forty respondents: 20 in the north, 14 in the south, 4 in the west, and 2 who name no region."""
    questionnaire = ask(
        {"id": "regio", "kind": "single", "categories": REGIONS},
        {"id": "aantal", "kind": "number"},
        {
            "id": "oordeel",
            "kind": "single",
            "categories": ["goed", "slecht", {"code": "weet_niet", "kind": "dont_know"}],
            "outside_base": ["dont_know"],
            "sums": [{"code": "iets", "of": ["goed", "slecht"]}],
        },
        {"id": "bronnen", "kind": "multiple", "categories": ["site", "krant"]},
        {"id": "cijfer", "kind": "mark", "range": [1, 10]},
        {"id": "idee", "kind": "open", "asked_if": "oordeel == slecht"},
        groupings=[
            {
                "id": "samen",
                "of": "regio",
                "label": "Samen",
                "groups": [{"code": "rand", "label": "Rand", "of": ["zuid", "west"]}],
            }
        ],
    )
    rows = []
    for number in range(40):
        given: dict[str, Any] = {
            "regio": "noord" if number < 20 else "zuid" if number < 34 else "west" if number < 38 else None,
            "aantal": float(number) if number % 3 else None,
            "oordeel": ("goed", "slecht", "weet_niet", None)[number % 4],
            "bronnen": ["site"] if number % 2 else ["site", "krant"],
            "cijfer": str(1 + number % 10) if number % 5 else None,
        }
        rows.append(given | ({"idee": number % 8 == 1} if number % 4 == 1 else {}))
    made: Responses = respond(questionnaire, rows)
    return made


@pytest.fixture(scope="module")
def population(responses: Responses) -> Population:
    """Return a frame of 100: half of them in the north."""
    regions = ["noord"] * 50 + ["zuid"] * 30 + ["west"] * 20
    columns = {"token": [f"t{n}" for n in range(100)], "regio": pd.Categorical(regions, categories=REGIONS)}
    return Population(pd.DataFrame(columns), "frame.csv", responses.questionnaire)


@pytest.fixture
def counted(responses: Responses, population: Population) -> Tables:
    return count_tables(responses, population, BYS, RULE)


def _estimated(responses: Responses, population: Population) -> pd.DataFrame:
    design = Design.simple_random(responses.n, population.size)
    frames = [response_rates(responses, population, by="regio")]
    frames += [make(responses, design, by=by) for by in (None, *BYS) for make in (estimate_shares, estimate_means)]
    return pd.concat(frames, ignore_index=True)


def test_a_cell_has_the_base_and_the_counts_of_its_group(counted: Tables) -> None:
    table = counted.tables["proef-1", "oordeel", ""]

    assert table.total == Cell(20, 20, {"goed": 10, "slecht": 10, "iets": 20})
    assert table.by["regio"] == {
        "noord": Cell(10, 10, {"goed": 5, "slecht": 5, "iets": 10}),
        "zuid": Cell(8, 8, {"goed": 4, "slecht": 4, "iets": 8}),
        "west": Cell(2, 2, {"goed": 1, "slecht": 1, "iets": 2}),
        "nergens": Cell(0, 0, {"goed": 0, "slecht": 0, "iets": 0}, empty=True),
    }
    assert table.by["samen"]["rand"] == Cell(10, 10, {"goed": 5, "slecht": 5, "iets": 10})
    # A number has no shares; and what is broken down by is no table of itself.
    assert counted.tables["proef-1", "aantal", ""].total.base == 26
    assert counted.tables["proef-1", "aantal", ""].total.counts == {}
    assert counted.tables["proef-1", "regio", ""].by == {}
    assert counted.rates["proef-1", "regio", "zuid"] == (14, pytest.approx(14 / 30))
    assert counted.sizes["proef-1", "regio", "zuid"] == 14


def test_the_tables_are_those_of_the_estimates(counted: Tables, responses: Responses, population: Population) -> None:
    read = read_tables(_estimated(responses, population))

    assert list(counted.tables) == list(read.tables)
    for address, table in read.tables.items():
        own = counted.tables[address]
        assert {by: list(groups) for by, groups in own.by.items()} == {by: list(g) for by, g in table.by.items()}
        for cell, other in zip((own.total, *own.cells()), (table.total, *table.cells()), strict=True):
            assert (cell.base, cell.counts, cell.empty) == (other.base, other.counts, other.empty)
            assert cell.shares == other.shares or address[1] == "aantal"
    assert counted.sizes == read.sizes
    known = {key: rate for key, rate in read.rates.items() if key[2] not in ("", "nergens")}
    assert {key: rate for key, rate in counted.rates.items() if key[2] != "nergens"} == known


def test_what_is_hidden_and_marked_is_what_the_rules_say_of_the_estimates(
    counted: Tables, responses: Responses, population: Population
) -> None:
    rules = PublicationRules.linked(responses.questionnaire, BYS, min_base=6, normal_base=12, groups=RULE)
    hide_tables(counted, rules)
    shown = read_hidden(counted, rules.normal_base)
    published = apply_publication_rules(_estimated(responses, population), rules)

    assert shown == read_each_shown(published)
    assert {key[2]: why for key, why in shown["regio"].reasons.items() if key[0] == "oordeel"} == {
        "noord": "indicative",
        "zuid": "complementary",
        "west": "small_base",
    }
