"""A report on twenty invented answers, small enough to check every sentence on paper."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.frames import write_frame
from srsmeting.report import Report, open_report

QUESTIONNAIRE = """\
meting: mini-2021
title: Nulmeting in het klein
pijlers:
  - {id: algemeen, label: Algemeen}
  - {id: basis, label: Basis, aim: Een gedeeld beeld.}
  - {id: leren, label: Leren, aim: Scholing die past.}
coverage_branches:
  - {code: ziekenhuizen, label: Ziekenhuizen}
  - {code: ggz, label: Geestelijke gezondheidszorg (GGZ)}
  - {code: revalidatie, label: Revalidatiecentra}
questions:
  - id: wgo
    kind: single
    title: Werkgeversorganisatie (WGO)
    text: Welke WGO?
    pijler: algemeen
    fase: algemeen
    categories: [{code: flever, label: Flever}, {code: sigra, label: Sigra}, {code: wzw, label: WZW}]
  - id: branche
    kind: single
    title: Branche
    text: Welke branche?
    pijler: algemeen
    fase: algemeen
    categories:
      - {code: ziekenhuizen, label: Ziekenhuizen}
      - {code: ggz, label: Geestelijke gezondheidszorg (GGZ)}
  - id: cijfer
    kind: mark
    title: Rapportcijfer
    text: Welk cijfer?
    pijler: algemeen
    fase: algemeen
    exhibit: figuur 1.1
    range: [1, 10]
  - id: bekend
    kind: single
    title: Bekendheid
    text: Kent u het onderzoek?
    topic: het onderzoek
    pijler: basis
    fase: bereik
    categories:
      - {code: inhoud, label: Bekend met de inhoud, who: "bekend zijn met de inhoud van {topic}"}
      - {code: niet, label: Niet bekend, who: "{topic} niet kennen"}
  - id: bekend_cursus
    kind: single
    title: Bekendheid van de cursus
    text: Kent u de cursus?
    topic: de cursus
    pijler: leren
    fase: bereik
    categories: [{code: inhoud, label: Bekend met de inhoud}, {code: niet, label: Niet bekend}]
  - id: effect
    kind: multiple
    title: Effecten
    text: Wat is er veranderd?
    pijler: basis
    fase: effect
    asked_if: bekend == inhoud
    categories:
      - {code: inzicht, label: Meer inzicht}
      - {code: beleid, label: Nieuw beleid}
      - {code: hr, label: HR-plannen}
      - {code: anders, label: Andere effecten, kind: other}
      - {code: geen, label: Geen effect, kind: none_of_these}
  - id: impact
    kind: statements
    title: Impact
    text: Bent u het eens?
    pijler: leren
    fase: impact
    items: [{id: uitval, label: Er viel minder uit}, {id: instroom, label: Er kwam meer in}]
    categories: [{code: eens, label: Eens}, {code: oneens, label: Oneens}]
  - id: idee
    kind: open
    title: Ideeën
    text: Wat kan beter?
    pijler: algemeen
    fase: algemeen
