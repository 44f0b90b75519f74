"""A measurement (meting): its configuration, and the one function that runs the flow.

A measurement is a folder with a ``meting.yaml`` that says where its questionnaire, export, frame and coverage are,
which breakdowns are made, and under which rules its figures may be published.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from srsmeting.configuration import FILE_NAME, INPUTS, MetingConfig, measurement_file, read_config
from srsmeting.contradictions import config_faults, configuration_faults
from srsmeting.errors import ConfigurationError, Fault, PopulationError
from srsmeting.estimates import bind_estimates, read_estimates
from srsmeting.estimation import (
    Design,
    Mentions,
    Weighting,
    apply_publication_rules,
    coverage_rates,
    estimate_mentions,
    estimate_nonresponse,
    response_rates,
)
from srsmeting.intake import Intake, take_in
from srsmeting.intake.account.manifest import Comparison, compare, read_manifest, sealed_now, take_stock, write_manifest
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.checks.organisations import read_matches
from srsmeting.intake.corrections.entries import read_corrections
from srsmeting.intake.pseudonyms import Pseudonyms, need_salt, read_salt
from srsmeting.places import what_is_wrong, where_it_stands
from srsmeting.population import Population, read_coverage, read_population
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.sampling import weigh_strata
from srsmeting.themes import Respondents, count_mentions, read_coded
from srsmeting.weighing import estimate_answers, weigh

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure

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

    @property
    def inputs(self) -> dict[str, str]:
        """The files that a check takes in, by their key: the configuration, what it names, and what belongs to that."""
        found = {"configuration": self.file.name}
        found |= {key: name for key in INPUTS if (name := getattr(self.config, key))}
        if self.config.export.lower().endswith(".dat"):
            from srsmeting.intake.formats.limesurvey.spss import syntax_beside

            syntax = syntax_beside(self.file.parent / self.config.export)
            found |= {"syntax": Path(self.config.export).with_name(syntax.name).as_posix()} if syntax else {}
        return found

    @property
    def manifest(self) -> Path:
        """Where the hashes of those files are sealed."""
        return self._own("manifest.yaml")

    @property
    def record(self) -> Path:
        """The folder with the records of what was published."""
        return self._own("record")

    def _own(self, name: str) -> Path:
        # Two measurements can share a folder.
        return self.file.with_name(name if self.file.name == FILE_NAME else f"{self.file.stem}.{name}")

    def refuse_input(self, target: str | os.PathLike[str]) -> None:
        """Refuse to write where a file of the measurement stands.

        Raises
        ------
        ConfigurationError
            When `target` is one of them.
        """
        if str(target) == "-":
            return
        places = {"manifest": self.manifest}
        others = ("published", "estimates", "crosswalk", "programme", "voices")
        named = self.inputs | {key: getattr(self.config, key) for key in others}
        places |= {key: self.path(name) for key, name in named.items() if name}
        for key, path in places.items():
            if os.path.realpath(target) == os.path.realpath(path):
                raise ConfigurationError(f"{target}: is the {key} of this measurement. Write to another file.")
        if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(self.record)):
            raise ConfigurationError(f"{target}: lies in the record of this measurement. Write to another file.")


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
    counted
        What would be published without weights; None where the figures are not weighted to margins.
    designs
        Which questions have the same weights or strata, and their design; none when all respondents count the same.
    """

    estimates: pd.DataFrame
    intake: Intake | None
    weighting: Weighting | None = None
    counted: pd.DataFrame | None = None
    designs: tuple[tuple[set[str], Design], ...] = ()


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
    file, config, lines = read_config(path)
    faults = []
    if not config.estimates and not config.export:
        message = "needs 'export', or 'estimates' to start from. Add one of them."
        faults.append(Fault(file.name, message, rule="no_input"))
    for key in ("estimates", "published", "crosswalk", "programme", "voices", *INPUTS):
        name = getattr(config, key)
        if name and (wrong := what_is_wrong(file.parent / name)):
            what = f"there is no file {name!r} in {file.parent}" if wrong == "does not exist" else f"{name!r} {wrong}"
            message = f"{key}: {what}. Put it there, or correct the name."
            faults.append(Fault(file.name, message, lines.line((key,)), key, name, "no_file"))
    if config.earlier and what_is_wrong(measurement_file(file.parent / config.earlier)):
        place = f"{config.earlier!r} seen from {file.parent}"
        message = f"earlier: there is no measurement {place}. Name the folder of one."
        faults.append(Fault(file.name, message, lines.line(("earlier",)), "earlier", config.earlier, "no_file"))
    faults += config_faults(file, config, lines)
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
    tell = progress or silent
    if meting.config.estimates:
        return Run(read_estimates(meting.path(meting.config.estimates)), None)
    if not meting.config.frame:
        raise ConfigurationError(
            f"{meting.file.name}: names no 'frame', and every figure needs to know how many organisations were "
            "invited. Add the file with a row for each of them."
        )
    frame = organisations_of(meting, tell)
    intake = _take_in(meting, frame, tell)
    tell("estimating")
    config, responses = meting.config, intake.responses
    population = frame.eligible
    check_size(intake, population)
    design = Design.simple_random(responses.n, population.size)
    frames = [response_rates(responses, population, by=meting.response_by)]
    for name in config.publication.groups:
        if name != meting.response_by:
            # The rule is about the response of these groups, and readers see which ones it hides.
            rates = response_rates(responses, population, by=name)
            frames.append(rates[rates["by"] != ""])
    frames.append(estimate_nonresponse(responses, frame, intake.outcomes))
    frames.append(estimate_answers(responses, design, config))
    if config.coverage:
        coverage = read_coverage(meting.path(config.coverage), meting.questionnaire)
        frames.append(coverage_rates(coverage, config.meting))
    if config.coded:
        tell("counting the themes of open answers")
        frames.append(estimate_mentions(meting.questionnaire, _mentions(meting, intake)))
    tell("applying the publication rules")
    rules = config.publication.rules(meting.questionnaire, config.breakdowns)
    counted, weighed = bind_estimates(*frames), None
    if config.weights.margins or config.design.strata:
        made = weigh_strata if config.design.strata else weigh
        weighed = made(meting.file, config, responses, population, counted)
    unweighted = apply_publication_rules(counted, rules)
    published = weighed.publish(unweighted, rules) if weighed else unweighted
    if config.comparisons.by or config.comparisons.adjusted:
        # Here and not above: it takes libraries that are slow to load.
        from srsmeting.comparing import compare_figures

        tell("comparing groups")
        published = bind_estimates(published, compare_figures(config, responses, design, published, weighed))
    if weighed is None:
        return Run(published, intake)
    return Run(published, intake, weighed.weighting, unweighted, weighed.designs)


