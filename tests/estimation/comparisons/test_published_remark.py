"""The published remark on the role in the transition of care by size, on the bundled (invented) answers.

Published, in words: smaller organisations say more often that they do not know; corrected for that, size classes differ
little. The share that sees a role was published by involvement, and hangs on that much more than on size.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import srsmeting
from srsmeting.estimates import pick
from srsmeting.estimation import Design
from srsmeting.estimation.comparisons import adjusted_shares, compare_groups
from srsmeting.meting import load_meting
from srsmeting.running import Run, run_meting

SIZE, ROLE = "grootteklasse_samengevoegd", "rol_transitie"
CLASSES = ["lt50_of_onbekend", "50_249", "250_1000", "gt1000"]
FOLDER = Path(srsmeting.__file__).parents[1] / "analyses" / "srs_2021"


@pytest.fixture(scope="module")
def run() -> Run:
    return run_meting(load_meting(FOLDER))


@pytest.fixture(scope="module")
def design() -> Design:
    return Design.simple_random(301, 985)


def shares(frame: pd.DataFrame, by: str, category: str) -> list[float]:
    rows = frame[(frame["by"] == by) & (frame["category"] == category) & (frame["measure"] == "adjusted_share")]
    return [float(value) for value in rows["estimate"]]


def test_smaller_organisations_more_often_do_not_know(run: Run, design: Design) -> None:
    frame = adjusted_shares(run.intake.responses, design, ROLE, SIZE, published=run.estimates)
    assert shares(frame, SIZE, "weet_niet") == pytest.approx([14 / 51, 16 / 76, 12 / 89, 9 / 85], rel=1e-8)
    assert pick(frame, ROLE, "weet_niet", by=SIZE, measure="adjusted_p_value")["estimate"] < 0.05
    differences = compare_groups(run.intake.responses, design, ROLE, SIZE, published=run.estimates)
    ends = f"{CLASSES[0]}-{CLASSES[-1]}"
    assert pick(differences, ROLE, "weet_niet", by=SIZE, group=ends, measure="difference_p")["estimate"] < 0.05


@pytest.mark.parametrize("corrected_for", [(), "betrokkenheid"])
def test_corrected_for_that_size_classes_hardly_differ(corrected_for: str, run: Run, design: Design) -> None:
    frame = adjusted_shares(
        run.intake.responses,
        design,
        ROLE,
        SIZE,
        corrected_for=corrected_for,
        leave_out="weet_niet",
        published=run.estimates,
    )
    found = shares(frame, SIZE, "ja")
    if not corrected_for:
        assert found == pytest.approx([34 / 37, 56 / 60, 72 / 77, 72 / 76], rel=1e-8)
    assert max(found) - min(found) < 0.03
    assert pick(frame, ROLE, "ja", by=SIZE, measure="adjusted_p_value")["estimate"] > 0.8


def test_corrected_for_size_involvement_still_counts(run: Run, design: Design) -> None:
    """Published as they are: 92, 82, 72 and 48 percent."""
    frame = adjusted_shares(
        run.intake.responses, design, ROLE, "betrokkenheid", corrected_for=SIZE, published=run.estimates
    )
    found = shares(frame, "betrokkenheid", "ja")
    assert found == sorted(found, reverse=True)
    assert found == pytest.approx([0.92, 0.82, 0.72, 0.48], abs=0.03)
    assert pick(frame, ROLE, "ja", by="betrokkenheid", measure="adjusted_p_value")["estimate"] < 1e-6


def test_those_who_take_no_part_give_a_lower_mark(run: Run, design: Design) -> None:
    """Published as significant, without a test: none or only information against the other three."""
    mark = run.estimates.loc[run.estimates["measure"] == "mean", "question"].iloc[0]
    frame = compare_groups(run.intake.responses, design, mark, "betrokkenheid", published=run.estimates)
    for group in ("actief", "regelmatig", "af_en_toe"):
        pair = {"by": "betrokkenheid", "group": f"{group}-geen_of_info"}
        assert pick(frame, mark, **pair, measure="difference")["estimate"] > 0.5
        assert pick(frame, mark, **pair, measure="difference_p")["estimate"] < 0.05
