"""The findings on the page: what a person must look at first, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from srsmeting.intake import IntakeReport
from srsmeting.intake.checks.findings import CHECKS, NOTE, WARNING
from srsmeting.intake_page.advice import ADVICE
from srsmeting.presentation.exhibit import escape_html
from srsmeting.presentation.formats import format_count

_HEADS = {WARNING: "Bekijken", NOTE: "Ter kennisgeving"}


def finding_lists(report: IntakeReport) -> Iterator[str]:
    """Yield the findings by severity, and under one check those of all questions."""
    titles = _titles(report.questions)
    if not len(report.findings):
        yield "<p>Er zijn geen bevindingen.</p>"
    for severity, head in _HEADS.items():
        rows = report.findings[report.findings["severity"] == severity]
        if not len(rows):
            continue
        yield f'<h3>{head} ({format_count(len(rows))})</h3>\n<ul class="findings {severity}">'
        order = {check: number for number, check in enumerate(dict.fromkeys(rows["check"]))}
        listed = sorted(rows.itertuples(index=False, name=None), key=lambda row: order[row[0]])
        for check, group in groupby(listed, key=lambda row: row[0]):
            yield _finding(check, [(question, message) for _, _, question, _, message in group], titles)
        yield "</ul>"


def _finding(check: str, found: list[tuple[str, str]], titles: dict[str, str]) -> str:
    name = CHECKS[check].name if check in CHECKS else check
    told = [f"{_about(question, titles)}{escape_html(message)}" for question, message in found]
    text = f"<p>{told[0]}</p>" if len(told) == 1 else f"<ul>{''.join(f'<li>{line}</li>' for line in told)}</ul>"
    advice = (
        f'<p class="todo"><strong>Wat te doen:</strong> {escape_html(ADVICE[check])}</p>' if check in ADVICE else ""
    )
    return f"<li><h4>{escape_html(name[:1].upper() + name[1:])}</h4>{text}{advice}</li>"


def _about(question: str, titles: dict[str, str]) -> str:
    if not question:
        return ""
    title = titles.get(question, "")
    named = (
        f"{escape_html(title)} <code>{escape_html(question)}</code>"
        if title
        else f"<code>{escape_html(question)}</code>"
    )
    return f"{named}: "


def _titles(questions: pd.DataFrame) -> dict[str, str]:
    # A battery has titles for its statements only.
    alone = questions[questions["item"] == ""]
    return dict(zip(alone["question"], alone["title"], strict=True))
