"""The years beside a publication: kept with its record, and held against what they would be now."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.errors import RecordError
from srsmeting.estimates import pick, read_estimates
from srsmeting.meting import load_meting
from srsmeting.record import read_records
from srsmeting.recording import Replay, record_meting, replay_record
from srsmeting.running import run_meting
from srsmeting.years import compare_earlier

Write = Callable[[str, str, str], None]
ON = dt.date(2023, 10, 1)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def repeat(repeat: Path) -> Path:
    """Folder of a repeat of the small measurement, which has the same answers, with its first record."""
    record_meting(load_meting(repeat), ON)
    return repeat


def change(path: Path, old: str, new: str) -> None:
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))


def replay(folder: Path, number: int = 1) -> Replay:
    meting = load_meting(folder)
    record = read_records(meting.record, meting.config.meting)[number - 1]
    return replay_record(meting, record, run_meting(meting))


def row(done: Replay, option: str) -> list[object]:
    found = done.rows[done.rows["option"] == option]
    assert len(found) == 1
    return [*found.iloc[0].tolist()][2:]


def test_a_record_of_a_repeat_keeps_the_years(repeat: Path) -> None:
    meting = load_meting(repeat)
    compared = compare_earlier(meting, run_meting(meting))
    assert compared is not None
    (record,) = read_records(meting.record, "mini-2022")
    years = record.read_years()

    pd.testing.assert_frame_equal(years, compared.years)
    # Of nine marks the mean was 7 in both years, and nothing changed.
    assert pick(years, "cijfer", measure="mean", meting="mini-2021")["estimate"] == 7
    assert pick(years, "cijfer", measure="change", meting="mini-2022")["estimate"] == 0
    kept = record.config.years
    assert kept is not None
    assert kept.figures == len(years)
    assert {id: (year.record, [*year.files]) for id, year in kept.earlier.items()} == {
        "mini-2021": (0, ["configuration", "questionnaire", "export", "frame", "coverage"])
    }
    figures = record.config.figures + len(years)
    assert run("verify", repeat).stdout == f"{figures} of {figures} figures of record 1 (2023-10-01) come out again.\n"


def test_the_figures_are_counted_apart(mini: Path, repeat: Path) -> None:
    shutil.rmtree(repeat / "record")
    result = run("record", repeat, "--on", "2023-10-01")
    years = len(read_estimates(repeat / "record" / "1" / "years.csv"))
    own = len(read_estimates(repeat / "record" / "1" / "estimates.csv"))
    assert result.stdout == f"{repeat / 'record' / '1'}: {own} figures; {years} of the years beside them, 2023-10-01.\n"


def test_an_answer_of_the_year_before_is_told_of_that_year(mini: Path, repeat: Path) -> None:
    # Number 1 gave an 8 and no 7 in 2021: nine marks added up to 64, and the mean of 2022 is 1/9 lower and no longer equal.
    change(mini / "export.csv", '"7"', '"8"')
    done = replay(repeat)

    why = "export of mini-2021 changed"
    assert row(done, "mini-2021|cijfer|||||mean") == ["7 (of 9)", "7.11111 (of 9)", False, why]
    assert row(done, "mini-2022|cijfer|||||change") == ["0 (9 of 9)", "-0.111111 (9 of 9)", False, why]
    assert set(done.rows["note"]) == {why}
    assert set(done.rows["option"].str.split("|").str[1]) == {"cijfer"}
    result = run("verify", repeat)
    assert result.exit_code == 1
    assert result.stderr == f"srsmeting: {len(done.rows)} figures come out differently from record 1.\n"


def test_an_answer_of_the_year_itself_is_told_of_its_changes_too(repeat: Path) -> None:
    change(repeat / "export.csv", '"7"', '"8"')
    done = replay(repeat)

    why = "export.csv (export) changed"
    assert row(done, "mini-2022|cijfer|||||mean") == ["7 (of 9)", "7.11111 (of 9)", False, why]
    assert row(done, "mini-2022|cijfer|||||change") == ["0 (9 of 9)", "0.111111 (9 of 9)", False, why]
    assert not done.rows["option"].str.startswith("mini-2021").any()
    assert done.told == ()


def test_answers_of_both_years_are_both_named(mini: Path, repeat: Path) -> None:
    change(mini / "export.csv", '"7"', '"8"')
    change(repeat / "export.csv", '"6"', '"8"')
    done = replay(repeat)

    # What was published of 2021 does not lean on the answers of 2022; the change leans on both.
    assert row(done, "mini-2021|cijfer|||||mean")[3] == "export of mini-2021 changed"
    both = "one or more of: export.csv (export) changed; export of mini-2021 changed"
    assert row(done, "mini-2022|cijfer|||||change")[3] == both


def test_what_the_crosswalk_says_otherwise_is_told(repeat: Path) -> None:
    change(repeat / "crosswalk.csv", "mini-2022,cijfer,,Welk rapportcijfer geeft u?,same,yes,",
           "mini-2022,cijfer,,Welk rapportcijfer geeft u?,same,break,Andere vragen ervoor.")  # fmt: skip
    done = replay(repeat)

    why = "crosswalk.csv (crosswalk) changed"
    assert row(done, "mini-2022|cijfer|||||change") == ["0 (9 of 9)", "trend_break", False, why]
    assert set(done.rows["note"]) == {why}


def test_a_year_that_is_published_otherwise_is_told_by_its_record(mini: Path, repeat: Path) -> None:
    record_meting(load_meting(mini), dt.date(2022, 10, 1))
    shutil.rmtree(repeat / "record")
    record_meting(load_meting(repeat), ON)
    change(mini / "export.csv", '"7"', '"8"')
    record_meting(load_meting(mini), dt.date(2023, 11, 1), reason="Tikfout")
    done = replay(repeat)

    why = "mini-2021 was published as record 1, is published as record 2 (export changed)"
    assert row(done, "mini-2021|cijfer|||||mean") == ["7 (of 9)", "7.11111 (of 9)", False, why]
    assert set(done.rows["note"]) == {why}


def test_years_that_are_left_out_are_gone(repeat: Path) -> None:
    change(repeat / "meting.yaml", "earlier:", "# earlier:")
    done = replay(repeat)

    assert set(done.rows["computed"]) == {"no such row"}
    assert set(done.rows["note"]) == {"mini-2021 is not compared with any more"}
    kept = read_records(repeat / "record", "mini-2022")[0].config.years
    assert kept is not None
    assert len(done.rows) == kept.figures


def test_of_many_figures_the_first_are_shown_and_the_reasons_counted(repeat: Path, tmp_path: Path) -> None:
    change(repeat / "meting.yaml", "earlier:", "# earlier:")
    (record,) = read_records(repeat / "record", "mini-2022")
    assert record.config.years is not None
    gone, whole = record.config.years.figures, record.config.figures + record.config.years.figures
    told = [
        f"{whole - gone} of {whole} figures of record 1 (2023-10-01) come out again.",
        f"The first 50 of those that do not are shown; -o FILE writes all {gone}:",
        f"  {gone}: mini-2021 is not compared with any more",
    ]
    lines = run("verify", repeat).stdout.splitlines()
    assert lines[51:54] == told
    assert run("verify", repeat, "-o", tmp_path / "v.csv").stdout.splitlines()[0] == told[0]
    assert len(pd.read_csv(tmp_path / "v.csv")) == gone


def test_a_revision_tells_what_differs_beside_it(mini: Path, repeat: Path) -> None:
    change(mini / "export.csv", '"7"', '"8"')
    count = len(replay(repeat).rows)
    with pytest.raises(RecordError) as caught:
        record_meting(load_meting(repeat), ON)
    told = f"in no figure of its own; {count} figures of the years beside it"
    assert str(caught.value) == f"{repeat / 'record'}: differs from record 1: {told}. Say why with --reason."

    done = record_meting(load_meting(repeat), ON, reason="Tikfout in 2021")
    revision = done.record.config.revision
    assert revision is not None
    assert (done.told, revision.changed, revision.years) == (told, 0, count)
    listed = pd.read_csv(done.record.folder / "changes.csv", keep_default_na=False)
    mean = listed[(listed["measure"] == "mean") & (listed["by"] == "") & (listed["column"] == "estimate")]
    assert mean[["meting", "old", "new"]].to_numpy().tolist() == [["mini-2021", "7.0", str(64 / 9)]]
    assert replay(repeat, 2).rows.empty


def test_a_record_that_kept_no_years_is_read_and_replayed_as_ever() -> None:
    folder = bundled("analyses/srs_2022")
    assert load_meting(folder).config.earlier
    for record in read_records(folder / "record", "srs-2022"):
        assert (record.config.format, record.config.years, len(record.read_years())) == (1, None, 0)
    assert replay(folder, 2).rows.empty


def test_years_that_are_gone_from_a_record_are_one_clear_error(repeat: Path) -> None:
    (repeat / "record" / "1" / "years.csv").unlink()
    result = run("verify", repeat)
    back = "Take it back from a copy; a correction is a record of its own."
    assert (result.exit_code, result.stderr) == (2, f"srsmeting: record/1/years.csv: is gone. {back}\n")
