"""A report on one group: its numbers beside those of everyone, and why there are none."""

from collections.abc import Callable
from typing import Any

import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.report import Report

HIDDEN = (None, None, None, "Q", "small_base")
NATIONAL = "Landelijk was de respons 25 procent (20 van de 80)."
About = Callable[..., Report]


@pytest.fixture
def about(opened: Callable[..., Report]) -> About:
    """Open the small report on one WGO: Flever is not published, Sigra has 8 respondents and WZW 10."""

    def make(code: str, changes: dict[Any, Any] | None = None, **texts: object) -> Report:
        return opened(changes, group={"by": "wgo", "code": code}, **{"min_base": 5, **texts})

    return make


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def response(numerator: int | None, denominator: int | None, code: str) -> dict[Any, Any]:
    rate = numerator / denominator if numerator is not None and denominator else None
    status, reason = ("A", "") if rate is not None else ("O", "no_base")
    return {("", "", "", "wgo", code, "response_rate"): (rate, numerator, denominator, status, reason)}


def test_its_name_and_whether_there_are_results(about: About) -> None:
    assert about("wzw").group == "WZW"
    assert about("wzw").is_published
    # Its response is published, and nothing else.
    assert not about("flever").is_published


def test_without_a_group_it_says_how_to_choose_one(r: Report) -> None:
    with pytest.raises(ReportError) as caught:
        _ = r.group
    assert str(caught.value) == (
        "the report is about one group, and none is chosen. Render it with --per and a breakdown, such as "
        "`srsmeting render reports/regio --meting analyses/srs_2021 --per wgo`."
    )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, f"Van de 40 uitgenodigde organisaties in WZW vulden tien de vragenlijst in: een respons van 25 procent. {NATIONAL}"),
        (
            response(1, 4, "wzw"),
            f"Van de 4 uitgenodigde organisaties in WZW vulde één de vragenlijst in: een respons van 25 procent. {NATIONAL}",
        ),
        (response(0, 4, "wzw"), f"Van de 4 uitgenodigde organisaties in WZW vulde geen enkele de vragenlijst in. {NATIONAL}"),
        (
            response(1, 1, "wzw"),
            f"Van de uitgenodigde organisatie in WZW vulde één de vragenlijst in: een respons van 100 procent. {NATIONAL}",
        ),
        (response(0, 0, "wzw"), "In WZW zijn geen organisaties uitgenodigd. Landelijk deed 25 procent (20 van de 80) mee."),
        (
            {("", "", "", "wgo", "wzw", "response_rate"): None},
            "Hoeveel organisaties in WZW zijn uitgenodigd, is niet bekend. Landelijk deed 25 procent (20 van de 80) mee.",
        ),
    ],
)  # fmt: skip
def test_the_response_of_the_group(about: About, changes: dict[Any, Any], text: str) -> None:
    assert plain(about("wzw", changes).group_response()) == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {},
            "In een percentage van alle 10 respondenten uit WZW weegt één antwoord 10 procentpunt. "
            "Bij vragen die minder respondenten kregen, weegt het meer.",
        ),
        (response(1, 40, "wzw"), "Uit WZW is er één respondent: die bepaalt elk percentage."),
        (response(0, 40, "wzw"), "Uit WZW zijn er geen antwoorden."),
    ],
)
def test_what_one_answer_weighs(about: About, changes: dict[Any, Any], text: str) -> None:
    assert plain(about("wzw", changes).small_bases()) == text


