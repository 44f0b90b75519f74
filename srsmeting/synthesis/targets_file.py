"""Targets from a file, where each number knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from srsmeting.errors import Fault, QuestionnaireError, SynthesisError, UnknownNameError, suggest
from srsmeting.questionnaire import Question, Questionnaire
from srsmeting.synthesis.targets import Target, bind_target, part_of
from srsmeting.yamlfile import Text, read_yaml, validate

#: In ``counts`` of a targets file: those who answered the question at all.
ANSWERED = "answered"


def _range(value: Any) -> Any:
    return (value, value) if isinstance(value, int) and not isinstance(value, bool) else value


Range = Annotated[
    tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]],
    BeforeValidator(_range),
]


class TargetEntry(BaseModel):
    """One entry of a targets file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text = Field("", description="Where the number comes from; several entries may share it.")
    where: Text = Field("", description="Expression of the routing language. Empty: everyone.")
    count: Range | None = Field(None, description="How many respondents, or [lowest, highest].")
    of: Text = Field("", description="A question, or question.item for a statement.")
    counts: dict[str, Range] | None = Field(
        None, description="With `of`: numbers by category, declared sum, or the word answered."
    )
    total: Range | None = Field(None, description="With `of`, a mark: the sum of the marks.")
    free: bool = Field(False, description="Nobody published these numbers: they were chosen.")


class TargetsFile(BaseModel):
    """A targets file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: Text = Field("", description="What the file is, for its readers.")
    targets: tuple[TargetEntry, ...] = Field(min_length=1)


def read_targets(path: Path | str, questionnaire: Questionnaire) -> tuple[Target, ...]:
    r"""Read a targets file, and check every name in it.

    An entry holds one of three things: ``count`` (with ``where``), ``of`` with ``counts``, or ``of`` with ``total``
    (both with or without ``where``). A number is a whole number, or ``[lowest, highest]``.

    Parameters
    ----------
    path
        YAML: ``targets`` is a list of entries.
    questionnaire
        Its questions, statements, categories and sums may be named.

    Returns
    -------
    tuple of Target
        In the order of the file, one per number.

    Raises
    ------
    SynthesisError
        With every fault of the file.

    Examples
    --------
    >>> import tempfile
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}],
    ...     "questions": [{"id": "kent", "kind": "single", "title": "Kent", "text": "Kent u het?", "pijler": "a",
    ...                    "fase": "bereik",
    ...                    "categories": [{"code": "ja", "label": "Ja"}, {"code": "nee", "label": "Nee"}]}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "targets.yaml")
    ...     _ = file.write_text("targets:\n  - {id: J1, of: kent, counts: {ja: [3, 4]}}\n", encoding="utf-8")
    ...     print(read_targets(file, questionnaire)[0])
    targets.yaml:2 J1: 3 to 4 respondents for whom kent == ja
    """
    file = read_yaml(path, SynthesisError)
    entries = validate(TargetsFile, file, SynthesisError, nouns={"targets": "target"}).targets
    targets: list[Target] = []
    faults: list[Fault] = []
    for number, entry in enumerate(entries):
        line = file.line(("targets", number))
        name = f"{file.name}:{line}{' ' if entry.id else ''}{entry.id}"
        for code, bounds in _numbers(entry):
            try:
                target = _target(entry, code, bounds, name, questionnaire)
                bind_target(target, questionnaire)
                targets.append(target)
            except (SynthesisError, QuestionnaireError, UnknownNameError) as error:
                place = line if code is None else file.line(("targets", number, "counts", code))
                fault = Fault(file.name, str(error), place, code or "", rule="target")
                if fault not in faults:
                    faults.append(fault)
    if faults:
        raise SynthesisError(faults=faults)
    return tuple(targets)


def _numbers(entry: TargetEntry) -> Iterator[tuple[str | None, tuple[int, int]]]:
    if entry.counts is not None:
        yield from entry.counts.items()
    else:
        # What is wrong with an entry that has neither is for `_target` to say.
        yield None, entry.count or entry.total or (0, 0)


def _target(
    entry: TargetEntry, code: str | None, bounds: tuple[int, int], name: str, questionnaire: Questionnaire
) -> Target:
    given = [key for key in ("count", "counts", "total") if getattr(entry, key) is not None]
    if len(given) != 1 or bool(entry.of) != (given != ["count"]):
        raise SynthesisError("give one of: count; of with counts; of with total.")
    target = Target(entry.where, *bounds, name=name, free=entry.free)
    if code is None:
        return replace(target, total_of=entry.of)
    question = questionnaire.question(part_of(entry.of, questionnaire)[0])
    if code == ANSWERED:
        return replace(target, answered=entry.of)
    test = _test(question, entry.of, code)
    return replace(target, where=f"({entry.where}) and {test}" if entry.where else test)


def _test(question: Question, part: str, code: str) -> str:
    sums = {entry.code: entry.of for entry in question.sums}
    if code not in (*question.codes, *sums):
        raise SynthesisError(
            f"question {question.id!r}: no category or sum {code!r}. {suggest(code, [*question.labels, ANSWERED])}"
        )
    codes = sums.get(code, (code,))
    if question.kind == "multiple":
        return f"({' or '.join(f'selected({part}, {option})' for option in codes)})"
    return f"{part} == {codes[0]}" if len(codes) == 1 else f"{part} in [{', '.join(codes)}]"
