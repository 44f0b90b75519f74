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
    anew = pd.concat(list(_anew(ground, merged)), ignore_index=True)
    wanted, keys = (pd.MultiIndex.from_frame(frame[[*KEY]]) for frame in (merged, anew))
    # What was not counted by respondents cannot be counted anew: themes, and what became of invitations.
    left = merged[~wanted.isin(keys)]
    columns = {name: left[name].to_list() for name in KEY}
    lost = estimate_frame({**columns, "status": "M", "reason": "not_comparable"})
    return pd.concat([translated, anew[keys.isin(wanted)], lost], ignore_index=True)


def _anew(ground: Ground, merged: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the tables of the earlier year that merged figures are in, with what it hides, and more."""
    year, common, waves = ground.earlier, ground.common, ground.before
    responses = waves[0][1].responses
    by = year.meting.response_by
    if by in common.questionnaire.breakdowns and (merged["measure"] == "response_rate").any():
        yield response_rates(responses, in_common(year.population.eligible, common), by=by)
    places = {question.id: place for place, question in enumerate(common.questionnaire.questions)}
    for name in ("", *ground.shared):
        wanted = set(merged.loc[merged["by"] == name, "question"])
        for kinds in (SHARES, NUMERIC):
            frames = []
            for asked, wave in waves:
                own = askable(responses, [question for question in asked if question in wanted], name or None, kinds)
                if not own:
                    continue
                if kinds is SHARES:
                    interval = year.meting.config.interval
                    frames.append(estimate_shares(responses, wave.design, own, name or None, interval=interval))
                else:
                    frames.append(estimate_means(responses, wave.design, own, name or None))
            if frames:
                # Whatever weights they have, in the order of the questionnaire.
                found = pd.concat(frames).sort_values("question", key=lambda own: own.map(places), kind="stable")
                yield _published(ground, name, found.reset_index(drop=True))


def _published(ground: Ground, by: str, frame: pd.DataFrame) -> pd.DataFrame:
    shown = ground.before[0][1].shown(by).reasons
    keys = zip(*(frame[name].to_list() for name in ("question", "item", "group")), strict=True)
    reasons = pd.Series([shown.get(key, "") for key in keys], dtype="str").replace(INDICATIVE, "")
    rules = ground.earlier.meting.config.publication
    published = hide_rows(frame, reasons, rules.normal_base)
    return round_as_printed(published) if ground.earlier.designs else published
