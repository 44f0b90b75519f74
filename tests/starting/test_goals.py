"""A programme of goals, started: nothing to guess, and an example that tells a whole story."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.errors import ConfigurationError
from srsmeting.goals import COLUMNS, load_monitor
from srsmeting.starting import new_programme

DATA = ("dropout.csv", "durations.csv", "goals.csv", "participants.csv", "portraits.csv", "results.csv")


def test_a_programme_has_settings_files_to_fill_in_and_a_report(tmp_path: Path) -> None:
    made = new_programme(tmp_path / "pilots-2027")

    assert made.id == "pilots-2027"
    assert [name for name in made.files if not name.startswith("report/")] == [
        ".gitignore", "README.md", "dropout.csv", "durations.csv", "goals.csv", "meting.yaml", "participants.csv",
        "portraits.csv", "results.csv",
    ]  # fmt: skip
    assert "report/index.qmd" in made.files
    book = (made.folder / "report" / "_quarto.yml").read_text(encoding="utf-8")
    assert '  title: "Pilots 2027"\n' in book
    for name in DATA:
        heads = (made.folder / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(heads) == {column for columns in COLUMNS[name.removesuffix(".csv")] for column in columns}


def test_what_is_not_filled_in_is_said_goal_by_goal(tmp_path: Path) -> None:
    made = new_programme(tmp_path / "pilots-2027")
    with pytest.raises(ConfigurationError) as caught:
        load_monitor(made.folder)

    assert str(caught.value).splitlines() == [
        f"goals.csv:{row}: column 'value': is empty. Write a count, or '-' where there is none." for row in range(2, 8)
    ]


def test_once_goals_are_filled_in_it_is_a_monitor(tmp_path: Path) -> None:
    made = new_programme(tmp_path / "pilots-2027")
    goals = made.folder / "goals.csv"
    goals.write_text(goals.read_text(encoding="utf-8").replace(",,,,", ",,,40,"), encoding="utf-8")
    monitor = load_monitor(made.folder)

    assert [unit.label for unit in monitor.units] == ["Noord", "Zuid"]
    assert {cell.value.low for cell in monitor.goals} == {40}
    assert [str(moment.month) for moment in monitor.moments] == ["2027-03", "2027-06", "2027-09", "2027-12"]


def test_an_example_has_all_that_goals_can_be_and_a_round_to_come(tmp_path: Path) -> None:
    made = new_programme(tmp_path / "voorbeeld", example=True)
    monitor = load_monitor(made.folder)

    assert [moment.id for moment in monitor.measured()] == ["ronde_1", "ronde_2", "ronde_3"]
    assert {"50/60", "circa 90", "n.v.t.", "80"} <= {cell.value.text for cell in monitor.goals}
    assert [(cell.unit, cell.moment, cell.value.text) for cell in monitor.goals if cell.moment] == [
        ("heide", "ronde_3", "24")
    ]
    assert [str(row.extension) for row in monitor.durations] == ["None", "2026-12", "None"]
    assert not monitor.remarks
    assert monitor.config.report is not None
    assert monitor.config.report.notice.startswith("Alle pilots, doelen en resultaten in dit rapport zijn verzonnen.")


def test_the_readme_names_the_folder_and_every_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = new_programme(Path("pilots-2027"))
    text = (made.folder / "README.md").read_text(encoding="utf-8")

    assert text.startswith("# Pilots 2027\n\nThe measurement `pilots-2027`, in the folder `pilots-2027`: ")
    block = text.partition("```sh\n")[2].partition("\n```")[0]
    commands = [line.split("  #")[0].split() for line in block.splitlines()]
    assert [" ".join(words[1:]) for words in commands] == [
        "check pilots-2027",
        "round new pilots-2027 --moment ronde_1",
        "round read pilots-2027 returned/*.xlsx",
        "estimate pilots-2027 -o figures.csv",
        "tables pilots-2027 -o tables.xlsx",
        "render pilots-2027/report --meting pilots-2027 -o pilots-2027/out",
    ]
    assert all(words[1] in main.commands for words in commands)
    assert not [word for word in ("FOLDER", "TITLE", "COMMANDS", "KIND") if word in text]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    made = new_programme(tmp_path / "pilots-2027")
    with pytest.raises(ConfigurationError) as caught:
        new_programme(made.folder)

    shown = made.folder.as_posix()
    assert str(caught.value) == f"{shown}: is not empty, and nothing there is written over. Name a new folder."


def test_a_programme_does_not_start_from_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    new_programme(Path("a"), example=True)
    done = CliRunner().invoke(main, ["new", "c", "--from", "a"])
    assert (done.exit_code, done.output) == (
        2,
        "srsmeting: a: is a programme whose goals are followed, and goes on in its own folder: add a moment to its "
        "meting.yaml.\n",
    )
    done = CliRunner().invoke(main, ["new", str(tmp_path / "b"), "--kind", "goals", "--from", str(tmp_path / "a")])

    assert done.exit_code == 2
    assert done.output.splitlines()[-1] == (
        "Error: A programme goes on in its own folder: add a moment in its meting.yaml. Leave out --from."
    )
