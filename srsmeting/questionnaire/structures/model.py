"""What the structure file of a survey tool says, in the terms that all tools share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from srsmeting.errors import unknown_name

#: `other` is what a questionnaire has no kind for: a ranking, a date, two scales, an upload, an equation.
ToolKind = Literal["single", "multiple", "statements", "mark", "number", "open", "other"]

#: A code of the tool and its text.
Coded = tuple[str, str]


@dataclass(frozen=True)
class ToolQuestion:
    """One question as the survey tool has it.

    Parameters
    ----------
    code
        What the tool calls it in an export.
    text
        Its wording, without markup.
    kind
        The kind of a questionnaire that it is, or `other`.
    parts
        Code and text of the parts that have a column of their own: the options of a multiple choice, the statements of
        a battery. Of kind `other` as LimeSurvey names them: ``SQ001_J2023`` in an array of numbers, the rank in a
        ranking, ``SQ001#0`` and ``SQ001#1`` for two scales.
    answers
        Code and label of the answers that a cell can hold.
    has_other
        Whether there is an "other, namely" that has no code of its own: LimeSurvey's ``-oth-`` and ``[other]``.
    relevance
        Who is asked it, in the tool's own words; "" for everyone.
    qid
        The tool's internal number.
    other_label
        Text of that "other, namely".
    other_place
        Where it stands among the options or answers; -1 for the end.
    exclusive
        Parts that rule out all others.
    written_in
        Parts or answers that have a code and also a text box.
    type
        The tool's own name for the kind of question.
    group
        Text above the page or block that it stands on.
    notes
        What else the tool does with it that a questionnaire cannot say, in English.
    """

    code: str
    text: str
    kind: ToolKind
    parts: tuple[Coded, ...] = ()
    answers: tuple[Coded, ...] = ()
    has_other: bool = False
    relevance: str = ""
    qid: str = ""
    other_label: str = ""
    other_place: int = -1
    exclusive: tuple[str, ...] = ()
    written_in: tuple[str, ...] = ()
    type: str = ""
    group: str = ""
    notes: tuple[str, ...] = ()

    @cached_property
    def part_codes(self) -> frozenset[str]:
        """The codes of the parts."""
        return frozenset(code for code, _ in self.parts)

    @property
    def options(self) -> tuple[Coded, ...]:
        """What can be chosen, in the order of the screen, "other, namely" in its place with the code ``other``.

        Examples
        --------
        >>> ToolQuestion("Q", "Wat?", "single", answers=(("A1", "Een"),), has_other=True, other_label="Anders").options
        (('A1', 'Een'), ('other', 'Anders'))
        """
        listed = list(self.parts if self.kind == "multiple" else self.answers)
        if self.has_other:
            listed.insert(len(listed) if self.other_place < 0 else self.other_place, ("other", self.other_label))
        return tuple(listed)


@dataclass(frozen=True)
class ToolStructure:
    """The questions of a survey as its tool exports them.

    Parameters
    ----------
    tool
        Name and format, such as "LimeSurvey (.lss)".
    title
        Title of the survey.
    questions
        In the order of the survey.
    language
        The language of the texts, as the tool names it; "" where the file does not tell.
    persons
        Fields of the file with something about who made the survey, or with the mails to who was invited: by name, for
        nothing of them is taken over.
    """

    tool: str
    title: str
    questions: tuple[ToolQuestion, ...]
    language: str = ""
    persons: tuple[str, ...] = ()

    @cached_property
    def _by_code(self) -> dict[str, ToolQuestion]:
        by_code: dict[str, ToolQuestion] = {}
        for question in self.questions:
            by_code.setdefault(question.code, question)
        return by_code

    def __iter__(self) -> Iterator[ToolQuestion]:
        return iter(self.questions)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def question(self, code: str) -> ToolQuestion:
        """Return the question of a code; an unknown code raises UnknownNameError.

        Examples
        --------
        >>> ToolStructure("proef", "Proef", (ToolQuestion("Q1", "Wat?", "open"),)).question("Q1").text
        'Wat?'
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise unknown_name(f"survey {self.title!r}", "question", code, self._by_code) from None
