"""Records are read all together: each holds the hash of the one before it."""

from __future__ import annotations

from pathlib import Path

from srsmeting.errors import Fault, RecordError, unknown_name
from srsmeting.record.inputs import kept_name
from srsmeting.record.model import ESTIMATES_FILE, FORMAT, RECORD_FILE, YEARS_FILE, Record, RecordConfig
from srsmeting.record.sums import SUMS_FILE, broken_files, digest
from srsmeting.yamlfile import YamlFile, read_yaml, validate


def read_records(folder: Path, meting: str) -> tuple[Record, ...]:
    """Read the records of a measurement, first to last; none where there is no such folder.

    Parameters
    ----------
    folder
        Where they stand: ``1/``, ``2/`` and so on.
    meting
        The id of the measurement.

    Raises
    ------
    RecordError
        When a file of them was changed, lost or added, a record is missing between them, or they are of another
        measurement.
    """
    if not folder.exists():
        return ()
    if not folder.is_dir():
        raise RecordError(f"{folder}: is no folder, and records of publications stand in one. Put it elsewhere.")
    try:
        numbers = _numbers(folder)
        faults = [
            fault for number in numbers for fault in broken_files(folder / str(number), f"{folder.name}/{number}")
        ]
        if faults:
            raise RecordError(faults=faults)
        records = tuple(_read_record(folder / str(number)) for number in numbers)
        _check_chain(records, folder.name, meting)
    except OSError as problem:
        raise RecordError(f"{folder}: cannot be read: {problem.strerror}.") from None
    return records


def pick_record(records: tuple[Record, ...], number: int | None = None) -> Record:
    """Return the record with this number, or the last.

    Raises
    ------
    UnknownNameError
        When there is none with this number.
    """
    if number is None:
        return records[-1]
    if not 1 <= number <= len(records):
        raise unknown_name(records[0].folder.parent.name, "record", str(number), [r.folder.name for r in records])
    return records[number - 1]


def _numbers(folder: Path) -> range:
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    faults = [
        Fault(f"{folder.name}/{name}", "is no record. Put it elsewhere.", rule="no_record")
        for name in names
        if not (name.isdecimal() and name == str(int(name)) and int(name) and (folder / name).is_dir())
    ]
    if faults:
        raise RecordError(faults=faults)
    last = max((int(name) for name in names), default=0)
    for number in range(1, last):
        if str(number) not in names:
            message = f"there is no record {number}, and there is a record {last}. Take it back from a copy."
            raise RecordError(faults=[Fault(folder.name, message, rule="record_gone")])
    return range(1, last + 1)


def _read_record(folder: Path) -> Record:
    name = f"{folder.parent.name}/{folder.name}/{RECORD_FILE}"
    if not (folder / RECORD_FILE).is_file():
        raise RecordError(f"{name}: is gone. Take it back from a copy.")
    read = read_yaml(folder / RECORD_FILE, RecordError)
    lines = YamlFile(name, read.data, read.lines)
    written = read.data.get("format")
    if isinstance(written, int) and written > FORMAT:
        message = f"format {written} is of a later srsmeting; this one reads up to {FORMAT}. Install a later one."
        raise RecordError(faults=[Fault(name, message, lines.line(("format",)), "format", str(written), "format")])
    config = validate(RecordConfig, lines, RecordError)
    kept = {key: entry.kept for key, entry in config.inputs.items() if entry.kept}
    needed = {key: kept_name(key, "") for key in ("configuration", "questionnaire")}
    years = (YEARS_FILE,) if config.years else ()
    for file in (ESTIMATES_FILE, *years, *(needed | kept).values()):
        # Whoever rewrites a record and its hashes can still leave something out.
        if not (folder / file).is_file():
            raise RecordError(f"{name}: names {file!r}, which is not in the record. Take the whole record from a copy.")
    return Record(folder, config)


def _check_chain(records: tuple[Record, ...], name: str, meting: str) -> None:
    before = None
    for record in records:
        config, where = record.config, f"{name}/{record.folder.name}/{RECORD_FILE}"
        if config.number != int(record.folder.name):
            message = f"is record {config.number}, and stands in folder {record.folder.name}. Give it back its name."
            raise RecordError(f"{where}: {message}")
        if config.meting != meting:
            message = f"is of {config.meting!r}, and this measurement is {meting!r}. "
            raise RecordError(f"{where}: {message}Leave the record with its own measurement.")
        revision = config.revision
        of = (revision.of, revision.sha256) if revision else None
        expected = (before.config.number, digest(before.folder / SUMS_FILE)) if before else None
        if of != expected:
            what = "follows another record than the one that stands here before it"
            raise RecordError(f"{where}: {what if expected else 'is a revision of nothing'}. Take both from a copy.")
        before = record
