"""Paths in a meting.yaml that lead elsewhere, nowhere, or to what is no file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from srsmeting.checking import check_meting
from srsmeting.cli import main
from srsmeting.errors import IntakeError
from srsmeting.intake import read_export
from srsmeting.meting import load_meting


def _elsewhere(mini: Path) -> Path:
    target = mini.parent / "elders.csv"
    (mini / "export.csv").rename(target)
    return target


def _named(mini: Path, name: str) -> None:
    file = mini / "meting.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("export: export.csv", f"export: {name}"), encoding="utf-8")


def _outside(mini: Path) -> None:
    _named(mini, f"../{_elsewhere(mini).name}")


def _absolute(mini: Path) -> None:
    _named(mini, str(_elsewhere(mini)))


def _link_outside(mini: Path) -> None:
    (mini / "export.csv").symlink_to(_elsewhere(mini))


def _link_inside(mini: Path) -> None:
    (mini / "export.csv").rename(mini / "echt.csv")
    (mini / "export.csv").symlink_to("echt.csv")


OUTSIDE = "De export staat buiten de map van de meting."
LINK = "De export is een verwijzing naar een bestand {} de map van de meting."


@pytest.mark.parametrize(
    ("move", "note"),
    [
        (_outside, OUTSIDE),
        (_absolute, OUTSIDE),
        (_link_outside, LINK.format("buiten")),
        (_link_inside, LINK.format("in")),
    ],
)
def test_an_export_may_stand_anywhere_and_the_report_says_where(
    mini: Path, move: Callable[[Path], None], note: str
) -> None:
    plain = check_meting(load_meting(mini))
    move(mini)
    intake = check_meting(load_meting(mini))
    assert note in intake.report.notes
    assert not [told for told in plain.report.notes if "de map van de meting" in told]
    assert intake.responses.answers.equals(plain.responses.answers)


def _nothing(path: Path) -> None:
    path.unlink()


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("weg.csv")


def _circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WRONG: list[tuple[Callable[[Path], None], str]] = [
    (_dangling, "is a link to a file that does not exist"),
    (_circle, "is a link that leads round in a circle"),
    (_fifo, "is no file but a pipe or a device"),
    (_folder, "is a folder"),
]
FILES = {"export": 4, "questionnaire": 3, "frame": 5, "coverage": 6}


@pytest.mark.parametrize(("key", "line"), FILES.items())
@pytest.mark.parametrize(("change", "what"), WRONG)
def test_a_path_that_is_no_file_is_one_message(
    mini: Path, key: str, line: int, change: Callable[[Path], None], what: str
) -> None:
    name = "questionnaire.yaml" if key == "questionnaire" else f"{key}.csv"
    change(mini / name)
    result = CliRunner().invoke(main, ["check", str(mini)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"srsmeting: meting.yaml:{line}: {key}: {name!r} {what}. Put it there, or correct the name.\n"
    )


@pytest.mark.parametrize(("change", "what"), [(_nothing, "there is no such file"), *WRONG])
def test_an_export_by_itself_that_is_no_file(mini: Path, change: Callable[[Path], None], what: str) -> None:
    path = mini / "export.csv"
    change(path)
    with pytest.raises(IntakeError) as caught:
        read_export(path)
    absent = what.startswith("there is no")
    advice = "Put it there, or correct its name in meting.yaml." if absent else "Give the export itself."
    assert str(caught.value) == f"{path}: {what}. {advice}"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("/dev/zero", "'/dev/zero' is no file but a pipe or a device"),
        ('"a\\0b.csv"', "'a\\x00b.csv' has a name that no file can have"),
        (".", "'.' is a folder"),
        ("a" * 300, f"{'a' * 300!r} cannot be read: File name too long"),
        ("export.csv/x", "'export.csv/x' cannot be read: Not a directory"),
    ],
)
def test_a_name_that_is_of_no_file(mini: Path, name: str, what: str) -> None:
    _named(mini, name)
    result = CliRunner().invoke(main, ["check", str(mini)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"srsmeting: meting.yaml:4: export: {what}. Put it there, or correct the name.\n"


@pytest.mark.parametrize("change", [_dangling, _circle, _fifo])
def test_a_configuration_that_is_no_file(mini: Path, change: Callable[[Path], None]) -> None:
    change(mini / "meting.yaml")
    result = CliRunner().invoke(main, ["check", str(mini)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"srsmeting: {mini}: no measurement here. Name a meting.yaml or the folder that holds one, such as "
        "analyses/srs_2021.\n"
    )
