"""The table book of a measurement: what it says of itself, and the file that it is written to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pandas as pd

from srsmeting.errors import ConfigurationError, EstimateError, unknown_name
from srsmeting.estimates import bind_estimates
from srsmeting.frames import write_content, write_frame
from srsmeting.goals import GoalsMonitor
from srsmeting.meting import Meting
from srsmeting.presentation.formats import format_count, format_percentage
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.tablebook import About, build_book, long_frame
from srsmeting.presentation.tablebook.model import Book
from srsmeting.presentation.words import opsomming
from srsmeting.presentation.years import History, Moment
from srsmeting.presentation.years.noted import read_noted
from srsmeting.years import Compared, follow, noted_changes

#: What a table book can be written as.
SUFFIXES: Final = (".xlsx", ".ods", ".csv")


def write_tables(
    meting: Meting, estimates: pd.DataFrame, target: str | os.PathLike[str], years: Compared | None = None
) -> None:
    """Write the table book of a measurement.

    Parameters
    ----------
    meting
        The measurement.
    estimates
        Its estimate frame, publication rules applied.
    target
        A file: ``.xlsx`` or ``.ods`` for the book, ``.csv`` for the sheet with all numbers alone, and beneath them
        those of the years; ``-`` for that on standard output. It appears whole or not at all, and is the same bytes
        for the same numbers.
    years
        The years before it, where it stands beside them.

    Raises
    ------
    EstimateError
        For another suffix, a folder that does not exist, a file that cannot be written, or estimates that break a
        promise of the frame.
    ConfigurationError
        When `target` is a file of the measurement.
    ReportError, UnknownNameError
        When the estimates are not of this measurement.
    """
    check_tables(meting, target)
    suffix = Path(target).suffix
    questionnaire = meting.questionnaire
    if suffix not in (".xlsx", ".ods"):
        everything = bind_estimates(estimates, years.years) if years else estimates
        write_frame(long_frame(everything, questionnaire), target)
        return
    book = build_book(estimates, questionnaire, about_meting(meting, years), history_of(meting, years))
    write_book(book, target)


def write_book(book: Book, target: str | os.PathLike[str]) -> None:
    """Write a table book as what the suffix of the file says: ``.xlsx``, else OpenDocument."""
    if Path(target).suffix == ".xlsx":
        from srsmeting.presentation.tablebook.xlsx import to_xlsx

        write_content(to_xlsx(book), target)
    else:
        from srsmeting.presentation.tablebook.ods import to_ods

        write_content(to_ods(book), target)


def history_of(meting: Meting, years: Compared | None) -> History | None:
    """Return the years before a measurement beside it, as they are shown; None where there are none."""
    if years is None:
        return None
    report = meting.config.report
    own = Moment(meting.config.meting, (report.period if report else "") or meting.config.meting)
    moments = (*(Moment(before.meting, before.period or before.meting) for before in years.earlier), own)
    estimates = pd.concat([years.own, years.years], ignore_index=True)
    noted = tuple(read_noted((asdict(change) for change in noted_changes(years.onward)), moments))
    return History(moments, estimates, years.apart, meting.config.publication.decimals_from, noted)


def check_tables(meting: Meting | GoalsMonitor, target: str | os.PathLike[str]) -> None:
    """Refuse early what :func:`write_tables` would refuse in the end.

    Raises
    ------
    EstimateError
        For another suffix, or a folder that does not exist.
    ConfigurationError
        When `target` is a file of the measurement.
    """
    if str(target) == "-":
        return
    path = Path(target)
    if path.suffix not in SUFFIXES:
        known = ", ".join(repr(suffix) for suffix in SUFFIXES)
        raise EstimateError(f"{path}: cannot tell the format from the suffix {path.suffix!r}. Known: {known}.")
    if not path.parent.is_dir():
        raise EstimateError(
            f"{path}: the folder {str(path.parent)!r} does not exist. Make it first, or write elsewhere."
        )
    meting.refuse_input(target)


def comparing(meting: Meting, breakdowns: tuple[str, ...]) -> Meting:
    """Return a measurement that compares the groups of these breakdowns too, so that its tables have letters.

    Raises
    ------
    UnknownNameError
        For a breakdown that the measurement does not have.
    ConfigurationError
        When the measurement has no answers to compare.
    """
    for name in breakdowns:
        if name not in meting.config.breakdowns:
            raise unknown_name(f"{meting.file.name}", "breakdown", name, meting.config.breakdowns)
    if breakdowns and meting.config.estimates:
        raise ConfigurationError(
            f"{meting.file.name}: starts from 'estimates', so there are no answers to compare. Leave --compare out: "
            "comparisons that the estimates have are shown."
        )
    before = meting.config.comparisons
    compared = before.model_copy(update={"by": tuple(dict.fromkeys((*before.by, *breakdowns)))})
    return replace(meting, config=meting.config.model_copy(update={"comparisons": compared}))


def about_meting(meting: Meting, years: Compared | None = None) -> About:
    """Return what the table book of a measurement says of itself and of the years beside it; nothing of today."""
    before = [one.config for one in follow(meting)[:-1]] if years else []
    config, report = meting.config, meting.config.report
    margins = config.weights.margins or ((config.design.strata,) if config.design.strata else ())
    weighted_by = opsomming(_margin(meting, name) for name in margins) if margins else ""
    if config.weights.unit == "employees" and weighted_by:
        weighted_by = f"werknemers per {weighted_by}"
    return About(
        title=config.title,
        source=report.source if report else "",
        coverage_source=report.coverage_source if report else "",
        notice=report.notice if report else "",
        period=report.period if report else "",
        version=f"srsmeting {version('srsmeting')}",
        weighted_by=weighted_by,
        rules=tuple(_rules(meting)),
        decimals_from=config.publication.decimals_from,
        earlier=tuple(
            (one.report.period or one.meting, one.report.source) for one in before if one.report and one.report.source
        ),
    )


def _margin(meting: Meting, name: str) -> str:
    parts = [inside(meting.questionnaire.breakdown(part).label) for part in name.split("*")]
    return " in combinatie met ".join(parts)


def _rules(meting: Meting) -> Iterator[str]:
    """Say when results are not published; a measurement that starts from estimates does not know."""
    if meting.config.estimates:
        return
    rules = meting.config.publication
    least, normal = format_count(rules.min_base), format_count(rules.normal_base)
    if rules.min_base > 1:
        yield f"Uitkomsten van groepen met minder dan {least} respondenten zijn niet gepubliceerd: teken x."
    if rules.normal_base > max(rules.min_base, 1):
        yield f"Uitkomsten van groepen met minder dan {normal} respondenten zijn indicatief: teken u."
    for by, rule in rules.groups.items():
        label = inside(meting.questionnaire.breakdown(by).label)
        response = f" en een respons van ten minste {format_percentage(rule.min_response)}" if rule.min_response else ""
        group = f"ten minste {format_count(rule.min_respondents)} respondenten{response}"
        yield f"Uitkomsten per {label} zijn er alleen bij {group}."
    if rules.min_base > 1 or rules.groups:
        yield "Waar een cijfer dat niet gepubliceerd is uit andere zou volgen, is nog een cijfer weggelaten."
