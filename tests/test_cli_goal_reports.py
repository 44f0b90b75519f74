"""The commands that make reports and tables of a monitor of goals."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from srsmeting.cli import main

CHAPTER = """\
# Vooraf

```{python}
#| include: false
import srsmeting as srs
r = srs.open_report()
```

`{python} r.reached("werven")`

::: {.content-visible when-profile="dropout"}
Uitval: `{python} r.dropout()`
:::

::: {.content-visible unless-profile="dropout"}
Zonder uitval.
:::
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "verslag"
    folder.mkdir()
    settings = (
        "project: {type: book}\nbook: {title: Verslag, chapters: [index.qmd]}\nlang: nl\nexecute: {echo: false}\n"
    )
    (folder / "_quarto.yml").write_text(settings, encoding="utf-8")
    (folder / "index.qmd").write_text(CHAPTER, encoding="utf-8")
    return folder


def test_a_report_has_the_sections_that_there_are_data_for(programme: Path, report: Path, tmp_path: Path) -> None:
    result = run("render", report, "--meting", programme, "--engine", "embedded", "--no-freeze", "-o", tmp_path)

    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'verslag.html'}\n"), result.stderr
    page = (tmp_path / "verslag.html").read_text(encoding="utf-8")
    assert "Alleen Delta (125\u00a0procent) haalde het doel." in page
    assert "het grootst bij selectie" in page
    assert "Zonder uitval." not in page


@pytest.mark.parametrize(
    ("command", "option"),
    [("render", ("--per", "pilot")), ("proof", ("--per", "pilot"))],
)
def test_options_of_a_survey_are_refused(command: str, option: tuple[str, str], programme: Path, report: Path) -> None:
    result = run(command, report, "--meting", programme, *option)

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: --per is for surveys, and this is a monitor of goals. Leave it out."
    )


def test_a_report_is_proof_read_on_its_figures(programme: Path, report: Path) -> None:
    assert run("proof", report, "--meting", programme).stdout == "Nothing found.\n"

    with (report / "index.qmd").open("a", encoding="utf-8") as file:
        file.write("\nTwee pilots haalden het doel.\n\nZie @tbl-niets.\n")
    result = run("proof", report, "--meting", programme)

    assert result.exit_code == 1
    assert result.stdout == (
        f"{report}/index.qmd:19: 'Twee' is typed by hand. Let a call give the number, such as r.count() or r.words().\n"
        f"{report}/index.qmd:21: '@tbl-niets' points at nothing. Known: none.\n"
    )


def test_other_figures_change_sentences(programme: Path, report: Path, tmp_path: Path) -> None:
    estimates = tmp_path / "estimates.csv"
    run("estimate", programme, "-o", estimates)
    frame = pd.read_csv(estimates, keep_default_na=False, dtype=str)
    frame.loc[(frame["measure"] == "attainment") & (frame["group"] == "delta"), "estimate"] = "1.1"
    frame.to_csv(estimates, index=False)
    result = run("proof", report, "--meting", programme, "--against", estimates)

    assert result.exit_code == 1
    assert "Alleen Delta (110 procent) haalde het doel." in result.stdout.replace("\u00a0", " ")


def test_the_table_book_is_written(programme: Path, tmp_path: Path) -> None:
    book, again = tmp_path / "boek.xlsx", tmp_path / "nog-eens.xlsx"
    result = run("tables", programme, "-o", book)
    run("tables", programme, "-o", again)
    sheets = load_workbook(book)

    run("estimate", programme, "-o", tmp_path / "estimates.csv")
    assert result.stdout == f"{book}: {len(pd.read_csv(tmp_path / 'estimates.csv'))} figures.\n"
    assert [cell.value for cell in list(sheets["01 Werven"].rows)[-1]][:4] == ["Totaal", 70, 77, pytest.approx(68 / 70)]
    assert hashlib.sha256(book.read_bytes()).digest() == hashlib.sha256(again.read_bytes()).digest()


def test_all_numbers_go_to_standard_output(programme: Path) -> None:
    result = run("tables", programme, "-o", "-")

    assert result.stdout.splitlines()[1] == (
        "klein-2020,werven,begin,,pilot,delta,goal,40.0,,,,40,,,A,,Werven,maart 2020,,Pilot,Delta,doel,gewoon,"
    )


def test_tables_are_refused_where_they_cannot_go(programme: Path, tmp_path: Path) -> None:
    assert run("tables", programme, "-o", tmp_path / "boek.xls").stderr == (
        f"srsmeting: {tmp_path / 'boek.xls'}: cannot tell the format from the suffix '.xls'. Known: '.xlsx', '.ods', "
        "'.csv'.\n"
    )
    assert run("tables", programme, "-o", programme / "goals.csv").stderr == (
        f"srsmeting: {programme / 'goals.csv'}: is the goals of this measurement. Write to another file.\n"
    )
    result = run("tables", programme, "-o", tmp_path / "boek.xlsx", "--compare", "pilot")
    assert result.stderr.splitlines()[-1] == (
        "Error: --compare is for surveys, and this is a monitor of goals. Leave it out."
    )


def test_a_preview_watches_the_report_and_the_monitor(
    programme: Path, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: dict[str, object] = {}

    def show(build, watched, **options: object) -> None:
        shown.update(page=build(tmp_path / "built"), watched=watched, **options)

    (tmp_path / "built").mkdir()
    monkeypatch.setattr("srsmeting.render.preview.preview", show)
    monkeypatch.setattr("srsmeting.cli.reports._freeze_folder", lambda: None)
    result = run("preview", report, "--meting", programme / "meting.yaml", "--no-browser")

    assert result.exit_code == 0
    assert (shown["watched"], shown["browser"]) == ([report, programme], False)
    assert shown["page"] == tmp_path / "built" / "verslag.html"
