"""One of two measurements that are compared: answers, design, and who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from srsmeting.errors import DesignError
from srsmeting.estimation.change.columns import Coded, read_coded
from srsmeting.estimation.comparisons.shown import Shown, read_each_shown
from srsmeting.estimation.design import Design
from srsmeting.estimation.domains import check_design
from srsmeting.estimation.numeric import Counts, Positions
from srsmeting.questionnaire import Question
from srsmeting.responses import Responses

_NOBODY: Final = pd.Index([], dtype=object)


@dataclass(frozen=True, eq=False)
class Wave:
    """A measurement, as one side of a comparison.

    Parameters
    ----------
    responses
        Coded answers. Those of the earlier measurement in the codes of the later one, comparable questions only.
    design
        The design of the whole measurement.
    units
        What tells which organisation each respondent is, the same text in both measurements; None when that is not
        known. An empty text is an organisation of which it is not known.
    frame
        The same of every organisation in the frame; None when only its size is known.
    frame_strata
        Per organisation in the frame the position of its stratum, in a design with strata.
    published
        Estimate frame of this measurement in the codes of the later one, publication rules applied, or per breakdown
        (``""`` for the totals) what it shows: what it hides takes its change with it. None when everything may be
        shown.
    meting
        Id of the measurement, if that is not the one of the questionnaire.

    Raises
    ------
    DesignError
        When units or frame do not fit the design, an organisation stands twice, or a respondent is not in the frame.

    Examples
    --------
    >>> from srsmeting.questionnaire import parse_questionnaire
    >>> question = {"id": "lid", "kind": "open", "title": "Lid", "text": "?", "pijler": "basis", "fase": "bereik"}
    >>> questionnaire = parse_questionnaire({
    ...     "meting": "m-1", "title": "Meting", "respondents": "respondenten",
    ...     "pijlers": [{"id": "basis", "label": "Basis"}], "questions": [question]})
    >>> answers, status = pd.DataFrame({"lid": [True, False]}), pd.DataFrame({"lid": [0, 0]}, dtype="int8")
    >>> Wave(Responses(questionnaire, answers, status), Design.simple_random(2, 4), ["a", "a"])
    Traceback (most recent call last):
    ...
    srsmeting.errors.DesignError: m-1: 1 respondent is an organisation that stands before. Keep one of its answers.
    """

    responses: Responses
    design: Design
    units: npt.ArrayLike | Sequence[str] | None = None
    frame: npt.ArrayLike | Sequence[str] | None = None
    frame_strata: npt.ArrayLike | None = None
    published: pd.DataFrame | Mapping[str, Shown] | None = None
    meting: str = ""

    def __post_init__(self) -> None:
        meting = self.meting or self.responses.questionnaire.meting
        object.__setattr__(self, "meting", meting)
        check_design(meting, self.responses, self.design)
        units, frame = _texts(self.units), _texts(self.frame)
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "frame", frame)
        if units is not None:
            if len(units) != self.responses.n:
                raise DesignError(
                    f"{meting}: {len(units)} units for {self.responses.n} respondents. Give one for each."
                )
            if self.responses.n < self.design.sample_size:
                raise DesignError(
                    f"{meting}: {self.responses.n} of the {self.design.sample_size} respondents of the design. "
                    "Give all of them, and name a breakdown: who answered twice counts in the whole."
                )
            _check_unique(meting, units, "respondent")
        if frame is not None:
            if len(frame) != self.design.population_size:
                raise DesignError(
                    f"{meting}: a frame of {len(frame)}, and the design has {self.design.population_size} "
                    "organisations. Give the frame that the design was made for."
                )
            _check_unique(meting, frame, "organisation")
        if units is not None and frame is not None:
            strange = int((self.index.get_indexer(_known(units)) < 0).sum())
            if strange:
                raise DesignError(
                    f"{meting}: {_many(strange, 'respondent')} not in the frame. Write the organisation of a "
                    "respondent as the frame does."
                )
        self._check_strata(meting, frame)

    @property
    def index(self) -> pd.Index:
        """The organisations in the frame, to be looked up; empty without one."""
        return _NOBODY if self.frame is None else cast("pd.Index", self.frame)

    @property
    def respondents(self) -> pd.Index:
        """The organisations that responded; empty where it is not known of every respondent which it is."""
        return cast("pd.Index", self.units) if self.linked else _NOBODY

    @cached_property
    def _shown(self) -> Mapping[str, Shown]:
        if isinstance(self.published, pd.DataFrame):
            return read_each_shown(self.published)
        return self.published or {}

    @cached_property
    def _coded(self) -> dict[str, list[list[Coded]]]:
        return {}

    def coded(self, question: Question) -> list[list[Coded]]:
        """Return per table of a question what its columns are made of, read once."""
        if question.id not in self._coded:
            self._coded[question.id] = list(read_coded(self.responses, question))
        return self._coded[question.id]

    def shown(self, by: str) -> Shown:
        """Return what this measurement shows of a breakdown."""
        nothing = None if self.published is None else frozenset[tuple[str, str]]()
        return self._shown.get(by, Shown(by, nothing, {}))

    @property
    def linked(self) -> bool:
        """Whether it is known of every respondent which organisation it is."""
        return self.units is not None and "" not in cast("pd.Index", self.units)

    @property
    def stratum(self) -> Positions:
        """Per respondent the position of its stratum, 0 for all where there is one."""
        stratum = self.design.stratum
        return np.zeros(self.responses.n, dtype=np.intp) if stratum is None else stratum

    @property
    def place_in_frame(self) -> Positions:
        """Per organisation in the frame the position of its stratum, 0 for all where there is one."""
        if self.frame_strata is None:
            return np.zeros(self.design.population_size, dtype=np.intp)
        return np.asarray(self.frame_strata, dtype=np.intp)

    def _check_strata(self, meting: str, frame: pd.Index | None) -> None:
        if frame is None or self.design.stratum is None:
            return
        if self.frame_strata is None:
            raise DesignError(f"{meting}: a design with strata and a frame without. Give frame_strata.")
        sizes: Counts = np.bincount(np.asarray(self.frame_strata), minlength=len(self.design.strata.population))
        if sizes.tolist() != self.design.strata.population.tolist():
            raise DesignError(
                f"{meting}: the strata of the frame have {sizes.tolist()} organisations, and those of the design "
                f"{self.design.strata.population.tolist()}. Give the frame that the design was made for."
            )


def _texts(values: npt.ArrayLike | Sequence[str] | None) -> pd.Index | None:
    """Return texts as an index: what was looked up in one is looked up in it again at no cost."""
    if values is None:
        return None
    if isinstance(values, pd.Index) and values.dtype == object and values.inferred_type == "string":
        return values
    given = np.asarray(values, dtype=object)
    texts = pd.api.types.infer_dtype(given, skipna=False) == "string"
    made: pd.Index = pd.Index(given if texts else [_text(value) for value in given], dtype=object)
    return made


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _known(units: pd.Index) -> pd.Index:
    return units[units != ""] if "" in units else units


def _check_unique(meting: str, units: pd.Index, what: str) -> None:
    known = _known(units)
    double = 0 if known.is_unique else int(known.duplicated().sum())
    if double:
        raise DesignError(
            f"{meting}: {_many(double, what)} an organisation that stands before. Keep one of its answers."
            if what == "respondent"
            else f"{meting}: {double} of the frame stand twice. Keep each organisation once."
        )


def _many(number: int, what: str) -> str:
    return f"1 {what} is" if number == 1 else f"{number} {what}s are"
