"""Every pair of a percentage and a phrase of the published nulmeting: met by the rules, or named as an exception.

The report put one percentage into words in several ways, and one phrase on several percentages. A rule can meet a pair
only where the report was consistent; the others are listed here, each with what the rule says and why.
"""

from __future__ import annotations

import pytest

from srsmeting.presentation.words import share_words
from srsmeting.presentation.words_counts import change_words
from srsmeting.presentation.words_sizes import shares_words, size_words

#: Percentage (or percentage points) and phrase, as published; each pair once.
PUBLISHED = [
    (-1, "een lichte afname"),
    (2, "licht toegenomen"),
    (5, "een klein deel"),
    (5, "geringe percentages"),
    (5, "relatief laag"),
    (6, "de overige"),
    (6, "nauwelijks"),
    (6, "slechts"),
    (7, "kleinere groepen"),
    (8, "een klein deel"),
    (8, "maar een klein percentage"),
    (9, "een op de tien"),
    (10, "een op de tien"),
    (10, "geringe percentages"),
    (18, "kleinere groepen"),
    (19, "een vijfde"),
    (20, "een vijfde"),
    (21, "een vijfde"),
    (24, "(ruim) een kwart"),
    (24, "een kwart"),
    (24, "nog eens een kwart"),
    (25, "een kwart"),
    (26, "een kwart"),
    (30, "(ruim) een kwart"),
    (30, "meer dan een kwart"),
    (31, "bijna een derde"),
    (31, "een derde"),
    (32, "(ruim) een derde"),
    (32, "een derde"),
    (33, "(ruim) een derde"),
    (33, "een derde"),
    (36, "een derde"),
    (36, "ruim een derde"),
    (37, "(ruim) een derde"),
    (37, "meer dan een derde"),
    (37, "ruim een derde"),
    (39, "(ruim) een derde"),
    (39, "ruim een derde"),
    (41, "(ruim) een derde"),
    (41, "een relatief groot deel"),
    (41, "het grootste deel"),
    (41, "meer dan een derde"),
    (50, "(ruim) de helft"),
    (50, "de helft"),
    (50, "de helft of meer"),
    (50, "helft"),
    (51, "(ruim) de helft"),
    (51, "de helft"),
    (51, "helft"),
    (52, "iets meer dan de helft"),
    (53, "iets meer dan de helft"),
    (55, "meer dan de helft"),
    (57, "(ruim) de helft"),
    (57, "meer dan de helft"),
    (57, "ruim de helft"),
    (62, "bijna twee derde"),
    (65, "twee derde"),
    (66, "twee derde"),
    (69, "ruim twee derde"),
    (78, "de meeste"),
    (78, "een groot deel"),
    (78, "het merendeel"),
    (78, "meerderheid"),
    (78, "ruim drie kwart"),
    (78, "veel"),
    (80, "een groot deel"),
    (83, "ruim vier vijfde"),
    (-2, "een lichte afname"),
]

#: Phrases that are met in other words of the same meaning, by grammar alone.
SAME = {
    "helft": "de helft",  # a heading without its article
    "nog eens een kwart": "een kwart",  # the first words belong to the sentence
    "maar een klein percentage": "een klein deel",
    "een lichte afname": "licht afgenomen",
    "meerderheid": "het merendeel",  # 78 had four names: meerderheid, merendeel, de meeste, een groot deel
    "de meeste": "het merendeel",
    "een groot deel": "het merendeel",
}
#: Phrases that cover several percentages at once, and those percentages.
TOGETHER = {
    "(ruim) een kwart": [(24, 30)],
    "(ruim) een derde": [(33, 37), (32, 39)],
    "(ruim) de helft": [(50, 51, 57)],
}
#: Pairs that no rule can meet: what the rule says, and why it cannot say both.
EXCEPTIONS = {
    (31, "een derde"): ("bijna een derde", "31 is also published as 'bijna een derde'"),
    (36, "een derde"): ("ruim een derde", "the chapter has 'ruim een derde'; the summary left 'ruim' out"),
    (37, "meer dan een derde"): ("ruim een derde", "37 is 'ruim een derde' three times; this stood for 37 or 41"),
    (41, "meer dan een derde"): ("41\u00a0procent", "no fraction is near 41"),
    (41, "(ruim) een derde"): ("41\u00a0procent", "no fraction is near 41"),
    (57, "ruim de helft"): ("meer dan de helft", "57 and 55 are 'meer dan de helft'; one percentage has one name"),
    (50, "de helft of meer"): ("de helft", "stood for five percentages from 50 to 83: shares_words() names both ends"),
    (10, "geringe percentages"): ("een op de tien", "10 is also published as 'een op de tien'"),
    (5, "geringe percentages"): ("5\u00a0procent", "stood for 10 and 5 together"),
    (18, "kleinere groepen"): ("18\u00a0procent", "stood for 18 and 7 together"),
    (7, "kleinere groepen"): ("7\u00a0procent", "stood for 18 and 7 together"),
    (6, "slechts"): ("6\u00a0procent", "a judgement, which is for the author to give"),
    (6, "nauwelijks"): ("6\u00a0procent", "a judgement, which is for the author to give"),
    (6, "de overige"): ("6\u00a0procent", "what is left of the others: the sentence says so, not the number"),
    (5, "relatief laag"): ("5\u00a0procent", "a judgement beside other budgets"),
    (41, "een relatief groot deel"): ("41\u00a0procent", "the largest of five budgets, and no majority"),
    (41, "het grootste deel"): ("41\u00a0procent", "the largest of five budgets, and no majority"),
    (78, "veel"): ("ruim drie kwart", "a judgement, which is for the author to give"),
}
_CHANGES = ("een lichte afname", "licht toegenomen")


@pytest.mark.parametrize(("percentage", "phrase"), PUBLISHED)
def test_every_published_pair_is_reproduced_or_named(percentage: int, phrase: str) -> None:
    said = {change_words(percentage / 100)} if phrase in _CHANGES else _phrases(percentage / 100)

    if (percentage, phrase) in EXCEPTIONS:
        assert phrase not in said
        assert EXCEPTIONS[percentage, phrase][0] in said
    elif phrase in TOGETHER:
        [shares] = [shares for shares in TOGETHER[phrase] if percentage in shares]
        assert shares_words([share / 100 for share in shares]) == phrase
    else:
        assert SAME.get(phrase, phrase) in said


def test_exceptions_were_published() -> None:
    assert set(EXCEPTIONS) <= set(PUBLISHED)
    assert len(PUBLISHED) == 68


def _phrases(share: float) -> set[str]:
    return {share_words(share), size_words(share)}
