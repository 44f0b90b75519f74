"""What a ``meting.yaml`` names that does not exist, or that does not go together."""

from __future__ import annotations

from pathlib import Path

from srsmeting.configuration import MetingConfig
from srsmeting.errors import Fault, suggest
from srsmeting.estimation import INTERVALS
from srsmeting.intake.checks.times import is_timezone
from srsmeting.intake.formats.readers import LAST_RESORT, READERS
from srsmeting.questionnaire import Questionnaire
from srsmeting.rounding import DECIMALS_FROM
from srsmeting.yamlfile import YamlFile


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
        ("earlier", "crosswalk", "which says what of both may be compared; `srsmeting crosswalk propose` makes it"),
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
        + _decimals_faults(config, lines)
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
    if frozenset(parts) in {frozenset(name.split("*")) for name in config.weights.margins}:
        found.append(f"strata {strata!r} are a margin of 'weights' too. Leave it out there: strata have their weight.")
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


def _decimals_faults(config: MetingConfig, lines: YamlFile) -> list[Fault]:
    """Find more decimals than weighted percentages are kept in."""
    least = config.publication.decimals_from
    if least is None or least >= DECIMALS_FROM or not (config.weights.margins or config.design.strata):
        return []
    what = "respondents do not all count the same, and such percentages are kept whole below a base of "
    message = f"publication: decimals_from is {least}; {what}{DECIMALS_FROM:,}. Take {DECIMALS_FROM} or more, or never."
    return [Fault(lines.name, message, lines.line(("publication",)), "publication", str(least), rule="decimals")]
