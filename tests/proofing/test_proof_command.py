"""The command that proof-reads: what it prints, and what it returns."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main

REPORT = """\
# Rapport

```{python}
#| include: false
import srsmeting as srs

r = srs.open_report()
```

Van de respondenten kent `{python} r.percent("bekend", "inhoud")` het onderzoek.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["proof", *(str(argument) for argument in arguments)])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write a report without anything to find."""
    folder = tmp_path / "rapport"
    folder.mkdir()
    (folder / "_quarto.yml").write_text(
        "project: {type: book}\nbook: {title: Rapport, chapters: [index.qmd]}\njupyter: python3\n", encoding="utf-8"
    )
    (folder / "index.qmd").write_text(REPORT, encoding="utf-8")
    return folder


def test_a_clean_report(report: Path, mini: Path) -> None:
    for options in ([], ["--meting", mini], ["--meting", mini, "--against", mini]):
        result = run(report, *options)

        assert (result.exit_code, result.output) == (0, "Nothing found.\n")


def test_findings_have_a_line_each(report: Path) -> None:
    (report / "index.qmd").write_text(REPORT + "\nDat is de meerderheid.\n", encoding="utf-8")

    result = run(report)

    assert (result.exit_code, result.output) == (
        1,
        f"{report.as_posix()}/index.qmd:12: 'meerderheid' is typed by hand: a comparison without a condition. Let a call "
        "say it, or r.when().\n",
    )


def test_a_number_that_is_not_as_published(report: Path, mini: Path) -> None:
    # Six of ten know it.
    published = "source: een rapport\nresults:\n  - {id: fig_1, question: bekend, percent: {inhoud: 66}}\n"
    (mini / "published.yaml").write_text(published, encoding="utf-8")
    with (mini / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("published: published.yaml\n")

    result = run(report, "--meting", mini)

    assert (result.exit_code, result.output) == (
        1,
        f"{report.as_posix()}/index.qmd:10: ‘60 procent’ is not what was published: published as 66, computed 60 (fig_1, "
        "inhoud).\n",
    )


def test_against_an_estimate_frame(report: Path, mini: Path, tmp_path: Path) -> None:
    frame = tmp_path / "ander.csv"
    CliRunner().invoke(main, ["estimate", str(mini), "-o", str(frame)])
    lines = frame.read_text(encoding="utf-8").splitlines()
    [row] = [line for line in lines if line.startswith("mini-2021,bekend,,inhoud,,,share,")]
    cells = row.split(",")
    cells[7:13] = ["0.8", "0.1", "0.6", "0.9", "8", "10"]
    frame.write_text("\n".join(",".join(cells) if line == row else line for line in lines) + "\n", encoding="utf-8")

    result = run(report, "--meting", mini, "--against", frame)

    assert (result.exit_code, result.output) == (
        1,
        f"{report.as_posix()}/index.qmd:10: the number changes: ‘Van de respondenten kent 60 procent het onderzoek.’ becomes "
        "‘Van de respondenten kent 80 procent het onderzoek.’.\n",
    )


def test_against_another_measurement(report: Path, mini: Path, tmp_path: Path) -> None:
    other = tmp_path / "mini-2020"
    shutil.copytree(mini, other)
    for name in ("meting.yaml", "questionnaire.yaml"):
        text = (other / name).read_text(encoding="utf-8")
        (other / name).write_text(text.replace("mini-2021", "mini-2020"), encoding="utf-8")
    export = (other / "export.csv").read_text(encoding="utf-8-sig")
    # The fifth respondent now knows the content as well: seven of ten.
    (other / "export.csv").write_text(export.replace('"A1";"8";"A2"', '"A1";"8";"A1"'), encoding="utf-8")

    result = run(report, "--meting", mini, "--against", other)

    assert (result.exit_code, result.output) == (
        1,
        f"{report.as_posix()}/index.qmd:10: the number changes: ‘Van de respondenten kent 60 procent het onderzoek.’ becomes "
        "‘Van de respondenten kent 70 procent het onderzoek.’.\n",
    )


def test_figures_of_another_measurement_need_their_questionnaire(report: Path, mini: Path, tmp_path: Path) -> None:
    frame = tmp_path / "ander.csv"
    CliRunner().invoke(main, ["estimate", str(mini), "-o", str(frame)])
    frame.write_text(frame.read_text(encoding="utf-8").replace("mini-2021", "mini-2020"), encoding="utf-8")

    result = run(report, "--meting", mini, "--against", frame)

    assert (result.exit_code, result.stderr) == (
        2,
        f"srsmeting: {frame}: has estimates of 'mini-2020', and the report is on 'mini-2021'. Name the folder of that "
        "measurement instead, which has its questionnaire.\n",
    )


def test_against_needs_the_figures_of_the_report(report: Path, mini: Path) -> None:
    result = run(report, "--against", mini)

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "Error: --against needs --meting: the figures that the report has now."


def test_what_is_no_report_is_one_message(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert (result.exit_code, result.stderr) == (
        2,
        f"srsmeting: {tmp_path.as_posix()}: no '_quarto.yml' here. Give the folder of a Quarto book project.\n",
    )


def test_every_group_needs_the_figures_of_the_groups(report: Path) -> None:
    result = run(report, "--per", "wgo")

    assert result.exit_code == 2
    assert "Error: --per needs --meting: the figures of the groups." in result.stderr
