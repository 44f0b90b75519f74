"""Unknown counts, what is known of them, and the smallest and largest value that each can have.

This is the attack itself: it knows nothing of surveys. Counts are not negative and obey linear equations; what follows
from an equation with one unknown is filled in, sums that are zero make every part zero, and what is left falls apart
into blocks that are searched with linear programming (HiGHS, through scipy).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from srsmeting.errors import EstimateError

#: A sum of counts: coefficient per variable.
Terms: TypeAlias = dict[int, float]

_CLOSE: Final = 1e-6
#: From how many unknowns on a block is searched by interior points.
_LARGE: Final = 1000
#: As many searches are no more work by themselves than together.
_FEW: Final = 2


@dataclass
class System:
    """Counts and what is known of them.

    Counts are whole numbers of 0 or more, except those made with ``free``, which can have any value.
    """

    names: dict[Hashable, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    #: Equations: terms add up to a number.
    equal: list[tuple[Terms, float, str]] = field(default_factory=list)
    #: Terms add up to at most a number.
    at_most: list[tuple[Terms, float, str]] = field(default_factory=list)
    #: A free variable, and the count of those that it is a sum of: where there are none, it is zero.
    sums: list[tuple[int, int]] = field(default_factory=list)

    def count(self, name: Hashable, *, free: bool = False) -> int:
        """Return the variable of this name; it is made when it is new."""
        place = self.names.get(name)
        if place is None:
            place = self.names[name] = len(self.low)
            self.low.append(-math.inf if free else 0.0)
        return place

    def beside(self) -> System:
        """Return a system for other counts, with names of their own, that is solved together with this one."""
        return System({}, self.low, self.equal, self.at_most, self.sums)

    def equate(self, terms: Mapping[int, float], value: float, about: str) -> None:
        """Say what terms add up to."""
        self.equal.append((dict(terms), float(value), about))

    def limit(self, terms: Mapping[int, float], value: float, about: str) -> None:
        """Say what terms add up to at most."""
        self.at_most.append((dict(terms), float(value), about))


@dataclass
class Solved:
    """What follows from a system without searching, and the blocks that are left to be searched.

    Parameters
    ----------
    known
        Value by variable.
    nobody
        Variables that are zero because a sum that is zero has them: that nobody of a set gave an answer is true of
        every part of the set.
    blocks
        The rest, in parts that have nothing to do with each other.
    """

    known: dict[int, float]
    nobody: set[int]
    blocks: list[Block]
    block_of: dict[int, Block] = field(default_factory=dict)

    def range(self, terms: Mapping[int, float], wide: float = math.inf) -> tuple[float, float]:
        """Return the smallest and largest whole number that terms can add up to.

        Parameters
        ----------
        terms
            Variables with their coefficients.
        wide
            Once two whole numbers this far apart are known to be possible, the search stops; what is returned is then
            a part of the range.
        """
        fixed, parts = self._parts(terms)
        low = high = fixed
        # Where several blocks add up, whole numbers of the one are not those of the sum.
        more = 0.0 if len(parts) == 1 and fixed == round(fixed) else 1.0
        for block, some in parts:
            least, most = block.range(some, wide, more)
            low, high = low + least, high + most
        return _whole(low, high)

    def look_around(self, wanted: Iterable[tuple[Mapping[int, float], float]]) -> None:
        """Search for many ranges at once, so that few of them are left to be searched for by themselves.

        Parameters
        ----------
        wanted
            Terms, and how wide their range will be asked for.
        """
        blocks: dict[int, tuple[Block, list[tuple[Terms, float]]]] = {}
        for terms, wide in wanted:
            for block, some in self._parts(terms)[1]:
                blocks.setdefault(id(block), (block, []))[1].append((some, wide))
        for block, together in blocks.values():
            block.look_around(together)

    def _parts(self, terms: Mapping[int, float]) -> tuple[float, list[tuple[Block, Terms]]]:
        fixed = sum(value * self.known[at] for at, value in terms.items() if at in self.known)
        parts: dict[int, tuple[Block, Terms]] = {}
        for at, value in terms.items():
            if at not in self.known:
                block = self.block_of[at]
                parts.setdefault(id(block), (block, {}))[1][at] = value
        return fixed, list(parts.values())


def _far_apart(low: float, high: float, wide: float, more: float) -> bool:
    """Say whether whole numbers this far apart lie between two values."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return high - low >= wide + more
    return math.floor(high + _CLOSE) - math.ceil(low - _CLOSE) >= wide and high - low >= wide + more - _CLOSE


