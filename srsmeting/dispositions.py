"""What became of every organisation that was invited, in the terms of AAPOR's Standard Definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

#: Final dispositions, in the order in which they are reported.
DISPOSITIONS: Final = (
    "complete",
    "partial",
    "break_off",
    "refusal",
    "non_contact",
    "other",
    "unknown",
    "not_eligible",
)
#: Those that a frame may tell of organisations that gave no response that counts, in its column ``disposition``.
DECLARED: Final = ("refusal", "non_contact", "other", "unknown", "not_eligible")

Codes: TypeAlias = npt.NDArray[np.int8]

#: Position of an organisation from which nothing came.
NOTHING: Final = -1


@dataclass(frozen=True)
class Outcomes:
    """What came in from the organisations of a frame.

    Parameters
    ----------
    organisations
        Per organisation, in the order of the frame, the position in :data:`DISPOSITIONS` of the most that it gave;
        :data:`NOTHING` where nothing came in.
    respondents
        Per respondent the row of the organisation in the frame; negative where it is not known.
    partial
        Which respondents did not finish.
    """

    organisations: Codes
    respondents: npt.NDArray[np.intp]
    partial: npt.NDArray[np.bool_]
