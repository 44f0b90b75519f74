"""From what coders filled in to one coding: where they agree, and what they still have to talk about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import pandas as pd

from srsmeting.questionnaire import Questionnaire
from srsmeting.themes.agreement import Agreement, compare_codings
from srsmeting.themes.coded import COLUMNS, codes_of
from srsmeting.themes.reading import Answers, FilledIn
from srsmeting.themes.workbook import Answer

#: Codes by pseudonym, by question.
Codes = Mapping[str, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Outcome:
    """What came of the workbooks of one or two coders.

    Parameters
    ----------
    codes
        Codes by pseudonym, by question, as far as they are settled.
    disputed
        Answers with other codes from each coder: the codes as text by coder, by pseudonym, by question.
    uncoded
        Answers that nobody coded, by question.
    agreements
        How far two coders agree, question by question; empty with one coder.
    left_out
        Questions with a codebook that no workbook has a code for.
    """

    codes: Codes
    disputed: Mapping[str, Mapping[str, Mapping[str, str]]]
    uncoded: Mapping[str, Sequence[str]]
    agreements: Sequence[Agreement]
    left_out: Sequence[str]

    @property
    def is_settled(self) -> bool:
        """Whether every answer to the questions that were coded has its codes."""
        return not any(self.disputed.values()) and not any(self.uncoded.values())


def settle(
    questionnaire: Questionnaire,
    answers: Answers,
    coders: Sequence[FilledIn],
    agreed: FilledIn | None = None,
    earlier: Codes | None = None,
) -> Outcome:
    """Put the work of coders together.

    Parameters
    ----------
    questionnaire
        Its codebooks.
    answers
        The answers that count, by pseudonym, by question.
    coders
        One workbook, or two: of an answer that both coded, both must say the same.
    agreed
        What they made of it together: it goes before what each said alone.
    earlier
        Codes that answers have from before; they stand where no workbook says anything of an answer.
    """
    names = coder_names(coders)
    codes: dict[str, dict[str, frozenset[str]]] = {}
    disputed: dict[str, dict[str, dict[str, str]]] = {}
    uncoded: dict[str, list[str]] = {}
    agreements = []
    files = (*coders, *([agreed] if agreed else []))
    known = earlier or {}
    questions = [q for q in answers if known.get(q) or any(file.codes.get(q) for file in files)]
    for question in questions:
        order = codes_of(questionnaire.question(question))
        given = [file.codes.get(question, {}) for file in coders]
        final = agreed.codes.get(question, {}) if agreed else {}
        codes[question], disputed[question], uncoded[question] = {}, {}, []
        for answer in answers[question]:
            said = {name: coding[answer] for name, coding in zip(names, given, strict=True) if answer in coding}
            if answer in final:
                codes[question][answer] = final[answer]
            elif not said and answer in known.get(question, {}):
                codes[question][answer] = known[question][answer]
            elif not said:
                uncoded[question].append(answer)
            elif len(set(said.values())) == 1:
                codes[question][answer] = next(iter(said.values()))
            else:
                disputed[question][answer] = {name: _told(each, order) for name, each in said.items()}
        if len(given) == 2:
            agreements.append(compare_codings(question, order, *given))
    left_out = [question for question in answers if question not in questions]
    return Outcome(codes, disputed, uncoded, agreements, left_out)


def coder_names(coders: Sequence[FilledIn]) -> list[str]:
    """Return what each coder is called: the name of the workbook; numbered where those are the same."""
    stems = [PurePath(coder.name).stem for coder in coders]
    return [f"{stem} ({n})" if stems.count(stem) > 1 else stem for n, stem in enumerate(stems, start=1)]


def coded_frame(questionnaire: Questionnaire, outcome: Outcome) -> pd.DataFrame:
    """Return the codes as ``coded.csv`` has them: by question, pseudonym and the order of the codebook."""
    rows = [
        (answer, question, code)
        for question, given in outcome.codes.items()
        for answer in sorted(given)
        for code in codes_of(questionnaire.question(question))
        if code in given[answer]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def disputed_answers(answers: Answers, outcome: Outcome) -> dict[str, list[Answer]]:
    """Return the answers to talk about, with what each coder made of them, for a workbook."""
    return {
        question: [
            Answer(id, answers[question][id], {f"Volgens {name}": told for name, told in said.items()})
            for id, said in given.items()
        ]
        for question, given in outcome.disputed.items()
        if given
    }


def _told(codes: frozenset[str], order: Sequence[str]) -> str:
    return "; ".join(code for code in order if code in codes)
