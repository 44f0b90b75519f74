"""The text of a ``meting.yaml``, with comments for whoever fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import yaml

from srsmeting.yamlfile import quoted

#: What a measurement does in the same way as the one before it.
KEPT: Final = (
    *("ignore", "organisation", "partial", "timezone", "breakdowns", "comparisons", "response_by"),
    *("interval", "design", "weights", "publication", "not_comparable"),
)
#: Files that a measurement has or will have, and what there is to say of them.
FILES: Final[Mapping[str, str]] = {
    "questionnaire": "",
    "export": "The export as the survey tool gave it: any file that `srsmeting check` can read.",
    "structure": "The survey itself, as the tool exports it.",
    "mapping": "Which column and which text is which question and answer: `srsmeting map` proposes it.",
    "frame": "A row for every organisation that was invited.",
    "coverage": "Employees in the sector and at members, per branche.",
    "matches": "Which name in the export is which one in the frame: `srsmeting match` proposes it.",
    "corrections": "What is wrong in the export.",
    "coded": "Which themes the open answers are about: `srsmeting code import` writes it, after fieldwork.",
    "earlier": "The measurement before this one, whose figures stand beside these.",
    "crosswalk": "What became of every question of the measurement before: `srsmeting crosswalk propose` makes it.",
    "programme": "Facts of the programme that the survey does not measure.",
    "voices": "Quotations and examples, with who agreed to them.",
}
_REMARKS: Final[Mapping[str, str]] = {
    "breakdowns": 'The groups by which results are shown; two crossed as "regio*branche".',
    "response_by": 'By which the response is shown; "" for that of all together.',
    "comparisons": "Groups that are tested against each other; they are among the breakdowns.",
    "publication": "Below min_base a group is hidden, below normal_base its numbers are marked.",
    "partial": "A response that was not finished counts from this share of its answers on.",
}


def settings_text(
    id: str,
    title: str,
    *,
    files: Mapping[str, str],
    later: Mapping[str, str],
    kept: Mapping[str, Any],
    report: Mapping[str, str],
    about: str,
) -> str:
    """Return the text of a ``meting.yaml``.

    Parameters
    ----------
    id, title
        Of the measurement.
    files
        Name of each file that there is or has to be, by its key.
    later
        Name of each file that there may be: it stands there as a comment.
    kept
        Other settings, by their key.
    report
        Texts of the report, by their key.
    about
        First line, a comment.

    Examples
    --------
    >>> print(settings_text("m", "M", files={"export": "export.csv"}, later={}, kept={"partial": 0.5},
    ...                     report={"source": "Peiling"}, about="A trial."))
    # A trial.
    meting: m
    title: "M"
    <BLANKLINE>
    # The export as the survey tool gave it: any file that `srsmeting check` can read.
    export: "export.csv"
    <BLANKLINE>
    # A response that was not finished counts from this share of its answers on.
    partial: 0.5
    <BLANKLINE>
    # What every report prints beside the numbers.
    report:
      source: "Peiling"
    <BLANKLINE>
    """
    lines = [f"# {about}", f"meting: {quoted(id)}", f"title: {quoted(title)}", ""]
    for key, remark in FILES.items():
        if key in files or key in later:
            lines += [f"# {remark}"] * bool(remark)
            lines.append(f"{key}: {quoted(files[key])}" if key in files else f"# {key}: {later[key]}")
    for key, value in kept.items():
        lines += ["", *([f"# {_REMARKS[key]}"] if key in _REMARKS else []), _dumped({key: value})]
    lines += ["", "# What every report prints beside the numbers.", "report:"]
    lines += [f"  {key}: {quoted(text)}" for key, text in report.items()]
    return "\n".join(lines) + "\n"


def _dumped(data: Mapping[str, Any]) -> str:
    # On one line, but a mapping of one text would be so too.
    style = None if any(isinstance(value, list | dict) for value in data.values()) else False
    text = yaml.safe_dump(dict(data), default_flow_style=style, allow_unicode=True, sort_keys=False, width=110)
    return str(text).rstrip("\n")