@pytest.mark.parametrize(
    ("code", "share", "text"),
    [
        # Of 10, one answer weighs 10 points: 15 less is less.
        ("wzw", "bekend.inhoud", "50 procent, lager dan landelijk (65 procent)"),
        # Of 8, one answer weighs 12,5 points: 10 more is not more.
        ("sigra", "bekend.inhoud", "75 procent, ongeveer even hoog als landelijk (65 procent)"),
        ("flever", "bekend.inhoud", "(niet gepubliceerd); landelijk 65 procent"),
        ("wzw", "bekend_cursus.inhoud", "(geen gegevens); landelijk 10 procent"),
        ("wzw", "cijfer", "(geen gegevens); landelijk een 7,3"),
    ],
)
def test_a_share_beside_that_of_everyone(about: About, code: str, share: str, text: str) -> None:
    assert plain(about(code).beside(share)) == text


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (7.6, "een 7,6, hoger dan landelijk (7,3)"),
        (7.5, "een 7,5, ongeveer even hoog als landelijk (7,3)"),
        # It is 7,25 of everyone: what is printed alike is alike.
        (7.34, "een 7,3, even hoog als landelijk (7,3)"),
        (7.0, "een 7,0, lager dan landelijk (7,3)"),
    ],
)
def test_a_mean_beside_that_of_everyone(about: About, own: float, text: str) -> None:
    changes = {("cijfer", "", "", "wgo", "wzw", "mean"): (own, None, 10, "A", "")}
    assert about("wzw", changes).beside("cijfer") == text


def test_what_is_hidden_of_everyone(about: About) -> None:
    r = about("wzw", {("bekend", "", "inhoud", "", "", "share"): HIDDEN})

    assert plain(r.beside("bekend.inhoud")) == "50 procent; landelijk (niet gepubliceerd)"
    assert r.standing_out(["bekend.inhoud"]) == "Geen van deze uitkomsten is voor de regio gepubliceerd."


def shares(count: int, base: int, *address: str) -> dict[Any, Any]:
    return {(*address, "wgo", "wzw", "share"): (count / base, count, base, "A", "")}


def test_the_outcomes_that_stand_out(about: About) -> None:
    names = ["bekend.inhoud", "bekend_cursus.inhoud", "effect.beleid", "impact.uitval.eens", "effect.hr"]
    changes = shares(5, 10, "bekend_cursus", "", "inhoud") | shares(3, 10, "effect", "", "beleid")
    changes |= shares(6, 10, "impact", "uitval", "eens")

    # Beside 65, 10, 31 and 25 procent.
    assert plain(about("wzw", changes).standing_out(names)) == (
        "Hoger dan landelijk zijn ‘bekendheid van de cursus: bekend met de inhoud’ (50 tegenover 10 procent) en "
        "‘er viel minder uit: eens’ (60 tegenover 25 procent). "
        "Lager dan landelijk is ‘bekendheid: bekend met de inhoud’ (50 tegenover 65 procent). "
        "De overige is ongeveer even hoog als landelijk. "
        "Een uitkomst die voor de regio niet is gepubliceerd, telt hierbij niet mee."
    )


def test_where_nothing_stands_out(about: About) -> None:
    r = about("sigra")

    assert r.standing_out(["bekend.inhoud"]) == "Alle uitkomsten zijn ongeveer even hoog als landelijk."


def test_significant_is_said_only_of_what_was_tested(about: About) -> None:
    tests = {
        ("bekend", "", "", "wgo", "", "p_value"): (0.01, None, None, "A", ""),
        ("effect", "", "", "wgo", "", "p_value"): (0.3, None, None, "A", ""),
    }

    assert about("wzw").significance_beside(["bekend.inhoud"]) == (
        "Of een verschil met landelijk meer is dan toeval, is niet getoetst."
    )
    assert about("wzw", tests).significance_beside(["bekend.inhoud", "effect.hr"]) == (
        "De verschillen naar werkgeversorganisatie (WGO) zijn getoetst. Significant zijn ze bij ‘Bekendheid’."
    )
    assert about("wzw", tests).significance_beside(["effect.hr"]) == (
        "De verschillen naar werkgeversorganisatie (WGO) zijn getoetst, en bij geen van deze vragen significant."
    )


