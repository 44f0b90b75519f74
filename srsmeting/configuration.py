"""What a ``meting.yaml`` says: the keys that it can have, and what of it contradicts itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from srsmeting.errors import ConfigurationError, Fault, suggest
from srsmeting.estimation import INTERVALS, GroupRule, PublicationRules
from srsmeting.intake.checks.times import TIMEZONE, is_timezone
from srsmeting.intake.formats.limesurvey.remote import check_address
from srsmeting.intake.formats.readers import LAST_RESORT, READERS
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import DECIMALS_FROM
from srsmeting.yamlfile import Text, YamlFile, read_yaml, validate

#: Name of the configuration in a measurement's folder.
FILE_NAME = "meting.yaml"

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
        ("coded", "export", "which has the answers"),
    ):
        if getattr(config, key) and not getattr(config, needed):
            message = f"{key}: needs {needed!r}, {why}. Add it."
            faults.append(Fault(file.name, message, lines.line((key,)), key, rule="missing_key"))
    return faults


def configuration_faults(config: MetingConfig, questionnaire: Questionnaire, lines: YamlFile) -> list[Fault]:
    """Return the names and settings of a configuration that do not exist, or do not go together."""
    faults = []
    known = questionnaire.breakdowns
    asked: list[tuple[tuple[str | int, ...], str]] = [
        (("breakdowns", n), part) for n, name in enumerate(config.breakdowns) for part in name.split("*")
    ]
    asked += [(("publication", "groups", name), name) for name in config.publication.groups]
    asked += [(("response_by",), config.response_by)] if config.response_by else []
    compared = _places_of_comparisons(config, lines)
    asked += list(zip(compared, config.comparisons.by, strict=True))
    for n, one in enumerate(config.comparisons.adjusted):
        asked += [(("comparisons", "adjusted", n), name) for name in (one.by, *one.corrected_for)]
    strata = config.design.strata
    asked += [(("design", "strata"), part) for part in strata.split("*") if strata]
    margins = config.weights.margins
    asked += [(("weights", "margins", n), part) for n, name in enumerate(margins) for part in name.split("*")]
    for loc, name in asked:
        if name not in known:
            message = f"{loc[0]}: no breakdown {name!r}. {suggest(name, known)}"
            faults.append(Fault(lines.name, message, lines.line(loc), str(loc[0]), name, "unknown_breakdown"))
    faults += _comparison_faults(config, questionnaire, lines)
    if config.interval not in INTERVALS:
        message = f"interval: no interval {config.interval!r}. {suggest(config.interval, INTERVALS)}"
        line = lines.line(("interval",))
        faults.append(Fault(lines.name, message, line, "interval", config.interval, "unknown_interval"))
    return (
        faults
        + _pair_faults(config, questionnaire, lines)
        + _design_faults(config, lines)
        + _weights_faults(config, lines)
    )


def _places_of_comparisons(config: MetingConfig, lines: YamlFile) -> list[tuple[str | int, ...]]:
    """Return where each breakdown stands that is compared: in a list of them, or below ``by``."""
    listed = ("comparisons", 0) in lines.lines
    return [("comparisons", n) if listed else ("comparisons", "by", n) for n in range(len(config.comparisons.by))]


def _comparison_faults(config: MetingConfig, questionnaire: Questionnaire, lines: YamlFile) -> list[Fault]:
    """Find comparisons of what is not published, and adjusted shares of what does not exist."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    known, asked = questionnaire.breakdowns, {question.id: question for question in questionnaire.questions}
    named = list(zip(_places_of_comparisons(config, lines), config.comparisons.by, strict=True))
    named += [(("comparisons", "adjusted", n), one.by) for n, one in enumerate(config.comparisons.adjusted)]
    for loc, name in named:
        if name in known and name not in config.breakdowns:
            found.append((loc, f"{name!r} is not broken down by. Add it to 'breakdowns'."))
    seen = set[tuple[str, str]]()
    for n, one in enumerate(config.comparisons.adjusted):
        loc = ("comparisons", "adjusted", n)
        question = asked.get(one.question)
        if question is None:
            found.append((loc, f"no question {one.question!r}. {suggest(one.question, asked)}"))
        for code in one.leave_out if question else ():
            if question and code not in question.codes:
                found.append((loc, f"no answer {code!r} to {one.question!r}. {suggest(code, question.codes)}"))
        if (one.question, one.by) in seen:
            what = f"{one.question!r} by {one.by!r} is adjusted twice, and there is room for one"
            found.append((loc, f"{what}. Name all that it is corrected for in one 'for'."))
        seen.add((one.question, one.by))
    return [
        Fault(lines.name, f"comparisons: {text}", lines.line(loc), "comparisons", rule="comparisons")
        for loc, text in found
    ]


