"""What a report says of weighting follows from the estimates and the configuration, not from the author."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.estimates import read_estimates
from srsmeting.frames import write_frame
from srsmeting.report import Report, open_report


@pytest.fixture
def weighted(bundle: Path) -> Callable[..., Report]:
    """Open the small report on weighted estimates; give the margins, or none where they are not told."""

    def change(margins: list[str] | None = None, unit: str = "organisations") -> Report:
        frame = read_estimates(bundle / "estimates.csv")
        shares = frame["measure"].isin(["share", "mean"]) & (frame["status"] == "A")
        write_frame(frame.assign(method=frame["method"].mask(shares, "wilson_weighted")), bundle / "estimates.csv")
        texts = json.loads((bundle / "report.json").read_text(encoding="utf-8"))
        told = {} if margins is None else {"weights": {"margins": margins, "unit": unit}}
        (bundle / "report.json").write_text(json.dumps({**texts, **told}), encoding="utf-8")
        return open_report(bundle)

    return change


def test_without_weights_every_answer_counts_the_same(r: Report, opened: Callable[..., Report]) -> None:
    assert r.weighted_by == ""
    assert r.weighting_effect == ""
    assert r.weighting == "zijn ongewogen: elk antwoord telt even zwaar"
    # Margins in the configuration do not make estimates weighted.
    unweighted = opened(weights={"margins": ["wgo"]})
    assert unweighted.weighting == r.weighting
    assert unweighted.figure("bekend").notes == ()


@pytest.mark.parametrize(
    ("margins", "unit", "told"),
    [
        (["wgo"], "organisations", "werkgeversorganisatie (WGO)"),
        (["wgo", "branche"], "organisations", "werkgeversorganisatie (WGO) en branche"),
        (["branche*wgo"], "organisations", "branche in combinatie met werkgeversorganisatie (WGO)"),
        (["branche"], "employees", "werknemers per branche"),
    ],
)
def test_it_says_to_what(weighted: Callable[..., Report], margins: list[str], unit: str, told: str) -> None:
    assert weighted(margins, unit).weighted_by == told


def test_exhibits_say_so_beneath(weighted: Callable[..., Report]) -> None:
    report = weighted(["branche"])
    note = "Gewogen naar branche; aantallen ongewogen."
    assert report.figure("bekend").notes == (note,)
    assert report.distribution_table("bekend").notes == (note,)
    assert note in report.means_table("cijfer", ["branche"], "Cijfer").markdown
    # Response is counted, whatever the weights.
    assert report.response_table("wgo").notes == ()


def test_the_sentence_of_a_chapter(weighted: Callable[..., Report]) -> None:
    assert weighted(["branche"]).weighting == (
        "zijn gewogen naar branche: elke groep telt mee naar haar deel van alle uitgenodigde organisaties. Aantallen "
        "respondenten zijn ongewogen"
    )
    assert weighted(["branche"], "employees").weighting == (
        "zijn gewogen naar werknemers per branche: elke groep telt mee naar haar deel van de werknemers bij alle "
        "uitgenodigde organisaties. Aantallen respondenten zijn ongewogen"
    )


def test_weights_of_which_nothing_is_told(weighted: Callable[..., Report]) -> None:
    report = weighted()
    assert report.weighting == "zijn gewogen; aantallen respondenten zijn ongewogen"
    assert report.figure("bekend").notes == ("Gewogen; aantallen ongewogen.",)
