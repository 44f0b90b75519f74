"""Who is asked, in LimeSurvey: relevance with the names of today, and the conditions of before there was relevance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from srsmeting.questionnaire.structures.lss_tables import Row
from srsmeting.questionnaire.structures.texts import one_line

#: A column by survey, group and question number, which all versions take beside a question code.
_NUMBERED = re.compile(r"(?<![\w.])\d+X\d+X(\d+)(\w*(?:#\d)?)")
_ALWAYS = ("", "1")


def in_codes(expression: str, codes: Mapping[str, str]) -> str:
    """Write an expression with question codes where it has numbers.

    Parameters
    ----------
    expression
        The text of a relevance.
    codes
        Question code by question number.

    Examples
    --------
    >>> in_codes('123456X1X6SQ001.NAOK == "Y" or 123456X1X62.NAOK == "A1"', {"6": "taken", "62": "soort"})
    'taken_SQ001.NAOK == "Y" or soort.NAOK == "A1"'
    """

    def name(found: re.Match[str]) -> str:
        numbers, part = found[1], found[2]
        # Where a part starts with a digit it cannot be told from the number: the longest number that exists is meant.
        for end in range(len(numbers), 0, -1):
            if numbers[:end] in codes:
                part = numbers[end:] + part
                return codes[numbers[:end]] + (f"_{part}" if part else "")
        return found[0]

    return _NUMBERED.sub(name, expression)


def both(first: str, second: str) -> str:
    """Join two expressions that must both hold; one that always holds is left out.

    Examples
    --------
    >>> both("1", "a == 1"), both("a == 1", "b == 2")
    ('a == 1', '(a == 1) and (b == 2)')
    """
    wanted = [one_line(text) for text in (first, second) if text.strip() not in _ALWAYS]
    return wanted[0] if len(wanted) == 1 else " and ".join(f"({text})" for text in wanted)


def old_conditions(rows: Iterable[Row]) -> dict[str, str]:
    """Write the conditions of older versions as relevance, by question number.

    Conditions on one question are alternatives, those on several must all hold, and each scenario is an alternative.

    Examples
    --------
    >>> old_conditions([{"qid": "7", "cqid": "4", "cfieldname": "1X1X4", "method": "==", "value": "Y"}])
    {'7': '((1X1X4.NAOK == "Y"))'}
    """
    found: dict[str, str] = {}
    order = sorted(rows, key=lambda row: (row.get("qid", ""), row.get("scenario", ""), row.get("cqid", "")))
    for qid, conditions in groupby(order, key=lambda row: row.get("qid", "")):
        scenarios = []
        for _, scenario in groupby(conditions, key=lambda row: row.get("scenario", "")):
            questions = []
            for _, same in groupby(scenario, key=lambda row: row.get("cqid", "")):
                questions.append(" or ".join(_comparison(row) for row in same))
            scenarios.append("(" + " and ".join(f"({text})" for text in questions) + ")")
        found[qid] = " or ".join(scenarios)
    return found


def _comparison(row: Row) -> str:
    field, value, method = row.get("cfieldname", ""), row.get("value", ""), row.get("method", "").strip()
    # A tick in a multiple choice: either the column with a plus before it, or the question with the option as value.
    field = field.removeprefix("+").removesuffix(".NAOK")
    if method == "RX":
        return f'regexMatch("{value}", {field}.NAOK)'
    # A blank stands for "no answer".
    return f'{field}.NAOK {"==" if method in ("", "=") else method} "{value.strip()}"'
