"""Two publications that hide other figures: what they give away together."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.estimates import read_estimates
from srsmeting.frames import write_frame
from srsmeting.meting import load_meting
from srsmeting.recording.disclosure import known_from_both


@pytest.fixture
def figures(mini: Path) -> pd.DataFrame:
    """All figures of the small measurement, none of them hidden; from here on it starts from them."""
    config = mini / "meting.yaml"
    text = config.read_text(encoding="utf-8").replace("min_base: 3", "min_base: 1")
    config.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, ["estimate", str(mini), "-o", str(mini / "figures.csv")]).exit_code == 0
    config.write_text(text + "estimates: figures.csv\n", encoding="utf-8")
    return read_estimates(mini / "figures.csv")


def hide(figures: pd.DataFrame, *categories: str) -> pd.DataFrame:
    """Hide answers about the research in both regions."""
    frame = figures.copy()
    rows = (frame["question"] == "bekend") & frame["category"].isin(categories) & (frame["by"] == "wgo")
    frame.loc[rows, ["estimate", "se", "ci_low", "ci_high"]] = float("nan")
    frame.loc[rows, ["numerator", "denominator"]] = pd.NA
    frame.loc[rows, ["method", "status", "reason"]] = ["", "Q", "small_count"]
    return frame


def test_what_is_left_of_each_publication_gives_the_third(mini: Path, figures: pd.DataFrame) -> None:
    # Each hides two of three answers; one hides "inhoud" and the other "gehoord", so "niet" is what remains.
    before, now = hide(figures, "gehoord", "niet"), hide(figures, "inhoud", "niet")
    found = known_from_both(load_meting(mini), now, before)

    assert found[["question", "category", "group"]].drop_duplicates().to_numpy().tolist() == [
        ["bekend", "niet", "noord"],
        ["bekend", "niet", "zuid"],
    ]


def test_a_revision_that_gives_hidden_figures_away_is_a_finding(mini: Path, figures: pd.DataFrame) -> None:
    write_frame(hide(figures, "gehoord", "niet"), mini / "figures.csv")
    first = CliRunner().invoke(main, ["record", str(mini), "--on", "2022-10-01"])
    assert first.exit_code == 0
    write_frame(hide(figures, "inhoud", "niet"), mini / "figures.csv")
    second = CliRunner().invoke(main, ["record", str(mini), "--on", "2022-11-01", "--reason", "anders"])

    assert second.exit_code == 1
    assert second.stdout.splitlines()[1] == (
        "Differs from record 1: in suppression only, 2 figures are hidden, 2 figures are shown; file changed: estimates."
    )
    assert second.stderr == "srsmeting: 2 figures that both records hide can be worked out from the two together.\n"
