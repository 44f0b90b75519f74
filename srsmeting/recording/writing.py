"""Recording a publication: a folder that appears whole or not at all, and over nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from srsmeting.checking import organisations_of
from srsmeting.errors import RecordError
from srsmeting.estimates import KEY, compare_estimates
from srsmeting.frames import write_content, write_frame
from srsmeting.intake.account.manifest import Manifest
from srsmeting.meting import Meting, Progress, silent
from srsmeting.record.inputs import OF_RESPONDENTS, changed_files, kept_name, stock, versions_now
from srsmeting.record.model import (
    CHANGES_FILE,
    ESTIMATES_FILE,
    FORMAT,
    RECORD_FILE,
    YEARS_FILE,
    InputFile,
    Record,
    RecordConfig,
    Revision,
    record_text,
)
from srsmeting.record.reading import read_records
from srsmeting.record.sums import SUMS_FILE, digest, sums_text
from srsmeting.recording.beside import Beside, earlier_years, set_beside
from srsmeting.recording.differences import Difference, count_kinds, differences, suppression_only, tell
from srsmeting.recording.disclosure import known_from_both
from srsmeting.running import Run, run_meting
from srsmeting.worktree import refuse_inside_git


@dataclass(frozen=True)
class Recorded:
    """What was recorded.

    Parameters
    ----------
    record
        The new record.
    told
        How it differs from the one before; empty for the first.
    run
        What the figures came from.
    known
        How many figures both hide, and follow from the two together; looked at where only suppression differs.
    """

    record: Record
    told: str
    run: Run
    known: int = 0


def record_meting(
    meting: Meting,
    on: dt.date,
    *,
    note: str = "",
    reason: str = "",
    inside_git: bool = False,
    progress: Progress | None = None,
) -> Recorded:
    """Record what a measurement publishes: its first record, or a revision.

    Parameters
    ----------
    meting
        The measurement; its figures are computed.
    on
        The day of publication.
    note
        Anything that is to be kept with it.
    reason
        Why it differs from the record before; of a revision only, and needed there.
    inside_git
        Whether files that tell of single respondents (corrections, codes) may be copied inside a git work tree.
    progress
        Called with a short text at every step.

    Returns
    -------
    Recorded
        The folder is ``record/<number>`` beside the configuration: ``record.yaml``, ``estimates.csv``, copies of the
        configuration, questionnaire, coverage, mapping, corrections, matches, codes and crosswalk, of a repeat
        ``years.csv``, of a revision ``changes.csv``, and ``SHA256SUMS``. Export, frame and structure are there as a
        hash only.

    Raises
    ------
    RecordError
        When nothing changed since the last record, a revision has no reason, or the records are not whole.
    SrsmetingError
        Whatever the measurement has wrong.
    """
    tell_step = progress or silent
    records = read_records(meting.record, meting.config.meting)
    last = records[-1] if records else None
    reason, note = reason.strip(), note.strip()
    if reason and last is None:
        raise RecordError(f"{meting.record}: holds no record yet, so there is nothing to revise. Use --note.")
    if last and on < last.config.date:
        what = f"{last.name} is of {last.config.date}, which is later than {on}"
        raise RecordError(f"{meting.record}: {what}. A revision comes after what it revises.")
    personal = [key for key in OF_RESPONDENTS if getattr(meting.config, key)]
    if personal and not inside_git:
        refuse_inside_git(meting.record, f"what tells of respondents ({', '.join(personal)})")
    found = stock(meting)
    run = run_meting(meting, tell_step)
    beside = set_beside(meting, run, tell_step, publishing=True)
    tell_step("recording")
    changes = pd.DataFrame()
    revision, told, known = None, "", 0
    if last:
        published = last.read_estimates()
        apart = differences(run.estimates, published)
        of_years = _differing_years(last, beside)
        changes = pd.concat([compare_estimates(run.estimates, published), of_years], ignore_index=True)
        revision, told = _revision(last, apart, len(of_years[[*KEY]].drop_duplicates()), found, reason)
        if suppression_only(apart) and {"hidden", "shown"} <= {one.kind for one in apart}:
            known = len(known_from_both(meting, run.estimates, published, run.counted, tell_step))
    config = RecordConfig(
        format=FORMAT,
        number=len(records) + 1,
        meting=meting.config.meting,
        date=on,
        note=note,
        figures=len(run.estimates),
        versions=versions_now(),
        inputs=_inputs(meting, run, found),
        years=beside.config if beside else None,
        revision=revision,
    )
    with _new_folder(meting.record, str(config.number)) as folder:
        write_frame(run.estimates, folder / ESTIMATES_FILE)
        if beside:
            write_frame(beside.years, folder / YEARS_FILE)
        if last:
            write_frame(changes, folder / CHANGES_FILE)
        for entry in config.inputs.values():
            if entry.kept:
                shutil.copyfile(meting.file.parent / entry.file, folder / entry.kept)
        write_content(record_text(config).encode(), folder / RECORD_FILE)
        # What is kept is what was computed with.
        if (
            stock(meting) != found
            or any(digest(folder / entry.kept) != entry.sha256 for entry in config.inputs.values() if entry.kept)
            or (beside and earlier_years(meting) != beside.config.earlier)
        ):
            raise RecordError(f"{meting.file}: its files were changed while they were being recorded. Record again.")
        write_content(sums_text(folder).encode(), folder / SUMS_FILE)
    return Recorded(Record(meting.record / str(config.number), config), told, run, known)


def _differing_years(last: Record, beside: Beside | None) -> pd.DataFrame:
    """Return what differs of the years beside it; of a record that kept none, there is nothing to compare with."""
    before = last.read_years()
    now = beside.years if beside and last.config.years else before.iloc[:0]
    return compare_estimates(now, before)


def _revision(last: Record, apart: list[Difference], years: int, found: Manifest, reason: str) -> tuple[Revision, str]:
    before = {key: entry.sha256 for key, entry in last.config.inputs.items()}
    files = changed_files({key: entry.sha256 for key, entry in found.files.items()}, before)
    if not apart and not years and not files:
        what = f"{last.name}, of {last.config.date}, holds these figures already, made of the same files"
        raise RecordError(f"{last.folder.parent}: {what}. There is nothing to record.")
    told = tell(apart) if apart else "in no figure of its own" if years else "in no figure"
    if years:
        told += f"; {years} {'figure' if years == 1 else 'figures'} of the years beside it"
    if files:
        told += f"; {'file' if len(files) == 1 else 'files'} changed: {', '.join(files)}"
    if not reason:
        raise RecordError(f"{last.folder.parent}: differs from {last.name}: {told}. Say why with --reason.")
    added, dropped, changed = count_kinds(apart)
    revision = Revision(
        of=last.config.number,
        sha256=digest(last.folder / SUMS_FILE),
        reason=reason,
        added=added,
        dropped=dropped,
        changed=changed,
        suppression_only=suppression_only(apart),
        years=years,
        files=files,
    )
    return revision, told


def _inputs(meting: Meting, run: Run, found: Manifest) -> dict[str, InputFile]:
    rows: dict[str, int] = {}
    if run.intake is not None:
        rows["export"] = run.intake.report.rows_received
    if meting.config.frame and run.intake is not None:
        rows["frame"] = organisations_of(meting, silent).size
    return {
        key: InputFile(**entry.model_dump(), rows=rows.get(key), kept=kept_name(key, entry.file))
        for key, entry in found.files.items()
    }


@contextmanager
def _new_folder(parent: Path, name: str) -> Iterator[Path]:
    """Give a draft of a folder, which gets its name once it is whole; with an error it is gone."""
    try:
        parent.mkdir(exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=parent, prefix=".draft-"))
        try:
            yield draft
            draft.chmod(0o755)
            # Over a folder that is there and is not empty nothing can be renamed.
            draft.rename(parent / name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
            if not any(parent.iterdir()):
                parent.rmdir()
    except OSError as problem:
        raise RecordError(f"{parent / name}: cannot be written: {problem.strerror}.") from None
