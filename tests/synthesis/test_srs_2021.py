"""The bundled reconstruction: every published number, counted here from the raw cells.

J1 to J18 number the groups of constraints that follow from the published report. Nothing of the package reads the file:
the columns and codes are those of the survey tool, typed over, as are the expected numbers.
"""

import csv
import subprocess
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import srsmeting

FOLDER = Path(srsmeting.__file__).parents[1] / "analyses" / "srs_2021"
WGO, BRANCHE, GROOTTE, FUNCTIE, CIJFER, BETROKKEN = "G00Q01", "G00Q02", "G00Q03", "G00Q04", "G01Q01", "G01Q02"
ROL = "G07Q02"
SIZES = {"S1": 50, "S2": 76, "S3": 89, "S4": 85, "S5": 1}


@pytest.fixture(scope="module")
def received() -> pd.DataFrame:
    with (FOLDER / "export.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = [row for row in csv.reader(file, delimiter=";") if row]
    return pd.DataFrame(rows, columns=header, dtype="str")


@pytest.fixture(scope="module")
def rows(received: pd.DataFrame) -> pd.DataFrame:
    return received[received["submitdate"] != ""].reset_index(drop=True)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "frame.csv", dtype="str", keep_default_na=False)


def half_up(value: Fraction, decimals: int = 0) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(part: pd.Series, whole: int) -> int:
    return int(half_up(Fraction(100 * int(part.sum()), whole)))


def ticked(rows: pd.DataFrame, question: str, option: str) -> pd.Series:
    return rows[f"{question}[{option}]"] != ""


def answered(rows: pd.DataFrame, question: str) -> pd.Series:
    columns = [name for name in rows if name == question or name.startswith(f"{question}[")]
    return (rows[columns] != "").any(axis=1)


def check_multiple(rows: pd.DataFrame, question: str, asked: pd.Series, published: dict[str, int], none: str) -> None:
    """Percentages of those who were asked; nobody else answered, all of them did, and `none` excludes the rest."""
    assert (answered(rows, question) == asked).all()
    base = int(asked.sum())
    assert {option: percent(ticked(rows, question, option), base) for option in published} == published
    others = [name for name in rows if name.startswith(f"{question}[") and name != f"{question}[{none}]"]
    assert not (ticked(rows, question, none) & (rows[others] != "").any(axis=1)).any()


def check_statement(rows: pd.DataFrame, column: str, asked: pd.Series, top: int, bottom: int | None = None) -> None:
    base = int(asked.sum())
    assert ((rows[column] != "") == asked).all()
    assert percent(rows[column].isin(["A1", "A2"]), base) == top
    if bottom is not None:
        assert percent(rows[column].isin(["A4", "A5"]), base) == bottom


def test_j1_respondents_per_wgo(rows: pd.DataFrame, frame: pd.DataFrame) -> None:
    counts = [13, 4, 18, 8, 31, 23, 18, 33, 11, 30, 29, 64, 19]
    invited = {
        "derotterdamsezorg": 28, "flever": 18, "sigra": 59, "samen_voor_betere_zorg": 19, "transvorm": 58,
        "utrechtzorg": 80, "viazorg": 80, "wgv_zorg_en_welzijn": 123, "wgv_zhz": 31, "wzw": 85, "zorg_aan_zet": 79,
        "zorgpleinnoord": 246, "zwconnect": 79,
    }  # fmt: skip
    rates = [46, 22, 31, 42, 53, 29, 23, 27, 35, 35, 37, 26, 24]

    assert Counter(rows[WGO]) == {f"W{number:02}": count for number, count in enumerate(counts, 1)}
    assert len(rows) == 301
    assert Counter(frame["wgo"]) == invited
    assert len(frame) == 985
    shares = [Fraction(100 * n, size) for n, size in zip(counts, invited.values(), strict=True)]
    assert [int(half_up(share)) for share in shares] == rates


def test_j2_branche_size_and_function(rows: pd.DataFrame) -> None:
    branches = [20, 23, 56, 122, 12, 29, 17, 5, 17]

    assert Counter(rows[BRANCHE]) == {f"B{number}": count for number, count in enumerate(branches, 1)}
    assert Counter(rows[GROOTTE]) == SIZES
    assert [percent(rows[FUNCTIE] == code, 301) for code in ("A1", "A2", "-oth-")] == [32, 62, 6]
    assert ((rows[FUNCTIE] == "-oth-") == ticked(rows, FUNCTIE, "other")).all()


