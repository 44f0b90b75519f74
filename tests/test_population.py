from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import PopulationError
from srsmeting.population import read_coverage, read_population
from srsmeting.questionnaire import Questionnaire, load_questionnaire


@pytest.fixture
def questionnaire(mini: Path) -> Questionnaire:
    return load_questionnaire(mini / "questionnaire.yaml")


def test_the_frame_is_counted_by_group_in_declared_order(mini: Path, questionnaire: Questionnaire) -> None:
    population = read_population(mini / "frame.csv", questionnaire)

    assert population.size == 20
    assert population.variables == ("wgo",)
    assert dict(population.count("wgo")) == {"noord": 12, "zuid": 8}


def test_a_merged_group_has_the_organisations_of_all_its_parts(mini: Path, tmp_path: Path) -> None:
    path = mini / "questionnaire.yaml"
    merged = "groupings:\n  - {id: land, of: wgo, label: Land, groups: [{code: nl, label: NL, of: [noord, zuid]}]}\n"
    path.write_text(path.read_text("utf-8").replace("questions:\n", merged + "questions:\n"), "utf-8")
    (tmp_path / "frame.csv").write_text("token,wgo\nt1,noord\nt2,zuid\nt3,zuid\nt4,\n", encoding="utf-8")

    assert dict(read_population(tmp_path / "frame.csv", load_questionnaire(path)).count("land")) == {"nl": 3}


def test_employees_are_numbers_of_organisations_and_no_group(tmp_path: Path, questionnaire: Questionnaire) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("token,wgo,employees\nt1,noord,120\nt2,zuid,7.5\nt3,zuid,\n", encoding="utf-8")
    population = read_population(path, questionnaire)

    assert population.variables == ("wgo",)
    assert population.employees.tolist()[:2] == [120, 7.5]
    assert pd.isna(population.employees[2])
    path.write_text("token,wgo,employees\nt1,noord,-1\nt2,zuid,veel\n", encoding="utf-8")
    with pytest.raises(PopulationError) as caught:
        read_population(path, questionnaire)
    repair = "Give a number of at least 0, or leave it empty where it is not known."
    assert str(caught.value) == (
        f"frame.csv:2: employees is '-1'. {repair}\nframe.csv:3: employees is 'veel'. {repair}"
    )


def test_who_is_not_eligible_is_in_the_frame_and_in_no_denominator(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("token,wgo,disposition\nt1,noord,\nt2,zuid,not_eligible\nt3,zuid,refusal\n", encoding="utf-8")
    population = read_population(path, questionnaire)

    assert population.variables == ("wgo",)
    assert population.size == 3
    assert population.eligible.size == 2
    assert dict(population.eligible.count("wgo")) == {"noord": 1, "zuid": 1}
    path.write_text("token,wgo,disposition\nt1,noord,geweigerd\n", encoding="utf-8")
    with pytest.raises(PopulationError) as caught:
        read_population(path, questionnaire)
    assert str(caught.value) == (
        "frame.csv:2: disposition: no 'geweigerd'. Known: 'refusal', 'non_contact', 'other', 'unknown', 'not_eligible'."
    )


@pytest.mark.parametrize("separator", [",", ";"])
def test_both_separators_of_a_dutch_spreadsheet_are_read(
    tmp_path: Path, questionnaire: Questionnaire, separator: str
) -> None:
    path = tmp_path / "frame.csv"
    path.write_text("\ufefftoken,wgo\nt1,zuid\n".replace(",", separator), encoding="utf-8")

    assert dict(read_population(path, questionnaire).count("wgo")) == {"noord": 0, "zuid": 1}


def test_an_organisation_of_unknown_group_is_in_the_frame_and_in_no_group(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    (tmp_path / "frame.csv").write_text("token,wgo\nt1,zuid\nt2,\n", encoding="utf-8")
    population = read_population(tmp_path / "frame.csv", questionnaire)

    assert population.size == 2
    assert dict(population.count("wgo")) == {"noord": 0, "zuid": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "frame.csv: not a table that can be read (No columns to parse from file)."),
        ("token,wgo\n", "frame.csv: no organisations. Is it the right file?"),
        (
            "wgo\nnoord\n",
            "frame.csv:1: no column 'token' or 'organisation' to know an organisation by. Known: 'wgo'.",
        ),
        (
            "token,organisatie\nt1,De Linde\n",
            "frame.csv:1: no single-choice question 'organisatie'. Did you mean 'organisation'? "
            "Known: 'token', 'organisation', 'wgo', 'bekend'.",
        ),
        (
            "token,regio\nt1,noord\n",
            "frame.csv:1: no single-choice question 'regio'. Known: 'token', 'organisation', 'wgo', 'bekend'.",
        ),
        (
            "token,wgo\nt1,nord\nt1,zuid\n,zuid\n",
            "frame.csv:2: wgo: no 'nord'. Did you mean 'noord'? Known: 'noord', 'zuid'.\n"
            "frame.csv:3: this token stands on line 2 too. Every organisation has one of its own.\n"
            "frame.csv:4: no token. Every organisation has one of its own.",
        ),
    ],
)
def test_all_faults_of_a_frame_are_told_together(
    tmp_path: Path, questionnaire: Questionnaire, text: str, message: str
) -> None:
    (tmp_path / "frame.csv").write_text(text, encoding="utf-8")

    with pytest.raises(PopulationError) as caught:
        read_population(tmp_path / "frame.csv", questionnaire)
    assert str(caught.value) == message


