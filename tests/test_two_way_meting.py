"""Two breakdowns at once in meting.yaml: estimated, published whole or not at all, and audited."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import check_estimates, pick
from srsmeting.meting import Meting, load_meting
from srsmeting.running import run_meting


def crossed(mini: Path, breakdowns: str = "[wgo, bekend, wgo*bekend]", min_base: int = 1) -> Meting:
    text = (mini / "meting.yaml").read_text(encoding="utf-8")
    text = text.replace("breakdowns: [wgo]", f"breakdowns: {breakdowns}").replace(
        "min_base: 3", f"min_base: {min_base}"
    )
    (mini / "meting.yaml").write_text(text.replace("normal_base: 3", "normal_base: 0"), encoding="utf-8")
    return load_meting(mini)


def test_two_breakdowns_at_once_by_hand(mini: Path) -> None:
    estimates = run_meting(crossed(mini)).estimates
    check_estimates(estimates)
    # Of the six in the north 1 to 4 know it, with marks 7, 8, 7 and 6, and 5 and 6 heard of it, with 8 and 7.
    mean = {
        group: pick(estimates, "cijfer", by="wgo*bekend", group=group, measure="mean")
        for group in ("noord*inhoud", "noord*gehoord", "noord*niet", "zuid*niet")
    }
    assert [mean[group]["estimate"] for group in ("noord*inhoud", "noord*gehoord", "zuid*niet")] == [7, 7.5, 6.5]
    assert [int(row["denominator"]) for row in mean.values()] == [4, 2, 0, 2]
    assert (mean["noord*niet"]["status"], mean["noord*niet"]["reason"]) == ("O", "no_base")
    insight = pick(estimates, "effect", "inzicht", by="wgo*bekend", group="noord*inhoud")
    assert (insight["estimate"], insight["numerator"], insight["denominator"]) == (0.75, 3, 4)
    # Neither question is broken down by itself.
    assert set(estimates.loc[estimates["by"] == "wgo*bekend", "question"]) == {"cijfer", "effect", "idee"}


def test_a_table_with_one_small_combination_is_hidden_whole(mini: Path) -> None:
    estimates = run_meting(crossed(mini, min_base=3)).estimates
    pair = estimates[estimates["by"] == "wgo*bekend"]
    assert set(pair["status"]) == {"Q"}
    assert set(pair["reason"]) == {"small_base", "complementary"}
    assert pair[["estimate", "numerator", "denominator"]].isna().all(axis=None)


@pytest.mark.parametrize("min_base", [1, 3])
def test_the_audit_runs_on_it(mini: Path, min_base: int, tmp_path: Path) -> None:
    crossed(mini, min_base=min_base)
    CliRunner().invoke(main, ["audit", str(mini), "-o", str(tmp_path / "found.csv")])
    found = pd.read_csv(tmp_path / "found.csv", keep_default_na=False)
    assert found.loc[found["by"] == "wgo*bekend"].empty


@pytest.mark.parametrize(
    ("breakdowns", "message"),
    [
        (
            "[wgo, wgo*brance]",
            "meting.yaml:7: breakdowns: no breakdown 'brance'. Known: 'wgo', 'bekend'.",
        ),
        ("[wgo, wgo*wgo]", "meting.yaml:7: breakdowns: 'wgo*wgo' crosses groups of one question. Cross groups of two."),
        ("[wgo, wgo]", "meting.yaml:7: breakdowns: 'wgo' stands twice. Name it once."),
        ("[wgo*bekend, bekend*wgo]", "meting.yaml:7: breakdowns: 'bekend*wgo' stands twice. Name it once."),
        (
            "[wgo*bekend*wgo]",
            "meting.yaml:7: breakdowns: 'wgo*bekend*wgo' crosses 3 breakdowns. Cross two, such as 'wgo*grootteklasse'.",
        ),
    ],
)
def test_pairs_that_cannot_be(mini: Path, breakdowns: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        crossed(mini, breakdowns)
    assert str(caught.value) == message
