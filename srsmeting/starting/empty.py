"""Empty places: files with everything in them but what is still to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from srsmeting.population import COVERAGE_COLUMNS
from srsmeting.programme import read_programme
from srsmeting.questionnaire import Questionnaire

COVERAGE_HEADER: Final = ",".join(COVERAGE_COLUMNS)

_VOICES: Final = """\
# Quotations and examples of practice, each with who agreed to it. None are taken over from an earlier
# measurement: people agreed to that one. Take the # away below, fill in, and name this file in meting.yaml.
#
# places: [basis, werken_behoud]   # the sections that a report asks for, whether or not there is something yet
# quotations:
#   - id: eerste
#     place: basis
#     role: HR-manager in de ouderenzorg
#     text: Wat er gezegd is.
#     consent: {given: true, on: 2027-05-16}
#     anonymised: true
"""


def empty_frame(known: Sequence[str]) -> str:
    r"""Return a frame without organisations.

    Examples
    --------
    >>> empty_frame(["wgo", "branche"])
    'token,wgo,branche\n'
    """
    return ",".join(["token", *known]) + "\n"


def empty_coverage(questionnaire: Questionnaire, year: str) -> str:
    """Return coverage with a row for every branche, and no counts."""
    rows = [f"{year},,{branche.code},,," for branche in questionnaire.coverage_branches]
    return "\n".join([COVERAGE_HEADER, *rows]) + "\n"


def empty_facts(path: Path, earlier: str) -> str:
    """Return the facts of an earlier measurement by name, each to be filled in anew."""
    facts = read_programme(path).facts
    lines = [
        f"# Facts of the programme, by the names that {earlier} gave them. Take the # away, fill in value, text or",
        "# parts, and name this file in meting.yaml.",
        "#",
        "# facts:",
    ]
    for name, fact in facts.items():
        unit = f", unit: {fact.unit}" if fact.unit else ""
        what = "parts: {}" if fact.parts else "text:" if fact.text else "value:"
        lines.append(f"#   {name}: {{label: {fact.label}{unit}, {what} }}")
    return "\n".join(lines) + "\n"


def empty_voices() -> str:
    """Return a file for quotations, without any."""
    return _VOICES
