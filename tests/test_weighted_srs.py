"""The bundled measurement with one line more in its meting.yaml: weighted, and published by what it is weighted to."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from srsmeting.bundled import bundled
from srsmeting.disclosure import audit_meting
from srsmeting.meting import Meting, load_meting
from srsmeting.running import run_meting

#: Their regions had 4 of 18 and 8 of 19: fewer than 10 respondents.
SMALL = ["flever", "samen_voor_betere_zorg"]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("srs")
    shutil.copytree(bundled("analyses/srs_2021"), top / "analyses" / "srs_2021")
    shutil.copytree(bundled("questionnaires"), top / "questionnaires")
    return top / "analyses" / "srs_2021"


def weighted(folder: Path, margins: str) -> Meting:
    config = (bundled("analyses/srs_2021") / "meting.yaml").read_text(encoding="utf-8")
    (folder / "meting.yaml").write_text(f"{config}\nweights: {margins}\n", encoding="utf-8")
    return load_meting(folder)


@pytest.mark.parametrize("margins", ["[wgo]", "[wgo, grootteklasse]"])
def test_weighted_to_what_it_is_published_by(copied: Path, margins: str) -> None:
    meting = weighted(copied, margins)
    frame = run_meting(meting).estimates
    known = frame[(frame["question"] == "bekend_onderzoek") & (frame["by"] == "wgo")]
    shown = known.groupby("group", sort=False)["status"].agg(lambda statuses: set(statuses) != {"Q"})
    assert len(shown) == 13
    assert sorted(shown.index[~shown]) == SMALL

    counted = run_meting(load_meting(bundled("analyses/srs_2021"))).estimates
    both = frame.merge(counted, on=["question", "item", "category", "by", "group", "measure"], suffixes=("", "_of"))
    assert len(both) == len(counted)
    hidden = both["status"] == "Q"
    assert (hidden == (both["status_of"] == "Q")).all()
    assert hidden.sum() > 1000

    weights = frame[(frame["measure"] == "weight") & (frame["question"] == "") & (frame["by"] == "wgo")]
    pooled = weights[weights["method"] == "pooled"]
    assert pooled["group"].tolist() == SMALL
    # Together 12 of 37, where 301 of 985 responded in all.
    assert pooled["estimate"].tolist() == pytest.approx([37 / 12 * 301 / 985] * 2, rel=1e-9)

    audit = audit_meting(meting)
    assert audit.found.empty, audit.found.to_string()
    assert (
        audit.unexamined
        == {
            "[wgo]": (
                "weighted shares by 'branche_samengevoegd', 'grootteklasse_samengevoegd', 'betrokkenheid', within whose "
                "groups weights differ",
                "the intervals of weighted figures, and weighted means",
            ),
            "[wgo, grootteklasse]": (
                "weighted shares: the weights do not follow from one margin alone",
                "the intervals of weighted figures, and weighted means",
            ),
        }[margins]
    )
