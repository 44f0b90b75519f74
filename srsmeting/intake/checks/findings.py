"""One finding: something in a file that was let in, and that a person should know or look at.

A fault keeps the export out (it becomes an IntakeError with all the others); a finding lets it in and goes into the
report. Findings are in Dutch: they are printed in the intake report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.intake.account.rows import frame_of
from srsmeting.intake.raw import Lines

#: It is as surveys are.
NOTE: Final = "note"
#: A person must look.
WARNING: Final = "warning"
#: The export is not let in; the check is the `rule` of the faults in the error.
FAULT: Final = "fault"
_LINES_SHOWN = 5


Severity: TypeAlias = Literal["note", "warning", "fault"]


class Check(NamedTuple):
    """How serious it is when a check finds something, what the check is called in Dutch, and what it cannot do without.

    `needs` are of :data:`NEEDS`; empty for a check that is made of every export.
    """

    severity: Severity
    name: str
    needs: tuple[str, ...] = ()


#: What some checks need, as the report says it of a check that could not be made.
NEEDS: Final[Mapping[str, str]] = {
    "manifest": "de bestanden zijn niet vastgelegd (srsmeting check --seal)",
    "frame": "er is geen steekproefkader",
    "tokens": "export en steekproefkader hebben geen tokens gemeen",
    "names": "export en steekproefkader hebben geen namen van organisaties gemeen",
    "identity": "respondenten zijn niet aan het steekproefkader te koppelen",
    "organisations": "geen kolom met namen van organisaties opgegeven",
    "moments": "de export heeft geen tijdstippen",
    "times": "de export heeft geen begin- en eindtijden",
    "durations": "minder dan twintig voltooide responsen hebben een tijdsduur",
    "battery": "geen vraag heeft vijf of meer stellingen",
    "shown": "de export vertelt niet wat getoond is",
    "labels": "de export heeft geen labels bij de waarden",
}

#: Every check there is. A finding belongs to one of them; what a fault keeps out, gives no report.
CHECKS: Final[Mapping[str, Check]] = {
    "missing_column": Check(FAULT, "vraag zonder kolom"),
    "unknown_column": Check(FAULT, "kolom die niet in de vragenlijst staat"),
    "unknown_code": Check(FAULT, "waarde die geen antwoord is"),
    "out_of_range": Check(FAULT, "cijfer buiten het bereik"),
    "not_a_number": Check(FAULT, "waarde die geen getal is"),
    "double_id": Check(FAULT, "respondent die dubbel voorkomt"),
    "double_token": Check(FAULT, "token van meer dan één respons die telt"),
    "file_changed": Check(WARNING, "bestand anders dan vastgelegd", ("manifest",)),
    "encoding": Check(WARNING, "tekst die geen UTF-8 is"),
    "cut_off": Check(WARNING, "tekst of werkblad dat kan zijn afgekapt"),
    "row_of_sums": Check(NOTE, "laatste rij die de rijen erboven optelt"),
    "answer_not_asked": Check(WARNING, "antwoord op een vraag die niet is gesteld"),
    "shown_not_asked": Check(WARNING, "vraag getoond die de routing overslaat", ("shown",)),
    "asked_not_shown": Check(NOTE, "vraag niet getoond die de routing stelt", ("shown",)),
    "left_empty": Check(NOTE, "vraag opengelaten"),
    "nothing_answered": Check(WARNING, "verstuurd zonder antwoord"),
    "exclusive_with_others": Check(WARNING, "‘geen van deze’ samen met een ander antwoord"),
    "other_not_chosen": Check(WARNING, "tekst bij ‘anders’ zonder dat te kiezen"),
    "text_among_answers": Check(WARNING, "tekst tussen de antwoorden, gelezen als ‘anders’"),
    "formula_in_text": Check(WARNING, "tekst die een formule is"),
    "label_differs": Check(NOTE, "antwoord anders verwoord dan in de vragenlijst", ("labels",)),
    "label_of_another": Check(WARNING, "antwoord verwoord als een ander antwoord", ("labels",)),
    "personal_data": Check(NOTE, "persoonsgegevens in teksten"),
    "more_than_frame": Check(WARNING, "meer responsen dan organisaties in het steekproefkader", ("frame",)),
    "no_tokens": Check(NOTE, "export zonder tokens", ("frame",)),
    "token_missing": Check(WARNING, "respondent zonder token", ("frame", "tokens")),
    "token_not_in_frame": Check(WARNING, "token dat niet in het steekproefkader staat", ("frame", "tokens")),
    "frame_mismatch": Check(WARNING, "antwoord dat van het steekproefkader verschilt", ("frame", "identity")),
    "organisation_differs": Check(WARNING, "andere organisatie dan die van het token", ("frame", "tokens", "names")),
    "organisation_missing": Check(WARNING, "respondent zonder naam van de organisatie", ("frame", "names")),
    "organisation_ambiguous": Check(WARNING, "naam die vaker in het steekproefkader staat", ("frame", "names")),
    "organisation_not_in_frame": Check(
        WARNING, "organisatie die niet in het steekproefkader staat", ("frame", "names")
    ),
    "double_organisation": Check(WARNING, "meer responsen van één organisatie", ("organisations",)),
    "straight_lining": Check(NOTE, "bij alle stellingen hetzelfde antwoord", ("battery",)),
    "too_fast": Check(NOTE, "veel sneller ingevuld dan gewoon", ("durations",)),
    "end_before_start": Check(WARNING, "eerder klaar dan begonnen", ("times",)),
    "moment_unreadable": Check(NOTE, "tijdstip dat niet te lezen is", ("moments",)),
}


@dataclass(frozen=True)
class Finding:
    """Of which check, about which question ("" for none), how many respondents, and what."""

    check: str
    question: str
    count: int
    message: str

    @property
    def severity(self) -> Severity:
        """How serious it is."""
        return CHECKS[self.check].severity


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """Return findings as a frame, warnings first.

    Returns
    -------
    DataFrame
        check, severity, question and message are text, count is Int64.

    Examples
    --------
    >>> findings_frame([Finding("left_empty", "cijfer", 4, "4 respondenten lieten de vraag open.")])
            check severity question  count                               message
    0  left_empty     note   cijfer      4  4 respondenten lieten de vraag open.
    """
    ordered = sorted(findings, key=lambda finding: finding.severity != WARNING)
    rows = [(found.check, found.severity, found.question, found.count, found.message) for found in ordered]
    dtypes = {"check": "str", "severity": "str", "question": "str", "count": "Int64", "message": "str"}
    return frame_of(rows, dtypes)


def checks_frame(findings: Sequence[Finding], have: Collection[str]) -> pd.DataFrame:
    """Return every check there is, with what it found; also those that found nothing or could not be made.

    `have` names what of :data:`NEEDS` there was.

    Returns
    -------
    DataFrame
        In the order of :data:`CHECKS`: ``check``, ``name`` and ``severity`` (text); ``count`` (Int64), the sum of what
        its findings count, missing for a check that was not made; and ``not_made``, the reason of that (Dutch, "" when
        it was made).

    Examples
    --------
    >>> checks = checks_frame([Finding("left_empty", "cijfer", 4, "…"), Finding("left_empty", "fte", 2, "…")], ())
    >>> checks.loc[checks["check"].isin(["left_empty", "nothing_answered", "token_missing"]), "count"].tolist()
    [6, 0, <NA>]
    """
    counts: Counter[str] = Counter()
    for found in findings:
        counts[found.check] += found.count
    rows = []
    for id, (severity, name, needs) in CHECKS.items():
        lacking = next((NEEDS[need] for need in needs if need not in have), "")
        rows.append((id, name, severity, None if lacking else counts[id], lacking))
    dtypes = {"check": "str", "name": "str", "severity": "str", "count": "Int64", "not_made": "str"}
    return frame_of(rows, dtypes)


def respondents(count: int, verb: str, plural: str) -> str:
    """Begin a sentence about so many respondents.

    Examples
    --------
    >>> respondents(1, "liet", "lieten"), respondents(12, "liet", "lieten")
    ('1 respondent liet', '12 respondenten lieten')
    """
    return f"1 respondent {verb}" if count == 1 else f"{count} respondenten {plural}"


def where(rows: npt.NDArray[np.intp], lines: Lines) -> str:
    """Say on which lines of the file these rows stand; the first five are enough to find the kind.

    Examples
    --------
    >>> where(np.array([0, 2]), np.array([2, 4, 5])), where(np.arange(7), np.arange(2, 9))
    ('Regels 2, 5.', 'Regels 2, 3, 4, 5, 6 en 2 andere.')
    """
    shown = ", ".join(str(lines[row]) for row in rows[:_LINES_SHOWN])
    more = f" en {len(rows) - _LINES_SHOWN} andere" if len(rows) > _LINES_SHOWN else ""
    return f"{'Regel' if len(rows) == 1 else 'Regels'} {shown}{more}."
