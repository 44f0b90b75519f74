"""Opening the report that a chapter belongs to."""

from __future__ import annotations

import os

from srsmeting.report.bundle import read_bundle
from srsmeting.report.exhibits import Exhibits


class Report(Exhibits):
    """What a chapter can say: numbers, comparisons, response and coverage, figures and tables.

    A chapter opens it with :func:`open_report`.
    """

    def __repr__(self) -> str:
        return f"<Report {self.texts.meting}: {len(self.estimates)} estimates>"


def open_report(path: str | os.PathLike[str] | None = None) -> Report:
    """Open the report that a chapter belongs to.

    Parameters
    ----------
    path
        The folder with estimates.csv, questionnaire.yaml and report.json; default the one that ``srsmeting render``
        names in ``SRSMETING_REPORT``.

    Returns
    -------
    Report

    Raises
    ------
    ReportError
        When no folder is known, or it does not hold what a report needs.

    Examples
    --------
    >>> import os
    >>> _ = os.environ.pop("SRSMETING_REPORT", None)
    >>> open_report()  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    srsmeting.errors.ReportError: open_report(): no figures to report on, SRSMETING_REPORT is not set. ...
    """
    return Report(read_bundle(path))
