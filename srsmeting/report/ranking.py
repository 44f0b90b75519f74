"""Sentences that put things in order, on their printed numbers: from large to small, or only the first and the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from srsmeting.presentation.formats import format_procent
from srsmeting.presentation.words import opsomming, sentence_start
from srsmeting.report.numbers import Value
from srsmeting.rounding import percentage


@dataclass(frozen=True)
class Ranked:
    """Something with a number, to be put in order.

    Parameters
    ----------
    name
        As it stands inside a sentence.
    printed
        The number as printed: what is compared.
    text
        The number with its unit.
    """

    name: str
    printed: Decimal
    text: str


def share_ranked(name: str, value: Value, decimals: int = 0) -> Ranked | None:
    """Make an entry out of a share; None where there is no number."""
    if value.number is None:
        return None
    return Ranked(name, percentage(value.number, decimals), format_procent(value.number, decimals))


def ranking(lead: str, entries: Sequence[Ranked | None], what: str = "uitkomsten") -> str:
    """Return a sentence that names things from large to small.

    Parameters
    ----------
    lead
        The start of the sentence, up to the first thing: "Het vaakst noemen zij".
    entries
        The things, in declared order; None for one without a number.
    what
        What the things are called, plural.

    Returns
    -------
    str
        What is first; equal ones together ("elk 33 procent"). What prints as 0 is not ranked. Where any number is
        missing nothing is ranked, because the missing one could be the first.

    Examples
    --------
    >>> a, b = Ranked("a", Decimal(33), "33 procent"), Ranked("b", Decimal(33), "33 procent")
    >>> ranking("Het vaakst noemen zij", [a, b, Ranked("c", Decimal(5), "5 procent")])
    'Het vaakst noemen zij a en b (elk 33 procent), gevolgd door c (5 procent).'
    """
    known = [entry for entry in entries if entry is not None]
    if len(known) < len(entries):
        return "De volgorde is niet te geven, omdat niet alle uitkomsten zijn gepubliceerd."
    chosen = sorted((entry for entry in known if entry.printed > 0), key=lambda entry: -entry.printed)
    if not chosen:
        return f"Geen van de {what} haalt 1\u00a0procent."
    first = [entry for entry in chosen if entry.printed == chosen[0].printed]
    rest = chosen[len(first) :]
    each = "elk " if len(first) > 1 else ""
    text = f"{lead} {opsomming([entry.name for entry in first])} ({each}{first[0].text})"
    if rest:
        text += f", gevolgd door {opsomming([f'{entry.name} ({entry.text})' for entry in rest])}"
    return f"{text}."


def extremes(what: str, entries: Sequence[Ranked | None], article: str = "", every: str = "in elke groep") -> str:
    """Return a sentence that names where a number is highest and where lowest.

    Parameters
    ----------
    what
        The subject, with its article: "het gemiddelde".
    entries
        The groups in which someone answered, in declared order; None for one of which the number is not published.
    article
        What stands before the number: "een " for marks.
    every
        What is said of groups that are all alike.

    Returns
    -------
    str
        Groups that print alike are named together, each behind its own "bij", so that a name may hold commas and "en".
        Where some are not published the sentence says that it is about the others.

    Examples
    --------
    >>> a, b = Ranked("ziekenhuizen", Decimal("7.7"), "7,7"), Ranked("ggz", Decimal("7.2"), "7,2")
    >>> extremes("het gemiddelde", [a, b], "een ")
    'Het gemiddelde is met een 7,7 het hoogst bij ziekenhuizen en met een 7,2 het laagst bij ggz.'
    """
    known = [entry for entry in entries if entry is not None]
    if not known:
        return f"Per groep is {subject(what)} niet {'gepubliceerd' if entries else 'bekend'}."
    if len(known) == 1:
        only = "" if len(entries) == 1 else "alleen gepubliceerd "
        where = f"{only}bij {known[0].name}{':' if only else ''}"
        return f"{sentence_start(subject(what))} is {where} {article}{known[0].text}."
    whole = len(known) == len(entries)
    start = sentence_start(f"{subject(what)} is" if whole else f"voor zover gepubliceerd is {subject(what)}")
    high, low = max(entry.printed for entry in known), min(entry.printed for entry in known)
    if high == low:
        return f"{start} {every} {article}{known[0].text}."
    top = [entry for entry in known if entry.printed == high]
    bottom = [entry for entry in known if entry.printed == low]
    return (
        f"{start} met {article}{top[0].text} het hoogst {near(entry.name for entry in top)} en met "
        f"{article}{bottom[0].text} het laagst {near(entry.name for entry in bottom)}."
    )


def subject(what: str) -> str:
    """Return a subject as it stands before its verb: behind a clause comes a comma.

    Examples
    --------
    >>> subject("het gemiddelde"), subject("het deel dat een rol ziet")
    ('het gemiddelde', 'het deel dat een rol ziet,')
    """
    return f"{what}," if any(word in what.split() for word in ("dat", "die")) else what


def near(names: Iterable[str]) -> str:
    """Name groups, each behind its own "bij": a name may hold commas and "en"."""
    return opsomming([f"bij {name}" for name in names])
