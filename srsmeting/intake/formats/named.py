"""Columns that are known by their name alone: in a table, a statistical file, or wherever a tool leaves no other sign.

Every name is one that a survey tool gives, in the languages in which they have been seen. A question of the
questionnaire always comes first; what is listed here is only ever left out, or used to tell rows apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.binding.wording import find_wording, same_wording
from srsmeting.intake.dialect import Column, Dialect
from srsmeting.intake.files.sheet_table import NamedTable
from srsmeting.intake.files.sheets import blank_rows_note
from srsmeting.intake.formats.limesurvey import what_is_added
from srsmeting.intake.formats.qualtrics.added import role_of
from srsmeting.intake.formats.qualtrics.counted import Body, set_aside
from srsmeting.intake.formats.uploads import UPLOAD, upload_columns
from srsmeting.intake.personal import ADDRESS, ATTRIBUTE, KEY, MOMENT, NAME, PERSON, REFERRER, TECHNICAL
from srsmeting.intake.raw import INCOMPLETE, TEXT, RawExport, Times
from srsmeting.questionnaire import Question

#: Heading of the column that a reader adds where the file has none that tells the records apart.
RECORD: Final = "(rij)"

_IDS = (
    *("id", "respons-id", "response id", "responseid", "respondent id", "respondentid", "respondent", "respid", "_id"),
    *("_uuid", "meta/instanceid", "meta/rootuuid", "_index"),
)
_TOKENS = ("token", "toegangscode", "access code", "externalreference", "externaldatareference")
_SUBMITTED = ("submitdate", "datum verzonden", "date submitted")
_STARTED = (
    *("startdate", "startdatum", "date started", "start date", "begindatum", "begintijd", "start time"),
    *("hora de inicio", "start"),
)
_ENDED = (
    *("submitdate", "datum verzonden", "date submitted", "enddate", "end date", "einddatum", "tijd van voltooien"),
    *("completion time", "hora de finalización", "end", "timestamp", "tijdstempel", "recordeddate", "_submission_time"),
)
_TOOK = ("interviewtime", "duration (in seconds)")
#: Kobo writes this one in UTC and does not say so.
_ZONES: Final[Mapping[str, str]] = {"_submission_time": "UTC"}
_FINISHED = "finished"
_OF_QUALTRICS = frozenset({"responseid", "recordeddate", "distributionchannel"})

_WHAT: Final[Mapping[str, frozenset[str]]] = {
    KEY: frozenset(_TOKENS),
    ADDRESS: frozenset({"ip-adres", "ip address", "ipaddress", "ip_address"}),
    REFERRER: frozenset({"verwijzer url", "referrer url", "distributionchannel"}),
    NAME: frozenset(
        {
            *("e-mail", "email", "e-mailadres", "emailadres", "email address", "emailaddress", "correo electrónico"),
            *("naam", "name", "nombre", "voornaam", "achternaam", "first name", "last name", "username", "user name"),
            *("gebruikersnaam", "recipientlastname", "recipientfirstname", "recipientemail", "_submitted_by"),
        }
    ),
    PERSON: frozenset(
        {
            *("wachtwoord", "password", "phonenumber", "telefoonnummer", "cpr", "edit_url", "analyze_url", "audit"),
            *("locationlatitude", "locationlongitude", "locationaccuracy", "_geolocation", "simserial", "subscriberid"),
            *("deviceid", "instancename", "meta/instancename"),
        }
    ),
    UPLOAD: frozenset({"_attachments"}),
    MOMENT: frozenset(
        {
            *("startdatum", "datum laatste actie", "datum verzonden", "date started", "date last action"),
            *("date submitted", "start date", "end date", "startdate", "enddate", "recordeddate", "start", "end"),
            *("begintijd", "tijd van voltooien", "tijd van laatste wijziging", "start time", "completion time"),
            *("last modified time", "hora de inicio", "hora de finalización", "timestamp", "tijdstempel"),
            *("_submission_time", "today", "duration (in seconds)", "date created", "date modified"),
        }
    ),
    TECHNICAL: frozenset(
        {
            *_IDS,
            *("collector id", "laatste pagina", "last page", "begin taal", "start language", "seed", "status"),
            *("progress", _FINISHED, "userlanguage", "responseset", "_validation_status", "_status", "_notes"),
            *("_tags", "__version__", "_parent_index", "_parent_table_name", "total points"),
            *("quiz feedback", "totaal aantal punten", "feedback over toets"),
        }
    ),
}
_PATTERNS = (
    (re.compile(r"custom data \d+|customdata\d*"), ATTRIBUTE),
    (re.compile(r".*_(latitude|longitude|altitude|precision)"), PERSON),
    (re.compile(r".*_url"), UPLOAD),
)
_FALSE = frozenset({"0", "false", "onwaar", "nee", "no", "n"})

#: What the report says of a file without ids, unless a mapping names them.
NO_ID: Final = "Geen kolom met een respondentnummer: de rijen zijn genummerd zoals zij in het bestand staan."


@dataclass(frozen=True)
class NamedColumns(Dialect):
    """The dialect of a file whose columns someone named: after the codes of the survey tool, or after our own.

    Parameters
    ----------
    value_labels
        Label by value by column, where the file has them: a value stands for the answer that its label names.
    missing
        Values that the file calls missing, by column: a code keeps its label, but a number or mark is none.

    Examples
    --------
    >>> question = Question(id="kanaal", export="G01Q02", kind="open", title="Kanaal", text="Hoe?", pijler="basis",
    ...                     fase="bereik")
    >>> [column.names for column in NamedColumns().columns(question)]
    [('G01Q02', 'kanaal')]
    """

    mixed: bool = True
    value_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)

    def columns(self, question: Question) -> Iterator[Column]:
        """Yield the columns that a question can have, under the names of the tool and under ours."""
        ours = dict(_our_parts(question))
        columns = list(super().columns(question))
        named = {column: tuple(_part_names(question, column, ours.get(column.answer, ""))) for column in columns}
        for column, pure in named.items():
            names = [*column.names, *pure]
            if column.names[0] == question.export:
                names.append(question.id)
            # The code of the tool behind our name, and the reverse, unless that is the name of another answer.
            others = {name for other, found in named.items() if other is not column for name in (*other.names, *found)}
            for part in (column.answer.partition(".")[2], ours.get(column.answer, "")):
                if part and column.holds != "comment":
                    mixed = [f"{base}{form}" for base in (question.id, question.export) for form in _forms(part)]
                    names += [name for name in mixed if name not in others]
            yield replace(column, names=tuple(dict.fromkeys(names)))

    def aliases(self, question: Question) -> Mapping[str, str]:
        """Return the values whose label is that of an answer."""
        labels = {same_wording(category.label): category.export for category in question.categories}
        found: dict[str, str] = {}
        for column in self.columns(question):
            for name in column.names if column.holds in ("code", "several") else ():
                for value, label in self.value_labels.get(name, {}).items():
                    if wording := find_wording(label, labels):
                        found.setdefault(value, labels[wording])
        return found

    def value_labels_of(self, heading: str) -> Mapping[str, str]:
        """Return label by value of a column."""
        return self.value_labels.get(heading, {})

    def missing_of(self, heading: str) -> frozenset[str]:
        """Return the values of a column that are no number and no mark."""
        return self.no_number | self.missing.get(heading, frozenset())


def named_export(
    table: NamedTable,
    name: str,
    format: str,
    dialect: Dialect,
    *,
    lost: tuple[str, ...] = (),
    texts: Mapping[str, str] | None = None,
    notes: tuple[str, ...] = (),
) -> RawExport:
    """Hand over a table of which only the names of the columns tell what they are.

    A file without a column that tells the records apart gets one: the number of the row.
    """
    cells, lines = table.cells, table.lines
    headings = [str(heading) for heading in cells.columns]
    notes = (*notes, *table.notes, *blank_rows_note(table.blank_rows))
    aside, odd = why_aside(table, name)
    id_column = find_id(headings)
    if not id_column:
        id_column = RECORD
        cells = cells.copy()
        cells.insert(0, RECORD, pd.Series([str(line) for line in lines], dtype=TEXT))
        notes = (*notes, NO_ID)
    return RawExport(
        name=name,
        format=format,
        dialect=dialect,
        cells=cells,
        lines=lines,
        metadata={RECORD: TECHNICAL}
        | upload_columns(table.cells)
        | {heading: what for heading in headings if (what := what_is_named(heading))},
        id_column=id_column,
        token_column=find_token(headings),
        set_aside=aside,
        notes=notes,
        lost=lost,
        faults=(*table.faults, *odd),
        texts=texts or {},
        place=table.place,
        times=find_times(headings),
        blank_rows=table.blank_rows,
    )


def find_times(headings: Sequence[str]) -> Times:
    """Return the columns that tell when a response was given, by the names that survey tools give them.

    Examples
    --------
    >>> times = find_times(["ID", "Begintijd", "Tijd van voltooien", "Hoeveel fte?"])
    >>> times.start, times.end, times.seconds
    ('Begintijd', 'Tijd van voltooien', '')
    """
    zones = {heading: zone for heading in headings if (zone := _ZONES.get(same_wording(heading)))}
    return Times(_first(headings, _STARTED), _first(headings, _ENDED), _first(headings, _TOOK), zones)


def what_is_named(heading: str) -> str:
    """Say in Dutch what a column is whose name a survey tool gives; empty for every other.

    Examples
    --------
    >>> what_is_named("IP Address"), what_is_named("Naam"), what_is_named("startdate"), what_is_named("Hoeveel fte?")
    ('adres van de computer', 'naam of e-mailadres', 'moment of duur', '')
    """
    name = same_wording(heading)
    for what, names in _WHAT.items():
        if name in names:
            return what
    patterned = next((what for pattern, what in _PATTERNS if pattern.fullmatch(name)), "")
    # The names of LimeSurvey's timings are too wide a net for files that need not be LimeSurvey's.
    return patterned or ("" if heading.endswith("Time") else what_is_added(heading))


def find_id(headings: Sequence[str]) -> str:
    """Return the column that tells records apart; "" when there is none."""
    return _first(headings, _IDS)


def find_token(headings: Sequence[str]) -> str:
    """Return the column with the token of the invitation; "" when there is none."""
    return _first(headings, _TOKENS)


def why_aside(table: NamedTable, name: str) -> tuple[pd.Series[str], list[Fault]]:
    """Say per record why the tool does not count it: its moment of submission is empty, or it is not finished.

    Where Qualtrics made the columns that tell, they are read as in its own exports, with a fault for what is not known.
    """
    cells = table.cells
    named = {same_wording(str(heading)): str(heading) for heading in cells.columns}
    if not _OF_QUALTRICS.isdisjoint(named):
        roles = {role: heading for heading in reversed(named.values()) if (role := role_of(heading))}
        return set_aside(Body(cells, table.lines, name, roles))
    incomplete = np.zeros(len(cells), dtype=np.bool_)
    for key in _SUBMITTED:
        if key in named:
            incomplete |= (cells[named[key]] == "").to_numpy(dtype=np.bool_)
    if _FINISHED in named:
        incomplete |= cells[named[_FINISHED]].str.casefold().isin(_FALSE).to_numpy(dtype=np.bool_)
    return pd.Series(np.where(incomplete, INCOMPLETE, ""), index=cells.index, dtype="str"), []


def _first(headings: Sequence[str], names: Sequence[str]) -> str:
    named = {same_wording(heading): heading for heading in reversed(headings)}
    return next((named[name] for name in names if name in named), "")


def _our_parts(question: Question) -> Iterator[tuple[str, str]]:
    for category in question.categories if question.kind == "multiple" else ():
        yield f"{question.id}.{category.code}", category.export
    for item in question.items:
        yield f"{question.id}.{item.id}", item.export


def _part_names(question: Question, column: Column, export: str) -> Iterator[str]:
    """Yield the names of a part as we give them, and as the tool does."""
    code = column.answer.partition(".")[2]
    if code and column.holds != "comment":
        yield from (f"{question.id}{form}" for form in _forms(code))
        yield from (f"{question.export}{form}" for form in _forms(export) if export)


def _forms(part: str) -> tuple[str, ...]:
    return f"[{part}]", f"_{part}", f".{part}"
