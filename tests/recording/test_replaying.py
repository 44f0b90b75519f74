"""Which figures of a record come out differently, and why."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.estimates import pick
from srsmeting.meting import load_meting
from srsmeting.record import Record, read_records
from srsmeting.record.model import record_text
from srsmeting.record.sums import sums_text
from srsmeting.recording import Replay, replay_record
from srsmeting.running import run_meting

Edit = Callable[[str, str, str], None]

MEAN = "mini-2021|cijfer|||||mean"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def replay(folder: Path, number: int = 1) -> Replay:
    meting = load_meting(folder)
    record = read_records(meting.record, meting.config.meting)[number - 1]
    return replay_record(meting, record, run_meting(meting))


def row(done: Replay, option: str) -> list[object]:
    found = done.rows[done.rows["option"] == option]
    assert len(found) == 1
    return [*found.iloc[0].tolist()]


def add(folder: Path, line: str) -> None:
    config = folder / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8") + line, encoding="utf-8")


def test_every_figure_of_2021_comes_out_again() -> None:
    meting = load_meting(bundled("analyses/srs_2021"))
    (record,) = read_records(meting.record, "srs-2021")
    done = replay_record(meting, record, run_meting(meting))

    assert done.rows.empty
    assert done.again == done.figures == len(record.read_estimates())
    assert record.config.inputs["export"].rows == 308
    assert record.config.inputs["frame"].rows == 985


def test_the_revision_of_2022_is_told_by_its_correction() -> None:
    folder = bundled("analyses/srs_2022")
    _, second = read_records(folder / "record", "srs-2022")
    assert second.config.revision is not None
    assert (
        second.config.revision.reason
        == "Een respondent las de schaal van het rapportcijfer andersom (corrections.yaml)"
    )
    assert replay(folder, 2).rows.empty

    # One 4 became a 10: 298 marks add up to 2,213 and not 2,207.
    done = replay(folder)
    corrected = "corrections.yaml (corrections) was added"
    mean = "srs-2022|cijfer_wgo|||||mean"
    marks = (f"{2207 / 298:.6g} (of 298)", f"{2213 / 298:.6g} (of 298)")
    assert row(done, mean) == ["record 1", mean, *marks, False, corrected]
    assert set(done.rows["note"]) == {corrected}
    assert set(done.rows["option"].str.split("|").str[1]) == {"cijfer_wgo"}


def test_an_unchanged_measurement_gives_every_figure_back(recorded: Path) -> None:
    result = run("verify", recorded)

    count = len(run_meting(load_meting(recorded)).estimates)
    assert result.exit_code == 0
    assert result.stdout == f"{count} of {count} figures of record 1 (2022-10-01) come out again.\n"
    done = replay(recorded)
    assert (list(done.rows.columns), done.told) == (
        ["published_id", "option", "published", "computed", "agrees", "note"],
        (),
    )


def test_a_changed_answer_is_told_with_its_file(recorded: Path, edit: Edit, tmp_path: Path) -> None:
    # Number 1 gives an 8 and no 7: nine marks add up to 64 and not 63.
    edit("export.csv", '"7"', '"8"')
    done = replay(recorded)

    assert row(done, MEAN) == [
        "record 1",
        MEAN,
        "7 (of 9)",
        "7.11111 (of 9)",
        False,
        "export.csv (export) changed",
    ]
    share = "mini-2021|cijfer||8|||share"
    assert row(done, share)[2:4] == ["0.333333 (3 of 9)", "0.444444 (4 of 9)"]
    assert set(done.rows["note"]) == {"export.csv (export) changed"}
    assert set(done.rows["option"].str.split("|").str[1]) == {"cijfer"}
    assert done.told == ()

    result = run("verify", recorded, "-o", tmp_path / "v.csv")
    assert result.exit_code == 1
    count = len(done.rows)
    assert (
        result.stdout == f"{done.figures - count} of {done.figures} figures of record 1 (2022-10-01) come out again.\n"
    )
    assert result.stderr == f"srsmeting: {count} figures come out differently from record 1.\n"
    assert len(pd.read_csv(tmp_path / "v.csv")) == count


def test_beside_published_figures_the_rows_stand_beneath_them(recorded: Path, edit: Edit, tmp_path: Path) -> None:
    (recorded / "published.yaml").write_text(
        "source: s\nresults:\n  - {id: f, question: bekend, percent: {inhoud: 60}}\n", encoding="utf-8"
    )
    add(recorded, "published: published.yaml\n")
    edit("export.csv", '"7"', '"8"')
    result = run("verify", recorded, "-o", tmp_path / "v.csv")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "1 of 1 published figures reproduced."
    rows = pd.read_csv(tmp_path / "v.csv", keep_default_na=False)
    assert rows["published_id"].tolist() == ["f", *["record 1"] * (len(rows) - 1)]


def test_another_rule_hides_figures_and_nothing_else(recorded: Path, edit: Edit) -> None:
    edit("meting.yaml", "min_base: 3", "min_base: 5")
    done = replay(recorded)

    # Four of the ten respondents are in the south.
    south = "mini-2021|bekend||inhoud|wgo|zuid|share"
    assert row(done, south)[2:] == [
        "0.5 (2 of 4)",
        "suppressed (small_base)",
        False,
        "settings: publication.min_base was 3, is 5",
    ]
    hidden = done.rows["computed"].str.startswith("suppressed")
    assert hidden.all()
    # Three were hidden already; now because of their own base, and no longer for what stands beside them.
    again = done.rows["published"].str.startswith("suppressed")
    assert int(again.sum()) == 3
    assert done.told == (
        f"It differs from record 1: in suppression only, {len(done.rows) - 3} figures are hidden, "
        "3 figures are hidden for another reason.",
    )


def test_each_figure_is_told_what_makes_it_differ(recorded: Path, edit: Edit) -> None:
    """A correction, a stricter rule and a wording at once: found by taking over one at a time."""
    edit("meting.yaml", "min_base: 3", "min_base: 5")
    edit("questionnaire.yaml", "Kent u het onderzoek?", "Kent u dit onderzoek?")
    (recorded / "corrections.yaml").write_text(
        "corrections:\n  - {respondent: '1', question: cijfer, old: '7', new: '8', reason: tikfout, date: 2022-10-09}\n",
        encoding="utf-8",
    )
    add(recorded, "corrections: corrections.yaml\n")
    done = replay(recorded)

    corrected = "corrections.yaml (corrections) was added"
    assert row(done, MEAN)[2:] == ["7 (of 9)", "7.11111 (of 9)", False, corrected]
    assert row(done, "mini-2021|bekend||inhoud|wgo|zuid|share")[5] == "settings: publication.min_base was 3, is 5"
    # Of the mark in the north, either would do: it is of number 1, and hidden beside the south.
    both = f"{corrected}; settings: publication.min_base was 3, is 5"
    assert row(done, "mini-2021|cijfer|||wgo|noord|mean")[5] == both
    assert set(done.rows["note"]) == {corrected, "settings: publication.min_base was 3, is 5", both}
    assert done.told == ("Changed since record 1, without any figure differing by it: questionnaire.yaml.",)


def test_data_and_settings_are_told_apart(recorded: Path, edit: Edit) -> None:
    edit("meting.yaml", "min_base: 3", "min_base: 5")
    edit("export.csv", '"7"', '"8"')
    done = replay(recorded)

    assert row(done, MEAN)[5] == "export.csv (export) changed"
    assert row(done, "mini-2021|bekend||inhoud|wgo|zuid|share")[5] == "settings: publication.min_base was 3, is 5"


def test_what_needs_two_changes_is_told_of_both(recorded: Path, edit: Edit) -> None:
    # The code of an answer and the breakdown that is made of it: one without the other does not fit.
    questionnaire = (recorded / "questionnaire.yaml").read_text(encoding="utf-8")
    added = "groupings:\n  - {id: deel, of: bekend, label: Deel, groups: [{code: wel, label: Wel, of: [inhoud, gehoord]}]}\n"
    (recorded / "questionnaire.yaml").write_text(
        questionnaire.replace("questions:\n", f"{added}questions:\n", 1), encoding="utf-8"
    )
    edit("meting.yaml", "breakdowns: [wgo]", "breakdowns: [deel]")
    done = replay(recorded)

    gone = row(done, "mini-2021|cijfer|||wgo|noord|mean")
    assert gone[3] == "no such row"
    assert gone[5] == (
        "together: questionnaire.yaml (questionnaire) changed; settings: breakdowns was [wgo], is [deel]"
    )
    assert done.told[0].endswith(" not in record 1: mean, share.")


def test_settings_that_do_not_fit_any_more_are_said(recorded: Path, edit: Edit) -> None:
    for name in ("export.csv", "questionnaire.yaml"):
        edit(name, "G01Q02", "G09Q02")
    edit("export.csv", '"7"', '"8"')
    done = replay(recorded)

    assert row(done, MEAN)[5] == (
        "export.csv (export) changed; questionnaire.yaml (questionnaire) changed "
        "(the recorded settings do not fit the files as they are: export.csv:1: question 'cijfer' has no column 'G01Q02'. "
        "Export every question, or correct its 'export' in the questionnaire.)"
    )


def test_settings_of_another_version_are_said(recorded: Path, edit: Edit) -> None:
    """A later version may know a key no longer; the figures are compared all the same."""
    record = recorded / "record" / "1"
    with (record / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("oude_sleutel: 1\n")
    (record / "SHA256SUMS").write_text(sums_text(record), encoding="utf-8")
    assert replay(recorded).rows.empty

    edit("export.csv", '"7"', '"8"')
    note = str(row(replay(recorded), MEAN)[5])
    assert note.startswith(
        "export.csv (export) changed; the recorded settings, which this version cannot follow (the recorded settings do "
        "not fit the files as they are: record/1/meting.yaml:12: unknown key 'oude_sleutel'. "
    )


def test_a_revision_gives_its_figures_back_and_the_first_does_not(recorded: Path) -> None:
    (recorded / "corrections.yaml").write_text(
        "corrections:\n  - {respondent: '1', question: cijfer, old: '7', new: '8', reason: tikfout, date: 2022-10-09}\n",
        encoding="utf-8",
    )
    add(recorded, "corrections: corrections.yaml\n")
    assert run("record", recorded, "--on", "2022-11-01", "--reason", "tikfout").exit_code == 0

    assert run("verify", recorded).exit_code == 0
    assert replay(recorded, 2).told == ()
    first = run("verify", recorded, "--record", 1)
    assert first.exit_code == 1
    assert "corrections.yaml (corrections) was added" in first.stdout


def _with_versions(record: Record, **versions: str) -> None:
    config = record.config.model_copy(update={"versions": {**record.config.versions, **versions}})
    (record.folder / "record.yaml").write_text(record_text(config), encoding="utf-8")
    (record.folder / "SHA256SUMS").write_text(sums_text(record.folder), encoding="utf-8")


@pytest.mark.parametrize("same", [False, True])
def test_other_software_is_told_where_no_file_changed(recorded: Path, same: bool) -> None:
    meting = load_meting(recorded)
    (record,) = read_records(meting.record, "mini-2021")
    numpy = record.config.versions["numpy"]
    if not same:
        _with_versions(record, numpy="1.0")
        (record,) = read_records(meting.record, "mini-2021")
    found = run_meting(meting)
    estimates = found.estimates
    at = pick(estimates, "cijfer", measure="mean").name
    estimates.loc[at, "estimate"] += 1e-8
    done = replay_record(meting, record, found)

    assert done.rows.to_numpy().tolist() == [
        [
            "record 1",
            MEAN,
            "estimate 7",
            "estimate 7.0000000099999999",
            False,
            "inputs, settings and versions are as recorded: the code, or the machine, is another"
            if same
            else f"numpy was 1.0, is {numpy}",
        ]
    ]


def test_a_mark_and_a_bound_are_differences_too(recorded: Path) -> None:
    meting = load_meting(recorded)
    (record,) = read_records(meting.record, "mini-2021")
    found = run_meting(meting)
    estimates = found.estimates
    mean, known = pick(estimates, "cijfer", measure="mean").name, pick(estimates, "bekend", "inhoud").name
    low = estimates.loc[known, "ci_low"]
    estimates.loc[known, "ci_low"] = 0.25
    estimates.loc[mean, ["status", "reason"]] = ["U", "indicative"]
    done = replay_record(meting, record, found)

    assert done.rows[["option", "published", "computed"]].to_numpy().tolist() == [
        ["mini-2021|bekend||inhoud|||share", f"ci_low {low:.6g}", "ci_low 0.25"],
        [MEAN, "status A, reason empty", "status U, reason indicative"],
    ]
