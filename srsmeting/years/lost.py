"""Whether what was published of a year still comes out of its files, which changes are computed from."""

from __future__ import annotations

import numpy as np

from srsmeting.estimates import COUNTS
from srsmeting.estimation.counted_tables import count_tables
from srsmeting.years.ground import Ground
from srsmeting.years.wave import own_name


def count_lost(ground: Ground) -> int:
    """Return how many shares in the record of the earlier year have another count or base than its answers give.

    Only questions that are compared are looked at, in the codes and on the base of the year itself: what counts in a
    later year may be agreed to be something else. What is hidden has neither a count nor a base; without a record
    nothing was published.
    """
    year, common = ground.earlier, ground.common
    if not year.record:
        return 0
    published, breakdowns = year.published, year.meting.config.breakdowns
    asked = {own_name(year, common, question.id) for question in common.questionnaire.questions}
    counted = count_tables(year.intake.responses, year.population.eligible, breakdowns, ())
    tables = {(question, item): table for (_, question, item), table in counted.tables.items() if question in asked}
    rows = published[(published["measure"] == "share").to_numpy() & published["denominator"].notna().to_numpy()]
    texts = (rows[name].to_list() for name in ("question", "item", "category", "by", "group"))
    numbers = (rows[name].to_numpy(dtype=np.float64, na_value=np.nan).tolist() for name in COUNTS)
    lost = 0
    for question, item, category, by, group, count, base in zip(*texts, *numbers, strict=True):
        table = tables.get((question, item))
        cell = None if table is None else table.by.get(by, {}).get(group) if by else table.total
        given = None if cell is None else cell.counts.get(category)
        # Weighted shares have no count.
        if cell is not None and given is not None:
            lost += cell.shares != base or (count == count and given != count)
    return lost
