"""The audit of a measurement with those before it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from srsmeting.bundled import bundled
from srsmeting.crosswalk import propose_crosswalk
from srsmeting.crosswalk.rows import to_csv
from srsmeting.disclosure import audit_meting
from srsmeting.meting import load_meting


def test_nothing_can_be_worked_out_of_the_bundled_years() -> None:
    steps: list[str] = []
    audit = audit_meting(load_meting(bundled("analyses/srs_2023")), steps.append)

    assert audit.found.empty, audit.found.to_string()
    assert audit.unexamined == ()
    of = "srs-2021, srs-2022 and srs-2023 together"
    assert audit.summary() == f"Nothing that is suppressed can be worked out from the figures of {of}"
    assert [step for step in steps if step.startswith("looking")] == [
        f"looking for all that srs-{year} suppresses" for year in (2021, 2022, 2023)
    ]


@pytest.mark.parametrize(
    ("gone", "more", "message"),
    [
        (
            "frame: frame.csv\n",
            "",
            "what follows from earlier measurements; {file}: names no 'frame', and who answered both times is not known "
            "without it. Add it.",
        ),
        (
            "(nothing)",
            "weights: [wgo]\n",
            "what follows from earlier measurements: weighted figures are rounded, and so are their changes",
        ),
    ],
    ids=["no frame", "weighted"],
)
def test_years_that_are_not_attacked_together_are_told(
    mini: Path, tmp_path: Path, gone: str, more: str, message: str
) -> None:
    earlier = tmp_path / "earlier"
    shutil.copytree(mini, earlier)
    for file in earlier.iterdir():
        text = file.read_text(encoding="utf-8").replace("mini-2021", "mini-2020").replace(gone, "")
        file.write_text(text + (more if file.name == "meting.yaml" else ""), encoding="utf-8")
    config, years = mini / "meting.yaml", [load_meting(folder).questionnaire for folder in (earlier, mini)]
    rows = to_csv(propose_crosswalk(*years).rows, "mini-2020", "mini-2021")
    (mini / "crosswalk.csv").write_text(rows, encoding="utf-8")
    added = f"earlier: {earlier}\ncrosswalk: crosswalk.csv\n{more}"
    config.write_text(config.read_text(encoding="utf-8") + added, encoding="utf-8")

    audit = audit_meting(load_meting(mini))

    assert audit.found.empty
    assert audit.metings == ("mini-2021",)
    assert audit.unexamined[-1] == message.format(file=earlier / "meting.yaml")
