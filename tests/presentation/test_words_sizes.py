"""How large a part is without a number, and several shares at once."""

from fractions import Fraction

import pytest

from srsmeting.errors import ReportError
from srsmeting.presentation import words_sizes
from srsmeting.presentation.words_sizes import shares_words, size_of, size_words


def test_the_table_for_authors_says_what_the_code_does() -> None:
    told = {}
    for line in (words_sizes.__doc__ or "").splitlines():
        if line[:1].isdigit():
            span, words = line[:12].split(" - "), line[12:].split(" (")[0]
            told |= dict.fromkeys(range(int(span[0]), int(span[-1]) + 1), words)

    assert told == {whole: size_words(Fraction(whole, 100)) for whole in range(101)}


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.004, "een klein deel"),  # prints as 0, and is somebody
        (0.996, "het merendeel"),
        (0.485, "de helft"),  # half up: 49
        (0.4849, "een minderheid"),
        (0.7449, "een meerderheid"),
    ],
)
def test_the_printed_percentage_decides(share: float, said: str) -> None:
    assert size_words(share) == said


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        ((0.51, 0.59), "een meerderheid"),
        ((0.5, 0.6), "55\u00a0procent"),
        ((0.49, 0.61), "55\u00a0procent"),
        ((float("nan"), float("nan")), "55\u00a0procent"),
    ],
)
def test_a_majority_must_be_sure_where_that_is_asked(interval: tuple[float, float], said: str) -> None:
    assert size_words(0.55, interval) == said
    assert size_of(0.55, "leden", interval) == f"{said} van de leden"


def test_geen_and_alle_count_respondents_and_need_no_interval() -> None:
    assert [size_words(share, (0.0, 1.0)) for share in (0, 1)] == ["geen", "alle"]


@pytest.mark.parametrize(
    ("percentages", "said"),
    [
        ((66,), "twee derde"),
        ((65, 66), "twee derde"),
        ((50, 51, 57), "(ruim) de helft"),
        ((53, 57), "meer dan de helft"),
        ((24, 30), "(ruim) een kwart"),
        ((31, 33), "van bijna een derde tot een derde"),  # "(ruim)" would not be true of 31
        ((50, 57, 66, 83), "van de helft tot ruim vier vijfde"),
        ((41, 66), "van 41\u00a0procent tot 66\u00a0procent"),
        ((0, 66), "van 0\u00a0procent tot 66\u00a0procent"),
        ((50, 100), "van 50\u00a0procent tot 100\u00a0procent"),
        ((100, 100), "alle"),
    ],
)
def test_several_shares_are_one_phrase(percentages: tuple[int, ...], said: str) -> None:
    assert shares_words([Fraction(one, 100) for one in percentages]) == said


def test_no_shares_at_all() -> None:
    with pytest.raises(ReportError) as caught:
        shares_words([])

    assert str(caught.value) == "shares_words(): there are no shares to put into words. Leave the sentence out."


def test_what_is_no_share() -> None:
    with pytest.raises(ReportError) as caught:
        size_words(37)

    assert (
        str(caught.value)
        == "size_words(): 37 is not a share. Give a fraction from 0 to 1, such as 0.37 for 37 procent."
    )
