"""A small questionnaire with every kind of question, written out so that a test can break one line of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.questionnaire import Questionnaire, load_questionnaire

SMALL = """\
meting: proef
title: Proef
pijlers:
  - {id: basis, label: Basis}
scales:
  bekendheid:
    categories:
      - {code: inhoud, export: A1, label: Ken ik, who: "bekend zijn met {topic}"}
      - {code: gehoord, export: A2, label: Gehoord, who: "gehoord hebben van {topic}"}
      - {code: onbekend, export: A3, label: Onbekend}
    sums:
      - {code: samen, label: Samen, of: [inhoud, gehoord], who: "weet hebben van {topic}"}
groupings:
  - {id: regio_grof, of: regio, label: Regio, groups: [{code: rest, label: Rest, of: [oost, zuid]}]}
questions:
  - id: regio
    export: Q1
    kind: single
    title: Regio
    text: In welke regio werkt u?
    pijler: basis
    fase: algemeen
    categories: [{code: noord, label: Noord}, {code: oost, label: Oost}, {code: zuid, label: Zuid}]
  - id: cijfer
    kind: mark
    title: Cijfer
    text: Welk cijfer geeft u?
    pijler: basis
    fase: algemeen
    exhibit: figuur 1.1
    range: [1, 10]
    sums: [{code: hoog, label: Hoog, of: [9, 10]}]
  - id: krant
    kind: single
    title: Krant
    text: Kent u de krant?
    topic: de krant
    pijler: basis
    fase: bereik
    scale: bekendheid
  - id: effect
    kind: multiple
    title: Effect
    text: Wat veranderde er?
    pijler: basis
    fase: effect
    asked_if: krant == inhoud
    categories:
      - {code: meer, label: Meer lezers}
      - {code: anders, export: other, label: Anders, kind: other}
      - {code: niets, label: Niets, kind: none_of_these}
  - id: inzet
    kind: statements
    title: Inzet
    text: Zet u meer in op deze vaardigheden?
    pijler: basis
    fase: effect
    outside_base: [dont_know]
    categories:
      - {code: ja, label: Ja, who: "meer inzetten op {item}"}
      - {code: nee, label: Nee}
      - {code: weet_niet, label: Weet niet, kind: dont_know}
    items:
      - {id: lezen, label: Lezen, topic: lezen}
      - {id: rekenen, label: Rekenen, topic: rekenen}
  - id: lezers
    kind: number
    title: Lezers
    text: Hoeveel lezers telt u?
    pijler: basis
    fase: impact
  - id: wens
    kind: open
    title: Wens
    text: Wat wenst u?
    pijler: basis
    fase: algemeen
    asked_if: selected(effect, meer) or inzet.lezen == ja
"""


@pytest.fixture
def small_text() -> str:
    return SMALL


@pytest.fixture
def small_file(tmp_path: Path) -> Callable[..., Path]:
    """Write the small questionnaire, with some pieces of its text replaced."""

    def write(*replacements: tuple[str, str]) -> Path:
        text = SMALL
        for old, new in replacements:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the small questionnaire"
            text = text.replace(old, new)
        file = tmp_path / "q.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def small(small_file: Callable[..., Path]) -> Questionnaire:
    return load_questionnaire(small_file())
