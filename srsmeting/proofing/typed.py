"""Numbers and comparisons that are typed by hand, in the text and in the texts that calls are given."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Sequence

from srsmeting.errors import Fault
from srsmeting.proofing.source import Call, calls, chapters, prose
from srsmeting.proofing.titles import titles
from srsmeting.proofing.vocabulary import comparisons, numbers
from srsmeting.render.book import Book
from srsmeting.render.document import Cell
from srsmeting.report import Report
from srsmeting.report.goals import GoalsReport

#: Parameters whose text may compare: the call decides what comes behind it, or whether it stands there at all.
_DECIDED = frozenset({"lead", "most", "least", "then", "otherwise", "unknown"})
#: Of these the call decides whether the text stands there at all, so that it may name a fraction too.
_CONDITIONAL = frozenset({"then", "otherwise", "unknown"})
_CAPTIONS = ("fig-cap", "tbl-cap", "fig-alt")


def typed_by_hand(book: Book, labels: Sequence[str] = ()) -> Iterator[Fault]:
    """Yield what is typed by hand and could be untrue of other data, line by line.

    Parameters
    ----------
    book
        The report, read.
    labels
        Names of answers and statements, which may hold a number or a comparison.
    """
    for line in titles(book):
        yield from _faults(line.text, line.file, line.number, labels)
    for chapter in chapters(book):
        for line in prose(chapter):
            yield from _faults(line.text, line.file, line.number, labels)
        for part in chapter.parts:
            if isinstance(part, Cell):
                for name in _CAPTIONS:
                    if text := part.options.get(name, ""):
                        yield from _faults(str(text), part.file, part.options.lines[name], labels)
        for call in calls(chapter):
            yield from _in_call(call, labels)


def _faults(
    text: str, file: str, line: int, labels: Sequence[str], *, count: bool = True, compare: bool = True
) -> Iterator[Fault]:
    found = numbers(text, labels) if count else []
    if found:
        message = f"{_quoted(found)} typed by hand. Let a call give the number, such as r.count() or r.words()."
        yield Fault(file, message, line, value=found[0], rule="number")
    found = comparisons(text, labels) if compare else []
    if found:
        message = f"{_quoted(found)} typed by hand: a comparison without a condition. Let a call say it, or r.when()."
        yield Fault(file, message, line, value=found[0], rule="comparison")


def _in_call(call: Call, labels: Sequence[str]) -> Iterator[Fault]:
    for name, value in _parameters(call):
        if name == "condition" and isinstance(value, ast.Constant):
            message = f"the condition of {call.name}() is {value.value!r} whatever the figures are. Let a call tell."
            yield Fault(call.file, message, call.line, value=str(value.value), rule="comparison")
        decided = name in _DECIDED
        for node in ast.walk(value):
            if isinstance(node, ast.Call) and node is not value:
                break  # it is looked at for itself
            if not isinstance(node, ast.Constant):
                continue
            # By keyword it is a setting, such as how many things to name.
            placed = value in call.node.args
            if placed and isinstance(node.value, int | float) and not isinstance(node.value, bool):
                message = f"{node.value!r} is typed in {call.name}(). Let the measurement say it."
                yield Fault(call.file, message, call.line, value=str(node.value), rule="number")
            # A single word is a name; a text has spaces.
            elif isinstance(node.value, str) and " " in node.value:
                yield from _faults(
                    node.value, call.file, call.line, labels, count=name not in _CONDITIONAL, compare=not decided
                )


def _parameters(call: Call) -> list[tuple[str, ast.expr]]:
    """Return the arguments of a call of a report with the parameters that they are for."""
    method = getattr(Report, call.name, None) or getattr(GoalsReport, call.name, None)
    names = list(inspect.signature(method).parameters)[1:] if callable(method) else []
    placed = [(names[at] if at < len(names) else "", value) for at, value in enumerate(call.node.args)]
    return placed + [(keyword.arg or "", keyword.value) for keyword in call.node.keywords]


def _quoted(found: list[str]) -> str:
    return f"{', '.join(repr(word) for word in found)} {'is' if len(found) == 1 else 'are'}"
