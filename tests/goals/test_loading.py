"""The configuration of a monitor: what it must say, and every fault of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.goals import GoalsConfig, load_monitor

Write = Callable[..., Path]

METING = """\
kind: goals
meting: klein
title: Een klein programma
moments: [{id: einde, label: Einde, date: 2024-12}]
"""


def faults(folder: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as error:
        load_monitor(folder)
    return [str(fault) for fault in error.value.faults]


def test_a_monitor_needs_little(write: Write) -> None:
    monitor = load_monitor(write(METING))

    assert (monitor.meting, monitor.units, monitor.tracks, monitor.remarks) == ("klein", (), (), ())
    assert (str(monitor.config.rules.reached), str(monitor.config.rules.nearly)) == ("1", "0.85")


@pytest.mark.parametrize(
    ("more", "messages"),
    [
        (
            "track: []\n",
            [
                "meting.yaml:5: unknown key 'track'. Did you mean 'tracks'? Known: "
                f"{', '.join(repr(key) for key in GoalsConfig.model_fields)}."
            ],
        ),
        (
            "rules: {missing: weglaten}\n",
            ["meting.yaml:5: rules: unknown missing 'weglaten'. Known: 'left_out', 'no_total'."],
        ),
        (
            "rules: {reached: 100, nearly: 85}\n",
            [
                "meting.yaml:5: 'rules': 'reached' (100) is a part of the goal. Write 1 for all of it, 0.85 for 85%.",
            ],
        ),
        (
            "units: {by: ''}\n",
            [
                "meting.yaml:5: units: 'by': '' is no name. Use small letters, digits and underscores, a letter first.",
            ],
        ),
        ("rules: {nearly: 1.5}\n", ["meting.yaml:5: 'rules': 'nearly' (1.5) is more than 'reached' (1)."]),
        (
            "files: {goals: goals.csv}\n",
            ["meting.yaml:5: goals: there is no file 'goals.csv' in {folder}. Put it there, or correct the name."],
        ),
        (
            "tracks: [{id: werven, label: Werven}, {id: werven, label: Weer}]\n",
            [
                "meting.yaml:5: tracks: 'werven' stands twice. Keep one.",
            ],
        ),
        (
            "tracks: [{id: werven, label: Werven}]\nphases: [{id: werven, label: Werving}]\n",
            [
                "meting.yaml: 'werven' is the name of two of tracks, phases, participants, figures, topics, duur. Rename one."
            ],
        ),
        (
            "figures: [{id: duur, label: Duur}]\n",
            [
                "meting.yaml: 'duur' is the name of two of tracks, phases, participants, figures, topics, duur. Rename one."
            ],
        ),
        (
            "figures: [{id: actief, label: Actief, share_of: gevraagt}, {id: gevraagd, label: Gevraagd}]\n",
            [
                "meting.yaml:5: figures: 'actief' is a share of 'gevraagt', which is no figure. Did you mean 'gevraagd'? "
                "Known: 'actief', 'gevraagd'."
            ],
        ),
        (
            "tracks: [{id: werven, label: Werven}]\nflow: [werfen]\n",
            ["meting.yaml:6: flow: no track 'werfen'. Did you mean 'werven'? Known: 'werven'."],
        ),
        (
            "tracks: [{id: werven, label: Plaatsen}, {id: plaatsen, label: Plaatsing, parts: [{id: a, label: A}, {id: b, label: A}]}]\n",
            [
                "meting.yaml:5: tracks: 'plaatsen' is a name of 'werven' and of 'plaatsen'. Keep one.",
                "meting.yaml:5: tracks: 'a' is a name of 'a' and of 'b'. Keep one.",
            ],
        ),
        (
            "units: {list: [{id: noord, label: Noord}, {id: zuid, label: Zuid, aliases: [NOORD]}]}\n",
            ["meting.yaml:5: units: 'noord' is a name of 'noord' and of 'zuid'. Keep one."],
        ),
        (
            "units: {list: [{id: Noord, label: Noord}]}\n",
            [
                "meting.yaml:5: units, unit 'Noord': 'id': 'Noord' is no name. Use small letters, digits and underscores, a "
                "letter first."
            ],
        ),
    ],
)
def test_the_faults_of_a_configuration_are_told(write: Write, more: str, messages: list[str]) -> None:
    folder = write(METING + more)

    assert faults(folder) == [message.format(folder=folder) for message in messages]


@pytest.mark.parametrize(
    ("moments", "messages"),
    [
        ("[]", ["meting.yaml:4: 'moments' must have at least 1 entry."]),
        (
            "[{id: einde, label: Einde, date: december}]",
            ["meting.yaml:4: moment 'einde': 'date': 'december' is no month. Write it as 2009-05."],
        ),
        (
            "[{id: einde, label: Einde, date: 2024-12}, {id: start, label: Start, date: 2024-01}]",
            [
                "meting.yaml:4: moments: 'start' (2024-01) is not after the one before (2024-12). Put the earliest first."
            ],
        ),
    ],
)
def test_moments_are_months_the_earliest_first(write: Write, moments: str, messages: list[str]) -> None:
    folder = write(METING.partition("moments:")[0] + f"moments: {moments}\n")

    assert faults(folder) == messages


def test_a_survey_is_no_monitor(write: Write) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_monitor(write("meting: srs\nquestionnaire: q.yaml\n"))

    assert str(error.value) == (
        "meting.yaml: is a survey; this is for monitors of goals. Such a monitor begins with 'kind: goals'."
    )
