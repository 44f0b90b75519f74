"""The intake report as Markdown: every number of it, to be kept beside the figures."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from numbers import Integral
from typing import TYPE_CHECKING

import pandas as pd

from srsmeting.intake.account.conservation import RECEIVED, SET_ASIDE
from srsmeting.intake.account.words import SEVERITIES, WHOLE_RESPONSE, number, period, reason_of_cell, reason_of_row

if TYPE_CHECKING:
    from srsmeting.intake.account.report import IntakeReport


def as_markdown(report: IntakeReport) -> str:
    """Return the report in Dutch, as Markdown."""
    return (
        "\n\n".join([f"# Intakerapport: {_plain(report.title)}", *_file(report), *_account(report), *_rest(report)])
        + "\n"
    )


def _file(report: IntakeReport) -> Iterator[str]:
    rows = [
        ("Bestand", report.file),
        ("Herkend als", report.format),
        ("Grootte", f"{number(report.size)} bytes"),
        ("SHA-256", report.sha256),
    ]
    if report.fieldwork:
        rows.append(("Veldwerk", period(report.fieldwork)))
    if report.manifest:
        rows.append(("Manifest", report.manifest))
    yield "## Bestand"
    yield _table(("", ""), rows)
    yield from map(_plain, report.notes)
    if report.lost:
        yield "## Wat deze export niet vertelt"
        yield "\n".join(f"- {_plain(sentence)}" for sentence in report.lost)


def _account(report: IntakeReport) -> Iterator[str]:
    yield "## Rijen"
    rows = [(_step(step, why, reason_of_row), n) for step, why, n in report.flow.itertuples(index=False)]
    yield _table(("", "rijen"), rows)
    yield "Ontvangen is gebruikt plus terzijde gelegd. Wat terzijde is gelegd, staat met de reden in de quarantaine."
    if len(report.cells):
        yield "## Cellen"
        cells = [(_step(step, why, reason_of_cell), n) for step, why, n in report.cells.itertuples(index=False)]
        yield _table(("", "gevulde cellen"), cells)
    if len(report.response):
        yield "## Respons"
        response = report.response[["label", "respondents", "frame"]]
        yield _table(("", "respondenten", "in het steekproefkader"), response.itertuples(index=False))


def _rest(report: IntakeReport) -> Iterator[str]:
    findings = [
        (SEVERITIES[severity], check, question, count, message)
        for check, severity, question, count, message in report.findings.itertuples(index=False)
    ]
    yield "## Bevindingen"
    yield _table(("", "controle", "vraag", "aantal", "bevinding"), findings) if findings else "Geen."
    if len(report.checks):
        yield "## Controles"
        checks = report.checks[["name", "check", "severity", "count", "not_made"]]
        rows = [
            (name, check, SEVERITIES[severity], f"niet gedaan: {why}" if why else count)
            for name, check, severity, count, why in checks.itertuples(index=False)
        ]
        yield _table(("naam", "controle", "ernst", "aantal"), rows)
    if len(report.corrections):
        yield "## Correcties"
        # A response that is set aside is of no question.
        listed = report.corrections.replace({"question": {"": WHOLE_RESPONSE}})
        yield _table(("regel", "vraag", "was", "werd", "reden", "datum"), listed.itertuples(index=False))
    questions = [
        (f"{question}.{item}" if item else question, *rest)
        for question, item, *rest in report.questions.itertuples(index=False)
    ]
    yield "## Vragen"
    yield _table(("vraag", "titel", "gesteld", "beantwoord", "opengelaten", "niet gesteld", "weet niet"), questions)
    yield "Gesteld en niet gesteld volgen uit de routing van de vragenlijst; ‘weet niet’ is een antwoord."
    yield "## Niet overgenomen"
    yield _table(("kolom", "reden", "gevulde cellen"), report.dropped.itertuples(index=False))


def _step(step: str, why: str, words: Callable[[str], str]) -> str:
    if step == SET_ASIDE:
        return f"Terzijde gelegd: {words(why)}"
    if step == RECEIVED:
        return "Ontvangen"
    return f"Gebruikt: {words(why)}" if why else "Gebruikt"


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    body = [[_cell(cell) for cell in row] for row in rows]
    rule = ["---:" if body and all(_is_number(row[n]) for row in body) else "---" for n in range(len(heads))]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, rule, *body])


def _cell(cell: object) -> str:
    if cell is pd.NA:
        return ""
    return number(int(cell)) if isinstance(cell, Integral) else _plain(str(cell))


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").isdigit()


def _plain(text: str) -> str:
    # Labels, headings and file names are other people's: they must not break out of their cell, be HTML or a link.
    shown = html.escape(text, quote=False).replace("\\", "\\\\")
    return " ".join(shown.replace("|", "\\|").replace("](", "]\\(").split())
