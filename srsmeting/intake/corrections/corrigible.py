"""Which cell of an export a correction means: the column of a question, a statement or an option, or of a key."""

from __future__ import annotations

from srsmeting.errors import suggest
from srsmeting.intake.binding.bind import Binding
from srsmeting.intake.corrections.entries import Correction
from srsmeting.intake.corrections.respondents import Wrong
from srsmeting.intake.raw import RawExport
from srsmeting.questionnaire import Question, Questionnaire


def keys(raw: RawExport) -> dict[str, str]:
    """Return what finds a respondent in the frame, which can be corrected like an answer: its column by its name.

    Who lost an invitation, or wrote the name of another organisation, is still a respondent.
    """
    columns = {"token": raw.token_column, "organisation": raw.organisation_column}
    return {name: column for name, column in columns.items() if column}


def column_of(entry: Correction, questionnaire: Questionnaire, binding: Binding, raw: RawExport) -> str | Wrong:
    """Return the column of the export that is meant; empty when it is missing, which binding tells."""
    known = [question.id for question in questionnaire.questions]
    if entry.question in keys(raw) and entry.question not in known:
        return keys(raw)[entry.question]
    if entry.question not in known:
        message = f"no question {entry.question!r}. {suggest(entry.question, [*known, *keys(raw)])}"
        return Wrong("question", message, entry.question, "unknown_question")
    question = questionnaire.question(entry.question)
    key, parts = _parts(question, binding)
    for other in {"item", "option"} - {key}:
        if getattr(entry, other):
            why = (
                "all its answers share one cell"
                if question.id in binding.several
                else f"the question is of kind {question.kind!r}"
            )
            message = f"has no {other!r} here: {why}. Leave it out."
            return Wrong(other, message, getattr(entry, other), "wrong_keys")
    part = getattr(entry, key) if key else ""
    if key and part not in parts and (part or question.kind != "single"):
        if not part:
            message = f"each {key} has a cell of its own. Add {key!r}. {suggest('', parts)}"
            return Wrong("question", message, "", "missing_key")
        return Wrong(key, f"no {key} {part!r}. {suggest(part, parts)}", part, f"unknown_{key}")
    if question.id in binding.several and not part:
        return binding.several[question.id][0]
    if part and question.kind == "single":
        return binding.other_texts.get(question.id, "")
    return binding.columns.get(entry.name, "")


def _parts(question: Question, binding: Binding) -> tuple[str, list[str]]:
    """Return the key that says which cell of a question is meant, and what it can be."""
    if question.kind == "statements":
        return "item", [item.id for item in question.items]
    if question.kind == "multiple" and question.id not in binding.several:
        return "option", list(question.codes)
    if question.kind == "single" and question.id in binding.other_texts:
        return "option", [category.code for category in question.categories if category.is_written_in]
    return "", []
