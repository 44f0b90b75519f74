"""Two coders: where they agree, what they have to talk about, and what comes of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.coding import export_answers, import_codes
from srsmeting.errors import CodingError, ConfigurationError
from srsmeting.estimates import pick
from srsmeting.meting import Meting, load_meting
from srsmeting.running import run_meting
from srsmeting.themes.meeting import coder_names
from srsmeting.themes.reading import FilledIn
from srsmeting.themes.summary import summarise_coding

Fill = Callable[..., Path]

#: What `fill` codes, by the number of the respondent.
CODES = {
    "1": ("bijeenkomst",),
    "2": ("geen",),
    "3": ("nieuwsbrief",),
    "4": ("nieuwsbrief", "bijeenkomst"),
    "5": ("geen",),
    "6": ("nieuwsbrief",),
    "7": ("bijeenkomst",),
    "8": ("bijeenkomst",),
    "9": ("kosten",),
}

SUMMARY = """\
Open antwoorden van mini-2021, gecodeerd door anna en bas

idee: 9 antwoorden
  7 met een code die vaststaat, waarvan 5 met een thema
  2 waarover de codeurs verschillen
  dezelfde codes bij 7 van 9 (78%); alfa over hele antwoorden 0,72
                   anna     bas  beiden    alfa
    bijeenkomst       4       4       4    1,00
    nieuwsbrief       3       2       2    0,74
    kosten            1       0       0    0,00
    ander             0       1       0    0,00
    geen              2       2       2    1,00

Krippendorffs alfa is 1 bij volledige overeenstemming en 0 bij wat toeval oplevert. Vuistregel: vanaf 0,80
zijn de codes betrouwbaar; van 0,67 tot 0,80 is er ruimte voor voorzichtige conclusies.

