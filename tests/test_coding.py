"""`srsmeting code`: from the answers to the figures, by the command line."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms

BUNDLED = bundled("analyses/srs_2021")
SALT = b"a salt of these tests"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["code", *map(str, arguments)])


@pytest.fixture
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "salt"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def fill(path: Path) -> None:
    """Code as the bundled file does."""
    pseudonyms = Pseudonyms(SALT, "srs-2021")
    with (BUNDLED / "coded.csv").open(encoding="utf-8", newline="") as file:
        codes = {(pseudonyms.of(row["respondent"]), row["question"]): row["theme"] for row in csv.DictReader(file)}
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[2:]:
        for row in sheet.iter_rows(min_row=3):
            row[3].value = codes[str(row[0].value), sheet.title]
    book.save(path)


def test_the_round_trip_gives_the_bundled_codes_back(tmp_path: Path, salt: Path) -> None:
    salt.write_bytes(SALT)
    workbook, target = tmp_path / "answers.xlsx", tmp_path / "codes.csv"
    result = run("export", BUNDLED, "-o", workbook)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"soort_inzichten: 59 answers\nthema_komend_jaar: 204 answers\nsoort_rol: 188 answers\n{workbook}\n"
    )

    fill(workbook)
    result = run("import", BUNDLED, workbook, "-o", target)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(f"waarvan 91 met een thema\n\n{target}\n")
    old = pd.read_csv(BUNDLED / "coded.csv", dtype="str").value_counts(["question", "theme"]).sort_index()
    new = pd.read_csv(target, dtype="str")
    pd.testing.assert_series_equal(new.value_counts(["question", "theme"]).sort_index(), old)
    assert new["respondent"].str.fullmatch(r"r-[0-9a-f]{10}").all()


def test_coders_see_no_addresses_or_numbers_of_persons_and_their_codes_come_back(tmp_path: Path, salt: Path) -> None:
    salt.write_bytes(SALT)
    meting = tmp_path / "meting"
    shutil.copytree(BUNDLED, meting)
    shutil.copytree(bundled("questionnaires"), tmp_path / "questionnaires")
    config = meting / "meting.yaml"
    settings = config.read_text(encoding="utf-8").replace("../../questionnaires", "../questionnaires")
    config.write_text(settings, encoding="utf-8")
    export = meting / "export.csv"
    whole = tmp_path / "whole.xlsx"
    assert run("export", meting, "-o", whole).exit_code == 0
    answer = str(openpyxl.load_workbook(whole).worksheets[2]["B3"].value)
    text = export.read_bytes().decode("utf-8-sig")
    assert answer in text
    export.write_text(text.replace(answer, f"{answer} Bel mij: 06-12345678", 1), encoding="utf-8-sig", newline="")

    workbook, target = tmp_path / "answers.xlsx", tmp_path / "codes.csv"
    assert run("export", meting, "-o", workbook).exit_code == 0
    book = openpyxl.load_workbook(workbook)
    shown = [str(row[1].value) for sheet in book.worksheets[2:] for row in sheet.iter_rows(min_row=3)]
    book.close()
    assert [one for one in shown if "Bel mij" in one] == [f"{answer} Bel mij: [telefoonnummer]"]
    assert not [one for one in shown if "12345678" in one]

    fill(workbook)
    assert run("import", meting, workbook, "-o", target).exit_code == 0


def test_a_salt_that_had_to_be_made_is_told(tmp_path: Path, salt: Path) -> None:
    result = run("export", BUNDLED, "-o", tmp_path / "a.xlsx", "--question", "soort_rol")

    assert result.stdout == f"soort_rol: 188 answers\n{tmp_path / 'a.xlsx'}\n"
    assert result.stderr == f"srsmeting: made a salt for pseudonyms, {salt}. Keep it: they hold with it only.\n"


def test_without_the_salt_of_the_export_codes_cannot_come_back(tmp_path: Path, salt: Path) -> None:
    result = run("import", BUNDLED, tmp_path / "a.xlsx", "-o", tmp_path / "codes.csv")

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: there is no salt at {salt}, and without the one of the export nobody can tell which answer is "
        "whose. Name its file in SRSMETING_SALT.\n"
    )
    assert not salt.exists()


def test_answers_and_codes_stay_outside_git(tmp_path: Path, salt: Path) -> None:
    salt.write_bytes(SALT)
    tree = tmp_path / "tree"
    (tree / ".git").mkdir(parents=True)

    result = run("export", BUNDLED, "-o", tree / "a.xlsx")
    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {tree / 'a.xlsx'}: lies in the git work tree {str(tree)!r}, and answers of persons could be "
        "committed there. Write elsewhere, or add --inside-git.\n"
    )
    assert run("export", BUNDLED, "-o", tree / "a.xlsx", "--inside-git").exit_code == 0
    fill(tree / "a.xlsx")
    result = run("import", BUNDLED, tree / "a.xlsx", "-o", tree / "codes.csv")
    assert result.stderr == (
        f"srsmeting: {tree / 'codes.csv'}: lies in the git work tree {str(tree)!r}, and what persons answered could be "
        "committed there. Write elsewhere, or add --inside-git.\n"
    )
    assert not (tree / "codes.csv").exists()


def test_codes_are_not_written_over_another_file_of_the_measurement(mini: Path, salt: Path) -> None:
    salt.write_bytes(SALT)
    result = run("import", mini, mini / "a.xlsx", "-o", mini / "frame.csv")

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {mini / 'frame.csv'}: is the frame of this measurement. Write to another file.\n"
    )


def test_without_a_codebook_there_is_nothing_to_code(mini: Path, salt: Path, tmp_path: Path) -> None:
    result = run("export", mini, "-o", tmp_path / "a.xlsx")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "srsmeting: questionnaire 'mini-2021': no open question has 'themes'. Add them, then export."
    )
    assert not (tmp_path / "a.xlsx").exists()


def test_what_is_not_settled_ends_with_one(tmp_path: Path, salt: Path) -> None:
    salt.write_bytes(SALT)
    workbook = tmp_path / "answers.xlsx"
    run("export", BUNDLED, "-o", workbook, "--question", "soort_rol")
    fill(workbook)
    book = openpyxl.load_workbook(workbook)
    book["soort_rol"]["D3"] = None
    book.save(workbook)

    result = run("import", BUNDLED, workbook, "-o", tmp_path / "codes.csv")
    assert result.exit_code == 1
    assert result.stderr == "srsmeting: no codes were written: not every answer has codes that are settled.\n"
    assert "Niet gecodeerd: soort_inzichten, thema_komend_jaar." in result.stdout
    assert not (tmp_path / "codes.csv").exists()
