"""A first questionnaire out of a structure: it loads as it is, and loses nothing in silence."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.questionnaire.structures import Draft, ToolQuestion, ToolStructure, draft_questionnaire, read_structure
from srsmeting.questionnaire.structures.kinds import guess_kind

Write = Callable[..., Path]


def load(draft: Draft, folder: Path) -> Questionnaire:
    file = folder / "draft.yaml"
    file.write_text(draft.text, encoding="utf-8")
    return load_questionnaire(file)


@pytest.fixture
def gold(gold_lss: Path) -> Draft:
    return draft_questionnaire(read_structure(gold_lss), "structure.lss")


def test_the_gold_survey_becomes_a_questionnaire(gold: Draft, tmp_path: Path) -> None:
    made = load(gold, tmp_path)

    assert (made.meting, made.title) == ("structure", "Voorbeeldenquête organisaties")
    assert [(question.id, question.export, question.kind) for question in made.questions] == [
        ("orgnaam", "orgnaam", "open"),
        ("sector", "sector", "single"),
        ("fte", "fte", "number"),
        ("vrijw", "vrijw", "single"),
        ("aantalvr", "aantalvr", "number"),
        ("vrtaken", "vrtaken", "multiple"),
        ("werfmeth", "werfmeth", "single"),
        ("prob", "prob", "multiple"),
        ("stel", "stel", "statements"),
        ("punt5", "punt5", "statements"),
        ("jno", "jno", "statements"),
        ("toe", "toe", "statements"),
        ("cijf", "cijf", "mark"),
        ("lijstc", "lijstc", "single"),
        ("opm", "opm", "open"),
    ]
    assert [(c.code, c.export, c.label, c.kind) for c in made.question("sector").categories] == [
        ("zorg_welzijn", "A1", "Zorg & welzijn", "valid"),
        ("onderwijs", "A2", "Onderwijs", "valid"),
        ("cultuur_sport_en_recreatie", "A3", "Cultuur; sport, en recreatie", "valid"),
        ("overige", "other", "Overige", "other"),
    ]
    assert [(c.export, c.kind) for c in made.question("stel").categories] == [
        ("1", "valid"),
        ("2", "valid"),
        ("3", "valid"),
        ("88", "dont_know"),
    ]
    assert [(item.id, item.export) for item in made.question("stel").items] == [
        ("wij_zijn_tevreden", "SQ001"),
        ("wij_hebben_genoeg_geld", "SQ002"),
    ]
    assert made.question("cijf").range == (1, 5)
    assert {question.asked_if for question in made.questions} == {"", "vrijw == ja"}
    assert [question.id for question in made.questions if question.asked_if] == ["aantalvr", "vrtaken", "werfmeth"]


def test_what_a_questionnaire_has_no_kind_for_is_there_as_a_comment(gold: Draft) -> None:
    assert gold.left_out == ("dual", "getal", "geld", "rang", "datum", "kort", "eq")
    assert "# Questions that could not be taken over: dual, getal, geld, rang, datum, kort, eq.\n" in gold.text
    assert """
  # Not taken over: getal, of a type that a questionnaire has no kind for (array (numbers)).
  # text: Aantallen per jaar
  # - part SQ001_J2023: Leden 2023
  # - part SQ001_J2024: Leden 2024
""" in gold.text  # fmt: skip


def test_every_code_and_text_of_the_tool_is_in_the_draft(gold: Draft, gold_lss: Path) -> None:
    unquoted = gold.text.replace('"', "")
    for question in read_structure(gold_lss):
        assert question.text in unquoted
        for code, label in (*question.parts, *question.options):
            assert re.search(rf"\b{re.escape(code)}\b.*{re.escape(label)}", unquoted)


def test_guesses_and_untranslated_routing_are_marked(tmp_path: Path) -> None:
    lid = ToolQuestion("Q1", "Lid?", "single", answers=(("1", "Ja"), ("2", "Weet niet")), group="Begin")
    draft = draft_questionnaire(
        ToolStructure(
            "Tool",
            "",
            (
                lid,
                ToolQuestion(
                    "Q2", "Waarom?", "open", relevance='Q1 != "1"', notes=("hidden: respondents do not see it",)
                ),
                ToolQuestion("Q3", "En?", "open", relevance="Q1 + 1 == 2", group="Eind"),
            ),
        ),
        "2021 peiling.lss",
    )
    load(draft, tmp_path)

    assert draft.unrouted == ("Q3",)
    assert draft.text.partition("questions:")[2] == """
  # ---- Begin

  - id: q1
    export: Q1
    kind: single
    title: Lid
    text: Lid?
    pijler: algemeen
    fase: algemeen
    categories:
      - {code: ja, export: "1", label: Ja}
      - {code: weet_niet, export: "2", label: Weet niet, kind: dont_know}  # check the kind: guessed from the label

  - id: q2
    export: Q2
    kind: open
    title: Waarom
    text: Waarom?
    pijler: algemeen
    fase: algemeen
    asked_if: q1 != ja
    # check: the tool also asks this where Q1 was left empty; a routing does not. In the tool:
    # Q1 != "1"
    # check: hidden: respondents do not see it

  # ---- Eind

  - id: q3
    export: Q3
    kind: open
    title: En
    text: En?
    pijler: algemeen
    fase: algemeen
    # check: the routing could not be taken over, for it is more than a routing can say. In the tool:
    # Q1 + 1 == 2
