"""Two years held against each other: made once, however much is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from srsmeting.crosswalk import Common, Crosswalk, common_ground
from srsmeting.estimation.change import Wave
from srsmeting.years.wave import shared_breakdowns, waves_of
from srsmeting.years.year import Year, key_of


@dataclass(frozen=True, eq=False)
class Ground:
    """What two years have in common, and both in those codes.

    Parameters
    ----------
    earlier, later
        The years.
    crosswalk
        Between the two.
    """

    earlier: Year
    later: Year
    crosswalk: Crosswalk

    @cached_property
    def common(self) -> Common:
        """What may be compared."""
        return common_ground(self.crosswalk)

    @cached_property
    def shared(self) -> list[str]:
        """The breakdowns that both have figures by."""
        return shared_breakdowns(self.earlier, self.later, self.common)

    @cached_property
    def before(self) -> list[tuple[list[str], Wave]]:
        """The earlier year, per set of weights the questions that have it."""
        return self._waves(self.earlier)

    @cached_property
    def after(self) -> list[tuple[list[str], Wave]]:
        """The later year."""
        return self._waves(self.later)

    def _waves(self, year: Year) -> list[tuple[list[str], Wave]]:
        key = key_of(self.earlier.population, self.later.population)
        return waves_of(year, self.common, self.shared, key)
