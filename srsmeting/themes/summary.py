"""What came of coding, in Dutch, in a screenful: how far two coders agree, and what is left to do."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import percentage, round_half_up
from srsmeting.themes.agreement import Agreement
from srsmeting.themes.coded import NO_THEME
from srsmeting.themes.meeting import Outcome, coder_names
from srsmeting.themes.reading import FilledIn

#: How an alpha is read: K. Krippendorff, *Content Analysis*, on standards for reliability data.
GUIDE = (
    "Krippendorffs alfa is 1 bij volledige overeenstemming en 0 bij wat toeval oplevert. Vuistregel: vanaf 0,80",
    "zijn de codes betrouwbaar; van 0,67 tot 0,80 is er ruimte voor voorzichtige conclusies.",
)


def summarise_coding(questionnaire: Questionnaire, outcome: Outcome, coders: Sequence[FilledIn]) -> str:
    """Return what came of coding as lines of text.

    Parameters
    ----------
    questionnaire
        Its codebooks.
    outcome
        As :func:`.meeting.settle` gives it.
    coders
        The workbooks.
    """
    names = coder_names(coders)
    lines = []
    for question, codes in outcome.codes.items():
        disputed, uncoded = outcome.disputed[question], outcome.uncoded[question]
        themes = sum(any(code not in NO_THEME for code in given) for given in codes.values())
        total = len(codes) + len(disputed) + len(uncoded)
        lines += ["", f"{question}: {_many(total, 'antwoord', 'antwoorden')}"]
        lines.append(f"  {len(codes)} met een code die vaststaat, waarvan {themes} met een thema")
        if disputed:
            lines.append(f"  {len(disputed)} waarover de codeurs verschillen")
        if uncoded:
            lines.append(f"  {len(uncoded)} nog zonder code, zoals {', '.join(sorted(uncoded)[:3])}")
        for agreement in outcome.agreements:
            if agreement.question == question:
                lines += _agreement(agreement, names)
    lines += ["", *GUIDE] if outcome.agreements else []
    remarks = sum(coder.remarks for coder in coders)
    if remarks:
        lines += ["", f"{_many(remarks, 'opmerking', 'opmerkingen')} van codeurs; lees die in hun bestanden."]
    if outcome.left_out:
        lines += ["", f"Niet gecodeerd: {', '.join(outcome.left_out)}."]
    return "\n".join([f"Open antwoorden van {questionnaire.meting}, gecodeerd door {' en '.join(names)}", *lines])


def _agreement(agreement: Agreement, names: Sequence[str]) -> Iterator[str]:
    if not agreement.answers:
        yield "  geen antwoord is door beide codeurs gecodeerd"
        return
    part = f"{agreement.same} van {agreement.answers} ({percentage(agreement.percent)}%)"
    yield f"  dezelfde codes bij {part}; alfa over hele antwoorden {_alpha(agreement.alpha)}"
    width = max(len(theme.theme) for theme in agreement.themes)
    heads = [*names, "beiden"]
    widths = [max(len(head), 6) for head in heads]
    titles = "  ".join(f"{head:>{size}}" for head, size in zip(heads, widths, strict=True))
    yield f"    {'':{width}}  {titles}    alfa"
    for theme in agreement.themes:
        counts = (theme.first, theme.second, theme.both)
        numbers = "  ".join(f"{count:>{size}}" for count, size in zip(counts, widths, strict=True))
        yield f"    {theme.theme:{width}}  {numbers}  {_alpha(theme.alpha):>6}"


def _alpha(alpha: float) -> str:
    return "-" if math.isnan(alpha) else str(round_half_up(alpha, 2)).replace(".", ",")


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