def _whole(low: float, high: float) -> tuple[float, float]:
    up, down = (
        math.ceil(low - _CLOSE) if math.isfinite(low) else low,
        math.floor(high + _CLOSE) if math.isfinite(high) else high,
    )
    return float(min(up, down)), float(down)


def solve(system: System) -> Solved:
    """Fill in what follows by itself, and cut the rest into blocks.

    Raises
    ------
    EstimateError
        When two of the things that are known contradict each other.
    """
    known: dict[int, float] = {}
    nobody: set[int] = set()
    open_ = list(system.equal)
    loose = list(system.at_most)
    progress = True
    while progress:
        progress = False
        left = []
        for terms, value, about in open_:
            clean = value == 0 and all(known.get(at, 0.0) == 0 for at in terms)
            terms, value = _substitute(terms, value, known)
            if not terms:
                if abs(value) > 1e-4:
                    raise _contradiction(about)
                continue
            if len(terms) == 1:
                ((at, times),) = terms.items()
                found = value / times
                if found < system.low[at] - 1e-4:
                    raise _contradiction(about)
                known[at] = max(_rounded(found) if system.low[at] == 0 else found, system.low[at])
                if known[at] == 0 and clean:
                    nobody.add(at)
                progress = True
                continue
            if abs(value) < _CLOSE and _one_sign(terms) and all(system.low[at] == 0 for at in terms):
                for at in terms:
                    known[at] = 0.0
                nobody |= set(terms)
                progress = True
                continue
            left.append((terms, value, about))
        open_ = left
        for at, of in system.sums:
            if at not in known and known.get(of) == 0:
                known[at] = 0.0
                progress = True
        if not progress:
            # A count that may be at most nothing is nothing.
            for terms, value, _ in loose:
                terms, value = _substitute(terms, value, known)
                if terms and abs(value) < _CLOSE and all(v > 0 and system.low[at] == 0 for at, v in terms.items()):
                    for at in terms:
                        known[at] = 0.0
                    nobody |= set(terms)
                    progress = True
    if any(known.get(of) == 0 and abs(known.get(at, 0.0)) > 1e-4 for at, of in system.sums):
        raise _contradiction("a sum of what nobody answered")
    bounds = []
    for terms, value, about in loose:
        terms, value = _substitute(terms, value, known)
        if terms:
            bounds.append((terms, value, about))
        elif value < -1e-4:
            raise _contradiction(about)
    return _blocks(system, known, nobody, open_, bounds)


def _contradiction(about: str) -> EstimateError:
    return EstimateError(
        f"audit: the numbers that are shown contradict each other: {about}. Are they of one measurement, and of this "
        "questionnaire?"
    )


def _substitute(terms: Terms, value: float, known: Mapping[int, float]) -> tuple[Terms, float]:
    if any(at in known for at in terms):
        value -= sum(times * known[at] for at, times in terms.items() if at in known)
        terms = {at: times for at, times in terms.items() if at not in known}
    return terms, value


def _rounded(value: float) -> float:
    return float(round(value)) if abs(value - round(value)) < 1e-4 else value


def _one_sign(terms: Terms) -> bool:
    return all(value > 0 for value in terms.values()) or all(value < 0 for value in terms.values())


