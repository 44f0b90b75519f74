"""The questionnaire as a table: one row per answer that can be given, in the order of fieldwork."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from srsmeting.questionnaire.entries import Category, Item, Sum
from srsmeting.questionnaire.model import Question, Questionnaire

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "question",
    "export",
    "kind",
    "title",
    "text",
    "pijler",
    "fase",
    "exhibit",
    "asked_if",
    "asked_of",
    "item",
    "item_export",
    "item_label",
    "category",
    "category_export",
    "category_label",
    "category_kind",
    "sum_of",
)


def codebook(questionnaire: Questionnaire) -> pd.DataFrame:
    """Return the codebook; `Questionnaire.to_frame` says what is in it."""
    import pandas as pd

    return pd.DataFrame(list(_rows(questionnaire)), columns=list(COLUMNS), dtype="str")


def _rows(questionnaire: Questionnaire) -> Iterator[dict[str, str]]:
    empty = dict.fromkeys(COLUMNS, "")
    for question in questionnaire.questions:
        about = empty | {
            "question": question.id,
            "export": question.export,
            "kind": question.kind,
            "title": question.title,
            "text": question.text,
            "pijler": question.pijler,
            "fase": question.fase,
            "exhibit": question.exhibit,
            "asked_if": str(questionnaire.routing(question.id) or ""),
            "asked_of": questionnaire.explain(question.id),
        }
        for item in question.items or (None,):
            yield from (about | _item(item) | answer for answer in _answers(question) or [{}])


def _item(item: Item | None) -> dict[str, str]:
    return {} if item is None else {"item": item.id, "item_export": item.export, "item_label": item.label}


def _answers(question: Question) -> list[dict[str, str]]:
    answers: tuple[Category | Sum, ...] = (*question.categories, *question.sums)
    return [_answer(answer) for answer in answers]


def _answer(answer: Category | Sum) -> dict[str, str]:
    row = {"category": answer.code, "category_label": answer.label}
    if isinstance(answer, Sum):
        return row | {"category_kind": "sum", "sum_of": " ".join(answer.of)}
    return row | {"category_export": answer.export, "category_kind": answer.kind}
