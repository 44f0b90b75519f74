"""The answers of a question: categories, sums, statements, themes, and the phrases that name who gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from srsmeting.errors import suggest
from srsmeting.questionnaire.entries import Category, QuestionEntry, Sum
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.rules import (
    CODE,
    EXPORT,
    ID,
    Problem,
    check_export,
    check_name,
    check_unique,
    check_unique_exports,
    unknown,
)
from srsmeting.yamlfile import Loc

#: Codes of an answer that is about none of the themes: about something else, or about nothing at all.
OTHER_THEME, NO_CONTENT = "ander", "geen"
#: What a theme cannot be called: the codes above, and the category that open questions have already.
KEPT_CODES = (OTHER_THEME, NO_CONTENT, "answered")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_categories(loc: Loc, categories: Sequence[Category]) -> Iterator[Problem]:
    """Check an answer list."""
    for n, category in enumerate(categories):
        here = (*loc, "categories", n)
        yield from check_name(here, "code", category.code, CODE)
        yield from check_export(here, category, EXPORT)
        if category.is_written_in and category.kind != "other":
            wrong = f"export 'other' is the text box of the survey tool, but the kind is {category.kind}"
            message = f"{wrong}. Write 'kind: other', or another export."
            yield Problem(here, "export", "other_export", "other", message)
    yield from check_unique((*loc, "categories"), "code", [category.code for category in categories])
    yield from check_unique_exports((*loc, "categories"), "code", categories)
    yield from _check_neutral(loc, categories)


def _check_neutral(loc: Loc, categories: Sequence[Category]) -> Iterator[Problem]:
    valid = [category.code for category in categories if category.kind == "valid"]
    first = ""
    for n, category in enumerate(categories):
        if not category.neutral:
            continue
        here = (*loc, "categories", n)
        if first:
            message = f"categories {first!r} and {category.code!r} are both neutral. A scale has one middle."
            yield Problem(here, "neutral", "two_neutral", category.code, message)
        elif category.kind != "valid":
            message = f"a category of kind {category.kind} is outside the scale, so it cannot be its middle."
            yield Problem(here, "neutral", "neutral_kind", category.code, message)
        elif category.code in (valid[0], valid[-1]):
            message = (
                f"category {category.code!r} is neutral, but there are no answers of kind valid on both sides of it."
            )
            yield Problem(here, "neutral", "neutral_end", category.code, message)
        first = first or category.code


def check_sums(
    loc: Loc, sums: Sequence[Sum], categories: Sequence[Category], inherited: Sequence[Sum] = ()
) -> Iterator[Problem]:
    """Check declared sums against the categories they add; `inherited` are those of the scale."""
    codes = [category.code for category in categories]
    for n, declared in enumerate(sums):
        here = (*loc, "sums", n)
        yield from check_name(here, "code", declared.code, CODE)
        if declared.code in codes:
            message = f"code {declared.code!r} is also a category. Give the sum its own."
            yield Problem(here, "code", "sum_is_category", declared.code, message)
        if any(declared.code == other.code for other in inherited):
            message = f"code {declared.code!r} is also a sum of the scale. Give the sum its own."
            yield Problem(here, "code", "duplicate_code", declared.code, message)
        for m, code in enumerate(declared.of):
            if code not in codes:
                yield unknown(here, "of", code, codes, "category")
            elif code in declared.of[:m]:
                yield Problem(here, "of", "category_twice", code, f"adds category {code!r} twice. Name it once.")
    yield from check_unique((*loc, "sums"), "code", [declared.code for declared in sums])


def check_items(loc: Loc, entry: QuestionEntry) -> Iterator[Problem]:
    """Check the statements of a battery."""
    for n, item in enumerate(entry.items):
        here = (*loc, "items", n)
        yield from check_name(here, "id", item.id, ID)
        yield from check_export(here, item, EXPORT)
    yield from check_unique((*loc, "items"), "id", [item.id for item in entry.items])
    yield from check_unique_exports((*loc, "items"), "id", entry.items)


def check_themes(loc: Loc, entry: QuestionEntry) -> Iterator[Problem]:
    """Check the codebook of an open question."""
    for n, theme in enumerate(entry.themes):
        here = (*loc, "themes", n)
        yield from check_name(here, "code", theme.code, CODE)
        if theme.code in KEPT_CODES:
            message = f"code {theme.code!r} stands for an answer without a theme. Choose another."
            yield Problem(here, "code", "kept_code", theme.code, message)
    yield from check_unique((*loc, "themes"), "code", [theme.code for theme in entry.themes])
    if "min_mentions" in entry.model_fields_set and not entry.themes:
        message = "'min_mentions' is about themes, and the question has none. Add 'themes', or remove it."
        yield Problem(loc, "min_mentions", "no_themes", str(entry.min_mentions), message)


def check_base(loc: Loc, entry: QuestionEntry, question: Question) -> Iterator[Problem]:
    """Check which kinds of answers are left out of the denominator."""
    kinds = list(dict.fromkeys(category.kind for category in question.categories))
    for kind in entry.outside_base:
        if kind not in kinds:
            known = ", ".join(repr(kind) for kind in kinds)
            message = f"outside_base names {kind!r}, but no category is of that kind. Known: {known}."
            yield Problem(loc, "outside_base", "outside_base", kind, message)
    if set(kinds) <= set(entry.outside_base):
        message = "outside_base leaves no category in the denominator. Keep at least one kind."
        yield Problem(loc, "outside_base", "empty_base", " ".join(entry.outside_base), message)


def check_phrases(loc: Loc, entry: QuestionEntry, question: Question) -> Iterator[Problem]:
    """Check the placeholders of every `who` that this question can use, its scale's too."""
    reported: set[str] = set()
    answers: tuple[Category | Sum, ...] = (*question.categories, *question.sums)
    for category in answers:
        for name in _PLACEHOLDER.findall(category.who):
            what = f"the 'who' of {category.code!r} holds {{{name}}}"
            if name in reported:
                continue
            if name == "topic" and not entry.topic:
                yield Problem(loc, "", "no_topic", name, f"{what}, but the question has no 'topic'. Add one.")
            elif name == "item" and entry.kind != "statements":
                message = f"{what}, which goes with kind statements only. Write {{topic}}, or the words themselves."
                yield Problem(loc, "", "no_item_topic", name, message)
            elif name == "item":
                for n, item in enumerate(entry.items):
                    if not item.topic:
                        message = f"{what}, but this item has no 'topic'. Add one."
                        yield Problem((*loc, "items", n), "", "no_item_topic", name, message)
            elif name not in ("topic", "item"):
                message = f"{what}. {suggest('{' + name + '}', ['{topic}', '{item}'])}"
                yield Problem(loc, "", "unknown_placeholder", name, message)
            reported.add(name)
