"""Sentences about groups, several shares and conditions: each says what is true, whatever is hidden or equal."""

from collections.abc import Callable

import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.report import Report

Row = tuple[float | None, int | None, int | None, str, str]
Key = tuple[str, str, str, str, str, str]
OpenReport = Callable[..., Report]

HIDDEN: Row = (None, None, None, "Q", "small_base")
BOTH = ["bekend.inhoud", "bekend_cursus.inhoud"]


def share(numerator: int, denominator: int = 20) -> Row:
    return (numerator / denominator, numerator, denominator, "A", "")


def at(question: str, category: str, item: str = "", by: str = "", group: str = "") -> Key:
    return (question, item, category, by, group, "share")


def by_wgo(*rows: Row) -> dict[Key, Row]:
    return {
        at("bekend", "inhoud", by="wgo", group=group): row
        for group, row in zip(("flever", "sigra", "wzw"), rows, strict=True)
    }


def pair(group: str, difference: float, p: float, reason: str = "") -> dict[Key, Row]:
    flags = ("U" if reason else "A", reason)
    return {
        ("cijfer", "", "", "branche", group, "difference"): (difference, None, None, *flags),
        ("cijfer", "", "", "branche", group, "difference_p"): (p, None, None, *flags),
    }


@pytest.mark.parametrize(
    ("rows", "down", "said"),
    [
        (
            (share(2), share(5), share(9)),
            False,
            "Het deel loopt op met de omvang: van 10\u00a0procent bij Flever tot 45\u00a0procent bij WZW.",
        ),
        (
            (share(9), share(5), share(2)),
            False,
            "Het deel neemt af met de omvang: van 45\u00a0procent bij Flever tot 10\u00a0procent bij WZW.",
        ),
        (
            (share(9), share(5), share(2)),
            True,
            "Het deel loopt op met de omvang: van 10\u00a0procent bij WZW tot 45\u00a0procent bij Flever.",
        ),
        (  # two steps alike: it does not run up everywhere
            (share(2), share(2), share(9)),
            False,
            "Het deel is met 45\u00a0procent het hoogst bij WZW en met 10\u00a0procent het laagst bij Flever en bij Sigra.",
        ),
        (
            (HIDDEN, share(5), share(9)),
            False,
            "Voor zover gepubliceerd is het deel met 45\u00a0procent het hoogst bij WZW en met 25\u00a0procent het laagst "
            "bij Sigra.",
        ),
        ((share(4), share(4), share(4)), False, "Het deel is in elke groep 20\u00a0procent."),
        ((HIDDEN, HIDDEN, HIDDEN), False, "Per groep is het deel niet gepubliceerd."),
        # Nobody is from Flever.
        (
            ((None, 0, 0, "O", "no_base"), share(5), share(9)),
            False,
            "Het deel loopt op met de omvang: van 25\u00a0procent bij Sigra tot 45\u00a0procent bij WZW.",
        ),
    ],
)
def test_a_share_runs_up_with_the_order_only_where_it_does(
    opened: OpenReport, rows: tuple[Row, Row, Row], down: bool, said: str
) -> None:
    r = opened(by_wgo(*rows))

    assert r.gradient("bekend", "inhoud", "wgo", "het deel", "de omvang", down=down) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (pair("ziekenhuizen-ggz", 0.44, 0.01), "Het gemiddelde bij ziekenhuizen is significant hoger dan bij {ggz}."),
        (
            pair("ziekenhuizen-ggz", -0.44, 0.0499),
            "Het gemiddelde bij ziekenhuizen is significant lager dan bij {ggz}.",
        ),
        (pair("ggz-ziekenhuizen", 0.44, 0.01), "Het gemiddelde bij ziekenhuizen is significant lager dan bij {ggz}."),
        (
            pair("ziekenhuizen-ggz", 0.44, 0.05),
            "Het gemiddelde bij ziekenhuizen wijkt niet significant af van dat bij {ggz}.",
        ),
        # The test of small groups tells; one that leans on too little does not.
        (
            pair("ziekenhuizen-ggz", 0.44, 0.01, "indicative"),
            "Het gemiddelde bij ziekenhuizen is significant hoger dan bij {ggz}.",
        ),
        (
            pair("ziekenhuizen-ggz", 0.44, 0.01, "few_expected"),
            "Of het gemiddelde bij ziekenhuizen significant afwijkt van dat bij andere groepen, is niet vast te stellen.",
        ),
        ({}, "Of het gemiddelde bij ziekenhuizen significant afwijkt van dat bij andere groepen, is niet getoetst."),
        (
            {("cijfer", "", "", "branche", "ziekenhuizen", "mean"): HIDDEN},
            "Het gemiddelde bij ziekenhuizen is niet gepubliceerd.",
        ),
    ],
)
def test_significant_is_only_what_a_test_says(opened: OpenReport, rows: dict[Key, Row], said: str) -> None:
    r = opened(rows)

    assert r.significance("cijfer", "branche", "ziekenhuizen") == said.format(ggz="geestelijke gezondheidszorg (GGZ)")


