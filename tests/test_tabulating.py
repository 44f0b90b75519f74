"""`srsmeting tables`: a table book of a measurement, or one message."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.frames import read_frame
from srsmeting.meting import load_meting
from srsmeting.running import run_meting
from srsmeting.tabulating import about_meting, write_tables


def _run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.output


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_the_same_measurement_gives_the_same_bytes(suffix: str, mini: Path, tmp_path: Path) -> None:
    estimates = run_meting(load_meting(mini)).estimates
    files = [tmp_path / f"{n}.{suffix}" for n in (1, 2)]
    for file in files:
        assert _run("tables", mini, "-o", file) == (0, f"{file}: {len(estimates)} figures.\n")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert sorted(tmp_path.iterdir()) == sorted([*files, mini])


def test_the_book_of_a_small_measurement_can_be_counted_on_paper(mini: Path, tmp_path: Path) -> None:
    _run("tables", mini, "-o", tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    known = list(book["03 Bekendheid van het onderzoek"].iter_rows(min_row=7, values_only=True))
    names = book.sheetnames
    book.close()
    assert names == [
        *("Voorblad", "Inhoud", "Toelichting", "01 Regio", "02 Rapportcijfer", "03 Bekendheid van het onderzoek"),
        *("04 Effecten van het onderzoek", "05 Ideeën", "Respons", "Maten van respons en weging"),
        *("Uitkomst uitnodigingen", "Steekproefkader", "Dekkingsgraad", "Alle cijfers"),
    ]
    # The north has 6 respondents of whom 4 know it; the south 4, of whom 2.
    assert known[:6] == [
        ("Antwoord", "Gegeven", "Totaal", "Noord", "Zuid"),
        ("Alle antwoorden", "Basis (ongewogen)", 10, 6, 4),
        ("Bekend met de inhoud", "Percentage", 0.6, 0.6666666666666666, 0.5),
        ("Van gehoord", "Percentage", 0.2, 0.3333333333333333, 0),
        ("Niet bekend", "Percentage", 0.2, 0, 0.5),
        ("Bekend met de inhoud", "Aantal (ongewogen)", 6, 4, 2),
    ]


def test_the_csv_reads_back_as_the_estimate_frame_with_labels(mini: Path, tmp_path: Path) -> None:
    estimates = run_meting(load_meting(mini)).estimates
    _run("tables", mini, "-o", tmp_path / "t.csv")
    types = {name: str(dtype) for name, dtype in estimates.dtypes.items() if str(dtype) in ("float64", "Int64")}
    back = read_frame(tmp_path / "t.csv", types)
    pd.testing.assert_frame_equal(back[list(estimates.columns)], estimates)
    assert [name for name in back if name not in estimates] == [
        *("question_label", "item_label", "category_label", "by_label", "group_label"),
        *("measure_label", "status_label", "reason_label"),
    ]
    assert _run("tables", mini, "-o", "-") == (0, (tmp_path / "t.csv").read_text(encoding="utf-8"))


def test_the_csv_of_a_repeat_holds_all_years_and_what_changed(repeat: Path, tmp_path: Path) -> None:
    # Number 1 gave an 8 and no 7 the second time: 64 over nine marks, where it was 63.
    export = (repeat / "export.csv").read_bytes()
    (repeat / "export.csv").write_bytes(export.replace(b'"7"', b'"8"', 1))
    code, told = _run("tables", repeat, "-o", tmp_path / "t.csv")
    rows = pd.read_csv(tmp_path / "t.csv", keep_default_na=False)
    own = len(run_meting(load_meting(repeat)).estimates)
    assert (code, told) == (
        0,
        f"{tmp_path / 't.csv'}: {own} figures, and {len(rows) - own} of the years beside them.\n",
    )

    # First the measurement itself, as it would be alone.
    _run("estimate", repeat, "-o", tmp_path / "e.csv")
    alone = pd.read_csv(tmp_path / "e.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(rows.head(own)[list(alone.columns)].astype(str), alone.astype(str))
    marks = rows[(rows["question"] == "cijfer") & (rows["category"] == "") & (rows["by"] == "")]
    found = marks.set_index(["meting", "measure"])[["estimate", "measure_label"]]
    assert float(found.loc[("mini-2021", "mean"), "estimate"]) == 7
    assert float(found.loc[("mini-2022", "mean"), "estimate"]) == pytest.approx(64 / 9)
    assert float(found.loc[("mini-2022", "change"), "estimate"]) == pytest.approx(1 / 9)
    assert found.loc[("mini-2022", "change"), "measure_label"] == "verandering sinds de vorige meting"
    assert _run("tables", repeat, "-o", "-") == (0, (tmp_path / "t.csv").read_text(encoding="utf-8"))


def test_every_measure_of_change_has_a_dutch_name(repeat: Path, tmp_path: Path) -> None:
    _run("tables", repeat, "-o", tmp_path / "t.csv")
    rows = pd.read_csv(tmp_path / "t.csv", keep_default_na=False)
    assert sorted(set(rows.loc[rows["measure_label"] == rows["measure"], "measure"])) == []


def test_comparisons_on_demand_give_letters(mini: Path, tmp_path: Path) -> None:
    code, _ = _run("tables", mini, "-o", tmp_path / "t.xlsx", "--compare", "wgo")
    assert code == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    known = list(book["03 Bekendheid van het onderzoek"].iter_rows(min_row=7, max_row=10, values_only=True))
    names = book.sheetnames
    book.close()
    assert known[0] == ("Antwoord", "Gegeven", "Totaal", "Noord (A)", "Zuid (B)")
    assert known[3] == ("Bekend met de inhoud", "Hoger dan kolom", ".", "–", "–")
    assert "Toetsen" in names


def test_the_cover_of_a_repeat_names_the_sources_of_all_years(repeat: Path, tmp_path: Path) -> None:
    code, _ = _run("tables", repeat, "-o", tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx", read_only=True)
    cover = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()

    assert code == 0
    assert [line for line in cover if line.startswith("Bron")] == [
        "Bron: Een verzonnen enquête",
        "Bron van de cijfers over mini-2021: Een verzonnen enquête",
    ]


def test_what_the_book_says_of_itself_comes_from_the_measurement(mini: Path) -> None:
    about = about_meting(load_meting(mini))
    assert (about.title, about.source, about.period) == ("Nulmeting in het klein", "Een verzonnen enquête", "")
    # Of a base of 3 on, 3 is normal too: nothing is indicative.
    assert about.rules == (
        "Uitkomsten van groepen met minder dan 3 respondenten zijn niet gepubliceerd: teken x.",
        "Waar een cijfer dat niet gepubliceerd is uit andere zou volgen, is nog een cijfer weggelaten.",
    )
    config = mini / "meting.yaml"
    text = config.read_text(encoding="utf-8").replace("normal_base: 3", "normal_base: 1200")
    text = text.replace("min_base: 3", "min_base: 3, groups: {wgo: {min_respondents: 4, min_response: 0.2}}")
    config.write_text(text, encoding="utf-8")
    assert about_meting(load_meting(mini)).rules == (
        "Uitkomsten van groepen met minder dan 3 respondenten zijn niet gepubliceerd: teken x.",
        "Uitkomsten van groepen met minder dan 1.200 respondenten zijn indicatief: teken u.",
        "Uitkomsten per regio zijn er alleen bij ten minste 4 respondenten en een respons van ten minste 20%.",
        "Waar een cijfer dat niet gepubliceerd is uit andere zou volgen, is nog een cijfer weggelaten.",
    )
    open_rules = "publication: {min_base: 1, normal_base: 0}\n"
    config.write_text(text.partition("publication")[0] + open_rules, encoding="utf-8")
    assert about_meting(load_meting(mini)).rules == ()


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("t.xls", "srsmeting: {0}: cannot tell the format from the suffix '.xls'. Known: '.xlsx', '.ods', '.csv'.\n"),
        ("t", "srsmeting: {0}: cannot tell the format from the suffix ''. Known: '.xlsx', '.ods', '.csv'.\n"),
        (
            "weg/t.xlsx",
            "srsmeting: {0}: the folder '{1}/weg' does not exist. Make it first, or write elsewhere.\n",
        ),
    ],
)
def test_a_file_that_cannot_be_is_refused_before_anything_is_computed(
    target: str, message: str, mini: Path, tmp_path: Path
) -> None:
    (mini / "export.csv").write_text("no export", encoding="utf-8")
    file = tmp_path / target
    assert _run("tables", mini, "-o", file) == (2, message.format(file, tmp_path))


def test_a_file_of_the_measurement_is_not_written_over(mini: Path) -> None:
    before = (mini / "export.csv").read_bytes()
    target = mini / "export.csv"
    assert _run("tables", mini, "-o", target) == (
        2,
        f"srsmeting: {target}: is the export of this measurement. Write to another file.\n",
    )
    assert target.read_bytes() == before


def test_a_breakdown_that_is_not_made_cannot_be_compared(mini: Path, tmp_path: Path) -> None:
    assert _run("tables", mini, "-o", tmp_path / "t.xlsx", "--compare", "wg") == (
        2,
        "srsmeting: meting.yaml: no breakdown 'wg'. Did you mean 'wgo'? Known: 'wgo'.\n",
    )


def test_a_measurement_that_starts_from_figures_has_tables_but_nothing_to_compare(mini: Path, tmp_path: Path) -> None:
    assert _run("estimate", mini, "-o", mini / "figures.csv")[0] == 0
    config = mini / "meting.yaml"
    lines = [
        line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith(("export", "frame"))
    ]
    config.write_text("\n".join([*lines, "estimates: figures.csv"]), encoding="utf-8")
    assert _run("tables", mini, "-o", tmp_path / "t.xlsx", "--compare", "wgo") == (
        2,
        "srsmeting: meting.yaml: starts from 'estimates', so there are no answers to compare. Leave --compare out: "
        "comparisons that the estimates have are shown.\n",
    )
    assert _run("tables", mini, "-o", tmp_path / "t.xlsx")[0] == 0
    figures = mini / "figures.csv"
    assert _run("tables", mini, "-o", figures) == (
        2,
        f"srsmeting: {figures}: is the estimates of this measurement. Write to another file.\n",
    )
    # It does not know under which rules they were made.
    assert about_meting(load_meting(mini)).rules == ()


def test_a_label_that_looks_like_a_formula_is_a_text_everywhere(mini: Path, tmp_path: Path) -> None:
    questionnaire = mini / "questionnaire.yaml"
    text = questionnaire.read_text(encoding="utf-8")
    text = text.replace("label: Noord", 'label: "=1+1"').replace("label: Van gehoord", 'label: "@SUM(A1)"')
    text = text.replace("title: Bekendheid van het onderzoek", "title: \"+bekend: '[x]'?\"")
    questionnaire.write_text(text, encoding="utf-8")
    for suffix in ("xlsx", "ods", "csv"):
        assert _run("tables", mini, "-o", tmp_path / f"t.{suffix}")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    page = book["03 +bekend x"]
    assert page["A1"].value == "03 +bekend: '[x]'?"
    assert [(cell.value, cell.data_type) for cell in page[7]][3:] == [("=1+1", "s"), ("Zuid", "s")]
    book.close()
    with zipfile.ZipFile(tmp_path / "t.ods") as file:
        assert "table:formula" not in file.read("content.xml").decode()
    written = (tmp_path / "t.csv").read_text(encoding="utf-8")
    assert ",'=1+1," in written
    assert ",=1+1" not in written


def test_a_file_that_breaks_off_halfway_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    target.write_bytes(b"before")
    # A limit to the size of files stands for a disk that is full: the first thousand bytes fit.
    code = (
        "import resource, srsmeting.frames as frames\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        f"frames.write_content(b'x' * 5000, {str(target)!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    message = f"srsmeting.errors.EstimateError: {target}: cannot be written: File too large."
    assert done.stderr.splitlines()[-1] == message
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_the_library_is_only_loaded_for_a_workbook(mini: Path, tmp_path: Path) -> None:
    code = (
        "import sys, srsmeting as srs\n"
        f"meting = srs.load_meting({str(mini)!r}); estimates = srs.run_meting(meting).estimates\n"
        f"srs.write_tables(meting, estimates, {str(tmp_path / 't.ods')!r}); print('xlsxwriter' in sys.modules)\n"
        f"srs.write_tables(meting, estimates, {str(tmp_path / 't.xlsx')!r}); print('xlsxwriter' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\nTrue\n"
    assert write_tables.__name__ == "write_tables"
