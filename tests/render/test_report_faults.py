"""What a chapter asks of a report and cannot get: one message with the file and the line of the call."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import RenderError
from srsmeting.estimates import estimate_frame
from srsmeting.frames import write_frame

Run = Callable[..., str]
QUESTIONNAIRE = """\
meting: mini-2021
title: Klein
pijlers: [{id: basis, label: Basis}]
questions:
  - {id: bekend, kind: single, title: Bekendheid, text: Kent u het?, pijler: basis, fase: bereik,
     categories: [{code: ja, label: Ja}, {code: nee, label: Nee}]}
"""


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundel"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (folder / "report.json").write_text(json.dumps({"meting": "mini-2021", "title": "Klein", "source": "x"}))
    columns = {"question": ["bekend"] * 2, "category": ["ja", "nee"], "measure": ["share"] * 2}
    columns |= {"meting": ["mini-2021"] * 2, "estimate": [0.75, 0.25], "numerator": [3, 1], "denominator": [4, 4]}
    write_frame(estimate_frame(columns), folder / "estimates.csv")
    return folder


def chapter(bundle: Path, text: str) -> str:
    head = f"# Een\n\n```{{python}}\nimport srsmeting as srs\nr = srs.open_report({str(bundle)!r})\n```\n\n"
    return head + text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '`{python} r.percent("bekent", "ja")`',
            "boek/h1.qmd:8 (inline 'r.percent(\"bekent\", \"ja\")'): questionnaire 'mini-2021': no question 'bekent'. "
            "Did you mean 'bekend'? Known: 'bekend'.",
        ),
        (
            '`{python} r.percent("bekend", "jaa")`',
            "boek/h1.qmd:8 (inline 'r.percent(\"bekend\", \"jaa\")'): question 'bekend': no category 'jaa'. "
            "Did you mean 'ja'? Known: 'ja', 'nee'.",
        ),
        (
            '```{python}\n#| label: tbl-x\n#| tbl-cap: Titel\nr.distribution_table("bekent")\n```',
            "boek/h1.qmd:11 (cell 'tbl-x'): questionnaire 'mini-2021': no question 'bekent'. "
            "Did you mean 'bekend'? Known: 'bekend'.",
        ),
        (
            '`{python} r.percent("bekend", "ja"`',
            "boek/h1.qmd:8 (inline 'r.percent(\"bekend\", \"ja\"'): SyntaxError: '(' was never closed",
        ),
    ],
)
def test_what_does_not_exist(run: Run, bundle: Path, text: str, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        run(chapter(bundle, f"{text}\n"))

    assert str(caught.value) == message


def test_all_places_that_name_what_does_not_exist_are_told_at_once(run: Run, bundle: Path) -> None:
    text = '`{python} r.percent("weg", "ja")` en `{python} r.percent("bekend", "ja")`\n\n```{python}\nr.figure("weg")\n```\n'
    with pytest.raises(RenderError) as caught:
        run(chapter(bundle, text))

    why = "questionnaire 'mini-2021': no question 'weg'. Known: 'bekend'."
    assert str(caught.value) == f'boek/h1.qmd:8 (inline \'r.percent("weg", "ja")\'): {why}\nboek/h1.qmd:11: {why}'
    assert [(fault.line, fault.message) for fault in caught.value.faults] == [(8, why), (11, why)]


def test_what_comes_of_a_name_that_does_not_exist_is_not_told_in_its_place(run: Run, bundle: Path) -> None:
    with pytest.raises(RenderError) as caught:
        run(chapter(bundle, '```{python}\nx = r.percent("weg", "ja")\n```\n\n`{python} x.upper()`\n'))

    assert str(caught.value) == "boek/h1.qmd:9: questionnaire 'mini-2021': no question 'weg'. Known: 'bekend'."


def test_estimates_of_another_version(run: Run, bundle: Path) -> None:
    file = bundle / "estimates.csv"
    file.write_text(re.sub(r",[^,\n]*$", "", file.read_text(), flags=re.MULTILINE))
    with pytest.raises(RenderError) as caught:
        run(chapter(bundle, ""))

    columns = (
        "meting, question, item, category, by, group, measure, estimate, se, ci_low, ci_high, numerator, denominator, "
        "method, status"
    )
    assert str(caught.value) == (
        f"boek/h1.qmd:5: estimates.csv: the columns are {columns}. Make the frame with estimate_frame(). "
        f"An estimate frame has {columns}, reason."
    )
