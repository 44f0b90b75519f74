"""Every kind of fault that was found in the published reports, and what keeps it out of a report made with this package.

The kinds are those of a review of five reports, by the names that the review gave them. A kind is prevented when a report
cannot have it, or proof-reading lists it before it goes out. Each has a test that shows it, on the fault that was found.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import srsmeting as srs
from srsmeting.bundled import bundled
from srsmeting.bundling import write_bundle
from srsmeting.configuration import ReportConfig
from srsmeting.errors import ConfigurationError, EstimateError, ReportError, UnknownNameError
from srsmeting.estimates import check_estimates, estimate_frame
from srsmeting.frames import write_frame
from srsmeting.presentation.words import share_words
from srsmeting.presentation.words_sizes import size_words
from srsmeting.proofing import proof_report
from srsmeting.report import Report, open_report

NBSP = "\u00a0"
MakeBook = Callable[[str], Path]
Test = Callable[..., None]

#: The kind, and what prevents it.
PREVENTED: dict[str, str] = {}

#: Kinds of the review. A tenth of the faults found had no name of a kind: names and dates of sources.
KINDS = {
    *("aantal pilots", "afronding", "basis onbekend", "benaming", "betekenis", "box vs tabel", "box vs tekst"),
    *("definitiebreuk", "doelgroep", "drempel", "duur", "eenheid", "filter vs N", "frequentie", "kolomkop", "metingen"),
    *("naam", "noemer", "optelling", "peildatum", "percentage", "plaatsen", "richtlijn vs realisatie"),
    *("samenvatting vs hoofdstuk", "som ongelijk 100", "stroom", "tabel vs tabel", "tekst vs tabel", "tekst vs tekst"),
    *("tekstverminking", "telling thema's", "titel", "tussen rapporten", "typefout", "verbalisering", "voetnoot"),
    *("volgorde", "wachttijd"),
}


def prevents(kind: str, by: str) -> Callable[[Test], Test]:
    """Note what a test shows."""

    def note(test: Test) -> Test:
        PREVENTED[kind] = by
        return test

    return note


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write what the bundled report reads."""
    meting = srs.load_meting(bundled("analyses/srs_2021"))
    made: Path = tmp_path_factory.mktemp("rapport")
    write_bundle(meting, srs.run_meting(meting).estimates, made)
    return made


@pytest.fixture(scope="module")
def r(folder: Path) -> Report:
    """Open the bundled report."""
    return open_report(folder)


def found(book: Path) -> list[str]:
    return [fault.value for fault in proof_report(book)]


@prevents("filter vs N", "the sentence on who was asked and the number asked both come from the routing")
def test_a_filter_and_its_number_are_one(r: Report) -> None:
    # Printed: asked of all who know it (83%, some 250), N = 128. Those who used it number 128.
    base = r.figure("effect_werving").base

    assert "gebruik hebben gemaakt van de wervings- en selectieactiviteiten" in base
    assert r.base("effect_werving") == r.count("bekend_werving", "gebruikt") == "128"
    assert "128" in base


@prevents("samenvatting vs hoofdstuk", "a number has one key; whatever chapter asks for it gets the same words")
def test_a_summary_says_what_the_chapter_says(r: Report) -> None:
    # Printed: a third in the summary, well over a third in the chapter.
    in_chapter, in_summary = (r.part("experimenten", "ja", "werkte", "werkten") for _ in range(2))

    assert in_summary == in_chapter == "ruim een derde van de respondenten werkte"
    assert in_chapter.keys == in_summary.keys == ("srs-2021|experimenten||ja|||share",)  # type: ignore[attr-defined]


@prevents("som ongelijk 100", "percentages are never forced; a sentence says to what they add up where that is not 100")
def test_a_sum_that_is_not_100_is_told(r: Report) -> None:
    assert r.adds_up("bekend_werving") == "Door afronding tellen de percentages op tot 101."
    assert r.adds_up("bekend_onderzoek") == ""


