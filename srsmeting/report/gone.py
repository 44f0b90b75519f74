"""A chapter that names what this year's questionnaire does not have any more is told what became of it."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from srsmeting.errors import UnknownNameError
from srsmeting.report.bundle import Gone

R = TypeVar("R", bound=type)

#: What an error calls a name, and as what the questionnaire of another year can have had it.
_LEVELS: Final = {
    "question": ("question",),
    "item": ("statement",),
    "category": ("answer", "sum", "theme"),
    "breakdown": ("question", "grouping"),
    "by": ("question", "grouping"),
    "group": ("answer", "group"),
}
_OWNER: Final = re.compile(r"'([^']+)'$")


def telling(report: R) -> R:
    """Make every call of a report tell of a name that is gone since which year, and what to write in its place."""
    for name in dir(report):
        method = inspect.getattr_static(report, name)
        if not name.startswith("_") and inspect.isfunction(method):
            setattr(report, name, _told(method))
    return report


def _told(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return method(self, *arguments, **named)
        except UnknownNameError as error:
            if advice := advice_on(error, self.texts.gone):
                raise UnknownNameError(f"{error.where}: no {error.kind} {error.value!r}. {advice}") from None
            raise

    return call


def advice_on(error: UnknownNameError, gone: Iterable[Gone]) -> str:
    """Say what became of a name that an error is about; empty where no earlier year had it.

    Examples
    --------
    >>> from srsmeting.errors import unknown_name
    >>> error = unknown_name("question 'deelname'", "category", "misschien", ["ja", "nee"])
    >>> gone = Gone(level="answer", name="misschien", of="deelname", last="srs-2022", since="srs-2023")
    >>> advice_on(error, [gone])
    "It was there in 'srs-2022', and is dropped in 'srs-2023'. Take what names it out of the chapter."
    """
    owner = _OWNER.search(error.where)
    for one in gone:
        if one.name != error.value or one.level not in _LEVELS.get(error.kind, ()):
            continue
        if one.of and owner and owner[1] != one.of:
            continue
        there = f"It was there in {one.last!r}, and is"
        names = " and ".join(map(repr, one.became))
        if not one.became:
            return f"{there} dropped in {one.since!r}. Take what names it out of the chapter."
        if one.merged:
            return f"{there} part of {names} in {one.since!r}. Write that name, and say what it now is about."
        write = "that name" if len(one.became) == 1 else "one of those names"
        return f"{there} {names} in {one.since!r}. Write {write}."
    return ""
