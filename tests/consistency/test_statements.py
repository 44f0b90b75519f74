"""The file with what a report tells: every fault of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from srsmeting.consistency import Statements, read_statements
from srsmeting.errors import ConfigurationError
from srsmeting.goals import GoalsMonitor

Monitor = Callable[..., GoalsMonitor]


def message(monitor: Monitor, text: str) -> str:
    read = monitor(text)
    with pytest.raises(ConfigurationError) as caught:
        read_statements(read.path("statements.yaml"), read)
    return str(caught.value)


def test_names_that_the_monitor_does_not_have_are_told_together(monitor: Monitor) -> None:
    text = """\
flows:
  - {steps: [werven, plaatsen.leeren], dropout: [fase2], units: [nord]}
told:
  - what: iets
    places: {kader: [zuit]}
    units: {reached: wervn}
"""
    assert message(monitor, text) == (
        "statements.yaml:2: no step 'plaatsen.leeren'. Did you mean 'plaatsen.leren'? "
        "Known: 'werven', 'plaatsen', 'plaatsen.leren', 'plaatsen.werken'.\n"
        "statements.yaml:2: no phase 'fase2'. Did you mean 'fase1'? Known: 'fase1'.\n"
        "statements.yaml:2: no unit 'nord'. Did you mean 'noord'? Known: 'noord', 'zuid'.\n"
        "statements.yaml:6: no track 'wervn'. Did you mean 'werven'? Known: 'werven', 'plaatsen'.\n"
        "statements.yaml:5: no unit 'zuit'. Did you mean 'zuid'? Known: 'noord', 'zuid'."
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "places: {kader: 9}",
            "has one place and nothing to hold it against. Add a place, or what it is computed from.",
        ),
        (
            "places: {kader: 9, tekst: [noord]}",
            "places tell a count here and units there. Tell the same kind of thing.",
        ),
        (
            "places: {kader: 9}, calculation: 2 * 4, computed: {measure: result}",
            "'computed' and 'calculation' go no two together. Keep one.",
        ),
        (
            "places: {kader: 9}, calculation: 2 ** 4",
            "'2 ** 4' cannot be computed. Write whole numbers with + - * / and parentheses.",
        ),
        (
            "places: {kader: 9}, calculation: 9 / (3 - 3)",
            "'9 / (3 - 3)' cannot be computed. Write whole numbers with + - * / and parentheses.",
        ),
        (
            "places: {kader: 9}, units: {reached: werven}",
            "'units' go with places that list units. Write them as [delft, emmen].",
        ),
        (
            "places: {kader: [noord]}, calculation: 1 + 1",
            "places list units, which no figure tells. Hold them against 'units'.",
        ),
        (
            "places: {kader: [noord]}, units: {reached: werven, missed: werven}",
            "needs exactly one of reached, nearly, missed, dropout, starts, ended, extended.",
        ),
    ],
)
def test_statements_that_cannot_be_held_against_anything_are_refused(monitor: Monitor, text: str, what: str) -> None:
    assert message(monitor, f"told:\n  - {{what: iets, {text}}}\n").endswith(what)


@pytest.mark.parametrize(("said", "quoted"), [("11.5", "11,5"), ("true", "true")])
def test_what_yaml_takes_for_something_else_is_one_fault(monitor: Monitor, said: str, quoted: str) -> None:
    assert message(monitor, f"told:\n  - {{what: iets, places: {{kader: {said}, tekst: 5}}}}\n") == (
        f"statements.yaml:2: told 1, places: 'kader': '{said}' is not as it was printed. Put it in quotes: '{quoted}'."
    )


def test_the_example_in_the_readme_is_such_a_file() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```yaml\n(told:\n.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert block is not None
    example = Statements.model_validate(yaml.safe_load(block[1]))
    assert ([len(told.places) for told in example.told], len(example.flows)) == ([2, 1], 1)
