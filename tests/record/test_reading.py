"""Records that are not as they were made: one clear error."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.errors import RecordError, UnknownNameError
from srsmeting.meting import load_meting
from srsmeting.record import pick_record, read_records
from srsmeting.record.sums import sums_text
from srsmeting.recording import record_meting

Edit = Callable[[str, str, str], None]
ON = dt.date(2022, 10, 1)

BACK = "Take it back from a copy; a correction is a record of its own."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def _append(name: str) -> Callable[[Path], object]:
    def change(record: Path) -> None:
        with (record / name).open("a", encoding="utf-8") as file:
            file.write("# mine\n")

    return change


def _gone_and_edited(record: Path) -> None:
    (record / "questionnaire.yaml").unlink()
    _append("estimates.csv")(record)


def _reformat(record: Path) -> None:
    text = (record / "record.yaml").read_text(encoding="utf-8").replace("format: 2", "format: 3")
    (record / "record.yaml").write_text(text, encoding="utf-8")
    (record / "SHA256SUMS").write_text(sums_text(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_append("estimates.csv"), f"record/1/estimates.csv: was changed after it was recorded. {BACK}"),
        (_append("record.yaml"), f"record/1/record.yaml: was changed after it was recorded. {BACK}"),
        (
            _gone_and_edited,
            f"record/1/estimates.csv: was changed after it was recorded. {BACK}\n"
            f"record/1/questionnaire.yaml: is gone. {BACK}",
        ),
        (lambda record: (record / "x.txt").touch(), "record/1/x.txt: is no part of the record. Put it elsewhere."),
        (
            lambda record: (record / "SHA256SUMS").unlink(),
            f"record/1: has no SHA256SUMS, so it cannot be trusted. {BACK}",
        ),
        (_append("SHA256SUMS"), f"record/1/SHA256SUMS:6: is no list of hashes any more. {BACK}"),
        (
            lambda record: (record / "SHA256SUMS").write_text("", encoding="utf-8"),
            f"record/1/SHA256SUMS: is empty. {BACK}",
        ),
        (
            _reformat,
            "record/1/record.yaml:2: format 3 is of a later srsmeting; this one reads up to 2. Install a later one.",
        ),
        (lambda record: (record.parent / "oud").mkdir(), "record/oud: is no record. Put it elsewhere."),
        (
            lambda record: record.rename(record.parent / "2"),
            "record: there is no record 1, and there is a record 2. Take it back from a copy.",
        ),
    ],
)
def test_a_record_that_was_changed_is_one_clear_error(
    recorded: Path, change: Callable[[Path], object], message: str
) -> None:
    change(recorded / "record" / "1")

    for command in ("verify", "record"):
        result = run(command, recorded)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"srsmeting: {message}\n")


def test_a_record_of_another_measurement_is_refused(recorded: Path) -> None:
    """Somebody copied the folder of last year, with its record."""
    with pytest.raises(RecordError) as caught:
        read_records(recorded / "record", "mini-2022")
    assert str(caught.value) == (
        "record/1/record.yaml: is of 'mini-2021', and this measurement is 'mini-2022'. "
        "Leave the record with its own measurement."
    )


def test_a_record_that_was_replaced_is_noticed_by_the_next(recorded: Path, edit: Edit) -> None:
    edit("export.csv", '"7"', '"8"')
    shutil.copytree(recorded / "record", recorded / "kept")
    record_meting(load_meting(recorded), ON, reason="x")
    assert len(read_records(recorded / "record", "mini-2021")) == 2

    shutil.rmtree(recorded / "record" / "1")
    first = recorded / "record" / "1"
    shutil.copytree(recorded / "kept" / "1", first)
    _append("estimates.csv")(first)
    (first / "SHA256SUMS").write_text(sums_text(first), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_records(recorded / "record", "mini-2021")
    assert str(caught.value) == (
        "record/2/record.yaml: follows another record than the one that stands here before it. Take both from a copy."
    )


def test_a_revision_that_stands_alone_is_refused(recorded: Path, edit: Edit) -> None:
    edit("export.csv", '"7"', '"8"')
    record_meting(load_meting(recorded), ON, reason="x")
    shutil.rmtree(recorded / "record" / "1")
    (recorded / "record" / "2").rename(recorded / "record" / "1")

    with pytest.raises(RecordError) as caught:
        read_records(recorded / "record", "mini-2021")
    assert str(caught.value) == "record/1/record.yaml: is record 2, and stands in folder 1. Give it back its name."


def test_a_file_in_place_of_the_folder_is_refused(mini: Path) -> None:
    (mini / "record").touch()
    with pytest.raises(RecordError) as caught:
        read_records(mini / "record", "mini-2021")
    assert str(caught.value) == (
        f"{mini / 'record'}: is no folder, and records of publications stand in one. Put it elsewhere."
    )


def test_a_record_is_picked_by_its_number(recorded: Path) -> None:
    records = read_records(recorded / "record", "mini-2021")

    assert pick_record(records) is pick_record(records, 1) is records[0]
    with pytest.raises(UnknownNameError) as caught:
        pick_record(records, 3)
    assert str(caught.value) == "record: no record '3'. Known: '1'."


def test_without_a_record_none_can_be_replayed(mini: Path) -> None:
    result = run("verify", mini, "--record", 1)

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {mini / 'record'}: holds no record. Make one with `srsmeting record`.\n"


def test_a_record_that_was_rewritten_without_a_file_is_refused(recorded: Path) -> None:
    record = recorded / "record" / "1"
    (record / "questionnaire.yaml").unlink()
    (record / "SHA256SUMS").write_text(sums_text(record), encoding="utf-8")

    with pytest.raises(RecordError) as caught:
        read_records(recorded / "record", "mini-2021")
    assert str(caught.value) == (
        "record/1/record.yaml: names 'questionnaire.yaml', which is not in the record. "
        "Take the whole record from a copy."
    )
