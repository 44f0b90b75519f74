"""Names for a questionnaire made of a tool's codes and labels: small letters, ASCII, each its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from srsmeting.questionnaire.parsing import KEYWORDS
from srsmeting.questionnaire.structures.model import Coded, ToolQuestion, ToolStructure

#: Words that a name does not end in where it was cut.
_SMALL = frozenset({"aan", "bij", "de", "een", "en", "het", "in", "met", "of", "om", "op", "te", "van", "voor"})
#: Long enough to tell answers apart, short enough to read in a routing.
LONGEST = 32


@dataclass(frozen=True)
class Names:
    """What the questions of a tool are called in a questionnaire.

    Parameters
    ----------
    questions
        Our id by the tool's code.
    options
        Our code of an answer or option by the tool's codes of question and answer.
    items
        Our id of a statement by the tool's codes of question and part.
    """

    questions: Mapping[str, str]
    options: Mapping[tuple[str, str], str]
    items: Mapping[tuple[str, str], str]


def make_names(structure: ToolStructure) -> Names:
    """Name everything in a structure that a questionnaire has a place for.

    Questions are named by the tool's code, which people know by heart; answers and statements by their label, for a
    routing that reads ``sector == zorg_welzijn`` needs no codebook.
    """
    # Of two questions with one code the first is meant.
    first = {question.code: question for question in reversed(structure.questions)}
    codes = list(dict.fromkeys(question.code for question in structure.questions))
    questions = dict(zip(codes, numbered(slug(code, "q") or "q" for code in codes), strict=True))
    options: dict[tuple[str, str], str] = {}
    items: dict[tuple[str, str], str] = {}
    for question in first.values():
        if question.kind != "mark":
            options |= _of_labels(question, question.options, "")
        else:
            options |= {(question.code, code): code for code, _ in question.answers}
        if question.kind == "statements":
            items |= _of_labels(question, question.parts, "item")
    return Names(questions, options, items)


def slug(text: str, start: str = "") -> str:
    """Return a text in small letters, digits and underscores, cut at a word; `start` goes before a leading digit.

    Examples
    --------
    >>> slug("Er stroomden meer mensen in vanuit het onderwijs")
    'er_stroomden_meer_mensen'
    >>> slug("Zorg & welzijn"), slug("Eén"), slug("50–249 fte"), slug("2024", "item"), slug("Not")
    ('zorg_welzijn', 'een', '50_249_fte', 'item_2024', 'not_')
    """
    # A dash is no accent: it stands between words.
    plain = unicodedata.normalize("NFKD", text.replace("–", " ")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    kept = [word[:LONGEST] for word in words[:1]]
    for word in words[1:]:
        if len("_".join([*kept, word])) > LONGEST:
            while len(kept) > 1 and kept[-1] in _SMALL:
                kept.pop()
            break
        kept.append(word)
    name = "_".join(kept)
    if name in KEYWORDS:
        return f"{name}_"
    return f"{start}_{name}" if start and name[:1].isdigit() else name


def numbered(names: Iterable[str]) -> list[str]:
    """Return names of which each is its own: the second of a name gets a number.

    Examples
    --------
    >>> numbered(["ja", "nee", "ja", "ja_2", "ja"])
    ['ja', 'nee', 'ja_2', 'ja_2_2', 'ja_3']
    """
    taken: set[str] = set()
    last: dict[str, int] = {}
    own_names: list[str] = []
    for name in names:
        own, n = name, last.get(name, 1)
        while own in taken:
            n += 1
            own = f"{name}_{n}"
        last[name] = n
        taken.add(own)
        own_names.append(own)
    return own_names


def _of_labels(question: ToolQuestion, listed: Sequence[Coded], start: str) -> dict[tuple[str, str], str]:
    # Of two options with one code the first is meant.
    labels = dict(reversed(listed))
    codes = list(dict.fromkeys(code for code, _ in listed))
    names = numbered(slug(labels[code], start) or slug(code, start) or start or "antwoord" for code in codes)
    return {(question.code, code): name for code, name in zip(codes, names, strict=True)}
