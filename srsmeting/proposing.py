"""What a researcher is given to edit: which columns stand for which questions, which names for which organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srsmeting.checking import organisations_of, structure_of
from srsmeting.errors import ConfigurationError, Fault, IntakeError, PopulationError
from srsmeting.intake import read_export
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.checks.organisations import read_matches, with_names
from srsmeting.meting import Meting, Progress, silent
from srsmeting.population import ORGANISATION

if TYPE_CHECKING:
    from srsmeting.intake.binding.proposal import Proposal
    from srsmeting.intake.checks.match_proposal import MatchProposal


def propose_mapping(meting: Meting, progress: Progress | None = None) -> Proposal:
    """Propose which columns and texts of the export stand for which questions and answers.

    Raises
    ------
    SrsmetingError
        When the export cannot be read, or the measurement has none.
    """
    from srsmeting.intake.binding.proposal import propose

    if not meting.config.export:
        raise ConfigurationError(f"{meting.file.name}: names no export, so there is nothing to map. Add 'export'.")
    (progress or silent)("reading the export")
    config = meting.config
    raw = read_export(meting.path(config.export), structure_of(meting), config.format, progress)
    return propose(with_names(raw, config.organisation) if config.organisation else raw, meting.questionnaire)


def propose_organisations(meting: Meting, progress: Progress | None = None) -> MatchProposal:
    """Propose which organisation in the frame a name in the export stands for.

    Raises
    ------
    SrsmetingError
        When the export or the frame cannot be read or has no names, or the configuration does not say where they are.
    """
    from srsmeting.intake.binding.mapped import apply_mapping
    from srsmeting.intake.checks.match_proposal import propose_matches

    config, tell = meting.config, progress or silent
    for key, what in (
        ("export", "so there is nothing to match"),
        ("frame", "with which names could be matched"),
        ("organisation", "the column of the export with the names of organisations"),
    ):
        if not getattr(config, key):
            raise ConfigurationError(f"{meting.file.name}: names no '{key}', {what}. Add '{key}'.")
    population = organisations_of(meting, tell)
    if ORGANISATION not in population.organisations:
        message = "no column 'organisation', with the names of organisations. Add it."
        raise PopulationError(faults=[Fault(population.name, message, 1, ORGANISATION, rule="missing_column")])
    tell("reading the export")
    mapping = read_mapping(meting.path(config.mapping), meting.questionnaire) if config.mapping else None
    raw = read_export(meting.path(config.export), structure_of(meting), config.format, tell)
    raw = with_names(apply_mapping(raw, mapping, meting.questionnaire) if mapping else raw, config.organisation)
    if not raw.organisation_column:
        raise IntakeError(faults=raw.faults[-1:])
    matches = read_matches(meting.path(config.matches)) if config.matches else None
    return propose_matches(raw, population, matches)
