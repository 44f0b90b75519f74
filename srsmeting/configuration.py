"""What a ``meting.yaml`` says: the keys that it can have, and what of it contradicts itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from srsmeting.errors import ConfigurationError, Fault, suggest
from srsmeting.intake.checks.times import TIMEZONE, is_timezone
from srsmeting.intake.formats.limesurvey.remote import check_address
from srsmeting.intake.formats.readers import LAST_RESORT, READERS
from srsmeting.yamlfile import Text, YamlFile, read_yaml, validate

#: Name of the configuration in a measurement's folder.
FILE_NAME = "meting.yaml"

#: Keys of the files that a check takes in.
INPUTS: Final = ("questionnaire", "export", "structure", "mapping", "corrections", "frame", "matches", "coverage")


class GroupRuleConfig(BaseModel):
    """When the results of one group of a breakdown may be published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_respondents: Annotated[int, Field(ge=1)] = 10
    min_response: Annotated[float, Field(ge=0, le=1)] = 0.0


class PublicationConfig(BaseModel):
    """The publication rules of a measurement."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_base: Annotated[int, Field(ge=1)] = 10
    groups: Mapping[str, GroupRuleConfig] = {}


class ReportConfig(BaseModel):
    """What every report of this measurement prints beside the numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    #: Where the coverage comes from, when that is not the survey.
    coverage_source: str = ""
    notice: str = ""
    #: The year or period that the answers are about, as printed: "2021".
    period: Text = ""


class LimeSurveyConfig(BaseModel):
    """Where `srsmeting fetch` gets the responses; who is allowed to, no file says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str
    survey: Annotated[int, Field(ge=1)]

    @field_validator("url")
    @classmethod
    def _is_of_remotecontrol(cls, url: str) -> str:
        if wrong := check_address(url):
            raise ValueError(wrong)
        return url


class MetingConfig(BaseModel):
    """What a ``meting.yaml`` says; paths are relative to its folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meting: Text
    title: str
    questionnaire: str
    export: str = ""
    frame: str = ""
    coverage: str = ""
    estimates: str = ""
    published: str = ""
    #: The structure file of the survey tool, which has the codes where the export has texts.
    structure: str = ""
    #: Which columns and texts of the export stand for what; `srsmeting map` proposes it.
    mapping: str = ""
    #: Which cells of the export are wrong, and which responses do not count.
    corrections: str = ""
    #: What the export is, where that cannot be seen.
    format: str = ""
    limesurvey: LimeSurveyConfig | None = None
    #: Columns of the export that are no part of the measurement, such as hidden fields.
    ignore: tuple[str, ...] = ()
    #: Column of the export with the names of organisations, which finds those without a token in the frame.
    organisation: str = ""
    #: Which names in the export stand for which in the frame; `srsmeting match` proposes it.
    matches: str = ""
    #: A response that was not finished counts when it answered at least this share of what it was asked.
    partial: Annotated[float, Field(ge=0.01, le=1)] | None = None
    #: Zone in which days are told, and of moments that tell none.
    timezone: str = TIMEZONE
    breakdowns: tuple[str, ...] = ()
    #: Whose response is shown apart; empty: that of all together. Not named: by WGO, where the questionnaire has it.
    response_by: str | None = None
    publication: PublicationConfig = PublicationConfig()
    report: ReportConfig | None = None


def read_config(path: str | os.PathLike[str]) -> tuple[Path, MetingConfig, YamlFile]:
    """Read a ``meting.yaml``, or that of a folder; whether the files that it names are there, is not looked at."""
    file = Path(path)
    file = file / FILE_NAME if file.is_dir() else file
    if not file.is_file():
        raise ConfigurationError(
            f"{path}: no measurement here. Name a {FILE_NAME} or the folder that holds one, such as analyses/srs_2021."
        )
    lines = read_yaml(file)
    return file, validate(MetingConfig, lines, ConfigurationError), lines


def config_faults(file: Path, config: MetingConfig, lines: YamlFile) -> list[Fault]:
    """Return what keys of a configuration lack of each other, and a time zone or a format that does not exist."""
    faults = []
    if not is_timezone(config.timezone):
        message = f"timezone: no time zone {config.timezone!r}. Write it as 'Europe/Amsterdam' or 'UTC'."
        faults.append(Fault(file.name, message, lines.line(("timezone",)), "timezone", config.timezone, "timezone"))
    formats = [reader.KEY for reader in (*READERS, LAST_RESORT)]
    if config.format and config.format not in formats:
        message = f"format: no format {config.format!r}. {suggest(config.format, formats)}"
        faults.append(Fault(file.name, message, lines.line(("format",)), "format", config.format, "unknown_format"))
    for key, needed, why in (
        ("matches", "organisation", "the column of the export with the names"),
        ("matches", "frame", "which has the organisations"),
    ):
        if getattr(config, key) and not getattr(config, needed):
            message = f"{key}: needs {needed!r}, {why}. Add it."
            faults.append(Fault(file.name, message, lines.line((key,)), key, rule="missing_key"))
    return faults
