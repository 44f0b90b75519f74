"""The table of a group beside everyone: percentages of several questions, each with the number of its respondents."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from srsmeting.presentation.beside import Pair
from srsmeting.presentation.semantic_table import Column, Row, Table

#: What everyone together is called.
EVERYONE = "Landelijk"


def beside_table(
    pairs: Sequence[Pair], label: str, *, id: str, caption: str, notes: Sequence[str] = (), source: str = ""
) -> Table:
    """Make the table of a group beside everyone.

    Parameters
    ----------
    pairs
        As :func:`srsmeting.presentation.beside.read_pairs` returns them; those of one pijler stand together.
    label
        Name of the group.
    id, caption, notes, source
        Of the table; the source without "Bron:".
    """
    columns = tuple(
        Column(head, 13, spanner=spanner) for spanner in (label, EVERYONE) for head in ("Percentage", "Aantal (n)")
    )
    return Table(
        id=id,
        caption=caption,
        data=shown_pairs(pairs),
        notes=("Aantal (n) is het aantal respondenten dat de vraag beantwoordde.", *notes),
        source=source,
        stub=Column("Uitkomst", 48, "left"),
        columns=columns,
        rows=tuple(
            Row(pair.called, (pair.own.printed, pair.own.counted, pair.whole.printed, pair.whole.counted), pair.pijler)
            for pair in pairs
        ),
    )


def shown_pairs(pairs: Sequence[Pair]) -> pd.DataFrame:
    """Return what an exhibit of pairs shows, as a frame.

    Returns
    -------
    pd.DataFrame
        One row for every outcome: question, item, category, called, own and whole (float64, the shares),
        own_printed, whole_printed, own_base and whole_base (Int64).
    """
    rows = [
        dict(zip(("question", "item", "category"), pair.name, strict=True))
        | {"called": pair.called, "own": pair.own.share, "whole": pair.whole.share}
        | {"own_printed": str(pair.own.printed), "whole_printed": str(pair.whole.printed)}
        | {"own_base": pair.own.base, "whole_base": pair.whole.base}
        for pair in pairs
    ]
    types = {"own": "float64", "whole": "float64", "own_base": "Int64", "whole_base": "Int64"}
    return pd.DataFrame(rows).astype(types)
