"""Proof-reading a report: what is typed and could be untrue, what is not referred to, what disagrees, what changes.

Nothing here looks at the look of a report, and nothing changes it. A line that is right as it is carries a mark in the
source, with the reason: ``<!-- proof: ok, the name of a law -->``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from srsmeting.errors import Fault, RenderError
from srsmeting.proofing.changes import changed_sentences
from srsmeting.proofing.evaluate import Evaluated, evaluate
from srsmeting.proofing.exhibits import unreferred
from srsmeting.proofing.source import Marks, read_marks
from srsmeting.proofing.spelling import not_as_named, written_in_two_ways
from srsmeting.proofing.starts import begun_with_digits
from srsmeting.proofing.typed import typed_by_hand
from srsmeting.render.book import Book, read_book
from srsmeting.render.document import Prose
from srsmeting.report import open_report
from srsmeting.report.goals import GoalsReport
from srsmeting.report.numbers import NAMED

__all__ = ["proof_report"]


def proof_report(
    report: Path,
    *,
    bundle: Path | None = None,
    against: Path | None = None,
    disagreeing: Mapping[str, str] | None = None,
) -> list[Fault]:
    """Proof-read a report.

    Parameters
    ----------
    report
        Folder of a Quarto book project.
    bundle
        Folder with the figures of the report. With it, cells are run, so that all exhibits are known; and an answer or
        a statement may be named as the questionnaire names it ("geen enkel effect").
    against
        Folder with other figures: the sentences that change are listed.
    disagreeing
        Per key of a row of the estimate frame (its seven parts joined by ``|``) how it disagrees with what was
        published: sentences that print it are listed.

    Returns
    -------
    list of Fault
        What a person must look at, by file and line; empty where there is nothing.

    Raises
    ------
    RenderError
        When the report cannot be read, or a cell of it fails on the figures.
    """
    shown = report.as_posix()
    if not (report / "_quarto.yml").is_file():
        raise RenderError(f"{shown}: no '_quarto.yml' here. Give the folder of a Quarto book project.")
    # A report says more of a measurement that was preceded by another: it is read as it will be rendered.
    profile = "" if bundle is None else getattr(open_report(bundle), "profile", "")
    book = read_book(report, shown, profile)
    marks = read_marks(book)
    now = None if bundle is None else evaluate(book, bundle)
    labels = [] if bundle is None else _labels(bundle)
    found = [
        *typed_by_hand(book, labels),
        *written_in_two_ways(book),
        *unreferred(book, None if now is None else now.cells),
    ]
    if now is not None and bundle is not None:
        found += [*not_as_named(book, _names(bundle)), *begun_with_digits(book, now.inline)]
    if now is not None and disagreeing:
        found += _disagreeing(book, now, disagreeing)
    found = [fault for fault in found if not marks.excuse(fault.file, fault.line or 0)]
    found += _idle(marks)
    if now is not None and against is not None:
        found += changed_sentences(book, now.inline, evaluate(book, against, strict=False).inline)
    order = {file: place for place, file in enumerate(_files(book))}
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda fault: (order.get(fault.file, len(order)), fault.line or 0))


def _names(bundle: Path) -> list[str]:
    """Return the labels that are names."""
    report = open_report(bundle)
    if isinstance(report, GoalsReport):
        return [unit.label for unit in report.monitor.units]
    questions = report.questionnaire.questions
    return [one.label for question in questions if question.id in NAMED for one in question.categories]


def _labels(bundle: Path) -> list[str]:
    """Return the labels of more than one word, longest first."""
    report = open_report(bundle)
    if isinstance(report, GoalsReport):
        labels = {one.label for _, named in report.monitor.config.named for one in named}
    else:
        labels = {
            label
            for question in report.questionnaire.questions
            for label in (*question.labels.values(), *(item.label for item in question.items))
        }
    return sorted((label for label in labels if " " in label), key=lambda name: (-len(name), name))


def _disagreeing(book: Book, now: Evaluated, disagreeing: Mapping[str, str]) -> Iterator[Fault]:
    for chapter in (*book.chapters, *book.appendices):
        said = iter(now.inline[chapter.path])
        for part in chapter.parts:
            for _, line in part.expressions() if isinstance(part, Prose) else ():
                value = next(said)
                for key in value.keys:
                    if why := disagreeing.get(key):
                        text = value.text.replace("\u00a0", " ")
                        message = f"‘{text}’ is not what was published: {why}."
                        yield Fault(line.file, message, line.number, value=key, rule="published")


def _idle(marks: Marks) -> Iterator[Fault]:
    for (file, line), reason in marks.reasons.items():
        if not reason:
            message = "the mark has no reason. Write <!-- proof: ok, and why -->."
            yield Fault(file, message, line, rule="mark")
        elif (file, line) not in marks.used:
            yield Fault(file, "the mark excuses nothing on this line. Take it out.", line, rule="mark")


def _files(book: Book) -> Iterator[str]:
    for chapter in (*book.chapters, *book.appendices):
        yield from dict.fromkeys(line.file for line in chapter.lines)
