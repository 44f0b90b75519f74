"""Rows of LimeSurvey tables looked up by their keys: of a row per language the text in the language asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from srsmeting.questionnaire.structures.lss_tables import Row, Tables, number
from srsmeting.questionnaire.structures.model import Coded
from srsmeting.questionnaire.structures.texts import one_line, plain


def one_per_key(rows: Iterable[Row], key: str) -> dict[str, Row]:
    """Return the first row of every key: older versions have a row per language."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row.get(key, ""), row)
    return found


def texts(rows: Iterable[Row], key: str, column: str, language: str, spoken: str = "language") -> dict[str, str]:
    """Return a text per key: the one in `language` where there is one, otherwise the first.

    Examples
    --------
    >>> rows = [{"qid": "1", "question": "Why?", "language": "en"}, {"qid": "1", "question": "Hoe?", "language": "nl"}]
    >>> texts(rows, "qid", "question", "nl")
    {'1': 'Hoe?'}
    """
    found: dict[str, str] = {}
    meant: set[str] = set()
    for row in rows:
        name = row.get(key, "")
        if column not in row or name in meant:
            continue
        if row.get(spoken, "") == language:
            meant.add(name)
            found[name] = row[column]
        else:
            found.setdefault(name, row[column])
    return found


def in_order(rows: Iterable[Row], parent: str, order: str) -> dict[str, tuple[Row, ...]]:
    """Return the rows of every parent, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get(parent, ""), []).append(row)
    return {name: tuple(sorted(listed, key=lambda row: number(row.get(order, "")))) for name, listed in found.items()}


def answers_of(tables: Tables) -> dict[str, tuple[Coded, ...]]:
    """Return code and label of the answers, by question number; of two scales those of both."""
    keys = ("qid", "code", "scale_id")
    rows = [{**row, "key": "|".join(row.get(key, "") for key in keys)} for row in tables.rows("answers")]
    inline = texts(rows, "key", "answer", tables.language)
    apart = texts(tables.rows("answer_l10ns"), "aid", "answer", tables.language)
    # The sort is stable, so that the scales come one after the other and each keeps its order.
    ordered = in_order(one_per_key(rows, "key").values(), "qid", "sortorder")
    found: dict[str, tuple[Coded, ...]] = {}
    for qid, listed in ordered.items():
        found[qid] = tuple(
            (one_line(row.get("code", "")), plain(apart.get(row.get("aid", ""), inline.get(row["key"], ""))))
            for row in sorted(listed, key=lambda row: number(row.get("scale_id", "")))
        )
    return found


def attributes_of(rows: Iterable[Row], language: str) -> Mapping[tuple[str, str], str]:
    """Return the value of an attribute by question number and name."""
    named = [{**row, "key": f"{row.get('qid', '')}|{row.get('attribute', '')}"} for row in rows]
    found = texts(named, "key", "value", language)
    return {(key.partition("|")[0], key.partition("|")[2]): value for key, value in found.items()}
