"""Which kind of measurement a meting.yaml is about, and what is said where it cannot be told."""

from pathlib import Path

import pytest

from srsmeting.configuration import read_config
from srsmeting.errors import ConfigurationError
from srsmeting.kinds import is_monitor


def write(folder: Path, text: str) -> Path:
    (folder / "meting.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "goals"),
    [("kind: goals\nmeting: m\n", True), ("meting: m\nquestionnaire: q.yaml\n", False), ("meting: m\n", False)],
)
def test_a_survey_names_no_kind(tmp_path: Path, text: str, goals: bool) -> None:
    assert is_monitor(write(tmp_path, text)) is goals
    assert is_monitor(tmp_path / "meting.yaml") is goals


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "meting: m\nkind: gaols\n",
            "meting.yaml:2: unknown kind 'gaols'. Did you mean 'goals'? Known: 'goals'. A survey names no kind: leave it "
            "out.",
        ),
        (
            "kind: survey\n",
            "meting.yaml:1: unknown kind 'survey'. Known: 'goals'. A survey names no kind: leave it out.",
        ),
        (
            "kidn: goals\nmeting: m\n",
            "meting.yaml:1: unknown key 'kidn'. Did you mean 'kind'? A monitor of goals begins with 'kind: goals'.",
        ),
        (
            "meting: m\ntracks: []\n",
            "meting.yaml:2: has 'tracks', but no 'kind'. A monitor of goals begins with 'kind: goals'.",
        ),
    ],
)
def test_a_kind_that_cannot_be_told_is_one_message(tmp_path: Path, text: str, message: str) -> None:
    folder = write(tmp_path, text)
    for ask in (is_monitor, read_config):
        with pytest.raises(ConfigurationError) as error:
            ask(folder)

        assert str(error.value) == message


def test_a_monitor_is_refused_where_a_survey_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        read_config(write(tmp_path, "kind: goals\n"))

    assert str(error.value) == (
        "meting.yaml: is a monitor of goals (kind: goals), which has no respondents; this is for surveys. Its figures come "
        "from `srsmeting estimate`, and `srsmeting verify` holds them against the published ones."
    )


def test_a_folder_without_a_measurement_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as error:
        is_monitor(tmp_path)

    assert str(error.value) == (
        f"{tmp_path}: no measurement here. Name a meting.yaml or the folder that holds one, such as analyses/srs_2021."
    )
