"""Starting a measurement from the command line, as a new user does."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from srsmeting.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(autouse=True)
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_example_is_checked_estimated_and_rendered_at_once() -> None:
    made = run("new", "voorbeeld", "--example")

    assert made.exit_code == 0
    assert made.output == (
        "voorbeeld: measurement voorbeeld, 14 files.\n"
        "  .gitignore\n  README.md\n  coded.csv\n  coverage.csv\n  export.csv\n  frame.csv\n  meting.yaml\n"
        "  questionnaire.yaml\n  report/_quarto.yml\n  report/bijlage-respons.qmd\n  report/hoofdstuk-algemeen.qmd\n"
        "  report/hoofdstuk-kennis.qmd\n  report/hoofdstuk-samen-werken.qmd\n  report/index.qmd\n"
        "Everything in it is invented. Next: srsmeting render voorbeeld/report --meting voorbeeld -o voorbeeld/out\n"
    )
    assert run("check", "voorbeeld").exit_code == 0
    assert run("estimate", "voorbeeld", "-o", "figures.csv").exit_code == 0
    rendered = run("render", "voorbeeld/report", "--meting", "voorbeeld", "-o", "voorbeeld/out", "--no-freeze")
    assert (rendered.exit_code, rendered.output) == (0, "voorbeeld/out/report.html\n")
    page = Path("voorbeeld/out/report.html").read_text(encoding="utf-8")
    assert "Alle antwoorden, organisaties en medewerkers onder dit rapport zijn verzonnen." in page


def test_a_new_measurement_can_be_tried_out_at_once() -> None:
    made = run("new", "peiling-2027")
    tried = run("dry-run", "peiling-2027", "-o", "peiling-2027/proef", "--to", "html,pdf")

    assert made.output.splitlines()[-1] == (
        "Next: read peiling-2027/README.md. What it will look like: srsmeting dry-run peiling-2027 -o peiling-2027/proef"
    )
    assert tried.exit_code == 0
    assert tried.output == (
        "peiling-2027/proef/proefdraai-rapport.html: the report on 200 invented respondents of 480\n"
        "peiling-2027/proef/proefdraai-rapport.pdf: the report on 200 invented respondents of 480\n"
        "peiling-2027/proef/verzonnen: the invented measurement, for other commands\n"
        "Nothing found.\n"
    )
    page = Path("peiling-2027/proef/proefdraai-rapport.html").read_text(encoding="utf-8")
    assert page.count("Proefdraai: alle antwoorden zijn verzonnen.") == 5
    assert "Bron: proefdraai met verzonnen antwoorden" in page
    assert "Bron: Peiling" not in page
    pages = PdfReader("peiling-2027/proef/proefdraai-rapport.pdf").pages
    assert len(pages) > 5
    assert all("Proefdraai" in page.extract_text() for page in pages)


def test_findings_come_first_and_an_error_names_the_report_that_was_given() -> None:
    run("new", "peiling-2027")
    chapter = Path("peiling-2027/report/hoofdstuk-kennis.qmd")
    text = chapter.read_text(encoding="utf-8").replace('r.figure("effect_onderzoek")', 'r.figure("efect_onderzoek")')
    chapter.write_text(text, encoding="utf-8")
    questions = Path("peiling-2027/questionnaire.yaml")
    questions.write_text(
        questions.read_text(encoding="utf-8").replace("Welk rapport", "Welk rapport over 2026"), "utf-8"
    )
    tried = run("dry-run", "peiling-2027", "--report", "peiling-2027/report", "-o", "proef")
    line = text.splitlines().index('r.figure("efect_onderzoek")') + 1

    assert tried.exit_code == 2
    assert tried.stdout.endswith(
        ": question 'cijfer': its texts name 2026, and the measurement is of 2027. Is that meant?\n"
    )
    assert tried.stderr == (
        f"srsmeting: peiling-2027/report/hoofdstuk-kennis.qmd:{line}: questionnaire 'peiling-2027': no question 'efect_onderzoek'. "
        "Did you mean 'effect_onderzoek'? Known: 'regio', 'branche', 'fte', 'cijfer', 'bekend_onderzoek', 'effect_onderzoek', 'bekend_werving', 'stellingen_werving', 'wens'.\n"
    )


def test_a_mistake_is_one_message() -> None:
    run("new", "een")
    for arguments, message in (
        (("new", "een"), "srsmeting: een: is not empty, and nothing there is written over. Name a new folder."),
        (
            ("new", "twee", "--from", "en"),
            "srsmeting: en: no measurement here. Name a meting.yaml or the folder that holds one, such as analyses/srs_2021.",
        ),
        (
            ("new", "twee", "--from", "een", "--id", "een"),
            "srsmeting: 'een' is the id of the measurement that it starts from, and two measurements are told apart by their id. Name another with --id.",
        ),
        (
            ("new", "twee", "--from", "een", "--example"),
            "Error: --example has answers of its own, and starts --from no other measurement. Leave one out.",
        ),
        (("dry-run", "en", "-o", "proef"), "srsmeting: en: does not exist. Name a measurement or a questionnaire."),
        (
            ("dry-run", "een", "-o", "een/meting.yaml"),
            "srsmeting: een/meting.yaml/verzonnen: cannot be made: Not a directory. Name another folder with -o.",
        ),
    ):
        done = run(*arguments)
        assert done.exit_code == 2
        assert done.stderr.splitlines()[-1] == message
    assert sorted(path.name for path in Path().iterdir()) == ["een"]
