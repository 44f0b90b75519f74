"""A dry run: the whole report on invented answers, before anybody is asked anything."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from srsmeting.configuration import FILE_NAME, MetingConfig, read_config
from srsmeting.errors import ConfigurationError, Fault
from srsmeting.places import what_is_wrong
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.starting.backgrounds import backgrounds, frame_columns
from srsmeting.starting.findings import find
from srsmeting.starting.folder import report_of
from srsmeting.starting.invented import write_invented
from srsmeting.starting.marking import MarkedReport, mark_report
from srsmeting.starting.names import year_in
from srsmeting.starting.settings import KEPT, settings_text
from srsmeting.yamlfile import read_yaml

#: What every chapter begins with, and what stands under every figure.
NOTICE: Final = (
    "Proefdraai: alle antwoorden zijn verzonnen. De getallen op deze pagina’s zeggen niets; alleen de opbouw, de "
    "vragen en de teksten zijn echt."
)
_SOURCE: Final = "proefdraai met verzonnen antwoorden"
#: Begins the ``meting.yaml`` of a dry run, which may be made anew.
_ABOUT: Final = "Made by `srsmeting dry-run`: everything here is invented, and is made anew by the next one."
#: Ignored where a report is copied: what was rendered before.
_MADE: Final = ("_book", "_site", ".quarto", "figuren", "__pycache__")


@dataclass(frozen=True)
class DryRun:
    """A dry run, ready to be rendered.

    Parameters
    ----------
    meting
        Folder of the invented measurement.
    report
        Folder of the report, in which every chapter says that it is a dry run.
    respondents, invited
        How many were invented.
    found
        What a person must look at.
    """

    meting: Path
    report: Path
    respondents: int
    invited: int
    found: tuple[Fault, ...]
    _marked: MarkedReport

    def as_written(self, text: str) -> str:
        """Return a message about the report with the places where its author finds them."""
        return self._marked.as_written(text)


@dataclass(frozen=True)
class _Subject:
    questionnaire: Questionnaire
    file: Path
    title: str
    settings: Mapping[str, Any]
    config: MetingConfig | None = None
    place: Path = Path()


def dry_run(
    source: Path, folder: Path, scratch: Path, *, report: Path | None = None, respondents: int = 200, seed: int = 1
) -> DryRun:
    """Invent answers to a questionnaire, and make what a report of them is rendered from.

    Parameters
    ----------
    source
        A questionnaire, or a measurement: its breakdowns, rules and weights count. Its data are not looked at.
    folder
        Where the invented measurement is written, over that of an earlier dry run.
    scratch
        An empty folder for the report.
    report
        Folder of the report; default one that is drafted from the questionnaire.
    respondents
        How many are invented.
    seed
        The same seed gives the same answers.

    Returns
    -------
    DryRun

    Raises
    ------
    ConfigurationError
        When `source` is neither, or `folder` holds something else.
    QuestionnaireError
        With what is wrong in the questionnaire.
    """
    subject = _read(source)
    asked, settings = subject.questionnaire, subject.settings
    if respondents < 1:
        raise ConfigurationError(f"{respondents} respondents answer nothing. Ask for at least 1.")
    if report is not None and not (report / "_quarto.yml").is_file():
        raise ConfigurationError(f"{report.as_posix()}: no '_quarto.yml' here. Give the folder of a Quarto project.")
    _clear(folder)
    year = year_in(asked.meting, subject.title)
    known = frame_columns(asked, settings)
    weights = settings.get("weights")
    employees = isinstance(weights, Mapping) and weights.get("unit") == "employees"
    made = write_invented(folder, asked, n=respondents, seed=seed, known=known, year=year, employees=employees)
    shutil.copyfile(subject.file, folder / "questionnaire.yaml")
    kept = {key: value for key, value in settings.items() if key not in ("ignore", "organisation")}
    texts = {"period": year} if year else {}
    if subject.config is not None and subject.config.report is not None and subject.config.report.period:
        texts = {"period": subject.config.report.period}
    texts |= {"source": _SOURCE, "notice": NOTICE}
    # Facts and quotations were not answered by anyone: those that there are, are shown.
    files = {"questionnaire": "questionnaire.yaml", **made.files, **_told(subject)}
    text = settings_text(asked.meting, subject.title, files=files, later={}, kept=kept, report=texts, about=_ABOUT)
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    target = scratch / f"proefdraai-{'rapport' if report is None else report.resolve().name}"
    if report is None:
        drafted = report_of(asked, subject.title, kept, coverage="coverage" in files, coded="coded" in files)
        target.mkdir()
        for name, chapter in drafted.items():
            (target / name).write_text(chapter, encoding="utf-8")
    else:
        shutil.copytree(report, target, ignore=shutil.ignore_patterns(*_MADE))
    chapters = sorted(target.rglob("*.qmd"))
    rules = MetingConfig(meting="m", title="t", questionnaire="q").publication
    rules = rules if subject.config is None else subject.config.publication
    found = find(
        asked,
        made.dummies,
        read_yaml(subject.file),
        breakdowns=[str(name) for name in settings.get("breakdowns", ())],
        min_base=rules.min_base,
        normal_base=rules.normal_base,
        chapters=[] if report is None else chapters,
    )
    marked = mark_report(target, NOTICE, report)
    return DryRun(folder, target, respondents, made.invited, tuple(found), marked)


def _read(source: Path) -> _Subject:
    file = source / FILE_NAME if source.is_dir() else source
    if wrong := what_is_wrong(file):
        if source.is_dir():
            raise ConfigurationError(f"{source.as_posix()}: has no {FILE_NAME}. Name a measurement or a questionnaire.")
        raise ConfigurationError(f"{source.as_posix()}: {wrong}. Name a measurement or a questionnaire.")
    data = read_yaml(file).data
    if "questions" in data:
        asked = load_questionnaire(file)
        known = backgrounds(asked)
        merged = {grouping.question: grouping.id for grouping in asked.groupings}
        by = [merged.get(name, name) for name in known]
        return _Subject(asked, file, asked.title, {"breakdowns": by, "response_by": known[0] if known else ""})
    _, config, lines = read_config(file)
    at = file.parent / config.questionnaire
    if wrong := what_is_wrong(at):
        raise ConfigurationError(f"{file.as_posix()}: its questionnaire {config.questionnaire!r} {wrong}.")
    settings = {key: lines.data[key] for key in KEPT if key in lines.data}
    return _Subject(load_questionnaire(at), at, config.title, settings, config, file.parent)


def _told(subject: _Subject) -> dict[str, str]:
    if subject.config is None:
        return {}
    named = {key: getattr(subject.config, key) for key in ("programme", "voices")}
    return {key: str((subject.place / name).resolve()) for key, name in named.items() if name}


def _clear(folder: Path) -> None:
    """Make room for the invented measurement; what is no dry run is left alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / FILE_NAME
        begins = settings.read_bytes()[:200].decode(errors="replace") if settings.is_file() else ""
        other = any(folder.iterdir()) and not begins.startswith(f"# {_ABOUT}")
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not the name of a folder"
        raise ConfigurationError(
            f"{folder.as_posix()}: cannot be made: {reason}. Name another folder with -o."
        ) from None
    if other:
        raise ConfigurationError(f"{folder.as_posix()}: is not that of a dry run. Name another folder with -o.")