@pytest.mark.parametrize(
    ("changes", "texts", "text"),
    [
        ({}, {}, "In Flever is daaraan niet voldaan: er zijn twee respondenten."),
        (response(6, 60, "flever"), {}, "In Flever is daaraan niet voldaan: de respons is 10 procent."),
        (
            response(1, 60, "flever"),
            {},
            "In Flever is daaraan niet voldaan: er is één respondent en de respons is 2 procent.",
        ),
        (response(0, 60, "flever"), {}, "Uit Flever zijn er geen antwoorden om over te publiceren."),
        # The rule is met; another one hides it.
        (response(6, 20, "flever"), {}, "Voor Flever geldt: er zijn te weinig respondenten."),
        ({}, {"rules": {}}, "Voor Flever geldt: er zijn te weinig respondenten."),
    ],
)
def test_why_there_are_no_results(about: About, changes: dict[Any, Any], texts: dict[str, object], text: str) -> None:
    assert plain(about("flever", changes, **texts).why_withheld()) == text


def test_where_there_are_results_nothing_is_withheld(about: About) -> None:
    assert about("wzw").why_withheld() == ""


def test_the_rules_in_words(about: About) -> None:
    r = about("wzw")

    assert plain(r.group_rule) == "minstens 5 respondenten en een respons van minstens 20 procent"
    assert about("wzw", rules={}).group_rule == "genoeg respondenten"
    assert r.least == "5 respondenten"
    assert plain(r.alike) == (
        "Een uitkomst noemen we ongeveer even hoog als landelijk bij hoogstens 5 procentpunt verschil (bij een cijfer "
        "0,2), of als één antwoord meer weegt dan het verschil."
    )


def test_the_table_and_the_figure_say_who_is_in_them(about: About) -> None:
    r = about("wzw")
    r.outcomes("bereik_nu", ["bekend.inhoud"])
    table = r.group_table("bereik_nu", "Bereik")
    figure = r.group_figure("bereik_nu", "Bereik")

    assert (table.id, figure.id) == ("tbl-bereik-nu", "fig-bereik-nu")
    assert table.notes == (
        "Aantal (n) is het aantal respondenten dat de vraag beantwoordde.",
        "Landelijk is met WZW erbij.",
    )
    assert plain(" ".join(figure.lines())) == (
        "Respondenten die de vraag beantwoordden: WZW: n = 10; landelijk: n = 20. Landelijk is met WZW erbij. "
        "Bron: Een verzonnen enquête"
    )


def test_a_text_knows_the_estimates_of_both(about: About) -> None:
    said: Any = about("wzw").beside("bekend.inhoud")

    assert said.keys == ("mini-2021|bekend||inhoud|wgo|wzw|share", "mini-2021|bekend||inhoud|||share")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda r: r.beside("bekent.inhoud"), "questionnaire 'mini-2021': no question 'bekent'. Did you mean 'bekend'?"),
        (lambda r: r.standing_out(["bekend.inhout"]), "question 'bekend': no category 'inhout'. Did you mean 'inhoud'?"),
        (lambda r: r.standing_out(["impact.uitvl.eens"]), "question 'impact': no item 'uitvl'. Did you mean 'uitval'?"),
    ],
)  # fmt: skip
def test_a_name_that_does_not_exist(about: About, call: Callable[[Report], object], message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        call(about("wzw"))
    assert str(caught.value).startswith(message)


def test_outcomes_that_have_no_name_yet(about: About) -> None:
    r = about("wzw")
    r.outcomes("bereik", ["bekend.inhoud"])
    with pytest.raises(UnknownNameError) as caught:
        r.standing_out("berijk")
    assert str(caught.value) == "outcomes(): no name 'berijk'. Did you mean 'bereik'? Known: 'bereik'."


def test_a_group_that_does_not_exist(about: About) -> None:
    with pytest.raises(UnknownNameError) as caught:
        _ = about("wzv").group
    assert str(caught.value) == (
        "breakdown 'wgo': no group 'wzv'. Did you mean 'wzw'? Known: 'flever', 'sigra', 'wzw'."
    )
