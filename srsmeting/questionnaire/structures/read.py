"""Read a structure file, whichever tool wrote it: the content decides, not the suffix."""

from __future__ import annotations

from pathlib import Path

from srsmeting.questionnaire.structures.faults import unreadable
from srsmeting.questionnaire.structures.model import ToolStructure
from srsmeting.questionnaire.structures.source import open_archive, read_bytes, read_member

_KNOWN = (
    "Known: the structure of a LimeSurvey survey (.lss) or its archive (.lsa), the survey file of Qualtrics (.qsf), "
    "the form of KoboToolbox or ODK (XLSForm, .xlsx)."
)


def read_structure(path: Path | str) -> ToolStructure:
    """Read the structure file of a survey tool.

    Parameters
    ----------
    path
        LimeSurvey ``.lss``, the ``.lss`` inside a LimeSurvey ``.lsa``, Qualtrics ``.qsf`` or an XLSForm ``.xlsx``; told
        apart by their content.

    Returns
    -------
    ToolStructure
        The questions with their codes, answers and routing as the tool has them, texts without markup. Nothing else of
        the file is kept: structures hold names and addresses of administrators.

    Raises
    ------
    QuestionnaireError
        There is no such file, it is of no tool known here, or it is damaged or larger than a structure file is.
    """
    path = Path(path)
    raw = read_bytes(path)
    if raw.startswith(b"PK\x03\x04"):
        return _archive(raw, path.name)
    start = raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        from srsmeting.questionnaire.structures.lss import read_lss

        return read_lss(raw.removeprefix(b"\xef\xbb\xbf").lstrip(), path.name)
    if start == b"{":
        from srsmeting.questionnaire.structures.qsf import read_qsf

        return read_qsf(raw, path.name)
    raise unreadable(path.name, f"is not a structure file. {_KNOWN}", "unknown_format")


def _archive(raw: bytes, name: str) -> ToolStructure:
    with open_archive(raw, name) as archive:
        members = archive.namelist()
        if "xl/workbook.xml" in members:
            from srsmeting.questionnaire.structures.xlsform import read_xlsform

            return read_xlsform(raw, name)
        structures = [member for member in members if member.lower().endswith(".lss")]
        if not structures:
            raise unreadable(name, f"is an archive without a survey structure. {_KNOWN}", "unknown_format")
        if len(structures) > 1:
            message = f"holds {len(structures)} survey structures. Unpack it and name one of them."
            raise unreadable(name, message, "several_structures", str(len(structures)))
        from srsmeting.questionnaire.structures.lss import read_lss

        return read_lss(read_member(archive, structures[0], name), name)
