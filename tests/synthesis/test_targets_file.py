"""A targets file: what it may say, and what is said of a wrong one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import SynthesisError
from srsmeting.questionnaire import Questionnaire
from srsmeting.synthesis import Target, read_targets

Write = Callable[[str], Path]


def test_every_number_is_a_target(questionnaire: Questionnaire, written: Write) -> None:
    path = written(
        """\
about: for a test
targets:
  - {id: J1, where: regio == noord or kent == niet, count: [3, 5]}
  - {of: impact.een, where: regio == noord, counts: {eens: 1, niet_eens: [0, 2], answered: 9}}
  - {of: effect, counts: {anders: 4}}
  - id: J5
    free: true
    of: cijfer
    total: 70
"""
    )

    assert read_targets(path, questionnaire) == (
        Target("regio == noord or kent == niet", 3, 5, name="targets.yaml:3 J1"),
        Target("(regio == noord) and impact.een == eens", 1, 1, name="targets.yaml:4"),
        Target("(regio == noord) and impact.een in [neutraal, oneens]", 0, 2, name="targets.yaml:4"),
        Target("regio == noord", 9, 9, answered="impact.een", name="targets.yaml:4"),
        Target("(selected(effect, anders))", 4, 4, name="targets.yaml:5"),
        Target("", 70, 70, total_of="cijfer", name="targets.yaml:6 J5", free=True),
    )


def test_all_unknown_names_are_told_at_once(questionnaire: Questionnaire, written: Write) -> None:
    path = written(
        """\
targets:
  - {where: regoi == noord, count: 1}
  - of: kent
    counts:
      inhout: 1
      gehoord: 2
      nieet: 3
  - {of: impact, counts: {eens: 1}}
  - {of: kent, total: 3}
  - {of: kent, count: 3}
  - {where: kent == niet, count: [4, 2]}
"""
    )
    with pytest.raises(SynthesisError) as caught:
        read_targets(path, questionnaire)

    known = "'regio', 'cijfer', 'kent', 'effect', 'impact', 'functie', 'fte', 'toelichting'"
    answers = "Known: 'inhoud', 'gehoord', 'niet', 'answered'."
    assert str(caught.value).splitlines() == [
        f"targets.yaml:2: condition 'regoi == noord': no question 'regoi'. Did you mean 'regio'? Known: {known}.",
        f"targets.yaml:5: question 'kent': no category or sum 'inhout'. Did you mean 'inhoud'? {answers}",
        f"targets.yaml:7: question 'kent': no category or sum 'nieet'. Did you mean 'niet'? {answers}",
        "targets.yaml:8: question 'impact': no item ''. Known: 'een', 'twee'.",
        "targets.yaml:9: 'kent' is not a mark, so it has no total. Known: 'cijfer'.",
        "targets.yaml:10: give one of: count; of with counts; of with total.",
        "targets.yaml:11: 4 to 2 holds no number. Write the lowest first.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "targets:\n  - {when: kent == niet, count: 1}\n",
            "targets.yaml:2: target 1: unknown key 'when'. Did you mean 'where'? "
            "Known: 'id', 'where', 'count', 'of', 'counts', 'total', 'free'.",
        ),
        (
            "target:\n  - {count: 1}\n",
            "targets.yaml:1: unknown key 'target'. Did you mean 'targets'? Known: 'about', 'targets'.",
        ),
        ("targets:\n  - {count: -1}\n", "targets.yaml:2: target 1: entry 1 of 'count' must be at least 0, not -1."),
        ("targets: []\n", "targets.yaml:1: 'targets' must have at least 1 entry."),
        ("- a\n", "targets.yaml:1: must hold 'key: value' lines, but holds a list."),
    ],
)
def test_a_file_of_another_shape(questionnaire: Questionnaire, written: Write, text: str, message: str) -> None:
    with pytest.raises(SynthesisError) as caught:
        read_targets(written(text), questionnaire)

    assert str(caught.value.faults[0]) == message


def test_a_file_that_is_not_there(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.yaml"
    with pytest.raises(SynthesisError) as caught:
        read_targets(path, questionnaire)

    assert str(caught.value) == f"{path}: cannot be read: No such file or directory."