def _pair_faults(config: MetingConfig, questionnaire: Questionnaire, lines: YamlFile) -> list[Fault]:
    """Find breakdowns that stand twice, or that cannot be crossed."""
    found, seen = [], set[frozenset[str]]()
    for n, name in enumerate(config.breakdowns):
        parts = name.split("*")
        questions = [questionnaire.breakdown(part).question for part in parts if part in questionnaire.breakdowns]
        if len(parts) > 2:
            found.append(
                (n, name, f"{name!r} crosses {len(parts)} breakdowns. Cross two, such as 'wgo*grootteklasse'.")
            )
        elif len(questions) == 2 and questions[0] == questions[1]:
            found.append((n, name, f"{name!r} crosses groups of one question. Cross groups of two."))
        elif frozenset(parts) in seen:
            found.append((n, name, f"{name!r} stands twice. Name it once."))
        seen.add(frozenset(parts))
    return [
        Fault(lines.name, f"breakdowns: {text}", lines.line(("breakdowns", n)), "breakdowns", name, "pair")
        for n, name, text in found
    ]


def _design_faults(config: MetingConfig, lines: YamlFile) -> list[Fault]:
    """Find what does not go together with strata."""
    strata, found = config.design.strata, []
    parts = strata.split("*")
    if len(parts) > 2 or len(set(parts)) < len(parts):
        found.append(f"strata {strata!r} are not two breakdowns crossed. Write them as 'wgo*grootteklasse'.")
    if strata and config.weights.margins:
        found.append("has strata, and 'weights' has margins. Leave one out: weights can have the strata as a margin.")
    if strata and config.interval == "exact":
        found.append("interval 'exact' is for respondents who all count the same. Take 'korn_graubard'.")
    return [Fault(lines.name, f"design: {text}", lines.line(("design",)), "design", rule="design") for text in found]


def _weights_faults(config: MetingConfig, lines: YamlFile) -> list[Fault]:
    """Find what is wrong with the weights before there are any."""
    weights, found = config.weights, []
    if not weights.margins and weights.model_fields_set - {"margins"}:
        found.append("names no margins. Add them, such as 'margins: [wgo]', or leave 'weights' out.")
    for name in dict.fromkeys(weights.margins):
        parts = name.split("*")
        if weights.margins.count(name) > 1:
            found.append(f"margin {name!r} stands twice. Name it once.")
        if len(parts) > 2 or len(set(parts)) < len(parts):
            found.append(f"margin {name!r} is not two breakdowns crossed. Write it as 'wgo*grootteklasse'.")
    low, high = weights.bounds or (0, 2)
    if not 0 <= low < 1 < high:
        found.append(
            f"bounds are {low:g} and {high:g}. They are ratios to the weight before: give one from 0 to below 1 and "
            "one above 1, such as [0.3, 3]."
        )
    if weights.margins and config.interval == "exact":
        found.append("interval 'exact' is for respondents who all count the same. Take 'korn_graubard'.")
    return [
        Fault(lines.name, f"weights: {text}", lines.line(("weights",)), "weights", rule="weights") for text in found
    ]
