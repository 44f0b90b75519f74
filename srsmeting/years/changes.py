"""What changed between two years, as far as the crosswalk between them declares it comparable."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from srsmeting.crosswalk import Crosswalk, common_ground
from srsmeting.crosswalk.common import Common
from srsmeting.estimates import COUNTS, VALUES, bind_estimates, estimate_frame
from srsmeting.estimation.change import composition_changes, estimate_changes, link_waves, panel_changes
from srsmeting.years.wave import Year, in_common, key_of, shared_breakdowns, wave_of

#: Status and reason of what may not be compared, by what the crosswalk says.
SAID: Final = {"break": ("B", "trend_break"), "no": ("M", "not_comparable")}


def changes_of(earlier: Year, later: Year, crosswalk: Crosswalk) -> tuple[pd.DataFrame, str]:
    """Return the rows of change of two years, and how many organisations answered both times."""
    common = common_ground(crosswalk)
    shared = shared_breakdowns(earlier, later, common)
    key = key_of(earlier.population, later.population)
    one, two = (wave_of(year, common, shared, key) for year in (earlier, later))
    overlap = link_waves(one, two)
    rules = later.meting.config.publication
    frames = []
    for by in (None, *shared):
        frames.append(estimate_changes(one, two, by=by, overlap=overlap))
        panel = panel_changes(one, two, by=by, min_base=rules.min_base, normal_base=rules.normal_base, overlap=overlap)
        frames.append(panel)
    frame = in_common(later.population.eligible, common)
    for by in shared:
        if common.questionnaire.breakdown(by).question in frame.variables:
            frames.append(composition_changes(one, two, by, frame.count(by), overlap=overlap))
    both = int(overlap.n12.sum())
    told = f"{both} organisations answered both times" if not overlap.reason else "not known who answered both times"
    changes = bind_estimates(_declared(bind_estimates(*frames), common), _breaks(crosswalk))
    return changes, f"{earlier.id} and {later.id}: {told}"


def _declared(changes: pd.DataFrame, common: Common) -> pd.DataFrame:
    """Keep the numbers of what is declared comparable; of an answer or group that is not, say so."""
    # That an open question was answered is no answer of the questionnaire, but its question as a whole.
    verdicts = common.verdicts(changes.replace({"category": {"answered": ""}}))["comparable"].to_numpy()
    return without_numbers(changes, verdicts)


def without_numbers(frame: pd.DataFrame, verdicts: np.ndarray) -> pd.DataFrame:
    """Return a frame without the numbers of what is not comparable, and say which it is; ``yes`` stays as it is."""
    result = frame.copy()
    for verdict, (status, reason) in SAID.items():
        taken = verdicts == verdict
        result.loc[taken, [*VALUES]] = np.nan
        result.loc[taken, [*COUNTS]] = pd.NA
        result.loc[taken, ["status", "reason"]] = [status, reason]
    return result


def _breaks(crosswalk: Crosswalk) -> pd.DataFrame:
    """Return a row for every question that may not be compared: a break is shown as a break."""
    rows = []
    for question in crosswalk.later.questions:
        verdict, _ = crosswalk.verdict(question.id)
        match = crosswalk.question(question.id)
        if verdict != "yes" and match is not None:
            rows.append((question.id, *SAID[verdict]))
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
