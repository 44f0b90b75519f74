"""From the export of a survey tool to the published chapter.

The public names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from srsmeting.crosswalk import harmonise as harmonise
    from srsmeting.crosswalk import propose_crosswalk as propose_crosswalk
    from srsmeting.crosswalk import read_crosswalk as read_crosswalk
    from srsmeting.errors import SrsmetingError as SrsmetingError
    from srsmeting.estimates import bind_estimates as bind_estimates
    from srsmeting.estimates import check_estimates as check_estimates
    from srsmeting.estimates import compare_estimates as compare_estimates
    from srsmeting.estimates import pick as pick
    from srsmeting.estimates import read_estimates as read_estimates
    from srsmeting.estimation import Design as Design
    from srsmeting.estimation import Margin as Margin
    from srsmeting.estimation import Weighting as Weighting
    from srsmeting.estimation import Weights as Weights
    from srsmeting.estimation import apply_publication_rules as apply_publication_rules
    from srsmeting.estimation import coverage_rates as coverage_rates
    from srsmeting.estimation import estimate_means as estimate_means
    from srsmeting.estimation import estimate_nonresponse as estimate_nonresponse
    from srsmeting.estimation import estimate_quantiles as estimate_quantiles
    from srsmeting.estimation import estimate_ratios as estimate_ratios
    from srsmeting.estimation import estimate_shares as estimate_shares
    from srsmeting.estimation import estimate_totals as estimate_totals
    from srsmeting.estimation import frame_margin as frame_margin
    from srsmeting.estimation import poststratify as poststratify
    from srsmeting.estimation import rake as rake
    from srsmeting.estimation import response_rates as response_rates
    from srsmeting.estimation.attainment import estimate_goals as estimate_goals
    from srsmeting.estimation.change import Wave as Wave
    from srsmeting.estimation.change import composition_changes as composition_changes
    from srsmeting.estimation.change import estimate_changes as estimate_changes
    from srsmeting.estimation.change import link_waves as link_waves
    from srsmeting.estimation.change import panel_changes as panel_changes
    from srsmeting.estimation.comparisons import adjusted_shares as adjusted_shares
    from srsmeting.estimation.comparisons import compare_groups as compare_groups
    from srsmeting.frames import write_frame as write_frame
    from srsmeting.goals import load_monitor as load_monitor
    from srsmeting.intake import take_in as take_in
    from srsmeting.meting import load_meting as load_meting
    from srsmeting.population import read_coverage as read_coverage
    from srsmeting.population import read_population as read_population
    from srsmeting.presentation.letters import column_letters as column_letters
    from srsmeting.questionnaire import load_questionnaire as load_questionnaire
    from srsmeting.record import read_records as read_records
    from srsmeting.recording import record_meting as record_meting
    from srsmeting.recording import replay_record as replay_record
    from srsmeting.render import render_report as render_report
    from srsmeting.report import open_report as open_report
    from srsmeting.running import run_meting as run_meting
    from srsmeting.synthesis import synthesise as synthesise
    from srsmeting.tabulating import write_tables as write_tables
    from srsmeting.verification import read_published as read_published
    from srsmeting.verification import verify_estimates as verify_estimates

_ROOMS = {
    "SrsmetingError": "errors",
    "Design": "estimation",
    "Margin": "estimation",
    "Wave": "estimation.change",
    "Weighting": "estimation",
    "Weights": "estimation",
    "adjusted_shares": "estimation.comparisons",
    "apply_publication_rules": "estimation",
    "bind_estimates": "estimates",
    "check_estimates": "estimates",
    "column_letters": "presentation.letters",
    "compare_estimates": "estimates",
    "compare_groups": "estimation.comparisons",
    "composition_changes": "estimation.change",
    "coverage_rates": "estimation",
    "estimate_changes": "estimation.change",
    "estimate_goals": "estimation.attainment",
    "estimate_means": "estimation",
    "estimate_nonresponse": "estimation",
    "estimate_quantiles": "estimation",
    "estimate_ratios": "estimation",
    "estimate_shares": "estimation",
    "estimate_totals": "estimation",
    "frame_margin": "estimation",
    "harmonise": "crosswalk",
    "link_waves": "estimation.change",
    "load_meting": "meting",
    "load_monitor": "goals",
    "load_questionnaire": "questionnaire",
    "open_report": "report",
    "panel_changes": "estimation.change",
    "pick": "estimates",
    "poststratify": "estimation",
    "propose_crosswalk": "crosswalk",
    "rake": "estimation",
    "read_coverage": "population",
    "read_crosswalk": "crosswalk",
    "read_estimates": "estimates",
    "read_population": "population",
    "read_published": "verification",
    "read_records": "record",
    "record_meting": "recording",
    "render_report": "render",
    "replay_record": "recording",
    "response_rates": "estimation",
    "run_meting": "running",
    "synthesise": "synthesis",
    "take_in": "intake",
    "verify_estimates": "verification",
    "write_frame": "frames",
    "write_tables": "tabulating",
}

__all__ = [*sorted(_ROOMS)]


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'srsmeting' has no attribute {name!r}")
    return getattr(import_module(f"srsmeting.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
