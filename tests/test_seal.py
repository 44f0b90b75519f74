"""`srsmeting check --seal`: from then on a changed file is a finding, in every command that takes the export in."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.bundled import bundled
from srsmeting.checking import check_meting
from srsmeting.cli import main
from srsmeting.meting import load_meting
from srsmeting.running import run_meting

AGAIN = "Klopt dit, leg de bestanden dan opnieuw vast: `srsmeting check --seal`."


def check(meting: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", str(meting), *arguments])


def add(mini: Path, line: str) -> None:
    config = mini / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8") + line, encoding="utf-8")


def test_a_sealed_measurement_says_so_and_has_no_finding(mini: Path) -> None:
    result = check(mini, "--seal")
    assert result.exit_code == 0, result.output
    assert "                    De 5 bestanden zijn vastgelegd in manifest.yaml.\n" in result.stdout

    again = check(mini)
    assert again.exit_code == 0
    assert "De 5 bestanden zijn gelijk aan wat in manifest.yaml is vastgelegd." in " ".join(again.stdout.split())
    checks = check_meting(load_meting(mini)).report.checks.set_index("check")
    assert checks.loc["file_changed", "count"] == 0


def test_without_a_manifest_the_check_is_not_made(mini: Path) -> None:
    checks = check_meting(load_meting(mini)).report.checks.set_index("check")

    assert checks.loc["file_changed", "not_made"] == "de bestanden zijn niet vastgelegd (srsmeting check --seal)"


def test_an_edited_export_is_a_finding_until_it_is_sealed_again(mini: Path) -> None:
    check(mini, "--seal")
    export = mini / "export.csv"
    export.write_bytes(export.read_bytes().replace(b'"7"', b'"8"', 1))
    size = export.stat().st_size
    message = (
        "export.csv (export) is veranderd sinds het in manifest.yaml is vastgelegd: evenveel bytes "
        f"({size:,}), andere inhoud. {AGAIN}"
    ).replace(",", ".", 1)

    assert check(mini).exit_code == 1
    report = run_meting(load_meting(mini)).intake
    assert report is not None
    found = report.report.findings
    assert found[["check", "severity", "count", "message"]].to_numpy().tolist()[0] == [
        "file_changed",
        "warning",
        1,
        message,
    ]
    assert CliRunner().invoke(main, ["estimate", str(mini), "-o", "-"]).exit_code == 1

    assert check(mini, "--seal").exit_code == 0
    assert check(mini).exit_code == 0


def test_a_setting_that_changed_is_a_finding(mini: Path) -> None:
    check(mini, "--seal")
    size = (mini / "meting.yaml").stat().st_size
    add(mini, "partial: 0.5\n")
    findings = check_meting(load_meting(mini)).report.findings

    assert findings.loc[findings["check"] == "file_changed", "message"].tolist() == [
        f"meting.yaml (configuration) is veranderd sinds het in manifest.yaml is vastgelegd: {size + 13} bytes, dat "
        f"waren er {size}. {AGAIN}"
    ]


def test_the_bundled_measurement_is_as_it_was_sealed() -> None:
    report = check_meting(load_meting(bundled("analyses/srs_2021"))).report

    assert report.manifest == "De 6 bestanden zijn gelijk aan wat in manifest.yaml is vastgelegd."
    assert report.checks.set_index("check").loc["file_changed", "count"] == 0


def test_the_syntax_beside_data_for_spss_is_sealed_with_it(mini: Path) -> None:
    (mini / "data").mkdir()
    config = mini / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("export.csv", "data/export.dat"), encoding="utf-8")
    for name in ("export.dat", "syntax.sps"):
        (mini / "data" / name).write_text("'1'\n", encoding="utf-8")

    assert load_meting(mini).inputs["syntax"] == "data/syntax.sps"


def test_a_file_that_is_added_or_left_out_is_a_finding(mini: Path) -> None:
    check(mini, "--seal")
    (mini / "corrections.yaml").write_text("corrections: []\n", encoding="utf-8")
    config = mini / "meting.yaml"
    text = config.read_text(encoding="utf-8").replace("coverage: coverage.csv\n", "corrections: corrections.yaml\n")
    config.write_text(text, encoding="utf-8")

    findings = check_meting(load_meting(mini)).report.findings
    assert findings.loc[findings["check"] == "file_changed", "message"].tolist()[1:] == [
        f"corrections.yaml (corrections) is niet in manifest.yaml vastgelegd. {AGAIN}",
        f"coverage.csv (coverage) is in manifest.yaml vastgelegd, en wordt niet meer gebruikt. {AGAIN}",
    ]


def test_an_export_that_cannot_be_taken_in_is_not_sealed(mini: Path) -> None:
    (mini / "export.csv").write_text("id;submitdate\n", encoding="utf-8")

    assert check(mini, "--seal").exit_code == 2
    assert not (mini / "manifest.yaml").exists()


def test_a_file_of_that_name_that_is_no_manifest_is_not_written_over(mini: Path) -> None:
    (mini / "manifest.yaml").write_text("files: {}\nvan: iemand anders\n", encoding="utf-8")
    result = check(mini, "--seal")

    assert result.exit_code == 2
    assert result.stderr == (
        "srsmeting: manifest.yaml:2: unknown key 'van'. Known: 'files'. "
        "Take the file back from version control, or remove it and seal again.\n"
    )
    assert (mini / "manifest.yaml").read_text(encoding="utf-8") == "files: {}\nvan: iemand anders\n"


def test_two_measurements_in_one_folder_have_each_their_manifest(mini: Path) -> None:
    (mini / "meting.yaml").rename(mini / "voorjaar.yaml")
    check(mini / "voorjaar.yaml", "--seal")

    assert (mini / "voorjaar.manifest.yaml").exists()
    assert not (mini / "manifest.yaml").exists()


def test_the_manifest_is_no_place_for_another_file(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRSMETING_SALT", str(tmp_path / "salt"))
    result = check(mini, "--quarantine", str(mini / "manifest.yaml"))

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {mini / 'manifest.yaml'}: is the manifest of this measurement. Write to another file.\n"
    )


def test_corrections_named_by_a_pseudonym_need_the_salt(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a researcher does it: look someone up in the quarantine, and set the response aside."""
    monkeypatch.setenv("SRSMETING_SALT", str(tmp_path / "salt"))
    quarantine = tmp_path / "q.csv"
    check(mini, "--quarantine", str(quarantine))
    name = quarantine.read_text(encoding="utf-8").splitlines()[1].split(",")[1]
    aside = f"set_aside:\n  - {{respondent: {name}, reason: proef, date: 2026-03-03}}\n"
    (mini / "corrections.yaml").write_text(aside, encoding="utf-8")
    add(mini, "corrections: corrections.yaml\n")

    assert check_meting(load_meting(mini)).report.corrections["line"].tolist() == [12]
    monkeypatch.setenv("SRSMETING_SALT", str(tmp_path / "none"))
    assert check(mini).stderr == (
        f"srsmeting: corrections.yaml:2: respondent '{name}' is a pseudonym, and there is no salt to find it with. "
        "Name its file in SRSMETING_SALT.\n"
    )
