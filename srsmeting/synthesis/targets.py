"""Targets: what invented responses must add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from srsmeting.errors import Fault, QuestionnaireError, SynthesisError, UnknownNameError, suggest
from srsmeting.questionnaire import Questionnaire, Routing


@dataclass(frozen=True)
class Target:
    """A number that invented responses must reach.

    Parameters
    ----------
    where
        Expression of the routing language; the respondents for whom it holds. Empty: everyone.
    low, high
        What is counted lies between these, both included.
    total_of
        A question of kind mark: the sum of these respondents' marks is bounded, instead of their number.
    answered
        A question, or ``question.item``: only those respondents count who answered it.
    name
        Where it comes from, for messages.
    free
        Nobody published this number: it was chosen.

    Examples
    --------
    >>> print(Target("kent == ja", 12, 12, name="J6"))
    J6: 12 respondents for whom kent == ja
    >>> print(Target("kent == ja", 72, 75, total_of="cijfer"))
    a total of 72 to 75 in 'cijfer' over respondents for whom kent == ja
    """

    where: str
    low: int
    high: int
    total_of: str = ""
    answered: str = ""
    name: str = ""
    free: bool = False

    def __str__(self) -> str:
        number = str(self.low) if self.low == self.high else f"{self.low} to {self.high}"
        ending = "" if number == "1" else "s"
        of_whom = f"respondents for whom {self.where}" if self.where else "all respondents"
        if self.total_of:
            told = f"a total of {number} in {self.total_of!r} over {of_whom}"
        elif self.answered:
            told = f"{number} answer{ending} to {self.answered!r} from {of_whom}"
        elif self.where:
            told = f"{number} respondent{ending} for whom {self.where}"
        else:
            told = f"{number} respondent{ending}"
        return f"{self.name}{': ' if self.name else ''}{told}{' (chosen freely)' if self.free else ''}"


@dataclass(frozen=True)
class BoundTarget:
    """A target whose names exist: its condition parsed, its questions as (question, item)."""

    target: Target
    condition: Routing | None
    total_of: tuple[str, str] | None
    answered: tuple[str, str] | None


def bind_targets(targets: Sequence[Target], questionnaire: Questionnaire) -> tuple[BoundTarget, ...]:
    """Check the names in targets made in Python.

    Raises
    ------
    SynthesisError
        With every target that cannot be followed.
    """
    bound: list[BoundTarget] = []
    faults: list[Fault] = []
    for target in targets:
        try:
            bound.append(bind_target(target, questionnaire))
        except (SynthesisError, QuestionnaireError, UnknownNameError) as error:
            faults.append(Fault("synthesise()", f"{target}: {error}", rule="target"))
    if faults:
        raise SynthesisError(faults=faults)
    return tuple(bound)


def bind_target(target: Target, questionnaire: Questionnaire) -> BoundTarget:
    """Check the names in one target; what is wrong comes as the error of whoever found it."""
    if not 0 <= target.low <= target.high:
        raise SynthesisError(f"{target.low} to {target.high} holds no number. Write the lowest first.")
    condition = questionnaire.condition(target.where) if target.where else None
    total_of = part_of(target.total_of, questionnaire) if target.total_of else None
    if total_of and questionnaire.question(total_of[0]).kind != "mark":
        marks = [question.id for question in questionnaire.questions if question.kind == "mark"]
        raise SynthesisError(
            f"{target.total_of!r} is not a mark, so it has no total. {suggest(target.total_of, marks)}"
        )
    answered = part_of(target.answered, questionnaire) if target.answered else None
    return BoundTarget(target, condition, total_of, answered)


def part_of(text: str, questionnaire: Questionnaire) -> tuple[str, str]:
    """Return question and statement (or "") for ``question`` or ``question.item``."""
    name, _, item = text.partition(".")
    question = questionnaire.question(name)
    if question.kind == "statements":
        return name, question.item(item).id
    if item:
        raise SynthesisError(f"question {name!r} has no statements, so no {item!r}. Write {name!r}.")
    return name, ""