@prevents("optelling", "a sum is declared in the questionnaire and made of counts, not of rounded percentages")
def test_a_sum_is_made_of_counts(r: Report) -> None:
    # 32 + 43 + 9 is 84; of the counts it is 83.
    assert r.percent("bekend_werving", "bekend_totaal") == f"83{NBSP}procent"


@prevents("afronding", "every number is rounded once, half up, on its exact value")
def test_rounding_is_half_up_and_once(r: Report) -> None:
    # 18 of 80 is 22.5; the mean of the rounded means of the groups would be 7.4.
    assert r._row("", by="wgo", group="viazorg", measure="response_rate")["estimate"] == 18 / 80
    assert re.search(r"Viazorg.*?23%", r.response_table("wgo").body(), re.DOTALL)
    assert r.mark("cijfer_wgo") == "7,3"


@prevents("verbalisering", "one percentage has one name; fractions that are typed by hand are listed")
def test_a_percentage_has_one_name(book: MakeBook) -> None:
    # Printed: 31 as a third and as almost a third, 57 in two ways.
    assert (share_words(0.31), share_words(0.57)) == ("bijna een derde", "meer dan de helft")
    assert found(book("Daarvan heeft een derde ervan gehoord.")) == ["derde"]


@prevents("typefout", "names of answers, groups and exhibits come from the questionnaire; others are held together")
def test_a_misspelling_is_refused_or_listed(r: Report, book: MakeBook) -> None:
    with pytest.raises(UnknownNameError) as caught:
        r.percent("bekend_onderzoek", "bekend_inhoudt")
    assert "Did you mean 'bekend_inhoud'?" in str(caught.value)
    # Printed: "figuurFiguur 2.3", PFWZ for PFZW, Samen Sterk Regionaal, ZPP'ers.
    typed = "Zie @fig-bekend-onderzoekk. Bij het PFZW, het PFZW en het PFWZ; ZZP’ers, ZZP’ers en ZPP’ers."
    assert found(book(typed + "\n\n```{python}\nr.figure('bekend_onderzoek')\n```")) == [
        *("PFWZ", "ZPP", "fig-bekend-onderzoekk", "fig-bekend-onderzoek"),
    ]


@prevents("naam", "names of groups come from the questionnaire; a name that is written in two ways is listed")
def test_a_name_is_written_in_one_way(book: MakeBook) -> None:
    typed = "Samen Regionaal Sterk is een programma. Samen Regionaal Sterk loopt nog. Samen Sterk Regionaal ook."

    assert found(book(typed)) == ["Samen Sterk Regionaal"]


@prevents("kolomkop", "the heading of a column is the label of the breakdown")
def test_a_heading_is_the_label_of_its_groups(r: Report) -> None:
    # Printed: Branche above size classes.
    table = r.composition_table("grootteklasse", caption="Wie antwoordden").body()
    assert re.findall(r'<th scope="rowgroup"[^>]*>([^<]+)', table) == ["Grootteklasse"]
    assert "Branche" not in r.distribution_table("grootteklasse").body()


@prevents("eenheid", "a difference of percentages is in percentage points by its measure, in tables and in sentences")
def test_a_difference_is_in_points(r: Report) -> None:
    assert r.coverage_change() == f"2{NBSP}procentpunt hoger dan"
    assert "procentpunt" in r.coverage_table().body()


@prevents("peildatum", "the source line of coverage is a text of the measurement, under the table that it is of")
def test_dates_stand_under_the_table(r: Report) -> None:
    # The column for 2021 is of 30 June 2022.
    assert "30 juni 2022" in r.coverage_table().source


@prevents("definitiebreuk", "a break is a status of the number: its sign, its note and its words go along with it")
def test_a_break_goes_along_with_its_number(r: Report) -> None:
    assert "ziekenhuizen (met een trendbreuk)" in r.coverage_directions()
    assert "−2<sup>b</sup>" in r.coverage_table().body()
    assert any("trendbreuk" in line for line in r.coverage_table().lines())


