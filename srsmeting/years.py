"""Years side by side: what became of every figure that may be compared, and what may not be.

Each year keeps its own figures, on its own base. What changed is estimated on what the crosswalk between two years
declares comparable, and nothing else; whoever answered both times is found in the frames of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from srsmeting.crosswalk import Common, Crosswalk, common_ground, harmonise, read_crosswalk
from srsmeting.crosswalk.reading import check_order
from srsmeting.errors import ConfigurationError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.estimation import (
    Design,
    PublicationRules,
    apply_publication_rules,
    estimate_means,
    estimate_shares,
    response_rates,
)
from srsmeting.estimation.change import Wave, composition_changes, estimate_changes, link_waves, panel_changes
from srsmeting.intake import Intake
from srsmeting.meting import Meting, Progress, Run, organisations_of, run_meting, silent
from srsmeting.population import ORGANISATION, Population

#: Column of the frame that tells organisations apart where they have no names.
_KEY: Final = "token"


#: Status and reason of a change that may not be computed, by what the crosswalk says.
_SAID: Final = {"break": ("B", "trend_break"), "no": ("M", "not_comparable")}


@dataclass(frozen=True)
class Year:
    """A measurement that has been run, with the frame that its respondents are from."""

    meting: Meting
    run: Run
    intake: Intake
    population: Population

    @property
    def id(self) -> str:
        """Id of the measurement."""
        return self.meting.config.meting


@dataclass(frozen=True)
class Compared:
    """What came of a comparison.

    Parameters
    ----------
    estimates
        The estimate frame: the figures of every year, and of each two years that follow each other the change.
    apart
        What may not be compared: ``earlier`` and ``later`` (ids of the measurements), and the columns of
        :meth:`Crosswalk.set_apart`.
    overlaps
        Per two years, in words, how many organisations answered both times.
    """

    estimates: pd.DataFrame
    apart: pd.DataFrame
    overlaps: tuple[str, ...]


def compare_metings(metings: Sequence[Meting], progress: Progress | None = None) -> Compared:
    """Compare measurements of two or more years, each with the one before it.

    Parameters
    ----------
    metings
        Earliest first; each but the first names its ``crosswalk`` with the one before.
    progress
        Called with a short text at every step.

    Raises
    ------
    SrsmetingError
        For fewer than two measurements, two with one id, years in the wrong order, a measurement without answers or a
        crosswalk, or one that is weighted; and whatever the files of the measurements have wrong.
    """
    tell = progress or silent
    if len(metings) < 2:
        raise ConfigurationError("compare: there is one measurement. Name two or more, the earliest first.")
    pairs = list(pairwise(metings))
    # Everything that can be refused is, before anything is computed.
    crosswalks = [_crosswalk(earlier, later) for earlier, later in pairs]
    for meting in metings:
        _refuse(meting)
    years = [_run(meting, tell) for meting in metings]
    frames = [year.run.estimates for year in years]
    apart, overlaps = [], []
    for (earlier, later), crosswalk in zip(pairwise(years), crosswalks, strict=True):
        tell(f"comparing {later.id} with {earlier.id}")
        changes, overlap = _changes(earlier, later, common_ground(crosswalk))
        frames += [changes, _breaks(crosswalk)]
        apart.append(crosswalk.set_apart().assign(earlier=earlier.id, later=later.id))
        overlaps.append(overlap)
    listed = pd.concat(apart, ignore_index=True)
    first = ["earlier", "later"]
    listed = listed[[*first, *(name for name in listed.columns if name not in first)]]
    return Compared(bind_estimates(*frames), listed, tuple(overlaps))


def _crosswalk(earlier: Meting, later: Meting) -> Crosswalk:
    check_order(earlier.questionnaire, later.questionnaire)
    if not later.config.crosswalk:
        ids = f"{earlier.config.meting!r} and {later.config.meting!r}"
        raise ConfigurationError(
            f"{later.file}: names no 'crosswalk', and nothing says what of {ids} may be compared. Make one with "
            "`srsmeting crosswalk propose`, decide what it leaves open, and name it."
        )
    return read_crosswalk(later.path(later.config.crosswalk), earlier.questionnaire, later.questionnaire)


def _refuse(meting: Meting) -> None:
    config = meting.config
    if not config.export or not config.frame:
        what = "'export'" if not config.export else "'frame'"
        raise ConfigurationError(
            f"{meting.file}: names no {what}, and who answered both times is not known without it. Add it."
        )
    for key, used in (("weights", config.weights.margins), ("design", config.design.strata)):
        if used:
            raise ConfigurationError(
                f"{meting.file}: {key}: weighted measurements cannot be compared from the command line. Compare "
                f"without {key!r}, or with srsmeting.estimation.change in Python."
            )


def _run(meting: Meting, tell: Progress) -> Year:
    run = run_meting(meting, lambda text: tell(f"{meting.config.meting}: {text}" if text else text))
    if run.intake is None:
        raise ConfigurationError(f"{meting.file}: starts from estimates. Name the export, to compare years.")
    return Year(meting, run, run.intake, organisations_of(meting, silent))


def _changes(earlier: Year, later: Year, common: Common) -> tuple[pd.DataFrame, str]:
    """Return the rows of change of two years, and how many answered both times."""
    shared = [name for name in later.meting.config.breakdowns if name in common.questionnaire.breakdowns]
    shared = [name for name in shared if _asked(common, name, earlier) in earlier.meting.config.breakdowns]
    key = _key(earlier.population, later.population)
    one, two = (_wave(year, common, shared, key) for year in (earlier, later))
    overlap = link_waves(one, two)
    rules = later.meting.config.publication
    frames = []
    for by in (None, *shared):
        frames.append(estimate_changes(one, two, by=by, overlap=overlap))
        panel = panel_changes(one, two, by=by, min_base=rules.min_base, normal_base=rules.normal_base, overlap=overlap)
        frames.append(panel)
    frame = _in_common(later.population.eligible, common)
    for by in shared:
        if common.questionnaire.breakdown(by).question in frame.variables:
            frames.append(composition_changes(one, two, by, frame.count(by), overlap=overlap))
    both = int(overlap.n12.sum())
    told = f"{both} organisations answered both times" if not overlap.reason else "not known who answered both times"
    return _declared(bind_estimates(*frames), common), f"{earlier.id} and {later.id}: {told}"


def _declared(changes: pd.DataFrame, common: Common) -> pd.DataFrame:
    """Keep the numbers of what is declared comparable; of an answer or group that is not, say so."""
    result = changes.copy()
    # That an open question was answered is no answer of the questionnaire, but its question as a whole.
    verdicts = common.verdicts(result.replace({"category": {"answered": ""}}))["comparable"].to_numpy()
    for verdict, (status, reason) in _SAID.items():
        taken = verdicts == verdict
        result.loc[taken, ["estimate", "se", "ci_low", "ci_high"]] = np.nan
        result.loc[taken, ["numerator", "denominator"]] = pd.NA
        result.loc[taken, ["status", "reason"]] = [status, reason]
    return result


def _asked(common: Common, name: str, earlier: Year) -> str:
    """Return what a breakdown was called in the earlier year."""
    match = common.crosswalk.question(name) if name not in _groupings(common) else None
    return match.orig_id if match else name


def _groupings(common: Common) -> set[str]:
    return {grouping.id for grouping in common.questionnaire.groupings}


def _key(earlier: Population, later: Population) -> str:
    """Return the column that tells organisations apart in both frames: names stay, tokens are often made anew."""
    named = [ORGANISATION in population.organisations.columns for population in (earlier, later)]
    return ORGANISATION if all(named) else _KEY


def _wave(year: Year, common: Common, shared: Sequence[str], key: str) -> Wave:
    """Return a year in the codes of the comparison, with what it hides."""
    responses = harmonise(year.intake.responses, common)
    eligible = year.population.eligible
    population = _in_common(eligible, common)
    design = Design.simple_random(responses.n, eligible.size)
    config = year.meting.config
    response_by = year.meting.response_by if year.meting.response_by in common.questionnaire.breakdowns else ""
    frames = [response_rates(responses, population, by=response_by)]
    for by in (None, *shared):
        frames += [estimate_shares(responses, design, by=by), estimate_means(responses, design, by=by)]
    rules = _rules(year, common, shared)
    published = _with_own(apply_publication_rules(bind_estimates(*frames), rules), year, common)
    organisations = eligible.organisations[key].to_numpy(dtype=str) if key in eligible.organisations else None
    units = None
    if year.intake.outcomes is not None and key in year.population.organisations:
        # Outcomes count rows of the whole frame, those that are not eligible included.
        names = np.append(year.population.organisations[key].to_numpy(dtype=str), "")
        places = year.intake.outcomes.respondents
        units = names[np.where(places < 0, len(names) - 1, places)]
        if organisations is not None:
            units = np.where(np.isin(units, organisations), units, "")
    usable = organisations is not None and bool((organisations != "").all())
    return Wave(
        responses,
        design,
        units if usable else None,
        organisations if usable else None,
        published=published,
        meting=config.meting,
    )


def _rules(year: Year, common: Common, shared: Sequence[str]) -> PublicationRules:
    publication = year.meting.config.publication
    known = {name: rule for name, rule in publication.groups.items() if name in common.questionnaire.breakdowns}
    return publication.model_copy(update={"groups": known}).rules(common.questionnaire, shared)


def _in_common(population: Population, common: Common) -> Population:
    """Return a frame in the codes of the comparison; an answer that cannot be compared is not known."""
    meting = population.questionnaire.meting
    is_earlier = common.is_earlier(meting)
    columns: dict[str, Any] = {
        name: population.organisations[name]
        for name in (_KEY, ORGANISATION)
        if name in population.organisations.columns
    }
    for question in common.questionnaire.questions:
        match = common.crosswalk.question(question.id)
        own = match.orig_id if is_earlier and match else question.id
        if own in population.variables:
            codes = common.codes(question.id, meting)
            values = population.organisations[own].astype("str").map(codes)
            columns[question.id] = pd.Categorical(values, categories=list(question.codes))
    return replace(population, organisations=pd.DataFrame(columns), questionnaire=common.questionnaire)


def _with_own(published: pd.DataFrame, year: Year, common: Common) -> pd.DataFrame:
    """Hide also what the year itself hid: a group that was merged would tell of the parts that made it."""
    own = year.run.estimates
    hidden = own[(own["status"] == "Q") & (own["by"] != "")]
    if hidden.empty:
        return published
    found = set()
    is_earlier = common.is_earlier(year.id)
    for question, by, group in set(zip(hidden["question"], hidden["by"], hidden["group"], strict=True)):
        for name in published["by"].unique():
            if name and (_asked(common, name, year) if is_earlier else name) == by:
                target = common.codes(name, year.id).get(group)
                found |= {(asked, name, target) for asked in _later_names(common, question, is_earlier)}
    keys = list(zip(published["question"], published["by"], published["group"], strict=True))
    taken = np.fromiter((key in found for key in keys), dtype=bool, count=len(keys))
    taken &= published["status"].to_numpy() != "Q"
    result = published.copy()
    numbers = ["estimate", "se", "ci_low", "ci_high"]
    result.loc[taken, numbers] = np.nan
    result.loc[taken, ["numerator", "denominator"]] = pd.NA
    result.loc[taken, ["status", "reason"]] = ["Q", "complementary"]
    return result


def _later_names(common: Common, question: str, is_earlier: bool) -> list[str]:
    if not is_earlier:
        return [question]
    matches = ((one.id, common.crosswalk.question(one.id)) for one in common.questionnaire.questions)
    return [name for name, match in matches if match is not None and match.orig_id == question]


def _breaks(crosswalk: Crosswalk) -> pd.DataFrame:
    """Return a row for every question that may not be compared: a break is shown as a break."""
    rows = []
    for question in crosswalk.later.questions:
        verdict, _ = crosswalk.verdict(question.id)
        match = crosswalk.question(question.id)
        if verdict != "yes" and match is not None:
            rows.append((question.id, *_SAID[verdict]))
    if not rows:
        return bind_estimates()
    questions, statuses, reasons = zip(*rows, strict=True)
    return estimate_frame(
        {
            "meting": crosswalk.later.meting,
            "question": list(questions),
            "measure": "change",
            "method": f"against {crosswalk.earlier.meting}",
            "status": list(statuses),
            "reason": list(reasons),
        }
    )