def test_significance_tells_every_group_apart(opened: OpenReport) -> None:
    tested = {
        ("bekend", "", "inhoud", "wgo", group, measure): (value, None, None, "A", "")
        for group, difference, p in (("flever-sigra", 0.4, 0.01), ("flever-wzw", 0.1, 0.4))
        for measure, value in (("difference", difference), ("difference_p", p))
    }
    r = opened(by_wgo(share(18), share(10), share(16)) | tested)

    assert r.significance("bekend", "wgo", "flever", category="inhoud", what="het deel") == (
        "Het deel bij Flever is significant hoger dan bij Sigra. Het verschil met dat bij WZW is niet significant."
    )
    hidden = opened(by_wgo(share(18), share(10), HIDDEN) | tested)
    assert hidden.significance("bekend", "wgo", "flever", category="inhoud", what="het deel") == (
        "Het deel bij Flever is significant hoger dan bij Sigra. Het verschil met dat bij WZW is niet gepubliceerd."
    )
    assert r.is_significant("bekend", "wgo", "flever", "sigra", category="inhoud") is True
    assert r.is_significant("bekend", "wgo", "wzw", "flever", category="inhoud") is False
    assert r.is_significant("bekend", "wgo", "sigra", "wzw", category="inhoud") is None
    assert hidden.is_significant("bekend", "wgo", "flever", "wzw", category="inhoud") is None


@pytest.mark.parametrize(
    ("row", "said", "told"),
    [
        (None, "niet getoetst", None),
        ((0.049, 2, 20, "A", ""), "significant", True),
        ((0.05, 2, 20, "A", ""), "niet significant", False),
        ((0.01, 2, 20, "U", "few_expected"), "niet betrouwbaar te toetsen", None),
        (HIDDEN, "niet betrouwbaar te toetsen", None),
    ],
)
def test_all_groups_together(opened: OpenReport, row: Row | None, said: str, told: bool | None) -> None:
    r = opened({("cijfer", "", "", "branche", "", "p_value"): row})

    assert r.tested("cijfer", "branche") == f"De verschillen naar branche zijn {said}."
    assert r.differs("cijfer", "branche") is told


def test_how_many_groups(opened: OpenReport) -> None:
    # 65% of everyone; 75% and 50% of the groups that are shown.
    r = opened()
    assert r.groups_above("bekend", "wgo", "WGO", "WGO’s", category="inhoud") == (
        "één van de twee WGO’s waarvan de uitkomst is gepubliceerd"
    )
    assert r.groups_above("cijfer", "branche", "branche", "branches") == "één van de twee branches"
    assert r.published_groups("wgo", "WGO", "WGO’s") == "twee van de drie WGO’s"
    assert r.withheld_groups("wgo", "WGO", "WGO’s") == "één van de drie WGO’s"
    hidden = opened(by_wgo(HIDDEN, HIDDEN, HIDDEN))
    assert hidden.groups_above("bekend", "wgo", "WGO", "WGO’s", category="inhoud") == "een onbekend aantal WGO’s"
    assert hidden.withheld_groups("wgo", "WGO", "WGO’s") == "alle drie WGO’s"


