"""Traces of persons in what respondents wrote: addresses, numbers and accounts, counted and never repeated.

Of texts, intake keeps only that something was written. But the export itself still has them, and whoever keeps or
passes on that file should know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import numpy as np

from srsmeting.intake.checks.findings import Finding, where
from srsmeting.intake.checks.sieve import suspects
from srsmeting.intake.files.beside import of_each
from srsmeting.intake.raw import RawExport

# Every pattern is bounded: a text can be as long as a file.
_EMAIL = re.compile(r"[\w.+'-]@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)31[ .-]?(?:\(0\)[ .-]?)?|\(?0)[1-9](?:[ ./()-]{0,2}\d){8}(?!\w)"
    r"|(?<![\w+])\+(?!31)[1-9](?:[ ./()-]{0,2}\d){8,13}(?!\w)"
)
_NINE_DIGITS = re.compile(r"(?<!\w)\d{4}[. -]?\d{2}[. -]?\d{3}(?!\w)")
_ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})(?: ?([A-Z]{2})|([a-z]{2}))(?!\w)")
_NUMBER_BEFORE = re.compile(r"\d{1,5} ?[a-zA-Z]?(?:[-/]\d{1,4})?\W{1,3}$")
_NUMBER_AFTER = re.compile(r"\W{1,3}(?:nr\.? ?|nummer )?\d{1,5}(?!\d)")
_NEAR = 24
# One account is enough to tell; a text with more that only look like one is no answer.
_MOST_TRIED = 100

#: What is looked for, as the report calls it.
KINDS: Final = (
    "een e-mailadres",
    "een telefoonnummer",
    "een burgerservicenummer",
    "een rekeningnummer",
    "een postcode met huisnummer",
)


def personal_findings(raw: RawExport, columns: Iterable[str]) -> Iterator[Finding]:
    """Yield per column and kind in how many texts something of a person stands, in rows that are set aside too.

    Examples
    --------
    >>> traces_in("Bel 06-12345678 of mail jan@example.org")
    ('een e-mailadres', 'een telefoonnummer')
    """
    wanted = frozenset(columns)
    names = [column for column in raw.cells.columns if column in wanted]
    for column, rows in zip(names, of_each(suspects, [raw.cells[column] for column in names], len(raw)), strict=True):
        found: dict[str, list[int]] = {}
        for row, text in zip(rows.tolist(), raw.cells[column].iloc[rows], strict=True):
            for kind in traces_in(text):
                found.setdefault(kind, []).append(row)
        for kind in KINDS:
            if kind in found:
                count = len(found[kind])
                what = "1 tekst" if count == 1 else f"{count} teksten"
                message = f"Kolom ‘{column}’: {what} met {kind}. {where(np.array(found[kind]), raw.lines)}"
                yield Finding("personal_data", "", count, message)


def traces_in(text: str) -> tuple[str, ...]:
    """Return the kinds of :data:`KINDS` that stand in a text.

    Examples
    --------
    >>> traces_in("Kerkstraat 12, 1234 AB Ons Dorp"), traces_in("BSN 111222333"), traces_in("In 2021 waren we met 150")
    (('een postcode met huisnummer',), ('een burgerservicenummer',), ())
    """
    rest = _without_accounts(text)
    found = {
        "een e-mailadres": "@" in text and _EMAIL.search(text) is not None,
        "een telefoonnummer": _PHONE.search(rest) is not None,
        "een burgerservicenummer": _has_citizen_number(rest),
        "een rekeningnummer": rest != text,
        "een postcode met huisnummer": _has_house(text),
    }
    return tuple(kind for kind in KINDS if found[kind])


def _has_citizen_number(text: str) -> bool:
    candidates = _NINE_DIGITS.findall(text)
    if not candidates:
        return False
    from stdnum.nl import bsn

    return any(bsn.is_valid(re.sub(r"\D", "", candidate)) for candidate in candidates)


def _without_accounts(text: str) -> str:
    # The digits of an account would pass for a telephone number.
    for candidate in [found[0] for found in islice(_ACCOUNT.finditer(text), _MOST_TRIED)]:
        from stdnum import iban

        # What is written behind it may look like more of it; an account has at least 15 characters.
        compact = candidate.replace(" ", "")
        if any(iban.is_valid(compact[:end], check_country=False) for end in range(15, len(compact) + 1)):
            text = text.replace(candidate, " ")
    return text


def _has_house(text: str) -> bool:
    for found in _POSTCODE.finditer(text):
        letters = (found[2] or found[3]).upper()
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
        # The three pairs of letters that no Dutch postcode has.
        if letters not in ("SA", "SD", "SS") and (_NUMBER_BEFORE.search(before) or _NUMBER_AFTER.match(after)):
            return True
    return False
