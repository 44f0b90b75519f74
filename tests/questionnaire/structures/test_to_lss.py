"""A questionnaire as a LimeSurvey structure: the tables of a real one, and the same questionnaire when read back.

A LimeSurvey that imports it is not within reach; what is held here is the form, the content, and what the expressions say.
"""

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.routing import Comparison, Conjunction, Disjunction, Expression, Negation
from srsmeting.questionnaire.structures import draft_questionnaire, lss_text, read_structure
from srsmeting.questionnaire.structures.expression import relevance

SRS = Path(__file__).parents[3] / "questionnaires" / "srs_2021.yaml"
Write = Callable[..., Path]

SMALL = """\
meting: proef
title: "Proef & <klein>"
pijlers: [{id: basis, label: Basis}, {id: rest, label: Overig}]
questions:
  - {id: lid, export: Q1, kind: single, title: T, text: "Bent u {lid}?", pijler: basis, fase: bereik, categories: [
      {code: iets, export: other, label: Anders, kind: other}, {code: ja, export: A1, label: Ja}, {code: nee, export: A2, label: "Nee (<1 jaar)"}]}
  - {id: taken, export: Q2, kind: multiple, title: T, text: Taken?, pijler: basis, fase: bereik, asked_if: lid != ja, categories: [
      {code: koffie, export: SQ1, label: Koffie}, {code: iets, export: other, label: Anders, kind: other}, {code: geen, export: SQ2, label: Geen, kind: none_of_these}]}
  - {id: cijfer, export: Q3, kind: mark, title: T, text: Cijfer?, pijler: rest, fase: bereik, range: [1, 10], asked_if: "not (lid in [ja, nee])"}
  - {id: stel, export: Q4, kind: statements, title: T, text: Eens?, pijler: rest, fase: bereik, asked_if: "cijfer in [1, 2]",
      items: [{id: een, export: SQ1, label: Zin een}, {id: twee, export: SQ2, label: Zin twee}],
      categories: [{code: eens, export: A1, label: Eens}, {code: oneens, export: A2, label: Oneens}]}
  - {id: getal, export: Q5, kind: number, title: T, text: Hoeveel?, pijler: basis, fase: bereik, asked_if: "not selected(taken, koffie)"}
  - {id: wens, export: Q6, kind: open, title: T, text: Wens?, pijler: basis, fase: bereik,
      asked_if: "not (selected(taken, iets) or stel.een == eens) and (lid == iets or not (cijfer not in [9, 10] and stel.twee != eens))"}
"""


@pytest.fixture
def small(write: Write) -> Questionnaire:
    return load_questionnaire(write(SMALL, "small.yaml"))


def back(questionnaire: Questionnaire, folder: Path) -> Questionnaire:
    """Write it for LimeSurvey, read that, draft a questionnaire of it and load the draft."""
    (folder / "s.lss").write_text(lss_text(questionnaire), encoding="utf-8")
    draft = draft_questionnaire(read_structure(folder / "s.lss"), "s.lss")
    assert (draft.left_out, draft.unrouted) == ((), ())
    (folder / "s.yaml").write_text(draft.text, encoding="utf-8")
    return load_questionnaire(folder / "s.yaml")


def structure(questionnaire: Questionnaire) -> list[tuple[Any, ...]]:
    """Return what the tool knows of a questionnaire: everything under the tool's codes."""
    return [
        (
            question.export,
            question.kind,
            question.text,
            [(category.export, category.label) for category in question.categories],
            # Only of these two the tool knows the kind.
            [category.export for category in question.categories if category.kind in ("other", "none_of_these")],
            [(item.export, item.label) for item in question.items],
            question.range,
        )
        for question in questionnaire.questions
    ]


def in_exports(questionnaire: Questionnaire, expression: Expression) -> Expression:
    match expression:
        case Negation(part):
            return Negation(in_exports(questionnaire, part))
        case Conjunction(parts):
            return Conjunction(tuple(in_exports(questionnaire, part) for part in parts))
        case Disjunction(parts):
            return Disjunction(tuple(in_exports(questionnaire, part) for part in parts))
        case Comparison(name, item, codes, negated, selected):
            question = questionnaire.question(name)
            exports = tuple(question.category(code).export for code in codes)
            part = None if item is None else question.item(item).export
            return Comparison(question.export, part, exports, negated, selected)


def routings(questionnaire: Questionnaire) -> dict[str, Expression]:
    return {
        questionnaire.question(id).export: in_exports(questionnaire, routing.expression)
        for id, routing in questionnaire.routings.items()
    }


def test_the_measurement_reads_back_as_it_was_written(tmp_path: Path) -> None:
    srs = load_questionnaire(SRS)
    again = back(srs, tmp_path)

    assert structure(again) == structure(srs)
    assert routings(again) == routings(srs)
    assert len(routings(srs)) == 13
    assert again.title == srs.title


def test_every_kind_reads_back_as_it_was_written(small: Questionnaire, tmp_path: Path) -> None:
    again = back(small, tmp_path)

    assert structure(again) == structure(small)
    assert again.title == "Proef & <klein>"
    assert {question.export: question.asked_if for question in again.questions} == {
        "Q1": "",
        "Q2": "q1 != ja",
        "Q3": "q1 not in [ja, nee_1_jaar]",
        "Q4": "q3 in [1, 2]",
        "Q5": "not selected(q2, koffie)",
        "Q6": (
            "not selected(q2, anders) and q4.zin_een != eens and (q1 == anders or q3 in [9, 10] or q4.zin_twee == eens)"
        ),
    }