@pytest.mark.parametrize(
    ("known", "course", "said"),
    [
        (
            share(13),
            share(2),
            "De bekendheid varieert van 10\u00a0procent (de cursus) tot 65\u00a0procent (het onderzoek).",
        ),
        (
            share(2),
            share(13),
            "De bekendheid varieert van 10\u00a0procent (het onderzoek) tot 65\u00a0procent (de cursus).",
        ),
        (share(13), share(13), "De bekendheid is overal 65\u00a0procent."),
        (share(13), HIDDEN, "De bekendheid is, voor zover gepubliceerd, overal 65\u00a0procent."),
        (HIDDEN, HIDDEN, "De bekendheid is niet gepubliceerd."),
    ],
)
def test_from_where_to_where(opened: OpenReport, known: Row, course: Row, said: str) -> None:
    r = opened({at("bekend", "inhoud"): known, at("bekend_cursus", "inhoud"): course})

    assert r.ranging(BOTH, "de bekendheid") == said


@pytest.mark.parametrize(
    ("known", "course", "words", "many"),
    [
        (share(13), share(2), "van een op de tien tot twee derde", "één van de twee activiteiten"),
        (share(11), share(10), "(ruim) de helft", "één van de twee activiteiten"),  # half is not over half
        (share(20), share(20), "alle", "beide activiteiten"),
        (share(13), HIDDEN, "een niet gepubliceerd deel", "minstens één van de twee activiteiten"),
        (share(2), HIDDEN, "een niet gepubliceerd deel", "een onbekend aantal activiteiten"),
    ],
)
def test_several_in_words_and_how_many_over_half(
    opened: OpenReport, known: Row, course: Row, words: str, many: str
) -> None:
    r = opened({at("bekend", "inhoud"): known, at("bekend_cursus", "inhoud"): course})

    assert r.words_of(BOTH) == words
    assert r.how_many(BOTH, "helft", "activiteit", "activiteiten") == many
    assert (
        r.how_many(BOTH, "helft", "activiteit", "activiteiten", start=True)
        == many[0].upper().replace("É", "E") + many[1:]
    )


def test_most_named(opened: OpenReport) -> None:
    assert opened().most_named("effect") == "meer inzicht (62\u00a0procent)"
    equal = opened({at("effect", "beleid"): share(8, 13)})
    assert equal.most_named("effect") == "meer inzicht en nieuw beleid (elk 62\u00a0procent)"
    nobody = opened({at("effect", code): share(0, 13) for code in ("inzicht", "beleid", "hr")})
    assert nobody.most_named("effect") == "niets (overal 0\u00a0procent)"
    hidden = opened({at("effect", "hr"): HIDDEN})
    assert hidden.most_named("effect") == "onbekend (niet alle uitkomsten zijn gepubliceerd)"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "gedeelde tweede"),  # 8, 4 and 4 of 13
        ({at("effect", "hr"): share(5, 13)}, "derde"),
        ({at("effect", "beleid"): share(9, 13)}, "eerste"),
        ({at("effect", "inzicht"): HIDDEN}, "onbekende"),
    ],
)
def test_the_place_of_an_answer(opened: OpenReport, changes: dict[Key, Row], place: str) -> None:
    assert opened(changes).place("effect", "beleid") == place


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (share(13), "Dertien respondenten kennen"),
        (share(1), "Eén van de respondenten kent"),
        (share(0), "Geen van de respondenten kent"),
        (share(23, 40), "Drieëntwintig respondenten kennen"),
        (HIDDEN, "Een niet gepubliceerd deel van de respondenten kent"),
    ],
)
def test_a_count_agrees_with_its_verb(opened: OpenReport, row: Row, said: str) -> None:
    assert opened({at("bekend", "inhoud"): row}).counted("bekend", "inhoud", "kent", "kennen", start=True) == said


