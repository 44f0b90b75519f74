"""Counts of a whole, ordinals and differences in words."""

import math

import pytest

from srsmeting.errors import ReportError
from srsmeting.presentation import words_counts
from srsmeting.presentation.words import sentence_start
from srsmeting.presentation.words_counts import change_words, count_of, count_verb, ordinal, points_words


@pytest.mark.parametrize(
    ("count", "total", "sentence"),
    [
        (0, 0, "geen WGO’s hebben"),
        (0, 1, "geen enkele WGO heeft"),
        (1, 1, "de enige WGO heeft"),
        (0, 2, "geen van beide WGO’s heeft"),
        (1, 2, "één van de twee WGO’s heeft"),
        (2, 2, "beide WGO’s hebben"),
        (0, 13, "geen van de dertien WGO’s heeft"),
        (1, 13, "één van de dertien WGO’s heeft"),
        (2, 13, "twee van de dertien WGO’s hebben"),
        (13, 13, "alle dertien WGO’s hebben"),
        (23, 25, "23 van de 25 WGO’s hebben"),
    ],
)
def test_counts_of_a_whole(count: int, total: int, sentence: str) -> None:
    said = f"{count_of(count, total, 'WGO', 'WGO’s')} {count_verb(count, total, 'heeft', 'hebben')}"

    assert said == sentence


def test_a_count_begins_a_sentence_without_a_digit_and_without_an_accent() -> None:
    assert sentence_start(count_of(1, 13, "WGO", "WGO’s")) == "Eén van de dertien WGO’s"
    assert sentence_start(count_of(23, 25, "WGO", "WGO’s")) == "Drieëntwintig van de 25 WGO’s"


def test_a_part_is_no_more_than_the_whole() -> None:
    with pytest.raises(ReportError) as caught:
        count_of(14, 13, "WGO", "WGO’s")

    assert str(caught.value) == ("count_of(): 14 is more than the whole, 13. Give the part first, then the whole.")


def test_ordinals_to_twenty_are_words() -> None:
    assert [ordinal(number) for number in (1, 2, 3, 8, 12, 20, 21, 101)] == [
        "eerste",
        "tweede",
        "derde",
        "achtste",
        "twaalfde",
        "twintigste",
        "21e",
        "101e",
    ]


@pytest.mark.parametrize("number", [0, -1, 1.5, math.nan])
def test_what_has_no_place_in_an_order(number: int) -> None:
    with pytest.raises(ReportError) as caught:
        ordinal(number)

    assert str(caught.value) == f"ordinal(): {number} has no place in an order. Give a whole number from 1."


def test_points_have_no_sign_and_no_plural() -> None:
    assert [points_words(difference) for difference in (0.23, -0.02, 0.01, 0.004, 0)] == [
        "23\u00a0procentpunt",
        "2\u00a0procentpunt",
        "1\u00a0procentpunt",
        "minder dan 1\u00a0procentpunt",
        "0\u00a0procentpunt",
    ]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (0, "gelijk gebleven"),
        (0.4, "vrijwel gelijk gebleven"),
        (-0.4, "vrijwel gelijk gebleven"),
        (0.5, "licht toegenomen"),
        (2.4, "licht toegenomen"),
        (2.5, "toegenomen"),
        (9.4, "toegenomen"),
        (9.5, "sterk toegenomen"),
        (-1, "licht afgenomen"),
        (-3, "afgenomen"),
        (-23, "sterk afgenomen"),
    ],
)
def test_a_change_has_a_direction_and_a_size(points: float, said: str) -> None:
    assert change_words(points / 100) == said


def test_the_table_for_authors_says_what_the_code_does() -> None:
    doc = words_counts.__doc__ or ""

    for span, points in (("1 - 2", (1, 2)), ("3 - 9", (3, 9)), ("10 or more", (10, 60))):
        [line] = [line for line in doc.splitlines() if line.startswith(span)]
        assert {f"{change_words(at / 100)}, {change_words(-at / 100)}" for at in points} == {line[12:]}