def test_j3_involvement(rows: pd.DataFrame) -> None:
    assert Counter(rows[BETROKKEN]) == {"A1": 66, "A2": 99, "A3": 111, "A4": 25}
    assert percent(rows[BETROKKEN].isin(["A1", "A2"]), 301) == 55


def test_j4_marks(rows: pd.DataFrame) -> None:
    marks = rows[CIJFER].astype(int)
    classes = [marks <= 4, marks <= 5, marks == 7, marks == 8, marks.isin([7, 8]), marks >= 9]

    assert (marks <= 4).sum() == 6
    assert [percent(part, 301) for part in classes] == [2, 6, 38, 40, 78, 8]
    assert 21 <= (marks == 6).sum() <= 29
    assert rows.loc[marks <= 4, BETROKKEN].nunique() >= 2


def test_j5_means(rows: pd.DataFrame) -> None:
    marks = rows[CIJFER].astype(int)

    def mean(part: pd.Series) -> str:
        return str(half_up(Fraction(int(marks[part].sum()), int(part.sum())), 1))

    assert 2201 <= marks.sum() <= 2212
    assert mean(marks > 0) == "7.3"
    assert [mean(rows[BETROKKEN] == f"A{code}") for code in range(1, 5)] == ["7.6", "7.3", "7.5", "6.3"]
    assert [mean(rows[BRANCHE] == code) for code in ("B1", "B5", "B2", "B3")] == ["7.7", "7.8", "7.2", "7.2"]
    for codes in (["B4"], ["B6"], ["B7"], ["B8", "B9"]):
        assert "7.3" <= mean(rows[BRANCHE].isin(codes)) <= "7.6"


def test_j6_research(rows: pd.DataFrame) -> None:
    assert [percent(rows["G02Q01"] == code, 301) for code in ("A1", "A2", "A3")] == [66, 24, 10]
    published = {"SQ001": 61, "SQ002": 33, "SQ003": 21, "SQ004": 20, "other": 9, "SQ005": 19}
    asked = rows["G02Q01"] == "A1"
    assert asked.sum() == 199
    check_multiple(rows, "G02Q02", asked, published, none="SQ005")


def test_j7_network(rows: pd.DataFrame) -> None:
    asked = rows[BETROKKEN] != "A4"

    assert asked.sum() == 276
    assert ((rows["G02Q03"] != "") == asked).all()
    assert percent(rows["G02Q03"] == "A1", 276) == 53


def test_j8_recruitment(rows: pd.DataFrame) -> None:
    known = rows["G03Q01"]

    assert [percent(known == f"A{code}", 301) for code in range(1, 5)] == [17, 32, 43, 9]
    assert percent(known != "A1", 301) == 83
    assert percent(known.isin(["A3", "A4"]), 301) == 52
    assert (known == "A3").sum() == 128
    check_multiple(rows, "G03Q03", known == "A3", {"SQ001": 37, "SQ002": 33, "other": 24, "SQ003": 16}, none="SQ003")


def test_j9_campaigns(rows: pd.DataFrame) -> None:
    assert Counter(rows["G03Q02"]) == {"A1": 173, "A2": 76, "A3": 52}
    check_multiple(rows, "G03Q04", rows["G03Q02"] == "A1", {"SQ001": 41, "SQ002": 32, "SQ003": 19}, none="SQ003")
    assert ticked(rows, "G03Q04", "other").sum() >= 13


def test_j10_inflow(rows: pd.DataFrame) -> None:
    used, known = rows["G03Q01"] == "A3", rows["G03Q02"] == "A1"

    overlap = [int(part.sum()) for part in (used & known, used & ~known, ~used & known, ~used & ~known)]
    assert overlap == [92, 36, 81, 92]
    assert (used | known).sum() == 209
    check_statement(rows, "G03Q05[SQ001]", used | known, 18, 26)
    check_statement(rows, "G03Q05[SQ002]", used | known, 41, 17)


def test_j11_learning(rows: pd.DataFrame) -> None:
    assert Counter(rows["G04Q01"]) == {"A1": 152, "A2": 97, "A3": 52}
    asked = rows["G04Q01"] == "A1"
    published = {"SQ001": 62, "SQ002": 18, "SQ003": 7, "other": 5, "SQ004": 26}
    check_multiple(rows, "G04Q02", asked, published, none="SQ004")
    check_statement(rows, "G04Q03[SQ001]", asked, 6)


