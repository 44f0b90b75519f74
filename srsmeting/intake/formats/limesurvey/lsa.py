"""LimeSurvey: the survey archive (.lsa), which holds structure, responses and participants, and loses least of all.

The responses are XML: a field that is absent holds nothing in the database, an empty one holds an empty answer. Of the
table of participants only the names of its columns are read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import numpy as np
import pandas as pd

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake.files.archive import Archive
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey.columns import tool_columns
from srsmeting.intake.formats.limesurvey.dialect import CODES
from srsmeting.intake.formats.limesurvey.export import keep_first, make_export
from srsmeting.intake.formats.limesurvey.headings import name_fields
from srsmeting.intake.formats.limesurvey.lost import NUMBERS
from srsmeting.intake.formats.limesurvey.nulls import short_numbers, what_was_shown
from srsmeting.intake.personal import MAKER, PARTICIPANTS
from srsmeting.intake.raw import TEXT, RawExport

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

FORMAT = "LimeSurvey, archief (.lsa)"
KEY = "limesurvey-lsa"


def recognises(source: Source) -> bool:
    """Say whether it is an archive with a structure and responses of LimeSurvey."""
    return source.archive is not None and bool(_members(source.archive, ".lsr") or _members(source.archive, ".lss"))


def read(source: Source, structure: ToolStructure | None = None) -> RawExport:
    """Read the responses of an archive, with the structure in it unless another is given.

    Raises
    ------
    IntakeError
        When the archive has no responses or no structure, or more than one of either, or when its XML is damaged.
    """
    archive = source.archive
    if archive is None:
        raise source.damage or IntakeError(f"{source.name}: is no archive.")
    member = _only(archive, ".lsr", source.name, "responses")
    apart = _participants(archive)
    if structure is None:
        structure = _structure(archive, source.name)
        apart |= {f"structuur: {field}": MAKER for field in structure.persons}
    fields, records = _rows(archive.read(member), source.name, member)
    columns = tool_columns(structure)
    names = name_fields(fields, columns, source.name)
    keep, faults = keep_first(names, source.name)
    nothing = {names[n]: np.array([fields[n] not in record for record in records], dtype=np.bool_) for n in keep}
    written = pd.DataFrame(
        {
            names[n]: pd.array(np.array([record.get(fields[n], "") for record in records], dtype=object), dtype=TEXT)
            for n in keep
        },
        index=pd.RangeIndex(len(records)),
    )
    timings = _members(archive, ".lsi")
    return make_export(
        source.name,
        FORMAT,
        CODES,
        pd.DataFrame({name: short_numbers(written[name]) for name in written}),
        np.arange(1, len(records) + 1, dtype=np.int64),
        notes=(f"Niet geopend: {', '.join(timings)}.",) if timings else (),
        faults=faults,
        shown=what_was_shown(written, nothing, columns),
        lost=(NUMBERS,),
        texts={column.name: column.headings[0] for column in columns},
        apart=apart,
        place="record",
    )


def _members(archive: Archive, suffix: str) -> list[str]:
    return [member for member in archive.names if member.lower().endswith(suffix)]


def _only(archive: Archive, suffix: str, name: str, what: str) -> str:
    found = _members(archive, suffix)
    if len(found) == 1:
        return found[0]
    message = f"has no {what} ({suffix})." if not found else f"has {len(found)} files with {what} ({suffix})."
    message = f"{message} Export the survey archive of one survey that has responses."
    raise IntakeError(faults=[Fault(name, message, value=suffix, rule="archive")])


def _structure(archive: Archive, name: str) -> ToolStructure:
    from srsmeting.questionnaire.structures.lss import read_lss

    member = _only(archive, ".lss", name, "structure")
    return read_lss(archive.read(member), f"{name}/{member}")


def _participants(archive: Archive) -> dict[str, str]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    found: dict[str, str] = {}
    for member in _members(archive, ".lst"):
        names = []
        try:
            for _, element in iterparse(io.BytesIO(archive.read(member)), forbid_dtd=True):
                if element.tag == "fields":
                    break  # behind the names come the participants
                if element.tag == "fieldname":
                    names.append(f"{member}: {element.text or ''}")
        except (DefusedXmlException, IntakeError, ParseError, ValueError, LookupError, RecursionError):
            names = []  # a table that is damaged is not taken over either
        found |= dict.fromkeys(names or [member], PARTICIPANTS)
    return found


def _rows(raw: bytes, name: str, member: str) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    fields: list[str] = []
    records: list[dict[str, str]] = []
    by_tag: dict[str, str] = {}
    where = f"{name}/{member}"
    kind = ""
    try:
        for _, element in iterparse(io.BytesIO(raw), forbid_dtd=True):
            if element.tag == "LimeSurveyDocType":
                kind = (element.text or "").strip()
            elif element.tag == "fieldname":
                fields.append(element.text or "")
                by_tag[_tag(element.text or "")] = element.text or ""
            elif element.tag == "row":
                records.append(_record(element, by_tag, where, len(records) + 1))
                element.clear()
    except DefusedXmlException:
        message = "defines entities or a document type, which LimeSurvey does not write. It was not read."
        raise IntakeError(faults=[Fault(where, message, rule="xml_entities")]) from None
    except (ParseError, ValueError, LookupError, RecursionError) as problem:
        if isinstance(problem, IntakeError):
            raise
        line = getattr(problem, "position", (None, 0))[0]
        raise IntakeError(
            faults=[Fault(where, "is damaged XML from here on. Export again.", line, rule="xml")]
        ) from None
    if kind != "Responses" or len(set(fields)) < len(fields):
        message = "are not the responses of a survey as LimeSurvey writes them. Export the survey archive again."
        raise IntakeError(faults=[Fault(where, message, value=kind, rule="format")])
    return tuple(fields), records


def _record(element: Iterable[Any], by_tag: dict[str, str], where: str, number: int) -> dict[str, str]:
    record: dict[str, str] = {}
    for field in element:
        name = by_tag.get(field.tag)
        if name is None or name in record or len(field):
            what = "not among the fields" if name is None else "damaged, or there twice"
            message = f"field {str(field.tag)!r} of response {number} is {what}. Export the survey archive again."
            raise IntakeError(faults=[Fault(where, message, number, value=str(field.tag), rule="width")])
        record[name] = field.text or ""
    return record


def _tag(field: str) -> str:
    # No element begins with a digit or holds a "#".
    return ("_" if field[:1].isdigit() else "") + field.replace("#", "-")
