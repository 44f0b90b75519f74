"""A measurement's folder, made: whole or not at all, and over nothing that is there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from srsmeting.configuration import FILE_NAME, MetingConfig, read_config
from srsmeting.errors import ConfigurationError
from srsmeting.kinds import is_monitor
from srsmeting.places import what_is_wrong
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.starting.backgrounds import frame_columns
from srsmeting.starting.chapters import draft_report
from srsmeting.starting.empty import empty_coverage, empty_facts, empty_frame, empty_voices
from srsmeting.starting.instructions import Earlier, readme
from srsmeting.starting.invented import write_invented
from srsmeting.starting.names import choose_id, move_year, refuse_known, title_of, year_in
from srsmeting.starting.place import Started, made_whole, put, refuse_full
from srsmeting.starting.questionnaires import names_year, next_title, next_version, starter_questionnaire
from srsmeting.starting.resource import resource
from srsmeting.starting.settings import KEPT, settings_text
from srsmeting.worktree import work_tree_of
from srsmeting.yamlfile import read_yaml

#: Respondents of an example: enough for figures, few enough for groups that are hidden.
_EXAMPLE_SIZE, _SEED = 260, 1
_NOTICE: Final = (
    "Alle antwoorden, organisaties en medewerkers onder dit rapport zijn verzonnen. Het is een voorbeeld om te zien "
    "hoe een meting werkt; over niemand volgt er iets uit."
)
#: What the rules of a first measurement are.
_RULES: Final[Mapping[str, Any]] = {"publication": {"min_base": 10, "normal_base": 30, "decimals_from": "never"}}
#: Keys that are of one measurement, and of no later one.
OF_ONE: Final = ("estimates", "published", "structure", "mapping", "corrections", "matches", "format", "limesurvey")


@dataclass(frozen=True)
class _Plan:
    """What is written, before it is."""

    id: str
    title: str
    questionnaire: str
    kept: Mapping[str, Any]
    report: Mapping[str, str]
    files: tuple[str, ...]
    later: tuple[str, ...]
    about: str
    earlier: Earlier | None = None
    facts: str = ""
    source: Path | None = None


def new_meting(folder: Path, *, source: Path | None = None, id: str = "", example: bool = False) -> Started:
    """Make the folder of a measurement.

    Parameters
    ----------
    folder
        Where to; it is not there yet, or empty.
    source
        The measurement before: its questionnaire and configuration are copied, and none of its data.
    id
        Of the new measurement; default told from the folder, or from `source` with its year moved on.
    example
        Whether answers, frame and coverage are invented, so that it can be rendered at once.

    Returns
    -------
    Started

    Raises
    ------
    ConfigurationError
        When the folder is not empty or cannot be written, the id is none or is taken, or both `source` and `example`
        are asked for.
    QuestionnaireError
        With what is wrong in the questionnaire of `source`.
    """
    if source is not None and example:
        raise ConfigurationError("an example has answers of its own, and starts from no other measurement. Choose one.")
    refuse_full(folder)
    plan = _first(folder, id) if source is None else _later(folder, source, id)
    places = [folder.resolve().parent]
    if source is not None:
        places.append((source if source.is_dir() else source.parent).resolve().parent)
    refuse_known(plan.id, places)
    with made_whole(folder) as draft:
        _write(draft, folder, plan, example=example)
        files = tuple(sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()))
    notes = []
    top = work_tree_of(folder / FILE_NAME)
    if top is not None and not example:
        notes.append(
            f"{folder.as_posix()} lies in the git work tree {str(top)!r}. Its .gitignore keeps answers and names out "
            "of git; outside any repository they are safer."
        )
    return Started(folder, plan.id, files, tuple(notes))


def _first(folder: Path, given: str) -> _Plan:
    id = choose_id(folder, given)
    title = title_of(id)
    period = {"period": year} if (year := year_in(id)) else {}
    return _Plan(
        id,
        title,
        starter_questionnaire(id, title),
        {"breakdowns": ["regio", "branche_samengevoegd"], "response_by": "regio", **_RULES},
        {**period, "source": f"{title}, enquête onder leden"},
        files=("questionnaire", "export", "frame", "coverage"),
        later=("coded",),
        about="Which files belong to this measurement, and how its figures are published. Paths are relative to here.",
    )


def _later(folder: Path, source: Path, given: str) -> _Plan:
    if source.is_file() and "questions" in read_yaml(source).data:
        what = "is a questionnaire, and a measurement starts from another measurement"
        raise ConfigurationError(f"{source.as_posix()}: {what}. Name the {FILE_NAME} that names it, or its folder.")
    if is_monitor(source):
        what = "is a programme whose goals are followed, and goes on in its own folder"
        raise ConfigurationError(f"{source.as_posix()}: {what}: add a moment to its {FILE_NAME}.")
    file, config, lines = read_config(source)
    id = choose_id(folder, given, config.meting)
    at = file.parent / config.questionnaire
    if wrong := what_is_wrong(at):
        raise ConfigurationError(f"{file.as_posix()}: its questionnaire {config.questionnaire!r} {wrong}.")
    asked = load_questionnaire(at)
    before, after = year_in(config.meting), year_in(id)
    title = next_title(config.title, config.meting, id)
    left_out = [key for key in OF_ONE if key in lines.data]
    if config.report is not None and config.report.notice:
        left_out.append("notice")
    later = ["earlier", "crosswalk", *(key for key in ("coded", "programme", "voices") if getattr(config, key))]
    return _Plan(
        id,
        title,
        next_version(at, id, next_title(asked.title, config.meting, id)),
        {key: lines.data[key] for key in KEPT if key in lines.data},
        _next_report(config, before, after, title),
        files=("questionnaire", "export", "frame", *(["coverage"] if asked.coverage_branches else [])),
        later=tuple(later),
        about=f"Started from {config.meting}. Which files belong to it, and how its figures are published.",
        earlier=Earlier(config.meting, source.as_posix(), names_year(asked, before), tuple(left_out)),
        facts=empty_facts(file.parent / config.programme, config.meting) if config.programme else "",
        source=file.parent if file.name == FILE_NAME else file,
    )


def _next_report(config: MetingConfig, before: str, after: str, title: str) -> dict[str, str]:
    report = config.report
    if report is None:
        return {"source": f"{title}, enquête onder leden"}
    texts = {"period": report.period, "source": report.source, "coverage_source": report.coverage_source}
    moved = {key: move_year(text, before, after) if before and after else text for key, text in texts.items() if text}
    # What was counted at which moment is for a person to say anew.
    if "coverage_source" in moved:
        moved["coverage_source"] = report.coverage_source
    return moved


def _write(folder: Path, place: Path, plan: _Plan, *, example: bool) -> None:
    put(folder / "questionnaire.yaml", plan.questionnaire)
    questionnaire = load_questionnaire(folder / "questionnaire.yaml")
    known = frame_columns(questionnaire, plan.kept)
    names = {"questionnaire": "questionnaire.yaml"}
    report = dict(plan.report)
    if example:
        made = write_invented(
            folder, questionnaire, n=_EXAMPLE_SIZE, seed=_SEED, known=known, year=year_in(plan.id, plan.title)
        )
        names |= made.files
        report |= {"source": f"{plan.title}; verzonnen antwoorden", "notice": _NOTICE}
    else:
        names |= {key: f"{key}.csv" for key in plan.files if key != "questionnaire"}
        put(folder / "frame.csv", empty_frame(known))
        if "coverage" in names:
            put(folder / "coverage.csv", empty_coverage(questionnaire, year_in(plan.id, plan.title)))
    tables = ("coded", "crosswalk")
    later = {key: f"{key}.{'csv' if key in tables else 'yaml'}" for key in plan.later if key not in names}
    if plan.source is not None:
        # Seen from where the folder will stand.
        later["earlier"] = Path(os.path.relpath(plan.source.resolve(), place.resolve())).as_posix()
    if "programme" in later:
        put(folder / "programme.yaml", plan.facts)
    if "voices" in later:
        put(folder / "voices.yaml", empty_voices())
    put(
        folder / FILE_NAME,
        settings_text(plan.id, plan.title, files=names, later=later, kept=plan.kept, report=report, about=plan.about),
    )
    put(folder / ".gitignore", resource("gitignore"))
    put(
        folder / "README.md",
        readme(
            plan.id,
            plan.title,
            place.as_posix(),
            questionnaire,
            known=known,
            files=[*names, *later],
            earlier=plan.earlier,
            example=example,
        ),
    )
    chapters = report_of(questionnaire, plan.title, plan.kept, coverage="coverage" in names, coded="coded" in names)
    for name, text in chapters.items():
        put(folder / "report" / name, text)


def report_of(
    questionnaire: Questionnaire, title: str, settings: Mapping[str, Any], *, coverage: bool, coded: bool
) -> dict[str, str]:
    """Draft a report under the settings of a measurement."""
    by = settings.get("response_by")
    default = "wgo" if "wgo" in questionnaire.breakdowns else ""
    return draft_report(
        questionnaire,
        title,
        breakdowns=settings.get("breakdowns", ()),
        response_by=default if by is None else str(by),
        coverage=coverage,
        coded=coded,
    )
