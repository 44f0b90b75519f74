"""The checker on the published reports: every fault that the review of them lists and figures can show, and no other."""

from pathlib import Path

import pytest

from srsmeting.consistency import find_inconsistencies, read_statements
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.verification import read_published

ANALYSES = Path(__file__).parents[2] / "analyses"

#: The faults by the numbers of the review. Not among them, and why: P9-08, P9-10, P10-11, P10-20, P10-21, P10-22 are
#: names, notation and judgements; P9-09 judges a result that figures do not contradict; of P10-18 and P10-19 the review
#: itself finds that both can be true.
SHOWN = {
    "zorgpilots_2009": {f"P9-{number:02}" for number in range(1, 8)},
    "zorgpilots_2010": {f"P10-{number:02}" for number in (*range(1, 11), *range(12, 18), 23, 24)},
    "zorgplaza_migranta_2011": {"M-01", "M-02"},
}


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_what_is_wrong_in_a_published_report_is_found_and_nothing_else(name: str) -> None:
    monitor = load_monitor(ANALYSES / name)
    published = read_published(monitor.path(monitor.config.published))
    statements = read_statements(monitor.path(monitor.config.statements), monitor)
    found = find_inconsistencies(monitor, estimate_goals(monitor), published, statements)
    assert (found["fault"] != "").all()
    assert {fault for faults in found["fault"] for fault in faults.split(", ")} == SHOWN[name]


def test_the_later_action_plan_has_nothing_that_disagrees() -> None:
    monitor = load_monitor(ANALYSES / "actieplan_2018")
    published = read_published(monitor.path(monitor.config.published))
    assert find_inconsistencies(monitor, estimate_goals(monitor), published, None).empty


def test_every_statement_that_names_a_fault_shows_it() -> None:
    for name in sorted(SHOWN):
        monitor = load_monitor(ANALYSES / name)
        statements = read_statements(monitor.path(monitor.config.statements), monitor)
        named = [told.fault for told in statements.told if told.fault]
        alone = find_inconsistencies(monitor, estimate_goals(monitor), None, statements)
        assert alone[alone["kind"] != "flow"]["fault"].tolist() == named
