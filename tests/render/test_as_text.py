"""Labels that look like markup are printed as they stand, and the same input gives the same bytes, in every format."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

from srsmeting.estimates import estimate_frame
from srsmeting.frames import write_frame

#: Labels of answers, each in a language that one of the steps speaks.
HOSTILE = {
    "html": "Zie <b>vet</b> <script>alert(1)</script> & <!-- weg -->",
    "markdown": "Een *ster* _lijn_ [link](http://x.example) ![p](y.png) # kop `code` ~a~ ^b^",
    "math": "Kost $x^2$ of $$y$$ en \\alpha {#fig-x} @fig-bekend",
    "typst": '#set text(red) #image("x.png") <label> @ref #let a = 1 // weg',
    "formula": "=1+1 en @SOM(A1) -2 +3",
    "quarto": "`{python} 1/0` {{< include x.qmd >}} ::: {.callout-note}",
    "list": "1. Een -- twee --- drie ... 'vier' \"vijf\"",
}
QUESTIONNAIRE = """\
meting: mini-2021
title: {title}
pijlers: [{{id: basis, label: Basis, aim: Een beeld.}}]
questions:
  - id: bekend
    kind: single
    title: {title}
    text: Kent u het?
    topic: het onderzoek
    pijler: basis
    fase: bereik
    categories:
{categories}
"""
CHAPTER = """# Een {#sec-een}

```{python}
#| include: false
import srsmeting as srs

r = srs.open_report()
```

Kop `{python} r.percent("bekend", "html")`. `{python} r.ranked("bekend", "Het vaakst")` Zie @fig-bekend en @tbl-bekend.

```{python}
r.figure("bekend")
```

```{python}
r.distribution_table("bekend")
```
"""
SCRIPT = """
import sys
from pathlib import Path
from srsmeting.render import render_report
bundle, project, out = map(Path, sys.argv[1:])
formats = ("html", "docx", "pdf")
env = {"SRSMETING_REPORT": str(bundle), "SRSMETING_FORMATS": ",".join(formats)}
render_report(project, to=formats, out=out, engine="embedded", env=env)
"""


def bundle(folder: Path) -> Path:
    folder.mkdir()
    lines = [f"      - {{code: {code}, label: {json.dumps(label)}}}" for code, label in HOSTILE.items()]
    title = json.dumps(HOSTILE["html"])
    text = QUESTIONNAIRE.format(title=title, categories="\n".join(lines))
    (folder / "questionnaire.yaml").write_text(text, encoding="utf-8")
    texts = {"meting": "mini-2021", "title": "Klein", "source": HOSTILE["typst"], "notice": HOSTILE["markdown"]}
    (folder / "report.json").write_text(json.dumps(texts), encoding="utf-8")
    counts = range(70, 70 - 10 * len(HOSTILE), -10)
    frame = estimate_frame(
        {
            "meting": ["mini-2021"] * len(HOSTILE),
            "question": ["bekend"] * len(HOSTILE),
            "category": list(HOSTILE),
            "measure": ["share"] * len(HOSTILE),
            "estimate": [count / 280 for count in counts],
            "numerator": list(counts),
            "denominator": [280] * len(HOSTILE),
        }
    )
    write_frame(frame, folder / "estimates.csv")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Render the same book twice: with other hashes, from another folder, called by another path."""
    folder = tmp_path_factory.mktemp("tekst")
    source, project = bundle(folder / "bundel"), folder / "boek"
    project.mkdir()
    (project / "_quarto.yml").write_text(
        "project: {type: book}\nbook: {title: Boek, chapters: [index.qmd, h1.qmd]}\nlang: nl\njupyter: python3\n"
        "execute: {echo: false}\n"
    )
    (project / "index.qmd").write_text(
        "# Vooraf\n\n```{python}\nimport srsmeting as srs\nsrs.open_report().notice()\n```\n"
    )
    (project / "h1.qmd").write_text(CHAPTER)
    (folder / "elders").mkdir()
    outs = [folder / "uit1", folder / "uit2"]
    for out, seed, cwd, named in (
        (outs[0], "1", folder, Path("boek")),
        (outs[1], "4242", folder / "elders", Path("../boek")),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", SCRIPT, str(source), str(named), str(out)]
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return outs


def test_the_same_input_gives_the_same_bytes_in_every_format(made: list[Path]) -> None:
    for format_ in ("html", "docx", "pdf"):
        first, second = ((out / f"boek.{format_}").read_bytes() for out in made)
        assert first == second, format_


def flat(text: str) -> str:
    """Take out the spaces, which lines and columns move about."""
    return re.sub(r"[\s\u00a0\u200b]+", "", text)


def words(out: Path) -> dict[str, str]:
    """Return the text of every format, without spaces."""
    page = (out / "boek.html").read_text(encoding="utf-8")
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", "", page[page.index("<body") :], flags=re.DOTALL)
    with zipfile.ZipFile(out / "boek.docx") as file:
        word = file.read("word/document.xml").decode()
    runs = re.findall(r"<w:t\b[^>]*>([^<]*)</w:t>", word)
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(out / "boek.pdf").pages)
    texts = {"html": html.unescape(re.sub(r"<[^>]+>", "", body)), "docx": html.unescape("".join(runs)), "pdf": pdf}
    return {name: flat(text) for name, text in texts.items()}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_label_that_looks_like_markup_is_printed_as_it_stands(made: list[Path], kind: str) -> None:
    label = flat(HOSTILE[kind]).lower()
    for format_, text in words(made[0]).items():
        # In the table, and in the sentence (there without its capital). What is read from a PDF mixes the lines of a
        # table.
        assert text.lower().count(label) >= (1 if format_ == "pdf" else 2), format_


def test_nothing_of_it_came_alive(made: list[Path]) -> None:
    page = (made[0] / "boek.html").read_text(encoding="utf-8")
    assert "alert(1)</script>" not in page
    assert 'http://x.example"' not in page
    with zipfile.ZipFile(made[0] / "boek.docx") as file:
        assert b"x.example" not in file.read("word/_rels/document.xml.rels")


def test_the_alt_text_is_what_stands_in_the_figure(made: list[Path]) -> None:
    page = (made[0] / "boek.html").read_text(encoding="utf-8")
    (alt,) = re.findall(r'alt="([^"]*)"', page)
    assert HOSTILE["html"][4:20] in html.unescape(alt)
