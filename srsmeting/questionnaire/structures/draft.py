"""A first questionnaire out of the structure of a survey tool, with comments on what a person has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire.parsing import KEYWORDS
from srsmeting.questionnaire.structures.draft_question import export_of, question_lines, why_left_out
from srsmeting.questionnaire.structures.model import ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.names import make_names, slug
from srsmeting.questionnaire.structures.texts import one_line
from srsmeting.questionnaire.structures.translate import Translation, translate
from srsmeting.questionnaire.structures.yaml_text import comment, scalar

_TO_DO = (
    "What is in it is what the tool knows. Before it can be used, a person has to:",
    "- name the pijlers, and give every question its pijler and its fase (bereik, effect, impact or algemeen);",
    "- shorten the titles, which become captions, and give 'exhibit' to what is published;",
    "- look at every line that says 'check', and at what could not be taken over.",
)


@dataclass(frozen=True)
class Draft:
    """A drafted questionnaire.

    Parameters
    ----------
    text
        The YAML: it loads with `load_questionnaire` as it is.
    left_out
        Codes of the questions that are in it only as a comment.
    unrouted
        Codes of the questions of which the routing is in it only as a comment.
    """

    text: str
    left_out: tuple[str, ...]
    unrouted: tuple[str, ...]


def draft_questionnaire(structure: ToolStructure, name: str) -> Draft:
    """Write a first questionnaire.

    Question ids are made of the tool's codes, codes of answers and statements of their labels. Everything gets one
    pijler and one fase, kinds of answers are guessed from their labels, and routing is translated where the tool's
    condition says no more than a routing can. What cannot be taken over is there as a comment, in its place.

    Parameters
    ----------
    structure
        From `read_structure`.
    name
        Name of the file that it was read from; its stem becomes the id of the meting.

    Raises
    ------
    QuestionnaireError
        No question is of a kind that a questionnaire has.

    Examples
    --------
    >>> from srsmeting.questionnaire.structures.model import ToolQuestion
    >>> answers = (("A1", "Ja"), ("A2", "Weet niet"))
    >>> structure = ToolStructure("proef", "Proef", (ToolQuestion("Q1", "Deed u mee?", "single", answers=answers),))
    >>> print(draft_questionnaire(structure, "proef.lss").text.partition("questions:")[2].strip())
    - id: q1
        export: Q1
        kind: single
        title: Deed u mee
        text: Deed u mee?
        pijler: algemeen
        fase: algemeen
        categories:
          - {code: ja, export: A1, label: Ja}
          - {code: weet_niet, export: A2, label: Weet niet, kind: dont_know}  # check the kind: guessed from the label
    """
    names = make_names(structure)
    taken: set[str] = set()
    exports: set[str] = set()
    left_out: list[str] = []
    unrouted: list[str] = []
    lines: list[str] = []
    group = ""
    for question in structure.questions:
        if question.group != group:
            group = question.group
            lines += ["", comment(f"---- {group}", 2)] if group else []
        id = names.questions[question.code]
        reason = why_left_out(question, id, exports)
        exports.add(export_of(question) or id)
        if reason:
            left_out.append(question.code)
            lines += ["", *_left_out(question, reason)]
            continue
        routing = translate(question.relevance, structure, names, taken) if question.relevance else Translation()
        if routing.reason:
            unrouted.append(question.code)
        taken.add(question.code)
        lines += ["", *question_lines(question, names, routing)]
    if not taken:
        kinds = ", ".join(dict.fromkeys(question.type or question.kind for question in structure.questions))
        message = f"{name}: no question is of a kind that a questionnaire has. Found: {kinds}."
        raise QuestionnaireError(message)
    text = "\n".join([*_header(structure, name, left_out, unrouted), *lines[1:], ""])
    return Draft(text, tuple(left_out), tuple(unrouted))


def _header(structure: ToolStructure, name: str, left_out: Sequence[str], unrouted: Sequence[str]) -> Iterator[str]:
    yield comment(f"A first draft, made of {name}: {structure.tool}. Frozen once fieldwork starts.")
    yield from (comment(line) for line in _TO_DO)
    if left_out:
        yield comment(f"Questions that could not be taken over: {', '.join(left_out)}.")
    if unrouted:
        yield comment(f"Questions of which the routing could not be taken over: {', '.join(unrouted)}.")
    yield ""
    meting = _meting(name)
    yield f"meting: {scalar(meting)}  # check: the id of the measurement, such as srs-2021"
    yield f"title: {scalar(structure.title or meting, on_a_line=True)}"
    yield "respondents: respondenten"
    yield ""
    yield "pijlers:"
    yield "  - {id: algemeen, label: Algemeen}  # check: the pijlers of the programme"
    yield ""
    yield "questions:"


def _meting(name: str) -> str:
    """Return an id for the measurement, of the name of a file."""
    stem = slug(name.rpartition(".")[0] or name, "meting").replace("_", "-").strip("-")
    return f"meting-{stem}" if stem in KEYWORDS else stem or "meting"


def _left_out(question: ToolQuestion, reason: str) -> Iterator[str]:
    yield comment(f"Not taken over: {question.code}, {reason}.", 2)
    yield comment(f"text: {question.text}", 2)
    for word, listed in (("part", question.parts), ("answer", question.answers)):
        for code, label in listed:
            yield comment(f"- {word} {code}: {label}", 2)
    if question.relevance:
        yield comment(f"asked if, in the tool: {one_line(question.relevance)}", 2)
