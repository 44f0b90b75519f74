"""A programme from nothing to its report, as a new user follows it: one round is asked, filled in and taken back."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture(autouse=True)
def in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def fill_in(unit: str, numbers: list[int | str]) -> str:
    """Fill in results as a project leader does, and give the file a name of one's own."""
    book = openpyxl.load_workbook(f"voorbeeld/rondes/eindmeting/{unit}-eindmeting.xlsx")
    for row, number in enumerate(numbers, start=5):
        book["Resultaten"].cell(row, 5).value = number
    Path("terug").mkdir(exist_ok=True)
    book.save(f"terug/Antwoord {unit}.xlsx")
    return f"terug/Antwoord {unit}.xlsx"


def test_a_round_of_the_example_goes_out_comes_back_and_is_rendered() -> None:
    made = run("new", "voorbeeld", "--kind", "goals", "--example")
    assert made.exit_code == 0
    assert made.output.splitlines()[-1] == (
        "Everything in it is invented. Next: srsmeting render voorbeeld/report --meting voorbeeld -o voorbeeld/out"
    )

    asked = run("round", "new", "voorbeeld", "--moment", "eindmeting")
    assert (asked.exit_code, asked.output) == (
        0,
        "".join(f"voorbeeld/rondes/eindmeting/{unit}-eindmeting.xlsx\n" for unit in ("duinen", "heide", "polder")),
    )
    again = run("round", "new", "voorbeeld", "--moment", "eindmeting", "--unit", "heide")
    assert (again.exit_code, again.output) == (
        1,
        "srsmeting: voorbeeld/rondes/eindmeting/heide-eindmeting.xlsx: is there already, and was left as it is. "
        "To make it anew, take it away first.\n",
    )

    wrong = run("round", "read", "voorbeeld", fill_in("heide", ["35%", 40, 12, 9]), fill_in("polder", [101, 43]))
    assert (wrong.exit_code, wrong.output) == (
        2,
        "srsmeting: Antwoord heide.xlsx: sheet 'Resultaten', cell E5: '35%' is a percentage, and a count is asked. "
        "Write how many it is; the percentage is computed.\n",
    )

    right = run("round", "read", "voorbeeld", fill_in("heide", [52, 40, 12, 9]), fill_in("polder", [101, 43]))
    assert right.exit_code == 1
    assert right.stdout == (
        "Antwoord heide.xlsx: heide, eindmeting: 4 new\n"
        "Antwoord polder.xlsx: polder, eindmeting: 3 new\n"
        "results.csv: 7 rows added\n"
    )
    assert right.stderr.splitlines() == [
        "srsmeting: Antwoord heide.xlsx: sheet 'Uitval': not filled in: D5, D6. Read it again when it is.",
        "srsmeting: Antwoord heide.xlsx: sheet 'Organisaties': not filled in: D5, D6. Read it again when it is.",
        "srsmeting: Antwoord polder.xlsx: sheet 'Uitval': not filled in: D5, D6. Read it again when it is.",
        "srsmeting: Antwoord polder.xlsx: sheet 'Organisaties': not filled in: D5, D6. Read it again when it is.",
        "srsmeting: not answered yet: duinen.",
    ]
    lines = Path("voorbeeld/results.csv").read_text(encoding="utf-8").splitlines()
    assert lines[-3:] == [
        "polder,werven,,eindmeting,101,",
        "polder,plaatsen,baan,eindmeting,43,",
        "polder,plaatsen,leerwerkplek,eindmeting,n.v.t.,",
    ]

    last = run("round", "read", "voorbeeld", fill_in("duinen", [90, 58, 27, "circa 15"]), "--moment", "eindmeting")
    assert last.stdout.splitlines()[-1] == "results.csv: 4 rows added"
    # 43 of a goal of 40.
    figures = run("estimate", "voorbeeld", "-o", "-").stdout
    assert "voorbeeld,plaatsen,eindmeting,baan,pilot,polder,attainment,1.075," in figures
    rendered = run("render", "voorbeeld/report", "--meting", "voorbeeld", "-o", "voorbeeld/out", "--no-freeze")
    assert (rendered.exit_code, rendered.stdout) == (0, "voorbeeld/out/report.html\n")
    page = Path("voorbeeld/out/report.html").read_text(encoding="utf-8")
    assert "Alle pilots, doelen en resultaten in dit rapport zijn verzonnen." in page
    assert "circa 15" in page


def test_a_round_is_of_goals() -> None:
    run("new", "peiling", "--example")
    done = run("round", "new", "peiling", "--moment", "ronde_1")

    assert (done.exit_code, done.output) == (
        2,
        "srsmeting: meting.yaml: is a survey; this is for monitors of goals. Such a monitor begins with 'kind: goals'.\n",
    )
