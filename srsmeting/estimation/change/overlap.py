"""Who answered both times, and how many could have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.errors import DesignError
from srsmeting.estimation.change.columns import Coded
from srsmeting.estimation.change.crossed import Codes
from srsmeting.estimation.change.wave import Wave
from srsmeting.estimation.numeric import Counts, Numbers, Positions

#: Why the overlap is not known.
UNKNOWN: Final = "unknown_overlap"
#: Why the covariance was not seen: at most one organisation answered both times.
FEW: Final = "few_in_both"


@dataclass(frozen=True, eq=False)
class Overlap:
    """Organisations that answered both times, by the pair of strata that they were in.

    Parameters
    ----------
    n1, n2
        Respondents of the earlier and the later measurement.
    N1, N2
        Organisations in both frames.
    n12, N12
        Per pair of strata: organisations that answered both times, and that are in both frames. A design without
        strata has one pair. Births are in the later frame only and deaths in the earlier: they are in no pair.
    expected
        Per pair how many of `N12` would have answered both times by chance: ``f1 f2 N12``.
    first, second
        Of those who answered both times the row in the earlier and in the later answers.
    pair
        Of those the pair of strata.
    strata
        Per pair the stratum of the earlier and that of the later measurement.
    reason
        Why the overlap is not known (``unknown_overlap``), or too small to see a covariance (``few_in_both``); empty
        where it is.
    correlation
        Of the answers of an organisation, assumed where it is too small. 1, the same answer both times, is careful.
    crossed
        Of answers that were looked at: those of both times in one number, the same whatever the groups are.

    Notes
    -----
    Without frames it is not known how many organisations could have answered both times. The largest number that is
    possible then stands in, which is careful: where answers of an organisation go together it makes the covariance as
    small, and the standard error as large, as they can be.
    """

    n1: int
    n2: int
    N1: int
    N2: int
    n12: Counts
    N12: Counts
    expected: Numbers
    first: Positions
    second: Positions
    pair: Positions
    strata: tuple[Positions, Positions]
    reason: str = ""
    correlation: float = 1.0
    crossed: dict[tuple[Coded, Coded], Codes] = field(default_factory=dict, repr=False)

    @property
    def known(self) -> bool:
        """Whether it is known who answered both times."""
        return self.reason != UNKNOWN

    @property
    def factor(self) -> Numbers:
        """Per pair what a centred sum of products of influences is multiplied by; 0 where one cannot be centred."""
        return np.where(self.n12 > 1, (self.n12 - self.expected) / np.maximum(self.n12 - 1, 1), 0.0)

    @property
    def unseen(self) -> float:
        """Sum of ``n12 - f1 f2 N12`` over the pairs whose covariance cannot be seen."""
        return float((self.n12 - self.expected)[self.n12 < 2].sum())


def link_waves(earlier: Wave, later: Wave, correlation: float = 1.0) -> Overlap:
    """Find who answered both times.

    Parameters
    ----------
    earlier, later
        The measurements. Strata at the same position are the same strata; an organisation may have changed stratum.
    correlation
        Of the answers of an organisation, assumed where at most one answered both times.

    Raises
    ------
    DesignError
        For a correlation outside 0 to 1.

    Returns
    -------
    Overlap
        Unknown when a respondent of either cannot be told, or when the two have no organisation in common at all:
        identifiers of another kind then look the same as organisations that never answered twice.

    Examples
    --------
    >>> from srsmeting.estimation import Design
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> from srsmeting.responses import Responses
    >>> import pandas as pd
    >>> question = {"id": "lid", "kind": "open", "title": "Lid", "text": "?", "pijler": "basis", "fase": "bereik"}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> def wave(units, frame):
    ...     answers = pd.DataFrame({"lid": [True] * len(units)})
    ...     status = pd.DataFrame({"lid": [0] * len(units)}, dtype="int8")
    ...     return Wave(Responses(questionnaire, answers, status), Design.simple_random(len(units), len(frame)),
    ...                 list(units), list(frame))
    >>> found = link_waves(wave("abc", "abcdef"), wave("bcxy", "bcdefxyz"))
    >>> found.n12, found.N12, found.expected, found.first, found.second
    (array([2]), array([5]), array([1.25]), array([1, 2]), array([0, 1]))
    """
    if not 0 <= correlation <= 1:
        raise DesignError(f"link_waves(): a correlation of {correlation!r}. Give a fraction from 0 to 1.")
    none = np.empty(0, dtype=np.intp)
    first, second = _in_both(earlier.respondents, later.respondents)
    shared = earlier.frame is not None and later.frame is not None
    both = _in_both(earlier.index, later.index) if shared else (none, none)
    if not (earlier.linked and later.linked) or not (len(first) or len(both[0])):
        zero = np.zeros(1, dtype=np.int64)
        return Overlap(
            *_sizes(earlier, later), zero, zero, zero.astype(np.float64), none, none, none, (none, none), UNKNOWN
        )
    width = len(later.design.strata.sample)
    cells = len(earlier.design.strata.sample) * width
    pair = earlier.stratum[first] * width + later.stratum[second]
    n12 = np.bincount(pair, minlength=cells).astype(np.int64)
    common = _counted(earlier, later, both, cells, width) if shared else _common(earlier, later, n12)
    fractions = [wave.design.strata.sample / np.maximum(wave.design.strata.population, 1) for wave in (earlier, later)]
    expected: Numbers = np.multiply.outer(*fractions).ravel().astype(np.float64) * common
    kept = np.flatnonzero((n12 > 0) | (common > 0))
    number = np.zeros(cells, dtype=np.intp)
    number[kept] = np.arange(len(kept))
    reason = "" if (n12 > 1).any() else FEW
    strata = (kept // width, kept % width)
    return Overlap(
        *_sizes(earlier, later),
        n12[kept],
        common[kept],
        expected[kept],
        first,
        second,
        number[pair],
        strata,
        reason,
        correlation,
    )


def _sizes(earlier: Wave, later: Wave) -> tuple[int, int, int, int]:
    one, two = earlier.design, later.design
    return one.sample_size, two.sample_size, one.population_size, two.population_size


def _counted(earlier: Wave, later: Wave, both: tuple[Positions, Positions], cells: int, width: int) -> Counts:
    pair = earlier.place_in_frame[both[0]] * width + later.place_in_frame[both[1]]
    return np.bincount(pair, minlength=cells).astype(np.int64)


def _in_both(one: pd.Index, other: pd.Index) -> tuple[Positions, Positions]:
    """Return the places of organisations that are in both, in the order of the first."""
    place = other.get_indexer(one)
    first = np.flatnonzero(place >= 0)
    return first, place[first].astype(np.intp)


def _common(earlier: Wave, later: Wave, n12: Counts) -> Counts:
    """Return the largest number of organisations that can be in both frames, as if none changed stratum unseen."""
    one, two = earlier.design.strata.population, later.design.strata.population
    common = n12.reshape(len(one), len(two)).copy()
    for h in range(min(len(one), len(two))):
        common[h, h] = max(common[h, h], min(one[h], two[h]))
    flat: Counts = common.ravel()
    return flat