@prevents("drempel", "a group is left out by the rule of the measurement, and the sentence names the reason that binds")
def test_the_reason_is_the_one_that_binds(r: Report) -> None:
    # Printed: also for low response; the lowest response is 22%, and the rule asks 20.
    said = r.withheld("wgo", "WGO’s")

    assert said == (
        "Van Flever en samen Voor Betere Zorg publiceren we geen eigen uitkomsten: er zijn te weinig respondenten."
    )


@prevents("benaming", "a group has one name in the questionnaire, which figures, tables and sentences take")
def test_a_group_has_one_name(r: Report) -> None:
    # Printed: those who get information only, and also those who take no part.
    label = r.label("betrokkenheid", "geen_of_info")

    assert label == "alleen informatie of geen deelname"
    assert label in r.figure("betrokkenheid").alt.lower()
    assert label in r.means_table("cijfer_wgo", ["betrokkenheid"], "Gemiddeld")._repr_markdown_().lower()


@prevents("telling thema's", "themes are counted from the codebook, and a number word in the text is listed")
def test_themes_are_counted(r: Report, book: MakeBook) -> None:
    # Printed: five themes in the text, six in the table.
    assert r.theme_count("soort_inzichten") == "zes"
    assert found(book("De antwoorden gaan over vijf thema’s.")) == ["vijf"]


@prevents("betekenis", "the largest part is called the largest; a majority is one only over half")
def test_the_largest_part_is_no_majority(r: Report) -> None:
    # Printed: 41% as the largest part.
    assert size_words(0.41) == "een minderheid"
    assert r.fact_extremes("budget_pijlers", "De grootste post is", "de kleinste") == (
        f"De grootste post is basis (41{NBSP}procent), de kleinste innoveren en experimenteren (5{NBSP}procent)."
    )


@prevents("richtlijn vs realisatie", "facts have names of their own in one file; no number of them is typed")
def test_a_rule_and_what_was_done_are_two_facts(r: Report, book: MakeBook) -> None:
    assert r.fact("cofinanciering_eis") == f"50{NBSP}procent"
    assert r.fact("budget", "cofinanciering") == f"5,7{NBSP}miljoen euro"
    assert found(book("Volgens de richtlijn gaat 40% naar de basis.")) == ["40%"]


@prevents("basis onbekend", "there is a row for every answer, its base with it, also for what nobody chose")
def test_no_answer_is_without_a_base(r: Report) -> None:
    # Printed: an option for other answers, without a percentage.
    row = r._row("effect_campagnes", "anders")

    assert row["denominator"] == 173
    assert r.percent("effect_campagnes", "anders").endswith(f"{NBSP}procent")


@prevents("volgorde", "a list from large to small is put in order by the call that makes it")
def test_a_list_is_in_order(r: Report) -> None:
    # Printed: 84, 85, 87, 81.
    numbers = [int(number) for number in re.findall(rf"\((\d+){NBSP}procent\)", r.ranked("effect_onderzoek", "Eerst"))]

    assert numbers == sorted(numbers, reverse=True) == [61, 33, 21, 20]


@prevents("tabel vs tabel", "tables are made from the same rows")
def test_two_tables_take_the_same_row(r: Report) -> None:
    one = r.distribution_table("inzichten").data
    both = r.distribution_table("experimenten", "inzichten").data

    assert one["share"].tolist() == both["share"].tolist()[-len(one) :] == [70 / 107, 16 / 107, 21 / 107]


@prevents("tekst vs tabel", "text and table are made from the same rows, and are held against the published figures")
def test_a_sentence_and_a_table_take_the_same_row(r: Report) -> None:
    said = r.percent("experimenten", "ja")

    assert said == f"36{NBSP}procent"
    assert "36%" in r.distribution_table("experimenten").body()


@prevents("tekst vs tekst", "two sentences on one number are made from the same row")
def test_two_sentences_take_the_same_row(r: Report) -> None:
    assert r.percent("rol_transitie", "ja") == f"78{NBSP}procent"
    assert r.words("rol_transitie", "ja") == "ruim drie kwart"


