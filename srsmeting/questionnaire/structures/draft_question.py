"""One question of a tool as lines of a questionnaire file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from srsmeting.questionnaire.entries import Kind
from srsmeting.questionnaire.rules import EXPORT, QUESTION_EXPORT
from srsmeting.questionnaire.structures.kinds import guess_kind
from srsmeting.questionnaire.structures.model import Coded, ToolQuestion
from srsmeting.questionnaire.structures.names import Names
from srsmeting.questionnaire.structures.translate import Translation
from srsmeting.questionnaire.structures.yaml_text import comment, flow, scalar

#: A caption is not longer; the wording is in `text`.
_LONGEST_TITLE = 90
_GUESSED = "check the kind: guessed from the label"


def export_of(question: ToolQuestion) -> str:
    """Return the tool's code where a questionnaire can hold it; "" where its columns have to be mapped."""
    return question.code if QUESTION_EXPORT.pattern.fullmatch(question.code) else ""


def why_left_out(question: ToolQuestion, id: str, exports: Collection[str]) -> str:
    """Say why a question cannot be in a questionnaire; "" where it can.

    `exports` are those of the questions before it; `id` is what the question would be called.
    """
    if (export_of(question) or id) in exports:
        return "whose code is that of an earlier question"
    if question.kind == "other":
        return f"of a type that a questionnaire has no kind for ({question.type or 'unknown'})"
    if question.kind in ("single", "multiple", "statements") and not _usable(question.options):
        return "which has no answers in the file"
    if question.kind == "statements" and not _usable(question.parts):
        return "which has no statements in the file"
    return ""


def question_lines(question: ToolQuestion, names: Names, routing: Translation) -> Iterator[str]:
    """Yield the lines of a question that can be in a questionnaire."""
    yield f"  - id: {scalar(names.questions[question.code])}"
    for line in _keys(question, names, routing):
        yield f"    {line}"


def _keys(question: ToolQuestion, names: Names, routing: Translation) -> Iterator[str]:
    text = question.text or question.code
    if export_of(question):
        yield f"export: {scalar(question.code)}"
    else:
        yield comment(
            f"check: the tool's code is {question.code!r}, which is not {QUESTION_EXPORT.words}: map its columns"
        )
    yield f"kind: {question.kind}"
    yield f"title: {scalar(_title(text), on_a_line=True)}"
    yield f"text: {scalar(text, on_a_line=True)}"
    yield "pijler: algemeen"
    yield "fase: algemeen"
    yield from _asked_if(question, routing)
    yield from (comment(f"check: {note}") for note in question.notes)
    if question.kind == "mark":
        marks = [int(code) for code, _ in question.answers]
        yield f"range: [{min(marks)}, {max(marks)}]"
    elif question.kind in ("single", "multiple", "statements"):
        yield "categories:"
        yield from _categories(question, question.kind, names)
    if question.kind == "statements":
        yield "items:"
        for code, label in _usable(question.parts):
            yield "  - " + flow(id=names.items[question.code, code], export=code, label=label or code)
        yield from _unusable(question.parts)


def _asked_if(question: ToolQuestion, routing: Translation) -> Iterator[str]:
    if routing.routing:
        yield f"asked_if: {routing.routing}"
    if routing.reason:
        yield comment(f"check: the routing could not be taken over, for {routing.reason}. In the tool:")
        yield comment(question.relevance)
    elif routing.also_asked:
        listed = ", ".join(routing.also_asked)
        yield comment(f"check: the tool also asks this where {listed} was left empty; a routing does not. In the tool:")
        yield comment(question.relevance)


def _categories(question: ToolQuestion, kind: Kind, names: Names) -> Iterator[str]:
    for code, label in _usable(question.options):
        no_code = question.has_other and code == "other"
        sure = no_code or code in question.written_in or code in question.exclusive
        sort = guess_kind(label, kind)
        if code in question.exclusive:
            sort = "none_of_these"
        elif no_code or code in question.written_in or code == "other":
            sort = "other"
        line = flow(
            code=names.options[question.code, code],
            export=code,
            label=label or code,
            kind="" if sort == "valid" else sort,
        )
        yield f"  - {line}" + ("" if sure or sort == "valid" else f"  # {_GUESSED}")
    yield from _unusable(question.options)


def _usable(listed: Sequence[Coded]) -> list[Coded]:
    """Return what has a code that a questionnaire can hold, each code once."""
    once: dict[str, str] = {}
    for code, label in listed:
        if _fits(code):
            once.setdefault(code, label)
    return list(once.items())


def _unusable(listed: Sequence[Coded]) -> Iterator[str]:
    seen: set[str] = set()
    for code, label in listed:
        if not _fits(code):
            yield comment(f"check: left out {label!r}, whose code {code!r} is not {EXPORT.words}", 2)
        elif code in seen:
            yield comment(f"check: left out {label!r}, whose code {code!r} is that of another answer", 2)
        seen.add(code)


def _fits(code: str) -> bool:
    return EXPORT.pattern.fullmatch(code) is not None


def _title(text: str) -> str:
    title = re.sub(r"[\s:?]+$", "", text)
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rpartition(" ")[0].rstrip(" ,;:") + " …"
    return title or text
