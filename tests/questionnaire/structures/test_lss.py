"""LimeSurvey structures: the gold set typed over by hand, and layouts of other versions."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.structures import ToolStructure, read_structure

Write = Callable[..., Path]


@pytest.fixture
def gold(gold_lss: Path) -> ToolStructure:
    return read_structure(gold_lss)


def test_the_twenty_types_of_the_gold_survey(gold: ToolStructure) -> None:
    assert (gold.tool, gold.title, gold.language) == ("LimeSurvey (.lss)", "Voorbeeldenquête organisaties", "nl")
    assert [(question.code, question.kind, question.type) for question in gold] == [
        ("orgnaam", "open", "short free text"),
        ("sector", "single", "list (radio)"),
        ("fte", "number", "numerical input"),
        ("vrijw", "single", "yes/no"),
        ("aantalvr", "number", "numerical input"),
        ("vrtaken", "multiple", "multiple choice"),
        ("werfmeth", "single", "list (radio)"),
        ("prob", "multiple", "multiple choice with comments"),
        ("stel", "statements", "array"),
        ("punt5", "statements", "array (5 point choice)"),
        ("jno", "statements", "array (yes/no/uncertain)"),
        ("toe", "statements", "array (increase/same/decrease)"),
        ("dual", "other", "array dual scale"),
        ("getal", "other", "array (numbers)"),
        ("geld", "other", "multiple numerical input"),
        ("rang", "other", "ranking"),
        ("cijf", "mark", "5 point choice"),
        ("lijstc", "single", "list with comment"),
        ("datum", "other", "date/time"),
        ("kort", "other", "multiple short text"),
        ("opm", "open", "long free text"),
        ("eq", "other", "equation"),
    ]


def test_texts_codes_and_answers_of_the_gold_survey(gold: ToolStructure) -> None:
    sector = gold.question("sector")
    assert sector.text == "In welke sector is uw organisatie actief?"
    assert sector.answers == (("A1", "Zorg & welzijn"), ("A2", "Onderwijs"), ("A3", "Cultuur; sport, en recreatie"))
    assert (sector.has_other, sector.other_label, sector.group) == (True, "Overige", "Organisatie")
    assert sector.options[-1] == ("other", "Overige")
    # The markup of <b>vrijwilligers</b> is gone.
    assert gold.question("vrijw").text == "Werkt u met vrijwilligers?"
    assert gold.question("vrijw").answers == (("Y", "Ja"), ("N", "Nee"))
    tasks = gold.question("vrtaken")
    assert tasks.parts == (("SQ001", "Bestuur"), ("SQ002", "Uitvoering"), ("SQ003", "Fondsenwerving"))
    assert tasks.relevance == '((vrijw.NAOK == "Y"))'
    opinion = gold.question("stel")
    assert opinion.parts == (("SQ001", "Wij zijn tevreden"), ("SQ002", "Wij hebben genoeg geld"))
    assert opinion.answers == (
        ("1", "Helemaal mee oneens"),
        ("2", "Mee oneens"),
        ("3", "Mee eens"),
        ("88", "Weet niet / n.v.t."),
    )
    assert gold.question("toe").answers == (("I", "Toenemend"), ("S", "Zelfde"), ("D", "Afnemend"))
    assert gold.question("cijf").answers == tuple((mark, mark) for mark in "12345")
    assert gold.question("eq").text == "{fte*2}"


def test_parts_of_what_a_questionnaire_has_no_kind_for(gold: ToolStructure) -> None:
    assert [code for code, _ in gold.question("dual").parts] == ["SQ001#0", "SQ001#1"]
    assert gold.question("dual").answers == (
        ("B1", "Onbelangrijk"),
        ("B2", "Belangrijk"),
        ("T1", "Ontevreden"),
        ("T2", "Tevreden"),
    )
    assert gold.question("getal").parts == (("SQ001_J2023", "Leden 2023"), ("SQ001_J2024", "Leden 2024"))
    assert gold.question("geld").parts == (("SQ001", "Subsidie (euro)"), ("SQ002", "Giften (euro)"))
    assert [code for code, _ in gold.question("rang").parts] == ["1", "2", "3"]
    assert gold.question("rang").answers == (("R1", "Geld"), ("R2", "Mensen"), ("R3", "Tijd"))


def test_an_archive_has_the_same_structure(gold: ToolStructure, gold_lsa: Path) -> None:
    assert read_structure(gold_lsa) == gold


def test_nothing_of_the_administrator_is_kept(gold: ToolStructure) -> None:
    assert "admin@example.org" not in repr(gold)


def test_texts_inside_the_tables_and_conditions_as_before_version_4(make: SimpleNamespace, write: Write) -> None:
    def question(qid: int, kind: str, title: str, order: int, text: str, **more: object) -> dict[str, object]:
        row = {"qid": qid, "parent_qid": 0, "gid": 7, "type": kind, "title": title, "question": text}
        return {**row, "question_order": order, "language": "nl", "other": "N", "scale_id": 0, **more}

    def condition(
        qid: int, cqid: int, field: str, value: str, scenario: int = 1, method: str = "=="
    ) -> dict[str, object]:
        row = {"qid": qid, "cqid": cqid, "cfieldname": field, "value": value, "scenario": scenario}
        return {**row, "method": method}

    file = write(
        make.lss(
            146,
            "en nl",
            surveys=[{"sid": 9, "language": "en"}],
            surveys_languagesettings=[
                {"surveyls_survey_id": 9, "surveyls_language": "en", "surveyls_title": "Old survey"},
                {"surveyls_survey_id": 9, "surveyls_language": "nl", "surveyls_title": "Oude enquête"},
            ],
            groups=[{"gid": 7, "group_name": "Groep", "group_order": 0, "language": "nl"}],
            questions=[
                question(1, "Y", "lid", 1, "Bent u lid?"),
                question(1, "Y", "lid", 1, "Are you a member?", language="en"),
                question(2, "M", "taak", 2, "Wat doet u?"),
                question(3, "L", "rol", 3, "Uw rol?"),
                question(4, "T", "wens", 4, "Uw wens?"),
                question(5, "T", "rest", 5, "Verder nog iets?", relevance='9X7X3.NAOK == "A1"'),
            ],
            subquestions=[
                question(11, "M", "SQ001", 1, "Koffie", parent_qid=2),
                question(12, "M", "SQ002", 2, "Thee", parent_qid=2),
            ],
            answers=[
                {"qid": 3, "code": "A2", "answer": "Lid", "sortorder": 2, "language": "nl", "scale_id": 0},
                {"qid": 3, "code": "A1", "answer": "Chair", "sortorder": 1, "language": "en", "scale_id": 0},
                {"qid": 3, "code": "A1", "answer": "Voorzitter", "sortorder": 1, "language": "nl", "scale_id": 0},
            ],
            conditions=[
                condition(3, 1, "9X7X1", "Y"),
                condition(4, 3, "9X7X3", "A1"),
                condition(4, 3, "9X7X3", "A2"),
                condition(4, 2, "+9X7X2SQ001", "Y"),
                condition(4, 1, "9X7X1", " ", 2, "!="),
            ],
        )
    )
    old = read_structure(file)

    assert (old.title, old.language) == ("Oude enquête", "nl")
    assert [(question.code, question.text, question.group) for question in old] == [
        ("lid", "Bent u lid?", "Groep"),
        ("taak", "Wat doet u?", "Groep"),
        ("rol", "Uw rol?", "Groep"),
        ("wens", "Uw wens?", "Groep"),
        ("rest", "Verder nog iets?", "Groep"),
    ]
    assert old.question("taak").parts == (("SQ001", "Koffie"), ("SQ002", "Thee"))
    assert old.question("rol").answers == (("A1", "Voorzitter"), ("A2", "Lid"))
    assert [question.relevance for question in old] == [
        "",
        "",
        '((lid.NAOK == "Y"))',
        '((taak_SQ001.NAOK == "Y") and (rol.NAOK == "A1" or rol.NAOK == "A2")) or ((lid.NAOK != ""))',
        'rol.NAOK == "A1"',
    ]


def test_relevance_of_the_group_holds_for_its_questions(make: SimpleNamespace, write: Write) -> None:
    file = write(
        make.lss(
            groups=[{"gid": 1, "group_order": 2, "grelevance": 'a.NAOK == "1"'}, {"gid": 2, "group_order": 1}],
            questions=[
                {"qid": 1, "gid": 1, "title": "b", "type": "T", "relevance": "1"},
                {"qid": 2, "gid": 1, "title": "c", "type": "T", "relevance": 'b.NAOK != ""'},
                {"qid": 3, "gid": 2, "title": "a", "type": "L", "relevance": "1"},
            ],
        )
    )

    assert [(question.code, question.relevance) for question in read_structure(file)] == [
        ("a", ""),
        ("b", 'a.NAOK == "1"'),
        ("c", '(a.NAOK == "1") and (b.NAOK != "")'),
    ]


def test_settings_that_decide_what_an_answer_is(make: SimpleNamespace, write: Write) -> None:
    rows = [
        ("other_replace_text", "Anders, nl.", "nl"),
        ("other_position", "specific", ""),
        ("other_position_code", "B", ""),
    ]
    rows += [("exclude_all_others", "C;X", ""), ("array_filter", "eerder", ""), ("hidden", "1", "")]
    file = write(
        make.lss(
            questions=[{"qid": 1, "title": "q", "type": "M", "other": "Y"}, {"qid": 2, "title": "m", "type": "L"}],
            subquestions=[
                {"qid": 10 + n, "parent_qid": 1, "title": code, "question_order": n, "relevance": "1"}
                for n, code in enumerate("ABC")
            ],
            question_l10ns=[{"qid": 10 + n, "question": f"Optie {n}", "language": "nl"} for n in range(3)],
            answers=[{"qid": 2, "aid": n, "code": n, "sortorder": n} for n in range(1, 11)],
            answer_l10ns=[{"aid": n, "answer": n, "language": "nl"} for n in range(1, 11)],
            question_attributes=[
                {"qid": 1, "attribute": name, "value": value, "language": language} for name, value, language in rows
            ],
        )
    )
    first, second = read_structure(file).questions

    assert first.options == (("A", "Optie 0"), ("B", "Optie 1"), ("other", "Anders, nl."), ("C", "Optie 2"))
    assert first.exclusive == ("C",)
    assert first.notes == (
        "array_filter: shows only some parts, by the answers to eerder",
        "hidden: respondents do not see it",
    )
    # A list of which every label is its own code is a row of marks.
    assert second.kind == "mark"


def test_a_survey_without_dutch_is_read_in_its_base_language(make: SimpleNamespace, write: Write) -> None:
    texts = [("en", "Are you a member?"), ("fr", "Êtes-vous membre?")]
    file = write(
        make.lss(
            languages="en fr",
            surveys=[{"sid": 1, "language": "fr"}],
            questions=[{"qid": 1, "title": "lid", "type": "Y"}, {"qid": 2, "title": "rang", "type": "%"}],
            question_l10ns=[{"qid": 1, "question": text, "language": language} for language, text in texts],
        )
    )
    member, new = read_structure(file).questions

    assert member.text == "Êtes-vous membre?"
    # A type that nobody here knows is told, not guessed.
    assert (new.kind, new.type) == ("other", "type '%'")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY x SYSTEM "file:///etc/passwd">]><document/>'
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ENTITIES, "defines entities or a document type, which LimeSurvey does not write. It was not read."),
        ("<document>\n<LimeSurvey", "is damaged XML from line 2 on. Export the survey structure again."),
        ("<html/>", "is XML, but not of LimeSurvey. Known: the structure of a survey (.lss)."),
        (
            "<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>",
            "is a LimeSurvey file of a 'Group'. Export the structure of the whole survey (.lss).",
        ),
        (
            "<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>",
            "has no question. Export the structure of a survey that has some.",
        ),
        (
            '<?xml version="1.0" encoding="klingon"?><document/>',
            "is XML that cannot be read. Export the survey structure again.",
        ),
    ],
)
def test_what_is_no_structure_is_one_message(content: str, message: str, write: Write) -> None:
    with pytest.raises(QuestionnaireError) as error:
        read_structure(write(content))
    assert str(error.value) == f"survey.lss: {message}"
