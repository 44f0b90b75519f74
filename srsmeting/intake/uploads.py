"""Uploaded files: a cell that describes one is no answer, and names the file of a person."""

from __future__ import annotations

import pandas as pd

#: What such a column is, in Dutch; printed in the intake report.
UPLOAD = "geüpload bestand"
_COUNT = "[filecount]"
_BEGIN = r"\s*\[\s*\{"


def upload_columns(cells: pd.DataFrame) -> dict[str, str]:
    """Return the columns in which LimeSurvey describes uploaded files, and those that count them, with what they are.

    A description is JSON; it is not taken apart.

    Examples
    --------
    >>> upload_columns(pd.DataFrame({"foto": ['[{"title":"","filename":"fu_1"}]', ""], "idee": ["[x]", ""]}))
    {'foto': 'geüpload bestand'}
    """
    headings = [str(heading) for heading in cells.columns]
    counted = [heading for heading in headings if heading.endswith((_COUNT, "_filecount"))]
    found = set(counted) | {heading.removesuffix(_COUNT).removesuffix("_filecount") for heading in counted}
    found |= {heading for heading in headings if _describes(cells[heading])}
    return {heading: UPLOAD for heading in headings if heading in found}


def _describes(column: pd.Series[str]) -> bool:
    first = next((cell for cell in column.head(200) if cell), "")
    if not first.lstrip().startswith("["):
        return False
    written = column[column != ""]
    return bool((written.str.match(_BEGIN) & written.str.contains('"filename"', regex=False)).all())
