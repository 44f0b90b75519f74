"""The folder that a report is rendered from: estimates, questionnaire and texts; no microdata."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from srsmeting.errors import ReportError
from srsmeting.estimates import read_estimates
from srsmeting.presentation.years.history import PLACE
from srsmeting.programme import Programme, read_programme
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.rounding import DECIMALS_FROM
from srsmeting.voices import Voices

#: The environment variable in which the renderer names the folder.
VARIABLE = "SRSMETING_REPORT"
#: The folder in a bundle that is a monitor of goals; a survey has none.
MONITOR = "monitor"
#: What the folder holds.
FILES = ("estimates.csv", "questionnaire.yaml", "report.json")
#: What it holds where the measurement has it.
PROGRAMME, VOICES = "programme.yaml", "voices.json"
#: What it holds where there were measurements before: their figures and what changed, and what may not be compared.
YEARS, APART = "years.csv", "apart.csv"

_RENDER = "srsmeting render reports/nulmeting --meting analyses/srs_2021"


class Rule(BaseModel):
    """When the results of a group may be published: both conditions must hold."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    min_respondents: int = 0
    min_response: float = 0.0


class Weights(BaseModel):
    """To which margins of the frame the answers were weighted."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    margins: tuple[str, ...] = ()
    unit: str = "organisations"


class OneGroup(BaseModel):
    """The group that a report is about."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    by: str
    code: str


class Earlier(BaseModel):
    """A measurement before this one."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    meting: str
    period: str = ""
    title: str = ""
    source: str = ""


class Joined(BaseModel):
    """A group that was several groups in the measurement before this one."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    by: str
    group: str
    of: tuple[str, ...]
    reason: str = ""


class Changed(BaseModel):
    """Something that is compared with an earlier year, and is not quite what it was."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    earlier: str
    later: str
    level: str = ""
    question: str = ""
    item: str = ""
    category: str = ""
    by: str = ""
    group: str = ""
    kind: str = ""
    of: tuple[str, ...] = ()
    reason: str = ""


class Gone(BaseModel):
    """A name that an earlier questionnaire had, and this one does not."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    level: str
    name: str
    #: The question or grouping that it was part of; empty where it is one.
    of: str = ""
    #: The last measurement that had it, and the first that does not.
    last: str
    since: str
    #: What it is called now; nothing where it was dropped.
    became: tuple[str, ...] = ()
    #: Whether that was more than this.
    merged: bool = False


class Texts(BaseModel):
    """What a report prints beside the numbers."""

    # Another version may tell more than this one prints.
    model_config = ConfigDict(extra="ignore", frozen=True)

    meting: str
    title: str
    source: str = ""
    coverage_source: str = ""
    notice: str = ""
    period: str = ""
    rules: Mapping[str, Rule] = {}
    weights: Weights = Weights()
    #: Below this base nothing is published.
    min_base: int = 1
    #: The one group that the report is about; None for all respondents.
    group: OneGroup | None = None
    #: From which base on percentages have a decimal; None for never.
    decimals_from: int | None = DECIMALS_FROM
    #: The measurements before this one, the earliest first.
    earlier: tuple[Earlier, ...] = ()
    #: The groups that were several the time before.
    joined: tuple[Joined, ...] = ()
    #: What changed in the questionnaire and is compared all the same.
    noted: tuple[Changed, ...] = ()
    #: Names that a chapter of an earlier year can have, and that are gone.
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """What a report reads.

    Parameters
    ----------
    estimates
        The estimate frame.
    questionnaire
        The questionnaire that it is about.
    texts
        Title, source, notice, period and publication rules.
    programme
        Facts that the survey does not measure; none where the measurement names no file of them.
    voices
        Quotations and examples that may be published.
    years
        The figures of earlier measurements in the codes of this one, and what changed; None where there are none.
    apart
        What may not be compared; None where there are no earlier measurements.
    """

    estimates: pd.DataFrame
    questionnaire: Questionnaire
    texts: Texts
    programme: Programme = field(default_factory=lambda: Programme({}))
    voices: Voices = field(default_factory=Voices)
    years: pd.DataFrame | None = None
    apart: pd.DataFrame | None = None


def read_bundle(path: str | os.PathLike[str] | None = None) -> Bundle:
    """Read the folder that a report is rendered from.

    Parameters
    ----------
    path
        The folder; default the one that the renderer names in ``SRSMETING_REPORT``.

    Raises
    ------
    ReportError
        When no folder is known, a file is missing or cannot be read, or the files are of different measurements.
    EstimateError, QuestionnaireError
        With what is wrong in the estimates or the questionnaire.
    """
    folder = Path(path or os.environ.get(VARIABLE, ""))
    if not (path or os.environ.get(VARIABLE)):
        raise ReportError(
            f"open_report(): no figures to report on, {VARIABLE} is not set. Render the report with `{_RENDER}`, or "
            f"name a folder that holds {', '.join(FILES)}."
        )
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise ReportError(
            f"{folder}: not the folder of a report, it has no {missing[0]}. Render the report with `{_RENDER}`. "
            f"Needed: {', '.join(FILES)}."
        )
    texts = read_texts(folder / "report.json")
    questionnaire = load_questionnaire(folder / "questionnaire.yaml")
    estimates = read_estimates(folder / "estimates.csv")
    metingen = sorted({texts.meting, questionnaire.meting, *estimates["meting"]})
    if len(metingen) > 1:
        raise ReportError(
            f"{folder}: report.json is of {texts.meting!r}, the questionnaire of {questionnaire.meting!r}, the "
            f"estimates of {', '.join(repr(name) for name in estimates['meting'].unique())}. Render the report again."
        )
    years, apart = _read_years(folder, texts) if texts.earlier else (None, None)
    facts, said = folder / PROGRAMME, folder / VOICES
    return Bundle(
        estimates,
        questionnaire,
        texts,
        read_programme(facts) if facts.is_file() else Programme({}),
        Voices.model_validate_json(said.read_text(encoding="utf-8")) if said.is_file() else Voices(),
        years,
        apart,
    )


def _read_years(folder: Path, texts: Texts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the figures of earlier measurements, and what may not be compared."""
    for name in (YEARS, APART):
        if not (folder / name).is_file():
            raise ReportError(
                f"{folder}: report.json names earlier measurements, and there is no {name}. Render the report again."
            )
    years = read_estimates(folder / YEARS)
    known = [texts.meting, *(one.meting for one in texts.earlier)]
    others = sorted(set(years["meting"]) - set(known))
    if others:
        raise ReportError(
            f"{folder}: {YEARS} has figures of {others[0]!r}, and report.json names {', '.join(map(repr, known))}. "
            "Render the report again."
        )
    apart = pd.read_csv(folder / APART, dtype=str, keep_default_na=False)
    missing = [name for name in ("earlier", "later", *PLACE, "kind", "comparable", "reason") if name not in apart]
    if missing:
        raise ReportError(f"{folder}: {APART} has no column {missing[0]!r}. Render the report again.")
    return years, apart


def read_texts(file: Path) -> Texts:
    """Read what a report prints beside the numbers.

    Raises
    ------
    ReportError
        When the file is not that.
    """
    try:
        return Texts.model_validate_json(file.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        what = f"{place}: {first['msg']}" if place else first["msg"]
        raise ReportError(f"{file}: not the texts of a report ({what}). Render the report again.") from None
    except UnicodeDecodeError:
        raise ReportError(f"{file}: not UTF-8. Render the report again.") from None
