"""Groups of a margin that are weighted as one, because each of them is too small to be seen by itself.

A weight follows from the frame and the response, which are both published. Two hidden groups with different weights
would be told apart by any weighted number of the whole; with the same weight they cannot be, by any number at all: what
is published stays the same when two of their respondents change places.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from srsmeting.estimation.weighting.margin import Margin


def pool(margin: Margin, groups: Collection[str]) -> Margin:
    """Take groups of a margin together, in the place of the first of them.

    Parameters
    ----------
    margin
        The margin.
    groups
        Which of its groups; fewer than two change nothing.

    Returns
    -------
    Margin
        With one group for them, called after all of them with ``+`` between, and ``pooled`` saying which they are.

    Examples
    --------
    >>> pooled = pool(Margin("wgo", ("noord", "oost", "zuid"), [0, 0, 1, 2], [6, 3, 1]), ("oost", "zuid"))
    >>> pooled.groups, pooled.place.tolist(), pooled.population.tolist(), pooled.pooled
    (('noord', 'oost+zuid'), [0, 0, 1, 1], [6.0, 4.0], ('oost', 'zuid'))
    """
    inside = [number for number, group in enumerate(margin.groups) if group in groups]
    if len(inside) < 2:
        return margin
    names = tuple(margin.groups[number] for number in inside)
    kept = [number for number in range(len(margin.groups)) if number not in inside[1:]]
    # The last place is for who is in no group, who has position -1.
    position = np.full(len(margin.groups) + 1, -1, dtype=np.intp)
    position[kept] = np.arange(len(kept))
    position[inside] = position[inside[0]]
    population = margin.population.copy()
    population[inside[0]] = population[inside].sum()
    labels = ["+".join(names) if number == inside[0] else margin.groups[number] for number in kept]
    return replace(
        margin, groups=tuple(labels), place=position[margin.place], population=population[kept], pooled=names
    )


def fill_pool(groups: Collection[str], bases: Mapping[str, float], min_base: int) -> frozenset[str]:
    """Add the smallest other groups to a pool until nothing of a single group shows in it.

    Parameters
    ----------
    groups
        What must be taken together.
    bases
        Respondents per group.
    min_base
        How many the pool must have at least.

    Returns
    -------
    frozenset of str
        At least two groups with respondents and `min_base` respondents in all, as far as there are that many. Groups
        without any respondent need just one beside them.

    Examples
    --------
    >>> sorted(fill_pool({"a"}, {"a": 4, "b": 12, "c": 30}, 10)), sorted(fill_pool((), {"a": 40}, 10))
    (['a', 'b'], [])
    """
    found = set(groups)
    wanted = 2 if any(bases.get(group, 0) > 0 for group in found) else 1
    rest = sorted((group for group in bases if group not in found and bases[group] > 0), key=lambda group: bases[group])
    while found and rest:
        filled = [bases[group] for group in found if bases.get(group, 0) > 0]
        if len(filled) >= wanted and sum(filled) >= min_base:
            break
        found.add(rest.pop(0))
    return frozenset(found)