def _blocks(
    system: System,
    known: dict[int, float],
    nobody: set[int],
    equal: list[tuple[Terms, float, str]],
    at_most: list[tuple[Terms, float, str]],
) -> Solved:
    head = list(range(len(system.low)))

    def find(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    for terms, _, _ in (*equal, *at_most):
        first, *rest = terms
        for at in rest:
            head[find(at)] = find(first)
    blocks: dict[int, Block] = {}
    block_of = {}
    for at in range(len(system.low)):
        if at not in known:
            block = blocks.setdefault(find(at), Block())
            block.add(at, system.low[at])
            block_of[at] = block
    for terms, value, about in equal:
        block_of[next(iter(terms))].equal.append((terms, value, about))
    for terms, value, about in at_most:
        block_of[next(iter(terms))].at_most.append((terms, value, about))
    return Solved(known, nobody, list(blocks.values()), block_of)


@dataclass
class Block:
    """Unknown counts that hang together."""

    places: dict[int, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    equal: list[tuple[Terms, float, str]] = field(default_factory=list)
    at_most: list[tuple[Terms, float, str]] = field(default_factory=list)
    _points: list[np.ndarray] = field(default_factory=list)
    _matrices: Any = None

    def add(self, at: int, low: float) -> None:
        """Take a variable in."""
        self.places[at] = len(self.places)
        self.low.append(low)

    def range(self, terms: Terms, wide: float, more: float = 0.0) -> tuple[float, float]:
        """Return the smallest and largest value of terms; less where whole numbers `wide` apart lie in between.

        With `more` the values themselves must be so much further apart.
        """
        inside = [(self.places[at], value) for at, value in terms.items()]
        # Every solution that was found for another count says something of this one.
        seen = [sum(value * point[place] for place, value in inside) for point in self._points]
        if seen and _far_apart(min(seen), max(seen), wide, more):
            return min(seen), max(seen)
        least = 0.0 if all(value > 0 and self.low[self.places[at]] == 0 for at, value in terms.items()) else -math.inf
        # No count is less than nothing.
        low = least if seen and min(seen) <= least + _CLOSE else self._extreme(self._objective([(terms, 1.0)]))
        if seen and _far_apart(low, max(seen), wide, more):
            return low, max(seen)
        return low, -self._extreme(self._objective([(terms, -1.0)]))

    def look_around(self, wanted: Sequence[tuple[Terms, float]]) -> None:
        """Find solutions in which many sums are small, or large, at once.

        Every round takes half of those that have not been seen far enough apart the one way and the other half the
        other way, and then the reverse; it halves them otherwise each time. That ends when it costs as much as one
        search for each.
        """
        left, turn = [(terms, wide) for terms, wide in wanted if all(self.low[self.places[at]] == 0 for at in terms)], 0
        failed = 0
        while len(left) > _FEW and failed < 2:
            bit = turn % (len(left).bit_length() + 1)
            signs = [1.0 if bit == 0 or number >> (bit - 1) & 1 else -1.0 for number in range(len(left))]
            for way in (1.0, -1.0):
                self._extreme(self._objective([(one[0], way * sign) for one, sign in zip(left, signs, strict=True)]))
            points = np.array(self._points)
            still = []
            for terms, wide in left:
                values = sum(value * points[:, self.places[at]] for at, value in terms.items())
                if not _far_apart(float(np.min(values)), float(np.max(values)), wide, 0.0):
                    still.append((terms, wide))
            failed = failed + 1 if len(left) - len(still) < _FEW else 0
            left, turn = still, turn + 1

    def _objective(self, sums: Iterable[tuple[Terms, float]]) -> np.ndarray:
        objective = np.zeros(len(self.places))
        for terms, times in sums:
            for at, value in terms.items():
                objective[self.places[at]] += times * value
        return objective

    def _extreme(self, objective: np.ndarray) -> float:
        from scipy.optimize import linprog

        if self._matrices is None:
            self._matrices = (*self._matrix(self.equal), *self._matrix(self.at_most))
        equal, equals, limits, limit = self._matrices
        bounds = [(None if low == -math.inf else low, None) for low in self.low]
        # An interior point is found sooner where there are many variables, and does not always find out what is wrong.
        methods: tuple[Literal["highs", "highs-ipm"], ...] = ("highs-ipm", "highs")
        for method in methods if len(self.low) > _LARGE else methods[1:]:
            found = linprog(objective, limits, limit, equal, equals, bounds=bounds, method=method)
            if found.status == 0:
                break
        if found.status == 3:
            return -math.inf
        if found.status != 0 or found.x is None or found.fun is None:
            about = ", ".join(list(dict.fromkeys(about for _, _, about in self.equal))[:3])
            raise _contradiction(about or "a block without equations")
        self._points.append(found.x)
        return float(found.fun)

    def _matrix(self, rows: list[tuple[Terms, float, str]]) -> tuple[Any, Any]:
        from scipy.sparse import csr_array

        if not rows:
            return None, None
        where = [(row, self.places[at], value) for row, (terms, _, _) in enumerate(rows) for at, value in terms.items()]
        row, column, value = zip(*where, strict=True)
        shape = (len(rows), len(self.places))
        return csr_array((value, (row, column)), shape=shape), np.array([each[1] for each in rows])


def add_terms(parts: Iterable[Mapping[int, float]], times: float = 1.0) -> Terms:
    """Return the sum of sums."""
    total: Terms = {}
    for part in parts:
        for at, value in part.items():
            total[at] = total.get(at, 0.0) + times * value
    return {at: value for at, value in total.items() if value}


def minus(terms: Mapping[int, float], others: Mapping[int, float]) -> Terms:
    """Return a sum less another."""
    return add_terms([terms, {at: -value for at, value in others.items()}])
