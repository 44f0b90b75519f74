"""Headings of a LimeSurvey table to names of columns: codes, codes with texts, or texts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.formats.limesurvey.columns import (
    ToolColumn,
    as_heading,
    by_number,
    names_in_database,
    plain_name,
    script_names,
    with_scales,
)
from srsmeting.intake.formats.limesurvey.dialect import ID, SUBMITTED, what_is_added

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

ADVICE = "Export the responses of LimeSurvey as CSV with 'Question code' as heading and 'Answer codes' as answers."

#: What LimeSurvey calls its own columns where headings are texts.
_OWN = {
    "id": ("Response ID", "Respons-ID"),
    "submitdate": ("Date submitted", "Datum verzonden"),
    "lastpage": ("Last page", "Laatste pagina"),
    "startlanguage": ("Start language", "Begin taal"),
    "seed": ("Seed", "Plaats"),  # the Dutch translators took it for a place
    "token": ("Access code", "Toegangscode", "Token"),
    "startdate": ("Date started", "Startdatum"),
    "datestamp": ("Date last action", "Datum laatste actie"),
    "ipaddr": ("IP address", "IP-adres"),
    "refurl": ("Referrer URL", "Verwijzer URL"),
}
_PARTICIPANT = {
    "firstname": ("First name", "Voornaam"),
    "lastname": ("Last name", "Achternaam"),
    "email": ("Email address", "E-mailadres"),
}
_OWN_NAMES = {text: name for name, texts in _OWN.items() for text in texts}
_PARTICIPANT_NAMES = {text: name for name, texts in _PARTICIPANT.items() for text in texts}
_ATTRIBUTE = re.compile(r"attribute_\d+")
_CUT = re.compile(r".{15}\.\. ?( |$)")
_ALWAYS = frozenset({ID, SUBMITTED, "lastpage", "startlanguage"})


@dataclass(frozen=True)
class Named:
    """The headings of a table, named.

    Parameters
    ----------
    names
        Name per heading; double where a heading is.
    texts
        Text of the question and the part by name, as far as the file tells.
    faults
        Headings that cannot be told apart.
    by_text
        Whether the headings are texts.
    """

    names: tuple[str, ...]
    texts: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    by_text: bool = False


def are_of_limesurvey(headings: Sequence[str]) -> bool:
    """Say whether these headings are those of LimeSurvey, be they codes or texts.

    Examples
    --------
    >>> are_of_limesurvey(["id", "submitdate", "lastpage"]), are_of_limesurvey(["ID", "Begintijd"])
    (True, False)
    """
    codes = [_code(heading) for heading in headings]
    if not codes or not headings[0]:
        return False
    return headings[0] in _OWN["id"] or (what_is_added(codes[0]) != "" and len(_ALWAYS.intersection(codes)) >= 2)


def name_headings(
    headings: Sequence[str],
    seeds: pd.DataFrame,
    structure: ToolStructure | None,
    columns: Sequence[ToolColumn],
    name: str,
) -> Named:
    """Name the columns of a table.

    Parameters
    ----------
    headings
        As they stand in the file.
    seeds
        The cells, to tell LimeSurvey's "Plaats", which is a number, from a question of that name.
    structure, columns
        The survey, and its columns; None and none when there is no structure.
    name
        The file's name, for messages.

    Raises
    ------
    IntakeError
        For abbreviated texts, which are alike too easily.
    """
    if headings[0] not in _OWN["id"]:
        codes = tuple(_code(heading) for heading in headings)
        if structure is None:
            names = with_scales(codes)
            texts = {name: heading.partition(". ")[2] for name, heading in zip(names, headings, strict=True)}
            return Named(names, {name: text for name, text in texts.items() if text})
        known = script_names(columns) | {column.name: column.name for column in columns}
        return Named(tuple(known.get(code, code) for code in codes), _told(columns))
    if sum(_CUT.search(heading) is not None for heading in headings) >= 2:
        message = f"the headings are question texts ({headings[0]!r}), which can be alike. {ADVICE}"
        raise IntakeError(faults=[Fault(name, message, 1, headings[0], headings[0], "headings")])
    return _by_text(headings, seeds, columns, name)


def _code(heading: str) -> str:
    # "vrtaken[SQ001]. Wat doen de vrijwilligers? [Bestuur]": codes hold no full stop, texts come after the first one.
    return heading.partition(". ")[0].strip()


def _by_text(headings: Sequence[str], cells: pd.DataFrame, columns: Sequence[ToolColumn], name: str) -> Named:
    names = list(headings)
    first = _name_own(names, cells)
    last = _name_participants(names, first)
    by_heading: dict[str, list[str]] = {}
    for column in columns:
        for heading in dict.fromkeys(map(as_heading, column.headings)):
            by_heading.setdefault(heading, []).append(column.name)
    places: dict[str, list[int]] = {}
    for number in range(first, last):
        places.setdefault(as_heading(headings[number]), []).append(number)
    faults = []
    for heading, numbers in places.items():
        meant = by_heading.get(heading, [])
        if len(meant) == len(numbers):
            # Questions of one wording stand in the order of the survey.
            for number, column_name in zip(numbers, meant, strict=True):
                names[number] = column_name
        elif meant or (len(numbers) > 1 and columns):
            shown = headings[numbers[0]]
            message = (
                f"heading {shown!r} stands {_times(len(numbers))}, and in the survey {_times(len(meant))}. "
                "Export with question codes as headings."
            )
            faults.append(Fault(name, message, 1, shown, shown, "headings"))
    if not columns:
        _tell_apart(names, first, last)
    told = _told(columns) if columns else {names[number]: headings[number] for number in range(first, last)}
    return Named(tuple(names), told, tuple(faults), by_text=True)


def _name_own(names: list[str], cells: pd.DataFrame) -> int:
    # They come first and each stands there once: a question "Plaats" after them is a question.
    seen: set[str] = set()
    for number, heading in enumerate(names):
        own = _OWN_NAMES.get(heading, "")
        if not own or own in seen or (own == "seed" and not _are_numbers(cells[cells.columns[number]])):
            return number
        seen.add(own)
        names[number] = own
    return len(names)


def _name_participants(names: list[str], first: int) -> int:
    # They come last.
    for number in range(len(names) - 1, first - 1, -1):
        own = _PARTICIPANT_NAMES.get(names[number]) or (names[number] if _ATTRIBUTE.fullmatch(names[number]) else "")
        if not own or own in names[number + 1 :]:
            return number + 1
        names[number] = own
    return first


def _tell_apart(names: list[str], first: int, last: int) -> None:
    seen: dict[str, int] = {}
    for number in range(first, last):
        heading = " ".join(names[number].split())
        seen[heading] = seen.get(heading, 0) + 1
        names[number] = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"


def _told(columns: Sequence[ToolColumn]) -> dict[str, str]:
    return {column.name: column.headings[0] for column in columns}


def _are_numbers(cells: pd.Series[str]) -> bool:
    return bool(cells.str.fullmatch(r"\d*").all())


def _times(number: int) -> str:
    return {0: "nowhere", 1: "once"}.get(number, f"{number} times")


def name_fields(headings: Sequence[str], columns: Sequence[ToolColumn], name: str) -> tuple[str, ...]:
    """Name columns as VV exports and archives have them: by number in the database, or in ExpressionScript.

    Raises
    ------
    IntakeError
        For names by number without a structure that says which questions they are.
    """
    numbered, scripted = names_in_database(columns), script_names(columns)
    names = []
    for heading in headings:
        key = by_number(heading)
        if key and not columns:
            message = (
                f"names its questions by number ({heading!r}). Give the structure of the survey (.lss) under "
                "'structure' in meting.yaml, or export with question codes."
            )
            raise IntakeError(faults=[Fault(name, message, 2, heading, heading, "headings")])
        if key:
            names.append(numbered.get(key, heading))
        else:
            names.append(heading if what_is_added(heading) else scripted.get(heading) or plain_name(heading))
    return tuple(names) if columns else with_scales(names)