def test_two_shares_of_any_questions(opened: OpenReport) -> None:
    r = opened()

    assert r.compared_with("bekend.inhoud", "bekend_cursus.inhoud") == "groter dan"
    assert r.compared_with("impact.uitval.eens", "impact.instroom.eens") == "kleiner dan"
    assert opened({at("bekend", "inhoud"): HIDDEN}).compared_with(*BOTH) == "niet te vergelijken met"
    with pytest.raises(ReportError) as caught:
        r.compared_with("bekend", "bekend.inhoud")
    assert str(caught.value) == (
        "'bekend' does not name a share. Write question.category, or question.statement.category, such as "
        "'bekend_onderzoek.bekend_inhoud'."
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((share(13), share(7)), ""),
        ((share(25, 200), share(175, 200)), "Door afronding tellen de percentages op tot 101."),  # 13 + 88
        ((share(62, 500), share(437, 500)), "Door afronding tellen de percentages op tot 99."),  # 12 + 87
        # From 1,000 on there is a decimal: 12,5 + 87,5, and 33,4 + 66,7 (of 667 and 1,333 in 2,000).
        ((share(125, 1000), share(875, 1000)), ""),
        ((share(667, 2000), share(1333, 2000)), "Door afronding tellen de percentages op tot 100,1."),
        ((share(13), HIDDEN), ""),
    ],
)
def test_rounding_is_told_where_it_shows(opened: OpenReport, shares: tuple[Row, Row], said: str) -> None:
    r = opened({at("bekend", "inhoud"): shares[0], at("bekend", "niet"): shares[1]})

    assert r.adds_up("bekend") == said
    assert r.adds_up("effect") == ""  # several answers: nothing to add up to


@pytest.mark.parametrize(("condition", "text"), [(True, "dan"), (False, "anders"), (None, "niet bekend")])
def test_a_text_goes_with_its_condition(r: Report, condition: bool | None, text: str) -> None:
    assert r.when(condition, "dan", "anders", "niet bekend") == text
    assert r.when(condition, "dan") == ("dan" if condition else "")


def test_conditions_look_at_printed_numbers(opened: OpenReport) -> None:
    r = opened({at("bekend", "inhoud"): share(504, 1000), at("bekend", "niet"): HIDDEN})

    assert r.is_over("bekend.inhoud") is False  # prints as 50
    assert r.is_over("bekend.inhoud", "derde") is True
    assert r.is_over("bekend.niet") is None
    assert (r.is_larger(*BOTH), r.is_larger(*reversed(BOTH))) == (True, False)
    assert r.is_larger("bekend.inhoud", "bekend.niet") is None
    with pytest.raises(UnknownNameError) as caught:
        r.is_over("bekend.inhoud", "half")
    assert str(caught.value) == (
        "is_over(): no fraction 'half'. Did you mean 'helft'? Known: 'tiende', 'kwart', 'derde', 'helft', 'twee_derde', "
        "'drie_kwart'."
    )


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        ({}, True),
        ({at("effect", "beleid"): share(8, 13)}, False),  # equal is not more
        ({at("effect", "hr"): HIDDEN}, None),
        ({at("effect", "hr"): HIDDEN, at("effect", "beleid"): share(9, 13)}, False),  # settled whatever is hidden
    ],
)
def test_the_most_given_answer(opened: OpenReport, changes: dict[Key, Row], most: bool | None) -> None:
    assert opened(changes).is_most("effect", "inzicht") is most


@pytest.mark.parametrize(
    ("course", "alike"),
    [
        ((share(12), share(8)), True),  # 60 and 40 beside 65 and 35
        ((share(11), share(9)), False),  # 10 points
        ((HIDDEN, share(9)), None),
    ],
)
def test_a_similar_picture(opened: OpenReport, course: tuple[Row, Row], alike: bool | None) -> None:
    r = opened({at("bekend_cursus", "inhoud"): course[0], at("bekend_cursus", "niet"): course[1]})

    assert r.is_alike("bekend", "bekend_cursus") is alike


