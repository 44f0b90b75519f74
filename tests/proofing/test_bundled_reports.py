"""The bundled report has nothing that a person must look at."""

from pathlib import Path

import pytest

from srsmeting import load_meting, run_meting
from srsmeting.bundled import bundled
from srsmeting.bundling import write_bundle, write_group_bundle
from srsmeting.proofing import proof_report
from srsmeting.verification import disagreements, read_published


def test_the_bundled_book_is_clean_on_its_figures(tmp_path: Path) -> None:
    meting = load_meting(bundled("analyses/srs_2021"))
    estimates = run_meting(meting).estimates
    write_bundle(meting, estimates, tmp_path)
    wrong = disagreements(estimates, read_published(meting.path(meting.config.published)))

    found = proof_report(bundled("reports/nulmeting"), bundle=tmp_path, disagreeing=wrong)

    assert [str(fault) for fault in found] == []


@pytest.mark.parametrize("group", ["zorgpleinnoord", "flever"])
def test_the_bundled_factsheets_are_clean_on_their_figures(tmp_path: Path, group: str) -> None:
    """Flever is one of those of which nothing is published."""
    meting = load_meting(bundled("analyses/srs_2021"))
    write_bundle(meting, run_meting(meting).estimates, tmp_path / "alle")
    write_group_bundle(tmp_path / "alle", "wgo", group, tmp_path / "een")

    found = proof_report(bundled("reports/regio"), bundle=tmp_path / "een")

    assert [str(fault) for fault in found] == []
