"""A measurement (meting): its configuration, and the questionnaire that it names.

A measurement is a folder with a ``meting.yaml`` that says where its questionnaire, export, frame and coverage are,
which breakdowns are made, and under which rules its figures may be published.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from srsmeting.configuration import INPUTS, measurement_file, read_config
from srsmeting.contradictions import config_faults, configuration_faults
from srsmeting.errors import ConfigurationError, Fault
from srsmeting.meting_files import MetingFiles
from srsmeting.places import what_is_wrong
from srsmeting.questionnaire import Questionnaire, load_questionnaire

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Meting(MetingFiles):
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

    questionnaire: Questionnaire

    @property
    def response_by(self) -> str:
        """The breakdown of the response; empty for the total only."""
        if self.config.response_by is None:
            return "wgo" if "wgo" in self.questionnaire.breakdowns else ""
        return self.config.response_by


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


def silent(text: str) -> None:
    """Say nothing."""
