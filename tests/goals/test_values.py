"""What stands in a cell: every way in which project leaders write a count, and what is none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srsmeting.goals import Value, add_values, read_value

CASES = {
    "50": Value("50", 50, 50),
    "0": Value("0", 0, 0),
    " 50 ": Value("50", 50, 50),
    "1.047": Value("1.047", 1047, 1047),
    "50/60": Value("50/60", 50, 60),
    "50 - 60": Value("50 - 60", 50, 60),
    "50 tot 60": Value("50 tot 60", 50, 60),
    "110 + 88": Value("110 + 88", 198, 198, (110, 88)),
    "110+88": Value("110+88", 198, 198, (110, 88)),
    "circa 90": Value("circa 90", 90, 90, approximate=True),
    "Ca. 90": Value("Ca. 90", 90, 90, approximate=True),
    "ca 90": Value("ca 90", 90, 90, approximate=True),
    "ruim 3000": Value("ruim 3000", 3000, 3000, approximate=True),
    "circa 50/60": Value("circa 50/60", 50, 60, approximate=True),
    "-": Value("-", absent="none"),
    "–": Value("–", absent="none"),
    "n.v.t.": Value("n.v.t.", absent="not_applicable"),
    "Nog n.v.t.": Value("Nog n.v.t.", absent="not_yet"),
    "onbekend": Value("onbekend", absent="unknown"),
    "vervallen": Value("vervallen", absent="dropped"),
    "gezegd: heel beperkt": Value("gezegd: heel beperkt", absent="said"),
}


@pytest.mark.parametrize("text", CASES)
def test_a_value_is_what_it_says(text: str) -> None:
    assert read_value(text) == CASES[text]


def test_a_share_only_stands_where_one_is_asked() -> None:
    assert read_value("circa 50%", percent=True) == Value("circa 50%", approximate=True, share=Fraction(1, 2))
    assert read_value("12,5 procent", percent=True).share == Fraction(1, 8)
    assert read_value("geen uitval", percent=True) == Value("geen uitval", 0, 0)


KINDS = (
    "Write a count (50), a range (50/60), a sum (110 + 88), 'circa 90', "
    "'-' (none), 'n.v.t.', 'nog n.v.t.', 'onbekend', 'vervallen', or 'gezegd: …' for what was said in words."
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty. Write a count, or '-' where there is none."),
        ("veel", f"'veel' is no count. {KINDS}"),
        ("onbekent", f"'onbekent' is no count. Did you mean 'onbekend'? {KINDS}"),
        ("nvt", f"'nvt' is no count. Did you mean 'n.v.t.'? {KINDS}"),
        ("nog n.v.t", f"'nog n.v.t' is no count. Did you mean 'nog n.v.t.'? {KINDS}"),
        ("geen uitval", f"'geen uitval' is no count. {KINDS}"),
        ("50/60/70", f"'50/60/70' is no count. {KINDS}"),
        ("25%", "'25%' is a percentage, and a count is asked. Write how many it is; the percentage is computed."),
        ("60/50", "'60/50' is a range that does not go up. Write the lower end first."),
        ("50/50", "'50/50' is a range that does not go up. Write the lower end first."),
        ("=A1+3", "'=A1+3' is a formula. Write its outcome."),
        ("-5", "'-5' is negative. Write a count of 0 or more."),
        ("12,5", "'12,5' is no whole number. Write a count."),
        ("1.047,5", "'1.047,5' is no whole number. Write a count."),
        ("1047,0", "'1047,0' has decimals. Write it as 1047."),
        ("5.0", "'5.0' has decimals. Write it as 5."),
        ("\u22125", "'\u22125' is negative. Write a count of 0 or more."),
        ("10-dec", "'10-dec' is a date, as a spreadsheet makes one of a range. Write the range as '10 tot 12'."),
        (
            "10-12-2026",
            "'10-12-2026' is a date, as a spreadsheet makes one of a range. Write the range as '10 tot 12'.",
        ),
        ("9" * 5000, "'99999999999999999999…' is more than can be. Check the number."),
        ("1.000.000.001", "'1.000.000.001' is more than can be. Check the number."),
        ("\u0663", f"'\u0663' is no count. {KINDS}"),
        ("gezegd:", "'gezegd:' does not tell what was said."),
    ],
)
def test_what_is_no_value_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as error:
        read_value(text)

    assert str(error.value) == message


def test_a_realisation_can_be_more_than_all_of_it() -> None:
    assert read_value("120%", percent=True).share == Fraction(6, 5)


NUMBERS = st.integers(0, 10**6)
TEXTS = st.one_of(
    NUMBERS.map(str),
    NUMBERS.map(lambda number: f"{number:,}".replace(",", ".")),
    st.tuples(NUMBERS, st.integers(1, 1000)).map(lambda ends: f"{ends[0]}/{ends[0] + ends[1]}"),
    st.lists(NUMBERS, min_size=2, max_size=5).map(lambda parts: " + ".join(map(str, parts))),
    NUMBERS.map(lambda number: f"circa {number}"),
    st.sampled_from(["-", "n.v.t.", "nog n.v.t.", "onbekend", "vervallen", "gezegd: weinig"]),
)


@given(TEXTS)
def test_a_value_keeps_its_text_and_reads_the_same_again(text: str) -> None:
    value = read_value(text)

    assert str(value) == text
    assert read_value(str(value)) == value


@given(st.lists(NUMBERS, min_size=2, max_size=6))
def test_the_parts_of_a_sum_add_up(parts: list[int]) -> None:
    value = read_value(" + ".join(map(str, parts)))

    assert value.low == value.high == sum(value.parts) == sum(parts)


@given(st.lists(TEXTS.map(read_value), min_size=1, max_size=5))
def test_a_sum_of_values_does_not_depend_on_their_order(values: list[Value]) -> None:
    one, other = add_values(values), add_values(values[::-1])

    assert (one.low, one.high, one.approximate, one.is_count) == (
        other.low,
        other.high,
        other.approximate,
        other.is_count,
    )


def test_a_part_that_does_not_apply_counts_as_nothing() -> None:
    assert add_values([read_value("n.v.t."), read_value("5")]) == Value("5", 5, 5, (5,))
    assert add_values([read_value("n.v.t."), read_value("n.v.t.")]).absent == "not_applicable"
    assert add_values([]).absent == "none"
    assert add_values([read_value("50/60"), read_value("10")]) == Value("60/70", 60, 70, (60, 10))
