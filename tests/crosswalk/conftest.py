"""A questionnaire with every kind of question, a year later changed in one place, and the crosswalk between the two."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from srsmeting.crosswalk import Crosswalk, propose_crosswalk, read_crosswalk
from srsmeting.crosswalk.rows import COLUMNS, Row
from srsmeting.errors import CrosswalkError
from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.responses import Responses, status_columns

TEXT = """\
meting: mini-2021
title: In het klein
pijlers: [{id: basis, label: Basis}]
groupings:
  - {id: branche_grof, of: branche, label: Branche, groups: [{code: rest, label: Rest, of: [ggz, jeugd]}]}
questions:
  - id: wgo
    kind: single
    title: Regio
    text: In welke regio werkt u?
    pijler: basis
    fase: algemeen
    categories: [{code: noord, label: Noord}, {code: zuid, label: Zuid}, {code: oost, label: Oost}]
  - id: branche
    kind: single
    title: Branche
    text: Tot welke branche rekent u zich?
    pijler: basis
    fase: algemeen
    categories: [{code: vvt, label: VVT}, {code: ggz, label: Ggz}, {code: jeugd, label: Jeugdzorg}]
  - {id: cijfer, kind: mark, title: Cijfer, text: "Welk cijfer geeft u over 2021?", pijler: basis, fase: impact,
     range: [1, 10], sums: [{code: hoog, label: 8 of hoger, of: [8, 9, 10]}]}
  - id: bekend
    kind: single
    title: Bekendheid
    text: Kent u het onderzoek?
    pijler: basis
    fase: bereik
    outside_base: [dont_know]
    categories:
      - {code: inhoud, label: Ken ik, who: het onderzoek kennen}
      - {code: gehoord, label: Van gehoord}
      - {code: niet, label: Niet bekend}
      - {code: weet_niet, label: Weet niet, kind: dont_know}
    sums: [{code: samen, label: Ooit gehoord, of: [inhoud, gehoord]}]
  - id: effect
    kind: multiple
    title: Effect
    text: Wat veranderde er?
    pijler: basis
    fase: effect
    asked_if: bekend == inhoud
    categories: [{code: beleid, label: Beleid}, {code: inzicht, label: Inzicht}, {code: geen, label: Niets, kind: none_of_these}]
  - id: impact
    kind: statements
    title: Impact
    text: Bent u het eens?
    pijler: basis
    fase: impact
    categories: [{code: eens, label: Eens}, {code: oneens, label: Oneens}]
    items: [{id: meer, label: Er is meer}, {id: beter, label: Het is beter}]
  - {id: fte, kind: number, title: Omvang, text: "Hoeveel fte?", pijler: basis, fase: algemeen}
  - {id: idee, kind: open, title: Ideeën, text: "Wat kan beter?", pijler: basis, fase: impact,
     themes: [{code: behoud, label: Behoud, definition: Wie er werkt.}, {code: imago, label: Imago}]}
