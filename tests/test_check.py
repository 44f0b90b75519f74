"""`srsmeting check`: what it writes, and where it refuses to."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.frames import read_frame
from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms


def check(meting: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", str(meting), *map(str, arguments)])


@pytest.fixture(autouse=True)
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "salt"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_the_quarantine_calls_respondents_by_a_pseudonym(mini: Path, tmp_path: Path, salt: Path) -> None:
    file = tmp_path / "q.csv"
    result = check(mini, "--quarantine", file)

    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "Nulmeting in het klein"
    assert result.stdout.splitlines()[-1] == f"{file}: 1 row or cell that does not count."
    assert result.stderr == f"srsmeting: made a salt for pseudonyms, {salt}. Keep it: they hold with it only.\n"
    name = Pseudonyms(salt.read_bytes().strip(), "mini-2021").of("11")
    assert file.read_text(encoding="utf-8") == (
        f"line,respondent,question,column,value,reason\n12,{name},,,,incomplete\n"
    )
    assert check(mini, "--quarantine", file).stderr == ""
    assert read_frame(file, {"line": "Int64"})["respondent"].tolist() == [name]


def test_the_quarantine_on_standard_output_stands_alone(mini: Path) -> None:
    result = check(mini, "--quarantine", "-")

    assert result.exit_code == 0
    assert result.stdout.startswith("line,respondent,question,column,value,reason\n12,r-")
    assert result.stdout.count("\n") == 2


def test_the_quarantine_is_refused_inside_a_git_work_tree(mini: Path, salt: Path) -> None:
    (mini / ".git").mkdir()
    file = mini / "q.csv"
    result = check(mini, "--quarantine", file)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"srsmeting: {file}: lies in the git work tree {str(mini.resolve())!r}, and answers of persons could be "
        "committed there. Write elsewhere, or add --inside-git.\n"
    )
    assert not file.exists()
    assert not salt.exists()


def test_the_quarantine_is_written_there_when_told(mini: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (mini / ".git").mkdir()
    outside = tmp_path.parent / f"{tmp_path.name}-salt"
    monkeypatch.setenv(VARIABLE, str(outside))
    result = check(mini, "--quarantine", mini / "q.csv", "--inside-git")

    assert result.exit_code == 0, result.output
    assert (mini / "q.csv").exists()


@pytest.mark.parametrize("name", ["export.csv", "frame.csv", "meting.yaml", "questionnaire.yaml"])
def test_no_file_of_the_measurement_is_written_over(mini: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "link.csv").symlink_to(mini / name)
    before = (mini / name).read_bytes()
    for target in (mini / name, tmp_path / "link.csv"):
        result = check(mini, "--quarantine", target)
        assert result.exit_code == 2
        kind = "configuration" if name == "meting.yaml" else name.partition(".")[0]
        assert result.stderr == f"srsmeting: {target}: is the {kind} of this measurement. Write to another file.\n"
    assert (mini / name).read_bytes() == before


@pytest.mark.parametrize("command", ["estimate", "verify"])
def test_figures_are_not_written_over_the_export(mini: Path, command: str) -> None:
    before = (mini / "export.csv").read_bytes()
    result = CliRunner().invoke(main, [command, str(mini), "-o", str(mini / "export.csv")])

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {mini / 'export.csv'}: is the export of this measurement. Write to another file.\n"
    )
    assert (mini / "export.csv").read_bytes() == before


def test_a_quarantine_that_cannot_be_written_is_told_before_anything_is_done(
    mini: Path, tmp_path: Path, salt: Path
) -> None:
    result = check(mini, "--quarantine", tmp_path / "q.xlsx")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"srsmeting: {tmp_path / 'q.xlsx'}: cannot tell the format from the suffix '.xlsx'. Known: '.csv', '.parquet'.\n"
    )
    assert not salt.exists()


def test_an_option_that_would_do_nothing_is_refused(mini: Path) -> None:
    result = check(mini, "--inside-git")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "Error: --inside-git goes with --quarantine: nothing else is written."


SUMMARY = """\
Nulmeting in het klein

Bestand             export.csv (LimeSurvey, antwoorden als codes (CSV))
                    Niet vastgelegd; doe dat met `srsmeting check --seal`.
Veldwerk            14 maart 2022
Rijen               11 ontvangen = 10 gebruikt + 1 terzijde gelegd (niet voltooid 1)
Gevulde cellen      137 ontvangen = 37 gebruikt + 100 terzijde gelegd (in een rij die niet
                    meetelt 10, in een kolom die niet is overgenomen 90)
Respons             10 van 20 organisaties in het steekproefkader

Te bekijken         niets
Ter kennisgeving    vraag opengelaten (2)

Het hele rapport    REPORT
"""


def test_the_summary_fits_a_screen_and_leaves_nothing_behind(mini: Path) -> None:
    before = sorted(path.name for path in mini.iterdir())
    result = check(mini)

    # Respondent 10 left the mark and the effects empty: a note, nothing that has to be looked into.
    assert result.exit_code == 0
    assert result.stdout == SUMMARY.replace("REPORT", "dezelfde opdracht met --report rapport.html (of .md)")
    assert sorted(path.name for path in mini.iterdir()) == before


def test_the_report_is_a_page_or_markdown_by_its_suffix(mini: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    assert check(mini, "--report", page).exit_code == 0
    assert check(mini, "--report", text).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="nl">\n')
    assert text.read_text(encoding="utf-8").startswith("# Intakerapport: Nulmeting in het klein\n\n## Bestand\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("r.pdf", "{file}: cannot tell the format from the suffix '.pdf'. Known: '.html', '.md'."),
        ("no/r.md", "{file}: the folder '{folder}' does not exist. Make it first, or write elsewhere."),
        ("r.md/r.md", "{file}: the folder '{folder}' does not exist. Make it first, or write elsewhere."),
    ],
)
def test_a_report_that_cannot_be_written_is_one_message(mini: Path, tmp_path: Path, name: str, message: str) -> None:
    file = tmp_path / name
    result = check(mini, "--report", file)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"srsmeting: {message.format(file=file, folder=file.parent)}\n"


def test_a_report_is_not_written_over_a_file_of_the_measurement(mini: Path) -> None:
    export = (mini / "export.csv").rename(mini / "export.md")
    config = mini / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("export.csv", "export.md"), encoding="utf-8")
    result = check(mini, "--report", export)

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {export}: is the export of this measurement. Write to another file.\n"
    assert export.read_text(encoding="utf-8-sig").startswith('"id"')
