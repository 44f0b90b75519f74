"""Whatever stands in a cell: the monitor is read, or every fault names its file and row."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import ConfigurationError, Fault
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor

Write = Callable[..., Path]

ROWS = {
    "goals": ["noord", "plaatsen", "leren", "halverwege", "50/60", "reden"],
    "results": ["noord", "plaatsen", "leren", "einde", "circa 9", ""],
    "dropout": ["noord", "fase2", "einde", "3", "20", "", ""],
    "durations": ["noord", "2024-01", "2024-12", "2025-03", ""],
    "participants": ["noord", "werkgevers", "einde", "2", "Alfa; Beta", ""],
    "figures": ["actief", "noord", "einde", "5", ""],
    "topics": ["noord", "stages", ""],
    "portraits": ["noord", "aanvrager", "Alfa"],
}

CELLS = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[-+=/.,%0-9 ]{1,14}", fullmatch=True),
    st.sampled_from(["-", "n.v.t.", "vervallen", "zie fase1", "geen uitval", "50%", "9" * 5000, '"', ";", "\n", "0"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(key=st.sampled_from(sorted(ROWS)), place=st.integers(0, 6), cell=CELLS)
def test_one_cell_gives_figures_or_faults(write: Write, key: str, place: int, cell: str) -> None:
    rows = {name: list(row) for name, row in ROWS.items()}
    rows[key][place % len(rows[key])] = cell
    folder = write(**{name: ",".join(row) + "\n" for name, row in rows.items()})
    faults: tuple[Fault, ...] = ()
    try:
        estimate_goals(load_monitor(folder))
    except ConfigurationError as error:
        faults = tuple(error.faults) or (Fault("no file", str(error)),)

    assert {fault.file for fault in faults} <= {f"{key}.csv"}
    assert all(fault.line for fault in faults)