def check_size(intake: Intake, population: Population) -> None:
    """Refuse a frame with fewer organisations than respondents.

    Raises
    ------
    PopulationError
        When it has.
    """
    n = intake.responses.n
    if n > population.size:
        what = f"fewer organisations that could respond ({population.size}) than respondents ({n})"
        raise PopulationError(f"{population.name}: has {what}. Complete the frame, or set responses aside.")


def _mentions(meting: Meting, intake: Intake) -> dict[str, Mentions]:
    """Count the themes of the open answers that were coded."""
    coded = read_coded(meting.path(meting.config.coded), meting.questionnaire)
    salt = read_salt() if coded.has_pseudonyms else None
    names = Pseudonyms(salt, meting.config.meting) if salt else None
    respondents = Respondents(Path(meting.config.export).name, intake.ids, intake.ids_aside, names)
    counted = count_mentions(coded, intake.responses, respondents)
    return {question: Mentions(*numbers) for question, numbers in counted.items()}


def check_meting(
    meting: Meting, progress: Progress | None = None, *, pseudonyms: bool = False, seal: bool = False
) -> Intake:
    """Take in the export of a measurement and check it; nothing is estimated.

    Without a frame, respondents are not held against it.

    Parameters
    ----------
    meting
        The measurement.
    progress
        Called with a short text at every step.
    pseudonyms
        Whether the quarantine calls respondents by a pseudonym. That needs a salt, which is made where there is none.
    seal
        Whether to write the hashes of the files to the manifest, instead of comparing them with it.

    Raises
    ------
    SrsmetingError
        When the export or the frame cannot be read, or the measurement has no export.
    """
    tell = progress or silent
    if not meting.config.export:
        raise ConfigurationError(f"{meting.file.name}: names no export, so there is nothing to check. Add 'export'.")
    names = Pseudonyms(need_salt(), meting.config.meting) if pseudonyms else None
    population = organisations_of(meting, tell) if meting.config.frame else None
    if not seal:
        return _take_in(meting, population, tell, names)
    # Not over a file that is no manifest; and hashed before it is read, so that what is sealed was not changed since.
    read_manifest(meting.manifest)
    found = take_stock(meting.inputs, meting.file.parent)
    intake = _take_in(meting, population, tell, names, sealed_now(found, meting.manifest.name))
    write_manifest(found, meting.manifest)
    return intake


