"""What was published of an earlier year, in the codes of the last."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from srsmeting.estimates import KEY, estimate_frame
from srsmeting.estimation import estimate_means, estimate_shares, response_rates, round_as_printed
from srsmeting.estimation.comparisons.shown import INDICATIVE
from srsmeting.estimation.publication import hide_rows
from srsmeting.estimation.shares import KINDS as SHARES
from srsmeting.estimation.values import NUMERIC
from srsmeting.years.ground import Ground
from srsmeting.years.translating import Translation, outcomes
from srsmeting.years.wave import askable, in_common


def levels_of(ground: Ground) -> pd.DataFrame:
    """Return what was published of the earlier year, in the codes of the later; what merged is counted anew."""
    translated, merged = Translation(ground.crosswalk).translate(outcomes(ground.earlier.published))
    if merged.empty:
        return translated
    counted = pd.concat([estimate_frame({"meting": []}), *_counted(ground, merged)], ignore_index=True)
    wanted, keys = (pd.MultiIndex.from_frame(frame[[*KEY]]) for frame in (merged, counted))
    anew = _published(ground, counted[keys.isin(wanted)].reset_index(drop=True))
    # What was not counted by respondents cannot be counted anew: themes, and what became of invitations.
    left = merged[~wanted.isin(keys)]
    columns = {name: left[name].to_list() for name in KEY}
    lost = estimate_frame({**columns, "status": "M", "reason": "not_comparable"})
    return pd.concat([translated, anew, lost], ignore_index=True)


def _counted(ground: Ground, merged: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the tables of the earlier year that merged figures stand in, hidden or not."""
    year, common = ground.earlier, ground.common
    response_by, interval = year.meting.response_by, year.meting.config.interval
    if response_by in common.questionnaire.breakdowns and (merged["measure"] == "response_rate").any():
        responses, population = ground.before[0][1].responses, in_common(year.population.eligible, common)
        yield response_rates(responses, population, by=response_by)
    places = {question.id: place for place, question in enumerate(common.questionnaire.questions)}
    for by in (None, *ground.shared):
        wanted = set(merged.loc[merged["by"] == (by or ""), "question"])
        for kinds in (SHARES, NUMERIC):
            frames = []
            for questions, wave in ground.before:
                responses, design = wave.responses, wave.design
                asked = askable(responses, [name for name in questions if name in wanted], by, kinds)
                if asked and kinds == SHARES:
                    frames.append(estimate_shares(responses, design, asked, by, interval=interval))
                elif asked:
                    frames.append(estimate_means(responses, design, asked, by))
            if frames:
                # Whatever weights they have, in the order of the questionnaire.
                yield pd.concat(frames).sort_values("question", key=lambda names: names.map(places), kind="stable")


def _published(ground: Ground, frame: pd.DataFrame) -> pd.DataFrame:
    """Return what the earlier year may publish of these figures."""
    wave = ground.before[0][1]
    # Response is told by a breakdown that need not have figures.
    shown = {by: wave.shown(by).reasons for by in ("", *ground.shared)}
    keys = zip(*(frame[name].to_list() for name in ("by", "question", "item", "group")), strict=True)
    hidden = [shown[by].get((question, item, group), "") if by in shown else "" for by, question, item, group in keys]
    reasons = pd.Series(hidden, dtype="str").replace(INDICATIVE, "")
    published = hide_rows(frame, reasons, ground.earlier.meting.config.publication.normal_base)
    return round_as_printed(published) if ground.earlier.designs else published
