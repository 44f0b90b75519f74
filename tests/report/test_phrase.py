from __future__ import annotations

import pytest

from srsmeting.errors import UnknownNameError
from srsmeting.report import Report
from srsmeting.report.phrase import Phrase

SHARE = "mini-2021|bekend||inhoud|||share"


def keys(text: str) -> tuple[str, ...]:
    assert isinstance(text, Phrase)
    return text.keys


def test_a_number_knows_its_key_value_and_base(r: Report) -> None:
    phrase = r.percent("bekend", "inhoud")

    assert phrase == "65\u00a0procent"
    assert keys(phrase) == (SHARE,)
    key = SHARE.replace("|", r"\|")  # which may stand in a cell of a table
    assert phrase._repr_markdown_() == f'[65\u00a0procent]{{.getal key="{key}" value="65%" base="20"}}'


def test_a_sentence_knows_every_number_that_it_was_made_of(r: Report) -> None:
    assert keys(r.extremes("cijfer", "branche")) == (
        "mini-2021|cijfer|||branche|ziekenhuizen|mean",
        "mini-2021|cijfer|||branche|ggz|mean",
    )


def test_a_text_without_numbers_has_no_span(r: Report) -> None:
    assert r.label("bekend", "inhoud")._repr_markdown_() == "bekend met de inhoud"


def test_what_is_looked_up_for_one_text_does_not_stick_to_the_next(r: Report) -> None:
    with pytest.raises(UnknownNameError):
        r.percent("bekend", "nope")

    assert keys(r.percent("bekend", "inhoud")) == (SHARE,)
    assert keys(r.asked("bekend")) == ()


def test_the_parts_of_a_text_leave_their_numbers_to_the_whole(r: Report) -> None:
    """The coverage looks up its moment through another property first."""
    assert keys(r.coverage()) == ("mini-2021||2021||||coverage",)


def test_a_text_that_looks_like_markup_stays_text() -> None:
    assert Phrase("*ja* [x]{.y} <b>$1$")._repr_markdown_() == r"\*ja\* \[x\]\{.y\} \<b\>\$1\$"