def test_groups_are_runs_of_one_pijler(small: Questionnaire, write: Write) -> None:
    read = read_structure(write(lss_text(small)))

    assert [(question.code, question.group) for question in read] == [
        ("Q1", "Basis"),
        ("Q2", "Basis"),
        ("Q3", "Overig"),
        ("Q4", "Overig"),
        ("Q5", "Basis"),
        ("Q6", "Basis"),
    ]
    assert (read.question("Q2").exclusive, read.question("Q2").other_label) == (("SQ2",), "Anders")


def test_the_tables_and_fields_are_those_of_a_real_structure(small: Questionnaire, gold_lss: Path) -> None:
    def fields(root: ET.Element) -> dict[str, list[str | None]]:
        return {
            table.tag: [field.text for field in table.iterfind("fields/fieldname")]
            for table in root
            if table.find("rows") is not None
        }

    gold = ET.parse(gold_lss).getroot()  # noqa: S314 - a file of ours
    ours = ET.fromstring(lss_text(small))  # noqa: S314
    assert fields(ours) == fields(gold)
    assert [ours.findtext(tag) for tag in ("LimeSurveyDocType", "DBVersion", "languages/language")] == [
        "Survey",
        "620",
        "nl",
    ]
    for table in ours.iterfind("*[rows]"):
        known = {field.text for field in table.iterfind("fields/fieldname")}
        assert {cell.tag for cell in table.iterfind("rows/row/*")} <= known
    # Every number that refers to a row refers to one that is there.
    qids = {row.findtext("qid") for name in ("questions", "subquestions") for row in ours.iterfind(f"{name}/rows/row")}
    assert len(qids) == 6 + 2 + 2
    for name in ("question_l10ns", "answers", "question_attributes"):
        assert {row.findtext("qid") for row in ours.iterfind(f"{name}/rows/row")} <= qids
    gids = {row.findtext("gid") for row in ours.iterfind("groups/rows/row")}
    assert {row.findtext("gid") for row in ours.iterfind("questions/rows/row")} == gids


def test_texts_are_html_and_never_an_expression(small: Questionnaire) -> None:
    written = lss_text(small)

    assert "<![CDATA[Bent u &#123;lid&#125;?]]>" in written
    assert "<![CDATA[Nee (&lt;1 jaar)]]>" in written
    assert "<![CDATA[Proef &amp; &lt;klein&gt;]]>" in written


def test_codes_that_limesurvey_does_not_take_are_all_told(write: Write) -> None:
    text = SMALL.replace("export: Q1", "export: Q_1").replace(
        "export: A2, label: Oneens", "export: oneens, label: Oneens"
    )
    text = text.replace("export: SQ1, label: Koffie", "export: -1, label: Koffie").replace(
        "export: SQ2, label: Zin twee", "label: Zin twee"
    )
    text = text.replace("{id: twee,", "{id: twee_met_een_heel_lange_naam,").replace("stel.twee", "stel.een")
    with pytest.raises(QuestionnaireError) as error:
        lss_text(load_questionnaire(write(text, "q.yaml")))
    start = "questionnaire 'proef': question"
    assert str(error.value).splitlines() == [
        f"{start} 'lid': LimeSurvey does not take the code 'Q_1'. "
        "Give it an 'export' of at most 20 letters and digits, starting with a letter.",
        f"{start} 'taken', option '-1': LimeSurvey does not take the code '-1'. "
        "Give it an 'export' of at most 20 letters and digits.",
        f"{start} 'stel', item 'twee_met_een_heel_lange_naam': LimeSurvey does not take the code "
        "'twee_met_een_heel_lange_naam'. Give it an 'export' of at most 20 letters and digits.",
        f"{start} 'stel', category 'oneens': LimeSurvey does not take the code 'oneens'. "
        "Give it an 'export' of at most 5 letters and digits.",
    ]


def expression_script(text: str, cells: dict[str, str]) -> bool:
    """Say what an expression comes to, by other means than the package: as Python over the cells of one respondent."""
    python = re.sub(r"(\w+)\.NAOK", r"cells['\1']", text).replace("!is_empty(", "not is_empty(")
    names = {"cells": cells, "is_empty": lambda cell: cell == "", "count": lambda *filled: sum(map(bool, filled))}
    return bool(eval(python, {"__builtins__": {}}, names))  # noqa: S307 - an expression made above


@pytest.mark.parametrize("id", ["taken", "cijfer", "stel", "getal", "wens"])
def test_an_expression_asks_exactly_whom_the_routing_asks(id: str, small: Questionnaire) -> None:
    routing = small.routing(id)
    assert routing is not None
    columns = {
        "Q1": ("", "A1", "A2", "-oth-"),
        "Q2_SQ1": ("", "Y"),
        "Q2_SQ2": ("", "Y"),
        "Q2_other": ("", "koken"),
        "Q3": ("", "1", "2", "9"),
        "Q4_SQ1": ("", "A1", "A2"),
        "Q4_SQ2": ("", "A1", "A2"),
    }
    respondents = [dict(zip(columns, cells, strict=True)) for cells in itertools.product(*columns.values())]

    def lookup(name: str, item: str | None, codes: tuple[str, ...]) -> tuple[Any, Any]:
        question = small.question(name)
        exports = [question.category(code).export for code in codes]
        if question.kind == "multiple":
            found = [bool(cells[f"Q2_{exports[0]}"]) for cells in respondents]
            return np.array(found), np.array(
                [any(cells[f"Q2_{p}"] for p in ("SQ1", "SQ2", "other")) for cells in respondents]
            )
        column = question.export if item is None else f"{question.export}_{question.item(item).export}"
        wanted = ["-oth-" if export == "other" else export for export in exports]
        given = np.array([cells[column] for cells in respondents])
        return np.isin(given, wanted), given != ""

    written = relevance(small, id)
    assert [expression_script(written, cells) for cells in respondents] == routing.evaluate(lookup).tolist()