def test_j12_retention(rows: pd.DataFrame) -> None:
    assert [percent(rows["G05Q01"] == code, 301) for code in ("A1", "A2", "A3")] == [51, 31, 18]
    asked = rows["G05Q01"] == "A1"
    assert asked.sum() == 154
    published = {"SQ001": 28, "SQ002": 37, "SQ003": 8, "SQ004": 5, "other": 16, "SQ005": 31}
    check_multiple(rows, "G05Q02", asked, published, none="SQ005")
    for item, top in (("SQ001", 28), ("SQ002", 10), ("SQ003", 5)):
        check_statement(rows, f"G05Q03[{item}]", asked, top)


def test_j13_innovation(rows: pd.DataFrame) -> None:
    digital, change = rows["G06Q01[SQ001]"] == "A1", rows["G06Q01[SQ002]"] == "A1"

    assert [percent(digital, 301), percent(change, 301)] == [24, 30]
    assert (digital | change).sum() == 109
    check_statement(rows, "G06Q02[SQ001]", digital | change, 32)
    check_statement(rows, "G06Q02[SQ002]", digital | change, 39)


def test_j14_experiments(rows: pd.DataFrame) -> None:
    assert Counter(rows["G06Q03"]) == {"A1": 107, "A2": 194}
    assert Counter(rows["G06Q04"]) == {"A1": 70, "A2": 16, "A3": 21, "": 194}
    assert not ((rows["G06Q04"] != "") & (rows["G06Q03"] != "A1")).any()
    assert (rows["G06Q05"] != "").sum() == 59
    assert not ((rows["G06Q05"] != "") & (rows["G06Q04"] != "A1")).any()


def test_j15_theme_for_the_coming_year(rows: pd.DataFrame) -> None:
    assert (rows["G07Q01"] != "").sum() == 204


def test_j16_role_in_the_transition(rows: pd.DataFrame) -> None:
    assert Counter(rows[ROL]) == {"A1": 234, "A2": 16, "A3": 51}
    bases = {"A1": 66, "A2": 99, "A3": 111, "A4": 25}
    yes = [percent((rows[BETROKKEN] == code) & (rows[ROL] == "A1"), base) for code, base in bases.items()]
    assert yes == [92, 82, 72, 48]
    assert (rows["G07Q03"] != "").sum() == 188
    assert not ((rows["G07Q03"] != "") & (rows[ROL] != "A1")).any()


def test_j17_not_knowing_falls_with_size(rows: pd.DataFrame) -> None:
    unknown, yes = [], []
    for code in ("S1", "S2", "S3", "S4"):
        given = rows.loc[rows[GROOTTE] == code, ROL]
        unknown.append(Fraction(int((given == "A3").sum()), SIZES[code]))
        yes.append(int(half_up(Fraction(100 * int((given == "A1").sum()), int((given != "A3").sum())))))

    assert unknown == sorted(unknown, reverse=True)
    assert len(set(unknown)) == 4
    assert yes == [92, 93, 94, 95]


def test_j18_digital_tools(rows: pd.DataFrame) -> None:
    assert percent(rows["G01Q03"] == "A1", 301) == 69


def test_respondents_are_in_the_frame_as_they_say_they_are(rows: pd.DataFrame, frame: pd.DataFrame) -> None:
    both = rows.merge(frame, on="token", validate="1:1")

    assert len(both) == 301
    # Every code of the export goes with one code of the frame, and the other way round.
    for column, variable in ((WGO, "wgo"), (BRANCHE, "branche"), (GROOTTE, "grootteklasse")):
        pairs = both[[column, variable]].drop_duplicates()
        assert pairs[column].is_unique
        assert pairs[variable].is_unique
    assert frame["token"].is_unique


