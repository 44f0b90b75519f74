"""The lines beneath an exhibit of years: whom it is about, what a sign means, and why years are not compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from srsmeting.presentation.formats import format_count
from srsmeting.presentation.outcomes import inside
from srsmeting.presentation.words import opsomming
from srsmeting.presentation.years.moment import Moment
from srsmeting.presentation.years.noted import Noted
from srsmeting.presentation.years.series import STAR, Series
from srsmeting.questionnaire import Questionnaire

#: How a change is worked out.
UNIT: Final = "Veranderingen zijn in procentpunten, berekend vóór afronding."
_UNIT_MIXED: Final = "Veranderingen zijn in procentpunten, bij een cijfer in punten, berekend vóór afronding."
_UNIT_MEANS: Final = "Veranderingen zijn berekend vóór afronding."
#: What the star means.
STARRED: Final = f"{STAR} = significante verandering (p < 0,05, gecorrigeerd voor het aantal toetsen in de pijler)."
#: What is said where nothing has a star.
NONE: Final = "Geen van de veranderingen is significant (p < 0,05, gecorrigeerd voor het aantal toetsen in de pijler)."


def years_base(questionnaire: Questionnaire, series: Sequence[Series]) -> str:
    """Say who was asked, and how many answered in each year.

    Returns
    -------
    str
        "Basis: alle respondenten (2021: n = 301; 2022: n = 298)."; of several questions only the numbers. Who was asked
        is said of the years since it is these.
    """
    told = []
    since = max((at for at, step in enumerate(series[0].steps, 1) if step.others_asked), default=0)
    others = 0
    for at, point in enumerate(series[0].points):
        bases = sorted({base for one in series if (base := one.points[at].base) is not None})
        if bases:
            span = format_count(bases[0]) + (f" tot {format_count(bases[-1])}" if bases[1:] else "")
            told.append(f"{point.moment.period}: n\u00a0=\u00a0{span}")
            others += at < since
    questions = {one.name[0] for one in series}
    if len(questions) > 1:
        return f"Respondenten die de vraag beantwoordden: {'; '.join(told)}." if told else ""
    who = questionnaire.explain(series[0].name[0])
    now, then = told[others:], told[:others]
    asked = f"Basis: {who} ({'; '.join(now)})." if now else f"Basis: {who}."
    return f"{asked} Eerder is de vraag aan anderen gesteld ({'; '.join(then)})." if then else asked


def years_notes(series: Sequence[Series]) -> tuple[str, ...]:
    """Return what must be known to read years beside each other, the signs apart."""
    steps = [step for one in series for step in (*one.steps, *([one.trend] if one.trend else []))]
    if not any(step.number is not None for step in steps):
        return (*apart_notes(series), *noted_notes(series))
    means = [one.is_mean for one in series]
    unit = _UNIT_MEANS if all(means) else _UNIT_MIXED if any(means) else UNIT
    starred = any(STAR in step.printed.mark for step in steps)
    tested = any(step.is_tested for step in steps)
    told = STARRED if starred else NONE if tested else "Of een verandering meer is dan toeval, is niet getoetst."
    return (unit, told, *apart_notes(series), *noted_notes(series))


def apart_notes(series: Sequence[Series]) -> Iterator[str]:
    """Say which years are not compared, and why: once for all figures that it holds for."""
    found: dict[tuple[Moment, Moment, str, str], list[Series]] = {}
    for one in series:
        told = any(step.why for step in one.steps)
        for step in one.steps:
            # What has other codes now is not there for any earlier year; why is said of the year in which they came.
            if step.verdict in ("break", "no") and (step.why or not told):
                found.setdefault((step.earlier, step.later, step.verdict, step.why), []).append(one)
    for (earlier, later, verdict, why), hit in found.items():
        what = "Trendbreuk tussen" if verdict == "break" else "Niet te vergelijken:"
        lead = f"{what} {earlier.period} en {later.period}"
        if len(hit) < len(series):
            lead += f" bij {_named(hit, series)}"
        yield f"{lead}: {inside(why)}" if why else f"{lead}."


def noted_notes(series: Sequence[Series]) -> Iterator[str]:
    """Say what changed in what was asked, of figures that are compared all the same, and why they are."""
    found: dict[Noted, list[Series]] = {}
    for one in series:
        for step in one.steps:
            for note in step.noted if step.number is not None else ():
                found.setdefault(note, []).append(one)
    for note, hit in found.items():
        lead = f"Wel vergeleken, al veranderde er iets tussen {note.earlier.period} en {note.later.period}"
        if len(hit) < len(series):
            lead += f" bij {_named(hit, series)}"
        yield f"{lead}: {inside(note.told)}"


def _named(hit: Sequence[Series], series: Sequence[Series]) -> str:
    questions = {one.name[:2] for one in series}
    names = dict.fromkeys(one.called if len(questions) > 1 else one.answer for one in hit)
    return opsomming(f"‘{name}’" for name in names)
