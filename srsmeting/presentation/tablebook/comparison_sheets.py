"""The sheets of comparisons: tests over all groups of a breakdown, and shares corrected for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from srsmeting.estimates import TESTS
from srsmeting.presentation.tablebook.cells import Row, value_cell
from srsmeting.presentation.tablebook.groups import groups_of
from srsmeting.presentation.tablebook.labels import category_label, item_label, measure_label
from srsmeting.presentation.tablebook.model import Cell, Column, Sheet
from srsmeting.presentation.tablebook.other_sheets import groups_in, plain_sheet, stubs
from srsmeting.questionnaire import Questionnaire

#: What a method says that was corrected for: ``logit(grootteklasse)``.
_CORRECTED: Final = re.compile(r"\(([^)]+)\)")
_EVERY: Final = "alle antwoorden"


def comparison_sheets(rows: Sequence[Row], questionnaire: Questionnaire) -> Iterator[Sheet]:
    """Make the sheets of comparisons that the estimate frame has."""
    of_measure: dict[str, list[Row]] = {}
    for row in rows:
        if row["question"]:
            of_measure.setdefault(str(row["measure"]), []).append(row)
    for sheet in (_tests(of_measure, questionnaire), _adjusted(of_measure, questionnaire)):
        if sheet is not None:
            yield sheet


def _tests(rows: Mapping[str, list[Row]], questionnaire: Questionnaire) -> Sheet | None:
    """Make the table of the tests over all groups of a breakdown at once."""
    measures = [measure for measure in TESTS if rows.get(measure)]
    tables: dict[tuple[str, str, str, str], dict[str, Row]] = {}
    for measure in measures:
        for row in rows[measure]:
            if row["question"]:
                place = (str(row["question"]), str(row["item"]), str(row["category"]), str(row["by"]))
                tables.setdefault(place, {})[measure] = row
    body: list[tuple[Cell, ...]] = []
    for question in questionnaire.questions:
        for (of, item, category, by), found in tables.items():
            if of == question.id:
                answer = category_label(questionnaire, of, category) if category else "alle antwoorden"
                heads = stubs(question.title, item_label(questionnaire, of, item) or "–", answer)
                label = Cell(groups_of(questionnaire, by).label, "stub")
                body.append((*heads, label, *(value_cell(found.get(measure)) for measure in measures)))
    if not body:
        return None
    columns = [
        *(Column("Vraag", 48), Column("Stelling", 40), Column("Antwoord", 40), Column("Uitsplitsing", 26)),
        *(Column(measure_label(measure).capitalize(), 21) for measure in measures),
    ]
    notes = ["Een kleine p-waarde zegt dat de groepen niet allemaal gelijk zijn; welke verschillen, staat per vraag."]
    return plain_sheet(
        "Toetsen", "Toetsen op verschillen tussen alle groepen van een uitsplitsing", notes, columns, body, 4
    )


def _adjusted(rows: Mapping[str, list[Row]], questionnaire: Questionnaire) -> Sheet | None:
    """Make the table of shares as they would be if the groups did not differ in something else."""
    found = rows.get("adjusted_share", [])
    if not found:
        return None
    plain = {_place(row): row for row in rows.get("share", [])}
    places = {_place(row): row for row in found}
    body: list[tuple[Cell, ...]] = []
    for question, item, category, by in dict.fromkeys(place[:4] for place in places):
        own = [row for row in found if _place(row)[:4] == (question, item, category, by)]
        heads = stubs(
            questionnaire.question(question).title,
            item_label(questionnaire, question, item) or "–",
            category_label(questionnaire, question, category),
            groups_of(questionnaire, by).label,
            _corrected_for(own, questionnaire),
        )
        for _, label, (_, group) in groups_in(own, questionnaire):
            place = (question, item, category, by, group)
            row = places[place]
            values = [value_cell(plain.get(place))]
            values += [value_cell(row, column) for column in ("estimate", "ci_low", "ci_high", "denominator")]
            body.append((*heads, *stubs(label), *values))
    texts = (("Vraag", 44), ("Stelling", 34), ("Antwoord", 34), ("Uitsplitsing", 24), ("Gecorrigeerd voor", 28))
    numbers = ("Percentage", "Gecorrigeerd percentage", "Ondergrens (95%)", "Bovengrens (95%)", "Respondenten in model")
    columns = [Column(header, width) for header, width in (*texts, ("Groep", 40))]
    columns += [Column(header, 17) for header in numbers]
    notes = ["Gecorrigeerd: het percentage als de groepen niet verschilden in waarvoor gecorrigeerd is."]
    return plain_sheet("Gecorrigeerde percentages", "Gecorrigeerde percentages per groep", notes, columns, body, 6)


def _place(row: Row) -> tuple[str, str, str, str, str]:
    return tuple(str(row[name]) for name in ("question", "item", "category", "by", "group"))  # type: ignore[return-value]


def _corrected_for(rows: Sequence[Row], questionnaire: Questionnaire) -> str:
    """Say what was corrected for: a suppressed row does not tell its method, so that of another does."""
    for row in rows:
        inside = _CORRECTED.search(str(row["method"]))
        if inside:
            names = inside[1].split("+")
            known = questionnaire.breakdowns
            return ", ".join(questionnaire.breakdown(name).label if name in known else name for name in names)
    return "–"
