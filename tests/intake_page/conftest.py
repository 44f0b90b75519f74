"""A report made by hand: what the page shows can be counted in it."""

import datetime as dt

import pandas as pd
import pytest

from srsmeting.intake import IntakeReport
from srsmeting.intake.checks.findings import Finding, checks_frame, findings_frame

_INT = "Int64"


def frame(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    names = columns.split()
    found = pd.DataFrame(rows, columns=names)
    numbers = {"rows", "cells", "asked", "answered", "empty", "not_asked", "dont_know", "line", "respondents", "frame"}
    return found.astype({name: _INT if name in numbers | {"filled"} else "str" for name in names})


@pytest.fixture
def report() -> IntakeReport:
    findings = [
        Finding("left_empty", "cijfer", 1, "1 respondent liet de vraag open."),
        Finding("nothing_answered", "", 1, "1 respondent verstuurde de vragenlijst zonder één antwoord. Regel 9."),
        Finding("left_empty", "effect", 2, "2 respondenten lieten de vraag open."),
    ]
    return IntakeReport(
        title="Peiling <2026>",
        file="antwoorden & meer.csv",
        format="LimeSurvey, antwoorden als codes (CSV)",
        sha256="0f" * 32,
        size=1204,
        notes=("Cellen gescheiden door een puntkomma.",),
        lost=("Niet gesteld en opengelaten zijn allebei een lege cel.",),
        flow=frame(
            "step reason rows",
            ("received", "", 12),
            ("set_aside", "incomplete", 1),
            ("set_aside", "dubbel ingevuld", 1),
            ("used", "complete", 9),
            ("used", "partial", 1),
        ),
        questions=frame(
            "question item title asked answered empty not_asked dont_know",
            ("cijfer", "", "Rapportcijfer", 10, 9, 1, 0, 0),
            ("effect", "", "Effecten", 8, 6, 2, 2, 1),
            ("impact", "meer", "Er is meer", 0, 0, 0, 10, 0),
        ),
        findings=findings_frame(findings),
        dropped=frame("column why filled", ("ipaddr", "adres van de computer", 12), ("G01Q07", "open antwoord", 3)),
        cells=frame(
            "step reason cells",
            ("received", "", 1204),
            ("set_aside", "row", 4),
            ("set_aside", "not_asked", 2),
            ("used", "", 1198),
        ),
        corrections=frame(
            "line question old new reason date",
            (4, "cijfer", "1", "10", "typefout", "2026-03-03"),
            (9, "", "", "", "dubbel", "2026-03-04"),
        ),
        response=frame(
            "by group label respondents frame",
            ("", "", "Alle organisaties", 10, 20),
            ("wgo", "noord", "Noord", 6, 5),
            ("wgo", "zuid", "Zuid", 4, 15),
            ("wgo", "oost", "Oost", 0, 0),
        ),
        fieldwork=(dt.date(2026, 2, 28), dt.date(2026, 4, 1)),
        checks=checks_frame(findings, {"frame", "tokens"}),
        manifest="De bestanden zijn die van de verzegeling.",
    )
