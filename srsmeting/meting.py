"""A measurement (meting): its configuration, and the one function that runs the flow.

A measurement is a folder with a ``meting.yaml`` that says where its questionnaire, export, frame and coverage are,
which breakdowns are made, and under which rules its figures may be published.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from srsmeting.configuration import MetingConfig, configuration_faults
from srsmeting.errors import ConfigurationError, DesignError, Fault
from srsmeting.estimates import bind_estimates, read_estimates, write_frame
from srsmeting.estimation import (
    Design,
    GroupRule,
    PublicationRules,
    Weighting,
    apply_publication_rules,
    coverage_rates,
    estimate_means,
    estimate_shares,
    frame_margin,
    rake,
    response_rates,
)
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.mapping import read_mapping
from srsmeting.population import Population, read_coverage, read_population
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.yamlfile import read_yaml, validate

if TYPE_CHECKING:
    from srsmeting.intake.proposal import Proposal
    from srsmeting.questionnaire.structures import ToolStructure
    from srsmeting.responses import Responses

#: Name of the configuration in a measurement's folder.
FILE_NAME = "meting.yaml"

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Meting:
    """A measurement whose configuration has been checked.

    Parameters
    ----------
    file
        Its ``meting.yaml``.
    config
        What that file says.
    questionnaire
        The questionnaire it names.
    """

    file: Path
    config: MetingConfig
    questionnaire: Questionnaire

    @property
    def response_by(self) -> str:
        """The breakdown of the response; empty for the total only."""
        if self.config.response_by is None:
            return "wgo" if "wgo" in self.questionnaire.breakdowns else ""
        return self.config.response_by

    def path(self, name: str) -> Path:
        """Return where a file that the configuration names stands."""
        return (self.file.parent / name).resolve()


@dataclass(frozen=True)
class Run:
    """What came out of a measurement.

    Parameters
    ----------
    estimates
        The estimate frame, publication rules applied.
    intake
        Responses, intake report and quarantine; None when the measurement starts from estimates.
    weighting
        Weights, and the margins before and after; None when all respondents count the same.
    """

    estimates: pd.DataFrame
    intake: Intake | None
    weighting: Weighting | None = None


def load_meting(path: str | os.PathLike[str]) -> Meting:
    """Read a measurement's configuration and its questionnaire.

    Parameters
    ----------
    path
        A ``meting.yaml`` or the folder that holds it.

    Raises
    ------
    ConfigurationError
        With every fault of the configuration: unknown keys, files that do not exist, breakdowns the questionnaire does
        not have, an interval that does not exist.
    QuestionnaireError
        With every fault of the questionnaire.
    """
    file = Path(path)
    file = file / FILE_NAME if file.is_dir() else file
    if not file.is_file():
        raise ConfigurationError(
            f"{path}: no measurement here. Name a {FILE_NAME} or the folder that holds one, such as analyses/srs_2021."
        )
    lines = read_yaml(file)
    config = validate(MetingConfig, lines, ConfigurationError)
    faults = []
    if not config.estimates and not config.export:
        message = "needs 'export', or 'estimates' to start from. Add one of them."
        faults.append(Fault(file.name, message, rule="no_input"))
    for key in ("questionnaire", "export", "frame", "coverage", "estimates", "published", "structure", "mapping"):
        name = getattr(config, key)
        if name and not (file.parent / name).is_file():
            message = f"{key}: there is no file {name!r} in {file.parent}. Put it there, or correct the name."
            faults.append(Fault(file.name, message, lines.line((key,)), key, name, "no_file"))
    if faults:
        raise ConfigurationError(faults=faults)
    questionnaire = load_questionnaire(file.parent / config.questionnaire)
    faults += configuration_faults(config, questionnaire, lines)
    if config.meting != questionnaire.meting:
        message = (
            f"meting is {config.meting!r}, but its questionnaire is of {questionnaire.meting!r}. Make them the same."
        )
        faults.append(Fault(file.name, message, lines.line(("meting",)), "meting", config.meting, "other_meting"))
    if faults:
        raise ConfigurationError(faults=faults)
    return Meting(file, config, questionnaire)


def run_meting(meting: Meting, progress: Progress | None = None) -> Run:
    """Run the flow of a measurement: intake, estimation, publication rules.

    Parameters
    ----------
    meting
        The measurement.
    progress
        Called with a short text at every step.

    Returns
    -------
    Run

    Raises
    ------
    SrsmetingError
        Whatever the export, the frame or the coverage has wrong.
    """
    tell = progress or _silent
    if meting.config.estimates:
        return Run(read_estimates(meting.path(meting.config.estimates)), None)
    if not meting.config.frame:
        raise ConfigurationError(
            f"{meting.file.name}: names no 'frame', and every figure needs to know how many organisations were "
            "invited. Add the file with a row for each of them."
        )
    population = _population(meting, tell)
    intake = _take_in(meting, population, tell)
    tell("estimating")
    config, responses = meting.config, intake.responses
    design = Design.simple_random(responses.n, population.size)
    weighting = _weigh(meting, responses, population) if config.weights.margins else None
    if weighting is not None:
        design = design.calibrated(weighting)
    frames = [response_rates(responses, population, by=meting.response_by)]
    for by in (None, *config.breakdowns):
        frames.append(estimate_shares(responses, design, by=by, interval=config.interval))
        frames.append(estimate_means(responses, design, by=by))
    if config.coverage:
        coverage = read_coverage(meting.path(config.coverage), meting.questionnaire)
        frames.append(coverage_rates(coverage, config.meting))
    tell("applying the publication rules")
    groups = {
        name: GroupRule(rule.min_respondents, rule.min_response) for name, rule in config.publication.groups.items()
    }
    sources = {by: meting.questionnaire.breakdown(by).question for by in (*config.breakdowns, *groups)}
    rules = PublicationRules(config.publication.min_base, groups, sources)
    return Run(apply_publication_rules(bind_estimates(*frames), rules), intake, weighting)


def check_meting(meting: Meting, progress: Progress | None = None) -> Intake:
    """Take in the export of a measurement and check it; nothing is estimated.

    Without a frame, respondents are not held against it.

    Raises
    ------
    SrsmetingError
        When the export or the frame cannot be read, or the measurement has no export.
    """
    tell = progress or _silent
    if not meting.config.export:
        raise ConfigurationError(f"{meting.file.name}: names no export, so there is nothing to check. Add 'export'.")
    return _take_in(meting, _population(meting, tell) if meting.config.frame else None, tell)


def propose_mapping(meting: Meting, progress: Progress | None = None) -> Proposal:
    """Propose which columns and texts of the export stand for which questions and answers.

    Raises
    ------
    SrsmetingError
        When the export cannot be read, or the measurement has none.
    """
    from srsmeting.intake.proposal import propose

    if not meting.config.export:
        raise ConfigurationError(f"{meting.file.name}: names no export, so there is nothing to map. Add 'export'.")
    (progress or _silent)("reading the export")
    raw = read_export(meting.path(meting.config.export), _structure(meting), meting.config.format)
    return propose(raw, meting.questionnaire)


def write_bundle(meting: Meting, estimates: pd.DataFrame, folder: Path) -> None:
    """Write what a report needs and no microdata: the estimate frame, the questionnaire, the texts of the report."""
    config = meting.config
    if config.report is None:
        message = "has no 'report', and a report prints the source of its figures. Add 'report' with 'source' below it."
        raise ConfigurationError(f"{meting.file.name}: {message}")
    folder.mkdir(parents=True, exist_ok=True)
    write_frame(estimates, folder / "estimates.csv")
    shutil.copyfile(meting.path(config.questionnaire), folder / "questionnaire.yaml")
    texts: dict[str, object] = {"meting": config.meting, "title": config.title} | config.report.model_dump()
    # A report says under which rules it leaves results out.
    texts["rules"] = {by: rule.model_dump() for by, rule in config.publication.groups.items()}
    if config.weights.margins:
        texts["weights"] = config.weights.model_dump(include={"margins", "unit"})
    (folder / "report.json").write_text(json.dumps(texts, ensure_ascii=False, indent=2), encoding="utf-8")


def _population(meting: Meting, tell: Progress) -> Population:
    tell("reading the frame")
    return read_population(meting.path(meting.config.frame), meting.questionnaire)


def _take_in(meting: Meting, population: Population | None, tell: Progress) -> Intake:
    tell("taking in the export")
    config = meting.config
    return take_in(
        meting.path(config.export),
        meting.questionnaire,
        population,
        ignore=config.ignore,
        structure=_structure(meting),
        format=config.format,
        mapping=read_mapping(meting.path(config.mapping), meting.questionnaire) if config.mapping else None,
    )


def _weigh(meting: Meting, responses: Responses, population: Population) -> Weighting:
    """Weight the respondents to the frame; what cannot be met is told as a fault of the configuration."""
    config = meting.config.weights
    try:
        margins = [frame_margin(responses, population, name, config.unit) for name in config.margins]
        return rake(margins, bounds=config.bounds, trim=config.trim, unknown=config.unknown)
    except DesignError as error:
        told = [fault.message for fault in error.faults] or [str(error)]
        faults = [Fault(meting.file.name, f"weights: {message}", column="weights", rule="weights") for message in told]
        raise ConfigurationError(faults=faults) from error


def _structure(meting: Meting) -> ToolStructure | None:
    if not meting.config.structure:
        return None
    from srsmeting.questionnaire.structures import read_structure

    return read_structure(meting.path(meting.config.structure))


def _silent(text: str) -> None:
    """Say nothing."""
