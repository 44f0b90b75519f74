from srsmeting.presentation.goals import Outcomes
from srsmeting.presentation.goals.outcomes import left_out
from srsmeting.presentation.goals.steps import not_nested


def test_a_goal_stands_by_the_lower_end_of_its_range(outcomes: Outcomes) -> None:
    monitor = outcomes.monitor
    stands = {(unit.id, track.id): outcomes.standing(unit, track) for unit in monitor.units for track in monitor.tracks}

    assert stands == {
        ("delta", "werven"): "reached",
        ("delta", "plaatsen"): "nearly",
        ("eems", "werven"): "nearly",
        ("eems", "plaatsen"): "reached",
        ("fries", "werven"): None,
        ("fries", "plaatsen"): None,
    }


def test_another_moment_has_figures_of_its_own(outcomes: Outcomes) -> None:
    row = outcomes.row("attainment", "werven", "delta", moment="begin")

    assert row is not None
    assert (row["numerator"], row["denominator"]) == (10, 40)
    assert outcomes.row("attainment", "werven", "delta", moment="later") is None


def test_a_total_tells_whom_it_leaves_out(outcomes: Outcomes) -> None:
    assert left_out(outcomes.total("attainment", "plaatsen")) == ["fries"]
    assert left_out(outcomes.total("result", "werven")) == []
    assert left_out(None) == []


def test_steps_that_grow_are_named(outcomes: Outcomes) -> None:
    assert not_nested(outcomes) == (
        "Een latere stap telt er soms meer dan de stap ervoor: bij Eems is ‘Plaatsen’ groter dan ‘Werven’. Niet iedereen "
        "doorloopt alle stappen."
    )
