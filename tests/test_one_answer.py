"""Changing one answer in the export changes the number, the word for it, the bar and the alt text together."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.bundling import write_bundle
from srsmeting.meting import load_meting
from srsmeting.report import Report, open_report
from srsmeting.running import run_meting

#: The width of a whole bar: that of the text of the report, in points.
WHOLE = 454

#: Changes answers in the export of the small measurement, {respondent: (from, to)}, and opens the report on it.
Opened = Callable[[dict[int, tuple[str, str]]], Report]


@pytest.fixture
def opened(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    def make(changes: dict[int, tuple[str, str]]) -> Report:
        header, *rows = (mini / "export.csv").read_bytes().decode("utf-8-sig").split("\r\n")
        place = header.split(";").index('"G01Q03"')
        for respondent, (old, new) in changes.items():
            (at,) = [number for number, row in enumerate(rows) if row.startswith(f'"{respondent}";')]
            cells = rows[at].split(";")
            assert cells[place] == f'"{old}"'
            cells[place] = f'"{new}"'
            rows[at] = ";".join(cells)
        (mini / "export.csv").write_bytes(("\ufeff" + "\r\n".join([header, *rows])).encode())
        meting = load_meting(mini)
        bundle = tmp_path / "bundle"
        bundle.mkdir()
        write_bundle(meting, run_meting(meting).estimates, bundle)
        return open_report(bundle)

    monkeypatch.chdir(tmp_path)
    return make


@pytest.mark.parametrize(
    ("changes", "number", "word", "bars", "alt"),
    [
        # Of 10 respondents 6 know the content (A1), 2 have heard of it (A2) and 2 do not know it (A3).
        (
            {},
            "60\u00a0procent",
            "meer dan de helft",
            [60, 20, 20],
            "Grootste groep: Bekend met de inhoud (60%). "
            "Verdeling in een gestapelde staaf: Bekend met de inhoud (60%); Van gehoord (20%); Niet bekend (20%).",
        ),
        (
            {8: ("A3", "A1")},
            "70\u00a0procent",
            "ruim twee derde",
            [70, 20, 10],
            "Grootste groep: Bekend met de inhoud (70%). "
            "Verdeling in een gestapelde staaf: Bekend met de inhoud (70%); Van gehoord (20%); Niet bekend (10%).",
        ),
        (
            {1: ("A1", "A3"), 2: ("A1", "A3"), 3: ("A1", "A3"), 4: ("A1", "A3"), 5: ("A2", "A3")},
            "20\u00a0procent",
            "een vijfde",
            [20, 10, 70],
            "Grootste groep: Niet bekend (70%). "
            "Verdeling in een gestapelde staaf: Bekend met de inhoud (20%); Van gehoord (10%); Niet bekend (70%).",
        ),
    ],
    ids=["as given", "one answer", "several answers"],
)
def test_number_word_bar_and_alt_text_follow_the_export(
    opened: Opened, changes: dict[int, tuple[str, str]], number: str, word: str, bars: list[int], alt: str
) -> None:
    r = opened(changes)
    figure = r.figure("bekend")._repr_markdown_()
    (picture, told) = re.findall(r'!\[\]\((\S+)\)\{fig-alt="([^"]*)"\}', figure)[0]

    assert r.percent("bekend", "inhoud") == number
    assert r.words("bekend", "inhoud") == word
    assert told == alt
    assert drawn_bars(Path(picture).read_text(encoding="utf-8")) == pytest.approx([WHOLE * bar / 100 for bar in bars])


def drawn_bars(svg: str) -> list[float]:
    """Return the widths of the shapes in the axes that hold bars; those with the texts lie over them."""
    (axes,) = re.findall(r'<g id="axes_1">(.*?)\n  </g>', svg, re.DOTALL)
    shapes = [[float(x) for x in re.findall(r"[ML] (-?[\d.]+) ", path)] for path in re.findall(r' d="([^"]+)"', axes)]
    return [max(xs) - min(xs) for xs in shapes]
