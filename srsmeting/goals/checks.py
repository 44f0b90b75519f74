"""What a configuration of a monitor has wrong that one key cannot show."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

from srsmeting.errors import Fault, suggest
from srsmeting.goals.model import DURATION, Files, GoalsConfig, doubles
from srsmeting.places import what_is_wrong
from srsmeting.yamlfile import YamlFile

#: What is a question in the estimate frame, so that a name must not mean two things.
_QUESTIONS: Final = ("tracks", "phases", "participants", "figures", "topics")


def config_faults(config: GoalsConfig, lines: YamlFile) -> list[Fault]:
    """Find what contradicts itself in a configuration: names that stand twice or nowhere, moments out of order."""
    found = []

    def fault(loc: tuple[str | int, ...], what: str, value: str, rule: str) -> None:
        found.append(Fault(lines.name, what, lines.line(loc), str(loc[0]), value, rule))

    lists = [("units", config.units.list), *config.named]
    lists += [(f"parts of {track.id!r}", track.parts) for track in config.tracks]
    for key, named in lists:
        for place, name in doubles(one.id for one in named).items():
            loc = ("units", "list", place) if key == "units" else (key, place)
            fault(loc, f"{key}: {name!r} stands twice. Keep one.", name, "double")
    names: dict[str, str] = {}
    for unit in config.units.list:
        for name in {unit.id.casefold(), unit.label.casefold(), *(alias.casefold() for alias in unit.aliases)}:
            other = names.setdefault(name, unit.id)
            if other != unit.id:
                fault(
                    ("units",), f"units: {name!r} is a name of {other!r} and of {unit.id!r}. Keep one.", name, "alias"
                )
    months = [moment.month for moment in config.moments]
    for place, (before, month) in enumerate(pairwise(months), start=1):
        if month <= before:
            what = f"moments: {config.moments[place].id!r} ({month}) is not after the one before ({before}). "
            fault(("moments", place), what + "Put the earliest first.", str(month), "order")
    questions = [
        name for key, named in config.named if key in _QUESTIONS for name in dict.fromkeys(one.id for one in named)
    ]
    for name in doubles([DURATION, *questions]).values():
        what = f"{name!r} is the name of two of {', '.join((*_QUESTIONS, DURATION))}. Rename one."
        found.append(Fault(lines.name, what, value=name, rule="double_question"))
    tracks = [track.id for track in config.tracks]
    for place, name in enumerate(config.flow):
        if name not in tracks:
            fault(("flow", place), f"flow: no track {name!r}. {suggest(name, tracks)}", name, "unknown_track")
    figures = [figure.id for figure in config.figures]
    for place, figure in enumerate(config.figures):
        if figure.share_of and figure.share_of not in figures:
            what = f"figures: {figure.id!r} is a share of {figure.share_of!r}, which is no figure. "
            fault(("figures", place), what + suggest(figure.share_of, figures), figure.share_of, "unknown_figure")
    return found


def file_faults(config: GoalsConfig, file: Path, lines: YamlFile) -> list[Fault]:
    """Find the files that a configuration names and that are not there."""
    named: dict[tuple[str, ...], str] = {("files", key): getattr(config.files, key) for key in Files.model_fields}
    named |= {(key,): getattr(config, key) for key in ("published", "statements", "programme")}
    found = []
    for loc, name in named.items():
        if name and (wrong := what_is_wrong(file.parent / name)):
            what = f"there is no file {name!r} in {file.parent}" if wrong == "does not exist" else f"{name!r} {wrong}"
            message = f"{loc[-1]}: {what}. Put it there, or correct the name."
            found.append(Fault(lines.name, message, lines.line(loc), loc[-1], name, "no_file"))
    return found
