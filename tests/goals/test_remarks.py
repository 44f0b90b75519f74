"""What is allowed in the data and must be known."""

from collections.abc import Callable
from pathlib import Path

from srsmeting.goals import load_monitor

Write = Callable[..., Path]

MOMENTS = ("start", "halverwege", "einde")


def remarks(folder: Path) -> list[str]:
    return [str(remark) for remark in load_monitor(folder).remarks]


def test_a_result_without_a_goal_is_allowed_and_said(write: Write) -> None:
    monitor = load_monitor(
        write(
            goals="noord,werven,,,-,\nmidden,werven,,,vervallen,Het plan was niet uitvoerbaar.\nzuid,plaatsen,,,9,\n",
            results="noord,werven,,einde,5,\nmidden,werven,,einde,6,\nzuid,werven,,einde,7,\nzuid,plaatsen,leren,einde,3,\n",
        )
    )

    assert [str(remark) for remark in monitor.remarks] == [
        "results.csv:2: unit 'noord', track 'werven' has a result (5) and no goal.",
        "results.csv:3: unit 'midden', track 'werven' has a result (6) and 'vervallen' as its goal.",
        "results.csv:4: unit 'zuid', track 'werven' has a result (7) and no goal.",
    ]


def test_a_unit_that_is_in_one_round_only_or_in_none_is_said(write: Write) -> None:
    goals = "noord,werven,,,9,\nmidden,werven,,,9,\nzuid,werven,,,9,\n"
    monitor = load_monitor(
        write(
            goals=goals,
            results="noord,werven,,start,1,\nnoord,werven,,einde,5,\nmidden,werven,,einde,6,\n",
        )
    )

    assert [str(remark) for remark in monitor.remarks] == [
        "results.csv:4: unit 'midden' has results of 'einde' only, and others also of 'start'.",
        "results.csv: unit 'zuid' has no row here. Write '-' where it has no results.",
    ]
    complete = "".join(f"{unit},werven,,einde,-,\n" for unit in ("noord", "midden", "zuid"))
    assert load_monitor(write(goals=goals, results=complete)).remarks == ()


def test_a_unit_that_skipped_a_round_is_said(write: Write) -> None:
    folder = write(
        goals="noord,werven,,,9,\nmidden,werven,,,9,\nzuid,werven,,,-,\n",
        results="noord,werven,,start,1,\nnoord,werven,,halverwege,2,\nnoord,werven,,einde,3,\n"
        "midden,werven,,start,1,\nmidden,werven,,einde,3,\n"
        "zuid,werven,,start,-,\nzuid,werven,,halverwege,nog n.v.t.,\nzuid,werven,,einde,-,\n",
    )

    assert remarks(folder) == [
        "results.csv: unit 'midden' has no row of 'halverwege', of which others have. Write '-' where it has no results."
    ]


def test_a_result_without_a_goal_is_said_once_of_its_last_moment(write: Write) -> None:
    folder = write(
        goals="noord,werven,,,9,\nnoord,werven,,halverwege,vervallen,Geen lokaal.\n"
        "midden,werven,,,-,\nzuid,werven,,,-,\n",
        results="noord,werven,,start,1,\nnoord,werven,,einde,7,\nnoord,werven,,halverwege,5,\n"
        + "".join(f"{unit},werven,,{moment},-,\n" for unit in ("midden", "zuid") for moment in MOMENTS),
    )

    assert remarks(folder) == [
        "results.csv:3: unit 'noord', track 'werven' has a result (7) and 'vervallen' as its goal."
    ]


def test_a_result_below_an_earlier_one_is_said(write: Write) -> None:
    goals = "".join(
        f"{unit},{track},,,90,\n" for unit in ("noord", "midden", "zuid") for track in ("werven", "plaatsen")
    )
    folder = write(
        goals=goals,
        # Midden is not exact, and zuid stood still; both can be.
        results="noord,werven,,einde,45,\nnoord,werven,,start,50,\nnoord,werven,,halverwege,onbekend,\n"
        "noord,plaatsen,leren,start,5,\nnoord,plaatsen,leren,einde,4,\n"
        "midden,werven,,start,circa 50,\nmidden,werven,,halverwege,45,\nmidden,werven,,einde,45,\n"
        "zuid,werven,,start,7,\nzuid,werven,,halverwege,7,\nzuid,werven,,einde,7,\n",
    )

    assert remarks(folder) == [
        "results.csv:2: unit 'noord', track 'werven' falls from 50 at 'start' to 45 at 'einde'. Results count from the "
        "start; check both.",
        "results.csv:6: unit 'noord', track 'plaatsen', part 'leren' falls from 5 at 'start' to 4 at 'einde'. Results "
        "count from the start; check both.",
    ]


