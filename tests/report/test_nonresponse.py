"""Non-response in sentences: each is true of the numbers under it, and another stands there when it is not."""

from collections.abc import Callable

import pytest

from srsmeting.errors import ReportError
from srsmeting.report import Report

Key = tuple[str, str, str, str, str, str]
Row = tuple[float | None, int | None, int | None, str, str]
Open = Callable[..., Report]


def outcome(**counts: int) -> dict[Key, Row]:
    size = sum(counts.values())
    counts = {"complete": 0, "partial": 0, "unknown": 0} | counts
    return {
        ("", "", code, "", "", "disposition"): (count / size, count, size, "A", "") for code, count in counts.items()
    }


def rates(**found: float) -> dict[Key, Row]:
    return {("", "", "", "", "", measure): (rate, None, None, "A", "") for measure, rate in found.items()}


def beside(by: str, **shares: tuple[float, float]) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for group, (ours, theirs) in shares.items():
        for measure, value in (
            ("respondents_share", ours),
            ("frame_share", theirs),
            ("composition_difference", ours - theirs),
        ):
            found["", "", "", by, group, measure] = (value, None, None, "A", "")
    return found


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        (
            {"complete": 20, "break_off": 7, "non_contact": 53},
            "Van de 80 organisaties in het steekproefkader vulden er twintig de vragenlijst volledig in. Van de andere "
            "begonnen er zeven aan de vragenlijst zonder die af te maken en reageerden er 53 niet.",
        ),
        (
            {"complete": 1, "partial": 1, "break_off": 1, "refusal": 1, "other": 1, "unknown": 1, "not_eligible": 1},
            "Van de 7 organisaties in het steekproefkader vulde er één de vragenlijst volledig in. Van de andere vulde "
            "er één een groot genoeg deel van de vragenlijst in, begon er één aan de vragenlijst zonder die af te "
            "maken, weigerde er één, viel er één om een andere reden af, is van één niet bekend of die tot de "
            "doelgroep hoort en hoort er één niet tot de doelgroep.",
        ),
        (
            {"complete": 0, "partial": 3, "refusal": 2, "other": 2, "unknown": 4, "not_eligible": 5},
            "Van de 16 organisaties in het steekproefkader vulde er geen enkele de vragenlijst volledig in. Van de "
            "andere vulden er drie een groot genoeg deel van de vragenlijst in, weigerden er twee, vielen er twee om "
            "een andere reden af, is van vier niet bekend of zij tot de doelgroep horen en horen er vijf niet tot de "
            "doelgroep.",
        ),
        (
            {"complete": 30},
            "Van de 30 organisaties in het steekproefkader vulden er 30 de vragenlijst volledig in.",
        ),
    ],
)
def test_what_became_of_everyone(opened: Open, counts: dict[str, int], text: str) -> None:
    assert opened(outcome(**counts)).dispositions == text


def test_the_rates_that_differ_are_told(opened: Open) -> None:
    found = rates(response_rate_1=0.305, response_rate_2=0.305, cooperation_rate_1=0.977)
    assert opened(outcome(complete=20, non_contact=60) | found).response_definitions == (
        "Volgens de standaarddefinities van AAPOR is de respons 31\u00a0procent (RR1: volledig ingevulde "
        "vragenlijsten). Van de organisaties die van zich lieten horen, maakte 98\u00a0procent de vragenlijst af "
        "(COOP1)."
    )
    found |= rates(response_rate_2=0.35, response_rate_3=0.32, response_rate_5=0.33)
    assert opened(outcome(complete=20, partial=2, unknown=3, non_contact=55) | found).response_definitions == (
        "Volgens de standaarddefinities van AAPOR is de respons 31\u00a0procent (RR1: volledig ingevulde "
        "vragenlijsten), of 35\u00a0procent als gedeeltelijk ingevulde vragenlijsten meetellen (RR2). Van een deel van "
        "de organisaties is niet bekend of zij tot de doelgroep horen. Naar de verhouding bij de andere geschat is de "
        "respons 32\u00a0procent (RR3); zonder hen is die 33\u00a0procent (RR5). Van de organisaties die van zich "
        "lieten horen, maakte 98\u00a0procent de vragenlijst af (COOP1)."
    )


def test_a_cooperation_that_is_not_known_is_left_out(opened: Open) -> None:
    found = outcome(complete=20, non_contact=60) | rates(response_rate_1=0.25, response_rate_2=0.25)
    found["", "", "", "", "", "cooperation_rate_1"] = (None, None, None, "O", "not_linked")
    assert opened(found).response_definitions == (
        "Volgens de standaarddefinities van AAPOR is de respons 25\u00a0procent (RR1: volledig ingevulde "
        "vragenlijsten)."
    )


