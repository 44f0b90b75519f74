"""Years beside each other in a table, with the lines beneath it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from srsmeting.presentation.semantic_table import Table
from srsmeting.presentation.years import History, read_series
from srsmeting.presentation.years.tables import years_table
from srsmeting.questionnaire import Questionnaire

KENT = [("kent", "", "ja")]
UNIT = "Veranderingen zijn in procentpunten, berekend vóór afronding."
TESTS = "(p < 0,05, gecorrigeerd voor het aantal toetsen in de pijler)."


def cells(table: Table) -> list[list[str]]:
    return [[row.header, *map(str, row.cells)] for row in table.rows]


def test_two_years_with_their_change(risen: History, questionnaire: Questionnaire) -> None:
    series = read_series(risen, questionnaire, KENT)
    table = years_table(series, questionnaire, id="tbl-jaren", caption="Bekendheid", panel=True, source="eigen")

    assert [column.label for column in table.columns] == [
        "2022",
        "2023",
        "Verandering 2022–2023",
        "Verandering bij wie beide keren antwoordde",
    ]
    assert cells(table) == [["Ja", "66%", "71%", "+5 (*)", "+3"]]
    assert table.lines() == (
        "Basis: alle respondenten (2022: n\u00a0=\u00a0100; 2023: n\u00a0=\u00a0100). "
        f"{UNIT} * = significante verandering {TESTS} Zowel over 2022 als over 2023 antwoordden 40 "
        "organisaties. Hun verandering staat er zonder toets, en zegt iets over organisaties zoals deze.",
        "Bron: eigen",
    )


def test_where_nobody_was_recognised_in_both_years_there_is_no_panel(
    make: Callable[..., History],
    level: Callable[..., pd.DataFrame],
    change: Callable[..., pd.DataFrame],
    questionnaire: Questionnaire,
) -> None:
    rows = change("m-3", "kent", 0.05, 0.4)
    rows.loc[rows["measure"] == "panel_change", ["estimate", "denominator", "status", "reason"]] = [
        float("nan"),
        0,
        "O",
        "no_base",
    ]
    history = make(level("m-2", "kent", 0.66), level("m-3", "kent", 0.71), rows)
    series = read_series(history, questionnaire, KENT)
    table = years_table(series, questionnaire, id="tbl-jaren", caption="Bekendheid", panel=True)

    assert cells(table) == [["Ja", "66%", "71%", "+5"]]
    assert table.lines() == (
        "Basis: alle respondenten (2022: n\u00a0=\u00a0100; 2023: n\u00a0=\u00a0100). "
        f"{UNIT} Geen van de veranderingen is significant {TESTS} "
        "Welke organisaties beide keren antwoordden, is niet bekend.",
    )


def test_what_may_not_be_compared_is_listed_with_commas(
    make: Callable[..., History],
    level: Callable[..., pd.DataFrame],
    change: Callable[..., pd.DataFrame],
    questionnaire: Questionnaire,
) -> None:
    names = ["kent", "doet", "cijfer"]
    figures = [level(meting, name, 0.5) for meting in ("m-2", "m-3") for name in [*names, "wgo"]]
    apart = [("m-2", "m-3", name, "", "", "", "", "wording_changed", "break", "Anders gevraagd.") for name in names]
    history = make(*figures, change("m-3", "wgo", 0.0, 1.0).assign(category="noord"), apart=apart)
    wanted = [("kent", "", "ja"), ("doet", "", "ja"), ("cijfer", "", ""), ("wgo", "", "noord")]
    table = years_table(read_series(history, questionnaire, wanted), questionnaire, id="tbl-jaren", caption="Kern")

    assert (
        "Trendbreuk tussen 2022 en 2023 bij ‘Bekendheid’, ‘Deelname’ en ‘Rapportcijfer: gemiddelde’: anders gevraagd."
    ) in table.lines()[0]


def test_a_break_has_a_sign_and_its_reason_beneath(broken: History, questionnaire: Questionnaire) -> None:
    table = years_table(read_series(broken, questionnaire, KENT), questionnaire, id="tbl-jaren", caption="Bekendheid")

    changes = ["2021 tot 2022", "2022 tot 2023", "2021 tot 2023"]
    assert [column.label for column in table.columns] == ["2021", "2022", "2023", *changes]
    # Across the break there is no change over all years either.
    assert cells(table) == [["Ja", "60% (b)", "66%", "71%", "b", "+5", "b"]]
    assert table.lines() == (
        "Basis: alle respondenten (2021: n\u00a0=\u00a0100; 2022: n\u00a0=\u00a0100; 2023: n\u00a0=\u00a0100). "
        f"{UNIT} Geen van de veranderingen is significant {TESTS} "
        "Trendbreuk tussen 2021 en 2022: de vraag is korter. "
        "Verklaring van tekens: b = trendbreuk, niet zonder meer te vergelijken.",
    )


def test_what_changed_and_is_compared_all_the_same_is_told_with_the_reason(
    make: Callable[..., History],
    level: Callable[..., pd.DataFrame],
    change: Callable[..., pd.DataFrame],
    questionnaire: Questionnaire,
) -> None:
    rows = [level("m-2", "kent", 0.66), level("m-3", "kent", 0.71), change("m-3", "kent", 0.05, 0.4)]
    noted = [("kent", "", "wording_changed", (), "De vraag is korter")]
    rows += [level("m-2", "doet", 0.66), level("m-3", "doet", 0.71), change("m-3", "doet", 0.05, 0.4)]
    history = make(*rows, noted=noted)

    def lines(*names: str) -> str:
        series = read_series(history, questionnaire, [(name, "", "ja") for name in names])
        return str(years_table(series, questionnaire, id="tbl-jaren", caption="Kern").lines()[0])

    assert lines("kent") == (
        "Basis: alle respondenten (2022: n\u00a0=\u00a0100; 2023: n\u00a0=\u00a0100). "
        f"{UNIT} Geen van de veranderingen is significant {TESTS} "
        "Wel vergeleken, al veranderde er iets tussen 2022 en 2023: de vraag is korter."
    )
    assert lines("kent", "doet").endswith(
        "Wel vergeleken, al veranderde er iets tussen 2022 en 2023 bij ‘Bekendheid’: de vraag is korter."
    )


def test_who_was_asked_is_only_said_of_the_years_that_it_holds_for(
    make: Callable[..., History],
    level: Callable[..., pd.DataFrame],
    change: Callable[..., pd.DataFrame],
    questionnaire: Questionnaire,
) -> None:
    levels = [level("m-2", "kent", 0.66, 50), level("m-3", "kent", 0.71)]
    noted = [("kent", "", "base_changed", (), "Wie er bij kwam, antwoordt als de anderen.")]
    apart = [("m-2", "m-3", "kent", "", "", "", "", "base_changed", "break", "Nu aan iedereen gevraagd.")]
    asked = (
        "Basis: alle respondenten (2023: n\u00a0=\u00a0100). Eerder is de vraag aan anderen gesteld (2022: "
        "n\u00a0=\u00a050). "
    )
    for history, told in (
        (
            make(*levels, change("m-3", "kent", 0.05, 0.4), noted=noted),
            f"{asked}{UNIT} Geen van de veranderingen is significant {TESTS} Wel vergeleken, al veranderde er iets tussen "
            "2022 en 2023: wie er bij kwam, antwoordt als de anderen.",
        ),
        (
            make(*levels, apart=apart),
            f"{asked}Trendbreuk tussen 2022 en 2023: nu aan iedereen gevraagd. "
            "Verklaring van tekens: b = trendbreuk, niet zonder meer te vergelijken.",
        ),
    ):
        series = read_series(history, questionnaire, KENT)
        assert years_table(series, questionnaire, id="tbl-jaren", caption="Bekendheid").lines() == (told,)


def test_a_part_of_what_was_split_says_what_it_was_part_of(
    make: Callable[..., History], level: Callable[..., pd.DataFrame], questionnaire: Questionnaire
) -> None:
    before = level("m-2", "kent", None, status="M", reason="not_comparable")
    noted = [("kent", "ja", "split", ("Ja of misschien",), "")]
    history = make(before, level("m-3", "kent", 0.71), noted=noted)
    table = years_table(read_series(history, questionnaire, KENT), questionnaire, id="tbl-jaren", caption="Bekendheid")

    assert cells(table) == [["Ja", ".", "71%", "."]]
    assert table.lines() == (
        "Basis: alle respondenten (2023: n\u00a0=\u00a0100). "
        "Niet te vergelijken: 2022 en 2023: over 2022 was dit een deel van ‘Ja of misschien’. "
        "Verklaring van tekens: . = geen gegevens (niet te vergelijken).",
    )


def test_outcomes_of_several_questions_go_by_their_whole_name(
    make: Callable[..., History],
    level: Callable[..., pd.DataFrame],
    change: Callable[..., pd.DataFrame],
    questionnaire: Questionnaire,
) -> None:
    history = make(
        level("m-2", "kent", 0.66),
        level("m-3", "kent", 0.71),
        change("m-3", "kent", 0.05, 0.4),
        level("m-2", "doet", 0.2, 50),
        level("m-3", "doet", 0.3, 60),
        level("m-2", "cijfer", 7.0),
        level("m-3", "cijfer", 7.0),
        change("m-3", "cijfer", 0.0, 1.0),
        apart=[("m-2", "m-3", "doet", "", "", "", "", "wording_changed", "no", "Anders gevraagd.")],
    )
    names = [("kent", "", "ja"), ("doet", "", "ja"), ("cijfer", "", "")]
    table = years_table(read_series(history, questionnaire, names), questionnaire, id="tbl-jaren", caption="Kern")

    assert cells(table) == [
        ["Bekendheid", "66%", "71%", "+5"],
        ["Deelname", "20%", "30%", "."],
        ["Rapportcijfer: gemiddelde", "7,0", "7,0", "0,0"],
    ]
    assert table.lines() == (
        "Respondenten die de vraag beantwoordden: 2022: n\u00a0=\u00a050 tot 100; 2023: n\u00a0=\u00a060 tot 100. "
        "Veranderingen zijn in procentpunten, bij een cijfer in punten, berekend vóór afronding. "
        f"Geen van de veranderingen is significant {TESTS} "
        "Niet te vergelijken: 2022 en 2023 bij ‘Deelname’: anders gevraagd. "
        "Verklaring van tekens: . = geen gegevens (niet te vergelijken).",
    )
