"""Hide enough beside what must be hidden that it does not follow from what is shown.

No number is searched for here: the rules are about which groups lie inside which, and run in the time it takes to read
the tables. The audit holds them against linear programming.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from srsmeting.estimation.published_tables import Address, Cell, Table, Tables
from srsmeting.estimation.rules import PublicationRules

_BESIDE = "complementary"


def protect(tables: Tables, rules: PublicationRules) -> None:
    """Hide more cells, until nothing that is hidden follows from what is shown.

    Parameters
    ----------
    tables
        Read from the estimates, with what must be hidden marked; more is marked here.
    rules
        How large what is left over must be, and how the tables hang together.
    """
    order = _parents_first(tables, rules)
    forests: dict[Address, list[_Forest]] = {}
    # How much each table hid when its forests had nothing to add: while that is all, they still have not.
    safe = {table.address: 0 for table in order}
    changed = True
    while changed:
        changed = False
        for table in order:
            changed |= _inherit(table, tables, rules)
            hidden = table.hidden
            if hidden != safe[table.address]:
                if table.address not in forests:
                    forests[table.address] = _forests(table, rules)
                for forest in forests[table.address]:
                    forest.guard(rules, table)
                safe[table.address] = hidden
                changed |= table.hidden != hidden
            changed |= _two_way(table, tables, rules)
        changed |= _crossings(tables, rules)


def _parents_first(tables: Tables, rules: PublicationRules) -> list[Table]:
    done: dict[tuple[str, str, str], Table] = {}

    def visit(table: Table) -> None:
        meting, question, _ = table.address
        for parent in rules.routes.get(question, ()):
            above = tables.tables.get((meting, *parent))
            if above is not None and above.address not in done:
                visit(above)
        done[table.address] = table

    for table in tables.tables.values():
        visit(table)
    return list(done.values())


def _inherit(table: Table, tables: Tables, rules: PublicationRules) -> bool:
    """Hide what is hidden in the tables that decide who was asked."""
    meting, question, _ = table.address
    changed = False
    for parent in rules.routes.get(question, ()):
        above = tables.tables.get((meting, *parent))
        if above is None:
            continue
        if above.total.reason and not above.total.before:
            changed |= _hide_question(table)
        for by, groups in table.by.items():
            for group, cell in above.by.get(by, {}).items():
                if cell.reason and group in groups:
                    changed |= groups[group].hide(_BESIDE)
    return changed


def _hide_question(table: Table) -> bool:
    return sum(cell.hide(_BESIDE) for cell in (table.total, *table.cells())) > 0


def _two_way(table: Table, tables: Tables, rules: PublicationRules) -> bool:
    """Hide a two-way table where it hides anything, or one of its margins does, or the table of its two questions."""
    changed = False
    meting = table.address[0]
    for pair in table.by:
        if "*" not in pair:
            continue
        families = {rules.family(by) for by in pair.split("*")}
        related = [by for by in table.by if "*" not in by and rules.family(by) in families]
        # Its bases are the counts of the one question by the other.
        sides = chain(*_sides(tables, rules, meting, *map(rules.family, pair.split("*"))))
        if any(table.hides(by) for by in (pair, *related)) or any(_own(each, by) for each, by in sides):
            changed |= table.hide(pair, _BESIDE)
    return changed


def _crossings(tables: Tables, rules: PublicationRules) -> bool:
    """Two questions behind breakdowns meet in tables of the one by the other; what one hides the other may not show."""
    changed = False
    asked = list(dict.fromkeys(rules.sources.values()))
    for meting in dict.fromkeys(meting for meting, _, _ in tables.tables):
        for pair in combinations(asked, 2):
            sides = _sides(tables, rules, meting, *pair)
            for mine, other in (sides, sides[::-1]):
                causes = {cell.reason for table, by in mine for cell in _own(table, by)}
                if causes:
                    # Said as rule 3 says it, so that the next time it is known for what it is.
                    reason = next((r for r in ("small_base", "low_response") if r in causes), _BESIDE)
                    changed |= sum(table.hide(by, reason) for table, by in other) > 0
            both = [*chain(*sides)]
            if any(table.hides(by) for table, by in both):
                changed |= sum(table.hide(by, _BESIDE) for table, by in both if "*" in by) > 0
    return changed


def _sides(tables: Tables, rules: PublicationRules, meting: str, *pair: str) -> list[list[tuple[Table, str]]]:
    """Return the breakdowns of the one question by the other, and of the other by the one."""
    found = []
    for question, other in (pair, pair[::-1]):
        table = tables.tables.get((meting, question, ""))
        names = table.by if table else ()
        found.append([(table, by) for by in names if table and other in map(rules.family, by.split("*"))])
    return found


def _own(table: Table, by: str) -> list[Cell]:
    """Return what a table hides for a cause of its own; one that is hidden whole for its answers has none."""
    groups = table.by[by].values()
    hidden = [cell for cell in groups if cell.reason]
    for_answers = all(cell.reason for cell in groups if cell.filled) and all(cell.reason != _BESIDE for cell in hidden)
    return [] if for_answers else hidden


@dataclass(slots=True)
class _Node:
    """A group, and the groups of a finer breakdown that it is made of."""

    cell: Cell
    children: list[_Node] = field(default_factory=list)

    def below(self) -> Iterator[_Node]:
        for child in self.children:
            yield child
            yield from child.below()

    def hide(self) -> bool:
        return sum(node.cell.hide(_BESIDE) for node in (self, *self.below())) > 0


@dataclass
class _Forest:
    """The breakdowns of one table that are made of one question, from the total to the finest."""

    root: _Node
    #: Breakdowns that are neither merged from nor parts of the others.
    loose: list[dict[str, Cell]]

    def guard(self, rules: PublicationRules, table: Table) -> None:
        # The groups of a crossing are counted in the totals themselves: that a single one is all says nothing new.
        if not _guard(self.root, rules, table.address[1]) and table.address[1] not in rules.sources.values():
            total = self.root.cell
            cells = [node.cell for node in self.root.below() if node.cell.reason and not node.cell.before]
            if any(cell.filled and cell.base == total.base for cell in cells):
                _hide_question(table)
        groups = [cell for each in self.loose for cell in each.values()]
        if groups and any(cell.reason for cell in (*groups, *(node.cell for node in self.root.below()))):
            for cell in groups:
                cell.hide(_BESIDE)


def _forests(table: Table, rules: PublicationRules) -> list[_Forest]:
    families: dict[str, list[str]] = {}
    for by in table.by:
        if "*" not in by:
            families.setdefault(rules.family(by), []).append(by)
    return [_forest(table, names, rules) for names in families.values()]


def _forest(table: Table, names: Sequence[str], rules: PublicationRules) -> _Forest:
    """Lay the breakdowns of one question inside each other, the coarsest first."""
    root, loose = _Node(table.total), []
    level: list[tuple[frozenset[str], _Node]] = [(frozenset(), root)]
    for by in sorted(names, key=lambda name: len(table.by[name])):
        parts = rules.parts.get(by, {})
        groups = [
            (parts[group] if group in parts else frozenset([group]), cell) for group, cell in table.by[by].items()
        ]
        homes = [[node for of, node in level if node is root or of >= made_of] for made_of, _ in groups]
        if not all(homes):
            loose.append(table.by[by])
            continue
        nodes = [(made_of, _Node(cell)) for made_of, cell in groups]
        for (_, node), home in zip(nodes, homes, strict=True):
            home[0].children.append(node)
        level = nodes
    return _Forest(root, loose)


def _guard(whole: _Node, rules: PublicationRules, question: str) -> bool:
    """Hide more below a shown group until what it leaves over is safe; say whether that could be done."""
    while True:
        hidden, shown = _region(whole)
        ends = [node for node in hidden if not node.children]
        told = [node for node in hidden if node.children and node.cell.filled and not _ends(node)]
        # A merged group all of whose parts are shown is hidden by name only.
        if sum(node.hide() for node in told):
            continue
        safe = not hidden or (not told and _safe(whole, hidden, ends, shown, rules, question))
        if not safe:
            left = [node for node in shown if node.cell.filled]
            if left and min(left, key=lambda node: node.cell.base).hide():
                continue
        failed = [node for node in shown if node.children and not _guard(node, rules, question)]
        if not sum(node.hide() for node in failed):
            return safe


def _region(whole: _Node) -> tuple[list[_Node], list[_Node]]:
    """Return what is hidden below a shown group, and the largest shown parts of it."""
    hidden: list[_Node] = []
    shown: list[_Node] = []
    for child in whole.children:
        if child.cell.reason:
            more = _region(child)
            hidden += [child, *more[0]]
            shown += more[1]
        else:
            shown.append(child)
    return hidden, shown


def _ends(node: _Node) -> list[_Node]:
    return [below for below in node.below() if not below.children and below.cell.reason and below.cell.filled]


def _safe(
    whole: _Node, hidden: list[_Node], ends: list[_Node], shown: list[_Node], rules: PublicationRules, question: str
) -> bool:
    filled = [node for node in ends if node.cell.filled]
    if len(filled) < 2:
        return False
    merged = [node for node in hidden if node.children and node.cell.filled]
    if any(len(_ends(node)) == len(filled) for node in merged):
        return False
    return _left_over(whole, filled, shown) >= rules.min_base and not _of_one_mind(whole, shown, rules, question)


def _left_over(whole: _Node, filled: list[_Node], shown: list[_Node]) -> float:
    if any(node.cell.before for node in filled):
        if whole.cell.base != whole.cell.base or whole.cell.before:
            # Nothing to subtract from: what was hidden before was hidden with enough others.
            return float("inf")
        return whole.cell.base - sum(node.cell.base for node in shown)
    return sum(node.cell.base for node in filled)


def _of_one_mind(whole: _Node, shown: list[_Node], rules: PublicationRules, question: str) -> bool:
    """Whether everyone who is left over gave the same answer, where not everyone in the whole did."""
    cell = whole.cell
    base = cell.shares - sum(node.cell.shares for node in shown if node.cell.filled)
    # Without a base on either side this is NaN, and nothing is known.
    if not base > 0:
        return False
    sums = rules.sums.get(question, frozenset())
    for category, count in cell.counts.items():
        if category in sums or count == cell.shares:
            continue
        if count - sum(node.cell.counts.get(category, 0.0) for node in shown if node.cell.filled) == base:
            return True
    return False
