"""What became of an earlier questionnaire in a later one, and what of that may be compared."""

from srsmeting.crosswalk.common import Common, common_ground
from srsmeting.crosswalk.composing import chain, compose
from srsmeting.crosswalk.harmonising import harmonise
from srsmeting.crosswalk.model import Crosswalk, Match, Pairing
from srsmeting.crosswalk.proposal import Proposal, propose_crosswalk
from srsmeting.crosswalk.reading import read_crosswalk

__all__ = [
    "Common",
    "Crosswalk",
    "Match",
    "Pairing",
    "Proposal",
    "chain",
    "common_ground",
    "compose",
    "harmonise",
    "propose_crosswalk",
    "read_crosswalk",
]