@prevents("percentage", "a percentage is computed from its counts, and held against the published one")
def test_a_percentage_follows_from_its_counts(r: Report, book: MakeBook) -> None:
    # Printed: 80% for 73 of 92.
    row = r._row("inzichten", "ja")

    assert row["estimate"] == row["numerator"] / row["denominator"] == 70 / 107
    assert found(book("Daarvan viel 80% af.")) == ["80%"]


@prevents("stroom", "what is counted of a base is no more than the base; follow-up questions are of who was asked")
def test_no_more_come_out_than_went_in(r: Report) -> None:
    with pytest.raises(EstimateError) as caught:
        check_estimates(
            estimate_frame({"meting": "m", "measure": "share", "estimate": 1.0, "numerator": 25, "denominator": 24})
        )
    assert "numerator" in str(caught.value)
    assert r.base("inzichten") == r.count("experimenten", "ja")


@prevents("noemer", "a share has its denominator in its row, and the base stands under every exhibit")
def test_a_share_is_of_its_base(r: Report) -> None:
    assert r.base("inzichten") == "107"
    assert "107" in " ".join(r.distribution_table("inzichten").lines())


@prevents("voetnoot", "a note belongs to the number: every table with the sign explains it")
def test_every_table_with_a_sign_explains_it(r: Report) -> None:
    for table in (r.coverage_table(), r.distribution_table("branche")):
        explained = " ".join(table.lines())
        assert all(f"{sign} = " in explained for sign in re.findall("<sup>(.)</sup>", table.body()))
    assert re.findall("<sup>(.)</sup>", r.coverage_table().body()) == ["w", "b"]


@prevents("tussen rapporten", "a number belongs to one measurement; figures of two are not mixed in a report")
def test_figures_of_two_measurements_do_not_mix(folder: Path, tmp_path: Path, r: Report) -> None:
    for name in ("questionnaire.yaml", "report.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    write_frame(r.estimates.assign(meting="srs-2020"), tmp_path / "estimates.csv")

    with pytest.raises(ReportError) as caught:
        open_report(tmp_path)

    assert "the estimates of 'srs-2020'" in str(caught.value)


@prevents("titel", "a report without the source of its figures is refused")
def test_a_report_has_a_source(tmp_path: Path, r: Report) -> None:
    assert r.figure("bekend_onderzoek").source
    assert ReportConfig.model_fields["source"].is_required()
    meting = srs.load_meting(bundled("analyses/srs_2021"))
    without = replace(meting, config=meting.config.model_copy(update={"report": None}))
    with pytest.raises(ConfigurationError) as caught:
        write_bundle(without, r.estimates, tmp_path)
    assert "prints the source of its figures" in str(caught.value)


#: Facts that were told twice, and not alike: a fact that is typed is listed, so that it is told by its one place.
TOLD_TWICE = {
    "aantal pilots": ("Acht regio’s werkten samen; zeven zijn gevolgd.", ["Acht"]),
    "box vs tabel": ("De vraag was 140 per maand.", ["140"]),
    "box vs tekst": ("Er deden zes UWV-kantoren mee.", ["zes"]),
    "doelgroep": ("In de tweede groep zaten twee mannen.", ["tweede"]),
    "duur": ("Het project duurde 20 maanden.", ["20"]),
    "frequentie": ("Het platform kwam veertien keer bijeen.", ["veertien"]),
    "metingen": ("De monitor is twee keer gehouden.", ["twee"]),
    "plaatsen": ("Daarvan zijn er 129 direct geplaatst.", ["129"]),
    "tekstverminking": ("Er stroomden vijftien negentig mensen uit.", ["vijftien"]),
    "wachttijd": ("Zij wachtten maximaal vijf maanden.", ["vijf"]),
}
PREVENTED |= dict.fromkeys(
    TOLD_TWICE, "a fact that no respondent was asked stands in one file of the measurement; typed ones are listed"
)


@pytest.mark.parametrize("kind", TOLD_TWICE)
def test_a_fact_that_is_typed_is_listed(book: MakeBook, kind: str) -> None:
    text, listed = TOLD_TWICE[kind]

    assert found(book(text)) == listed


def test_every_kind_is_prevented() -> None:
    assert set(PREVENTED) == KINDS
