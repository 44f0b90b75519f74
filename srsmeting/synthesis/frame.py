"""A sampling frame that agrees with invented responses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from srsmeting.errors import SynthesisError
from srsmeting.responses import Responses
from srsmeting.synthesis.files import write_whole


def write_sampling_frame(
    path: Path | str, groups: Sequence[Responses], *, tokens: Sequence[str], variables: Sequence[str]
) -> None:
    """Write the frame from which respondents and others were invited: who they are, not what they answered.

    Parameters
    ----------
    path
        CSV to write, as `read_population` reads it; it appears whole or not at all.
    groups
        The respondents, and everyone else who was invited.
    tokens
        Access codes, one per member of `groups`, in their order. The file is sorted by token, so that it does not
        tell who responded.
    variables
        Single-choice questions whose answers are known of everyone, such as region and size.

    Raises
    ------
    SynthesisError
        When there are not as many tokens as organisations, when a variable is not a single choice or was not asked of
        everyone, or when there is no folder to write in.
    UnknownNameError
        When a variable does not exist.

    Examples
    --------
    >>> import tempfile
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> from srsmeting.synthesis import synthesise
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m", "title": "M", "pijlers": [{"id": "a", "label": "A"}],
    ...     "questions": [{"id": "regio", "kind": "single", "title": "Regio", "text": "Welke regio?", "pijler": "a",
    ...                    "fase": "algemeen", "categories": [{"code": "noord", "label": "Noord"}]}]})
    >>> both = [synthesise(questionnaire, 1, seed=1), synthesise(questionnaire, 1, seed=2)]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_sampling_frame(Path(folder, "frame.csv"), both, tokens=["t2", "t1"], variables=["regio"])
    ...     Path(folder, "frame.csv").read_text(encoding="utf-8").splitlines()
    ['token,regio', 't1,noord', 't2,noord']
    """
    size = sum(group.n for group in groups)
    if len(tokens) != size:
        raise SynthesisError(
            f"write_sampling_frame(): {len(tokens)} tokens for {size} organisations. Give each one of its own."
        )
    for group in groups:
        for variable in variables:
            if group.questionnaire.question(variable).kind != "single" or not group.answered(variable).all():
                raise SynthesisError(
                    f"write_sampling_frame(): {variable!r} is not a single choice that everyone answered. Leave it out."
                )
    answers = pd.concat([group.answers[list(variables)] for group in groups], ignore_index=True)
    answers.insert(0, "token", list(tokens))
    text = answers.sort_values("token").to_csv(index=False, lineterminator="\n")
    write_whole(path, text.encode())
