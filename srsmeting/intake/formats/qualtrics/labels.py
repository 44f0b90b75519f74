"""Answers of Qualtrics as texts, and the codes that they stand for according to the structure of the survey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from srsmeting.intake.binding.wording import same_wording
from srsmeting.intake.raw import TEXT

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolQuestion, ToolStructure


class Part(NamedTuple):
    """What the structure says of a column: its question; code and text of its part, "" for a whole question."""

    question: ToolQuestion
    code: str = ""
    text: str = ""

    @property
    def wording(self) -> str:
        """The text of the question and of the part."""
        return " - ".join(filter(None, (self.question.text, self.text)))


def find_parts(structure: ToolStructure, headings: Sequence[str]) -> dict[str, Part]:
    """Return what the structure says of each column that it knows.

    A question's tag that is not unique tells nothing; its columns are named by their ImportId, of which the structure
    knows the question.
    """
    tags = Counter(question.code for question in structure)
    known: dict[str, Part] = {}
    for question in structure:
        names = [question.qid, *([question.code] if tags[question.code] == 1 else [])]
        known |= {name: Part(question) for name in names if name}
        if names[-1] == question.code:
            for code, text in question.parts:
                known[f"{question.code}_{code}"] = Part(question, code, text)
                if question.kind != "multiple":
                    known.setdefault(code, Part(question, code, text))
    return {heading: known[heading] for heading in headings if heading in known}


def declared(part: Part, code: str) -> bool:
    """Say whether a code is one of the answers of a question."""
    return code in dict(part.question.answers) or (not part.code and code in dict(part.question.parts))


def to_codes(column: pd.Series[str], part: Part, delimiter: str) -> pd.Series[str]:
    """Return a column of answers as codes; what is no text of an answer stays as it is, for coding to judge.

    Examples
    --------
    >>> from srsmeting.questionnaire.structures import ToolQuestion
    >>> wie = ToolQuestion("Q1", "Wie?", "multiple", parts=(("1", "Zorg, welzijn"), ("4", "Sport")))
    >>> to_codes(pd.Series(["Sport,Zorg, welzijn", "", "Anders"], dtype="str"), Part(wie), ",").tolist()
    ['4,1', '', 'Anders']
    >>> to_codes(pd.Series(["Sport", ""], dtype="str"), Part(wie, "4", "Sport"), ",").tolist()
    ['1', '']
    """
    known = dict(_writings(part))
    several = part.question.kind == "multiple" and not part.code
    numbers, values = pd.factorize(column)
    coded = []
    for value in values:
        code = known.get(same_wording(value), "") if value else ""
        if several and value and not code:
            code = delimiter.join(_taken_apart(value, known, delimiter))
        coded.append(code or value)
    return pd.Series(pd.array(coded, dtype=TEXT).take(numbers), index=column.index, name=column.name)


def _taken_apart(value: str, known: Mapping[str, str], delimiter: str) -> list[str]:
    """Return the codes of the options in a cell; none when it holds anything else.

    An option can have the delimiter in its text: of what can be an option, the longest is.
    """
    pieces = value.split(delimiter)
    longest = max((wording.count(delimiter) for wording in known), default=0) + 1
    codes: list[str] = []
    start = 0
    while start < len(pieces):
        for end in range(min(start + longest, len(pieces)), start, -1):
            if code := known.get(same_wording(delimiter.join(pieces[start:end]))):
                codes.append(code)
                start = end
                break
        else:
            return []
    return codes


def _writings(part: Part) -> Iterator[tuple[str, str]]:
    if part.question.kind == "multiple" and part.code:
        yield same_wording(part.text), "1"
        return
    answers = part.question.parts if part.question.kind == "multiple" else part.question.answers
    wordings = [same_wording(label) for _, label in answers]
    times = Counter(wordings)
    for (code, _), wording in zip(answers, wordings, strict=True):
        if times[wording] == 1:  # a text that two answers share is neither of them
            yield wording, code


def texts_of(parts: Mapping[str, Part]) -> dict[str, str]:
    """Return the texts of columns according to the structure: never cut off, as they are in the file."""
    return {heading: part.wording for heading, part in parts.items() if part.wording}
