"""The Dutch words of the intake report, wherever it is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from srsmeting.intake.account.conservation import COMPLETE, PARTIAL, WITH_COLUMN, WITH_ROW
from srsmeting.intake.account.quarantine import NOT_ASKED, OTHER_NOT_CHOSEN
from srsmeting.intake.checks.findings import FAULT, NOTE, WARNING
from srsmeting.intake.raw import BY_HAND, DOUBLE, INCOMPLETE, PREVIEW, SPAM, TEST

#: Why a row is set aside, and how a row that is used came in.
ROW_REASONS: Final[Mapping[str, str]] = {
    INCOMPLETE: "niet voltooid",
    PREVIEW: "voorvertoning",
    TEST: "testinvulling",
    SPAM: "spam",
    DOUBLE: "een andere respons van dezelfde uitnodiging telt",
    BY_HAND: "volgens corrections.yaml",
    COMPLETE: "voltooid",
    PARTIAL: "gedeeltelijk",
}
#: Why a cell is set aside.
CELL_REASONS: Final[Mapping[str, str]] = {
    WITH_ROW: "in een rij die niet meetelt",
    WITH_COLUMN: "in een kolom die niet is overgenomen",
    NOT_ASKED: "antwoord op een vraag die niet is gesteld",
    OTHER_NOT_CHOSEN: "tekst bij ‘anders’ zonder dat te kiezen",
}
#: Stands for the question of a correction that sets a response aside.
WHOLE_RESPONSE: Final = "(hele respons telt niet)"
SEVERITIES: Final[Mapping[str, str]] = {
    FAULT: "houdt de export tegen",
    WARNING: "bekijken",
    NOTE: "ter kennisgeving",
}
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober"),
    *("november", "december"),
)


def number(value: int) -> str:
    """Write a count.

    Examples
    --------
    >>> number(1047)
    '1.047'
    """
    return f"{value:,}".replace(",", ".")


def period(days: tuple[dt.date, dt.date]) -> str:
    """Write a period of days.

    Examples
    --------
    >>> period((dt.date(2022, 2, 28), dt.date(2022, 4, 1)))
    '28 februari 2022 tot en met 1 april 2022'
    """
    first, last = (f"{day.day} {_MONTHS[day.month - 1]} {day.year}" for day in days)
    return first if first == last else f"{first} tot en met {last}"


def reason_of_row(reason: str) -> str:
    """Say why a row is set aside; a reason that a person gave is said as it stands.

    Examples
    --------
    >>> reason_of_row("incomplete"), reason_of_row("dubbel ingevuld")
    ('niet voltooid', 'dubbel ingevuld')
    """
    return ROW_REASONS.get(reason, reason)


def reason_of_cell(reason: str) -> str:
    """Say why a cell is set aside."""
    return CELL_REASONS.get(reason, reason)