def take_in_answers(meting: Meting, progress: Progress | None = None) -> pd.DataFrame:
    """Take in what was written at the open questions of a measurement, by the respondents who count.

    Returns
    -------
    pd.DataFrame
        ``respondent`` (the id in the export), ``question``, ``text``.

    Raises
    ------
    SrsmetingError
        When the export or the frame cannot be read, or the measurement has no export.
    """
    tell = progress or silent
    if not meting.config.export:
        raise ConfigurationError(f"{meting.file.name}: names no export, so there are no answers. Add 'export'.")
    population = organisations_of(meting, tell) if meting.config.frame else None
    intake = _take_in(meting, population, tell, open_answers=True)
    return pd.DataFrame(intake.open_answers)


def organisations_of(meting: Meting, tell: Progress) -> Population:
    """Read the frame of a measurement."""
    tell("reading the frame")
    return read_population(meting.path(meting.config.frame), meting.questionnaire)


def _compared(meting: Meting) -> Comparison:
    sealed = read_manifest(meting.manifest)
    found = take_stock(meting.inputs, meting.file.parent) if sealed else None
    return compare(sealed, found, meting.manifest.name)


def _take_in(
    meting: Meting,
    population: Population | None,
    tell: Progress,
    pseudonyms: Pseudonyms | None = None,
    manifest: Comparison | None = None,
    *,
    open_answers: bool = False,
) -> Intake:
    tell("taking in the export")
    config = meting.config
    corrections = read_corrections(meting.path(config.corrections)) if config.corrections else None
    if corrections and corrections.has_pseudonyms and not pseudonyms:
        salt = read_salt()
        pseudonyms = Pseudonyms(salt, config.meting) if salt else None
    intake = take_in(
        meting.path(config.export),
        meting.questionnaire,
        population,
        ignore=config.ignore,
        structure=structure_of(meting),
        format=config.format,
        mapping=read_mapping(meting.path(config.mapping), meting.questionnaire) if config.mapping else None,
        response_by=meting.response_by,
        partial=config.partial,
        timezone=config.timezone,
        organisation=config.organisation,
        matches=read_matches(meting.path(config.matches)) if config.matches else None,
        corrections=corrections,
        pseudonyms=pseudonyms,
        manifest=manifest or _compared(meting),
        open_answers=open_answers,
        progress=tell,
    )
    place = where_it_stands(config.export, meting.file.parent)
    if not place:
        return intake
    return replace(intake, report=replace(intake.report, notes=(*intake.report.notes, place)))


def structure_of(meting: Meting) -> ToolStructure | None:
    """Read the structure file of the survey tool, where the configuration names one."""
    if not meting.config.structure:
        return None
    from srsmeting.questionnaire.structures import read_structure

    return read_structure(meting.path(meting.config.structure))


def silent(text: str) -> None:
    """Say nothing."""
