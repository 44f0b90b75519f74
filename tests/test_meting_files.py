"""Nothing is written over what a measurement, or one before it, is made of."""

from pathlib import Path
from shutil import copytree

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.meting import Meting, load_meting

TOP = Path(__file__).parents[1]


@pytest.fixture
def repeat(mini: Path, tmp_path: Path) -> Meting:
    """Return the measurement in the small, as the one after another that has the same files."""
    before = copytree(mini, tmp_path / "eerder")
    config = (before / "meting.yaml").read_text(encoding="utf-8")
    (before / "meting.yaml").write_text(config.replace("mini-2021", "mini-2020"), encoding="utf-8")
    with (mini / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("earlier: ../eerder\ncrosswalk: crosswalk.csv\n")
    (mini / "crosswalk.csv").touch()
    return load_meting(mini)


def _told(meting: Meting, target: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        meting.refuse_input(target)
    return str(caught.value)


def test_nothing_is_written_over_an_earlier_measurement(repeat: Meting, tmp_path: Path) -> None:
    before = tmp_path / "eerder"
    ends = {
        "export.csv": "is the export of 'mini-2020', an earlier measurement",
        "meting.yaml": "is the configuration of 'mini-2020', an earlier measurement",
        "manifest.yaml": "is the manifest of 'mini-2020', an earlier measurement",
        "record/1/estimates.csv": "lies in the record of 'mini-2020', an earlier measurement",
    }
    for name, told in ends.items():
        assert _told(repeat, before / name) == f"{before / name}: {told}. Write to another file."
    own = repeat.file.with_name("export.csv")
    assert _told(repeat, own) == f"{own}: is the export of this measurement. Write to another file."
    repeat.refuse_input(before / "tabellen.xlsx")
    repeat.refuse_input("-")


def test_every_year_that_earlier_leads_to_is_guarded() -> None:
    first = TOP / "analyses" / "srs_2021" / "frame.csv"
    told = _told(load_meting(TOP / "analyses" / "srs_2023"), first)
    assert told == f"{first}: is the frame of 'srs-2021', an earlier measurement. Write to another file."


def test_years_that_lead_round_in_a_circle_are_told_where_they_are_compared(repeat: Meting, tmp_path: Path) -> None:
    before = tmp_path / "eerder" / "meting.yaml"
    with before.open("a", encoding="utf-8") as file:
        file.write(f"earlier: ../{repeat.file.parent.name}\ncrosswalk: crosswalk.csv\n")
    repeat.refuse_input(tmp_path / "tabellen.xlsx")
    assert "is the export of 'mini-2020'" in _told(repeat, before.with_name("export.csv"))


def test_a_fault_of_another_year_is_not_in_the_way_of_this_one(repeat: Meting, tmp_path: Path) -> None:
    (tmp_path / "eerder" / "meting.yaml").write_text("meting: [\n", encoding="utf-8")
    repeat.refuse_input(tmp_path / "tabellen.xlsx")
