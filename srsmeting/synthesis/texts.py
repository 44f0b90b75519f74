"""Invented texts for open answers, each written for a theme, so that the coding of them is known."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from srsmeting.errors import Fault, SynthesisError, suggest
from srsmeting.questionnaire import NO_CONTENT, OTHER_THEME, Question, Questionnaire
from srsmeting.yamlfile import Text, YamlFile, read_yaml, validate


class ThemeEntry(BaseModel):
    """Texts on one theme."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Text = Field(description="What the texts are about, for the reader of the file.")
    count: int = Field(ge=1, description="How many answers are on this theme.")
    texts: tuple[Text, ...] = Field(min_length=1, description="The texts, repeated until there are enough.")


class TextsFile(BaseModel):
    """A file of invented texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: Text = Field("", description="What the file is, for its readers.")
    texts: dict[str, tuple[ThemeEntry, ...]] = Field(description="Themes by question.")


def takes_text(question: Question) -> bool:
    """Say whether a respondent can write a text: an open question, or one with a category `other`."""
    other = question.kind in ("single", "multiple") and any(
        category.export == "other" for category in question.categories
    )
    return question.kind == "open" or other


def read_texts(path: Path | str, questionnaire: Questionnaire) -> dict[str, list[str]]:
    """Read invented texts, so many per theme.

    Parameters
    ----------
    path
        YAML: ``texts`` has per question a list of ``{theme, count, texts}``.
    questionnaire
        Its open questions, and those with a category ``other``, may be named.

    Returns
    -------
    dict of list of str
        By question every text as often as it is to be written, as `write_limesurvey_export` takes them.

    Raises
    ------
    SynthesisError
        With every fault of the file.

    Examples
    --------
    >>> import tempfile
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}],
    ...     "questions": [{"id": "thema", "kind": "open", "title": "Thema", "text": "Welk thema?", "pijler": "a",
    ...                    "fase": "algemeen"}]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "texts.yaml")
    ...     _ = file.write_text("texts: {thema: [{theme: zij, count: 3, texts: [a, b]}]}", encoding="utf-8")
    ...     read_texts(file, questionnaire)
    {'thema': ['a', 'b', 'a']}
    """
    return {
        name: [theme.texts[turn % len(theme.texts)] for theme in themes for turn in range(theme.count)]
        for name, themes in _read(path, questionnaire)[1].items()
    }


def read_text_themes(path: Path | str, questionnaire: Questionnaire) -> dict[str, dict[str, str]]:
    """Read which theme invented texts are about.

    Parameters
    ----------
    path, questionnaire
        As for :func:`read_texts`.

    Returns
    -------
    dict of dict of str
        Theme by text, by question; only of questions with a codebook.

    Raises
    ------
    SynthesisError
        With every fault of the file, also a theme that is not in the codebook, and a text that stands under two themes.
    """
    file, entries = _read(path, questionnaire)
    found: dict[str, dict[str, str]] = {}
    faults = []
    for name, themes in entries.items():
        question = questionnaire.question(name)
        codes = (*(theme.code for theme in question.themes), OTHER_THEME, NO_CONTENT)
        for n, entry in enumerate(themes if question.themes else ()):
            line = file.line(("texts", name, n, "theme"))
            if entry.theme not in codes:
                message = f"no theme {entry.theme!r} of question {name!r}. {suggest(entry.theme, codes)}"
                faults.append(Fault(file.name, message, line, "theme", entry.theme, "unknown_theme"))
            for text in entry.texts:
                other = found.setdefault(name, {}).setdefault(text, entry.theme)
                if other != entry.theme:
                    message = f"question {name!r}: {text!r} stands under {other!r} and {entry.theme!r}. Keep one."
                    faults.append(Fault(file.name, message, line, "texts", text, "text_twice"))
    if faults:
        raise SynthesisError(faults=faults)
    return found


def _read(path: Path | str, questionnaire: Questionnaire) -> tuple[YamlFile, dict[str, tuple[ThemeEntry, ...]]]:
    file = read_yaml(path, SynthesisError)
    entries = validate(TextsFile, file, SynthesisError, nouns={"texts": "question"}).texts
    known = [question.id for question in questionnaire.questions if takes_text(question)]
    faults = [
        Fault(
            file.name,
            f"no question with texts {name!r}. {suggest(name, known)}",
            file.line(("texts", name)),
            name,
            name,
            "unknown_question",
        )
        for name in entries
        if name not in known
    ]
    if faults:
        raise SynthesisError(faults=faults)
    return file, entries
