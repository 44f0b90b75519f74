"""Years side by side: what became of every figure that may be compared, and what may not be.

Each year keeps its own figures, as they were published, on its own base. What changed is estimated on what the
crosswalk between two years declares comparable, and nothing else; whoever answered both times is found in the frames of
both.
"""

from srsmeting.crosswalk.gone import gone_names
from srsmeting.crosswalk.noting import noted_changes
from srsmeting.years.chain import follow
from srsmeting.years.compared import Before, Compared, compare_earlier, compare_metings, refuse_lost
from srsmeting.years.joined import joined_groups

__all__ = [
    "Before",
    "Compared",
    "compare_earlier",
    "compare_metings",
    "follow",
    "gone_names",
    "joined_groups",
    "noted_changes",
    "refuse_lost",
]
