"""The sheets around the questions: response, respondents beside the frame, coverage and tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from srsmeting.presentation.nonresponse_tables import DISPOSITIONS
from srsmeting.presentation.tablebook.cells import Row, value_cell
from srsmeting.presentation.tablebook.groups import groups_of
from srsmeting.presentation.tablebook.labels import category_label, item_label, measure_label
from srsmeting.presentation.tablebook.model import Cell, Column, Sheet, Table, clean, one_line, unique
from srsmeting.presentation.tablebook.question_sheets import CONTENTS
from srsmeting.questionnaire import Questionnaire

#: The sheet that is about employees, not about organisations.
COVERAGE: Final = "Dekkingsgraad"
_TOTAL: Final = "Totaal"
_BREAKDOWN, _GROUP, _NUMBER = 26, 58, 17
#: Measures of the response and of the weighting that are one number for all respondents.
_SUMMARY: Final = (
    *(f"response_rate_{number}" for number in range(1, 7)),
    "cooperation_rate_1",
    "r_indicator",
    "r_indicator_unadjusted",
    "effective_n",
    "design_effect",
)


def other_sheets(estimates: Sequence[Row], questionnaire: Questionnaire, coverage_source: str = "") -> Iterator[Sheet]:
    """Make the sheets that the estimate frame has numbers for."""
    rows: dict[str, list[Row]] = {}
    for row in estimates:
        rows.setdefault(str(row["measure"]), []).append(row)
    makers = (_response, _summary, _dispositions, _composition)
    for maker in makers:
        sheet = maker(rows, questionnaire)
        if sheet is not None:
            yield sheet
    coverage = _coverage(rows, questionnaire, coverage_source)
    if coverage is not None:
        yield coverage


def plain_sheet(
    name: str, title: str, notes: Sequence[str], columns: Sequence[Column], body: Sequence[tuple[Cell, ...]], heads: int
) -> Sheet:
    """Return a sheet with a table without blocks; the first `heads` columns head its rows."""
    back = Cell("Terug naar de inhoud", "line", link=CONTENTS)
    headers = unique(column.header for column in columns)
    named = tuple(Column(header, column.width, column.begins) for header, column in zip(headers, columns, strict=True))
    lines = (back, *(Cell(clean(note), "line") for note in notes if note))
    table = Table(f"Tabel_{name.lower().replace(' ', '_').replace('-', '_')}", title, named, tuple(body), heads)
    return Sheet(name, title, lines, table)


def groups_in(rows: Sequence[Row], questionnaire: Questionnaire) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Return the groups that these rows are about, total last: label of the breakdown, of the group, and address."""
    here = {(str(row["by"]), str(row["group"])) for row in rows}
    for by in dict.fromkeys(str(row["by"]) for row in rows if row["by"]):
        breakdown = groups_of(questionnaire, by)
        for code in sorted({group for name, group in here if name == by} - set(breakdown.labels)):
            breakdown.group(code)
        for group in breakdown.groups:
            if (by, group.code) in here:
                yield breakdown.label, group.label, (by, group.code)
    if ("", "") in here:
        yield _TOTAL, _TOTAL, ("", "")


def stubs(*texts: str, strong: bool = False) -> tuple[Cell, ...]:
    """Return the cells that head a row."""
    return tuple(Cell(one_line(text), "stub", strong=strong) for text in texts)


def _response(rows: Mapping[str, list[Row]], questionnaire: Questionnaire) -> Sheet | None:
    rates = rows.get("response_rate", [])
    if not rates:
        return None
    found = {(str(row["by"]), str(row["group"])): row for row in rates}
    body = []
    for label, group, place in groups_in(rates, questionnaire):
        strong = place == ("", "")
        row = found[place]
        values = [value_cell(row, column, strong=strong) for column in ("denominator", "numerator", "estimate")]
        body.append((*stubs(label, group, strong=strong), *values))
    columns = [
        Column("Uitsplitsing", _BREAKDOWN),
        Column("Groep", _GROUP),
        Column("Uitgenodigde organisaties", _NUMBER),
        Column("Respondenten", _NUMBER),
        Column("Respons", _NUMBER),
    ]
    return plain_sheet(
        "Respons", "Respons per groep", ["Respondenten zijn ingedeeld naar wat zij zelf opgaven."], columns, body, 2
    )


