"""A proposal of a mapping as a ``mapping.yaml`` for a person to edit: what is sure stands, the rest is a comment."""

from __future__ import annotations

from srsmeting.intake.binding.proposal import Place, Proposal
from srsmeting.yamlfile import quoted


def to_yaml(proposal: Proposal) -> str:
    """Write a proposal as a ``mapping.yaml``."""
    lines = [
        f"# Proposed from {quoted(proposal.name)}. What stands here is used as it stands: check it.",
        "# Lines with '#' are suggestions and do nothing. Take the '#' away from the one that is right.",
    ]
    lines += [f"# Columns that bear a code and need no mapping: {proposal.by_name}."] if proposal.by_name else []
    lines += ["", "columns:" if proposal.sure else "columns: []"]
    lines += [f"  - {_entry(heading, place, mark)}" for heading, (place, mark) in proposal.sure.items()]
    if proposal.unsure:
        lines += ["", "# Not sure. Choose at most one per column:"]
        for heading, found in proposal.unsure.items():
            lines += [
                f"#  - {_entry(heading, place, ';' if place.several else '')}  # {score} %" for place, score in found
            ]
    if proposal.missing:
        lines += ["", "# Without a column:"]
        lines += [f"#  - {_entry('?', place, ';' if place.several else '')}" for place in proposal.missing]
    if proposal.answers:
        lines += [
            "",
            "# Answers that are no answer of the questionnaire. Take away the '#' of 'answers:', too:",
            "#answers:",
        ]
        for question, texts in proposal.answers.items():
            lines.append(f"#  {question}:")
            lines += [
                f"#    {quoted(text)}: {quoted(found[0][0]) if found else '?'}"
                + ("  # " + ", ".join(f"{code} {score} %" for code, score in found) if found else "")
                for text, found in texts.items()
            ]
    if proposal.unknown:
        lines += ["", "# Columns that are like no question. Those that are no part of the measurement:", "#ignore:"]
        lines += [f"#  - {quoted(heading)}" for heading in proposal.unknown]
    return "\n".join(lines) + "\n"


def _entry(heading: str, place: Place, delimiter: str) -> str:
    parts = [f"column: {quoted(heading)}", f"question: {quoted(place.question)}"]
    parts += [f"item: {quoted(place.item)}"] if place.item else []
    parts += [f"option: {quoted(place.option)}"] if place.option else []
    parts += [f"delimiter: {quoted(delimiter)}"] if place.several else []
    return "{" + ", ".join(parts) + "}"
