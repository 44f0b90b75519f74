"""What is wrong with years that are to be compared is one message, with the year and the line."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from srsmeting.bundled import bundled
from srsmeting.cli import main


@pytest.fixture
def analyses(tmp_path: Path) -> Path:
    for name in ("analyses", "questionnaires"):
        shutil.copytree(bundled(name), tmp_path / name)
    return tmp_path / "analyses"


def _refused(analyses: Path) -> str:
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2022"), "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr.startswith("srsmeting: ")
    return result.stderr.removeprefix("srsmeting: ")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "srs_2022/crosswalk.csv",
            "merged,yes,Viazorg en WZW zijn samengegaan.",
            "renamed,yes,",
            "srs_2022/crosswalk.csv:14: 'viazorg' of 'wgo' and 'wzw' of 'wgo' both go to 'fusie_zuid' of 'wgo', but line 14 "
            "says 'renamed'. Write 'merged' at each, or correct the codes.\n",
        ),
        (
            "srs_2022/crosswalk.csv",
            "srs-2021,wgo,flever,Flever,srs-2022,wgo,flever,Flever,same,yes,",
            "srs-2021,wgo,flever,Flever,srs-2022,wgo,flever,Flever,?,?,",
            "srs_2022/crosswalk.csv:4: 'flever' of 'wgo': 'kind' and 'comparable' are still open. Decide.\n",
        ),
        (
            "srs_2022/crosswalk.csv",
            "srs-2021,wgo,flever,Flever,srs-2022,wgo,flever,Flever,same,yes,\n",
            "",
            "srs_2022/crosswalk.csv: leaves out 'flever' of 'wgo' in srs-2021. Add a row.\n"
            "srs_2022/crosswalk.csv: leaves out 'flever' of 'wgo' in srs-2022. Add a row.\n",
        ),
        (
            "srs_2021/record/1/estimates.csv",
            "srs-2021,bekend_leren",
            "srs-2021,bekend_lezen",
            "srs_2021/record/1/estimates.csv: was changed after it was recorded. Take it back from a copy; a correction is "
            "a record of its own.\n",
        ),
        (
            "srs_2021/meting.yaml",
            "    reason: Die was anders opgezet, en tussen de metingen lag de coronapandemie.\n",
            "",
            "srs_2021/meting.yaml:26: not_comparable 1: key 'reason' is missing.\n",
        ),
    ],
    ids=["not said to be merged", "open", "left out", "record changed", "no reason"],
)
def test_a_fault_in_a_file(analyses: Path, file: str, old: str, new: str, message: str) -> None:
    path = analyses / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

    assert _refused(analyses) == message


def test_a_frame_that_shrank_below_the_respondents(analyses: Path) -> None:
    """Also of a year whose figures were recorded, and are not made again."""
    frame = analyses / "srs_2021" / "frame.csv"
    frame.write_text("".join(frame.read_text(encoding="utf-8").splitlines(keepends=True)[:200]), encoding="utf-8")

    assert _refused(analyses) == (
        "srs_2021/frame.csv: has fewer organisations that could respond (199) than respondents (301). Complete the frame, "
        "or set responses aside.\n"
    )


def test_a_year_without_answers(analyses: Path) -> None:
    config = analyses / "srs_2021" / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("frame: frame.csv\n", ""), encoding="utf-8")

    assert _refused(analyses) == (
        f"{config}: names no 'frame', and who answered both times is not known without it. Add it.\n"
    )


def test_from_inside_its_folder_a_year_has_a_name_too(analyses: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walk = analyses / "srs_2022" / "crosswalk.csv"
    walk.write_text(walk.read_text(encoding="utf-8").replace(",functie,,", ",functei,,", 1), encoding="utf-8")
    record = analyses / "srs_2021" / "record" / "1" / "estimates.csv"
    monkeypatch.chdir(analyses / "srs_2022")
    told = CliRunner().invoke(main, ["compare", ".", "-o", "-"]).stderr.splitlines()

    assert told[0].startswith("srsmeting: srs_2022/crosswalk.csv:")
    shutil.copy(bundled("analyses/srs_2022") / "crosswalk.csv", walk)
    record.write_text(record.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["compare", ".", "-o", "-"]).stderr == (
        "srsmeting: srs_2021/record/1/estimates.csv: was changed after it was recorded. Take it back from a copy; a "
        "correction is a record of its own.\n"
    )