def test_a_size_without_a_number(opened: OpenReport) -> None:
    assert opened().size("bekend", "inhoud", "kent", "kennen", start=True) == "Een meerderheid van de respondenten kent"
    everyone = opened({at("bekend", "inhoud"): share(20)})
    assert everyone.size("bekend", "inhoud", "kent", "kennen") == "alle respondenten kennen"
    hidden = opened({at("bekend", "inhoud"): HIDDEN})
    assert hidden.size("bekend", "inhoud", "kent", "kennen") == ("een niet gepubliceerd deel van de respondenten kent")


def test_sure_words_need_an_interval(opened: OpenReport) -> None:
    # The small report has no intervals, so nothing is sure.
    r = opened()

    assert r.words("bekend", "inhoud") == "twee derde"
    assert r.words("bekend", "inhoud", sure=True, start=True) == "Vijfenzestig\u00a0procent"
    assert r.part("bekend", "inhoud", "kent", "kennen", sure=True) == "65\u00a0procent van de respondenten kent"
    assert r.size("bekend", "inhoud", "kent", "kennen", sure=True) == "65\u00a0procent van de respondenten kent"


def change(points: float | None, status: str = "A") -> Row:
    return (points, None, None, status, "trend_break" if status == "B" else "")


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (change(0.02), "De dekkingsgraad is sinds 2019 licht toegenomen, van 66\u00a0procent naar 68\u00a0procent."),
        (change(0.001), "De dekkingsgraad is sinds 2019 vrijwel gelijk gebleven (68\u00a0procent)."),
        (
            change(0.02, "B"),
            "De dekkingsgraad is sinds 2019 licht toegenomen, van 66\u00a0procent naar 68\u00a0procent, met een trendbreuk.",
        ),
        (HIDDEN, "De dekkingsgraad is niet te vergelijken met die van 2019."),
    ],
)
def test_coverage_as_a_whole(opened: OpenReport, total: Row, said: str) -> None:
    assert opened({("", "2021", "", "", "", "coverage_change"): total}).coverage_trend() == said


@pytest.mark.parametrize(
    ("hospitals", "ggz", "said", "largest"),
    [
        (
            change(-0.02, "B"),
            change(0.03),
            "De dekkingsgraad nam toe in één van de twee branches die te vergelijken zijn. Alleen bij ziekenhuizen (met een "
            "trendbreuk) nam de dekkingsgraad af.",
            "De grootste toename is er bij geestelijke gezondheidszorg (GGZ): 3\u00a0procentpunt.",
        ),
        (
            change(0.03),
            change(0.03),
            "De dekkingsgraad nam toe in beide branches die te vergelijken zijn.",
            "De grootste toename is er bij ziekenhuizen en bij geestelijke gezondheidszorg (GGZ): 3\u00a0procentpunt.",
        ),
        (
            change(-0.03),
            change(-0.01),
            "De dekkingsgraad nam toe in geen van beide branches die te vergelijken zijn. Overal nam de dekkingsgraad af.",
            "In geen enkele branche die te vergelijken is, nam de dekkingsgraad toe.",
        ),
        (
            change(0.0),
            change(0.02),
            "De dekkingsgraad nam toe in één van de twee branches die te vergelijken zijn. Bij ziekenhuizen bleef de "
            "dekkingsgraad gelijk.",
            "De grootste toename is er bij geestelijke gezondheidszorg (GGZ): 2\u00a0procentpunt.",
        ),
        (
            HIDDEN,
            HIDDEN,
            "Per branche is de dekkingsgraad niet te vergelijken met die van 2019.",
            "In geen enkele branche die te vergelijken is, nam de dekkingsgraad toe.",
        ),
    ],
)
def test_coverage_per_branche(opened: OpenReport, hospitals: Row, ggz: Row, said: str, largest: str) -> None:
    r = opened(
        {
            ("", "2021", "", "branche", "ziekenhuizen", "coverage_change"): hospitals,
            ("", "2021", "", "branche", "ggz", "coverage_change"): ggz,
        }
    )

    assert r.coverage_directions() == said
    assert r.coverage_largest() == largest
