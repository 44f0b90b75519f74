"""The sheets of years beside each other: what stood where, what changed, and what may not be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from srsmeting.presentation.distribution import find_rows
from srsmeting.presentation.signs import SIGNS
from srsmeting.presentation.tablebook.cells import Row, value_cell
from srsmeting.presentation.tablebook.groups import groups_of
from srsmeting.presentation.tablebook.labels import category_label, item_label
from srsmeting.presentation.tablebook.model import Cell, Column, Kind, Sheet
from srsmeting.presentation.tablebook.other_sheets import plain_sheet, stubs
from srsmeting.presentation.years.history import History
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.naming import apart_name, noted_name
from srsmeting.presentation.years.noted import Noted
from srsmeting.presentation.years.series import is_significant, is_tested, trend_since
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import percentage_decimals

#: Names of the sheets.
YEARS: Final = "Jaren"
GROUPS: Final = "Jaren per groep"
APART: Final = "Niet te vergelijken"
_APART: Final = "Wat niet te vergelijken is of veranderde, en waarom"
_LEVELS: Final = ("share", "mean")
_NOTES: Final = (
    "Een verandering is in procentpunten, bij een gemiddelde in punten, berekend vóór afronding.",
    "De p-waarde is gecorrigeerd (Holm) voor het aantal toetsen in de pijler; significant is een p-waarde onder 0,05.",
    "De onder- en bovengrens zijn niet gecorrigeerd: nul kan erbuiten liggen zonder dat het verschil significant is.",
    "Staat bij Significant een –, dan zijn er te weinig antwoorden om te toetsen.",
    f"{SIGNS['B'].sign} = trendbreuk: de cijfers ervoor en erna zijn niet te vergelijken. Waarom, staat in ‘{APART}’.",
)
_SAME: Final = "Zelfde organisaties: de verandering bij wie beide keren antwoordde."
_SINCE: Final = (
    "Sinds: het eerste jaar waarmee de uitkomst te vergelijken is, waar dat niet het vorige is. De p-waarde van de "
    "verandering sinds dat jaar is gecorrigeerd voor het aantal zulke toetsen in de pijler."
)
#: Columns of what changed over all years.
_TREND: Final = ("Verandering", "Ondergrens (95%)", "Bovengrens (95%)", "p-waarde", "Significant")
#: Question, item, category, breakdown and group.
_Place = tuple[str, str, str, str, str]


def years_sheets(history: History, questionnaire: Questionnaire) -> Iterator[Sheet]:
    """Make the sheets of years: of all respondents, of groups, and of what may not be compared.

    Parameters
    ----------
    history
        The years.
    questionnaire
        Of the last one.
    """
    places = _places(history, questionnaire)
    whole = [place for place in places if not place[3]]
    if whole:
        yield _sheet(YEARS, "Jaren naast elkaar, alle respondenten", whole, history, questionnaire, history.pairs)
    # Of groups only what can be compared: a page of signs tells no more than that it is not there.
    groups = [place for place in places if place[3] and _is_changed(history, place)]
    if groups:
        title = "Jaren naast elkaar, per groep, met de laatste verandering"
        yield _sheet(GROUPS, title, groups, history, questionnaire, history.pairs[-1:])
    if history.all_apart or history.noted:
        yield _apart(history, questionnaire)


def _places(history: History, questionnaire: Questionnaire) -> list[_Place]:
    """Return the figures of the last year, in the order of the questionnaire."""
    rows = find_rows(history.estimates, meting=history.moments[-1].meting)
    now = rows[rows["measure"].isin(_LEVELS) & (rows["question"] != "")]
    order = {question.id: at for at, question in enumerate(questionnaire.questions)}
    found = list(zip(*(now[name].tolist() for name in ("question", "item", "category", "by", "group")), strict=True))
    return sorted(found, key=lambda place: order[place[0]])


def _is_changed(history: History, place: _Place) -> bool:
    row = history.row(history.moments[-1], place, "change")
    return row is not None and not pd.isna(row["estimate"])


def _sheet(
    name: str,
    title: str,
    places: Sequence[_Place],
    history: History,
    questionnaire: Questionnaire,
    pairs: Sequence[tuple[Moment, Moment]],
) -> Sheet:
    by_group = name == GROUPS
    kinds = _kinds(history, places)
    last = history.moments[-1]
    trend = any(trend_since(history, history.row(last, place, "trend_change")) for place in places)
    body = [
        (
            *_heads(place, questionnaire, by_group=by_group),
            *_values(history, place, pairs, kinds[place[0]]),
            *(_trend(history, place) if trend else ()),
        )
        for place in places
    ]
    columns = [Column("Vraag", 44), Column("Stelling", 34), Column("Antwoord", 38)]
    columns += [Column("Uitsplitsing", 26), Column("Groep", 34)] if by_group else []
    heads = len(columns)
    for moment in history.moments:
        columns += [Column(moment.period, 12), Column(f"Respondenten {moment.period}", 14)]
    for earlier, later in pairs:
        span = f"{earlier.period}–{later.period}"
        columns.append(Column(f"Verandering {span}", 14))
        columns += [Column(f"{what} {span}", 14) for what in ("Ondergrens (95%)", "Bovengrens (95%)", "p-waarde")]
        columns += [Column(f"{what} {span}", 14) for what in ("Significant", "Zelfde organisaties")]
    columns += [Column("Sinds", 12), *(Column(f"{what} sinds dat jaar", 14) for what in _TREND)] if trend else []
    return plain_sheet(name, title, [*_NOTES, _SAME, *([_SINCE] if trend else [])], columns, body, heads)


def _kinds(history: History, places: Sequence[_Place]) -> Mapping[str, Kind]:
    """Return per question how its percentages are shown: one number of decimals for all its figures."""
    bases: dict[str, list[int]] = {}
    for place in places:
        found = bases.setdefault(place[0], [])
        for moment in history.moments:
            row = _level(history, moment, place)
            if row is not None and not pd.isna(row["estimate"]) and not pd.isna(row["denominator"]):
                found.append(int(row["denominator"]))
    return {
        name: "percentage_1" if percentage_decimals(found, history.decimals_from) else "percentage"
        for name, found in bases.items()
    }


def _level(history: History, moment: Moment, place: _Place) -> Row | None:
    return history.row(moment, place, "share" if place[2] else "mean")


def _heads(place: _Place, questionnaire: Questionnaire, *, by_group: bool) -> tuple[Cell, ...]:
    question, item, category, by, group = place
    answer = category_label(questionnaire, question, category) if category else "Gemiddelde"
    texts = [questionnaire.question(question).title, item_label(questionnaire, question, item) or "–", answer]
    if by_group:
        breakdown = groups_of(questionnaire, by)
        texts += [breakdown.label, breakdown.labels.get(group, group)]
    return stubs(*texts)


def _values(history: History, place: _Place, pairs: Sequence[tuple[Moment, Moment]], shares: Kind) -> Iterator[Cell]:
    for moment in history.moments:
        row = _level(history, moment, place)
        yield value_cell(row, kind=shares if place[2] else "decimal")
        yield value_cell(row, "denominator")
    kind: Kind = "points" if place[2] else "decimal"
    for _, later in pairs:
        apart = history.set_apart(later, place)
        row = history.row(later, place, "change")
        test = history.row(later, place, "change_p_holm")
        status = "" if row is None else str(row["status"])
        if apart is not None or (row is not None and status in ("B", "M") and pd.isna(row["estimate"])):
            broken = apart.comparable == "break" if apart is not None else status == "B"
            yield from [Cell(SIGNS["B" if broken else "M"].sign, "sign")] * 6
            continue
        yield from _change(row, test, kind)
        yield value_cell(history.row(later, place, "panel_change"), kind=kind)


def _change(row: Row | None, test: Row | None, kind: Kind) -> Iterator[Cell]:
    for column in ("estimate", "ci_low", "ci_high"):
        yield value_cell(row, column, kind)
    yield value_cell(test, kind="chance")
    if is_tested(test):
        yield Cell("ja" if is_significant(test) else "nee", "text")
    else:
        yield Cell("–", "text")


def _trend(history: History, place: _Place) -> Iterator[Cell]:
    """Yield what changed since the first year that a figure may be compared with; dashes where that is the last one."""
    last = history.moments[-1]
    row = history.row(last, place, "trend_change")
    if row is None:
        yield from [Cell("–", "text")] * (1 + len(_TREND))
        return
    since = trend_since(history, row)
    yield Cell(since.period if since else "–", "text")
    yield from _change(row, history.row(last, place, "trend_change_p_holm"), "points" if place[2] else "decimal")


def _apart(history: History, questionnaire: Questionnaire) -> Sheet:
    body = [
        (
            *stubs(apart_name(one, questionnaire)),
            *(Cell(period, "text") for period in (one.earlier.period, one.later.period)),
            Cell("trendbreuk" if one.comparable == "break" else "niet te vergelijken", "text"),
            Cell(one.why, "text"),
        )
        for one in history.all_apart
    ]
    body += [_noted(one, questionnaire) for one in history.noted]
    columns = [
        Column("Wat", 60),
        Column("Meting over", 14),
        Column("En meting over", 14),
        Column("Oordeel", 20),
        Column("Waarom", 90),
    ]
    return plain_sheet(APART, _APART, [], columns, body, 1)


def _noted(one: Noted, questionnaire: Questionnaire) -> tuple[Cell, ...]:
    # What was split is compared together, and none of its parts is.
    judged = "niet te vergelijken" if one.kind == "split" else "wel vergeleken"
    periods = (Cell(period, "text") for period in (one.earlier.period, one.later.period))
    return (*stubs(noted_name(one, questionnaire)), *periods, Cell(judged, "text"), Cell(one.told, "text"))
