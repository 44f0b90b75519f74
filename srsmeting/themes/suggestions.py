"""Which themes an answer could be about, by the words of the codebook: a suggestion to a coder, never a code.

Words are held against the examples of a theme and its label. Definitions are left out: they also say what a theme is
not about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from rapidfuzz.distance import JaroWinkler

from srsmeting.questionnaire import Question, Theme

#: Two words are the same word in other forms from this similarity on (Jaro-Winkler; "opleiden" and "opleidingen").
ALIKE: Final = 0.9
#: A theme is suggested from this score on: one whole example is enough, a label by itself is not.
LEAST: Final = 0.6
#: What all words of a label count, beside an example.
_LABEL: Final = 0.5
#: A word of so many letters may be a part of a longer one: "techniek" of "zorgtechniek".
_PART: Final = 5

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_IDLE: Final = frozenset(
    """
    aan als andere bij dan dat de deze die dit door dus een eens eigen elkaar en er gaan geen goed goede graag heb
    hebben heeft het hoe ieder iets ik in is je kan kunnen maar meer met mijn minder mogelijk moet moeten na naar niet
    nieuwe nog nu of om onder ons onze ook op over plaats te tot tussen uit van vaker veel voor waar wat we wel werk
    werken wij worden wordt zal ze zelf zich zijn zo zoals zou zowel
    """.split()  # noqa: SIM905 - read as a text
)


class Suggestion(NamedTuple):
    """A theme that an answer could be about, and how well it fits: from :data:`LEAST` on, 1 for a whole example."""

    theme: str
    score: float


class Suggester:
    """Suggests themes of one question.

    Parameters
    ----------
    question
        With its codebook.

    Examples
    --------
    >>> from srsmeting.questionnaire import Question
    >>> themes = [{"code": "behoud", "label": "Mensen behouden", "examples": ["verzuim", "duurzame inzetbaarheid"]},
    ...           {"code": "imago", "label": "Beeld van de zorg", "examples": ["imago", "beeldvorming"]}]
    >>> question = Question(id="t", kind="open", title="T", text="?", pijler="p", fase="effect", themes=themes)
    >>> suggest = Suggester(question).suggest
    >>> suggest("Verzuimbeleid, en het imago van het werk")
    (Suggestion(theme='behoud', score=1.0), Suggestion(theme='imago', score=1.0))
    >>> suggest("Mensen"), suggest("geen idee")
    ((), ())
    """

    def __init__(self, question: Question) -> None:
        self._themes = tuple((theme.code, _phrases(theme), _words(theme.label)) for theme in question.themes)

    def suggest(self, answer: str, most: int = 3) -> tuple[Suggestion, ...]:
        """Return the themes that fit, the best first; equal ones in the order of the codebook."""
        given = _words(answer)
        found = []
        for code, phrases, label in self._themes:
            score = max((_covered(phrase, given) for phrase in phrases), default=0.0) + _LABEL * _covered(label, given)
            if score >= LEAST:
                found.append(Suggestion(code, round(min(score, 1.0), 2)))
        return tuple(sorted(found, key=lambda each: -each.score)[:most])


def _phrases(theme: Theme) -> tuple[tuple[str, ...], ...]:
    return tuple(words for example in theme.examples if (words := _words(example)))


def _words(text: str) -> tuple[str, ...]:
    """Return the words that tell something, in small letters, each once."""
    found = (word.replace("’", "'") for word in _WORD.findall(text.lower()))
    return tuple(dict.fromkeys(word for word in found if word not in _IDLE and len(word) > 1))


def _covered(wanted: Iterable[str], given: tuple[str, ...]) -> float:
    """Return which part of the words stands in an answer, in any form."""
    words = tuple(wanted)
    return sum(any(_alike(word, other) for other in given) for word in words) / len(words) if words else 0.0


@cache
def _alike(word: str, other: str) -> bool:
    if word == other or JaroWinkler.similarity(word, other) >= ALIKE:
        return True
    short, long = sorted((word, other), key=len)
    return len(short) >= _PART and short in long
