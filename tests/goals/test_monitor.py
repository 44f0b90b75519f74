"""What a monitor answers: which goal holds when, what was reached, and what does not exist."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError, UnknownNameError
from srsmeting.goals import GoalsMonitor, load_monitor

Write = Callable[..., Path]


def text(value: object) -> str:
    return "" if value is None else str(value)


def test_a_goal_that_was_changed_halfway_holds_from_then_on(write: Write) -> None:
    monitor = load_monitor(
        write(
            goals="noord,werven,,,50,\nnoord,werven,,halverwege,30,\nnoord,werven,,einde,vervallen,Geen subsidie meer.\n"
        )
    )

    assert [text(monitor.goal("noord", "werven", moment=moment.id)) for moment in monitor.moments] == [
        "50",
        "30",
        "vervallen",
    ]
    assert text(monitor.goal("noord", "werven")) == "vervallen"
    assert monitor.goal("midden", "werven") is None


def test_a_track_is_the_sum_of_its_parts(write: Write) -> None:
    monitor = load_monitor(
        write(
            goals="noord,plaatsen,leren,,110,\nnoord,plaatsen,werken,,88,\nmidden,plaatsen,,,60,\nzuid,plaatsen,leren,,5,\n",
            results="noord,plaatsen,leren,einde,21,\nnoord,plaatsen,werken,einde,129,\nmidden,plaatsen,leren,einde,10,\n"
            "midden,plaatsen,werken,einde,n.v.t.,\nzuid,plaatsen,leren,einde,4,\n",
        )
    )

    assert [text(monitor.goal(unit.id, "plaatsen")) for unit in monitor.units] == ["198", "60", "-"]
    assert [text(monitor.result(unit.id, "plaatsen")) for unit in monitor.units] == ["150", "10", "-"]
    assert text(monitor.goal("noord", "plaatsen", "werken")) == "88"
    assert monitor.goal("midden", "plaatsen", "werken") is None
    assert text(monitor.result("noord", "plaatsen", "leren", "einde")) == "21"
    assert monitor.result("noord", "plaatsen", moment="start") is None


def test_goals_of_parts_replace_an_earlier_one_of_the_whole_and_back(write: Write) -> None:
    monitor = load_monitor(
        write(
            goals="noord,plaatsen,,,200,\nnoord,plaatsen,leren,halverwege,110,\nnoord,plaatsen,werken,halverwege,88,\n"
            "noord,plaatsen,,einde,150,\n"
        )
    )

    assert [text(monitor.goal("noord", "plaatsen", moment=moment.id)) for moment in monitor.moments] == [
        "200",
        "198",
        "150",
    ]
    assert [text(monitor.goal("noord", "plaatsen", "leren", moment.id)) for moment in monitor.moments] == [
        "",
        "110",
        "",
    ]


def test_a_part_that_a_goal_of_the_whole_replaced_stays_replaced(write: Write) -> None:
    monitor = load_monitor(
        write(
            goals="noord,plaatsen,leren,,110,\nnoord,plaatsen,werken,,88,\nnoord,plaatsen,,halverwege,150,\n"
            "noord,plaatsen,werken,einde,60,\n"
        )
    )

    # In the end there is a goal for one part, and none for the other: 110 was replaced by the 150 of both.
    assert [text(monitor.goal("noord", "plaatsen", moment=moment.id)) for moment in monitor.moments] == [
        "198",
        "150",
        "-",
    ]
    assert [text(monitor.goal("noord", "plaatsen", part, "einde")) for part in ("leren", "werken")] == ["", "60"]


def test_the_last_result_counts_where_no_moment_is_named(write: Write) -> None:
    monitor = load_monitor(write(results="noord,werven,,start,1,\nnoord,werven,,halverwege,5,\n"))

    assert [moment.id for moment in monitor.measured()] == ["start", "halverwege"]
    assert monitor.measured("plaatsen") == ()
    assert text(monitor.result("noord", "werven")) == "5"
    assert text(monitor.result("noord", "werven", moment="start")) == "1"
    assert monitor.result("noord", "plaatsen") is None


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda m: m.unit("nord"),
            "meting.yaml: no unit 'nord'. Did you mean 'noord'? Known: 'noord', 'midden', 'zuid'.",
        ),
        (
            lambda m: m.track("werve"),
            "meting.yaml: no track 'werve'. Did you mean 'werven'? Known: 'werven', 'plaatsen'.",
        ),
        (
            lambda m: m.moment("eind"),
            "meting.yaml: no moment 'eind'. Did you mean 'einde'? Known: 'start', 'halverwege', 'einde'.",
        ),
    ],
)
def test_what_does_not_exist_is_told(write: Write, ask: Callable[[GoalsMonitor], object], message: str) -> None:
    monitor = load_monitor(write())
    with pytest.raises(UnknownNameError) as error:
        ask(monitor)

    assert str(error.value) == message


def test_nothing_is_written_over_what_is_read(write: Write) -> None:
    folder = write(goals="noord,werven,,,50,\n")
    monitor = load_monitor(folder)
    monitor.refuse_input("-")
    monitor.refuse_input(folder / "figures.csv")
    for name, what in (("goals.csv", "goals"), ("meting.yaml", "configuration")):
        with pytest.raises(ConfigurationError) as error:
            monitor.refuse_input(folder / name)

        assert str(error.value) == f"{folder / name}: is the {what} of this measurement. Write to another file."
