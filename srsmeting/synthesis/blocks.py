"""One step of the invention: everyone answers one question, or a few that only together can meet their targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from srsmeting.synthesis.cells import LEFT_EMPTY, NOT_ASKED, Atom, Key, Logic, Mask, Numbers, Part, Table
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


@dataclass(frozen=True)
class Kinds:
    """The patterns of a part, sorted into kinds that no target and no routing tells apart.

    Parameters
    ----------
    part
        What is answered.
    example
        One pattern of each kind, which stands for the kind in the cells.
    kind_of
        Kind of each pattern.
    weights
        Share of each pattern.
    """

    part: Part
    example: Numbers
    kind_of: Numbers
    weights: Values

    def options(self) -> tuple[Numbers, Values]:
        """Return what can be answered, leaving it empty included, and the share of each."""
        shares = np.bincount(self.kind_of, self.weights).astype(np.float64)
        if not self.part.may_be_empty:
            return self.example, shares
        empty = empty_share(self.part)
        return np.append(self.example, LEFT_EMPTY), np.append(shares * (1 - empty), empty)

    def draw(self, column: Numbers, rng: np.random.Generator) -> Numbers:
        """Put a pattern of its kind, drawn by weight, in the place of each example."""
        drawn = column.copy()
        for number, example in enumerate(self.example):
            rows = np.flatnonzero(column == example)
            patterns = np.flatnonzero(self.kind_of == number)
            shares = self.weights[patterns] / self.weights[patterns].sum()
            drawn[rows] = rng.choice(patterns, size=len(rows), p=shares)
        return drawn


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
        atoms = self._atoms(block, touched)
        class_of, example = self._classes(decided, atoms)
        sizes = np.bincount(class_of)
        kinds = [self._kinds(self._parts[key], atoms, rng) for key in block]
        cells, cell_class, share = self._cells(kinds, {key: column[example] for key, column in decided.items()})
        everyone = [
            Row(member, member, float(size), float(size))
            for size, member in zip(sizes, np.equal.outer(np.arange(len(sizes)), cell_class).astype(float), strict=True)
        ]
        rows = [self._row(target, cells, len(cell_class)) for target, _ in touched]
        counts = fill_cells(share * sizes[cell_class], [*everyone, *rows], rng)
        if counts is None:
            clash = [touched[position] for position in find_conflict(everyone, rows)]
            return Conflict(tuple(target for target, _ in clash), frozenset().union(*(keys for _, keys in clash)))
        cell_of = self._hand_out(cell_class, counts, class_of, rng)
        return {kind.part.key: kind.draw(cells[kind.part.key][cell_of], rng) for kind in kinds}

    def _named(self, bound: BoundTarget) -> set[Key]:
        keys = {key for key, _ in self._logic.atoms(bound.condition)}
        return keys | {key for key in (bound.total_of, bound.answered) if key is not None}

    def _atoms(self, block: Sequence[Key], touched: Sequence[tuple[BoundTarget, set[Key]]]) -> set[Atom]:
        # Everything that the targets and the routings ask of an answer.
        needed = self._logic.depends_on([*block, *(key for _, keys in touched for key in keys)])
        atoms = {atom for key in needed for atom in self._logic.routing_atoms(key)}
        for target, _ in touched:
            atoms |= set(self._logic.atoms(target.condition))
            if target.total_of is not None:
                values = self._parts[target.total_of].values
                atoms |= {(target.total_of, (position,)) for position in range(len(values))}
            if target.answered is not None:
                atoms.add((target.answered, ()))
        return atoms

    def _classes(self, decided: Table, atoms: set[Atom]) -> tuple[Numbers, Numbers]:
        # Respondents are alike when all of it has the same answer; one of each class is the example.
        columns: list[Mask] = []
        for key, positions in sorted(atoms):
            if key in decided:
                columns += [self._logic.found(key, positions, decided[key]), decided[key] >= 0]
        if not columns:
            return np.zeros(self._n, dtype=np.int64), np.zeros(1, dtype=np.int64)
        _, example, class_of = np.unique(np.array(columns), axis=1, return_index=True, return_inverse=True)
        return class_of.reshape(-1).astype(np.int64), example.astype(np.int64)

    def _kinds(self, part: Part, atoms: set[Atom], rng: np.random.Generator) -> Kinds:
        # So are patterns: only those that differ in it need a cell of their own.
        asked = [part.ticks[:, list(positions)].any(axis=1) for key, positions in sorted(atoms) if key == part.key]
        signature = np.array(asked or [np.zeros(len(part.ticks), dtype=np.bool_)])
        _, example, kind_of = np.unique(signature, axis=1, return_index=True, return_inverse=True)
        return Kinds(part, example.astype(np.int64), kind_of.reshape(-1).astype(np.int64), pattern_weights(part, rng))

    def _cells(self, kinds: Sequence[Kinds], classes: Table) -> tuple[Table, Numbers, Values]:
        table = dict(classes)
        cell_class = np.arange(len(next(iter(table.values()))) if table else 1, dtype=np.int64)
        share = np.ones(len(cell_class))
        for kind in kinds:
            asked = self._logic.can_be_asked(kind.part.key, table, len(cell_class))
            options, weights = kind.options()
            repeats = np.where(asked, len(options), 1)
            if repeats.sum() > MOST_CELLS:
                raise TooManyCellsError
            origin = np.repeat(np.arange(len(cell_class)), repeats)
            place = np.arange(len(origin)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
            table = {known: column[origin] for known, column in table.items()}
            table[kind.part.key] = np.where(asked[origin], options[place], NOT_ASKED)
            share = share[origin] * np.where(asked[origin], weights[place], 1.0)
            cell_class = cell_class[origin]
        return table, cell_class, share

    def _row(self, bound: BoundTarget, cells: Table, size: int) -> Row:
        outlook = self._logic.outlook(bound.condition, cells, size)
        least, most = outlook.certain.astype(float), outlook.true.astype(float)
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

    def _hand_out(self, cell_class: Numbers, counts: Numbers, class_of: Numbers, rng: np.random.Generator) -> Numbers:
        # Within a class it is chance who gets which answer: nothing is known that tells its members apart.
        cell_of = np.empty(self._n, dtype=np.int64)
        for number in range(int(class_of.max()) + 1):
            members = np.flatnonzero(class_of == number)
            mine = np.flatnonzero(cell_class == number)
            cell_of[rng.permutation(members)] = np.repeat(mine, counts[mine])
        return cell_of
