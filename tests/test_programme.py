"""Facts of a programme: what a file may say, and what contradicts itself."""

from decimal import Decimal
from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError, UnknownNameError
from srsmeting.programme import Programme, read_programme

FACTS = """\
facts:
  budget: {label: Budget, unit: miljoen euro, parts: {a: {label: A, value: 14.4}, b: {label: B, value: 5.7}}}
  sessies: {label: Sessies, value: 11}
  looptijd: {label: Looptijd, text: 2020}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "programme.yaml"
    path.write_text(FACTS, encoding="utf-8")
    return path


def test_a_whole_is_the_sum_of_its_parts_to_the_digit(file: Path) -> None:
    programme = read_programme(file)

    assert programme.total("budget") == Decimal("20.1")
    assert programme.total("sessies") == Decimal(11)
    assert programme.total("looptijd") is None
    assert programme.part("budget", "b").value == Decimal("5.7")


def test_a_name_that_does_not_exist_is_an_error(file: Path) -> None:
    programme = read_programme(file)

    with pytest.raises(UnknownNameError) as caught:
        programme.fact("sessie")
    assert str(caught.value) == (
        "programme.yaml: no fact 'sessie'. Did you mean 'sessies'? Known: 'budget', 'sessies', 'looptijd'."
    )
    with pytest.raises(UnknownNameError) as caught:
        programme.part("budget", "c")
    assert str(caught.value) == "programme.yaml, fact 'budget': no part 'c'. Known: 'a', 'b'."


def test_every_fault_of_the_file_is_told_at_once(file: Path) -> None:
    file.write_text(
        "facts:\n  niets: {label: Niets}\n  dubbel: {label: Dubbel, text: twee, value: 2}\n",
        encoding="utf-8",
    )

    with pytest.raises(ConfigurationError) as caught:
        read_programme(file)
    assert [fault.message for fault in caught.value.faults] == [
        "fact 'niets' says nothing. Give it a value, parts or a text.",
        "fact 'dubbel' has value and text. Keep one of them; the sum of parts is computed.",
    ]
    assert [fault.line for fault in caught.value.faults] == [2, 3]


def test_without_facts_the_file_is_asked_for() -> None:
    with pytest.raises(UnknownNameError) as caught:
        Programme({}).fact("budget")
    assert str(caught.value) == (
        "no fact 'budget': there are no facts. Name the file with them under 'programme' in meting.yaml."
    )
