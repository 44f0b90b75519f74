"""Single numbers in a sentence, and what stands there when there is none."""

from collections.abc import Callable

import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.report import Report
from srsmeting.report.phrase import Phrase

HIDDEN = (None, None, None, "Q", "small_base")
EMPTY = (None, 0, 0, "O", "no_base")
KEY = ("bekend", "", "inhoud", "", "", "share")
Key = tuple[str, str, str, str, str, str]
Row = tuple[float | None, int | None, int | None, str, str]
MEAN = ("cijfer", "", "", "", "", "mean")


def test_numbers_are_printed_as_a_sentence_wants_them(r: Report) -> None:
    assert r.percent("bekend", "inhoud") == "65\u00a0procent"
    assert r.words("bekend", "inhoud") == "twee derde"
    assert r.words("bekend", "inhoud", start=True) == "Twee derde"
    assert r.part("bekend", "inhoud", "kent", "kennen") == "twee derde van de respondenten kent"
    assert r.part("bekend_cursus", "niet", "mist", "missen") == "negen op de tien respondenten missen"
    assert r.mark("cijfer") == "7,3"  # 7.25, half up
    assert r.count("bekend", "inhoud") == "13"
    assert r.base("bekend") == "20"
    assert r.percent("idee", "answered") == "5\u00a0procent"
    assert r.base("idee") == "20"
    assert r.percent("impact", "eens", item="instroom") == "45\u00a0procent"
    assert r.base("impact", item="instroom") == "20"
    assert r.percent("bekend", "inhoud", by="wgo", group="sigra") == "75\u00a0procent"
    assert r.mark("cijfer", by="branche", group="ggz") == "7,2"


def test_labels_stand_inside_a_sentence(r: Report) -> None:
    assert r.label("effect", "inzicht") == "meer inzicht"
    assert r.label("effect", "hr") == "HR-plannen"
    assert r.label("cijfer", "7") == "7"
    assert r.label("impact", "instroom") == "er kwam meer in"
    assert r.asked("effect") == "respondenten die bekend zijn met de inhoud van het onderzoek"
    assert r.asked("bekend") == "alle respondenten"
    assert r.pijlers == "twee"


def test_a_suppressed_number_is_said_to_be_so(opened: Callable[..., Report]) -> None:
    r = opened({KEY: HIDDEN, MEAN: HIDDEN})

    assert r.percent("bekend", "inhoud") == "een niet gepubliceerd deel"
    assert r.words("bekend", "inhoud", start=True) == "Een niet gepubliceerd deel"
    assert r.part("bekend", "inhoud", "kent", "kennen") == "een niet gepubliceerd deel van de respondenten kent"
    assert r.mark("cijfer") == "niet gepubliceerd cijfer"
    assert r.count("bekend", "inhoud") == "(niet gepubliceerd)"
    assert r.base("bekend") == "(niet gepubliceerd)"


def test_a_missing_number_is_never_zero(opened: Callable[..., Report]) -> None:
    r = opened({KEY: EMPTY, MEAN: (None, None, 0, "O", "no_base")})

    assert r.percent("bekend", "inhoud") == "een onbekend deel"
    assert r.words("bekend", "inhoud") == "een onbekend deel"
    assert r.mark("cijfer") == "onbekend cijfer"


def test_nobody_and_everybody(opened: Callable[..., Report]) -> None:
    nobody = opened({KEY: (0.0, 0, 20, "A", "")})
    everybody = opened({KEY: (1.0, 20, 20, "A", "")})

    assert nobody.part("bekend", "inhoud", "kent", "kennen", start=True) == "Geen van de respondenten kent"
    assert everybody.part("bekend", "inhoud", "kent", "kennen") == "alle respondenten kennen"


