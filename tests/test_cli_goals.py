"""The commands on a monitor of goals: what they say, leave behind and return."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.estimates import read_estimates


@pytest.fixture
def pilots(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled("analyses/zorgpilots_2010"), tmp_path / "pilots"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_estimate_writes_the_figures(pilots: Path, tmp_path: Path) -> None:
    target = tmp_path / "figures.csv"
    result = run("estimate", pilots, "-o", target)
    frame = read_estimates(target)

    assert result.exit_code == 0
    assert result.stdout == f"{target}: {len(frame)} figures.\n"
    assert result.stderr == "srsmeting: 6 remarks on the data; see `srsmeting check`.\n"
    assert set(frame["meting"]) == {"zorgpilots-2010"}


def test_estimate_writes_to_standard_output(pilots: Path) -> None:
    result = run("estimate", pilots / "meting.yaml", "-o", "-")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == "zorgpilots-2010,werven,november_2009,,pilot,amsterdam,goal,80.0,,,,80,,,A,"


def test_verify_tells_what_cannot_come_out(pilots: Path, tmp_path: Path) -> None:
    target = tmp_path / "verification.csv"
    result = run("verify", pilots, "-o", target)
    table = pd.read_csv(target, dtype=str, keep_default_na=False)

    assert (result.exit_code, result.stdout) == (0, "222 of 225 published figures reproduced.\n")
    assert list(table.columns) == ["published_id", "option", "published", "computed", "agrees", "note"]
    assert list(table.loc[table["agrees"] == "False", "option"]) == [
        "utrecht.count",
        "november_2009.amsterdam",
        "november_2009.count",
    ]


def test_verify_finds_a_number_that_was_typed_otherwise(pilots: Path) -> None:
    results = pilots / "results.csv"
    results.write_text(
        results.read_text(encoding="utf-8").replace(
            "utrecht,werven,,november_2009,137", "utrecht,werven,,november_2009,138"
        ),
        encoding="utf-8",
    )
    result = run("verify", pilots)

    assert result.exit_code == 1
    # The count, the two tables with 228 percent, and the total.
    assert result.stderr == "srsmeting: 4 figures differ from the published ones without a known fault.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("estimate", "{pilots}", "-o", "{pilots}/goals.csv"),
            "srsmeting: {pilots}/goals.csv: is the goals of this measurement. Write to another file.\n",
        ),
        (
            ("verify", "{pilots}", "--record", "1"),
            "srsmeting: meting.yaml: a monitor of goals has no records. Leave out --record.\n",
        ),
        *[
            (
                (*command, "{pilots}"),
                "srsmeting: meting.yaml: is a monitor of goals (kind: goals), which has no respondents; this is for "
                "surveys. Its figures come from `srsmeting estimate`, and `srsmeting verify` holds them against the "
                "published ones.\n",
            )
            for command in (("audit",), ("record",), ("compare", "-o", "-", "{pilots}"))
        ],
    ],
)
def test_what_cannot_be_done_with_a_monitor_is_one_message(
    pilots: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*(argument.format(pilots=pilots) for argument in arguments))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == message.format(pilots=pilots)


def test_a_misspelt_kind_is_one_message(pilots: Path) -> None:
    file = pilots / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: goals", "kind: gaols"), encoding="utf-8")
    for command in (("estimate", pilots, "-o", "-"), ("verify", pilots), ("record", pilots)):
        result = run(*command)

        assert result.exit_code == 2
        assert result.stderr == (
            "srsmeting: meting.yaml:2: unknown kind 'gaols'. Did you mean 'goals'? Known: 'goals'. A survey names no kind: "
            "leave it out.\n"
        )


def test_a_monitor_without_published_figures_says_so(pilots: Path) -> None:
    file = pilots / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("published: published.yaml\n", ""), encoding="utf-8")
    result = run("verify", pilots)

    assert result.exit_code == 2
    assert result.stderr == "srsmeting: meting.yaml: names no published figures. Add 'published'.\n"
