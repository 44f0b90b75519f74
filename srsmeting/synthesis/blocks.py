"""One step of the invention: everyone answers one question, or a few that only together can meet their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from srsmeting.synthesis.cells import LEFT_EMPTY, NOT_ASKED, Key, Logic, Mask, Numbers, Part, Table
from srsmeting.synthesis.solve import Row, Values, fill_cells, find_conflict
from srsmeting.synthesis.targets import BoundTarget
from srsmeting.synthesis.weights import empty_share, pattern_weights

#: More cells than this are not tried at once.
MOST_CELLS = 20_000


@dataclass(frozen=True)
class Conflict:
    """Targets that cannot be met together, and the parts that they depend on."""

    targets: tuple[BoundTarget, ...]
    keys: frozenset[Key]


class TooManyCellsError(Exception):
    """A block is too wide to solve at once; never leaves this room."""


class Solver:
    """Answers one block of parts, given the answers to earlier ones.

    Parameters
    ----------
    parts
        All parts, in the order of fieldwork.
    logic
        Evaluates expressions.
    targets
        What must be met.
    n
        Number of respondents.
    """

    def __init__(self, parts: Mapping[Key, Part], logic: Logic, targets: Sequence[BoundTarget], n: int) -> None:
        self._parts = parts
        self._logic = logic
        self._n = n
        self._targets = [(target, logic.depends_on(self._named(target))) for target in targets]

    def answer(self, block: Sequence[Key], decided: Table, rng: np.random.Generator) -> Table | Conflict:
        """Return the answers to the parts of a block, or the targets that make that impossible."""
        touched = [(target, keys) for target, keys in self._targets if keys & set(block)]
        class_of, example = self._classes(block, decided, touched)
        sizes = np.bincount(class_of)
        cells, cell_class, share = self._cells(block, {key: column[example] for key, column in decided.items()}, rng)
        everyone = [
            Row(member, member, float(size), float(size))
            for size, member in zip(
                sizes, (np.equal.outer(np.arange(len(sizes)), cell_class)).astype(float), strict=True
            )
        ]
        rows = [self._row(target, cells, len(cell_class)) for target, _ in touched]
        counts = fill_cells(share * sizes[cell_class], [*everyone, *rows], rng)
        if counts is None:
            clash = [touched[position] for position in find_conflict(everyone, rows)]
            return Conflict(tuple(target for target, _ in clash), frozenset().union(*(keys for _, keys in clash)))
        return self._hand_out(block, cells, cell_class, counts, class_of, rng)

    def _named(self, bound: BoundTarget) -> set[Key]:
        keys = {key for key, _ in self._logic.atoms(bound.condition)}
        return keys | {key for key in (bound.total_of, bound.answered) if key is not None}

    def _classes(
        self, block: Sequence[Key], decided: Table, touched: Sequence[tuple[BoundTarget, set[Key]]]
    ) -> tuple[Numbers, Numbers]:
        # Respondents are alike when everything that the targets and routings ask of them has the same answer.
        columns: list[Mask] = []
        needed = self._logic.depends_on([*block, *(key for _, keys in touched for key in keys)])
        atoms = {atom for key in needed for atom in self._logic.routing_atoms(key)}
        for target, _ in touched:
            atoms |= set(self._logic.atoms(target.condition))
            if target.total_of in decided and target.total_of is not None:
                atoms |= {
                    (target.total_of, (position,)) for position in range(len(self._parts[target.total_of].values))
                }
            if target.answered is not None:
                atoms.add((target.answered, ()))
        for key, positions in sorted(atoms):
            if key in decided:
                columns += [self._logic.found(key, positions, decided[key]), decided[key] >= 0]
        if not columns:
            return np.zeros(self._n, dtype=np.int64), np.zeros(1, dtype=np.int64)
        _, example, class_of = np.unique(np.array(columns), axis=1, return_index=True, return_inverse=True)
        return class_of.reshape(-1).astype(np.int64), example.astype(np.int64)

    def _cells(self, block: Sequence[Key], classes: Table, rng: np.random.Generator) -> tuple[Table, Numbers, Values]:
        table = dict(classes)
        cell_class = np.arange(len(next(iter(table.values()))) if table else 1, dtype=np.int64)
        share = np.ones(len(cell_class))
        for key in block:
            part = self._parts[key]
            asked = self._logic.can_be_asked(key, table, len(cell_class))
            options = np.arange(len(part.ticks), dtype=np.int64)
            weights = pattern_weights(part, rng)
            if part.may_be_empty:
                options = np.append(options, LEFT_EMPTY)
                weights = np.append(weights * (1 - empty_share(part)), empty_share(part))
            repeats = np.where(asked, len(options), 1)
            if repeats.sum() > MOST_CELLS:
                raise TooManyCellsError
            origin = np.repeat(np.arange(len(cell_class)), repeats)
            place = np.arange(len(origin)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
            table = {known: column[origin] for known, column in table.items()}
            table[key] = np.where(asked[origin], options[place], NOT_ASKED)
            share = share[origin] * np.where(asked[origin], weights[place], 1.0)
            cell_class = cell_class[origin]
        return table, cell_class, share

    def _row(self, bound: BoundTarget, cells: Table, size: int) -> Row:
        can_be, can_fail = self._logic.can_hold(bound.condition, cells, size)
        least = (can_be & ~can_fail).astype(float)
        most = can_be.astype(float)
        if bound.answered is not None:
            least, most = self._answered(bound.answered, cells, size, least, most)
        if bound.total_of is not None:
            values = self._parts[bound.total_of].values
            if bound.total_of in cells:
                column = cells[bound.total_of]
                mark = np.where(column >= 0, values[np.maximum(column, 0)], 0)
                least, most = least * mark, most * mark
            else:
                asked = self._logic.can_be_asked(bound.total_of, cells, size)
                least, most = np.zeros(size), most * asked * values.max()
        return Row(least, most, float(bound.target.low), float(bound.target.high))

    def _answered(self, key: Key, cells: Table, size: int, least: Values, most: Values) -> tuple[Values, Values]:
        if key in cells:
            given = cells[key] >= 0
            return least * given, most * given
        return np.zeros(size), most * self._logic.can_be_asked(key, cells, size)

    def _hand_out(
        self,
        block: Sequence[Key],
        cells: Table,
        cell_class: Numbers,
        counts: Numbers,
        class_of: Numbers,
        rng: np.random.Generator,
    ) -> Table:
        # Within a class it is chance who gets which answer: nothing is known that tells its members apart.
        cell = np.empty(self._n, dtype=np.int64)
        for number in range(int(class_of.max()) + 1):
            members = np.flatnonzero(class_of == number)
            mine = np.flatnonzero(cell_class == number)
            cell[rng.permutation(members)] = np.repeat(mine, counts[mine])
        return {key: cells[key][cell] for key in block}
