"""Uploaded files: a cell that describes one is no answer, and names the file of a person."""

from __future__ import annotations

import pandas as pd

#: What such a column is, in Dutch; printed in the intake report.
UPLOAD = "geüpload bestand"
_COUNT = "[filecount]"
_BEGIN = r"\s*\[\s*\{"
# What LimeSurvey and Microsoft Forms tell of a file; where Google Forms leaves it.
_TOLD = '"filename"|"link"'
_DRIVE = r"https://(?:drive|docs)\.google\.com/"
_LINKS = rf"\s*{_DRIVE}\S+(?:\s+{_DRIVE}\S+)*\s*"


def upload_columns(cells: pd.DataFrame) -> dict[str, str]:
    """Return the columns in which a tool describes or links to uploaded files, or counts them, with what they are.

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
    first = next((cell for cell in column.array[:200].tolist() if cell), "").lstrip()
    if not first.startswith(("[", "https://")):
        return False
    written = column[column != ""]
    if first.startswith("https://"):
        return bool(written.str.fullmatch(_LINKS).all())
    return bool((written.str.match(_BEGIN) & written.str.contains(_TOLD, regex=True)).all())