"""  # fmt: skip


def test_codes_that_a_questionnaire_cannot_hold(tmp_path: Path) -> None:
    answers = (("1", "Ja"), ("1", "Jazeker"), ("50%", "Half"), ("-99", "Geen antwoord"))
    questions = (
        ToolQuestion("Q2 - Topics", "Wat?", "single", answers=answers),
        ToolQuestion("Q2 - topics", "Wat nog?", "open"),
        ToolQuestion("q2_topics", "Botst?", "open"),
        ToolQuestion("q", "Dubbel?", "open"),
        ToolQuestion("q", "Nog eens?", "open"),
        ToolQuestion("leeg", "Niets te kiezen?", "single"),
    )
    draft = draft_questionnaire(ToolStructure("Tool", "Proef", questions), "x.qsf")
    made = load(draft, tmp_path)

    assert [(question.id, question.export) for question in made.questions] == [
        ("q2_topics", "q2_topics"),
        ("q2_topics_2", "q2_topics_2"),
        ("q", "q"),
    ]
    assert draft.left_out == ("q2_topics", "q", "leeg")
    assert [(c.code, c.export) for c in made.questions[0].categories] == [("ja", "1"), ("geen_antwoord", "-99")]
    for line in (
        "check: the tool's code is 'Q2 - Topics', which is not letters, digits and '_', starting with a letter: "
        "map its columns",
        "check: left out 'Jazeker', whose code '1' is that of another answer",
        "check: left out 'Half', whose code '50%' is not letters, digits, '_', '-' and '.'",
        "Not taken over: q2_topics, whose code is that of an earlier question.",
        "Not taken over: leeg, which has no answers in the file.",
    ):
        assert f"# {line}\n" in draft.text


def test_a_survey_of_which_nothing_can_be_taken_over_is_one_message() -> None:
    questions = (ToolQuestion("a", "Datum?", "other", type="date/time"), ToolQuestion("b", "", "other", type="ranking"))
    with pytest.raises(QuestionnaireError) as error:
        draft_questionnaire(ToolStructure("Tool", "Proef", questions), "x.lss")
    assert str(error.value) == ("x.lss: no question is of a kind that a questionnaire has. Found: date/time, ranking.")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Weet niet", "dont_know"),
        ("Weet ik niet / geen mening", "dont_know"),
        ("Onbekend", "dont_know"),
        ("n.v.t.", "not_applicable"),
        ("Niet van toepassing", "not_applicable"),
        ("Anders, namelijk:", "other"),
        ("Overig", "other"),
        ("Geen van deze", "none_of_these"),
        ("Geen enkel effect", "none_of_these"),
        ("Overige zorg en welzijn", "valid"),
        ("Niet bekend", "valid"),
        ("Ja", "valid"),
    ],
)
def test_kinds_are_guessed_from_labels(label: str, kind: str) -> None:
    assert guess_kind(label, "multiple") == kind


WORDS = st.text(max_size=30) | st.sampled_from(["true", "null", "~", "- a", "a: b", "# x", "{x}", "'", '"', "1", "not"])
CODED = st.lists(st.tuples(WORDS, WORDS), max_size=4).map(tuple)
QUESTIONS = st.builds(
    ToolQuestion,
    code=WORDS | st.sampled_from(["Q1", "Q2", "Q3", "and"]),
    text=WORDS,
    kind=st.sampled_from(["single", "multiple", "statements", "number", "open", "other"]),
    parts=CODED,
    answers=CODED,
    has_other=st.booleans(),
    other_label=WORDS,
    relevance=WORDS | st.sampled_from(["Q1 == 1", "selected(${Q1}, '1')", 'Q1_a != "Y"', "Q2 > 0"]),
    group=WORDS,
    notes=st.tuples(WORDS),
)


@settings(deadline=None, max_examples=80, derandomize=True)
@given(st.lists(QUESTIONS, min_size=1, max_size=4).map(tuple), WORDS)
def test_whatever_a_tool_holds_the_draft_loads(questions: tuple[ToolQuestion, ...], title: str) -> None:
    import tempfile

    structure = ToolStructure("Tool", title, (ToolQuestion("vast", "Vast?", "open"), *questions))
    draft = draft_questionnaire(structure, title or "x")
    with tempfile.TemporaryDirectory() as folder:
        made = load(draft, Path(folder))
    # Every question is in it, or told to be left out.
    assert len(made.questions) + len(draft.left_out) == len(questions) + 1