"""


def _questionnaire(*changes: tuple[str, str], meting: str = "mini-2022") -> Questionnaire:
    text = TEXT.replace("mini-2021", meting).replace("over 2021", f"over {meting[-4:]}")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return parse_questionnaire(yaml.safe_load(text))


@pytest.fixture(scope="session")
def questionnaire() -> Callable[..., Questionnaire]:
    """Make the questionnaire of a year, with these places of its text changed."""
    return _questionnaire


_ROW = re.compile(r"(.*?) ?-> ?(.*?): (.+?), (yes|break|no|\?)(?: \((.*)\))?")
Cells = tuple[str, ...]


class Draft:
    """A proposed crosswalk that a researcher works on; a row reads "wgo/zuid -> wgo/oost: merged, yes (reason)"."""

    def __init__(self, folder: Path, later: Questionnaire, earlier: Questionnaire) -> None:
        self.path = folder / "crosswalk.csv"
        self.earlier, self.later = earlier, later
        self.rows = [self._cells(row) for row in propose_crosswalk(earlier, later).rows]

    @property
    def told(self) -> list[str]:
        """The rows, but for those that say that nothing changed."""
        rows = [self._text(cells) for cells in self.rows]
        return [row for row in rows if not row.endswith(": same, yes")]

    def decide(self, *texts: str) -> "Draft":
        """Put rows in the place of those about the same things."""
        decided = [self._parse(text) for text in texts]
        for cells in decided:
            self.rows = [old for old in self.rows if not self._about(old) & self._about(cells)]
        self.rows += decided
        return self

    def add(self, *texts: str) -> "Draft":
        """Add rows at the end."""
        self.rows += [self._parse(text) for text in texts]
        return self

    def without(self, *texts: str) -> "Draft":
        """Leave rows out: those about these of the earlier year, or "-> " of the later one."""
        for text in texts:
            side, name = (2, text[3:]) if text.startswith("-> ") else (0, text)
            variable, _, code = name.partition("/")
            kept = [old for old in self.rows if old[side : side + 2] != (variable, code)]
            assert len(kept) < len(self.rows), text
            self.rows = kept
        return self

    def line(self, names: str) -> int:
        """Return the line of the first row "wgo/zuid -> wgo/oost"."""
        return next(n for n, cells in enumerate(self.rows, 2) if self._text(cells).startswith(names + ":"))

    def write(self) -> Path:
        """Write the file."""
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for a, b, c, d, *rest in self.rows:
                writer.writerow([self.earlier.meting, a, b, "", self.later.meting, c, d, "", *rest])
        return self.path

    def read(self) -> Crosswalk:
        """Write the file and read it."""
        return read_crosswalk(self.write(), self.earlier, self.later)

    def refused(self) -> str:
        """Return what is said when it is refused."""
        with pytest.raises(CrosswalkError) as caught:
            self.read()
        return str(caught.value)

    @staticmethod
    def _cells(row: Row) -> Cells:
        return (*(row.orig or ("", "")), *(row.target or ("", "")), row.kind, row.comparable, row.reason)

    @staticmethod
    def _parse(text: str) -> Cells:
        found = _ROW.fullmatch(text)
        assert found is not None, text
        names = [part for name in found.groups()[:2] for part in name.partition("/")[::2]]
        return (*names, found[3], found[4], found[5] or "")

    @staticmethod
    def _text(cells: Cells) -> str:
        orig, target = ("/".join(filter(None, cells[n : n + 2])) for n in (0, 2))
        reason = f" ({cells[6]})" if cells[6] else ""
        return f"{orig} -> {target}: {cells[4]}, {cells[5]}{reason}".strip()

    @staticmethod
    def _about(cells: Cells) -> set[tuple[int, str, str]]:
        return {(n, cells[n], cells[n + 1]) for n in (0, 2) if cells[n]}


@pytest.fixture
def draft(tmp_path: Path) -> Callable[..., Draft]:
    """Propose a crosswalk from 2021 to a year in which these places of the questionnaire were changed."""

    def make(*changes: tuple[str, str], meting: str = "mini-2022", earlier: Questionnaire | None = None) -> Draft:
        return Draft(tmp_path, _questionnaire(*changes, meting=meting), earlier or _questionnaire(meting="mini-2021"))

    return make


def _responses(questionnaire: Questionnaire, **given: list[Any]) -> Responses:
    n = len(next(iter(given.values())))
    answers: dict[str, Any] = {}
    status: dict[str, Any] = {}
    for question in questionnaire.questions:
        for column in status_columns(question):
            # None was not answered, "" was not asked.
            values = given.get(column.replace(".", "_"), [None] * n)
            status[column] = np.array(
                [{None: 1, "": 2}.get(value if value in (None, "") else "x", 0) for value in values], np.int8
            )
            if question.kind == "multiple":
                for code in question.codes:
                    answers[f"{question.id}.{code}"] = [bool(value) and code in value for value in values]
            elif question.kind == "number":
                answers[column] = np.array([value if value else np.nan for value in values], dtype=float)
            elif question.kind == "open":
                answers[column] = [bool(value) for value in values]
            else:
                known = [str(value) if value else None for value in values]
                answers[column] = pd.Categorical(known, categories=pd.Index(question.codes, dtype="str"))
    return Responses(questionnaire, pd.DataFrame(answers), pd.DataFrame(status))


@pytest.fixture(scope="session")
def responses() -> Callable[..., Responses]:
    """Make responses of what is given per question ("impact_meer" for a statement); None is left open, "" not asked."""
    return _responses
