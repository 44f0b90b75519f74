"""The audit of a measurement: its own figures, and with them those of the measurements before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from srsmeting.auditing import Audit, attackable, audit_figures, rules_of
from srsmeting.crosswalk import common_ground
from srsmeting.disclosure.years import PublishedYear, audit_years
from srsmeting.errors import ConfigurationError
from srsmeting.meting import Meting
from srsmeting.running import run_meting
from srsmeting.years import compare_metings, follow
from srsmeting.years.year import refuse


def audit_meting(meting: Meting, progress: Callable[[str], None] | None = None) -> Audit:
    """Attack the figures that a measurement would publish, and return what can be worked out of the suppressed ones.

    Where it names an ``earlier`` one, readers have that too, and what changed since: the figures of all years are
    attacked together (:func:`audit_years`), and the findings say of which year they are. A weighted measurement is
    attacked by itself; the attack is then given the counts too that are not published beside weighted shares: what it
    does not find then, nobody finds without them.

    Parameters
    ----------
    meting
        The measurement; where it starts from ``estimates``, those are attacked as they are.
    progress
        Called with a short text at every step.

    Raises
    ------
    SrsmetingError
        Whatever the measurements have wrong, or figures that contradict each other.
    """
    metings, run = follow(meting), run_meting(meting, progress)
    apart = _apart(metings)
    if len(metings) < 2 or apart:
        audit = audit_figures(meting, run.estimates, run.counted, progress)
        return replace(audit, unexamined=(*audit.unexamined, *apart))
    compared = compare_metings(metings, progress, run=run)
    years, left = [], []
    for one, frame in zip(metings, compared.published, strict=True):
        shown, told = attackable(one, frame)
        years.append(PublishedYear(shown, one.questionnaire, rules_of(one, frame)))
        left += [f"{what} (of {one.config.meting})" for what in told]
    commons = [common_ground(crosswalk) for crosswalk in compared.onward]
    found = audit_years(years, compared.years, commons, progress=progress)
    return Audit(found, tuple(left), tuple(one.config.meting for one in metings))


def _apart(metings: Sequence[Meting]) -> tuple[str, ...]:
    """Return why years are not attacked together; nothing where they are."""
    what = "what follows from earlier measurements"
    try:
        if len(metings) > 1:
            refuse(metings)
    except ConfigurationError as error:
        return (f"{what}; {error}",)
    weighted = any(one.config.weights.margins or one.config.design.strata for one in metings)
    told = f"{what}: weighted figures are rounded, and so are their changes"
    return (told,) if weighted and len(metings) > 1 else ()
