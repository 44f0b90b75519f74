"""A faulty file beside what is said about it: whole messages, and all faults of a file at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire import Questionnaire, load_questionnaire, parse_questionnaire

QUESTION_KEYS = (
    "'id', 'export', 'kind', 'title', 'text', 'topic', 'pijler', 'fase', 'exhibit', 'asked_if', 'scale', "
    "'categories', 'items', 'range', 'sums', 'outside_base', 'themes', 'min_mentions'"
)
QUESTIONS = "'regio', 'cijfer', 'krant', 'effect', 'inzet', 'lezers', 'wens'"

ONE_FAULT = {
    "misspelt key": (
        ("asked_if: krant ==", "asked_of: krant =="),
        f"q.yaml:47: question 'effect': unknown key 'asked_of'. Did you mean 'asked_if'? Known: {QUESTION_KEYS}.",
    ),
    "missing key": (
        ("    title: Krant\n", ""),
        "q.yaml:33: question 'krant': key 'title' is missing.",
    ),
    "misspelt key that must be there": (
        ("    title: Krant\n", "    titel: Krant\n"),
        f"q.yaml:35: question 'krant': unknown key 'titel'. Did you mean 'title'? Known: {QUESTION_KEYS}.",
    ),
    "wrong type": (
        ("text: Kent u de krant?", "text: [Kent, u]"),
        "q.yaml:36: question 'krant': 'text' must be text, not a list.",
    ),
    "unknown kind": (
        ("kind: number", "kind: numbre"),
        "q.yaml:67: question 'lezers': unknown kind 'numbre'. Did you mean 'number'? "
        "Known: 'single', 'multiple', 'statements', 'mark', 'number', 'open'.",
    ),
    "unknown fase": (
        ("fase: impact", "fase: impakt"),
        "q.yaml:71: question 'lezers': unknown fase 'impakt'. Did you mean 'impact'? "
        "Known: 'bereik', 'effect', 'impact', 'algemeen'.",
    ),
    "unknown pijler": (
        ("    pijler: basis\n    fase: impact", "    pijler: bassis\n    fase: impact"),
        "q.yaml:70: question 'lezers': no pijler 'bassis'. Did you mean 'basis'? Known: 'basis'.",
    ),
    "unknown scale": (
        ("scale: bekendheid", "scale: bekend"),
        "q.yaml:40: question 'krant': no scale 'bekend'. Did you mean 'bekendheid'? Known: 'bekendheid'.",
    ),
    "unknown kind of category": (
        ("kind: none_of_these", "kind: none_of_thes"),
        "q.yaml:51: question 'effect', category 'niets': unknown kind 'none_of_thes'. Did you mean 'none_of_these'? "
        "Known: 'valid', 'dont_know', 'none_of_these', 'other', 'not_applicable'.",
    ),
    "an id twice": (
        ("- id: lezers", "- id: krant"),
        "q.yaml:66: question 'krant': id 'krant' is used twice. Give each its own. The first is on line 33.",
    ),
    "an export twice": (
        ("- id: lezers", "- id: lezers\n    export: Q1"),
        "q.yaml:67: question 'lezers': export 'Q1' is used twice. Give each its own. The first is on line 16.",
    ),
    "an id that is the export of another": (
        ("- id: lezers", "- id: lezers\n    export: krant"),
        "q.yaml:67: question 'lezers': export 'krant' is used twice. Give each its own. The first is on line 33.",
    ),
    "a category code twice": (
        ("{code: nee, label: Nee}", "{code: ja, label: Nee}"),
        "q.yaml:61: question 'inzet', category 'ja': code 'ja' is used twice. Give each its own. "
        "The first is on line 60.",
    ),
    "a category export twice": (
        ("export: A2", "export: A1"),
        "q.yaml:9: scale 'bekendheid', category 'gehoord': export 'A1' is used twice. Give each its own. "
        "The first is on line 8.",
    ),
    "an item id twice": (
        ("{id: rekenen,", "{id: lezen,"),
        "q.yaml:65: question 'inzet', item 'lezen': id 'lezen' is used twice. Give each its own. "
        "The first is on line 64.",
    ),
    "a sum code twice": (
        ("of: [9, 10]}]", "of: [9, 10]}, {code: hoog, label: Hoog, of: [10]}]"),
        "q.yaml:32: question 'cijfer', sum 'hoog': code 'hoog' is used twice. Give each its own. "
        "The first is on line 32.",
    ),
    "a sum of the scale again": (
        ("scale: bekendheid", "scale: bekendheid\n    sums: [{code: samen, label: S, of: [inhoud]}]"),
        "q.yaml:41: question 'krant', sum 'samen': code 'samen' is also a sum of the scale. Give the sum its own.",
    ),
    "a sum of an unknown category": (
        ("of: [inhoud, gehoord]", "of: [inhoud, gehord]"),
        "q.yaml:12: scale 'bekendheid', sum 'samen': no category 'gehord'. Did you mean 'gehoord'? "
        "Known: 'inhoud', 'gehoord', 'onbekend'.",
    ),
    "a mark outside the range in a sum": (
        ("of: [9, 10]", "of: [9, 10, 11]"),
        "q.yaml:32: question 'cijfer', sum 'hoog': no category '11'. Did you mean '1'? "
        "Known: '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'.",
    ),
    "a category twice in a sum": (
        ("of: [9, 10]", "of: [9, 9]"),
        "q.yaml:32: question 'cijfer', sum 'hoog': adds category '9' twice. Name it once.",
    ),
    "a neutral answer at the end": (
        ("{code: inhoud,", "{neutral: true, code: inhoud,"),
        "q.yaml:8: scale 'bekendheid', category 'inhoud': category 'inhoud' is neutral, but there are no answers of "
        "kind valid on both sides of it.",
    ),
    "a neutral answer outside the scale": (
        ("{code: gehoord,", "{neutral: true, kind: other, code: gehoord,"),
        "q.yaml:9: scale 'bekendheid', category 'gehoord': a category of kind other is outside the scale, so it cannot "
        "be its middle.",
    ),
    "two neutral answers": (
        ("- {code: gehoord,", "- {code: wat, label: Wat, neutral: true}\n      - {neutral: true, code: gehoord,"),
        "q.yaml:10: scale 'bekendheid', category 'gehoord': categories 'wat' and 'gehoord' are both neutral. "
        "A scale has one middle.",
    ),
    "an empty sum": (
        ("of: [9, 10]", "of: []"),
        "q.yaml:32: question 'cijfer', sum 'hoog': 'of' must have at least 1 entry.",
    ),
    "a sum with the code of a category": (
        ("{code: samen,", "{code: onbekend,"),
        "q.yaml:12: scale 'bekendheid', sum 'onbekend': code 'onbekend' is also a category. Give the sum its own.",
    ),
    "a scale and categories": (
        ("scale: bekendheid", "scale: bekendheid\n    categories: [{code: x, label: X}]"),
        "q.yaml:41: question 'krant': has both 'scale' and 'categories'. Keep one.",
    ),
    "no scale and no categories": (
        ("    scale: bekendheid\n", ""),
        "q.yaml:33: question 'krant': kind single needs 'categories', or a 'scale'.",
    ),
    "categories on an open question": (
        ("asked_if: selected", "categories: [{code: x, label: X}]\n    asked_if: selected"),
        "q.yaml:78: question 'wens': 'categories' does not go with kind open. Remove it, or change the kind. "
        "It goes with: single, multiple, statements.",
    ),
    "items outside statements": (
        ("scale: bekendheid", "scale: bekendheid\n    items: [{id: x, label: X}]"),
        "q.yaml:41: question 'krant': 'items' does not go with kind single. Remove it, or change the kind. "
        "It goes with: statements.",
    ),
    "a range outside a mark": (
        ("scale: bekendheid", "scale: bekendheid\n    range: [1, 5]"),
        "q.yaml:41: question 'krant': 'range' does not go with kind single. Remove it, or change the kind. "
        "It goes with: mark.",
    ),
    "a mark without a range": (
        ("    range: [1, 10]\n    sums: [{code: hoog, label: Hoog, of: [9, 10]}]\n", ""),
        "q.yaml:24: question 'cijfer': kind mark needs 'range', such as [1, 10].",
    ),
    "a range that runs down": (
        ("    range: [1, 10]\n    sums: [{code: hoog, label: Hoog, of: [9, 10]}]\n", "    range: [10, 1]\n"),
        "q.yaml:31: question 'cijfer': range [10, 1] must run from a lower to a higher mark, such as [1, 10], "
        "in 100 steps at most.",
    ),
    "a range without end": (
        ("    range: [1, 10]\n    sums: [{code: hoog, label: Hoog, of: [9, 10]}]\n", "    range: [1, 1000000000]\n"),
        "q.yaml:31: question 'cijfer': range [1, 1000000000] must run from a lower to a higher mark, "
        "such as [1, 10], in 100 steps at most.",
    ),
    "outside_base without such a category": (
        ("outside_base: [dont_know]", "outside_base: [other]"),
        "q.yaml:58: question 'inzet': outside_base names 'other', but no category is of that kind. "
        "Known: 'valid', 'dont_know'.",
    ),
    "nothing left in the base": (
        ("outside_base: [dont_know]", "outside_base: [dont_know, valid]"),
        "q.yaml:58: question 'inzet': outside_base leaves no category in the denominator. Keep at least one kind.",
    ),
    "a text box that is no other": (
        ("label: Anders, kind: other}", "label: Anders}"),
        "q.yaml:50: question 'effect', category 'anders': export 'other' is the text box of the survey tool, "
        "but the kind is valid. Write 'kind: other', or another export.",
    ),
    "themes of a question that is not open": (
        ("scale: bekendheid", "scale: bekendheid\n    themes: [{code: meer, label: Meer}]"),
        "q.yaml:41: question 'krant': 'themes' does not go with kind single. Remove it, or change the kind. "
        "It goes with: open.",
    ),
    "a theme twice": (
        (
            "    text: Wat wenst u?",
            "    text: Wat wenst u?\n    themes: [{code: meer, label: Meer}, {code: meer, label: Nog}]",
        ),
        "q.yaml:76: question 'wens', theme 'meer': code 'meer' is used twice. Give each its own. "
        "The first is on line 76.",
    ),
    "a theme that is none": (
        ("    text: Wat wenst u?", "    text: Wat wenst u?\n    themes: [{code: ander, label: Iets anders}]"),
        "q.yaml:76: question 'wens', theme 'ander': code 'ander' stands for an answer without a theme. Choose another.",
    ),
    "a theme with capitals": (
        ("    text: Wat wenst u?", "    text: Wat wenst u?\n    themes: [{code: Meer tijd, label: Meer tijd}]"),
        "q.yaml:76: question 'wens', theme 'Meer tijd': code 'Meer tijd' must be small letters, digits and '_'. "
        "Write 'meer_tijd'.",
    ),
    "mentions of themes that are not there": (
        ("    text: Wat wenst u?", "    text: Wat wenst u?\n    min_mentions: 7"),
        "q.yaml:76: question 'wens': 'min_mentions' is about themes, and the question has none. Add 'themes', or "
        "remove it.",
    ),
    "an id with capitals and accents": (
        ("- id: lezers", "- id: Lezers-één"),
        "q.yaml:66: question 'Lezers-één': id 'Lezers-één' must be small letters, digits and '_', "
        "starting with a letter. Write 'lezers_een'.",
    ),
    "a code that is a word of the language": (
        ("{code: nee, label: Nee}", "{code: not, label: Nee}"),
        "q.yaml:61: question 'inzet', category 'not': code 'not' is a word of the routing language. Choose another.",
    ),
    "an export with a dash": (
        ("export: Q1", "export: Q-1"),
        "q.yaml:17: question 'regio': export 'Q-1' must be letters, digits and '_', starting with a letter. "
        "Write 'Q_1'.",
    ),
    "an exhibit in other words": (
        ("exhibit: figuur 1.1", "exhibit: fig. 1.1"),
        "q.yaml:30: question 'cijfer': exhibit 'fig. 1.1' must read like 'figuur 2.4' or 'tabel I.1'.",
    ),
    "a code that YAML takes for something else": (
        ("{code: nee, label: Nee}", "{code: true, label: Nee}"),
        "q.yaml:61: question 'inzet', category 2: 'code' must be text, not true. Put it in quotes: 'true'.",
    ),
    "topic without a topic": (
        ("    topic: de krant\n", ""),
        "q.yaml:33: question 'krant': the 'who' of 'inhoud' holds {topic}, but the question has no 'topic'. Add one.",
    ),
    "item without a topic": (
        ("{id: lezen, label: Lezen, topic: lezen}", "{id: lezen, label: Lezen}"),
        "q.yaml:64: question 'inzet', item 'lezen': the 'who' of 'ja' holds {item}, but this item has no 'topic'. "
        "Add one.",
    ),
    "item outside statements": (
        ("{code: noord, label: Noord}", '{code: noord, label: Noord, who: "in {item} werken"}'),
        "q.yaml:16: question 'regio': the 'who' of 'noord' holds {item}, which goes with kind statements only. "
        "Write {topic}, or the words themselves.",
    ),
    "unknown placeholder": (
        ("{code: noord, label: Noord}", '{code: noord, label: Noord, who: "in {topik} werken"}'),
        "q.yaml:16: question 'regio': the 'who' of 'noord' holds {topik}. Did you mean '{topic}'? "
        "Known: '{topic}', '{item}'.",
    ),
    "a routing with a syntax error": (
        ("asked_if: krant == inhoud", "asked_if: krant = inhoud"),
        "q.yaml:47: question 'effect': routing 'krant = inhoud', position 7: expected '==', '!=', 'in' or 'not in', "
        "found '='. Write '=='.",
    ),
    "a routing to an unknown question": (
        ("asked_if: krant == inhoud", "asked_if: kran == inhoud"),
        f"q.yaml:47: question 'effect': asked_if: no question 'kran'. Did you mean 'krant'? Known: {QUESTIONS}.",
    ),
    "a routing to an unknown category": (
        ("asked_if: krant == inhoud", "asked_if: krant in [inhout, gehoord]"),
        "q.yaml:47: question 'effect': asked_if: question 'krant' has no category 'inhout'. Did you mean 'inhoud'? "
        "Known: 'inhoud', 'gehoord', 'onbekend'.",
    ),
    "a routing to a sum": (
        ("asked_if: krant == inhoud", "asked_if: krant == samen"),
        "q.yaml:47: question 'effect': asked_if: 'samen' is a sum of question 'krant', not an answer. "
        "Write 'krant in [inhoud, gehoord]'.",
    ),
    "a routing to an unknown item": (
        ("or inzet.lezen == ja", "or inzet.leezen == ja"),
        "q.yaml:78: question 'wens': asked_if: question 'inzet' has no item 'leezen'. Did you mean 'lezen'? "
        "Known: 'lezen', 'rekenen'.",
    ),
    "a routing to statements without an item": (
        ("or inzet.lezen == ja", "or inzet == ja"),
        "q.yaml:78: question 'wens': asked_if: question 'inzet' is of kind statements. "
        "Name the item: 'inzet.lezen == ja'. Known: 'lezen', 'rekenen'.",
    ),
    "a routing to an item of a question without items": (
        ("asked_if: krant == inhoud", "asked_if: krant.lezen == inhoud"),
        "q.yaml:47: question 'effect': asked_if: question 'krant' is of kind single, and has no items. "
        "Leave out '.lezen'.",
    ),
    "selected() on a single question": (
        ("asked_if: krant == inhoud", "asked_if: selected(krant, inhoud)"),
        "q.yaml:47: question 'effect': asked_if: question 'krant' is of kind single, and selected() is for kind "
        "multiple. Write 'krant == inhoud'.",
    ),
    "== on a multiple question": (
        ("selected(effect, meer) or", "effect == meer or"),
        "q.yaml:78: question 'wens': asked_if: question 'effect' is of kind multiple. Write 'selected(effect, meer)'.",
    ),
    "a routing to a number": (
        ("selected(effect, meer) or", "lezers == 3 or"),
        "q.yaml:78: question 'wens': asked_if: question 'lezers' is of kind number, and has no answer codes to "
        "compare with.",
    ),
    "a routing to a later question": (
        ("asked_if: krant == inhoud", "asked_if: inzet.lezen == ja"),
        "q.yaml:47: question 'effect': asked_if names question 'inzet', which is asked later. "
        "Move 'inzet' up, above 'effect'.",
    ),
    "a routing to itself": (
        ("asked_if: krant == inhoud", "asked_if: selected(effect, meer)"),
        "q.yaml:47: question 'effect': asked_if goes round in a circle: effect → effect. Take one of them out of it.",
    ),
    "a circular routing": (
        ("scale: bekendheid", "scale: bekendheid\n    asked_if: selected(effect, meer)"),
        "q.yaml:41: question 'krant': asked_if goes round in a circle: krant → effect → krant. "
        "Take one of them out of it.",
    ),
    "a grouping of an unknown question": (
        ("of: regio,", "of: reggio,"),
        f"q.yaml:14: grouping 'regio_grof': no question 'reggio'. Did you mean 'regio'? Known: {QUESTIONS}.",
    ),
    "a grouping of a question that is not single": (
        ("of: regio,", "of: effect,"),
        "q.yaml:14: grouping 'regio_grof': question 'effect' is of kind multiple. "
        "Only a single question can be grouped.",
    ),
    "a grouping of an unknown category": (
        ("of: [oost, zuid]", "of: [oost, suid]"),
        "q.yaml:14: grouping 'regio_grof', group 'rest': no category 'suid'. Did you mean 'zuid'? "
        "Known: 'noord', 'oost', 'zuid'.",
    ),
    "a category in two groups": (
        ("of: [oost, zuid]}]", "of: [oost, zuid]}, {code: kust, label: Kust, of: [noord, zuid]}]"),
        "q.yaml:14: grouping 'regio_grof', group 'kust': category 'zuid' is already in group 'rest'. "
        "A category is in one group at most.",
    ),
    "a group with the code of a category outside it": (
        ("{code: rest,", "{code: noord,"),
        "q.yaml:14: grouping 'regio_grof', group 'noord': code 'noord' is a category of question 'regio' that is not "
        "in this group. Rename it.",
    ),
    "a grouping with the id of a question": (
        ("- {id: regio_grof,", "- {id: regio,"),
        "q.yaml:14: grouping 'regio': id 'regio' is also the id of a question. Give the grouping its own.",
    ),
    "an id of the measurement that cannot be a file name": (
        ("meting: proef", "meting: Proef 2021"),
        "q.yaml:1: meting 'Proef 2021' must be small letters, digits, '-' and '_', starting with a letter. "
        "Write 'proef_2021'.",
    ),
    "no questions": (
        ("questions:\n  - id: regio", "question:\n  - id: regio"),
        "q.yaml:15: unknown key 'question'. Did you mean 'questions'? "
        "Known: 'meting', 'title', 'respondents', 'pijlers', 'scales', 'groupings', 'coverage_branches', 'questions'.",
    ),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_has_one_message(name: str, small_file: Callable[..., Path]) -> None:
    replacement, message = ONE_FAULT[name]
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(small_file(replacement))
    assert str(caught.value) == message


def test_all_faults_of_a_file_come_at_once_whatever_their_sort(small_file: Callable[..., Path]) -> None:
    file = small_file(
        ("title: Proef", "titel: Proef"),
        ('who: "gehoord hebben van {topic}"', "whom: x"),
        ("kind: mark", "kind: marc"),
        ("range: [1, 10]", "range: [1, 9]"),
        ("text: Kent u de krant?", "text:"),
        ("asked_if: krant == inhoud", "asked_if: krant == inhout"),
        ("kind: number", "kind: 7"),
        ("asked_if: selected", "asked_if: lezers == x or selectd"),
    )
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(file)
    assert str(caught.value).splitlines() == [
        "q.yaml:2: unknown key 'titel'. Did you mean 'title'? Known: 'meting', 'title', 'respondents', 'pijlers', "
        "'scales', 'groupings', 'coverage_branches', 'questions'.",
        "q.yaml:9: scale 'bekendheid', category 'gehoord': unknown key 'whom'. Did you mean 'who'? "
        "Known: 'code', 'export', 'label', 'kind', 'neutral', 'who', 'named'.",
        "q.yaml:25: question 'cijfer': unknown kind 'marc'. Did you mean 'mark'? "
        "Known: 'single', 'multiple', 'statements', 'mark', 'number', 'open'.",
        "q.yaml:32: question 'cijfer', sum 'hoog': no category '10'. Did you mean '1'? "
        "Known: '1', '2', '3', '4', '5', '6', '7', '8', '9'.",
        "q.yaml:36: question 'krant': 'text' must be text, not nothing.",
        "q.yaml:47: question 'effect': asked_if: question 'krant' has no category 'inhout'. Did you mean 'inhoud'? "
        "Known: 'inhoud', 'gehoord', 'onbekend'.",
        "q.yaml:67: question 'lezers': 'kind' must be one of 'single', 'multiple', 'statements', 'mark', 'number', "
        "'open', not 7. Put it in quotes: '7'.",
        "q.yaml:78: question 'wens': routing 'lezers == x or selectd(effect, meer) or inzet.lezen == ja', position 23: "
        "expected '==', '!=', 'in' or 'not in', found '('.",
    ]
    assert list(caught.value.frame()["rule"]) == [
        "unknown_key",
        "unknown_key",
        "unknown_kind",
        "unknown_category",
        "wrong_type",
        "unknown_category",
        "wrong_type",
        "routing_syntax",
    ]


def test_a_question_that_cannot_be_understood_makes_no_faults_elsewhere(small_file: Callable[..., Path]) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(small_file(("    topic: de krant\n    pijler: basis\n    fase: bereik\n", "")))
    assert str(caught.value) == (
        "q.yaml:33: question 'krant': key 'pijler' is missing.\nq.yaml:33: question 'krant': key 'fase' is missing."
    )


@pytest.mark.parametrize(
    ("replacement", "message"),
    [
        (
            ("    categories:\n      - {code: inhoud", "    category:\n      - {code: inhoud"),
            "q.yaml:7: scale 'bekendheid': unknown key 'category'. Did you mean 'categories'? "
            "Known: 'categories', 'sums'.",
        ),
        (
            ("{code: inhoud, export: A1, label: Ken ik,", "{code: [inhoud], export: A1, label: Ken ik,"),
            "q.yaml:8: scale 'bekendheid', category 1: 'code' must be text, not a list.",
        ),
        (
            ("pijlers:\n  - {id: basis, label: Basis}\n", "pijlers: basis\n"),
            "q.yaml:3: 'pijlers' must be a list, not 'basis'.",
        ),
        (
            ("groups: [{code: rest, label: Rest, of: [oost, zuid]}]", "groups: 3"),
            "q.yaml:14: grouping 'regio_grof': 'groups' must be a list, not 3.",
        ),
        (("meting: proef", "meting: [proef]"), "q.yaml:1: 'meting' must be text, not a list."),
    ],
)
def test_a_fault_above_the_questions_makes_none_in_them(
    replacement: tuple[str, str], message: str, small_file: Callable[..., Path]
) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(small_file(replacement))
    assert str(caught.value) == message


def test_scales_of_the_wrong_type_are_one_fault() -> None:
    data = {
        "meting": "m",
        "title": "T",
        "pijlers": [{"id": "basis", "label": "Basis"}],
        "scales": ["janee"],
        "questions": [
            {"id": "q", "kind": "single", "title": "Q", "text": "Q", "pijler": "basis", "fase": "bereik", "scale": "s"}
        ],
    }
    with pytest.raises(QuestionnaireError) as caught:
        parse_questionnaire(data, "proef")
    assert str(caught.value) == "proef: 'scales' must be a mapping (key: value), not a list."


def test_a_longer_circle_is_named_once(small_file: Callable[..., Path]) -> None:
    file = small_file(
        ("    categories: [{code: noord", "    asked_if: krant == inhoud\n    categories: [{code: noord"),
        ("asked_if: krant == inhoud\n    categories:\n", "asked_if: regio == oost\n    categories:\n"),
        ("scale: bekendheid", "scale: bekendheid\n    asked_if: selected(effect, niets)"),
    )
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(file)
    assert str(caught.value) == (
        "q.yaml:23: question 'regio': asked_if goes round in a circle: regio → krant → effect → regio. "
        "Take one of them out of it."
    )


def test_the_small_questionnaire_is_in_order(small: Questionnaire) -> None:
    assert [question.id for question in small.questions] == [
        "regio",
        "cijfer",
        "krant",
        "effect",
        "inzet",
        "lezers",
        "wens",
    ]


def test_a_code_keeps_the_digits_it_was_written_with(small_file: Callable[..., Path]) -> None:
    file = small_file(("{code: noord, label: Noord}", "{code: 012, export: 007, label: 2021}"))
    category = load_questionnaire(file).question("regio").categories[0]
    assert (category.code, category.export, category.label) == ("012", "007", "2021")


def test_a_word_that_older_yaml_takes_for_a_boolean_is_a_code(small_file: Callable[..., Path]) -> None:
    file = small_file(("{code: noord, label: Noord}", "{code: no, label: Off}"))
    category = load_questionnaire(file).question("regio").categories[0]
    assert (category.code, category.export, category.label) == ("no", "no", "Off")
