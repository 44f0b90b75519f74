"""A report for each group: which page it gets, how many pages, and what a user is told."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from srsmeting import load_meting, run_meting
from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.factsheets import group_variants
from srsmeting.meting import Meting

REPORT = bundled("reports/regio")
MEASUREMENT = bundled("analyses/srs_2021")
#: Under the rule, as published in 2022.
UNPUBLISHED = {"flever", "samen_voor_betere_zorg"}


@pytest.fixture(scope="module")
def meting() -> Meting:
    return load_meting(MEASUREMENT)


@pytest.fixture(scope="module")
def estimates(meting: Meting) -> pd.DataFrame:
    return run_meting(meting).estimates


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["render", *map(str, arguments)])


def test_a_group_without_results_gets_the_page_that_explains_itself(
    meting: Meting, estimates: pd.DataFrame, tmp_path: Path
) -> None:
    variants = group_variants(meting, estimates, "wgo", REPORT, tmp_path, formats=["html", "pdf"])

    assert len(variants) == 13
    assert {one.name.removeprefix("regio-") for one in variants if one.document != "index.qmd"} == UNPUBLISHED
    assert {one.document for one in variants} == {"index.qmd", "niet-gepubliceerd.qmd"}
    one = next(one for one in variants if one.name == "regio-zorgpleinnoord")
    assert one.label == "ZorgpleinNoord"
    assert one.env == {"SRSMETING_REPORT": str(one.data[0]), "SRSMETING_FORMATS": "html,pdf"}
    texts = json.loads((one.data[0] / "report.json").read_text(encoding="utf-8"))
    assert texts["group"] == {"by": "wgo", "code": "zorgpleinnoord"}


def test_a_group_without_respondents_has_a_page(meting: Meting, estimates: pd.DataFrame, tmp_path: Path) -> None:
    """As if nobody in Flever had answered: no row of its answers, and none of 18 responded."""
    of_group = (estimates["by"] == "wgo") & (estimates["group"] == "flever")
    rate = of_group & (estimates["measure"] == "response_rate")
    nobody = estimates[~of_group | rate].copy()
    nobody.loc[of_group & rate, ["estimate", "numerator"]] = [0.0, 0]
    (only,) = group_variants(meting, nobody, "wgo", REPORT, tmp_path, only=["flever"])

    assert only.document == "niet-gepubliceerd.qmd"
    assert only.label == "Flever"


@pytest.fixture(scope="module")
def factsheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make every factsheet as a PDF."""
    out = tmp_path_factory.mktemp("factsheets")
    options = ("--meting", MEASUREMENT, "--per", "wgo", "--to", "pdf", "--engine", "embedded", "--no-freeze")
    result = run(REPORT, *options, "-o", out)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 13
    return out


def test_a_factsheet_is_two_pages(factsheets: Path) -> None:
    pages = {path.stem.removeprefix("regio-"): len(PdfReader(path).pages) for path in factsheets.iterdir()}

    assert len(pages) == 13
    assert pages == {code: 1 if code in UNPUBLISHED else 2 for code in pages}


def test_a_factsheet_has_its_own_figures_beside_the_national_ones(factsheets: Path) -> None:
    text = " ".join(PdfReader(factsheets / "regio-zorgpleinnoord.pdf").pages[0].extract_text().split())

    # Table 1.3 of the published report.
    assert (
        "Van de 246 uitgenodigde organisaties in ZorgpleinNoord vulden 64 de vragenlijst in: een respons van 26" in text
    )
    assert "Landelijk was de respons 31 procent (301 van de 985)." in text
    for other in ("Flever", "Sigra", "ZWconnect"):
        assert other not in text


def test_a_page_without_results_gives_no_number_but_the_response(factsheets: Path) -> None:
    text = " ".join(PdfReader(factsheets / "regio-flever.pdf").pages[0].extract_text().split())

    assert "In Flever is daaraan niet voldaan: er zijn vier respondenten." in text
    assert "Van de 18 uitgenodigde organisaties in Flever vulden vier de vragenlijst in: een respons van 22" in text
    assert "%" not in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--per", "wgoo"), "srsmeting: questionnaire 'srs-2021': no breakdown 'wgoo'. Did you mean 'wgo'? Known: "),
        (
            ("--per", "branche"),
            "srsmeting: meting.yaml: the estimates have no results by 'branche'. Add it to 'breakdowns'. There are: "
            "'betrokkenheid', 'branche_samengevoegd', 'grootteklasse_samengevoegd', 'wgo'.\n",
        ),
        (
            ("--per", "wgo", "--only", "flevers"),
            "srsmeting: breakdown 'wgo': no group 'flevers'. Did you mean 'flever'? Known: ",
        ),
    ],
)
def test_a_name_that_does_not_exist(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    result = run(REPORT, "--meting", MEASUREMENT, *options, "-o", tmp_path / "uit")

    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "uit").exists()


def test_groups_of_nothing() -> None:
    result = run(REPORT, "--meting", MEASUREMENT, "--only", "flever")

    assert result.exit_code == 2
    assert "Error: --only needs --per: the breakdown that the groups are of." in result.stderr
