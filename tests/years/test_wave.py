"""A year in the codes of a comparison: what it hides there."""

from dataclasses import replace

import pytest

from srsmeting.bundled import bundled
from srsmeting.configuration import GroupRuleConfig
from srsmeting.crosswalk import Common, common_ground
from srsmeting.estimation.change import Wave
from srsmeting.meting import load_meting, silent
from srsmeting.years.chain import crosswalks_between
from srsmeting.years.wave import shared_breakdowns, waves_of
from srsmeting.years.year import Year, key_of, run_year


@pytest.fixture(scope="module")
def years() -> tuple[Year, Year]:
    one, two = (run_year(load_meting(bundled(f"analyses/srs_{year}")), silent) for year in (2021, 2022))
    return one, two


@pytest.fixture(scope="module")
def common(years: tuple[Year, Year]) -> Common:
    (crosswalk,) = crosswalks_between([year.meting for year in years])
    return common_ground(crosswalk)


def _wave(year: Year, years: tuple[Year, Year], common: Common) -> Wave:
    key = key_of(*(one.population for one in years))
    ((_, wave),) = waves_of(year, common, shared_breakdowns(*years, common), key)
    return wave


def test_a_total_that_a_year_hides_is_hidden(years: tuple[Year, Year], common: Common) -> None:
    """It is hidden with a breakdown that stands for the whole, which the other year need not have."""
    one = years[0]
    assert _wave(one, years, common).shown("").hidden("bekend_leren", "", ("",)) == [False]

    hides = replace(one, hidden=one.hidden | {("bekend_leren", "", "")})
    shown = _wave(hides, years, common).shown("")

    assert shown.hidden("bekend_leren", "", ("",)) == [True]
    assert shown.hidden("bekend_behoud", "", ("",)) == [False]


def test_groups_are_hidden_by_the_rule_of_a_breakdown_that_the_response_is_not_told_by(
    years: tuple[Year, Year], common: Common
) -> None:
    """Of 301 respondents 51, 76, 89 and 85: the first is too small, and the second goes with it."""
    one, by = years[0], "grootteklasse_samengevoegd"
    groups = {by: GroupRuleConfig(min_respondents=70, min_response=0.0)}
    publication = one.meting.config.publication.model_copy(update={"groups": groups})
    strict = replace(one.meting, config=one.meting.config.model_copy(update={"publication": publication}))
    sizes = ("lt50_of_onbekend", "50_249", "250_1000", "gt1000")

    shown = _wave(replace(one, meting=strict), years, common).shown(by)

    assert strict.response_by == "wgo"
    assert shown.hidden("bekend_onderzoek", "", sizes) == [True, True, False, False]
