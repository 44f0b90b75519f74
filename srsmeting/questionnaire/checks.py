"""Does a questionnaire contradict itself? Every rule that goes beyond the type of one key."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from srsmeting.questionnaire.answer_checks import (
    check_base,
    check_categories,
    check_items,
    check_phrases,
    check_sums,
    check_themes,
)
from srsmeting.questionnaire.entries import GroupingEntry, QuestionEntry, QuestionnaireEntry
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.rules import (
    CODE,
    ID,
    METING,
    QUESTION_EXPORT,
    Problem,
    check_export,
    check_name,
    check_unique,
    check_unique_exports,
    unknown,
)
from srsmeting.yamlfile import Loc

_EXHIBIT = re.compile(r"(figuur|tabel) ([0-9]+|[IVX]+)(\.[0-9]+)?", re.ASCII)

#: Kinds of which the file lists the answers; those of a mark follow from its range.
_LISTED = ("single", "multiple", "statements")
#: The kinds that a key goes with.
_GOES_WITH = {
    "scale": _LISTED,
    "categories": _LISTED,
    "items": ("statements",),
    "range": ("mark",),
    "sums": (*_LISTED, "mark"),
    "outside_base": (*_LISTED, "mark"),
    "themes": ("open",),
}
#: Marks beyond this are a number, and would make a table of it.
WIDEST_RANGE = 100


def check_lists(entry: QuestionnaireEntry) -> Iterator[Problem]:
    """Check the file as a whole: what stands above the questions, and that no list has two of one name."""
    yield from check_name((), "meting", entry.meting, METING)
    for n, pijler in enumerate(entry.pijlers):
        yield from check_name(("pijlers", n), "id", pijler.id, ID)
    yield from check_unique(("pijlers",), "id", [pijler.id for pijler in entry.pijlers])
    for n, branche in enumerate(entry.coverage_branches):
        yield from check_name(("coverage_branches", n), "code", branche.code, CODE)
    yield from check_unique(("coverage_branches",), "code", [branche.code for branche in entry.coverage_branches])
    for name, scale in entry.scales.items():
        loc: Loc = ("scales", name)
        yield from check_categories(loc, scale.categories)
        yield from check_sums(loc, scale.sums, scale.categories)
    yield from check_unique(("questions",), "id", [question.id for question in entry.questions])
    yield from check_unique_exports(("questions",), "id", entry.questions)
    yield from check_unique(("groupings",), "id", [grouping.id for grouping in entry.groupings])


def check_question(loc: Loc, entry: QuestionEntry, question: Question, header: QuestionnaireEntry) -> Iterator[Problem]:
    """Check one question on its own; `question` is the same with its scale and range filled in."""
    yield from check_name(loc, "id", entry.id, ID)
    yield from check_export(loc, entry, QUESTION_EXPORT)
    pijlers = [pijler.id for pijler in header.pijlers]
    if entry.pijler not in pijlers:
        yield unknown(loc, "pijler", entry.pijler, pijlers)
    if entry.scale and entry.scale not in header.scales:
        yield unknown(loc, "scale", entry.scale, header.scales)
    if entry.exhibit and not _EXHIBIT.fullmatch(entry.exhibit):
        message = f"exhibit {entry.exhibit!r} must read like 'figuur 2.4' or 'tabel I.1'."
        yield Problem(loc, "exhibit", "exhibit", entry.exhibit, message)
    yield from _kind(loc, entry)
    yield from _range(loc, entry)
    yield from check_categories(loc, entry.categories)
    inherited = header.scales[entry.scale].sums if entry.scale in header.scales else ()
    if question.categories:
        yield from check_sums(loc, entry.sums, question.categories, inherited)
        yield from check_base(loc, entry, question)
    yield from check_items(loc, entry)
    yield from check_themes(loc, entry)
    yield from check_phrases(loc, entry, question)


def check_grouping(
    loc: Loc, entry: GroupingEntry, questions: Mapping[str, Question], broken: Collection[str]
) -> Iterator[Problem]:
    """Check one grouping against the question whose categories it merges."""
    yield from check_name(loc, "id", entry.id, ID)
    if entry.id in questions:
        message = f"id {entry.id!r} is also the id of a question. Give the grouping its own."
        yield Problem(loc, "id", "duplicate_id", entry.id, message)
    yield from check_unique((*loc, "groups"), "code", [group.code for group in entry.groups])
    if entry.of in broken:
        return
    question = questions.get(entry.of)
    if question is None:
        yield unknown(loc, "of", entry.of, questions, "question")
        return
    if question.kind != "single":
        message = f"question {entry.of!r} is of kind {question.kind}. Only a single question can be grouped."
        yield Problem(loc, "of", "not_single", entry.of, message)
        return
    merged: dict[str, str] = {}
    for n, group in enumerate(entry.groups):
        here = (*loc, "groups", n)
        yield from check_name(here, "code", group.code, CODE)
        for code in group.of:
            if code not in question.codes:
                yield unknown(here, "of", code, question.codes, "category")
            elif code in merged:
                message = f"category {code!r} is already in group {merged[code]!r}. A category is in one group at most."
                yield Problem(here, "of", "category_in_two_groups", code, message)
            merged.setdefault(code, group.code)
    for n, group in enumerate(entry.groups):
        if group.code in question.codes and group.code not in group.of:
            message = (
                f"code {group.code!r} is a category of question {entry.of!r} that is not in this group. Rename it."
            )
            yield Problem((*loc, "groups", n), "code", "group_is_category", group.code, message)


def _kind(loc: Loc, entry: QuestionEntry) -> Iterator[Problem]:
    if entry.scale and entry.categories:
        yield Problem(loc, "categories", "scale_and_categories", "", "has both 'scale' and 'categories'. Keep one.")
    for key, kinds in _GOES_WITH.items():
        if getattr(entry, key) and entry.kind not in kinds:
            repair = f"Remove it, or change the kind. It goes with: {', '.join(kinds)}."
            message = f"{key!r} does not go with kind {entry.kind}. {repair}"
            yield Problem(loc, key, "not_with_kind", entry.kind, message)
    if entry.kind in _LISTED and not (entry.scale or entry.categories):
        yield Problem(loc, "", "no_categories", entry.kind, f"kind {entry.kind} needs 'categories', or a 'scale'.")
    if entry.kind == "statements" and not entry.items:
        yield Problem(loc, "", "no_items", entry.kind, "kind statements needs 'items'.")
    if entry.kind == "mark" and entry.range is None:
        yield Problem(loc, "", "no_range", entry.kind, "kind mark needs 'range', such as [1, 10].")


def is_range(limits: tuple[int, int]) -> bool:
    """Say whether marks can be listed from a lowest to a highest."""
    low, high = limits
    return 0 <= low < high <= low + WIDEST_RANGE


def _range(loc: Loc, entry: QuestionEntry) -> Iterator[Problem]:
    if entry.kind != "mark" or entry.range is None:
        return
    low, high = entry.range
    if not is_range(entry.range):
        repair = f"such as [1, 10], in {WIDEST_RANGE} steps at most"
        message = f"range [{low}, {high}] must run from a lower to a higher mark, {repair}."
        yield Problem(loc, "range", "range", f"{low}, {high}", message)
