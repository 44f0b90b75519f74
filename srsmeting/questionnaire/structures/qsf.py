"""Read the survey file of Qualtrics: ``.qsf``, one JSON document with an element per question, block and flow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from srsmeting.questionnaire.structures.faults import unreadable
from srsmeting.questionnaire.structures.model import Coded, ToolKind, ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.qsf_flow import questions_in_flow
from srsmeting.questionnaire.structures.qsf_logic import joined, logic_text
from srsmeting.questionnaire.structures.texts import one_line, plain

Payload = Mapping[str, Any]

_ONE = ("SAVR", "SAHR", "SACOL", "DL", "SB")
_MORE = ("MAVR", "MAHR", "MACOL", "MSB")

#: Fields about who made the survey.
_OF_PERSONS = ("SurveyOwnerID", "SurveyCreatorID")


def read_qsf(raw: bytes, name: str) -> ToolStructure:
    """Read the bytes of a ``.qsf`` file.

    Codes are what an export with numeric values has: recodes where there are, otherwise the numbers of the choices.
    Labels are what an export with choice texts has: the variable naming where there is, otherwise the choice.
    Routing is put together of display logic and of the branches of the flow; see `qsf_logic` for how it is written.

    Raises
    ------
    QuestionnaireError
        The JSON is damaged, is no survey of Qualtrics, or has no question.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        message = "is damaged JSON. Export the survey from Qualtrics again."
        raise unreadable(name, message, "damaged_json") from None
    elements = data.get("SurveyElements") if isinstance(data, dict) else None
    entry = data.get("SurveyEntry") if isinstance(data, dict) else None
    if not isinstance(elements, list) or not isinstance(entry, dict):
        message = "is JSON, but not a survey of Qualtrics. Known: the exported survey (.qsf)."
        raise unreadable(name, message, "not_qsf")
    elements = [element for element in elements if isinstance(element, dict)]
    payloads = {
        text(element.get("PrimaryAttribute")): mapping(element.get("Payload"))
        for element in elements
        if element.get("Element") == "SQ"
    }
    questions = tuple(_questions(elements, payloads))
    if not questions:
        raise unreadable(name, "has no question. Export a survey that has some.", "no_questions")
    return ToolStructure(
        "Qualtrics (.qsf)",
        plain(text(entry.get("SurveyName"))),
        questions,
        text(entry.get("SurveyLanguage")).lower(),
        tuple(f"SurveyEntry.{field}" for field in _OF_PERSONS if entry.get(field)),
    )


def _questions(elements: Sequence[Payload], payloads: Mapping[str, Payload]) -> Iterator[ToolQuestion]:
    known = {qid: _question(qid, payload) for qid, payload in payloads.items()}
    choices = {qid: _codes(mapping(payload.get("Choices")), payload) for qid, payload in payloads.items()}
    for qid, group, logics in questions_in_flow(elements, payloads):
        payload, question = payloads[qid], known[qid]
        both = [*logics, *(payload[key] for key in ("DisplayLogic", "InPageDisplayLogic") if payload.get(key))]
        relevance = joined([logic_text(logic, known, choices) for logic in both])
        yield replace(question, relevance=relevance, group=plain(group))


def _question(qid: str, payload: Payload) -> ToolQuestion:
    kind, words = _kind(payload)
    choices, answers = mapping(payload.get("Choices")), mapping(payload.get("Answers"))
    codes = _codes(choices, payload)
    listed = _listed(choices, payload.get("ChoiceOrder"), codes, payload)
    parts: tuple[Coded, ...] = ()
    given: tuple[Coded, ...] = ()
    if kind in ("single", "multiple"):
        parts, given = ((), listed) if kind == "single" else (listed, ())
    elif kind == "mark":
        given = tuple((str(mark), str(mark)) for mark in range(11))
    elif kind in ("statements", "other"):
        tag = one_line(text(payload.get("DataExportTag")))
        own = mapping(payload.get("ChoiceDataExportTags"))
        parts = tuple(
            (one_line(text(own.get(key))).removeprefix(f"{tag}_") or one_line(key), label)
            for key, label in _listed(choices, payload.get("ChoiceOrder"), {}, {})
        )
        recodes = _codes(answers, payload)
        given = _listed(answers, payload.get("AnswerOrder"), recodes, payload)
    written = [key for key, choice in choices.items() if _is_on(mapping(choice).get("TextEntry"))]
    exclusive = [key for key, choice in choices.items() if mapping(choice).get("ExclusiveAnswer")]
    return ToolQuestion(
        code=one_line(text(payload.get("DataExportTag"))) or one_line(qid),
        text=plain(text(payload.get("QuestionText"))),
        kind=kind,
        parts=parts,
        answers=given,
        qid=qid,
        exclusive=tuple(codes[key] for key in exclusive) if kind == "multiple" else (),
        written_in=tuple(codes[key] for key in written) if kind in ("single", "multiple") else (),
        type=words,
        notes=("skip logic: later questions may be passed over",) if payload.get("SkipLogic") else (),
    )


def _kind(payload: Payload) -> tuple[ToolKind, str]:
    sort, selector, sub = (text(payload.get(key)) for key in ("QuestionType", "Selector", "SubSelector"))
    words = one_line(" ".join(part for part in (sort, selector, sub) if part)) or "unknown"
    settings = mapping(mapping(payload.get("Validation")).get("Settings"))
    kind: ToolKind = "other"
    if sort == "MC":
        kind = "single" if selector in _ONE else "multiple" if selector in _MORE else "other"
        kind = "mark" if selector == "NPS" else kind
    elif sort == "Matrix" and selector in ("Likert", "Bipolar") and sub in ("SingleAnswer", "DL", "DND", ""):
        kind = "statements"
    elif sort == "TE" and selector != "FORM":
        kind = "number" if settings.get("ContentType") == "ValidNumber" else "open"
    return kind, words


def _codes(choices: Payload, payload: Payload) -> dict[str, str]:
    recodes = mapping(payload.get("RecodeValues"))
    return {key: one_line(text(recodes.get(key))) or one_line(key) for key in choices}


def _listed(choices: Payload, order: Any, codes: Mapping[str, str], naming: Payload) -> tuple[Coded, ...]:
    names = mapping(naming.get("VariableNaming"))
    keys = [text(key) for key in order] if isinstance(order, list) else []
    keys = list(dict.fromkeys([*(key for key in keys if key in choices), *choices]))
    return tuple(
        (codes.get(key, one_line(key)), plain(text(names.get(key)) or text(mapping(choices[key]).get("Display"))))
        for key in keys
    )


def _is_on(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "on")


def mapping(value: Any) -> Payload:
    """Return a JSON object; an empty one where the file has something else (Qualtrics writes [] and false for none)."""
    if isinstance(value, list):
        # Choices numbered from 0 on come as a list.
        return {str(n): item for n, item in enumerate(value) if isinstance(item, dict)}
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """Return a JSON text or number as text; "" where the file has something else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)
