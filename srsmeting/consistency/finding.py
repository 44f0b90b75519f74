"""One thing that disagrees."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """Something that was printed and cannot be so, or not both.

    Parameters
    ----------
    kind
        ``percentage``, ``duration``, ``total``, ``text``, ``tables``, ``units``, ``flow``, ``told`` or ``unreadable``;
        ``remark`` of what is allowed and must be known.
    where
        Where it is printed.
    what
        In words.
    told, computed
        What is printed, and what the data give.
    fault
        How a review of the report calls it, where it is known.
    """

    kind: str
    where: str
    what: str
    told: str = ""
    computed: str = ""
    fault: str = ""
