"""A measurement that has been run, to be compared: its answers, its frame, and what was published of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from srsmeting.checking import check_meting, check_size
from srsmeting.crosswalk.distinct import distinct
from srsmeting.errors import ConfigurationError
from srsmeting.estimation import Design
from srsmeting.intake import Intake
from srsmeting.meting import Meting, Progress
from srsmeting.population import ORGANISATION, Population
from srsmeting.record import read_records
from srsmeting.running import Run, run_meting

#: Column of the frame that tells organisations apart where they have no names.
INVITATION: Final = "token"


@dataclass(frozen=True, eq=False)
class Year:
    """A measurement that has been run.

    Parameters
    ----------
    meting
        The measurement.
    intake
        Its answers.
    population
        The frame that its respondents are from.
    published
        What was published: its last record, or else its figures as they come out now.
    hidden
        Question, breakdown and group of the shares and means that it hides: as published and, where that was computed,
        as they come out now.
    designs
        Which questions have the same weights or strata; none where all respondents count the same.
    record
        Number of the record that `published` is of; 0 where there is none.
    """

    meting: Meting
    intake: Intake
    population: Population
    published: pd.DataFrame
    hidden: frozenset[tuple[str, ...]]
    designs: tuple[tuple[set[str], Design], ...] = ()
    record: int = 0

    @property
    def id(self) -> str:
        """Id of the measurement."""
        return self.meting.config.meting

    def identify(self, key: str) -> tuple[pd.Index | None, pd.Index | None]:
        """Return which organisation each respondent is, and those in the frame; None where that is not known of all.

        Parameters
        ----------
        key
            Column of the frame that tells organisations apart.
        """
        if key not in self._identified:
            self._identified[key] = self._identify(key)
        return self._identified[key]

    @cached_property
    def _identified(self) -> dict[str, tuple[pd.Index | None, pd.Index | None]]:
        return {}

    def _identify(self, key: str) -> tuple[pd.Index | None, pd.Index | None]:
        everyone, eligible = self.population.organisations, self.population.eligible.organisations
        if key not in eligible or (eligible[key] == "").any():
            return None, None
        organisations = pd.Index(eligible[key], dtype=object)
        if self.intake.outcomes is None:
            return None, organisations
        # Outcomes count rows of the whole frame, those that are not eligible included.
        names = np.append(everyone[key].to_numpy(dtype=object), "")
        places = self.intake.outcomes.respondents
        units = pd.Index(names[np.where(places < 0, len(names) - 1, places)], dtype=object)
        return units.where(units.isin(organisations), ""), organisations


def run_year(meting: Meting, tell: Progress, run: Run | None = None) -> Year:
    """Run a measurement, unless that was done, and look up what was published of it."""
    id = meting.config.meting
    records = read_records(meting.record, id)
    weighted = meting.config.weights.margins or meting.config.design.strata

    def told(text: str) -> None:
        tell(f"{id}: {text}" if text else text)

    frames: list[pd.DataFrame] = []
    designs: tuple[tuple[set[str], Design], ...] = ()
    if run is None and records and not weighted:
        # What was published is known, and only the answers are needed.
        intake: Intake | None = check_meting(meting, told)
    else:
        run = run or run_meting(meting, told)
        intake, designs, frames = run.intake, run.designs, [run.estimates]
    if intake is None or intake.population is None:
        raise ConfigurationError(f"{meting.file}: starts from estimates. Name the export, to compare years.")
    check_size(intake, intake.population.eligible)
    published = records[-1].read_estimates() if records else frames[0]
    hidden = frozenset().union(*map(_hidden, (published, *frames)))
    return Year(meting, intake, intake.population, published, hidden, designs, len(records))


def _hidden(frame: pd.DataFrame) -> set[tuple[str, ...]]:
    rows = (frame["status"] == "Q") & frame["measure"].isin(["share", "mean"])
    return set(distinct(frame.loc[rows, ["question", "by", "group"]], ["question", "by", "group"])[0])


def refuse(metings: Sequence[Meting]) -> None:
    """Refuse measurements whose years cannot be compared.

    Raises
    ------
    ConfigurationError
        When one names no export or no frame, or some are weighted and others are not.
    """
    for meting in metings:
        config = meting.config
        if not config.export or not config.frame:
            what = "'export'" if not config.export else "'frame'"
            raise ConfigurationError(
                f"{meting.file}: names no {what}, and who answered both times is not known without it. Add it."
            )
    weighted = [bool(meting.config.weights.margins or meting.config.design.strata) for meting in metings]
    if any(weighted) and not all(weighted):
        some, other = (metings[weighted.index(wanted)].config.meting for wanted in (True, False))
        raise ConfigurationError(
            f"{some!r} is weighted and {other!r} is not, so that a change would be one of method too. Weight all years "
            "('weights' or 'design' in meting.yaml), or none."
        )


def key_of(earlier: Population, later: Population) -> str:
    """Return the column that tells organisations apart in both frames: names stay, tokens are often made anew."""
    named = [ORGANISATION in population.organisations.columns for population in (earlier, later)]
    return ORGANISATION if all(named) else INVITATION
