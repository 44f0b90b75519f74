"""How often the themes of open answers are mentioned, and which of these counts may be published.

An answer can be about several themes or about none, so that the counts of a question add up to nothing that is known:
less than the number of answers, or more. That is what protects a hidden count; where it might not, one more is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.estimates import estimate_frame
from srsmeting.estimation.rules import PublicationRules
from srsmeting.questionnaire import Questionnaire

#: The measure of these rows.
MEASURE: Final = "count"


@dataclass(frozen=True)
class Mentions:
    """What was counted of one open question.

    Parameters
    ----------
    answered
        Respondents who answered it.
    themes
        Respondents who mentioned a theme, by its code; a theme that is not in it was not mentioned.
    """

    answered: int
    themes: Mapping[str, int]


def estimate_mentions(questionnaire: Questionnaire, counted: Mapping[str, Mentions]) -> pd.DataFrame:
    """Return how many respondents mentioned each theme of the open questions.

    Parameters
    ----------
    questionnaire
        Its codebooks give the themes and their order.
    counted
        By question id; a question that was not coded is not in it.

    Returns
    -------
    pd.DataFrame
        Estimate frame, measure ``count``: per question a row for every theme of its codebook, also one that nobody
        mentioned. ``estimate`` and ``numerator`` are the respondents who mentioned it, ``denominator`` those who
        answered the question. They are counted, never weighted, and have no interval. Where nobody answered, status O
        (``no_base``).

    Raises
    ------
    UnknownNameError
        For a question or theme that does not exist.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> themes = [{"code": "imago", "label": "Imago"}, {"code": "zzp", "label": "Zzp"}]
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "pijlers": [{"id": "basis", "label": "Basis"}],
    ...     "questions": [{"id": "thema", "kind": "open", "title": "Thema", "text": "Welk thema?", "pijler": "basis",
    ...                    "fase": "algemeen", "themes": themes}]})
    >>> frame = estimate_mentions(questionnaire, {"thema": Mentions(20, {"zzp": 7})})
    >>> frame[["question", "category", "measure", "estimate", "numerator", "denominator"]]
      question category measure  estimate  numerator  denominator
    0    thema    imago   count       0.0          0           20
    1    thema      zzp   count       7.0          7           20
    """
    rows: list[tuple[str, str, int, int]] = []
    for name, count in counted.items():
        question = questionnaire.question(name)
        for code in count.themes:
            question.theme(code)
        rows += [(name, theme.code, count.themes.get(theme.code, 0), count.answered) for theme in question.themes]
    base = np.array([answered for *_, answered in rows], dtype=np.int64)
    number = np.array([mentions for _, _, mentions, _ in rows], dtype=np.int64)
    return estimate_frame(
        {
            "meting": questionnaire.meting,
            "question": [question for question, *_ in rows],
            "category": [code for _, code, *_ in rows],
            "measure": MEASURE,
            "estimate": np.where(base > 0, number, np.nan),
            "numerator": number,
            "denominator": base,
            "method": "count",
            "status": np.where(base > 0, "A", "O"),
            "reason": np.where(base > 0, "", "no_base"),
        }
    )


def rare_mentions(frame: pd.DataFrame, rules: PublicationRules) -> dict[int, str]:
    """Return the rows with theme counts that may not be published, and why.

    Parameters
    ----------
    frame
        Estimate frame; only its rows with measure ``count`` are looked at.
    rules
        ``min_mentions`` by question.

    Returns
    -------
    dict of str
        By position of the row: ``small_count`` where a theme has fewer mentions than the least, 0 included;
        ``complementary`` where it has enough.

    Notes
    -----
    A hidden count is known to lie below the least, and nothing shown narrows that down: counts of themes do not add up
    to the number of answers, for an answer can have several themes, and the answers without any are not published. But
    a reader may guess that every answer has exactly one theme, and be right: then what the shown themes leave over is
    what the hidden ones have together. So while that would be some mentions but fewer than the least, the smallest
    shown theme is hidden too, the first declared of equal ones.
    """
    found: dict[int, str] = {}
    counts = _counts(frame)
    for question, shown, base in _shown(counts):
        least = rules.min_mentions_of(question)
        rare = [row for row, count in shown.items() if count < least]
        found |= dict.fromkeys(rare, "small_count")
        kept = {row: count for row, count in shown.items() if row not in found}
        hides = bool(rare) or _hidden(counts, question)
        while hides and kept and 0 < base - sum(kept.values()) < least:
            # min() takes the first of equal ones.
            smallest = min(kept, key=lambda row: kept[row])
            found[smallest] = "complementary"
            del kept[smallest]
    return found


def attack_mentions(frame: pd.DataFrame, rules: PublicationRules) -> Iterator[tuple[str, str, float, float, str]]:
    """Yield what can be worked out of the theme counts that would be published.

    Yields
    ------
    tuple
        Question, theme, the fewest and most mentions, and how, as :func:`.audit.audit_estimates` has it: ``shown`` for
        a count below the least; ``together`` (themes with ``+`` between) for hidden counts that the shown ones leave
        over if every answer has exactly one theme, and that are fewer than the least.
    """
    counts = _counts(frame)
    for question, shown, base in _shown(counts):
        least = rules.min_mentions_of(question)
        for row, count in shown.items():
            if count < least:
                yield question, str(counts["category"].loc[row]), count, count, "shown"
        hidden, left = _hidden(counts, question), base - sum(shown.values())
        if hidden and 0 < left < least:
            yield question, "+".join(hidden), left, left, "together"


def _counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that count mentions, by their position in the frame."""
    rows = np.flatnonzero(frame["measure"] == MEASURE)
    return frame.take(rows).set_axis(rows)


def _shown(counts: pd.DataFrame) -> Iterator[tuple[str, dict[int, float], float]]:
    """Yield per question the counts that are there, by position of the row, and how many answered."""
    there = counts[(counts["by"] == "") & (counts["denominator"] > 0).fillna(value=False).astype(bool)]
    for question, own in there.groupby("question", sort=False):
        mentions = dict(zip(own.index.to_list(), own["numerator"].astype(float).to_list(), strict=True))
        yield str(question), mentions, float(own["denominator"].iloc[0])


def _hidden(counts: pd.DataFrame, question: str) -> list[str]:
    rows = (counts["question"] == question) & (counts["status"] == "Q")
    return [str(code) for code in counts.loc[rows, "category"]]