def test_a_frame_that_is_not_there(tmp_path: Path, questionnaire: Questionnaire) -> None:
    with pytest.raises(PopulationError) as caught:
        read_population(tmp_path / "frame.csv", questionnaire)
    assert str(caught.value) == (
        f"{tmp_path / 'frame.csv'}: there is no such file. Put it there, or correct its name in meting.yaml."
    )


def test_a_workbook_is_called_what_it_is(tmp_path: Path, questionnaire: Questionnaire) -> None:
    pd.DataFrame({"token": ["t1"], "wgo": ["noord"]}).to_excel(tmp_path / "frame.xlsx", index=False)

    with pytest.raises(PopulationError) as caught:
        read_population(tmp_path / "frame.xlsx", questionnaire)
    assert str(caught.value) == (
        "frame.xlsx: is a workbook (.xlsx, .ods), and a frame or coverage is read from CSV. "
        "Save it as 'CSV UTF-8', and name that file."
    )


def test_other_bytes_than_utf8_are_named_by_line(tmp_path: Path, questionnaire: Questionnaire) -> None:
    (tmp_path / "frame.csv").write_bytes("token,wgo\nt1,noord\nt\u00e92,zuid\n".encode("cp1252"))

    with pytest.raises(PopulationError) as caught:
        read_population(tmp_path / "frame.csv", questionnaire)
    assert str(caught.value) == "frame.csv:3: not UTF-8. Save the file as 'CSV UTF-8'."


def test_a_breakdown_that_the_frame_does_not_hold(mini: Path, questionnaire: Questionnaire) -> None:
    population = read_population(mini / "frame.csv", questionnaire)

    with pytest.raises(PopulationError) as caught:
        population.count("bekend")
    assert str(caught.value) == "frame.csv: no column 'bekend'. Known: 'wgo'."


def test_the_coverage_knows_its_moments_earliest_first(mini: Path, questionnaire: Questionnaire) -> None:
    coverage = read_coverage(mini / "coverage.csv", questionnaire)

    assert coverage.moments == ("2019", "2021")
    assert coverage.counts["employees"].tolist()[:2] == [100, 100]
    assert coverage.counts["employees"].isna().tolist() == [False, False, True, False, False, False]


def test_moments_are_in_the_order_of_their_dates_whatever_they_are_called(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    rows = "laatste,2022-06-30,ggz,10,10,\neerste,2019-08-01,ggz,9,10,\nmidden,2020-08-01,ggz,9,10,\n"
    (tmp_path / "coverage.csv").write_text(HEADER + rows, encoding="utf-8")

    # Everyone may work for a member: 10 of 10.
    assert read_coverage(tmp_path / "coverage.csv", questionnaire).moments == ("eerste", "midden", "laatste")


HEADER = "moment,date,branche,employees_members,employees,included_in\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("moment,branche\n", "coverage.csv:1: no column 'date'. Known: 'moment', 'branche'."),
        (
            HEADER + "2021,2022-06-30,gzz,1,2,\n",
            "coverage.csv:2: branche: no 'gzz'. Did you mean 'ggz'? Known: 'ggz', 'vvt', 'revalidatie'.",
        ),
        (
            HEADER + "2021,2022-06-30,ggz,1,2,\n2021,2022-06-30,ggz,1,2,\n",
            "coverage.csv:3: '2021 ggz' stands twice. Keep one of them.",
        ),
        (
            HEADER + "2021,2022-06-30,ggz,1.5,2,\n",
            "coverage.csv:2: employees_members is '1.5'. "
            "Give a whole number, or name the branche that includes it in included_in.",
        ),
        (
            HEADER + "2021,30-06-2022,ggz,1,2,\n",
            "coverage.csv:2: date is '30-06-2022'. Write it as year, month and day: '2022-06-30'.",
        ),
        (
            HEADER + "2021,2022-06-30,ggz,1,2,\n2021,2022-07-01,vvt,1,2,\n",
            "coverage.csv:3: date is '2022-07-01', and '2022-06-30' before at moment '2021'. A moment has one date.",
        ),
        (
            HEADER + "2021,2022-06-30,ggz,3,2,\n",
            "coverage.csv:2: 3 employees at members is more than the 2 employees there are.",
        ),
    ],
)
def test_faults_of_a_coverage_file(tmp_path: Path, questionnaire: Questionnaire, text: str, message: str) -> None:
    (tmp_path / "coverage.csv").write_text(text, encoding="utf-8")

    with pytest.raises(PopulationError) as caught:
        read_coverage(tmp_path / "coverage.csv", questionnaire)
    assert str(caught.value).splitlines()[0] == message


@pytest.mark.parametrize("rows", ["", "2021,,ggz,,,\n2021,,vvt,,,\n", ",,,, ,\n"], ids=["header", "drafted", "blank"])
def test_a_coverage_file_that_is_not_filled_in_is_one_fault(
    tmp_path: Path, questionnaire: Questionnaire, rows: str
) -> None:
    (tmp_path / "coverage.csv").write_text(HEADER + rows, encoding="utf-8")

    with pytest.raises(PopulationError) as caught:
        read_coverage(tmp_path / "coverage.csv", questionnaire)
    assert str(caught.value) == (
        "coverage.csv: has no counts yet. Fill in employees_members and employees per moment and branche, or take "
        "'coverage' out of meting.yaml."
    )
