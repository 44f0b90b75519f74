"""What `srsmeting record` leaves behind, and what it refuses."""

import datetime as dt
import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.errors import ConfigurationError, RecordError
from srsmeting.estimates import read_estimates
from srsmeting.frames import read_frame
from srsmeting.meting import load_meting
from srsmeting.record import read_records
from srsmeting.recording import record_meting
from srsmeting.running import run_meting

Edit = Callable[[str, str, str], None]
ON = dt.date(2022, 10, 1)
FILES = ["SHA256SUMS", "coverage.csv", "estimates.csv", "meting.yaml", "questionnaire.yaml", "record.yaml"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_record_holds_the_figures_and_what_they_were_made_of(mini: Path) -> None:
    result = run("record", mini, "--on", "2022-10-01", "--note", "Zoals in het rapport")

    assert (result.exit_code, result.stderr) == (0, "")
    figures = run_meting(load_meting(mini)).estimates
    assert result.stdout == f"{mini / 'record' / '1'}: {len(figures)} figures, 2022-10-01.\n"
    folder = mini / "record" / "1"
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert read_estimates(folder / "estimates.csv")["numerator"].equals(figures["numerator"])
    for name in ("coverage.csv", "meting.yaml", "questionnaire.yaml"):
        assert (folder / name).read_bytes() == (mini / name).read_bytes()
    (record,) = read_records(mini / "record", "mini-2021")
    config = record.config
    assert (config.number, config.date, config.note, config.figures) == (1, ON, "Zoals in het rapport", len(figures))
    assert {key: (entry.file, entry.rows, entry.kept) for key, entry in config.inputs.items()} == {
        "configuration": ("meting.yaml", None, "meting.yaml"),
        "questionnaire": ("questionnaire.yaml", None, "questionnaire.yaml"),
        # Eleven came in, one of them not finished; twenty were invited.
        "export": ("export.csv", 11, ""),
        "frame": ("frame.csv", 20, ""),
        "coverage": ("coverage.csv", None, "coverage.csv"),
    }
    export = (mini / "export.csv").read_bytes()
    assert config.inputs["export"].sha256 == hashlib.sha256(export).hexdigest()
    assert set(config.versions) == {"python", "srsmeting", "numpy", "pandas", "scipy", "statsmodels"}


def test_no_answer_and_no_organisation_is_in_a_record(recorded: Path) -> None:
    kept = b"".join(path.read_bytes() for path in (recorded / "record" / "1").iterdir())

    assert b"tok1" in (recorded / "frame.csv").read_bytes()
    for text in (b"tok", b"meer bijeenkomsten", b"nieuwsbrief", b"192.0.2.1"):
        assert text not in kept


def test_the_list_of_hashes_is_that_of_sha256sum(recorded: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "SHA256SUMS"],
        cwd=recorded / "record" / "1",
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_an_unchanged_publication_is_not_recorded_again(recorded: Path) -> None:
    result = run("record", recorded, "--reason", "zomaar")

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {recorded / 'record'}: record 1, of 2022-10-01, holds these figures already, made of the same files. "
        "There is nothing to record.\n"
    )
    assert [path.name for path in (recorded / "record").iterdir()] == ["1"]


def test_a_revision_says_why_and_what_differs(recorded: Path, edit: Edit) -> None:
    before = {path.name: path.read_bytes() for path in (recorded / "record" / "1").iterdir()}
    # Number 1 gives an 8 and no 7: nine marks add up to 64 and not 63.
    edit("export.csv", '"7"', '"8"')
    estimates = run_meting(load_meting(recorded)).estimates
    changed = read_estimates(recorded / "record" / "1" / "estimates.csv")
    keys = ["question", "item", "category", "by", "group", "measure"]
    both = changed.merge(estimates, on=keys)
    count = int(
        ((both["estimate_x"] != both["estimate_y"]) & both[["estimate_x", "estimate_y"]].notna().any(axis=1)).sum()
    )

    refused = run("record", recorded, "--on", "2022-11-01")
    assert refused.exit_code == 2
    told = f"0 figures added, 0 dropped, {count} changed; file changed: export"
    assert (
        refused.stderr == f"srsmeting: {recorded / 'record'}: differs from record 1: {told}. Say why with --reason.\n"
    )

    result = run("record", recorded, "--on", "2022-11-01", "--reason", "Tikfout hersteld")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == f"Differs from record 1: {told}."
    assert {path.name: path.read_bytes() for path in (recorded / "record" / "1").iterdir()} == before
    revision = read_records(recorded / "record", "mini-2021")[1].config.revision
    assert revision is not None
    assert (revision.of, revision.reason, revision.changed, revision.suppression_only, revision.files) == (
        *(1, "Tikfout hersteld", count, False),
        ("export",),
    )
    listed = read_frame(recorded / "record" / "2" / "changes.csv")
    mean = listed[(listed["measure"] == "mean") & (listed["by"] == "") & (listed["column"] == "estimate")]
    assert mean[["change", "old", "new"]].to_numpy().tolist() == [["changed", "7.0", str(64 / 9)]]


