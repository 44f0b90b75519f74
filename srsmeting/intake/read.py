"""Reading an export: what is it, and which reader takes it.

The reader is chosen by what is in the file, never by its suffix. A file that no reader takes is named for what it is,
with the export that would be taken.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from srsmeting.errors import Fault, IntakeError
from srsmeting.intake import limesurvey_csv
from srsmeting.intake.delimited import read_delimited
from srsmeting.intake.encoding import BOM, check_text
from srsmeting.intake.raw import RawExport

# The first bytes of files that people hand over instead.
_OTHER = (
    (b"PK\x03\x04", "a workbook (.xlsx, .ods) or an archive (.lsa, .zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"$FL", "an SPSS file (.sav)"),
    (b"<stata_dta>", "a Stata file (.dta)"),
    (b"PAR1", "a Parquet file"),
    (b"<", "XML or HTML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


def read_export(path: str | os.PathLike[str]) -> RawExport:
    r"""Read the export of a survey tool as text.

    Parameters
    ----------
    path
        The file. It is opened for reading only, and read once: the hash is of the very bytes that were read.

    Returns
    -------
    RawExport
        Cells in file order, all text, with their lines.

    Raises
    ------
    IntakeError
        When there is no such file, when it is empty or damaged, or when it is not an export that can be read.

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
    source = Path(path)
    raw = _bytes(source)
    name = source.name
    if not raw.removeprefix(BOM).strip():
        raise IntakeError(faults=[Fault(name, f"is empty. {limesurvey_csv.ADVICE}", rule="empty")])
    for magic, what in _OTHER:
        if raw.removeprefix(BOM).lstrip().startswith(magic):
            raise IntakeError(
                faults=[Fault(name, f"is {what}, which is not read yet. {limesurvey_csv.ADVICE}", rule="format")]
            )
    check_text(raw, name)
    export = _read_text(raw, name)
    return replace(export, sha256=hashlib.sha256(raw).hexdigest(), size=len(raw))


def _bytes(source: Path) -> bytes:
    if source.is_dir():
        raise IntakeError(f"{source}: is a folder. Give the export itself.")
    if not source.exists():
        raise IntakeError(f"{source}: there is no such file. Put it there, or correct its name in meting.yaml.")
    try:
        return source.read_bytes()
    except OSError as problem:
        raise IntakeError(f"{source}: cannot be read: {problem.strerror or type(problem).__name__}.") from None


def _read_text(raw: bytes, name: str) -> RawExport:
    table = read_delimited(raw, name)
    if limesurvey_csv.recognises(table.header):
        return limesurvey_csv.read(table, name)
    shown = ", ".join(repr(heading if len(heading) <= 40 else heading[:39] + "…") for heading in table.header[:4])
    message = (
        f"is not an export that can be read: LimeSurvey's begins with 'id', 'submitdate', 'lastpage', this file with "
        f"{shown}. {limesurvey_csv.ADVICE}"
    )
    raise IntakeError(faults=[Fault(name, message, 1, value=table.header[0], rule="format")])
