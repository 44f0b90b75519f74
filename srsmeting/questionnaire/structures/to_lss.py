"""Write a questionnaire as a LimeSurvey structure, so that fieldwork and analysis share one definition.

The document has the tables and fields of a structure that LimeSurvey 6.4.2 exported, and reads back as the same
questionnaire. It was **not** imported into a LimeSurvey: none is within reach of the tests.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import count, groupby

from srsmeting.errors import Fault, QuestionnaireError
from srsmeting.questionnaire.entries import Category
from srsmeting.questionnaire.model import Questionnaire
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.structures.expression import relevance
from srsmeting.questionnaire.structures.lss_document import document, text

LANGUAGE = "nl"

#: Letter and theme by kind. A mark is a list: its codes are then "1" to "10", as a questionnaire has them.
_TYPES = {
    "single": ("L", "listradio"),
    "multiple": ("M", "multiplechoice"),
    "statements": ("F", "arrays/array"),
    "mark": ("L", "listradio"),
    "number": ("N", "numerical"),
    "open": ("T", "longfreetext"),
}
#: What LimeSurvey takes for a code, and how much of it.
_QUESTION = (re.compile(r"[A-Za-z][A-Za-z0-9]*"), 20, "letters and digits, starting with a letter")
_PART = (re.compile(r"[A-Za-z0-9]+"), 20, "letters and digits")
_ANSWER = (re.compile(r"[A-Za-z0-9]+"), 5, "letters and digits")

Row = Mapping[str, object]


def lss_text(questionnaire: Questionnaire) -> str:
    """Write a questionnaire as a LimeSurvey structure (``.lss``).

    Questions, options and answers get their `export` as code; consecutive questions of one pijler are a group; routing
    becomes relevance. "None of these" rules out all other options. Nothing is mandatory. Texts for invitations are left
    to LimeSurvey, as are the names and addresses of administrators.

    Parameters
    ----------
    questionnaire
        From `load_questionnaire`.

    Returns
    -------
    str
        XML in UTF-8, for "Create survey > Import" of LimeSurvey 6.

    Raises
    ------
    QuestionnaireError
        With every `export` that LimeSurvey does not take: a question or option has at most 20 letters and digits, an
        answer at most 5.
    """
    faults = [fault for question in questionnaire.questions for fault in _wrong_codes(questionnaire, question)]
    if faults:
        raise QuestionnaireError(faults=faults)
    tables: dict[str, list[Row]] = {}
    sid = 100_000 + zlib.crc32(questionnaire.meting.encode()) % 900_000
    for table, row in (*_survey(questionnaire, sid), *_questions(questionnaire, sid)):
        tables.setdefault(table, []).append(row)
    return document(LANGUAGE, tables)


def _survey(questionnaire: Questionnaire, sid: int) -> Iterator[tuple[str, Row]]:
    inherited = dict.fromkeys(("admin", "adminemail", "template"), "inherit")
    switches = {"anonymized": "N", "format": "G", "datestamp": "Y", "ipaddr": "N", "refurl": "N", "savetimings": "N"}
    yield "surveys", {"sid": sid, "gsid": 1, "language": LANGUAGE, **inherited, **switches}
    yield (
        "surveys_languagesettings",
        {
            "surveyls_survey_id": sid,
            "surveyls_language": LANGUAGE,
            "surveyls_title": text(questionnaire.title),
            # Day-month-year, and a comma for decimals.
            "surveyls_dateformat": 2,
            "surveyls_numberformat": 1,
        },
    )


def _questions(questionnaire: Questionnaire, sid: int) -> Iterator[tuple[str, Row]]:
    # Numbers of questions and their parts come out of one row, those of answers out of another.
    parts, answers, texts = count(len(questionnaire.questions) + 1), count(1), count(1)
    qids = {question.id: qid for qid, question in enumerate(questionnaire.questions, start=1)}
    for gid, (pijler, listed) in enumerate(groupby(questionnaire.questions, key=lambda q: q.pijler), start=1):
        place = {"gid": gid, "sid": sid, "group_order": gid, "randomization_group": "", "grelevance": 1}
        title = text(questionnaire.pijler(pijler).label)
        yield "groups", place
        yield "group_l10ns", {"id": gid, "group_name": title, "description": "", "language": LANGUAGE, **place}
        for order, question in enumerate(listed, start=1):
            qid, (letter, theme) = qids[question.id], _TYPES[question.kind]
            row: dict[str, object] = {
                "qid": qid,
                "parent_qid": 0,
                "sid": sid,
                "gid": gid,
                "type": letter,
                "title": question.export,
                "preg": "",
                "other": "Y" if _other(question) else "N",
                "mandatory": "N",
                "encrypted": "N",
                "question_order": order,
                "scale_id": 0,
                "same_default": 0,
                "relevance": relevance(questionnaire, question.id),
                "question_theme_name": theme,
                "same_script": 0,
            }
            yield "questions", row
            yield _wording(next(texts), qid, question.text)
            for number, (code, label) in enumerate(_parts(question), start=1):
                part = next(parts)
                own = {"qid": part, "parent_qid": qid, "title": code, "question_order": number, "other": "N"}
                yield "subquestions", {**row, **own, "relevance": 1, "question_theme_name": ""}
                yield _wording(next(texts), part, label)
            for number, category in enumerate(_answers(question), start=1):
                aid = next(answers)
                place_of = {"aid": aid, "qid": qid, "sortorder": number, "assessment_value": 0, "scale_id": 0}
                yield "answers", {**place_of, "code": category.export}
                label = text(category.label)
                yield "answer_l10ns", {"id": aid, "aid": aid, "answer": label, "language": LANGUAGE}
            yield from _attributes(question, qid)


def _wording(id: int, qid: int, words: str) -> tuple[str, Row]:
    row = {"id": id, "qid": qid, "question": text(words), "help": "", "script": "", "language": LANGUAGE}
    return "question_l10ns", row


def _attributes(question: Question, qid: int) -> Iterator[tuple[str, Row]]:
    attributes = []
    exclusive = [c.export for c in question.categories if c.kind == "none_of_these"]
    if question.kind == "multiple" and exclusive:
        attributes.append(("exclude_all_others", ";".join(exclusive), ""))
    other = _other(question)
    if other is not None:
        attributes.append(("other_replace_text", text(other.label), LANGUAGE))
        place = question.categories.index(other)
        if place == 0:
            attributes.append(("other_position", "beginning", ""))
        elif place < len(question.categories) - 1:
            attributes.append(("other_position", "specific", ""))
            attributes.append(("other_position_code", question.categories[place - 1].export, ""))
    for name, value, language in attributes:
        yield "question_attributes", {"qid": qid, "attribute": name, "value": value, "language": language}


def _other(question: Question) -> Category | None:
    """Return the category that is LimeSurvey's own "other": it has a text box, and no code."""
    if question.kind not in ("single", "multiple"):
        return None
    return next((category for category in question.categories if category.is_written_in), None)


def _parts(question: Question) -> list[tuple[str, str]]:
    if question.kind == "multiple":
        return [(category.export, category.label) for category in question.categories if not category.is_written_in]
    return [(item.export, item.label) for item in question.items]


def _answers(question: Question) -> list[Category]:
    if question.kind not in ("single", "statements", "mark"):
        return []
    return [category for category in question.categories if category != _other(question)]


def _wrong_codes(questionnaire: Questionnaire, question: Question) -> Iterator[Fault]:
    part = "option" if question.kind == "multiple" else "item"
    codes: list[tuple[str, str, tuple[re.Pattern[str], int, str]]] = [
        ("", question.export, _QUESTION),
        *((f", {part} {code!r}", code, _PART) for code, _ in _parts(question)),
        *((f", category {category.code!r}", category.export, _ANSWER) for category in _answers(question)),
    ]
    for place, code, (pattern, longest, words) in codes:
        if not pattern.fullmatch(code) or len(code) > longest:
            wrong = f"question {question.id!r}{place}: LimeSurvey does not take the code {code!r}."
            message = f"{wrong} Give it an 'export' of at most {longest} {words}."
            yield Fault(f"questionnaire {questionnaire.meting!r}", message, None, "export", code, "lss_code")
