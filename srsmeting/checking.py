"""Taking in the answers of a measurement, and checking them; nothing is estimated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from srsmeting.errors import ConfigurationError, PopulationError
from srsmeting.intake import Intake, take_in
from srsmeting.intake.account.manifest import Comparison, compare, read_manifest, sealed_now, take_stock, write_manifest
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.checks.organisations import read_matches
from srsmeting.intake.corrections.entries import read_corrections
from srsmeting.intake.pseudonyms import Pseudonyms, need_salt, read_salt
from srsmeting.meting import Meting, Progress, silent
from srsmeting.places import where_it_stands
from srsmeting.population import Population, read_population

if TYPE_CHECKING:
    from srsmeting.questionnaire.structures import ToolStructure


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
        return take_in_export(meting, population, tell, names)
    # Not over a file that is no manifest; and hashed before it is read, so that what is sealed was not changed since.
    read_manifest(meting.manifest)
    found = take_stock(meting.inputs, meting.file.parent)
    intake = take_in_export(meting, population, tell, names, sealed_now(found, meting.manifest.name))
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
    intake = take_in_export(meting, population, tell, open_answers=True)
    return pd.DataFrame(intake.open_answers)


def take_in_export(
    meting: Meting,
    population: Population | None,
    tell: Progress,
    pseudonyms: Pseudonyms | None = None,
    manifest: Comparison | None = None,
    *,
    open_answers: bool = False,
) -> Intake:
    """Take in the export of a measurement with the files that belong to it.

    Parameters
    ----------
    meting
        The measurement.
    population
        Its frame; None where respondents are not held against one.
    tell
        Called with a short text at every step.
    pseudonyms
        By which the quarantine calls respondents; None for the ids of the export.
    manifest
        What became of the sealed files; None to look that up.
    open_answers
        Whether to bring along what was written at the open questions.
    """
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


def organisations_of(meting: Meting, tell: Progress) -> Population:
    """Read the frame of a measurement."""
    tell("reading the frame")
    return read_population(meting.path(meting.config.frame), meting.questionnaire)


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


def structure_of(meting: Meting) -> ToolStructure | None:
    """Read the structure file of the survey tool, where the configuration names one."""
    if not meting.config.structure:
        return None
    from srsmeting.questionnaire.structures import read_structure

    return read_structure(meting.path(meting.config.structure))


def _compared(meting: Meting) -> Comparison:
    sealed = read_manifest(meting.manifest)
    found = take_stock(meting.inputs, meting.file.parent) if sealed else None
    return compare(sealed, found, meting.manifest.name)
