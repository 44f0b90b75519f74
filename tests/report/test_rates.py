"""Response and coverage in sentences, with the groups that are left out and the breaks."""

from collections.abc import Callable

import pytest

from srsmeting.errors import ReportError
from srsmeting.report import Report

HIDDEN = (None, None, None, "Q", "small_base")


def rows(measure: str, group: str, item: str = "", by: str = "branche") -> tuple[str, str, str, str, str, str]:
    return ("", item, "", by if group else "", group, measure)


def test_response(r: Report) -> None:
    assert (r.respondents, r.invited, r.response) == ("20", "80", "25\u00a0procent")
    assert r.group_count("wgo") == "drie"
    assert r.response_extremes("wgo") == (
        "De respons is met 27\u00a0procent het hoogst bij Sigra en met 20\u00a0procent het laagst bij Flever."
    )


def test_the_rule_and_what_it_leaves_out(r: Report) -> None:
    assert r.rule("wgo") == "minstens 5 respondenten en een respons van minstens 20\u00a0procent"
    assert r.withheld("wgo", "WGO’s") == (
        "Van Flever publiceren we geen eigen uitkomsten: er zijn te weinig respondenten."
    )


def test_the_rule_of_one_respondent_without_response(opened: Callable[..., Report]) -> None:
    r = opened(rules={"wgo": {"min_respondents": 1, "min_response": 0}})

    assert r.rule("wgo") == "minstens 1 respondent"


def test_every_reason_gets_a_sentence(opened: Callable[..., Report]) -> None:
    key = ("bekend", "", "inhoud", "wgo")
    r = opened({(*key, "sigra", "share"): (None, None, None, "Q", "low_response")})

    assert r.withheld("wgo", "WGO’s") == (
        "Van Flever publiceren we geen eigen uitkomsten: er zijn te weinig respondenten. Van Sigra publiceren we geen "
        "eigen uitkomsten: de respons is te laag."
    )


def test_nothing_is_left_out(opened: Callable[..., Report]) -> None:
    r = opened({("bekend", "", "inhoud", "wgo", "flever", "share"): (0.5, 1, 2, "A", "")})

    assert r.withheld("wgo", "WGO’s") == "Van alle WGO’s publiceren we eigen uitkomsten."


def test_no_rule_and_no_results(r: Report) -> None:
    with pytest.raises(ReportError) as caught:
        r.rule("branche")
    assert str(caught.value) == (
        "rule(): there is no publication rule for 'branche'. Add it to 'publication' in meting.yaml, or leave the "
        "sentence out. Known: 'wgo'."
    )

    with pytest.raises(ReportError) as caught:
        r.withheld("bekend_cursus", "groepen")
    assert str(caught.value) == (
        "withheld(): the estimates have no results by 'bekend_cursus'. Add it to 'breakdowns' in meting.yaml."
    )


def test_coverage(r: Report) -> None:
    assert (r.earlier_moment, r.last_moment) == ("2019", "2021")
    assert (r.coverage(), r.coverage("2019"), r.coverage(branche="ggz")) == (
        "68\u00a0procent",
        "66\u00a0procent",
        "85\u00a0procent",
    )
    assert r.coverage("2019", "revalidatie") == "een onbekend deel"
    assert r.coverage_extremes() == (
        "De dekkingsgraad is met 87\u00a0procent het hoogst bij revalidatiecentra en met 67\u00a0procent het laagst bij "
        "ziekenhuizen."
    )


def test_change_of_coverage(r: Report) -> None:
    assert r.coverage_change() == "2\u00a0procentpunt hoger dan"
    assert r.coverage_change("ziekenhuizen") == "(met een trendbreuk) 2\u00a0procentpunt lager dan"
    assert r.coverage_change("ggz") == "vrijwel even hoog als"
    assert r.coverage_change("revalidatie") == "niet te vergelijken met"


def test_equal_coverage(opened: Callable[..., Report]) -> None:
    r = opened({rows("coverage_change", "", "2021"): (0.0, None, None, "A", "")})

    assert r.coverage_change() == "even hoog als"


def test_coverage_that_is_the_same_everywhere(opened: Callable[..., Report]) -> None:
    r = opened(
        {rows("coverage", group, "2021"): (0.5, 1, 2, "A", "") for group in ("ziekenhuizen", "ggz", "revalidatie")}
    )

    assert r.coverage_extremes() == "De dekkingsgraad is in elke branche 50\u00a0procent."


def test_breaks_are_explained(r: Report) -> None:
    assert r.coverage_breaks() == (
        "De medewerkers van revalidatiecentra telden in 2019 nog mee bij ziekenhuizen. De verandering bij ziekenhuizen "
        "is daardoor niet zonder meer te duiden."
    )


def test_without_breaks_that_is_said(opened: Callable[..., Report]) -> None:
    r = opened(
        {
            rows("coverage", "revalidatie", "2019"): (0.8, 80, 100, "A", ""),
            rows("coverage", "ziekenhuizen", "2019"): (0.7, 70, 100, "A", ""),
            rows("coverage_change", "revalidatie", "2021"): (0.07, None, None, "A", ""),
            rows("coverage_change", "ziekenhuizen", "2021"): (-0.03, None, None, "A", ""),
        }
    )

    assert r.coverage_breaks() == "De indeling in branches is sinds 2019 dezelfde gebleven."


def test_a_branche_that_was_not_there_before_breaks_the_total(opened: Callable[..., Report]) -> None:
    r = opened(
        {
            rows("coverage", "revalidatie", "2019"): (None, None, None, "O", "no_base"),
            rows("coverage", "ziekenhuizen", "2019"): (0.7, 70, 100, "A", ""),
            rows("coverage_change", "ziekenhuizen", "2021"): (-0.03, None, None, "A", ""),
            rows("coverage_change", "", "2021"): (0.02, None, None, "B", "trend_break"),
        }
    )

    assert r.coverage_breaks() == (
        "De indeling in branches is sinds 2019 veranderd. De verandering bij alle branches samen is daardoor niet "
        "zonder meer te duiden."
    )


def test_estimates_without_coverage(opened: Callable[..., Report]) -> None:
    groups = ("", "ziekenhuizen", "ggz", "revalidatie")
    r = opened({rows("coverage", group, moment): None for group in groups for moment in ("2019", "2021")})

    with pytest.raises(ReportError) as caught:
        r.coverage()

    assert str(caught.value) == "coverage(): the estimates have no coverage. Name 'coverage' in meting.yaml."
