"""The intake report: what came in, what counts, and what a person must look at before anything is estimated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.intake.account.conservation import CELLS, RECEIVED, USED, account_of_rows
from srsmeting.intake.account.response import RESPONSE
from srsmeting.intake.account.rows import frame_of
from srsmeting.intake.checks.findings import WARNING
from srsmeting.intake.raw import RawExport
from srsmeting.responses import ANSWERED, NO_ANSWER, NOT_ASKED, Responses, answer_columns, status_columns

#: Columns of the frames of a report, with their dtypes.
CORRECTIONS: Final = {"line": "Int64"} | dict.fromkeys(["question", "old", "new", "reason", "date"], "str")
CHECKS_MADE: Final = {"check": "str", "name": "str", "severity": "str", "count": "Int64", "not_made": "str"}


@dataclass(frozen=True)
class IntakeReport:
    """An account of every row and every cell of an export.

    Parameters
    ----------
    title
        Title of the measurement.
    file, format, sha256, size
        The export: its name, what it was recognised as (Dutch), its hash and its size in bytes.
    notes
        What the reader had to say, in Dutch.
    lost
        What this export loses of the answers, in Dutch.
    flow
        Rows: ``step`` (received, used, set_aside), ``reason`` and ``rows`` (Int64). Received is used plus set aside.
        Where partial responses may count, used stands on two rows with the reasons complete and partial.
    questions
        Cells: one row per question or statement with ``question``, ``item``, ``title``, and as Int64 ``asked``,
        ``answered``, ``empty``, ``not_asked`` and ``dont_know``. Asked plus not asked is used; answered plus empty is
        asked; don't know is part of answered.
    findings
        ``check``, ``severity`` (note, warning), ``question``, ``count`` (Int64) and ``message`` (Dutch).
    dropped
        Columns left behind: ``column``, ``why`` (Dutch) and ``filled`` (Int64).
    cells
        Filled cells: ``step`` (received, used, set_aside), ``reason`` and ``cells`` (Int64). Received is used plus set
        aside.
    corrections
        What ``corrections.yaml`` changed: ``line`` (Int64), ``question`` (``question.item`` for a statement; empty
        where a whole response is set aside), ``old``, ``new`` (a text as ``[tekst]``), ``reason`` and ``date`` (ISO).
    response
        Respondents against the frame, as :func:`.response.response_frame` has them; no rows without a
        frame.
    fieldwork
        First and last day on which a response that counts came in; None when the export does not tell.
    checks
        Every check, those that found nothing too, as :func:`srsmeting.intake.checks.findings.checks_frame` has them:
        ``check``, ``name`` (Dutch), ``severity``, ``count`` (Int64, missing where the check was not made) and
        ``not_made`` (why not, Dutch).
    manifest
        Whether the files are those that were sealed, as a Dutch sentence; empty when nobody looked.
    """

    title: str
    file: str
    format: str
    sha256: str
    size: int
    notes: tuple[str, ...]
    lost: tuple[str, ...]
    flow: pd.DataFrame
    questions: pd.DataFrame
    findings: pd.DataFrame
    dropped: pd.DataFrame
    cells: pd.DataFrame = field(default_factory=lambda: frame_of((), CELLS))
    corrections: pd.DataFrame = field(default_factory=lambda: frame_of((), CORRECTIONS))
    response: pd.DataFrame = field(default_factory=lambda: frame_of((), RESPONSE))
    fieldwork: tuple[dt.date, dt.date] | None = None
    checks: pd.DataFrame = field(default_factory=lambda: frame_of((), CHECKS_MADE))
    manifest: str = ""

    @property
    def rows_received(self) -> int:
        """Rows in the export."""
        return self._rows(RECEIVED)

    @property
    def rows_used(self) -> int:
        """Rows that count as respondents."""
        return self._rows(USED)

    @property
    def has_findings(self) -> bool:
        """Whether there is something that a person must look at."""
        return bool((self.findings["severity"] == WARNING).any())

    def to_markdown(self) -> str:
        """Return the report in Dutch, as Markdown."""
        from srsmeting.intake.account.markdown import as_markdown

        return as_markdown(self)

    def _rows(self, step: str) -> int:
        return int(self.flow.loc[self.flow["step"] == step, "rows"].sum())


def make_report(
    raw: RawExport,
    responses: Responses,
    findings: pd.DataFrame,
    dropped: pd.DataFrame,
    *,
    cells: pd.DataFrame | None = None,
    corrections: pd.DataFrame | None = None,
    response: pd.DataFrame | None = None,
    fieldwork: tuple[dt.date, dt.date] | None = None,
    checks: pd.DataFrame | None = None,
    partial: int | None = None,
    manifest: str = "",
) -> IntakeReport:
    """Account for an export that was taken in.

    The frames are as in :class:`IntakeReport`; `partial` is how many of the responses that count were not finished,
    None where only finished ones may count.
    """
    return IntakeReport(
        title=responses.questionnaire.title,
        file=raw.name,
        format=raw.format,
        sha256=raw.sha256,
        size=raw.size,
        notes=(*raw.notes, *_places(raw)),
        lost=raw.lost,
        flow=account_of_rows(raw, responses, partial),
        questions=_questions(responses),
        findings=findings,
        dropped=dropped,
        cells=frame_of((), CELLS) if cells is None else cells,
        corrections=frame_of((), CORRECTIONS) if corrections is None else corrections,
        response=frame_of((), RESPONSE) if response is None else response,
        fieldwork=fieldwork,
        checks=frame_of((), CHECKS_MADE) if checks is None else checks,
        manifest=manifest,
    )


def _places(raw: RawExport) -> tuple[str, ...]:
    if raw.place == "regel":
        return ()
    what = "rijen van het werkblad" if raw.place == "rij" else "volgnummers van de respons in het bestand"
    return (f"Regelnummers in dit rapport en in de quarantaine zijn {what}.",)


def _questions(responses: Responses) -> pd.DataFrame:
    counts = ["asked", "answered", "empty", "not_asked", "dont_know"]
    rows = []
    for question in responses.questionnaire.questions:
        unsure = [position for position, category in enumerate(question.categories) if category.kind == "dont_know"]
        for name in status_columns(question):
            item = name.removeprefix(f"{question.id}.") if question.kind == "statements" else ""
            status = responses.status[name].to_numpy()
            answered, empty, passed = (int(np.count_nonzero(status == s)) for s in (ANSWERED, NO_ANSWER, NOT_ASKED))
            if not unsure:
                dont_know = 0
            elif question.kind == "multiple":
                options = [answer_columns(question)[position] for position in unsure]
                dont_know = int(np.logical_or.reduce([responses.answers[name] for name in options]).sum())
            else:
                codes = responses.codes(question.id, item or None)
                dont_know = sum(int(np.count_nonzero(codes == position)) for position in unsure)
            title = question.item(item).label if item else question.title
            rows.append((question.id, item, title, answered + empty, answered, empty, passed, dont_know))
    texts = dict.fromkeys(["question", "item", "title"], "str")
    return frame_of(rows, texts | dict.fromkeys(counts, "Int64"))
