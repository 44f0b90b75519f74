"""A report drafted from a questionnaire: plain Quarto chapters in which nothing is typed that figures decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from srsmeting.presentation.exhibit import escape_text, exhibit_id
from srsmeting.questionnaire import Pijler, Question, Questionnaire
from srsmeting.starting.backgrounds import backgrounds
from srsmeting.starting.names import without_year
from srsmeting.starting.resource import resource
from srsmeting.yamlfile import quoted

#: More answers than this do not fit in the bar of a statement, and more marks not in the columns of a mark.
MOST_ANSWERS, MOST_MARKS = 6, 11


def draft_report(
    questionnaire: Questionnaire,
    title: str,
    *,
    breakdowns: Sequence[str] = (),
    response_by: str = "",
    coverage: bool = False,
    coded: bool = False,
) -> dict[str, str]:
    """Draft the report of a questionnaire: a chapter per pijler, an appendix with the response.

    Parameters
    ----------
    questionnaire
        What is asked.
    title
        Of the book, which leaves a year out: it stays true when next year is put under it.
    breakdowns
        By which the figures are broken down; means are shown by the first.
    response_by
        By which the response is shown; empty: only that of all together.
    coverage
        Whether there are figures on coverage.
    coded
        Whether the open answers are coded by theme.

    Returns
    -------
    dict of str
        Text by name of the file.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [{"id": "cijfer", "kind": "mark", "range": [1, 10], "title": "Rapportcijfer",
    ...                    "text": "Welk cijfer geeft u?", "pijler": "basis", "fase": "effect"}]})
    >>> report = draft_report(questionnaire, "Peiling 2027")
    >>> list(report)
    ['_quarto.yml', 'index.qmd', 'hoofdstuk-basis.qmd', 'bijlage-respons.qmd']
    """
    known = backgrounds(questionnaire)
    by = [name for name in breakdowns if "*" not in name]
    chapters = {}
    for pijler in questionnaire.pijlers:
        asked = [q for q in questionnaire.questions if q.pijler == pijler.id and q.id not in known]
        if asked:
            chapters[f"hoofdstuk-{pijler.id.replace('_', '-')}.qmd"] = _chapter(pijler, asked, by, coded=coded)
    names = "\n".join(f"    - {name}" for name in ("index.qmd", *chapters))
    project = resource("quarto.yml").replace("TITLE", quoted(without_year(title))).replace("CHAPTERS", names)
    appendix = [resource("bijlage-respons.qmd"), *_response(known, response_by)]
    if coverage:
        appendix.append(_coverage())
    return {
        "_quarto.yml": project,
        "index.qmd": resource("index.qmd"),
        **chapters,
        "bijlage-respons.qmd": "\n".join(appendix),
    }


def _chapter(pijler: Pijler, questions: Sequence[Question], breakdowns: Sequence[str], *, coded: bool) -> str:
    # Above the first cell there are no calls yet.
    heading = f"# {escape_text(pijler.label)} {{#sec-{_dashed('pijler', pijler.id)}}}"
    sections = [_section(question, breakdowns, coded=coded and bool(question.themes)) for question in questions]
    return "\n".join([heading, "", resource("open.qmd"), *sections])


def _section(question: Question, breakdowns: Sequence[str], *, coded: bool) -> str:
    name = question.id
    heading = f'## `{{python}} r.title("{name}")` {{#sec-{_dashed("vraag", name)}}}'
    drawn = is_drawn(question)
    shown = f" (@{exhibit_id('fig', name)})" if drawn else f" (@{exhibit_id('tbl', name)})" if coded else ""
    said = " ".join(_said(question, breakdowns, coded=coded))
    asked = f'‘`{{python}} r.wording("{name}")`’ Die vraag kregen `{{python}} r.asked("{name}")`{shown}. {said}'
    cells = []
    if drawn:
        cells.append(_cell(f'r.figure("{name}"{_sums_instead(question)})'))
    if question.kind in ("mark", "number") and breakdowns:
        listed = ", ".join(f'"{by}"' for by in breakdowns)
        caption = f"f\"{{r.title('{name}')}}, gemiddeld per groep\""
        cells.append(_cell(f'r.means_table("{name}", [{listed}], {caption})'))
    if coded:
        cells.append(_cell(f'r.theme_table("{name}")'))
    return "\n\n".join([heading, asked, *cells]) + "\n"


def _said(question: Question, breakdowns: Sequence[str], *, coded: bool) -> Iterator[str]:
    """Yield sentences that are true whatever the figures are: the call says what is so."""
    name = question.id
    if question.kind == "single":
        yield f'`{{python}} r.ranked("{name}", "Het vaakst luidt het antwoord"{_improper(question)})`'
    elif question.kind == "multiple":
        yield f'`{{python}} r.ranked("{name}", "Het vaakst noemen zij"{_improper(question)})`'
    elif question.kind == "statements":
        lead = f"f\"Het antwoord ‘{{r.label('{name}', '{_agreeing(question)}')}}’ geven zij het vaakst bij\""
        yield f'`{{python}} r.ranked_statements("{name}", "{_agreeing(question)}", {lead})`'
    elif question.kind in ("mark", "number"):
        lead = "Gemiddeld geven zij een " if question.kind == "mark" else "Gemiddeld vulden zij dit in: "
        yield f'{lead}`{{python}} r.mark("{name}")`.'
        if breakdowns:
            yield f'`{{python}} r.extremes("{name}", "{breakdowns[0]}")`'
    else:
        yield f'Daarvan schreef `{{python}} r.percent("{name}", "answered")` een antwoord op.'
        if coded:
            yield f'`{{python}} r.themes("{name}", "Het vaakst gaat dat over")`'


def is_drawn(question: Question) -> bool:
    """Say whether a question has a figure in a draft: what has too many answers for one is told in words."""
    if question.kind == "mark":
        return len(question.codes) <= MOST_MARKS
    if question.kind == "statements":
        return _fits(question) or bool(_sums_instead(question))
    return question.kind in ("single", "multiple")


def _fits(question: Question) -> bool:
    return sum(category.kind != "dont_know" for category in question.categories) <= MOST_ANSWERS


def _improper(question: Question) -> str:
    """Return which answers are put in order where none is an answer proper, as an argument."""
    codes = [code for code in question.codes if question.in_base(code)]
    return "" if any(category.kind == "valid" for category in question.categories) else _listed(codes)


def _listed(codes: Sequence[str]) -> str:
    return f", categories=[{', '.join(chr(34) + code + chr(34) for code in codes)}]"


def _sums_instead(question: Question) -> str:
    """Return which sums a figure shows where the answers of statements do not fit, as an argument."""
    if question.kind != "statements" or _fits(question):
        return ""
    added = [code for total in question.sums for code in total.of]
    whole = sorted(added) == sorted(code for code in question.codes if question.in_base(code))
    if not whole or len(question.sums) > MOST_ANSWERS:
        return ""
    return _listed([total.code for total in question.sums])


def _agreeing(question: Question) -> str:
    """Return the answer that statements are put in order by: the first sum of answers proper, or the first answer."""
    proper = {category.code for category in question.categories if category.kind == "valid"}
    return next((total.code for total in question.sums if proper.issuperset(total.of)), question.codes[0])


def _response(known: Sequence[str], response_by: str) -> Iterator[str]:
    if response_by:
        table = exhibit_id("tbl", f"respons_{response_by}")
        yield f'`{{python}} r.response_extremes("{response_by}")` Alle groepen staan in @{table}.\n'
        yield _cell(f'r.response_table("{response_by}")') + "\n"
    if not known:
        return
    named = ", ".join(f'"{name}"' for name in known)
    yield "## Respondenten en uitgenodigde organisaties {#sec-steekproefkader}\n"
    said = " ".join(f'`{{python}} r.composition("{name}")`' for name in known)
    yield f"{said} De cijfers staan in @tbl-steekproefkader. `{{python}} r.evenness`\n"
    yield _cell(f'r.composition_table({named}, caption="Respondenten naast alle uitgenodigde organisaties")') + "\n"


def _coverage() -> str:
    said = (
        "De dekkingsgraad is het deel van de medewerkers in de sector dat werkt bij een organisatie die lid is. Bij de "
        "meting over `{python} r.last_moment` was dat `{python} r.coverage()`. `{python} r.coverage_extremes()` Alle "
        "branches staan in @tbl-dekkingsgraad."
    )
    return "\n\n".join(["## Dekkingsgraad {#sec-dekking}", said, _cell("r.coverage_table()")]) + "\n"


def _cell(call: str) -> str:
    return f"```{{python}}\n{call}\n```"


def _dashed(*words: str) -> str:
    return "-".join(words).replace("_", "-")