"""

TEXTS: dict[str, object] = {
    "meting": "mini-2021",
    "title": "Nulmeting in het klein",
    "source": "Een verzonnen enquête",
    "notice": "De antwoorden zijn verzonnen.",
    "period": "2021",
    "rules": {"wgo": {"min_respondents": 5, "min_response": 0.2}},
}

#: The unrounded number, the counts behind it (or None), status and reason.
Row = tuple[float | None, int | None, int | None, str, str]


def share(numerator: int, denominator: int) -> Row:
    return (numerator / denominator, numerator, denominator, "A", "")


def mean(estimate: float, denominator: int = 20) -> Row:
    return (estimate, None, denominator, "A", "")


HIDDEN: Row = (None, None, None, "Q", "small_base")
EMPTY: Row = (None, 0, 0, "O", "no_base")

#: question, item, category, by, group, measure: what the small report says.
ROWS: dict[tuple[str, str, str, str, str, str], Row] = {
    ("bekend", "", "inhoud", "", "", "share"): share(13, 20),
    ("bekend", "", "niet", "", "", "share"): share(7, 20),
    ("bekend", "", "inhoud", "wgo", "flever", "share"): HIDDEN,
    ("bekend", "", "inhoud", "wgo", "sigra", "share"): share(6, 8),
    ("bekend", "", "inhoud", "wgo", "wzw", "share"): share(5, 10),
    ("bekend_cursus", "", "inhoud", "", "", "share"): share(2, 20),
    ("bekend_cursus", "", "niet", "", "", "share"): share(18, 20),
    ("effect", "", "inzicht", "", "", "share"): share(8, 13),
    ("effect", "", "beleid", "", "", "share"): share(4, 13),
    ("effect", "", "hr", "", "", "share"): share(4, 13),
    ("effect", "", "anders", "", "", "share"): share(0, 13),
    ("effect", "", "geen", "", "", "share"): share(3, 13),
    ("impact", "uitval", "eens", "", "", "share"): share(5, 20),
    ("impact", "uitval", "oneens", "", "", "share"): share(15, 20),
    ("impact", "instroom", "eens", "", "", "share"): share(9, 20),
    ("impact", "instroom", "oneens", "", "", "share"): share(11, 20),
    ("idee", "", "answered", "", "", "share"): share(1, 20),
    ("cijfer", "", "", "", "", "mean"): mean(7.25),
    ("cijfer", "", "", "branche", "ziekenhuizen", "mean"): mean(7.64, 12),
    ("cijfer", "", "", "branche", "ggz", "mean"): mean(7.2, 8),
    ("cijfer", "", "", "bekend", "inhoud", "mean"): mean(7.31, 13),
    ("cijfer", "", "", "bekend", "niet", "mean"): mean(7.29, 7),
    ("", "", "", "", "", "response_rate"): share(20, 80),
    ("", "", "", "wgo", "flever", "response_rate"): share(2, 10),
    ("", "", "", "wgo", "sigra", "response_rate"): share(8, 30),
    ("", "", "", "wgo", "wzw", "response_rate"): share(10, 40),
    ("", "2019", "", "", "", "coverage"): share(66, 100),
    ("", "2019", "", "branche", "ziekenhuizen", "coverage"): (0.69, 69, 100, "W", "includes_other"),
    ("", "2019", "", "branche", "ggz", "coverage"): share(82, 100),
    ("", "2019", "", "branche", "revalidatie", "coverage"): (None, None, None, "K", "included_elsewhere"),
    ("", "2021", "", "", "", "coverage"): share(68, 100),
    ("", "2021", "", "branche", "ziekenhuizen", "coverage"): share(67, 100),
    ("", "2021", "", "branche", "ggz", "coverage"): share(85, 100),
    ("", "2021", "", "branche", "revalidatie", "coverage"): share(87, 100),
    ("", "2021", "", "", "", "coverage_change"): (0.02, None, None, "A", ""),
    ("", "2021", "", "branche", "ziekenhuizen", "coverage_change"): (-0.02, None, None, "B", "trend_break"),
    ("", "2021", "", "branche", "ggz", "coverage_change"): (0.001, None, None, "A", ""),
    ("", "2021", "", "branche", "revalidatie", "coverage_change"): (None, None, None, "O", "included_elsewhere"),
}

Changes = dict[tuple[str, str, str, str, str, str], Row | None]
OpenReport = Callable[..., Report]


def frame(changes: Changes) -> pd.DataFrame:
    rows = {key: row for key, row in {**ROWS, **changes}.items() if row is not None}
    return bind_estimates(
        *(
            estimate_frame(
                {
                    **dict(zip(("question", "item", "category", "by", "group", "measure"), key, strict=True)),
                    "meting": "mini-2021",
                    "estimate": float("nan") if estimate is None else estimate,
                    "numerator": pd.NA if numerator is None else numerator,
                    "denominator": pd.NA if denominator is None else denominator,
                    "status": status,
                    "reason": reason,
                }
            )
            for key, (estimate, numerator, denominator, status, reason) in rows.items()
        )
    )


def write(folder: Path, changes: Changes | None = None, **texts: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "questionnaire.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    (folder / "report.json").write_text(json.dumps({**TEXTS, **texts}), encoding="utf-8")
    write_frame(frame(changes or {}), folder / "estimates.csv")
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Folder of the small report."""
    return write(tmp_path / "bundle")


@pytest.fixture
def opened(tmp_path: Path) -> OpenReport:
    """Open the small report with some of its rows replaced (None drops one) and some of its texts."""

    def make(changes: Changes | None = None, **texts: object) -> Report:
        return open_report(write(tmp_path / "bundle", changes, **texts))

    return make


@pytest.fixture
def r(bundle: Path) -> Report:
    """Open the small report as it is."""
    return open_report(bundle)