@pytest.mark.parametrize(
    ("shares", "text"),
    [
        (
            {"flever": (0.41, 0.35), "sigra": (0.29, 0.31), "wzw": (0.3, 0.34)},
            "Naar werkgeversorganisatie (WGO) is de oververtegenwoordiging het grootst bij Flever (41\u00a0procent van "
            "de respondenten tegenover 35\u00a0procent van de uitgenodigde organisaties) en de "
            "ondervertegenwoordiging bij WZW (30 tegenover 34\u00a0procent).",
        ),
        # Differences that print alike are named together.
        (
            {"flever": (0.301, 0.25), "sigra": (0.302, 0.25), "wzw": (0.397, 0.5)},
            "Naar werkgeversorganisatie (WGO) is de oververtegenwoordiging het grootst bij Flever (30\u00a0procent van "
            "de respondenten tegenover 25\u00a0procent van de uitgenodigde organisaties) en bij Sigra (30 tegenover "
            "25\u00a0procent) en de ondervertegenwoordiging bij WZW (40 tegenover 50\u00a0procent).",
        ),
        # Two groups lose less than half a point each.
        (
            {"flever": (0.338, 0.33), "sigra": (0.331, 0.335), "wzw": (0.331, 0.335)},
            "Naar werkgeversorganisatie (WGO) is de oververtegenwoordiging het grootst bij Flever (34\u00a0procent van "
            "de respondenten tegenover 33\u00a0procent van de uitgenodigde organisaties).",
        ),
        (
            {"flever": (0.326, 0.33), "sigra": (0.339, 0.335), "wzw": (0.335, 0.335)},
            "Naar werkgeversorganisatie (WGO) zijn de respondenten, afgerond op hele procentpunten, verdeeld zoals de "
            "uitgenodigde organisaties.",
        ),
    ],
)
def test_respondents_beside_the_frame(opened: Open, shares: dict[str, tuple[float, float]], text: str) -> None:
    assert opened(beside("wgo", **shares)).composition("wgo") == text


def test_what_cannot_be_compared(opened: Open) -> None:
    empty: Row = (None, None, None, "O", "no_base")
    found: dict[Key, Row] = {
        ("", "", "", "branche", group, "composition_difference"): empty for group in ("ziekenhuizen", "ggz")
    }
    assert opened(found).composition("branche") == (
        "Naar branche zijn de respondenten niet met het steekproefkader te vergelijken."
    )
    assert opened().evenness == "Het steekproefkader bevat geen kenmerken waarmee de respons te vergelijken is."
    found["", "wgo", "", "", "", "r_indicator"] = (None, None, None, "O", "not_linked")
    assert opened(found).evenness == (
        "De R-indicator is niet te berekenen, omdat niet bekend is welke organisaties uit het steekproefkader "
        "antwoordden."
    )


HEAD = (
    "De R-indicator vat samen hoe gelijkmatig de respons is verdeeld. Hij is 1 als elke organisatie een even grote "
    "kans heeft om te antwoorden, en 0 als die kansen zo ver mogelijk uiteenlopen. Berekend met "
)


def indicators(report: Report, **ends: tuple[float, float]) -> Report:
    for key, row in report._rows.items():
        if key[-1] == "r_indicator":
            low, high = ends[str(row["item"]).replace("+", "_")]
            report._rows[key] = {**row, "ci_low": low, "ci_high": high}
    return report


def indicator(item: str, estimate: float, reason: str = "") -> dict[Key, Row]:
    return {("", item, "", "", "", "r_indicator"): (estimate, 20, 80, "U" if reason else "A", reason)}


def test_response_that_is_not_even(opened: Open) -> None:
    rows = indicator("wgo+branche", 0.762) | indicator("wgo", 0.88) | indicator("branche", 0.829)
    report = indicators(opened(rows), wgo_branche=(0.705, 0.819), wgo=(0.8, 0.96), branche=(0.77, 0.88))
    assert report.evenness == HEAD + (
        "werkgeversorganisatie (WGO) en branche is hij 0,76 (95%-betrouwbaarheidsinterval 0,71 tot 0,82). Ook als we "
        "rekening houden met toeval, heeft dus niet elke organisatie een even grote kans. Met elk kenmerk afzonderlijk "
        "berekend is hij het laagst voor branche (0,83)."
    )


def test_response_that_may_be_even(opened: Open) -> None:
    report = indicators(opened(indicator("wgo", 0.97)), wgo=(0.91, 0.996))
    assert report.evenness == HEAD + (
        "werkgeversorganisatie (WGO) is hij 0,97 (95%-betrouwbaarheidsinterval 0,91 tot 1,00). Het interval loopt tot "
        "1: een even grote kans voor elke organisatie past ook bij deze uitkomst."
    )


def test_no_variable_is_named_where_all_are_alike(opened: Open) -> None:
    rows = indicator("wgo+branche", 0.7) | indicator("wgo", 0.801) | indicator("branche", 0.799)
    report = indicators(opened(rows), wgo_branche=(0.6, 0.8), wgo=(0.7, 0.9), branche=(0.7, 0.9))
    assert "afzonderlijk" not in report.evenness


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (
            "not_all_linked",
            "Niet alle respondenten zijn in het steekproefkader gevonden; dat maakt de indicator onzeker.",
        ),
        (
            "separated",
            "In minstens één groep antwoordde iedereen of niemand; dat maakt de indicator en het interval onzeker.",
        ),
    ],
)
def test_an_indicator_that_leans_on_little_says_why(opened: Open, reason: str, text: str) -> None:
    report = indicators(opened(indicator("wgo", 0.8, reason)), wgo=(0.7, 0.9))
    assert report.evenness.endswith(f" een even grote kans. {text}")


def test_everyone_responded(opened: Open) -> None:
    assert opened(indicator("wgo", 1.0, "no_spread")).evenness == (
        "Alle uitgenodigde organisaties antwoordden; de respons is daarmee volledig gelijkmatig verdeeld."
    )


def test_estimates_without_non_response(r: Report) -> None:
    with pytest.raises(ReportError) as caught:
        _ = r.dispositions
    assert str(caught.value) == (
        "estimates: there is no disposition. Estimate again with a frame, with this version of srsmeting."
    )