def _summary(rows: Mapping[str, list[Row]], questionnaire: Questionnaire) -> Sheet | None:
    body = []
    for measure in _SUMMARY:
        for row in rows.get(measure, []):
            if not row["by"]:
                over = item_label(questionnaire, "", str(row["item"])) or "alle organisaties"
                values = [value_cell(row, column) for column in ("estimate", "ci_low", "ci_high", "denominator")]
                body.append((*stubs(measure_label(measure), over), *values))
    if not body:
        return None
    columns = [
        Column("Maat", 58),
        Column("Over", 48),
        Column("Waarde", _NUMBER),
        Column("95%-interval, ondergrens", _NUMBER),
        Column("95%-interval, bovengrens", _NUMBER),
        Column("Noemer", _NUMBER),
    ]
    return plain_sheet("Maten van respons en weging", "Maten van de respons en de weging", [], columns, body, 2)


def _dispositions(rows: Mapping[str, list[Row]], questionnaire: Questionnaire) -> Sheet | None:
    found = {str(row["category"]): row for row in rows.get("disposition", [])}
    if not found:
        return None
    ordered = [code for code in DISPOSITIONS if code in found] + [code for code in found if code not in DISPOSITIONS]
    body = [
        (
            *stubs(category_label(questionnaire, "", code)),
            value_cell(found[code], "numerator"),
            value_cell(found[code]),
            value_cell(found[code], "denominator"),
        )
        for code in ordered
    ]
    columns = [
        Column("Uitkomst", _GROUP),
        Column("Aantal", _NUMBER),
        Column("Percentage", _NUMBER),
        Column("Uitgenodigde organisaties", _NUMBER),
    ]
    return plain_sheet("Uitkomst uitnodigingen", "Uitkomst van de uitnodigingen", [], columns, body, 1)


def _composition(rows: Mapping[str, list[Row]], questionnaire: Questionnaire) -> Sheet | None:
    measures = ("frame_share", "respondents_share", "composition_difference", "response_rate_2")
    found = {(measure, str(row["by"]), str(row["group"])): row for measure in measures for row in rows.get(measure, [])}
    body = []
    for label, group, place in groups_in(rows.get("frame_share", []), questionnaire):
        frame, ours, difference, response = (found.get((measure, *place)) for measure in measures)
        values = (
            value_cell(frame, "numerator"),
            value_cell(frame),
            value_cell(ours, "numerator"),
            value_cell(ours),
            value_cell(difference),
            value_cell(response),
        )
        body.append((*stubs(label, group), *values))
    if not body:
        return None
    columns = [
        Column("Uitsplitsing", _BREAKDOWN),
        Column("Groep", _GROUP),
        *(
            Column(header, _NUMBER)
            for header in (
                "Uitgenodigde organisaties",
                "Aandeel van uitgenodigde organisaties",
                "Respondenten",
                "Aandeel van respondenten",
                "Verschil in procentpunten",
                "Respons",
            )
        ),
    ]
    notes = [
        "Organisaties zijn ingedeeld zoals in het steekproefkader, ook als een respondent iets anders opgaf.",
        "Verschillen zijn berekend vóór afronding.",
    ]
    return plain_sheet("Steekproefkader", "Respondenten naast het steekproefkader", notes, columns, body, 2)


def _coverage(rows: Mapping[str, list[Row]], questionnaire: Questionnaire, source: str) -> Sheet | None:
    rates, changes = rows.get("coverage", []), rows.get("coverage_change", [])
    if not rates:
        return None
    moments = list(dict.fromkeys(str(row["item"]) for row in rates))
    later = [moment for moment in moments if any(row["item"] == moment for row in changes)]
    found = {(str(row["measure"]), str(row["item"]), str(row["group"])): row for row in (*rates, *changes)}
    labels = {branche.code: branche.label for branche in questionnaire.coverage_branches} | {"": _TOTAL}
    here = {str(row["group"]) for row in rates}
    body = []
    for code, label in labels.items():
        if code in here:
            strong = not code
            cells = [value_cell(found.get(("coverage", moment, code)), strong=strong) for moment in moments]
            cells += [value_cell(found.get(("coverage_change", moment, code)), strong=strong) for moment in later]
            body.append((*stubs(label, strong=strong), *cells))
    columns = [
        Column("Branche", _GROUP),
        *(Column(f"Dekkingsgraad {moment}", _NUMBER) for moment in moments),
        *(Column(f"Verandering tot {moment} in procentpunten", _NUMBER) for moment in later),
    ]
    what = "Dekkingsgraad: medewerkers bij leden, als deel van alle medewerkers."
    notes = [f"Bron: {source}" if source else "", what]
    return plain_sheet(COVERAGE, "Dekkingsgraad naar branche", notes, columns, body, 1)
