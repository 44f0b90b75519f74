"""The report of a repeat knows which names of earlier years are gone."""

import json
from pathlib import Path

from srsmeting.bundling import write_bundle
from srsmeting.meting import load_meting
from srsmeting.running import run_meting
from srsmeting.years import compare_earlier


def test_a_bundle_tells_what_is_called_otherwise(repeat: Path, tmp_path: Path) -> None:
    for name, old, new in (
        ("questionnaire.yaml", "code: gehoord", "code: ooit"),
        ("crosswalk.csv", "mini-2022,bekend,gehoord,Van gehoord,same", "mini-2022,bekend,ooit,Van gehoord,renamed"),
    ):
        text = (repeat / name).read_text(encoding="utf-8")
        assert old in text
        (repeat / name).write_text(text.replace(old, new), encoding="utf-8")
    meting = load_meting(repeat)
    run = run_meting(meting)
    write_bundle(meting, run.estimates, tmp_path / "bundle", compare_earlier(meting, run))

    assert json.loads((tmp_path / "bundle" / "report.json").read_text(encoding="utf-8"))["gone"] == [
        {
            "level": "answer",
            "name": "gehoord",
            "of": "bekend",
            "last": "mini-2021",
            "since": "mini-2022",
            "became": ["ooit"],
            "merged": False,
        }
    ]
