"""The intake report in one screen: what came in, what counts, what must be looked at, and where the rest is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

import pandas as pd

from srsmeting.intake.account.conservation import PARTIAL, RECEIVED, SET_ASIDE, USED
from srsmeting.intake.account.report import IntakeReport
from srsmeting.intake.account.words import number, period, reason_of_cell, reason_of_row
from srsmeting.intake.checks.findings import CHECKS, NOTE, WARNING

_WIDTH = 96
_LABEL = 20
_MOST_SHOWN = 8


def summarise(report: IntakeReport, saved: str = "") -> str:
    """Return the report as a few lines of Dutch text for a terminal; findings that need a person first.

    `saved` is where the whole report stands; without one, the last line says how to get it.
    """
    lines = [report.title, "", *_item("Bestand", f"{report.file} ({report.format})")]
    if report.manifest:
        lines += _item("", report.manifest)
    if report.fieldwork:
        lines += _item("Veldwerk", period(report.fieldwork))
    lines += _item("Rijen", _account(report.flow.rename(columns={"rows": "n"}), reason_of_row))
    if len(report.cells):
        lines += _item("Gevulde cellen", _account(report.cells.rename(columns={"cells": "n"}), reason_of_cell))
    if len(report.response):
        all_together = report.response.iloc[0]
        many = f"{number(int(all_together['respondents']))} van {number(int(all_together['frame']))}"
        lines += _item("Respons", f"{many} organisaties in het steekproefkader")
    if len(report.corrections):
        lines += _item("Correcties", number(len(report.corrections)))
    return "\n".join([*lines, *_findings(report), *_next(saved)])


def _account(flow: pd.DataFrame, words: Callable[[str], str]) -> str:
    total = {step: int(flow.loc[flow["step"] == step, "n"].sum()) for step in (RECEIVED, USED, SET_ASIDE)}
    why = ", ".join(
        f"{words(reason)} {number(int(n))}"
        for step, reason, n in flow[["step", "reason", "n"]].itertuples(index=False)
        if step == SET_ASIDE
    )
    partial = int(flow.loc[(flow["step"] == USED) & (flow["reason"] == PARTIAL), "n"].sum())
    of_which = f" (waarvan {number(partial)} {words(PARTIAL)})" if partial else ""
    told = f"{number(total[RECEIVED])} ontvangen = {number(total[USED])} gebruikt{of_which} + "
    return f"{told}{number(total[SET_ASIDE])} terzijde gelegd{f' ({why})' if why else ''}"


def _findings(report: IntakeReport) -> Iterator[str]:
    warnings = report.findings[report.findings["severity"] == WARNING]
    yield ""
    yield from _item("Te bekijken", number(len(warnings)) if len(warnings) else "niets")
    for check, question, message in (
        warnings[["check", "question", "message"]].head(_MOST_SHOWN).itertuples(index=False)
    ):
        about = f"{check}, {question}" if question else check
        yield textwrap.fill(f"{about}: {message}", _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    if len(warnings) > _MOST_SHOWN:
        yield f"  en {len(warnings) - _MOST_SHOWN} andere: zie het rapport."
    notes = report.findings[report.findings["severity"] == NOTE].groupby("check", sort=False)["count"].sum()
    if len(notes):
        yield from _item(
            "Ter kennisgeving", ", ".join(f"{CHECKS[str(check)].name} ({number(int(n))})" for check, n in notes.items())
        )


def _next(saved: str) -> Iterator[str]:
    yield ""
    yield from _item("Het hele rapport", saved or "dezelfde opdracht met --report rapport.html (of .md)")


def _item(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=f"{label:<{_LABEL}}", subsequent_indent=" " * _LABEL, break_long_words=False
    )