def test_a_revision_in_suppression_only_says_so(recorded: Path, edit: Edit) -> None:
    edit("meting.yaml", "min_base: 3", "min_base: 5")

    result = run("record", recorded, "--on", "2022-11-01", "--reason", "Strenger")
    assert result.stdout.splitlines()[1].startswith("Differs from record 1: in suppression only, ")
    revision = read_records(recorded / "record", "mini-2021")[1].config.revision
    assert revision is not None
    assert revision.suppression_only


def test_another_file_with_the_same_figures_is_a_revision_too(recorded: Path, edit: Edit) -> None:
    edit("meting.yaml", "Een verzonnen enquête", "Een enquête")

    done = record_meting(load_meting(recorded), ON, reason="Bron verbeterd")
    assert done.told == "in no figure; file changed: configuration"


@pytest.mark.parametrize(
    ("on", "reason", "message"),
    [
        (
            dt.date(2022, 9, 30),
            "x",
            "record 1 is of 2022-10-01, which is later than 2022-09-30. A revision comes after what it revises.",
        ),
        (ON, " ", "differs from record 1: in no figure; file changed: configuration. Say why with --reason."),
    ],
)
def test_a_revision_that_is_not_in_order_is_refused(
    recorded: Path, edit: Edit, on: dt.date, reason: str, message: str
) -> None:
    edit("meting.yaml", "Een verzonnen enquête", "Een enquête")

    with pytest.raises(RecordError) as caught:
        record_meting(load_meting(recorded), on, reason=reason)
    assert str(caught.value) == f"{recorded / 'record'}: {message}"


def test_a_first_record_has_no_reason(mini: Path) -> None:
    with pytest.raises(RecordError) as caught:
        record_meting(load_meting(mini), ON, reason="x")
    assert str(caught.value) == f"{mini / 'record'}: holds no record yet, so there is nothing to revise. Use --note."


def test_a_file_that_changes_meanwhile_leaves_no_record(mini: Path) -> None:
    def meddle(step: str) -> None:
        if step == "recording":
            with (mini / "frame.csv").open("a", encoding="utf-8") as file:
                file.write("tok21,zuid\n")

    with pytest.raises(RecordError) as caught:
        record_meting(load_meting(mini), ON, progress=meddle)
    assert str(caught.value) == (
        f"{mini / 'meting.yaml'}: its files were changed while they were being recorded. Record again."
    )
    assert not (mini / "record").exists()


def test_what_tells_of_respondents_is_not_copied_inside_git(mini: Path) -> None:
    (mini / ".git").mkdir()
    (mini / "corrections.yaml").write_text(
        "set_aside:\n  - {respondent: '10', reason: proef, date: 2022-03-20}\n", encoding="utf-8"
    )
    config = mini / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "corrections: corrections.yaml\n", encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        record_meting(load_meting(mini), ON)
    assert str(caught.value) == (
        f"{mini / 'record'}: lies in the git work tree {str(mini)!r}, and what tells of respondents (corrections) could "
        "be committed there. Write elsewhere, or add --inside-git."
    )
    done = record_meting(load_meting(mini), ON, inside_git=True)
    assert (done.record.folder / "corrections.yaml").exists()


def test_no_figures_are_written_into_a_record(recorded: Path) -> None:
    target = recorded / "record" / "1" / "estimates.csv"
    result = run("estimate", recorded, "-o", target)

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {target}: lies in the record of this measurement. Write to another file.\n"


def test_two_measurements_in_one_folder_have_each_their_record(mini: Path) -> None:
    (mini / "meting.yaml").rename(mini / "voorjaar.yaml")
    done = record_meting(load_meting(mini / "voorjaar.yaml"), ON)

    assert done.record.folder == mini / "voorjaar.record" / "1"
    assert (done.record.folder / "meting.yaml").exists()


def test_a_measurement_of_figures_alone_can_be_recorded(mini: Path) -> None:
    assert run("estimate", mini, "-o", mini / "figures.csv").exit_code == 0
    (mini / "meting.yaml").write_text(
        "meting: mini-2021\ntitle: M\nquestionnaire: questionnaire.yaml\nestimates: figures.csv\n", encoding="utf-8"
    )

    done = record_meting(load_meting(mini), ON)
    assert list(done.record.config.inputs) == ["configuration", "questionnaire", "estimates"]
    result = run("verify", mini)
    assert result.exit_code == 0
    count = done.record.config.figures
    assert result.stdout == f"{count} of {count} figures of record 1 (2022-10-01) come out again.\n"
