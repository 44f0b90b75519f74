"""`srsmeting match`, as a researcher would go about it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main

EXPORT = """\
"id";"submitdate";"Naam";"G01Q01";"G01Q02";"G01Q03";"G01Q04[SQ001]";"G01Q04[SQ002]";"G01Q04[SQ003]";"G01Q05"
"1";"2022-03-14 10:00:00";"De Lindde";"A1";"7";"A2";"";"";"";""
"2";"2022-03-14 10:00:00";"het anker";"A2";"8";"A2";"";"";"";""
"""
FRAME = "organisation,wgo\nStichting De Linde,noord\nHet Anker,zuid\n"


@pytest.fixture
def named(mini: Path) -> Path:
    """Give the small measurement names of organisations in place of tokens."""
    (mini / "export.csv").write_text(EXPORT, encoding="utf-8")
    (mini / "frame.csv").write_text(FRAME, encoding="utf-8")
    configure(mini, "organisation: Naam")
    return mini


def configure(folder: Path, *lines: str) -> None:
    with (folder / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_from_a_name_that_is_not_known_to_one_that_is(named: Path) -> None:
    assert run("check", named).exit_code == 1
    file = named / "matches.yaml"
    result = run("match", named, "-o", file)
    assert result.exit_code == 1
    assert result.stderr == "Need nothing: 1; yours to choose: 1; like none in the frame or two: 0.\n"

    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('#  "De Lindde"', '  "De Lindde"'), encoding="utf-8")
    configure(named, "matches: matches.yaml")
    assert run("check", named).exit_code == 0
    result = run("match", named)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2:] == ["matches:", '  "De Lindde": "Stichting De Linde"']


def test_names_are_not_written_inside_a_git_work_tree(named: Path) -> None:
    (named / ".git").mkdir()
    result = run("match", named, "-o", named / "matches.yaml")
    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {named / 'matches.yaml'}: lies in the git work tree {str(named)!r}, and names of organisations "
        "could be committed there. Write elsewhere, or add --inside-git.\n"
    )
    assert run("match", named, "-o", named / "matches.yaml", "--inside-git").exit_code == 1


def test_a_file_of_matches_is_not_written_over(named: Path) -> None:
    (named / "matches.yaml").write_text("matches:\n  De Lindde: Stichting De Linde\n", encoding="utf-8")
    result = run("match", named, "-o", named / "matches.yaml")
    assert result.exit_code == 2
    assert "is there already. Name another file" in result.stderr


def test_what_the_configuration_lacks_is_one_message(mini: Path) -> None:
    result = run("match", mini)
    assert (result.exit_code, result.stderr) == (
        2,
        "srsmeting: meting.yaml: names no 'organisation', the column of the export with the names of organisations. "
        "Add 'organisation'.\n",
    )
    configure(mini, "organisation: token")
    assert run("match", mini).stderr == (
        "srsmeting: frame.csv:1: no column 'organisation', with the names of organisations. Add it.\n"
    )
    (mini / "frame.csv").write_text(FRAME, encoding="utf-8")
    (mini / "meting.yaml").write_text(
        (mini / "meting.yaml").read_text(encoding="utf-8").replace("organisation: token", "organisation: tokn"),
        encoding="utf-8",
    )
    assert run("match", mini).stderr.startswith(
        "srsmeting: export.csv:1: organisation: the export has no column 'tokn'. Did you mean 'token'? Known: 'id', "
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "timezone: Amsterdam",
            "meting.yaml:12: timezone: no time zone 'Amsterdam'. Write it as 'Europe/Amsterdam' or 'UTC'.",
        ),
        ("partial: 0", "meting.yaml:12: 'partial' must be at least 0.01, not 0."),
        ("partial: 50", "meting.yaml:12: 'partial' must be at most 1.0, not 50."),
        ("partial: half", "meting.yaml:12: 'partial' must be a number, not 'half'."),
        (
            "matches: questionnaire.yaml",
            "meting.yaml:12: matches: needs 'organisation', the column of the export with the names. Add it.",
        ),
    ],
)
def test_faults_of_the_keys(mini: Path, line: str, message: str) -> None:
    configure(mini, line)
    result = run("check", mini)
    assert (result.exit_code, result.stderr) == (2, f"srsmeting: {message}\n")
