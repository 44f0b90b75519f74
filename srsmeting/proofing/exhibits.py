"""Figures and tables that nobody refers to, and references to what is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from srsmeting.errors import Fault, suggest
from srsmeting.presentation.exhibit import exhibit_id
from srsmeting.proofing.source import Call, calls, chapters
from srsmeting.render.book import Book
from srsmeting.render.document import Cell, Prose

_REFERENCE: Final = re.compile(r"(?<![\w\\])-?@(?P<label>(?:fig|tbl)-[\w-]*\w)")
_LABEL: Final = re.compile(r"\{#(?P<label>(?:fig|tbl)-[\w-]+)")
_COMMENT: Final = re.compile(r"<!--.*?-->")
#: The label of what a call shows, by its first argument: where it can be told without making it.
_LABELS: Final[Mapping[str, Callable[[str], str]]] = {
    "figure": lambda name: exhibit_id("fig", name),
    "distribution_table": lambda name: exhibit_id("tbl", name),
    "group_figure": lambda name: exhibit_id("fig", name),
    "group_table": lambda name: exhibit_id("tbl", name),
    "years_table": lambda name: exhibit_id("tbl-jaren", name),
    "years_figure": lambda name: exhibit_id("fig-jaren", name),
    "facts_table": lambda name: exhibit_id("tbl", name),
    "response_table": lambda name: exhibit_id("tbl", f"respons_{name}"),
    "coverage_table": lambda _: "tbl-dekkingsgraad",
    "pijlers_table": lambda _: "tbl-pijlers",
    "disposition_table": lambda _: "tbl-uitkomst",
    "composition_table": lambda _: "tbl-steekproefkader",
    "goals_table": lambda _: "tbl-doelen",
    "goals_figure": lambda _: "fig-realisatie",
    "results_table": lambda _: "tbl-resultaten",
    "attainment_table": lambda _: "tbl-realisatie",
    "standings_table": lambda _: "tbl-gehaald",
    "flow_figure": lambda _: "fig-stappen",
    "progress_figure": lambda _: "fig-voortgang",
    "durations_table": lambda _: "tbl-looptijd",
    "durations_figure": lambda _: "fig-looptijd",
    "participants_table": lambda _: "tbl-deelnemers",
    "dropout_table": lambda _: "tbl-uitval",
    "topics_table": lambda _: "tbl-onderwerpen",
    "figures_table": lambda _: "tbl-overige-cijfers",
}


#: What a monitor of goals shows only where it has data of it.
_KEPT: Final = frozenset(
    f"{name}_{kind}"
    for kind, names in (
        ("table", ("durations", "participants", "dropout", "topics", "figures")),
        ("figure", ("flow", "progress", "durations")),
    )
    for name in names
)
#: Of these the label is always the same.
_FIXED: Final = _KEPT | {
    *("coverage_table", "pijlers_table", "disposition_table", "composition_table"),
    *("goals_table", "goals_figure", "results_table", "attainment_table", "standings_table"),
}


#: These show nothing where there was no measurement before, or nothing of the kind was kept, as little as the text
#: that refers to them.
_AT_TIMES: Final = _KEPT | {"years_table", "years_figure"}


@dataclass(frozen=True)
class _Place:
    file: str
    line: int


def unreferred(book: Book, shown: Mapping[tuple[str, int], Any] | None = None) -> Iterator[Fault]:
    """Yield the exhibits that no text refers to, and the references that lead nowhere.

    Parameters
    ----------
    book
        The report, read.
    shown
        What the cells show, by their file and line; without it labels are told from the calls, and a reference is not
        called wrong while there is a call that shows something unknown.
    """
    labels, unknown = _labels(book, shown)
    references = _references(book)
    for label, place in labels.items():
        if label not in references:
            message = f"nothing refers to {label!r}. Announce it in the text with @{label}, or leave it out."
            yield Fault(place.file, message, place.line, value=label, rule="unreferred")
    for label, places in references.items():
        if label not in labels and not unknown:
            for place in places:
                message = f"'@{label}' points at nothing. {suggest(label, labels)}"
                yield Fault(place.file, message, place.line, value=label, rule="absent")


def _references(book: Book) -> dict[str, list[_Place]]:
    found: dict[str, list[_Place]] = {}
    for chapter in chapters(book):
        for part in chapter.parts:
            if isinstance(part, Prose):
                for line in part.lines:
                    for match in _REFERENCE.finditer(_COMMENT.sub("", line.text)):
                        found.setdefault(match["label"], []).append(_Place(line.file, line.number))
    return found


def _labels(book: Book, shown: Mapping[tuple[str, int], Any] | None) -> tuple[dict[str, _Place], bool]:
    """Return the labels of a book with their places, and whether there may be others."""
    found: dict[str, _Place] = {}
    unknown = False
    for chapter in chapters(book):
        for part in chapter.parts:
            if isinstance(part, Prose):
                for line in part.lines:
                    for match in _LABEL.finditer(_COMMENT.sub("", line.text)):
                        found.setdefault(match["label"], _Place(line.file, line.number))
            elif isinstance(part, Cell):
                place = _Place(part.file, part.line)
                if part.label.startswith(("fig-", "tbl-")):
                    found.setdefault(part.label, place)
                elif shown is not None:
                    label = getattr(shown.get((part.file, part.line)), "id", "")
                    if isinstance(label, str) and label.startswith(("fig-", "tbl-")):
                        found.setdefault(label, place)
        for call in calls(chapter):
            if shown is None or call.name in _AT_TIMES:
                label = _told(call)
                unknown = unknown or label is None
                if label:
                    found.setdefault(label, _Place(call.file, call.line))
    return found, unknown


def _told(call: Call) -> str | None:
    """Return the label of what a call shows; nothing where it shows no exhibit, None where that cannot be told."""
    if call.name not in _LABELS:
        return None if call.name.endswith(("_table", "_figure")) and call.name != "means_table" else ""
    first = call.node.args[0] if call.node.args else None
    name = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    if name is None and call.name not in _FIXED:
        return None
    return _LABELS[call.name](name or "")
