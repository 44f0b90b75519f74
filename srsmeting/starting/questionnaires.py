"""The questionnaire of a new measurement: a small one to start from, or that of the measurement before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from srsmeting.errors import ConfigurationError
from srsmeting.questionnaire import Questionnaire
from srsmeting.starting.names import move_year, year_in
from srsmeting.starting.resource import resource
from srsmeting.yamlfile import quoted

#: A key at the top of the file, with a text on the same line.
_TOP: Final = r"^{key}:[ \t]+(?P<value>[^\n#|>][^\n]*)$"


def starter_questionnaire(id: str, title: str) -> str:
    """Return a small questionnaire with every kind of question."""
    return resource("questionnaire.yaml").replace("METING", quoted(id), 1).replace("TITLE", quoted(title), 1)


def next_version(path: Path, id: str, title: str) -> str:
    """Return the text of a questionnaire under another id and title; nothing else of it changes.

    Raises
    ------
    ConfigurationError
        When its id or title does not stand on a line of its own.
    """
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    for key, value in (("meting", id), ("title", title)):
        text, found = re.subn(_TOP.format(key=key), f"{key}: {_escaped(quoted(value))}", text, count=1, flags=re.M)
        if not found:
            raise ConfigurationError(f"{path}: its {key!r} does not stand on a line of its own. Write it so, and copy.")
    return (
        f"# Copied from {path.name}: wording, answers and routing are still those of that measurement.\n{_bare(text)}"
    )


def names_year(questionnaire: Questionnaire, year: str) -> tuple[str, ...]:
    """Return the questions in whose texts a year stands."""
    return tuple(
        question.id
        for question in questionnaire.questions
        if year and any(move_year(text, year, "") != text for text in (question.title, question.text, question.topic))
    )


def next_title(title: str, earlier: str, later: str) -> str:
    """Return the title of a later year: with its year moved on where it has one.

    Examples
    --------
    >>> next_title("Nulmeting over 2021", "srs-2021", "srs-2022"), next_title("Peiling", "p", "p-2022")
    ('Nulmeting over 2022', 'Peiling')
    """
    before, after = year_in(earlier), year_in(later)
    return move_year(title, before, after) if before and after else title


def _bare(text: str) -> str:
    """Take off the comments at the top, which are about the version that was copied."""
    lines = text.split("\n")
    while lines and (lines[0].startswith("#") or not lines[0].strip()):
        lines.pop(0)
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\")
