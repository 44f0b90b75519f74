"""Reading an export: what is it, and which reader takes it.

The reader is chosen by what is in the file, never by its suffix. A file that no reader takes is named for what it is,
with the export that would be taken.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from srsmeting.errors import Fault, IntakeError, QuestionnaireError, unknown_name
from srsmeting.intake.files.encoding import encoding_finding
from srsmeting.intake.files.limits import cut_findings
from srsmeting.intake.files.one_file import check_one_file
from srsmeting.intake.files.rows import check_rows
from srsmeting.intake.files.source import Source, is_large, read_bytes
from srsmeting.intake.formats.limesurvey.headings import ADVICE
from srsmeting.intake.formats.readers import LAST_RESORT, READERS, Reader
from srsmeting.intake.raw import RawExport
from srsmeting.places import what_is_wrong

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure


_BLANK = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
# Files that go with an export, which people hand over instead: what stands in their beginning, and what to do.
_BEGINNING = 4096
_STRUCTURE = (
    "is the structure of a survey, without its answers. Name it under 'structure', and the responses under 'export'."
)
_OTHER_STRUCTURE = (
    "is the structure of a survey in a form that is not read, without its answers. Export the structure as .lss, and "
    "name the responses under 'export'."
)
_BESIDE = (
    (b"<LimeSurveyDocType>Survey<", _STRUCTURE),
    (b'{"SurveyEntry"', _STRUCTURE),
    (b"id\trelated_id\tclass\t", _OTHER_STRUCTURE),
    (b"<questionnaire id=", _OTHER_STRUCTURE),
    (
        b"tid,firstname,lastname,",
        "is the list of participants, without their answers. Name the responses under 'export'.",
    ),
    (b"/TYPE=TXT", "is syntax for SPSS, without the answers. Keep it there, and name the data (.dat) under 'export'."),
)
# The first bytes of files that people hand over instead.
_OTHER = (
    (b"PK\x03\x04", "a workbook (.xlsx, .ods) or an archive (.lsa, .zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"<", "XML or HTML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


def read_export(
    path: str | os.PathLike[str],
    structure: ToolStructure | None = None,
    format: str = "",
    progress: Callable[[str], None] | None = None,
) -> RawExport:
    r"""Read the export of a survey tool as text.

    Parameters
    ----------
    path
        The file. It is opened for reading only, and the hash is of the very bytes that were read.
    structure
        The structure file of the survey, as `read_structure` has it; with it, texts of answers become their codes.
    format
        The `KEY` of the reader to use; empty to find it by the content of the file.
    progress
        Is told how far the reading of a large file is.

    Returns
    -------
    RawExport
        Cells in file order, all text, with their lines.

    Raises
    ------
    IntakeError
        When there is no such file, when it is empty or damaged, when it is not an export that can be read, or can be
        read in two ways.
    UnknownNameError
        When there is no such format.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "export.csv")
    ...     _ = file.write_text('"id";"submitdate";"Q1"\n"7";"2021-11-22 09:00:00";"A1"\n', encoding="utf-8")
    ...     export = read_export(file)
    >>> export.name, len(export), export.cells["Q1"].tolist(), export.lines.tolist()
    ('export.csv', 1, ['A1'], [2])
    """
    place = Path(path)
    _check_place(place)
    source = Source(place, None if is_large(place) else read_bytes(place), progress)
    if not source.is_sound_table:
        if _BLANK.fullmatch(source.raw):
            raise IntakeError(faults=[Fault(source.name, f"is empty. {ADVICE}", rule="empty")])
        check_one_file(source.raw, source.name)
    with ThreadPoolExecutor(max_workers=1) as beside:
        hashed = beside.submit(lambda: source.sha256)
        reader = _chosen(source, format)
        try:
            export = reader.read(source, structure)
        except QuestionnaireError as problem:  # a structure inside the export
            raise IntakeError(str(problem), faults=problem.faults) from None
    check_rows(source, export)
    if source.is_windows_1252:
        export = replace(export, findings=(encoding_finding(source.raw), *export.findings))
    export = replace(export, findings=(*export.findings, *cut_findings(export, reader.KEY)))
    return replace(export, sha256=hashed.result(), size=source.size)


def _chosen(source: Source, format: str) -> Reader:
    by_key = {reader.KEY: reader for reader in (*READERS, LAST_RESORT)}
    if format:
        if format not in by_key:
            raise unknown_name("meting.yaml", "format", format, by_key)
        if by_key[format].recognises(source):
            return by_key[format]
        if source.damage:
            raise source.damage
        fits = [repr(reader.KEY) for reader in READERS if reader.recognises(source)]
        fits = fits or [repr(LAST_RESORT.KEY)] * LAST_RESORT.recognises(source)
        advice = f"It looks like {' or '.join(fits)}." if fits else "Leave 'format' out to see what it looks like."
        raise IntakeError(faults=[Fault(source.name, f"is not of format {format!r}. {advice}", rule="format")])
    found = [reader for reader in READERS if reader.recognises(source)]
    if len(found) > 1:
        choices = " or ".join(f"'format: {reader.KEY}'" for reader in found)
        message = f"can be read as more than one format. Say in meting.yaml which it is: {choices}."
        raise IntakeError(faults=[Fault(source.name, message, rule="format")])
    if not found:
        _refuse_beside(source)
        found = [LAST_RESORT] if LAST_RESORT.recognises(source) else []
    return found[0] if found else _refuse(source)


def _check_place(source: Path) -> None:
    if wrong := what_is_wrong(source):
        absent = wrong == "does not exist"
        advice = "Put it there, or correct its name in meting.yaml." if absent else "Give the export itself."
        raise IntakeError(f"{source}: {'there is no such file' if absent else wrong}. {advice}")


def _refuse_beside(source: Source) -> None:
    for mark, message in _BESIDE:
        if mark in source.beginning[:_BEGINNING]:
            raise IntakeError(faults=[Fault(source.name, message, rule="format")])


def _refuse(source: Source) -> Reader:
    if source.damage:
        raise source.damage
    for magic, what in _OTHER:
        if source.head.encode().startswith(magic) or source.beginning.startswith(magic):
            message = f"is {what}, which is not read yet. {ADVICE}"
            raise IntakeError(faults=[Fault(source.name, message, rule="format")])
    header = source.table.header if source.table else ("",)
    shown = ", ".join(repr(heading if len(heading) <= 40 else heading[:39] + "…") for heading in header[:4])
    message = (
        f"is not an export that can be read: LimeSurvey's begins with 'id', 'submitdate', 'lastpage', this file with "
        f"{shown}. {ADVICE}"
    )
    raise IntakeError(faults=[Fault(source.name, message, 1, value=header[0], rule="format")])
