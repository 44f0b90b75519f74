"""The four monitors of the field: every published number comes out, or carries the note of the fault that prevents it."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.bundled import bundled
from srsmeting.estimates import pick
from srsmeting.estimation.attainment import estimate_goals
from srsmeting.goals import load_monitor
from srsmeting.rounding import percentage
from srsmeting.verification import read_published, unexplained, verify_estimates

#: By analysis: how many numbers were published, and those that cannot come out, with what comes instead.
FAULTS = {
    "zorgpilots_2009": (
        148,
        [
            ("tab_4_1.instroom", "eindmeting.emmen", "20", "23", "P9-01"),
            ("tab_4_1.doorstroom", "eindmeting.emmen", "60", "94", "P9-01"),
            ("tab_5_1.instroom", "eindmeting.emmen", "20", "23", "P9-01"),
            ("tab_5_1.doorstroom", "eindmeting.emmen", "60", "94", "P9-01"),
        ],
    ),
    "zorgpilots_2010": (
        225,
        [
            ("tab_3_1", "utrecht.count", "20", "23", "P10-01"),
            ("tab_3_6.fase1", "november_2009.amsterdam", "80", "79", "P10-04"),
            ("par_3_1_2.toeleiden", "november_2009.count", "2", "1", "P10-02, P10-03"),
        ],
    ),
    "zorgplaza_migranta_2011": (14, []),
    "actieplan_2018": (7, []),
}


def figures(name: str) -> pd.DataFrame:
    return estimate_goals(load_monitor(bundled(f"analyses/{name}")))


@pytest.mark.parametrize("name", FAULTS)
def test_every_published_number_comes_out_or_has_a_known_fault(name: str) -> None:
    folder = bundled(f"analyses/{name}")
    result = verify_estimates(figures(name), read_published(Path(folder) / "published.yaml"))
    apart = result[~result["agrees"].astype(bool)]
    number, faults = FAULTS[name]

    assert len(result) == number
    assert [
        (row.published_id, row.option, row.published, row.computed, row.note.split(": ")[1])
        for row in apart.itertuples(index=False)
    ] == faults
    assert unexplained(result).empty


def test_what_the_reports_did_not_compute_is_counted_by_hand() -> None:
    of_2009, of_2010, of_2011 = map(figures, ("zorgpilots_2009", "zorgpilots_2010", "zorgplaza_migranta_2011"))

    def share(frame: pd.DataFrame, measure: str, *address: str, **more: str) -> str:
        return str(percentage(pick(frame, *address, measure=measure, **more)["estimate"]))

    # 602 of 640, 981 of 797 and 102 of 470.
    tracks = ("instroom", "doorstroom", "participatie")
    assert [share(of_2009, "attainment", track, item="eindmeting") for track in tracks] == ["94", "123", "22"]
    at = {"by": "pilot", "group": "twente_achterhoek", "item": "november_2009"}
    # 21 of 110 and 129 of 88.
    assert share(of_2010, "attainment", "toeleiden", "instroom_bbl", **at) == "19"
    assert share(of_2010, "attainment", "toeleiden", "directe_plaatsing", **at) == "147"
    # 4 of 50 to 60, and 7 of 23.
    at = {"by": "pilot", "group": "groningen", "item": "eindverslag"}
    row = pick(of_2011, "toeleiden", measure="attainment", **at)
    assert [str(percentage(row[end])) for end in ("estimate", "ci_low", "ci_high")] == ["7", "7", "8"]
    assert share(of_2011, "share", "instellingen_actief", **at) == "30"


def test_totals_say_whom_they_leave_out() -> None:
    frame = figures("zorgpilots_2010")
    row = pick(frame, "werven", item="november_2009", measure="attainment")

    # Six pilots set a goal and have a result, one of them circa: 1,033 of 660.
    assert (row["numerator"], row["denominator"], row["method"]) == (1033, 660, "left out: haaglanden, groningen")
    assert (row["status"], row["reason"]) == ("E", "approximate")


def test_pilots_that_placed_more_than_they_prepared_are_told() -> None:
    frame = figures("zorgpilots_2010")
    rows = frame[(frame["measure"] == "flow") & (frame["question"] == "toeleiden") & (frame["method"] == "not nested")]

    assert list(rows["group"]) == ["amsterdam", "utrecht", "twente_achterhoek"]


def test_results_without_a_goal_are_said_and_no_more() -> None:
    remarks = {name: len(load_monitor(bundled(f"analyses/{name}")).remarks) for name in FAULTS}

    assert remarks == {
        "zorgpilots_2009": 0,
        "zorgpilots_2010": 6,
        "zorgplaza_migranta_2011": 0,
        "actieplan_2018": 0,
    }


def test_the_figures_load_nothing_slow() -> None:
    slow = ("scipy", "matplotlib", "babel", "openpyxl", "xlsxwriter", "jupyter_client")
    code = (
        "import srsmeting as srs, sys; srs.estimate_goals(srs.load_monitor(sys.argv[1])); "
        f"print([name for name in {slow} if name in sys.modules])"
    )
    folder = bundled("analyses/zorgpilots_2010")
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
