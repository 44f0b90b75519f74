"""A drafted report: what is said of every kind of question, and what is left to words."""

from typing import Any

import pytest

from srsmeting.questionnaire import Questionnaire, parse_questionnaire
from srsmeting.starting.chapters import draft_report

FIXED = {"title": "Titel", "text": "Vraag?", "pijler": "a", "fase": "bereik", "id": "vraag"}
AB = [{"code": code, "label": code} for code in "ab"]
MANY = [{"code": code, "label": code} for code in "abcdefg"]
ITEMS = [{"id": "een", "label": "Een"}]
HEAD = (
    '## `{python} r.title("vraag")` {#sec-vraag-vraag}\n\n'
    '‘`{python} r.wording("vraag")`’ Die vraag kregen `{python} r.asked("vraag")`'
)
FIGURE = '```{python}\nr.figure("vraag")\n```\n'


def of(**question: Any) -> Questionnaire:
    pijlers = [{"id": "a", "label": "A *b*"}, {"id": "leeg", "label": "Leeg"}]
    return parse_questionnaire({"meting": "m", "title": "M", "pijlers": pijlers, "questions": [FIXED | question]})


def section(questionnaire: Questionnaire, **options: Any) -> str:
    return draft_report(questionnaire, "M", **options)["hoofdstuk-a.qmd"].partition("r = srs.open_report()\n```\n\n")[2]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            {"kind": "single", "categories": AB},
            f'{HEAD} (@fig-vraag). `{{python}} r.ranked("vraag", "Het vaakst luidt het antwoord")`\n\n{FIGURE}',
        ),
        (
            {"kind": "single", "categories": [{"code": "a", "label": "A", "kind": "other"}]},
            f'{HEAD} (@fig-vraag). `{{python}} r.ranked("vraag", "Het vaakst luidt het antwoord", categories=["a"])`\n\n{FIGURE}',
        ),
        (
            {"kind": "multiple", "categories": AB},
            f'{HEAD} (@fig-vraag). `{{python}} r.ranked("vraag", "Het vaakst noemen zij")`\n\n{FIGURE}',
        ),
        (
            {"kind": "statements", "categories": AB, "items": ITEMS},
            f'{HEAD} (@fig-vraag). `{{python}} r.ranked_statements("vraag", "a", f"Het antwoord ‘{{r.label(\'vraag\', \'a\')}}’ geven zij het vaakst bij")`\n\n{FIGURE}',
        ),
        (
            {"kind": "mark", "range": [1, 10]},
            f'{HEAD} (@fig-vraag). Gemiddeld geven zij een `{{python}} r.mark("vraag")`.\n\n{FIGURE}',
        ),
        ({"kind": "mark", "range": [0, 100]}, f'{HEAD}. Gemiddeld geven zij een `{{python}} r.mark("vraag")`.\n'),
        ({"kind": "number"}, f'{HEAD}. Gemiddeld vulden zij dit in: `{{python}} r.mark("vraag")`.\n'),
        ({"kind": "open"}, f'{HEAD}. Daarvan schreef `{{python}} r.percent("vraag", "answered")` een antwoord op.\n'),
    ],
    ids=["single", "no proper answer", "multiple", "statements", "mark", "long mark", "number", "open"],
)
def test_each_kind_of_question_has_its_sentence(question: dict[str, Any], expected: str) -> None:
    assert section(of(**question)) == expected


def test_answers_that_do_not_fit_a_bar_are_shown_by_sums_where_those_are_whole() -> None:
    halves = [{"code": "voor", "label": "Voor", "of": ["a", "b", "c"]}]
    whole = [*halves, {"code": "na", "label": "Na", "of": ["d", "e", "f", "g"]}]

    for sums, shown in ((halves, False), (whole, True)):
        text = section(of(kind="statements", categories=MANY, items=ITEMS, sums=sums))
        assert ('r.figure("vraag", categories=["voor", "na"])' in text) is shown
        assert ("r.figure" in text) is shown


def test_themes_are_told_of_once_they_are_coded() -> None:
    asked = of(kind="open", themes=[{"code": "t", "label": "T"}])

    assert "theme" not in section(asked)
    assert section(asked, coded=True) == (
        f'{HEAD} (@tbl-vraag). Daarvan schreef `{{python}} r.percent("vraag", "answered")` een antwoord op. `{{python}} r.themes("vraag", "Het vaakst gaat dat over")`\n\n'
        '```{python}\nr.theme_table("vraag")\n```\n'
    )


def test_means_are_shown_by_the_breakdowns_that_are_not_crossed() -> None:
    text = section(of(kind="mark", range=[1, 5]), breakdowns=["x*y", "x", "y"])

    assert '`{python} r.extremes("vraag", "x")`' in text
    assert 'r.means_table("vraag", ["x", "y"], f"{r.title(\'vraag\')}, gemiddeld per groep")' in text


def test_what_a_frame_knows_stands_in_the_appendix_and_an_empty_pijler_nowhere() -> None:
    regio = FIXED | {"id": "regio", "kind": "single", "fase": "algemeen", "categories": AB}
    data = {"meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}
    asked = parse_questionnaire(data | {"questions": [regio, FIXED | {"kind": "number"}]})
    report = draft_report(asked, "M", response_by="regio", coverage=True)

    assert list(report) == ["_quarto.yml", "index.qmd", "hoofdstuk-a.qmd", "bijlage-respons.qmd"]
    assert "regio" not in report["hoofdstuk-a.qmd"]
    for call in ('r.response_table("regio")', 'r.composition_table("regio", caption', "r.coverage_table()"):
        assert call in report["bijlage-respons.qmd"]


def test_a_label_is_no_markup() -> None:
    assert draft_report(of(kind="number"), "M")["hoofdstuk-a.qmd"].startswith("# A \\*b\\* {#sec-pijler-a}\n")
