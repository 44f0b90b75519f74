"""Read the structure of a LimeSurvey survey: ``.lss``, of version 1.9 to 6."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from srsmeting.questionnaire.structures.faults import unreadable
from srsmeting.questionnaire.structures.lss_conditions import both, in_codes, old_conditions
from srsmeting.questionnaire.structures.lss_lookup import answers_of, attributes_of, in_order, one_per_key, texts
from srsmeting.questionnaire.structures.lss_tables import Row, Tables, number, parse_tables
from srsmeting.questionnaire.structures.lss_types import OTHER, fixed_answers, is_marks, type_of
from srsmeting.questionnaire.structures.model import Coded, ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.texts import one_line, plain

#: Settings that decide which options someone sees, which a routing of whole questions cannot say.
_FILTERS = ("array_filter", "array_filter_exclude")
#: Fields about who made the survey, and the mails to who was invited.
_OF_PERSONS = {
    "surveys": re.compile(r"admin|adminemail|faxto|bounce_email|bounceaccount(user|pass|host)|email\w+to"),
    "surveys_languagesettings": re.compile(r"surveyls_email_\w+|email_admin_\w+|surveyls_policy_\w+"),
}


def read_lss(raw: bytes, name: str) -> ToolStructure:
    """Read the bytes of an ``.lss`` file.

    Texts are read in Dutch where the survey has it, otherwise in its base language. Layouts with texts in the tables
    and routing in conditions (before LimeSurvey 4) and with texts in tables of their own (since) are both known.

    Raises
    ------
    QuestionnaireError
        The file is damaged, is no survey structure, or has no question.
    """
    tables = parse_tables(raw, name)
    questions = tuple(_survey(tables).questions())
    if not questions:
        raise unreadable(name, "has no question. Export the structure of a survey that has some.", "no_questions")
    rows = tables.rows("surveys_languagesettings")
    titles = texts(rows, "surveyls_survey_id", "surveyls_title", tables.language, spoken="surveyls_language")
    title = plain(next(iter(titles.values()), ""))
    return ToolStructure("LimeSurvey (.lss)", title, questions, tables.language, tuple(_persons(tables)))


def _persons(tables: Tables) -> Iterator[str]:
    for table, pattern in _OF_PERSONS.items():
        filled = dict.fromkeys(field for row in tables.rows(table) for field, value in row.items() if value.strip())
        yield from (f"{table}.{field}" for field in filled if pattern.fullmatch(field))


@dataclass(frozen=True)
class _Survey:
    language: str
    main: Sequence[Row]
    groups: Mapping[str, Row]
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    codes: Mapping[str, str]
    subquestions: Mapping[str, tuple[Row, ...]]
    answers: Mapping[str, tuple[Coded, ...]]
    attributes: Mapping[tuple[str, str], str]
    conditions: Mapping[str, str]

    def questions(self) -> Iterator[ToolQuestion]:
        for row in sorted(self.main, key=self._place):
            code = one_line(row.get("title", ""))
            if code:
                yield self._question(row, code)

    def _place(self, row: Row) -> tuple[int, int, int]:
        group = self.groups.get(row.get("gid", ""), {})
        return (
            number(group.get("group_order", "")),
            number(row.get("question_order", "")),
            number(row.get("qid", "")),
        )

    def _question(self, row: Row, code: str) -> ToolQuestion:
        qid, letter = row.get("qid", ""), row.get("type", "").strip()
        kind, words, _ = type_of(letter)
        answers = self.answers.get(qid) or fixed_answers(letter, self.language)
        parts = self._parts(qid, letter, answers)
        has_other = row.get("other", "") == "Y" and kind in ("single", "multiple")
        if kind == "single" and not has_other and is_marks(answers):
            kind = "mark"
        options = [option for option, _ in (parts if kind == "multiple" else answers)]
        own = plain(self.attributes.get((qid, "other_replace_text"), ""))
        return ToolQuestion(
            code=code,
            text=self._text(qid),
            kind=kind,
            parts=parts if kind in ("multiple", "statements", "other") else (),
            answers=answers if kind in ("single", "statements", "mark", "other") else (),
            has_other=has_other,
            relevance=self._relevance(row),
            qid=qid,
            other_label=(own or OTHER.get(self.language.split("-")[0], OTHER["en"])) if has_other else "",
            other_place=self._other_place(qid, options) if has_other else -1,
            exclusive=self._exclusive(qid, options) if kind == "multiple" else (),
            type=words,
            group=plain(self.titles.get(row.get("gid", ""), "")),
            notes=tuple(self._notes(qid)),
        )

    def _relevance(self, row: Row) -> str:
        own = row.get("relevance", "").strip()
        if own in ("", "1"):
            # Where a version has both, relevance was made from the conditions.
            own = self.conditions.get(row.get("qid", ""), own)
        group = self.groups.get(row.get("gid", ""), {}).get("grelevance", "")
        return one_line(in_codes(both(group, own), self.codes))

    def _parts(self, qid: str, letter: str, answers: Sequence[Coded]) -> tuple[Coded, ...]:
        if letter == "R":
            most = min(number(self.attributes.get((qid, "max_subquestions"), "")) or len(answers), len(answers))
            return tuple((str(rank), f"Rang {rank}") for rank in range(1, most + 1))
        parts = self._subquestions(qid, "0")
        if letter == "1":
            return tuple((f"{part}#{scale}", text) for part, text in parts for scale in (0, 1))
        if letter in (":", ";"):
            columns = self._subquestions(qid, "1")
            return tuple((f"{part}_{column}", f"{text} {head}") for part, text in parts for column, head in columns)
        return parts

    def _subquestions(self, qid: str, scale: str) -> tuple[Coded, ...]:
        rows = [row for row in self.subquestions.get(qid, ()) if (row.get("scale_id", "") or "0") == scale]
        return tuple((one_line(row.get("title", "")), self._text(row.get("qid", ""))) for row in rows)

    def _text(self, qid: str) -> str:
        return plain(self.texts.get(qid, ""))

    def _other_place(self, qid: str, options: Sequence[str]) -> int:
        position = self.attributes.get((qid, "other_position"), "")
        after = self.attributes.get((qid, "other_position_code"), "")
        if position == "beginning":
            return 0
        return options.index(after) + 1 if position == "specific" and after in options else -1

    def _exclusive(self, qid: str, options: Sequence[str]) -> tuple[str, ...]:
        named = self.attributes.get((qid, "exclude_all_others"), "").replace(",", ";").split(";")
        return tuple(code.strip() for code in named if code.strip() in options)

    def _notes(self, qid: str) -> Iterator[str]:
        for name in _FILTERS:
            if value := self.attributes.get((qid, name), "").strip():
                yield f"{name}: shows only some parts, by the answers to {one_line(value)[:200]}"
        for row in self.subquestions.get(qid, ()):
            if (relevance := row.get("relevance", "").strip()) not in ("", "1"):
                yield f"part {one_line(row.get('title', ''))} is shown only if {one_line(relevance)[:500]}"
        if self.attributes.get((qid, "hidden"), "") == "1":
            yield "hidden: respondents do not see it"


def _survey(tables: Tables) -> _Survey:
    language = tables.language
    rows = [*tables.rows("questions"), *tables.rows("subquestions")]
    once = one_per_key(rows, "qid").values()
    main = [row for row in once if _is_main(row)]
    questions = texts(rows, "qid", "question", language) | texts(
        tables.rows("question_l10ns"), "qid", "question", language
    )
    titles = texts(tables.rows("groups"), "gid", "group_name", language) | texts(
        tables.rows("group_l10ns"), "gid", "group_name", language
    )
    return _Survey(
        language=language,
        main=main,
        groups=one_per_key(tables.rows("groups"), "gid"),
        titles=titles,
        texts=questions,
        codes={row.get("qid", ""): one_line(row.get("title", "")) for row in main},
        subquestions=in_order((row for row in once if not _is_main(row)), "parent_qid", "question_order"),
        answers=answers_of(tables),
        attributes=attributes_of(tables.rows("question_attributes"), language),
        conditions=old_conditions(tables.rows("conditions")),
    )


def _is_main(row: Row) -> bool:
    return row.get("parent_qid", "") in ("", "0")
