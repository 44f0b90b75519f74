"""What a ``meting.yaml`` says: the keys that it can have."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from srsmeting import kinds
from srsmeting.errors import ConfigurationError
from srsmeting.estimation import GroupRule, PublicationRules
from srsmeting.intake.checks.times import TIMEZONE
from srsmeting.intake.formats.limesurvey.remote import check_address
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import DECIMALS_FROM
from srsmeting.yamlfile import Text, YamlFile, validate

#: Name of the configuration in a measurement's folder.
FILE_NAME = kinds.FILE_NAME

#: Keys of the files that a check takes in.
INPUTS: Final = (
    *("questionnaire", "export", "structure", "mapping", "corrections", "frame", "matches", "coverage", "coded"),
)


class GroupRuleConfig(BaseModel):
    """When the results of one group of a breakdown may be published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_respondents: Annotated[int, Field(ge=1)] = 10
    min_response: Annotated[float, Field(ge=0, le=1)] = 0.0


def _never(value: object) -> object:
    return None if value == "never" else value


class PublicationConfig(BaseModel):
    """The publication rules of a measurement."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Fewer respondents are not shown in a breakdown.
    min_base: Annotated[int, Field(ge=1)] = 10
    #: Fewer respondents are shown with the mark of an indicative number.
    normal_base: Annotated[int, Field(ge=0)] = 30
    groups: Mapping[str, GroupRuleConfig] = {}
    #: From how many respondents on percentages have a decimal; "never" for whole percentages only.
    decimals_from: Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_never)] = DECIMALS_FROM

    def rules(self, questionnaire: Questionnaire, breakdowns: Iterable[str]) -> PublicationRules:
        """Return the rules for figures by these breakdowns."""
        groups = {name: GroupRule(rule.min_respondents, rule.min_response) for name, rule in self.groups.items()}
        bases = {"min_base": self.min_base, "normal_base": self.normal_base}
        return PublicationRules.linked(questionnaire, breakdowns, **bases, groups=groups)


class ReportConfig(BaseModel):
    """What every report of this measurement prints beside the numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    #: Where the coverage comes from, when that is not the survey.
    coverage_source: str = ""
    notice: str = ""
    #: The year or period that the answers are about, as printed: "2021".
    period: Text = ""


class WeightsConfig(BaseModel):
    """To which margins of the frame respondents are weighted; without margins they all count the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Breakdowns that the frame knows of everyone; two crossed as "wgo*grootteklasse".
    margins: tuple[str, ...] = ()
    #: Least and most that a weight may be, as a ratio to the weight before.
    bounds: tuple[float, float] | None = None
    #: Most that a weight may be, in times their mean.
    trim: Annotated[float | None, Field(gt=1)] = None
    #: What the frame is counted in.
    unit: Literal["organisations", "employees"] = "organisations"
    #: What to do with respondents whose group is not known.
    unknown: Literal["refuse", "own_group"] = "refuse"


class DesignConfig(BaseModel):
    """How respondents came out of the frame: as a sample of all, or of every stratum."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Breakdown whose groups are the strata; two crossed as "wgo*grootteklasse". Empty: no strata.
    strata: str = ""


def _margins_only(value: object) -> object:
    # One line says it all where there is nothing more to say than which margins.
    return {"margins": value} if isinstance(value, list | str) else value


def _breakdowns_only(value: object) -> object:
    return {"by": value} if isinstance(value, list | str) else value


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


class AdjustedConfig(BaseModel):
    """Shares of groups as they would be if the groups did not differ in something else."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    question: str
    by: str
    #: Breakdowns in which the groups may differ.
    corrected_for: Annotated[tuple[str, ...], BeforeValidator(_one_or_more), Field(alias="for")] = ()
    #: Answers that do not count.
    leave_out: Annotated[tuple[str, ...], BeforeValidator(_one_or_more)] = ()
    model: Literal["logit", "ordinal", "multinomial"] = "logit"


class ComparisonsConfig(BaseModel):
    """What is compared between groups."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Of which breakdowns the groups are compared: tests, differences and p-values.
    by: Annotated[tuple[str, ...], BeforeValidator(_one_or_more)] = ()
    adjusted: tuple[AdjustedConfig, ...] = ()


class NotComparableConfig(BaseModel):
    """Another measurement that readers might set beside this one, and why that cannot be."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    #: In Dutch: it is printed.
    reason: Text


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
    #: The measurement before this one: its folder, or its meting.yaml.
    earlier: str = ""
    #: What became of every question of the measurement before; `srsmeting crosswalk propose` makes it.
    crosswalk: str = ""
    #: Measurements of others, such as of the programme before, that this one may not be compared with.
    not_comparable: tuple[NotComparableConfig, ...] = ()
    #: Facts of the programme that the survey does not measure: budgets, interviews, sessions.
    programme: str = ""
    #: Quotations and examples of practice, with who agreed to them.
    voices: str = ""
    #: The structure file of the survey tool, which has the codes where the export has texts.
    structure: str = ""
    #: Which columns and texts of the export stand for what; `srsmeting map` proposes it.
    mapping: str = ""
    #: Which cells of the export are wrong, and which responses do not count.
    corrections: str = ""
    #: Which themes the open answers are about; `srsmeting code import` writes it.
    coded: str = ""
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
    #: A list of these breakdowns, or a mapping.
    comparisons: Annotated[ComparisonsConfig, BeforeValidator(_breakdowns_only)] = ComparisonsConfig()
    #: Whose response is shown apart; empty: that of all together. Not named: by WGO, where the questionnaire has it.
    response_by: str | None = None
    #: The interval of shares; one of ``srsmeting.estimation.INTERVALS``.
    interval: str = "wilson"
    design: DesignConfig = DesignConfig()
    #: A list of margins, or a mapping.
    weights: Annotated[WeightsConfig, BeforeValidator(_margins_only)] = WeightsConfig()
    publication: PublicationConfig = PublicationConfig()
    report: ReportConfig | None = None


def measurement_file(path: Path) -> Path:
    """Return the configuration of a measurement that is named by its folder, or by that file."""
    return path / FILE_NAME if path.is_dir() else path


def read_config(path: str | os.PathLike[str]) -> tuple[Path, MetingConfig, YamlFile]:
    """Read a ``meting.yaml``, or that of a folder; whether the files that it names are there, is not looked at."""
    file, lines = kinds.open_config(path)
    kinds.refuse_goals(file, lines)
    return file, validate(MetingConfig, lines, ConfigurationError), lines
