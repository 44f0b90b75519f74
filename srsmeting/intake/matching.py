"""Respondents against the sampling frame: who was invited, and what the frame says of them. Nothing is repaired."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import Fault
from srsmeting.intake.findings import Finding, respondents, where
from srsmeting.intake.raw import Lines
from srsmeting.population import Population


def group_faults(answers: pd.DataFrame, population: Population, name: str) -> Iterator[Fault]:
    """Yield the groups that respondents name in the export `name` and of which the frame has no organisation.

    A response rate of such a group would be a division by zero.
    """
    for variable in population.variables:
        frame = population.organisations[variable]
        if variable not in answers or frame.isna().any():
            continue  # an organisation whose group is not known may be of this one
        named = answers[variable].value_counts(sort=False)
        listed = frame.value_counts(sort=False)
        for group, count in named[(named > 0) & (listed.reindex(named.index, fill_value=0) == 0)].items():
            who = f"{count} respondent in {name!r} names" if count == 1 else f"{count} respondents in {name!r} name"
            message = f"has no organisation of {variable} {group!r}, which {who}. Add the organisations to the frame."
            yield Fault(population.name, message, None, variable, str(group), "group_not_in_frame")


def frame_findings(
    answers: pd.DataFrame, tokens: pd.Series[str] | None, population: Population, lines: Lines
) -> Iterator[Finding]:
    """Yield what the match with the frame shows; `tokens` of the respondents is None when the export has none."""
    if tokens is None:
        message = "De export heeft geen tokens: respondenten zijn niet met het steekproefkader vergeleken."
        yield Finding("no_tokens", "", len(answers), message)
        return
    missing = np.flatnonzero(tokens == "")
    if len(missing):
        message = f"{respondents(len(missing), 'heeft', 'hebben')} geen token. {where(missing, lines)}"
        yield Finding("token_missing", "", len(missing), message)
    places = pd.Index(population.organisations["token"]).get_indexer(pd.Index(tokens))
    strange = np.flatnonzero((places < 0) & (tokens != "").to_numpy(dtype=np.bool_))
    if len(strange):
        what = "een token dat niet in het steekproefkader staat"
        message = f"{respondents(len(strange), 'heeft', 'hebben')} {what}. {where(strange, lines)}"
        yield Finding("token_not_in_frame", "", len(strange), message)
    for variable in population.variables:
        if variable not in answers:
            continue
        named = _codes(answers[variable])
        # Position -1, of a token that the frame does not have, finds the -1 at the end: not known.
        listed = np.append(_codes(population.organisations[variable]), np.int16(-1))[places]
        other = np.flatnonzero((named >= 0) & (listed >= 0) & (named != listed))
        if len(other):
            message = (
                f"{respondents(len(other), 'noemt', 'noemen')} een andere {variable} dan het steekproefkader. "
                f"Het antwoord telt. {where(other, lines)}"
            )
            yield Finding("frame_mismatch", variable, len(other), message)


def _codes(column: pd.Series[str]) -> npt.NDArray[np.int16]:
    return np.asarray(column.cat.codes, dtype=np.int16)