def test_a_result_before_a_unit_began_is_said(write: Write) -> None:
    everyone = "".join(f"{unit},werven,,,90,\n" for unit in ("noord", "midden", "zuid"))
    folder = write(
        goals=everyone,
        # The first moment is January 2024, the second June: midden had just begun, zuid had reached nothing yet.
        results="noord,werven,,start,3,\nnoord,werven,,halverwege,5,\nmidden,werven,,start,0,\n"
        "midden,werven,,halverwege,9,\nzuid,werven,,start,0,\nzuid,werven,,halverwege,0,\n",
        durations="noord,2024-02,2024-12,,\nmidden,2024-06,2024-12,,\nzuid,2025-01,2025-12,,\n",
    )

    assert remarks(folder) == [
        "results.csv:2: unit 'noord', track 'werven' has a result (3) at 'start' (2024-01), before it began (2024-02)."
    ]


def test_a_goal_of_nothing_is_said(write: Write) -> None:
    assert remarks(
        write(
            goals="noord,werven,,,0,\nnoord,plaatsen,leren,,0,\nnoord,plaatsen,werken,,n.v.t.,\nmidden,werven,,,-,\nzuid,werven,,,1,\n"
        )
    ) == [
        "goals.csv:2: unit 'noord', track 'werven' has 0 as its goal, and no realisation. Write '-' if no goal was set.",
        "goals.csv:3: unit 'noord', track 'plaatsen', part 'leren' has 0 as its goal, and no realisation. Write '-' if no "
        "goal was set.",
    ]


def test_names_that_are_not_as_many_as_were_counted_are_said(write: Write) -> None:
    folder = write(
        participants="noord,werkgevers,einde,4,Alfa; Beta; Gamma,\nmidden,werkgevers,einde,2,Alfa; Beta,\n"
        "midden,werkgevers,start,0,Alfa,\nzuid,werkgevers,einde,circa 5,Alfa; Beta,\n"
    )

    assert remarks(folder) == [
        "participants.csv:2: unit 'noord', kind 'werkgevers' counts 4 and gives 3 names.",
        "participants.csv:4: unit 'midden', kind 'werkgevers' counts 0 and gives 1 name.",
    ]


def test_a_goal_of_one_part_is_no_goal_of_the_track_and_is_said(write: Write) -> None:
    goals = "noord,plaatsen,leren,,40,\nnoord,plaatsen,werken,,-,\nmidden,plaatsen,leren,,40,\n"
    counts = "zuid,plaatsen,leren,,40,\nzuid,plaatsen,werken,,n.v.t.,\n"

    assert remarks(write(goals=goals + counts)) == [
        f"goals.csv: unit {unit!r}, track 'plaatsen' has a goal for 'leren' and none for 'werken', so none for the track "
        "as a whole. Write 'n.v.t.' for a part that counts as nothing."
        for unit in ("noord", "midden")
    ]


def test_a_unit_that_the_goals_do_not_name_is_said(write: Write) -> None:
    assert remarks(write(goals="noord,werven,,,9,\nzuid,werven,,,-,\n")) == [
        "goals.csv: unit 'midden' has no row here. Write '-' where it set no goal."
    ]
    assert remarks(write(goals="")) == []


def test_a_unit_without_goals_left_that_works_on_is_said(write: Write) -> None:
    first = "noord,werven,,,9,\nmidden,werven,,,9,\nzuid,werven,,,9,\nzuid,plaatsen,,,4,\n"
    dropped = "".join(f"{unit},werven,,halverwege,vervallen,Gestopt.\n" for unit in ("noord", "midden", "zuid"))
    durations = "noord,2024-01,2024-12,,\nmidden,2024-01,2024-06,,\nzuid,2024-01,2024-12,,\n"

    assert remarks(write(goals=first + dropped, durations=durations)) == [
        "durations.csv:2: unit 'noord' dropped all its goals at 'halverwege' (2024-06), and works till 2024-12. "
        "If it stopped, correct the month."
    ]