def test_every_open_answer_has_a_theme_and_the_themes_are_as_often_named_as_published(rows: pd.DataFrame) -> None:
    coded = pd.read_csv(FOLDER / "coded.csv", dtype="str", keep_default_na=False)
    columns = {"soort_inzichten": "G06Q05", "thema_komend_jaar": "G07Q01", "soort_rol": "G07Q03"}
    for question, column in columns.items():
        named = coded.loc[coded["question"] == question, "respondent"]
        assert sorted(named) == sorted(rows.loc[rows[column] != "", "id"])
    counts = Counter(zip(coded["question"], coded["theme"], strict=True))

    # Published as: more than three times; about 40, about 30, between 10 and 20, 7; more than 20, more than 10, 5.
    insights = {theme: n for (question, theme), n in counts.items() if question == "soort_inzichten"}
    assert len(insights.keys() - {"ander"}) == 6
    assert min(insights.values()) >= 4
    themes = {theme: n for (question, theme), n in counts.items() if question == "thema_komend_jaar"}
    assert (themes["behoud"], themes["samenwerking"], themes["zzp"]) == (40, 30, 7)
    between = {theme for theme, n in themes.items() if 10 <= n <= 20}
    assert between == {"zij_instroom", "flexibel_opleiden", "imago", "innovatie"}
    roles = {theme: n for (question, theme), n in counts.items() if question == "soort_rol"}
    assert roles["trekken_verbinden"] > 20
    assert all(10 < roles[theme] <= 20 for theme in ("adviseren", "kennis_delen", "lobby", "innovatie"))
    assert roles["subsidie"] == 5


def test_some_stopped_half_way_and_do_not_count(received: pd.DataFrame, frame: pd.DataFrame) -> None:
    stopped = received[received["submitdate"] == ""]

    assert len(stopped) == 7
    assert stopped["token"].isin(frame["token"]).all()
    assert received["token"].is_unique


def test_nothing_in_it_is_about_anyone(received: pd.DataFrame) -> None:
    assert received["ipaddr"].str.startswith("192.0.2.").all()
    assert received["refurl"].isin(["", "https://www.example.org/uitnodiging"]).all()
    assert received["startdate"].str.fullmatch(r"2022-0[34]-\d\d \d\d:\d\d:\d\d").all()
    texts = (
        received[["G00Q04[other]", "G02Q02[other]", "G03Q03[other]", "G06Q05", "G07Q01", "G07Q03"]].to_numpy().ravel()
    )
    assert all(text == "" or text.startswith("(verzonnen antwoord) ") for text in texts)


def test_coverage_and_its_change() -> None:
    table = pd.read_csv(FOLDER / "coverage.csv", dtype="str", keep_default_na=False)
    merged = table[table["included_in"] != ""]
    counted = table[table["included_in"] == ""].astype({"employees_members": int, "employees": int})
    published = {
        "gehandicaptenzorg": (81, 84, 3), "ggz": (82, 85, 3), "huisartsenzorg": (11, 10, -1), "jeugdzorg": (56, 58, 2),
        "kinderopvang": (7, 9, 2), "sociaal_werk": (23, 46, 23), "vvt": (78, 81, 3), "ziekenhuizen": (69, 67, -2),
        "nederland": (66, 68, 2),
    }  # fmt: skip
    sums = {
        (moment, branche): [part["employees_members"].sum(), part["employees"].sum()]
        for (moment, branche), part in counted.groupby(["moment", "branche"])
    }
    for moment in ("2019", "2021"):
        part = counted[counted["moment"] == moment]
        sums[moment, "nederland"] = [part["employees_members"].sum(), part["employees"].sum()]
    share = {key: Fraction(100 * int(members), int(every)) for key, (members, every) in sums.items()}

    for branche, (before, after, change) in published.items():
        assert half_up(share["2019", branche]) == before
        assert half_up(share["2021", branche]) == after
        assert half_up(share["2021", branche] - share["2019", branche]) == change
    assert half_up(share["2021", "revalidatiecentra"]) == 87
    assert merged[["moment", "branche", "employees", "included_in"]].to_numpy().tolist() == [
        ["2019", "revalidatiecentra", "", "ziekenhuizen"]
    ]
    assert set(zip(table["moment"], table["date"], strict=True)) == {("2019", "2019-08-01"), ("2021", "2022-06-30")}


def test_the_script_rebuilds_numbers_that_meet_the_same_targets(tmp_path: Path) -> None:
    # Other versions of the solver may give other respondents; the marginals are the same.
    script = FOLDER / "reconstruct.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, cwd=FOLDER.parents[1])

    again = pd.read_csv(tmp_path / "export.csv", sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")
    complete = again[again["submitdate"] != ""]
    assert len(again) == 308
    assert Counter(complete[BETROKKEN]) == {"A1": 66, "A2": 99, "A3": 111, "A4": 25}
    assert (complete["G07Q03"] != "").sum() == 188
    assert len((tmp_path / "coded.csv").read_text(encoding="utf-8").splitlines()) == 1 + 59 + 204 + 188
    assert len((tmp_path / "frame.csv").read_text(encoding="utf-8").splitlines()) == 986
