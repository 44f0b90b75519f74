"""`srsmeting crosswalk propose` as a user types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.crosswalk import read_crosswalk
from srsmeting.questionnaire import load_questionnaire

QUESTIONNAIRE = Path("questionnaires/srs_2021.yaml")


def propose(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["crosswalk", "propose", *(str(argument) for argument in arguments)])


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    text = QUESTIONNAIRE.read_text(encoding="utf-8").replace("srs-2021", "srs-2022").replace("in 2021", "in 2022")
    path = tmp_path / "srs_2022.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_measurement_and_a_questionnaire_make_a_crosswalk(next_year: Path, tmp_path: Path) -> None:
    result = propose("analyses/srs_2021", next_year, "-o", tmp_path / "crosswalk.csv")

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{tmp_path / 'crosswalk.csv'}\n", "")
    years = load_questionnaire(QUESTIONNAIRE), load_questionnaire(next_year)
    assert read_crosswalk(tmp_path / "crosswalk.csv", *years).set_apart().empty


def test_a_measurement_before_fieldwork_has_no_data_yet(next_year: Path, tmp_path: Path) -> None:
    folder = tmp_path / "srs_2022"
    folder.mkdir()
    settings = "meting: srs-2022\ntitle: Herhaling\nquestionnaire: ../srs_2022.yaml\nexport: e.csv\nframe: f.csv\n"
    (folder / "meting.yaml").write_text(f"{settings}crosswalk: crosswalk.csv\nearlier: ../srs_2021\n", encoding="utf-8")

    result = propose("analyses/srs_2021", folder, "-o", folder / "crosswalk.csv")

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{folder / 'crosswalk.csv'}\n", "")


def test_what_is_open_is_counted_and_is_a_finding(next_year: Path) -> None:
    text = next_year.read_text(encoding="utf-8").replace("label: Flever", "label: Utrecht")
    next_year.write_text(text, encoding="utf-8")

    result = propose(QUESTIONNAIRE, next_year)

    assert result.exit_code == 1
    assert (
        result.stderr
        == "srsmeting: 1 row is open. Decide on what is marked '?', and write why in place of what 'reason' asks.\n"
    )
    assert (
        "srs-2021,wgo,flever,Flever,srs-2022,wgo,flever,Utrecht,?,?,"
        "\"? the label differs: 'renamed' where it means the same, else 'wording_changed'\"\n"
    ) in result.stdout


def test_a_file_that_somebody_may_have_worked_on_is_not_written_over(next_year: Path, tmp_path: Path) -> None:
    (tmp_path / "crosswalk.csv").touch()

    result = propose(QUESTIONNAIRE, next_year, "-o", tmp_path / "crosswalk.csv")

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {tmp_path / 'crosswalk.csv'}: is there already. Name another file, or remove it.\n"
    )


def test_the_wrong_order_and_what_is_no_questionnaire_are_one_message(next_year: Path, tmp_path: Path) -> None:
    assert propose(next_year, QUESTIONNAIRE).stderr == (
        "srsmeting: 'srs-2022' and 'srs-2021': the years are in the wrong order. Name the earlier measurement first.\n"
    )
    assert propose(QUESTIONNAIRE, tmp_path).stderr == (
        f"srsmeting: {tmp_path}: no measurement here. "
        "Name a meting.yaml or the folder that holds one, such as analyses/srs_2021.\n"
    )
