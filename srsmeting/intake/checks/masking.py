"""Traces of persons taken out of what respondents wrote, before others read it: only what kind of trace it was stays.

What looks for them is :mod:`srsmeting.intake.checks.traces`. Names are found by neither: only a reader finds those.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from srsmeting.intake.checks import traces

#: What stands in the place of what was taken out.
MASKS: Final = dict(
    zip(traces.KINDS, ("e-mailadres", "telefoonnummer", "burgerservicenummer", "rekeningnummer", "adres"), strict=True)
)


def mask_traces(text: str) -> str:
    """Return a text with every trace of a person that is found replaced by what it was.

    Examples
    --------
    >>> mask_traces("Bel 06-12345678 of mail jan@example.org")
    'Bel [telefoonnummer] of mail [e-mailadres]'
    >>> mask_traces("Kom langs op Kerkstraat 12, 1234 AB Ons Dorp")
    'Kom langs op Kerkstraat [adres] Ons Dorp'
    """
    kinds = traces.traces_in(text)
    if not kinds:
        return text
    mail, phone, citizen, account, house = (f"[{MASKS[kind]}]" for kind in traces.KINDS)
    # In the order in which they are looked for: the digits of an account would pass for a telephone number.
    text = _accounts(text, account)
    text = re.sub(rf"[\w.+'-]{{0,63}}{traces._EMAIL.pattern}", mail, text)
    text = traces._PHONE.sub(phone, text)
    text = traces._NINE_DIGITS.sub(lambda found: citizen if traces._has_citizen_number(found[0]) else found[0], text)
    return _houses(text, house)


def _accounts(text: str, mask: str) -> str:
    from stdnum import iban

    for candidate in [found[0] for found in islice(traces._ACCOUNT.finditer(text), traces._MOST_TRIED)]:
        # Words behind it look like more of it: the account is the shortest part that is one.
        ends = [at + 1 for at, sign in enumerate(candidate) if sign != " "][14:]
        end = next((end for end in ends if iban.is_valid(candidate[:end], check_country=False)), None)
        if end is not None:
            text = text.replace(candidate[:end], mask)
    return text


def _houses(text: str, mask: str) -> str:
    parts, done = [], 0
    for found in traces._POSTCODE.finditer(text):
        start, end = found.span()
        if start < done or not traces._has_house(text[max(0, start - traces._NEAR) : end + traces._NEAR]):
            continue
        before = traces._NUMBER_BEFORE.search(text[max(done, start - traces._NEAR) : start])
        after = traces._NUMBER_AFTER.match(text[end : end + traces._NEAR])
        start -= len(before[0]) if before else 0
        end += len(after[0]) if after else 0
        parts += [text[done:start], mask]
        done = end
    return "".join([*parts, text[done:]])
