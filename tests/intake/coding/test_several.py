import pytest

from srsmeting.intake.coding.several import Several, take_apart

ACTIVITIES = {"sport": "sport", "cultuur": "cultuur", "ja, soms": "soms"}


def test_t45_a_text_with_the_delimiter_in_it_stays_one_text() -> None:
    assert take_apart("Sport;Anders, namelijk koken; bakken;", ACTIVITIES, ";") == Several(
        ("sport",), "Anders, namelijk koken; bakken", False
    )


def test_t46_a_cell_is_taken_apart_on_the_options_and_not_on_the_delimiter() -> None:
    options = {"yes, (mostly) in december": "december", "no": "no"}

    assert take_apart("Yes, (mostly) in december, No", options, ", ") == Several(("december", "no"), "", False)


def test_two_readings_that_leave_as_little_over_are_told() -> None:
    assert take_apart("Ja, soms", {**ACTIVITIES, "ja": "ja", "soms": "af_en_toe"}, ", ").ambiguous


def test_an_option_that_stands_twice_was_written_once() -> None:
    assert take_apart("Sport;sport", ACTIVITIES, ";") == Several(("sport",), "Sport;sport", False)


@pytest.mark.parametrize("cell", ["", ";", " ; ;"])
def test_nothing_is_nothing(cell: str) -> None:
    assert take_apart(cell, ACTIVITIES, ";") == Several((), "", False)


def test_a_cell_of_very_many_parts_is_a_text() -> None:
    assert take_apart("x;" * 100_000, ACTIVITIES, ";").chosen == ()
