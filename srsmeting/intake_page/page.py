"""The page itself: the sections of the intake report in the order in which a researcher needs them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pandas as pd

from srsmeting.intake import IntakeReport
from srsmeting.intake.account.conservation import RECEIVED, SET_ASIDE, USED
from srsmeting.intake.account.words import SEVERITIES, WHOLE_RESPONSE, period, reason_of_cell, reason_of_row
from srsmeting.intake.checks.findings import NOTE, WARNING
from srsmeting.intake_page.findings import finding_lists
from srsmeting.intake_page.flow import Stage, draw_flow, tell_flow
from srsmeting.intake_page.tables import Barred, bar_table, plain_table
from srsmeting.presentation.exhibit import escape_html
from srsmeting.presentation.formats import format_count, format_percentage
from srsmeting.presentation.semantic_table import Column

_STYLE = Path(__file__).with_name("page.css")
_INTERNAL = "Intern, niet om te publiceren"


def intake_page(report: IntakeReport) -> str:
    """Return the intake report as one HTML page that needs no other file.

    The same report gives the same page: there is no date in it but those of the data.
    """
    sections = [
        ("bestand", "Het bestand", _file(report)),
        ("bevindingen", "Bevindingen", finding_lists(report)),
        ("rijen", "Van ontvangen naar gebruikt", _rows(report)),
        ("respons", "Respons", _response(report)),
        ("cellen", "Cellen en antwoorden", _cells(report)),
        ("vragen", "Opengelaten per vraag", _questions(report)),
        ("controles", "Gedane controles", _checks(report)),
        ("correcties", "Correcties", _corrections(report)),
        ("weggelaten", "Niet overgenomen", _dropped(report)),
    ]
    filled = [(id, title, blocks) for id, title, parts in sections if (blocks := list(parts))]
    links = "".join(f'<li><a href="#{id}">{title}</a></li>' for id, title, _ in filled)
    body = [_section(id, title, blocks) for id, title, blocks in filled]
    title = escape_html(f"Intakerapport: {report.title}")
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8" />',
            '<meta name="viewport" content="width=device-width, initial-scale=1" />',
            '<meta name="robots" content="noindex" />',
            f"<title>{title}</title>",
            f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>",
            '<a class="skip" href="#inhoud">Naar de inhoud</a>',
            f'<header class="title"><p class="internal">{_INTERNAL}</p>\n<h1>{title}</h1>\n{_verdict(report)}</header>',
            f'<nav aria-label="Inhoud"><ul>{links}</ul></nav>\n<main id="inhoud">',
            *body,
            f"{_signature(report)}\n</main>\n</body>\n</html>\n",
        ]
    )


def _section(id: str, title: str, blocks: list[str]) -> str:
    inner = "\n".join(blocks)
    return f'<section id="{id}" aria-labelledby="{id}-kop">\n<h2 id="{id}-kop">{title}</h2>\n{inner}\n</section>'


def _verdict(report: IntakeReport) -> str:
    used, received = format_count(report.rows_used), format_count(report.rows_received)
    warnings = int((report.findings["severity"] == WARNING).sum())
    if not warnings:
        look = "Er is niets dat iemand moet bekijken."
    else:
        look = (
            f"Er {'is 1 bevinding' if warnings == 1 else f'zijn {format_count(warnings)} bevindingen'} om te bekijken."
        )
    kind = "look" if warnings else "clear"
    return f'<p class="verdict {kind}"><strong>{look}</strong> Van {received} ontvangen rijen tellen er {used} mee.</p>'


def _file(report: IntakeReport) -> Iterator[str]:
    facts = [
        ("Bestand", report.file),
        ("Herkend als", report.format),
        ("Grootte", f"{format_count(report.size)} bytes"),
        ("SHA-256", report.sha256),
        ("Veldwerk", period(report.fieldwork) if report.fieldwork else "de export vertelt niet wanneer"),
        ("Vastgelegd", report.manifest or "niet nagegaan"),
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{escape_html(value)}</dd></div>" for name, value in facts)
    yield f"<dl>{items}</dl>"
    yield from (f"<p>{escape_html(note)}</p>" for note in report.notes)
    if report.lost:
        told = "".join(f"<li>{escape_html(sentence)}</li>" for sentence in report.lost)
        yield f"<h3>Wat deze export niet vertelt</h3>\n<ul>{told}</ul>"


def _rows(report: IntakeReport) -> Iterator[str]:
    flow = report.flow.rename(columns={"rows": "n"})
    aside = tuple((int(n), reason_of_row(why)) for why, n in _of(flow, SET_ASIDE))
    parts = tuple((int(n), reason_of_row(why)) for why, n in _of(flow, USED) if why)
    stages = [
        Stage(report.rows_received, "Rijen ontvangen", aside=aside),
        Stage(report.rows_used, "Rijen gebruikt", parts),
    ]
    yield _figure("flow-rows", "De rijen van het bestand", stages)
    yield "<p>Wat terzijde is gelegd, staat met de reden in de quarantaine.</p>"


def _response(report: IntakeReport) -> Iterator[str]:
    if not len(report.response):
        yield "<p>Er is geen steekproefkader, dus de respons is niet te bepalen.</p>"
        return
    rows, above = [], False
    for by, group, label, count, frame in report.response.itertuples(index=False):
        share = Fraction(int(count), int(frame)) if frame and (group or not by) else None
        above |= share is not None and share > 1
        rate = "niet te bepalen" if share is None else format_percentage(share)
        rows.append(Barred(label, "", share, (format_count(count), format_count(frame), rate), is_total=not by))
    columns = ("Respondenten", "Benaderd", "Respons")
    yield bar_table("responstabel", "Respondenten en benaderde organisaties", "Groep", columns, rows)
    if len(rows) > 1:
        yield "<p>Een respondent telt bij de groep die deze zelf noemt; benaderd telt het steekproefkader.</p>"
    if above:
        yield "<p><strong>Een respons boven 100% kan niet:</strong> antwoorden en steekproefkader verschillen.</p>"
    yield "<p>Percentages van kleine groepen zijn alleen voor wie de meting beheert.</p>"


def _cells(report: IntakeReport) -> Iterator[str]:
    if len(report.cells):
        flow = report.cells.rename(columns={"cells": "n"})
        aside = tuple((int(n), reason_of_cell(why)) for why, n in _of(flow, SET_ASIDE))
        received, used = (int(flow.loc[flow["step"] == step, "n"].sum()) for step in (RECEIVED, USED))
        stages = [Stage(received, "Gevulde cellen ontvangen", aside=aside), Stage(used, "Gevulde cellen gebruikt")]
        yield _figure("flow-cells", "De gevulde cellen van het bestand", stages)
        if len(report.corrections):
            yield "<p>Geteld nadat de correcties zijn toegepast.</p>"
    asked, answered, empty, passed, unsure = (int(n) for n in report.questions.iloc[:, 3:].sum())
    stages = [
        Stage(asked + passed, "Antwoorden mogelijk", aside=((passed, ""),), aside_label="Niet gesteld"),
        Stage(asked, "Gesteld", aside=((empty, ""),), aside_label="Opengelaten"),
        Stage(answered, "Beantwoord", ((unsure, "‘weet niet’"),) if unsure else ()),
    ]
    many = f"{format_count(report.rows_used)} respondenten, {format_count(len(report.questions))} vragen en stellingen"
    yield _figure("flow-answers", f"De antwoorden van {many}", stages)
    yield "<p>Of een vraag gesteld is, volgt uit de routing van de vragenlijst.</p>"


def _questions(report: IntakeReport) -> Iterator[str]:
    rows = []
    for question, item, title, asked, _, empty, passed, unsure in report.questions.itertuples(index=False):
        share = Fraction(int(empty), int(asked)) if asked else None
        cells = (asked, empty, "–" if share is None else format_percentage(share), passed, unsure)
        shown = tuple(cell if isinstance(cell, str) else format_count(cell) for cell in cells)
        rows.append(Barred(title, f"{question}.{item}" if item else question, share, shown))
    columns = ("Gesteld", "Open", "Aandeel open", "Niet gesteld", "Weet niet")
    caption = "Aandeel dat de vraag openliet, van wie haar kreeg"
    yield bar_table("open", caption, "Vraag of stelling", columns, rows)
    yield "<p>‘Weet niet’ is een antwoord en telt bij beantwoord.</p>"


def _checks(report: IntakeReport) -> Iterator[str]:
    columns = [Column("Controle", 55, "left"), Column("Uitkomst", 45, "left")]
    rows = []
    for name, severity, count, why in report.checks[["name", "severity", "count", "not_made"]].itertuples(index=False):
        found = f"{format_count(count)}, {SEVERITIES[severity]}" if not why and count else "niets gevonden"
        rows.append((name, f"niet gedaan: {why}" if why else found))
    if rows:
        yield plain_table("controlelijst", "Elke controle, ook die niets vond", columns, rows)


def _corrections(report: IntakeReport) -> Iterator[str]:
    if not len(report.corrections):
        yield "<p>Er zijn geen correcties toegepast.</p>"
        return
    widths = (("Regel", 8), ("Vraag", 20), ("Was", 13), ("Werd", 13), ("Reden", 28), ("Datum", 18))
    columns = [Column(label, width, "left") for label, width in widths]
    # A response that is set aside is of no question.
    listed = report.corrections.replace({"question": {"": WHOLE_RESPONSE}})
    rows = [[str(cell) for cell in row] for row in listed.itertuples(index=False)]
    yield plain_table(
        "correcties", "Correcties uit corrections.yaml; het bestand zelf is niet gewijzigd", columns, rows
    )


def _dropped(report: IntakeReport) -> Iterator[str]:
    if not len(report.dropped):
        yield "<p>Alle kolommen zijn overgenomen.</p>"
        return
    yield "<p>Van deze kolommen gaat geen waarde verder dan de intake: hier staat hun naam, nooit een waarde.</p>"
    columns = [Column("Kolom", 40, "left"), Column("Reden", 40, "left"), Column("Gevulde cellen", 20)]
    rows = [
        (column, why, "" if pd.isna(filled) else format_count(filled))
        for column, why, filled in report.dropped.itertuples(index=False)
    ]
    yield plain_table("kolommen", "Kolommen die niet zijn overgenomen", columns, rows)


def _figure(id: str, title: str, stages: list[Stage]) -> str:
    told = f'<figcaption id="{id}-text"><strong>{title}.</strong> {escape_html(tell_flow(stages))}</figcaption>'
    return f"<figure>{draw_flow(id, title, stages)}\n{told}</figure>"


def _of(flow: pd.DataFrame, step: str) -> Iterator[tuple[str, int]]:
    yield from flow.loc[flow["step"] == step, ["reason", "n"]].itertuples(index=False, name=None)


def _signature(report: IntakeReport) -> str:
    notes = int((report.findings["severity"] == NOTE).sum())
    seen = f"{format_count(len(report.findings) - notes)} te bekijken en {format_count(notes)} ter kennisgeving"
    lines = "".join(f'<div><dt>{what}</dt><dd class="line"></dd></div>' for what in ("Naam", "Datum", "Handtekening"))
    return (
        '<section id="akkoord" class="sign" aria-labelledby="akkoord-kop">\n<h2 id="akkoord-kop">Akkoord</h2>\n'
        f"<p>Ik heb dit rapport gelezen, met {seen}, en de respons kan zo worden gebruikt.</p>\n"
        f"<dl>{lines}</dl>\n</section>"
    )
