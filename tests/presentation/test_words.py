"""Shares, counts and lists in Dutch words."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.errors import ReportError
from srsmeting.presentation import words
from srsmeting.presentation.words import aantal, agree, opsomming, sentence_start, share_of, share_verb, share_words

# Percentages that the published nulmeting printed beside a phrase. 31 stands there as "een derde" once and as
# "bijna een derde" once: no rule meets both. "nog eens een kwart" (24) is the phrase "een kwart" in its sentence.
PUBLISHED = [
    (9, "een op de tien"),
    (10, "een op de tien"),
    (19, "een vijfde"),
    (20, "een vijfde"),
    (21, "een vijfde"),
    (24, "een kwart"),
    (25, "een kwart"),
    (26, "een kwart"),
    (30, "meer dan een kwart"),
    (31, "bijna een derde"),
    (32, "een derde"),
    (33, "een derde"),
    (36, "ruim een derde"),
    (37, "ruim een derde"),
    (39, "ruim een derde"),
    (50, "de helft"),
    (51, "de helft"),
    (53, "iets meer dan de helft"),
    (57, "meer dan de helft"),
    (62, "bijna twee derde"),
    (65, "twee derde"),
    (66, "twee derde"),
    (69, "ruim twee derde"),
    (78, "ruim drie kwart"),
]
# And those that it printed without a phrase.
BARE = [5, 6, 7, 8, 16, 17, 18, 28, 41, 43, 61]
FRACTIONS = {
    "op de tien": Fraction(1, 10),
    "een vijfde": Fraction(1, 5),
    "een kwart": Fraction(1, 4),
    "een derde": Fraction(1, 3),
    "de helft": Fraction(1, 2),
    "twee derde": Fraction(2, 3),
    "drie kwart": Fraction(3, 4),
    "vier vijfde": Fraction(4, 5),
    "negen op de tien": Fraction(9, 10),
}


@pytest.mark.parametrize(("percentage", "phrase"), PUBLISHED)
def test_every_published_pair_of_a_percentage_and_a_phrase_is_reproduced(percentage: int, phrase: str) -> None:
    assert share_words(percentage / 100) == phrase


@pytest.mark.parametrize("percentage", BARE)
def test_percentages_without_a_fraction_close_by_stay_percentages(percentage: int) -> None:
    assert share_words(percentage / 100) == f"{percentage}\u00a0procent"


@pytest.mark.parametrize(
    ("share", "phrase"),
    [
        (Fraction(156, 301), "iets meer dan de helft"),  # 51.83 rounds to 52
        (301 / 985, "bijna een derde"),  # 30.56 rounds to 31
        (0.355, "ruim een derde"),  # half up: 36
        (0.3549, "een derde"),
        (18 / 80, "bijna een kwart"),  # 22.5, half up: 23
        (0, "geen"),
        (1, "alle"),
        (0.004, "minder dan 1\u00a0procent"),
        (0.996, "meer dan 99\u00a0procent"),
        (0.005, "1\u00a0procent"),
    ],
)
def test_the_unrounded_share_is_rounded_half_up_once(share: float, phrase: str) -> None:
    assert share_words(share) == phrase


@given(st.fractions(min_value=0, max_value=1))
def test_no_share_is_called_something_untrue(share: Fraction) -> None:
    phrase = share_words(share)

    fraction = next(
        (FRACTIONS[name] for name in sorted(FRACTIONS, key=len, reverse=True) if phrase.endswith(name)), None
    )
    if phrase.startswith(("ruim", "meer dan", "iets meer dan")) and fraction is not None:
        assert fraction < share <= fraction * Fraction(6, 5) + Fraction(1, 200)
    elif phrase.startswith("bijna"):
        assert fraction is not None
        assert fraction * Fraction(92, 100) - Fraction(1, 200) <= share < fraction
    elif fraction is not None:
        assert abs(share - fraction) < Fraction(25, 1000)
    elif phrase in ("geen", "alle"):
        assert share == (phrase == "alle")
    elif phrase == "minder dan 1\u00a0procent":
        assert 0 < share < Fraction(1, 100)
    elif phrase == "meer dan 99\u00a0procent":
        assert Fraction(99, 100) < share < 1
    else:
        assert abs(share - Fraction(phrase.removesuffix("\u00a0procent")) / 100) <= Fraction(1, 200)


def test_the_table_for_authors_says_what_the_code_does() -> None:
    lines = [line for line in (words.__doc__ or "").splitlines() if line[:1].isdigit() and line[8:12].isspace()]
    cells = [cell for line in lines for cell in (line[:37], line[39:]) if cell.strip()]
    told: dict[int, str] = {}
    for cell in cells:
        span, phrase = cell[:10].split(" - "), cell[12:].strip().split(" (")[0]
        for whole in range(int(span[0]), int(span[-1]) + 1):
            told[whole] = phrase.replace("N", str(whole)).replace(" procent", "\u00a0procent")

    assert told == {whole: share_words(Fraction(whole, 100)) for whole in range(101)}


@pytest.mark.parametrize(
    ("share", "interval", "said"),
    [
        (0.57, (0.53, 0.61), "meer dan de helft"),
        (0.53, (0.48, 0.58), "53\u00a0procent"),  # half lies in it
        (0.57, (0.5, 0.64), "57\u00a0procent"),  # half is its end
        (0.62, (0.58, 0.66), "bijna twee derde"),
        (0.62, (0.57, 0.67), "62\u00a0procent"),
        (0.33, (0.28, 0.38), "een derde"),  # its own fraction may lie in it
        (0.33, (0.25, 0.41), "33\u00a0procent"),  # and so may a quarter
        (0.37, (0.34, 0.40), "ruim een derde"),
        (0.37, (0.34, 0.50), "37\u00a0procent"),  # may as well be half
        (0.43, (0.42, 0.44), "43\u00a0procent"),
        (0.66, (math.nan, math.nan), "66\u00a0procent"),
        (0, (0, 0.4), "geen"),  # nobody is counted, not rounded
        (1, (0.6, 1), "alle"),
    ],
)
def test_words_are_refused_where_the_interval_reaches_over_a_boundary(
    share: float, interval: tuple[float, float], said: str
) -> None:
    assert share_words(share, interval) == said
    if said.endswith("procent"):
        assert share_of(share, "leden", interval) == f"{said} van de leden"
        assert share_verb(share, "heeft", "hebben", interval) == "heeft"


@given(st.fractions(min_value=0, max_value=1), st.floats(0, 0.5), st.floats(0, 0.5))
def test_sure_words_are_the_words_or_the_percentage(share: Fraction, below: float, above: float) -> None:
    said = share_words(share, (float(share) - below, float(share) + above))

    assert said in (share_words(share), words.share_procent(share))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("43\u00a0procent van de leden", "Drieënveertig\u00a0procent van de leden"),
        ("1.047 leden", "Duizendzevenenveertig leden"),
        ("7,3 gemiddeld", "Zeven komma drie gemiddeld"),
        ("1 lid", "Eén lid"),
        ("7 of 8", "7 of 8"),  # a range is a label
        ("50–249 fte", "50–249 fte"),
        ("4 tot 6 leden", "4 tot 6 leden"),
        ("9", "Negen"),
    ],
)
def test_no_sentence_begins_with_a_digit(text: str, said: str) -> None:
    assert sentence_start(text) == said


def test_a_capital_is_for_the_start_of_a_sentence() -> None:
    assert sentence_start(share_words(0.37)) == "Ruim een derde"
    assert sentence_start(aantal(1)) == "Eén"
    assert sentence_start("ijsselland") == "IJsselland"
    assert sentence_start("") == ""


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (0, "geen van de leden heeft"),
        (0.1, "een op de tien leden heeft"),
        (0.34, "een derde van de leden heeft"),
        (0.43, "43\u00a0procent van de leden heeft"),
        (0.75, "drie kwart van de leden heeft"),
        (0.87, "bijna negen op de tien leden hebben"),
        (1, "alle leden hebben"),
    ],
)
def test_preposition_and_verb_agree_with_the_words(share: float, sentence: str) -> None:
    assert f"{share_of(share, 'leden')} {share_verb(share, 'heeft', 'hebben')}" == sentence


def test_counts_are_words_to_twenty_and_digits_above() -> None:
    assert [aantal(n) for n in (0, 1, 2, 11, 13, 20, 21, 301, 1047)] == [
        "nul",
        "één",
        "twee",
        "elf",
        "dertien",
        "twintig",
        "21",
        "301",
        "1.047",
    ]


@pytest.mark.parametrize(("count", "verb"), [(0, "hebben"), (1, "heeft"), (2, "hebben")])
def test_only_one_is_singular(count: int, verb: str) -> None:
    assert agree(count, "heeft", "hebben") == verb


def test_lists_take_a_comma_but_not_before_the_last() -> None:
    assert opsomming(["a"]) == "a"
    assert opsomming(["a", "b"]) == "a en b"
    assert opsomming(("a", "b", "c")) == "a, b en c"


@pytest.mark.parametrize(
    ("value", "shown"), [(math.nan, "nan"), (None, "None"), (pd.NA, "<NA>"), (math.inf, "inf"), ("x", "x")]
)
def test_a_share_that_is_not_there_cannot_be_put_into_words(value: float, shown: str) -> None:
    with pytest.raises(ReportError) as error:
        share_words(value)

    assert str(error.value) == (
        f"share_words(): there is no share to put into words, the value is {shown}. It is suppressed or missing: "
        "say so in the sentence, or leave the sentence out."
    )


def test_a_percentage_is_not_a_share() -> None:
    with pytest.raises(ReportError) as error:
        share_words(37)

    assert str(error.value) == (
        "share_words(): 37 is not a share. Give a fraction from 0 to 1, such as 0.37 for 37 procent."
    )


@pytest.mark.parametrize("value", [-1, 2.5, math.nan, None])
def test_a_count_is_a_whole_number(value: float) -> None:
    with pytest.raises(ReportError) as error:
        aantal(value)

    assert str(error.value) == f"aantal(): {value} is not a count. Give a whole number from 0."


def test_lists_need_something_to_list() -> None:
    with pytest.raises(ReportError) as empty:
        opsomming([])
    with pytest.raises(ReportError) as text:
        opsomming("abc")

    assert str(empty.value) == ("opsomming(): there is nothing to list. Leave the sentence out when the list is empty.")
    assert str(text.value) == "opsomming(): 'abc' is one text, not a list of texts. Put it between [ and ]."
