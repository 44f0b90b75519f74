"""Krippendorff's alpha, against the worked examples of his own paper (2011) and the library `krippendorff` 0.9."""

import math

import pytest

from srsmeting.themes.agreement import compare_codings, krippendorff_alpha

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), parts A to C: binary data, nominal data with two
# observers, and any number of observers with data missing. The last is also the example of R's irr::kripp.alpha.
BINARY = ("0100000010", "1110010000"), 0.095
NOMINAL = ("aabbdcccedda", "babbbccceddd"), 0.692
MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743


@pytest.mark.parametrize(("coders", "alpha"), [BINARY, NOMINAL, MISSING])
def test_alpha_is_that_of_the_worked_examples(coders: tuple[str, ...], alpha: float) -> None:
    units = [[None if value == "." else value for value in unit] for unit in zip(*coders, strict=True)]

    assert round(krippendorff_alpha(units), 3) == alpha


def test_alpha_on_paper() -> None:
    # Four units, two coders: 3 times the same, once not. Of 8 values 5 are yes and 3 no: 1 - 7 * 2 / (2 * 5 * 3).
    assert krippendorff_alpha(zip("yyyn", "yynn", strict=True)) == pytest.approx(1 - 7 * 2 / 30)


def test_alpha_is_the_same_as_that_of_the_library() -> None:
    # krippendorff.alpha(..., level_of_measurement="nominal"), version 0.9.0.
    first, second = "1123321112", "1223311132"
    assert krippendorff_alpha(zip(first, second, strict=True)) == pytest.approx(0.5581395348837208, abs=1e-12)


@pytest.mark.parametrize("units", [[], [("a", None), (None, "b")], [("a", "a"), ("a", "a")]])
def test_where_nothing_varies_nothing_is_said(units: list[tuple[str | None, str | None]]) -> None:
    assert math.isnan(krippendorff_alpha(units))


def test_full_agreement_and_none() -> None:
    assert krippendorff_alpha(zip("abab", "abab", strict=True)) == 1
    assert krippendorff_alpha(zip("abab", "baba", strict=True)) < 0


def test_themes_are_compared_one_by_one() -> None:
    first = {"1": {"a"}, "2": {"a", "b"}, "3": {"b"}, "4": {"c"}}
    second = {"1": {"a"}, "2": {"a"}, "3": {"b"}, "5": {"c"}}
    told = compare_codings("q", ["a", "b", "c"], first, second)

    assert (told.question, told.answers, told.same, told.percent) == ("q", 3, 2, pytest.approx(2 / 3))
    assert [(t.theme, t.first, t.second, t.both) for t in told.themes] == [
        ("a", 2, 2, 2),
        ("b", 2, 1, 1),
        ("c", 0, 0, 0),
    ]
    assert told.themes[0].alpha == 1
    # b: yes-yes, yes-no and no-no, so of 6 values 3 are yes: 1 - 5 * 2 / (2 * 3 * 3).
    assert told.themes[1].alpha == pytest.approx(1 - 5 * 2 / 18)
    assert math.isnan(told.themes[2].alpha)
    # Over whole answers: a-a, ab-a and b-b. Of 6 values 3 are a, 2 b, 1 ab: 1 - 5 * 2 / (36 - 9 - 4 - 1).
    assert told.alpha == pytest.approx(1 - 5 * 2 / 22)


def test_the_order_of_coders_does_not_matter() -> None:
    first, second = {"1": {"a"}, "2": {"a", "b"}}, {"1": {"b"}, "2": {"b", "a"}}

    one, other = compare_codings("q", ["a", "b"], first, second), compare_codings("q", ["a", "b"], second, first)
    assert (one.same, one.alpha) == (other.same, other.alpha) == (1, other.alpha)


def test_without_answers_in_common_there_is_no_percentage() -> None:
    told = compare_codings("q", ["a"], {"1": {"a"}}, {"2": {"a"}})

    assert (told.answers, told.same) == (0, 0)
    assert math.isnan(told.percent)
    assert math.isnan(told.alpha)