1 opmerking van codeurs; lees die in hun bestanden."""


@pytest.fixture
def files(fill: Fill) -> list[Path]:
    def remark(sheet: Any) -> None:
        sheet["G3"] = "een twijfelgeval"

    return [fill("anna.xlsx"), fill("bas.xlsx", {"4": ("bijeenkomst",), "9": ("ander",)}, remark)]


def test_what_differs_is_for_a_meeting_and_nothing_is_written(
    meting: Meting, files: list[Path], tmp_path: Path, names: dict[str, str]
) -> None:
    done = import_codes(meting, files, meeting=tmp_path / "samen.xlsx", target=tmp_path / "coded.csv")

    assert done.written is None
    assert not (tmp_path / "coded.csv").exists()
    assert done.outcome.disputed["idee"] == {
        names["4"]: {"anna": "bijeenkomst; nieuwsbrief", "bas": "bijeenkomst"},
        names["9"]: {"anna": "kosten", "bas": "ander"},
    }
    sheet = openpyxl.load_workbook(tmp_path / "samen.xlsx")["idee"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == [
        "Antwoord-id",
        "Antwoord",
        "Volgens anna",
        "Volgens bas",
        "Code 1",
        "Code 2",
        "Code 3",
        "Opmerking",
    ]
    assert sorted(rows[1:]) == sorted(
        [
            [names["4"], "bijeenkomsten en een nieuwsbrief", "bijeenkomst; nieuwsbrief", "bijeenkomst", *[None] * 4],
            [names["9"], "_x0041_ minder \ufffd kosten", "kosten", "ander", *[None] * 4],
        ]
    )


def test_the_summary_says_how_far_they_agree(meting: Meting, files: list[Path], tmp_path: Path) -> None:
    # On paper, of 18 values. nieuwsbrief: 5 yes and 13 no, two differ: 1 - 17 * 2 / (2 * 5 * 13) = 0.738.
    # kosten and ander: 1 yes and 17 no: 1 - 17 * 2 / (2 * 1 * 17) = 0.
    # Whole answers: bijeenkomst 7, geen 4, nieuwsbrief 4, both 1, kosten 1, ander 1, so 324 - 84 = 240 unlike pairs:
    # 1 - 17 * 4 / 240 = 0.717.
    done = import_codes(meting, files, target=tmp_path / "coded.csv")

    assert summarise_coding(meting.questionnaire, done.outcome, done.coders) == SUMMARY


def test_what_was_agreed_goes_before_what_each_said(
    meting: Meting, files: list[Path], tmp_path: Path, fill: Fill, names: dict[str, str]
) -> None:
    import_codes(meting, files, meeting=tmp_path / "samen.xlsx", target=tmp_path / "coded.csv")
    agreed = fill("afgesproken.xlsx", {"9": ("ander",)}, source=tmp_path / "samen.xlsx")

    done = import_codes(meting, files, agreed=agreed, target=tmp_path / "coded.csv")
    assert done.written == tmp_path / "coded.csv"
    assert done.outcome.codes["idee"][names["4"]] == {"bijeenkomst", "nieuwsbrief"}
    assert done.outcome.codes["idee"][names["9"]] == {"ander"}
    # How far they agreed is told of what each did alone.
    assert done.outcome.agreements[0].same == 7


def test_two_coders_can_share_the_work(meting: Meting, fill: Fill, tmp_path: Path, names: dict[str, str]) -> None:
    first = fill("anna.xlsx", dict.fromkeys("12345", ()))
    second = fill("bas.xlsx", dict.fromkeys("6789", ()))
    done = import_codes(meting, [first, second], target=tmp_path / "coded.csv")

    assert done.outcome.is_settled
    assert len(done.outcome.codes["idee"]) == 9
    text = summarise_coding(meting.questionnaire, done.outcome, done.coders)
    assert "  geen antwoord is door beide codeurs gecodeerd\n" in text


def test_what_nobody_coded_is_left_to_do(meting: Meting, fill: Fill, tmp_path: Path, names: dict[str, str]) -> None:
    done = import_codes(meting, [fill("anna.xlsx", {"9": ()})], target=tmp_path / "coded.csv")

    assert done.written is None
    assert summarise_coding(meting.questionnaire, done.outcome, done.coders).splitlines() == [
        "Open antwoorden van mini-2021, gecodeerd door anna",
        "",
        "idee: 9 antwoorden",
        "  8 met een code die vaststaat, waarvan 6 met een thema",
        f"  1 nog zonder code, zoals {names['9']}",
    ]


def test_one_workbook_is_not_two_coders(meting: Meting, fill: Fill, tmp_path: Path) -> None:
    path = fill("anna.xlsx")

    with pytest.raises(CodingError) as caught:
        import_codes(meting, [path, path], target=tmp_path / "coded.csv")
    assert str(caught.value) == f"{path}: is given twice. Give the workbooks of two coders, or one."


def test_coders_are_called_by_their_file() -> None:
    assert coder_names([FilledIn("anna.xlsx", {}), FilledIn("bas.xlsx", {})]) == ["anna", "bas"]
    assert coder_names([FilledIn("a.xlsx", {}), FilledIn("a.xlsx", {})]) == ["a (1)", "a (2)"]


def test_answers_that_came_later_are_added(
    meting: Meting, fill: Fill, tmp_path: Path, names: dict[str, str], folder: Path
) -> None:
    # Eight were coded, by id; number 9 came in since.
    with (folder / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("coded: coded.csv\n")
    rows = [f"{number},idee,{code}\n" for number, codes in CODES.items() if number != "9" for code in codes]
    (folder / "coded.csv").write_text("respondent,question,theme\n" + "".join(rows), encoding="utf-8")
    again = load_meting(folder)
    with pytest.raises(CodingError):
        run_meting(again)

    assert export_answers(again, tmp_path / "nieuw.xlsx", new=True) == {"idee": 1}
    done = import_codes(again, [fill("ingevuld.xlsx", source=tmp_path / "nieuw.xlsx")], add=True)
    assert done.written == folder / "coded.csv"
    assert len(done.outcome.codes["idee"]) == 9
    assert done.outcome.codes["idee"][names["4"]] == {"bijeenkomst", "nieuwsbrief"}
    kosten = pick(run_meting(load_meting(folder)).estimates, "idee", "bijeenkomst", measure="count")
    assert kosten[["numerator", "denominator"]].tolist() == [4, 9]
    with pytest.raises(CodingError) as caught:
        export_answers(load_meting(folder), tmp_path / "leeg.xlsx", new=True)
    assert str(caught.value) == "coded.csv: every answer has its codes already. Nothing was written."


def test_without_codes_nothing_is_new(meting: Meting, salt: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        export_answers(meting, tmp_path / "nieuw.xlsx", new=True)
    assert str(caught.value) == "meting.yaml: names no 'coded', so nothing was coded before. Add it."
