"""A report that prints what follows has nothing wrong with it; one that is a point off always has."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.consistency.statements import Figure, Told
from srsmeting.consistency.telling import told_otherwise
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import GoalsMonitor, load_monitor

Monitor = Callable[..., GoalsMonitor]

CELLS = st.tuples(st.integers(1, 300), st.integers(0, 400))


def half_up(numerator: int, denominator: int, decimals: int) -> int:
    """Return a percentage in units of its last digit, rounded half up in whole numbers."""
    return (2 * 100 * 10**decimals * numerator + denominator) // (2 * denominator)


def printed(points: int, decimals: int) -> str:
    return f"{points // 10},{points % 10}%" if decimals else f"{points}%"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(noord=CELLS, zuid=CELLS, decimals=st.integers(0, 1))
def test_what_follows_is_no_finding_and_what_does_not_is(
    monitor: Monitor, noord: tuple[int, int], zuid: tuple[int, int], decimals: int
) -> None:
    read = monitor()
    goals = f"noord,werven,{noord[0]}\nzuid,werven,{zuid[0]}\n"
    results = f"noord,werven,einde,{noord[1]}\nzuid,werven,einde,{zuid[1]}\n"
    read.path("goals.csv").write_text(f"unit,track,value\n{goals}", encoding="utf-8")
    read.path("results.csv").write_text(f"unit,track,moment,value\n{results}", encoding="utf-8")
    read = load_monitor(read.file)
    estimates = estimate_goals(read)
    total = noord[0] + zuid[0], noord[1] + zuid[1]
    for group, (goal, result) in {"noord": noord, "zuid": zuid, "": total}.items():
        points = half_up(result, goal, decimals)
        share = Figure(measure="attainment", question="werven", group=group)
        count = Figure(measure="result", question="werven", group=group)
        right = [
            Told(what="realisatie", places={"tabel": printed(points, decimals)}, computed=share),
            Told(what="resultaat", places={"tabel": result, "tekst": f"circa {result}"}, computed=count),
        ]
        wrong = [
            Told(what="realisatie", places={"tabel": printed(points + 1, decimals)}, computed=share),
            Told(what="resultaat", places={"tabel": result + 1}, computed=count),
        ]
        assert not list(told_otherwise(read, estimates, right))
        assert [one.kind for one in told_otherwise(read, estimates, wrong)] == ["told", "told"]