def test_without_a_period_the_measurement_is_named(opened: Callable[..., Report]) -> None:
    assert opened(period="").period == "mini-2021"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda r: r.percent("bekent", "inhoud"),
            "questionnaire 'mini-2021': no question 'bekent'. Did you mean 'bekend'? Known: 'wgo', 'branche', "
            "'cijfer', 'bekend', 'bekend_cursus', 'effect', 'impact', 'idee'.",
        ),
        (
            lambda r: r.words("bekend", "inhout"),
            "question 'bekend': no category 'inhout'. Did you mean 'inhoud'? Known: 'inhoud', 'niet'.",
        ),
        (lambda r: r.mark("cijfers"), "questionnaire 'mini-2021': no question 'cijfers'. Did you mean 'cijfer'? "
         "Known: 'wgo', 'branche', 'cijfer', 'bekend', 'bekend_cursus', 'effect', 'impact', 'idee'."),
        (
            lambda r: r.percent("impact", "eens", item="uitvall"),
            "pick(): no item 'uitvall'. Did you mean 'uitval'? Known: 'uitval', 'instroom'.",
        ),
        (
            lambda r: r.label("impact", "uitvall"),
            "question 'impact': no item 'uitvall'. Did you mean 'uitval'? Known: 'uitval', 'instroom'.",
        ),
        (
            lambda r: r.label("bekend", "inhout"),
            "question 'bekend': no category 'inhout'. Did you mean 'inhoud'? Known: 'inhoud', 'niet'.",
        ),
        (
            lambda r: r.percent("bekend", "inhoud", by="wgo", group="sigr"),
            "pick(): no group 'sigr'. Did you mean 'sigra'? Known: 'flever', 'sigra', 'wzw'.",
        ),
    ],
)  # fmt: skip
def test_an_unknown_name_is_an_error(r: Report, ask: Callable[[Report], str], message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        ask(r)

    assert str(caught.value) == message


def test_a_frame_that_lacks_a_measure_is_not_blamed_on_a_name(opened: Callable[..., Report]) -> None:
    by = [("", "", "", "", "", ""), *(("", "", "", "wgo", group, "") for group in ("flever", "sigra", "wzw"))]
    means = [("branche", "ziekenhuizen"), ("branche", "ggz"), ("bekend", "inhoud"), ("bekend", "niet"), ("", "")]
    gone = [(*key[:5], "response_rate") for key in by] + [("cijfer", "", "", *group, "mean") for group in means]
    r = opened(dict.fromkeys(gone))
    asked: list[tuple[Callable[[], str], str]] = [
        (lambda: r.invited, "estimates: there is no response_rate. Estimate again, with this version of srsmeting."),
        (
            lambda: r.mark("cijfer"),
            "estimates: there is no mean of question 'cijfer'. Estimate again, with this version of srsmeting.",
        ),
        (lambda: r.mark("bekend"), "question 'bekend': is of kind single, and has no mean. Take a share."),
    ]
    for ask, message in asked:
        with pytest.raises(ReportError) as caught:
            ask()
        assert str(caught.value) == message


def share(numerator: int, denominator: int) -> Row:
    return (numerator / denominator, numerator, denominator, "A", "")


def test_a_percentage_has_a_decimal_where_its_base_carries_one(opened: Callable[..., Report]) -> None:
    # 667 and 900 of 2,000: 33.35 and 45.
    large: dict[Key, Row] = {
        ("impact", item, "eens", "", "", "share"): share(count, 2000)
        for item, count in (("uitval", 667), ("instroom", 900))
    }
    r = opened(large)
    assert r.percent("impact", "eens", item="uitval") == "33,4\u00a0procent"
    assert r.ranked_statements("impact", "eens", "Vooral") == (
        "Vooral ‘Er kwam meer in’ (45,0\u00a0procent), gevolgd door ‘Er viel minder uit’ (33,4\u00a0procent)."
    )
    assert r.response == "25\u00a0procent"
    assert opened(large, decimals_from=None).percent("impact", "eens", item="uitval") == "33\u00a0procent"
    assert opened(large, decimals_from=2001).percent("impact", "eens", item="uitval") == "33\u00a0procent"


def test_a_sentence_has_the_decimals_of_its_smallest_base(opened: Callable[..., Report]) -> None:
    # 901 of 2,000 (45.05) and 9 of 20: as printed they are the same.
    r = opened({("impact", "uitval", "eens", "", "", "share"): share(901, 2000)})
    assert r.ranked_statements("impact", "eens", "Vooral") == (
        "Vooral ‘Er viel minder uit’ en ‘Er kwam meer in’ (elk 45\u00a0procent)."
    )
    assert r.compared("impact", "eens", "uitval", "instroom") == "even groot als"
    # 45.05 rounds to 45.1.
    both = {("impact", i, "eens", "", "", "share"): share(n, 2000) for i, n in (("uitval", 901), ("instroom", 900))}
    assert opened(both).compared("impact", "eens", "uitval", "instroom") == "groter dan"


def test_a_label_is_quoted_as_it_was_put(r: Report) -> None:
    assert r.quoted("effect", "inzicht") == "‘Meer inzicht’"
    assert r.quoted("impact", "instroom") == "‘Er kwam meer in’"


def test_a_heading_claims_nothing_that_is_not_published(r: Report, opened: Callable[..., Report]) -> None:
    def headings(report: Report) -> tuple[str, str]:
        known = report.part("bekend", "inhoud", "kent", "kennen")
        return (
            report.heading("Basis", known, "{} het onderzoek"),
            report.heading("Algemeen", report.mark("cijfer"), "gemiddeld een {}"),
        )

    assert headings(r) == ("Basis: twee derde van de respondenten kent het onderzoek", "Algemeen: gemiddeld een 7,3")
    assert headings(opened({KEY: HIDDEN, MEAN: EMPTY})) == ("Basis", "Algemeen")


def test_a_heading_remembers_its_numbers(r: Report) -> None:
    heading = r.heading("Basis", r.part("bekend", "inhoud", "kent", "kennen"), "{} het onderzoek")

    assert isinstance(heading, Phrase)
    assert heading.keys == ("mini-2021|bekend||inhoud|||share",)
