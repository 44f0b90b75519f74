"""Whatever the numbers are, a sentence says nothing that they do not."""

import re
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.report import Report
from srsmeting.report.bundle import Bundle, read_bundle
from srsmeting.rounding import percentage

NBSP = "\u00a0"
#: Out of a thousand, so that different numbers can print alike; None where it is not published.
COUNT = st.one_of(st.none(), st.integers(0, 1000), st.sampled_from([0, 330, 331, 334, 500, 504, 505, 1000]))
GROUPS = ("flever", "sigra", "wzw")
NAMES = {"flever": "Flever", "sigra": "Sigra", "wzw": "WZW"}
ANSWERS = {"inzicht": "meer inzicht", "beleid": "nieuw beleid", "hr": "HR-plannen"}
Counts = tuple[int | None, ...]


@pytest.fixture
def held(bundle: object) -> Bundle:
    """Read the small report once for all examples."""
    return read_bundle(str(bundle))


def under(held: Bundle, question: str, counts: dict[tuple[str, str], int | None]) -> Report:
    """Open the small report with other counts for some categories and groups of a question."""
    frame = held.estimates.copy()
    for (category, group), count in counts.items():
        rows = (frame["question"] == question) & (frame["category"] == category) & (frame["group"] == group)
        frame.loc[rows, "estimate"] = float("nan") if count is None else count / 1000
        frame.loc[rows, "numerator"] = pd.NA if count is None else count
        frame.loc[rows, "denominator"] = pd.NA if count is None else 1000
        frame.loc[rows, ["status", "reason"]] = ["Q", "small_base"] if count is None else ["A", ""]
    return Report(replace(held, estimates=frame))


def printed(counts: Counts) -> list[Decimal | None]:
    # A base of a thousand carries one decimal.
    return [None if count is None else percentage(count / 1000, 1) for count in counts]


many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.tuples(COUNT, COUNT, COUNT))
@many
def test_it_runs_up_only_where_every_step_does(held: Bundle, counts: Counts) -> None:
    r = under(held, "bekend", {("inhoud", group): count for group, count in zip(GROUPS, counts, strict=True)})
    said = r.gradient("bekend", "inhoud", "wgo", "het deel", "de omvang")
    values = printed(counts)
    known = [value for value in values if value is not None]

    rising = len(known) == 3 and known[0] < known[1] < known[2]
    falling = len(known) == 3 and known[0] > known[1] > known[2]
    assert ("loopt op" in said, "neemt af" in said) == (rising, falling)
    for end, most in ((" het hoogst ", True), (" het laagst ", False)):
        if end in said:
            target = max(known) if most else min(known)
            names = {NAMES[group] for group, value in zip(GROUPS, values, strict=True) if value == target}
            told = said.partition(end)[2].partition(" en met ")[0]
            assert set(re.findall(r"bij (\w+)", told)) == names
    if len(set(known)) == 1 and len(known) > 1:
        assert "in elke groep" in said
    assert said.startswith(("Voor zover gepubliceerd", "Per groep")) or "alleen gepubliceerd" in said or len(known) == 3


@given(st.tuples(COUNT, COUNT, COUNT))
@many
def test_what_is_named_most_is(held: Bundle, counts: Counts) -> None:
    r = under(held, "effect", {(code, ""): count for code, count in zip(ANSWERS, counts, strict=True)})
    values = printed(counts)
    told, ranked = r.most_named("effect"), r.ranked("effect", "Het vaakst noemen zij")

    if None in values:
        assert told == "onbekend (niet alle uitkomsten zijn gepubliceerd)"
        assert ranked.startswith("De volgorde is niet te geven")
        return
    known = [value for value in values if value is not None]
    first = {code for code, value in zip(ANSWERS, known, strict=True) if value == max(known)}
    if max(known) > 0:
        assert {code for code, name in ANSWERS.items() if name in told} == first
        lead = ranked.partition(", gevolgd door")[0]
        assert {code for code, name in ANSWERS.items() if name in lead} == first
    for code in ANSWERS:
        assert r.is_most("effect", code) is (first == {code})
        assert (r.place("effect", code) in ("eerste", "gedeelde eerste")) is (code in first)


@given(COUNT, COUNT)
@many
def test_words_conditions_and_percentages_agree(held: Bundle, one: int | None, other: int | None) -> None:
    r = under(held, "bekend", {("inhoud", ""): one, ("niet", ""): other})
    words, percent = r.words("bekend", "inhoud"), r.percent("bekend", "inhoud")
    over = r.is_over("bekend.inhoud")

    assert (over is None) is (one is None) is ("niet gepubliceerd" in percent) is ("niet gepubliceerd" in words)
    if one is not None:
        whole = int(percentage(one / 1000))
        assert over is (whole > 50)
        if "meer dan de helft" in words or "twee derde" in words:
            assert over
        if words == "geen" or words == "alle":
            assert one in (0, 1000)
    if one is not None and other is not None:
        said = r.compared_with("bekend.inhoud", "bekend.niet")
        difference = percentage(one / 1000, 1) - percentage(other / 1000, 1)
        assert said == ("groter dan" if difference > 0 else "kleiner dan" if difference < 0 else "even groot als")
        assert r.is_larger("bekend.inhoud", "bekend.niet") is (difference > 0)
