"""How far two coders agree, beyond what chance would give.

Krippendorff's alpha for nominal data, from its coincidence matrix: K. Krippendorff, *Computing Krippendorff's
Alpha-Reliability* (2011), https://repository.upenn.edu/asc_papers/43, and *Content Analysis* (4th ed., 2018), ch. 12.
That is a dozen lines, where a library would be one more dependency; tests hold them against the worked examples of that
paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import permutations

#: Codes of an answer, by the name of the answer.
Coding = Mapping[str, Set[str]]


def krippendorff_alpha(units: Iterable[Sequence[Hashable | None]]) -> float:
    r"""Return Krippendorff's alpha of nominal data.

    Parameters
    ----------
    units
        Per unit the value that each coder gave it; None where a coder gave none. Any number of coders.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance would give, below 0 for less; nan where nothing can be said: no unit has
        two values, or all values are the same.

    Notes
    -----
    A unit with :math:`m \ge 2` values adds :math:`1 / (m - 1)` for every ordered pair of its values to the coincidences
    :math:`o_{ck}`. With :math:`n_c = \sum_k o_{ck}` and :math:`n = \sum_c n_c`

    .. math:: \alpha = 1 - (n - 1) \frac{\sum_{c \ne k} o_{ck}}{\sum_{c \ne k} n_c n_k}

    Examples
    --------
    Two coders, ten units, two values (Krippendorff 2011, part A).

    >>> first, second = "0100000010", "1110010000"
    >>> round(krippendorff_alpha(zip(first, second)), 3)
    0.095
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        values = [value for value in unit if value is not None]
        for pair in permutations(values, 2):
            coincidences[pair] += 1 / (len(values) - 1)  # type: ignore[assignment]
    margins: Counter[Hashable] = Counter()
    for (value, _), weight in coincidences.items():
        margins[value] += weight
    total = sum(margins.values())
    expected = total**2 - sum(weight**2 for weight in margins.values())
    if expected <= 0:
        return float("nan")
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (total - 1) * observed / expected


@dataclass(frozen=True)
class ThemeAgreement:
    """Agreement on one theme: whether an answer is about it or not.

    Parameters
    ----------
    theme
        Its code.
    first, second
        How many answers each coder found to be about it.
    both
        How many both did.
    alpha
        Krippendorff's alpha; nan where neither coder used the theme, or both used it for everything.
    """

    theme: str
    first: int
    second: int
    both: int
    alpha: float


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree on one question.

    Parameters
    ----------
    question
        Its id.
    answers
        How many answers both coded.
    same
        To how many they gave the very same codes.
    alpha
        Krippendorff's alpha over the answers, with all codes of an answer together as its value: strict, for an answer
        on which they agree in part is one on which they disagree.
    themes
        Theme by theme, in the order of the codebook.
    """

    question: str
    answers: int
    same: int
    alpha: float
    themes: tuple[ThemeAgreement, ...]

    @property
    def percent(self) -> float:
        """The fraction of answers with the very same codes; nan without answers."""
        return self.same / self.answers if self.answers else float("nan")


def compare_codings(question: str, codes: Sequence[str], first: Coding, second: Coding) -> Agreement:
    """Compare what two coders made of the answers to one question; of an answer that one left open, nothing is said.

    Parameters
    ----------
    question
        Its id.
    codes
        All codes that an answer can have, in order; also those of an answer without a theme.
    first, second
        Codes by answer.

    Examples
    --------
    >>> told = compare_codings("t", ["a", "b"], {"1": {"a"}, "2": {"a", "b"}, "3": {"b"}}, {"1": {"a"}, "2": {"a"}})
    >>> told.answers, told.same, [(theme.theme, theme.first, theme.second, theme.both) for theme in told.themes]
    (2, 1, [('a', 2, 2, 2), ('b', 1, 0, 0)])
    """
    shared = [answer for answer in first if answer in second]
    pairs = [(frozenset(first[answer]), frozenset(second[answer])) for answer in shared]
    themes = []
    for code in codes:
        used = [(code in one, code in other) for one, other in pairs]
        told = (sum(one for one, _ in used), sum(other for _, other in used), sum(one and other for one, other in used))
        themes.append(ThemeAgreement(code, *told, krippendorff_alpha(used)))
    same = sum(one == other for one, other in pairs)
    return Agreement(question, len(pairs), same, krippendorff_alpha(pairs), tuple(themes))
