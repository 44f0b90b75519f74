"""Text that knows which numbers it was made of: whoever reads a sentence can find back every estimate behind it.

A report looks every number up in one place. Whatever a public method looked up while it made its text goes along with
the text, so a method that says something new needs no care for it: it returns a plain ``str``, and the caller gets a
:class:`Phrase`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from types import FunctionType
from typing import Any, Final

import pandas as pd

from srsmeting.estimates import KEY
from srsmeting.presentation.exhibit import escape_attribute, escape_text
from srsmeting.presentation.formats import format_count, format_estimate

#: The class of a span that holds a number.
NUMBER_CLASS: Final = "getal"
#: What stands for a base that there is not.
_NO_BASE: Final = "-"


class Phrase(str):
    r"""A text, and the rows of the estimate frame that were looked up for it.

    In a chapter it is a span that carries the key of every row; to everything else it is a plain text, such as in a
    caption or an alt text. Two attributes have as many values as there are keys: what was estimated, and its base.

    Parameters
    ----------
    text
        The text itself.
    rows
        Rows of the estimate frame; each is kept once.

    Examples
    --------
    >>> row = {"meting": "srs-2021", "question": "bekend", "item": "", "category": "ja", "by": "", "group": ""}
    >>> row |= {"measure": "share", "estimate": 0.66, "denominator": 301, "status": "A", "reason": ""}
    >>> phrase = Phrase("66 procent", [row])
    >>> phrase
    '66 procent'
    >>> phrase.keys
    ('srs-2021|bekend||ja|||share',)
    >>> print(phrase._repr_markdown_())
    [66 procent]{.getal key="srs-2021\|bekend\|\|ja\|\|\|share" value="66%" base="301"}
    >>> print(Phrase("*")._repr_markdown_())
    \*
    """

    _rows: dict[str, Mapping[str, Any]]

    def __new__(cls, text: str, rows: Any = ()) -> Phrase:
        """Make a text that remembers its rows."""
        made = super().__new__(cls, text)
        made._rows = {"|".join(str(row[name]) for name in KEY): row for row in rows}
        return made

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of every row, in the order in which they were looked up."""
        return tuple(self._rows)

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """The rows themselves."""
        return tuple(self._rows.values())

    def _repr_markdown_(self) -> str:
        text = escape_text(self)
        if not self._rows:
            return text
        values = {
            "key": self._rows,
            "value": [_told(row) for row in self._rows.values()],
            "base": [_base(row) for row in self._rows.values()],
        }
        # A bar would end the cell of a table in which the number stands.
        escaped = {name: escape_attribute(" ".join(parts)).replace("|", r"\|") for name, parts in values.items()}
        attributes = (f'{name}="{value}"' for name, value in escaped.items())
        return f"[{text}]{{.{NUMBER_CLASS} {' '.join(attributes)}}}"


class Traced:
    """What remembers the rows that it looks up; its public texts become phrases.

    A subclass looks up every row through :meth:`_seen`.
    """

    def __init__(self) -> None:
        self._trail: list[Mapping[str, Any]] | None = None

    def __init_subclass__(cls, **options: Any) -> None:
        """Let every public method and property that returns text return a phrase."""
        super().__init_subclass__(**options)
        for name, member in list(vars(cls).items()):
            if name.startswith("_"):
                continue
            if isinstance(member, property) and member.fget is not None and _gives_text(member.fget):
                setattr(cls, name, property(_traced(member.fget), doc=member.__doc__))
            elif isinstance(member, FunctionType) and _gives_text(member):
                setattr(cls, name, _traced(member))

    def _seen(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Remember a row for the text that is being made; return it."""
        if self._trail is not None:
            self._trail.append(row)
        return row


def _traced(method: Callable[..., str]) -> Callable[..., str]:
    @wraps(method)
    def told(self: Traced, *args: Any, **kwargs: Any) -> str:
        # A text that is a part of another one leaves its rows to both.
        rows: list[Mapping[str, Any]] = []
        outer, self._trail = self._trail, rows
        try:
            return Phrase(method(self, *args, **kwargs), rows)
        finally:
            self._trail = outer
            if outer is not None:
                outer.extend(rows)

    return told


def _gives_text(method: Callable[..., Any]) -> bool:
    return method.__annotations__.get("return") in ("str", str)


def _told(row: Mapping[str, Any]) -> str:
    # The parts of an attribute are split at spaces.
    return "".join(format_estimate(row).text.split())


def _base(row: Mapping[str, Any]) -> str:
    base = row.get("denominator")
    return _NO_BASE if base is None or pd.isna(base) else format_count(base)
