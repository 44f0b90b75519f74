"""What a broken rule of a questionnaire is, and the rules about names that every list shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from srsmeting.errors import suggest
from srsmeting.questionnaire.entries import Category, Item, QuestionEntry
from srsmeting.questionnaire.parsing import KEYWORDS
from srsmeting.yamlfile import Loc


class Problem(NamedTuple):
    """A broken rule: the entry where it is, the key in it ("" for the entry as a whole), and what is wrong.

    `first` is the entry that it collides with, where it collides.
    """

    loc: Loc
    key: str
    rule: str
    value: str
    message: str
    first: Loc | None = None


class NameRule(NamedTuple):
    """What a name may look like, for the machine and for people."""

    pattern: re.Pattern[str]
    words: str


ID = NameRule(re.compile(r"[a-z][a-z0-9_]*", re.ASCII), "small letters, digits and '_', starting with a letter")
CODE = NameRule(re.compile(r"[a-z0-9][a-z0-9_]*", re.ASCII), "small letters, digits and '_'")
METING = NameRule(
    re.compile(r"[a-z][a-z0-9_-]*", re.ASCII), "small letters, digits, '-' and '_', starting with a letter"
)
# Codes of a tool can be numbers: -1 and -99 are common for no opinion and no answer.
EXPORT = NameRule(re.compile(r"-?[A-Za-z0-9][A-Za-z0-9_.-]*", re.ASCII), "letters, digits, '_', '-' and '.'")
QUESTION_EXPORT = NameRule(
    re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII), "letters, digits and '_', starting with a letter"
)


def check_name(loc: Loc, key: str, value: str, rule: NameRule) -> Iterator[Problem]:
    """Check the form of one name."""
    if value in KEYWORDS and key != "export":
        message = f"{key} {value!r} is a word of the routing language. Choose another."
        yield Problem(loc, key, f"{key}_name", value, message)
    elif not rule.pattern.fullmatch(value):
        plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
        plain = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
        plain = plain if key == "export" else plain.lower()
        repair = f" Write {plain!r}." if rule.pattern.fullmatch(plain) else ""
        yield Problem(loc, key, f"{key}_name", value, f"{key} {value!r} must be {rule.words}.{repair}")


def check_export(loc: Loc, entry: Category | Item | QuestionEntry, rule: NameRule) -> Iterator[Problem]:
    """Check the form of a code in the survey tool; a default follows the form of our own."""
    if "export" in entry.model_fields_set:
        yield from check_name(loc, "export", entry.export, rule)


def check_unique(loc: Loc, key: str, values: Sequence[str]) -> Iterator[Problem]:
    """Check that no two entries of a list have the same name."""
    for n, value in enumerate(values):
        if value in values[:n]:
            message = f"{key} {value!r} is used twice. Give each its own."
            yield Problem((*loc, n), key, f"duplicate_{key}", value, message, (*loc, values.index(value)))


def check_unique_exports(loc: Loc, key: str, entries: Sequence[Category | Item | QuestionEntry]) -> Iterator[Problem]:
    """Check that no two entries have the same code in the survey tool; `key` is what the export defaults to."""
    names = [getattr(entry, key) for entry in entries]
    for problem in check_unique(loc, "export", [entry.export for entry in entries]):
        n = problem.loc[-1]
        # A default that follows from a doubled name is not a second fault.
        if isinstance(n, int) and ("export" in entries[n].model_fields_set or names[n] not in names[:n]):
            yield problem


def unknown(loc: Loc, key: str, value: str, known: Iterable[str], kind: str = "") -> Problem:
    """Make the problem of a name that does not exist."""
    kind = kind or key
    return Problem(loc, key, f"unknown_{kind}", value, f"no {kind} {value!r}. {suggest(value, known)}")
