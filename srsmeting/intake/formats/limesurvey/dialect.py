"""LimeSurvey: how it names columns, writes answers and what it adds itself, whatever the format of the export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from srsmeting.intake.dialect import Dialect
from srsmeting.intake.personal import ADDRESS, ATTRIBUTE, KEY, MOMENT, NAME, REFERRER, TECHNICAL
from srsmeting.questionnaire import Question

ID, SUBMITTED, TOKEN = "id", "submitdate", "token"
STARTED, TOOK = "startdate", "interviewtime"

_ADDED = (
    (re.compile("id|lastpage|startlanguage|seed"), TECHNICAL),
    (re.compile("ipaddr"), ADDRESS),
    (re.compile("refurl"), REFERRER),
    (re.compile("token"), KEY),
    # The names of timings are made of a group or a question.
    (re.compile(r"submitdate|startdate|datestamp|interviewtime|groupTime\d+|\w+Time"), MOMENT),
    # Only the participant table adds these.
    (re.compile("firstname|lastname|email|emailstatus|participant_id"), NAME),
    (re.compile(r"attribute_\d+|language|sent|remindersent|remindercount|usesleft|completed|blacklisted"), ATTRIBUTE),
    (re.compile("validfrom|validuntil|mpid|tid"), ATTRIBUTE),
)
# What its own question types have for answers when the texts are exported, in the languages that are read.
YES, NO, NOT_APPLICABLE, OTHER = ("Ja", "Yes"), ("Nee", "No"), "N/A", ("Overige", "Other")
OTHER_CHOSEN = "-oth-"
_ANSWER_TEXTS = (*YES, *NO, NOT_APPLICABLE)
# Types with letters for answers, and the order in which they are numbered where letters become numbers.
_LETTERS = ("YNU", "ISD")


def what_is_added(code: str) -> str:
    """Say in Dutch what a column is that LimeSurvey adds itself; empty for a question.

    Examples
    --------
    >>> what_is_added("ipaddr"), what_is_added("G01Q01Time"), what_is_added("G01Q01")
    ('adres van de computer', 'moment of duur', '')
    """
    return next((what for pattern, what in _ADDED if pattern.fullmatch(code)), "")


@dataclass(frozen=True)
class LimeSurvey(Dialect):
    """The dialect of LimeSurvey 3 to 6.

    Parameters
    ----------
    numbered
        Whether the letters of its own answers (yes, no, uncertain; increase, same, decrease) became numbers.

    Examples
    --------
    >>> LimeSurvey().question_of("vrtaken[SQ001]"), LimeSurvey().question_of("dual_SQ001_0")
    ('vrtaken', 'dual')
    """

    ticked: frozenset[str] = frozenset({"Y"})
    other_chosen: frozenset[str] = frozenset({OTHER_CHOSEN})
    #: What an equation gives whose inputs are empty.
    no_number: frozenset[str] = frozenset({"NAN"})
    numbered: bool = False

    def question_of(self, heading: str) -> str:
        """Return the question code of a heading: it holds neither brackets nor underscores."""
        return re.split(r"[\[_]", heading, maxsplit=1)[0].strip()

    def aliases(self, question: Question) -> Mapping[str, str]:
        """Return the numbers that stand for letters, for a question that has those letters."""
        codes = {category.export for category in question.categories}
        for letters in _LETTERS if self.numbered else ():
            if codes and codes <= set(letters):
                return {str(number): letter for number, letter in enumerate(letters, start=1)}
        return {}

    def wrong_setting(self, question: Question, value: str) -> tuple[str, str] | None:
        """Return rule and message for answers exported as texts, and for converted ticks."""
        if question.kind == "number" or self.labels:
            return None
        if value in question.labels.values() or value in _ANSWER_TEXTS:
            return "answer_text", "is the text of an answer. Export again with 'Answer codes' as answers."
        if question.kind == "multiple" and value in ("1", "2"):
            return "converted", "stands for yes or no. Export again without converting Y and N."
        return None


#: Answers as codes; as texts, where no structure says which code each is; and with yes and no converted to 1 and 2.
CODES = LimeSurvey()
TEXTS = LimeSurvey(
    ticked=frozenset({"Y", *YES}),
    unticked=frozenset(NO),
    other_chosen=frozenset({OTHER_CHOSEN, *OTHER}),
    no_answer=frozenset({NOT_APPLICABLE}),
    labels=True,
)
CONVERTED = LimeSurvey(ticked=frozenset({"Y", "1"}), unticked=frozenset({"2"}), no_text=frozenset({"2"}), numbered=True)
SPSS = LimeSurvey(
    ticked=frozenset({"Y", "1"}),
    unticked=frozenset({"0"}),
    # A list with numbers for codes has a number for "other" too.
    other_chosen=frozenset({OTHER_CHOSEN, "666666"}),
    numbered=True,
)
