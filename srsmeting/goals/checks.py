"""What a configuration of a monitor has wrong that one key cannot show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from srsmeting.errors import Fault, suggest
from srsmeting.goals.model import DURATION, Files, GoalsConfig, Named, doubles
from srsmeting.places import what_is_wrong
from srsmeting.yamlfile import YamlFile

#: What is a question in the estimate frame, so that a name must not mean two things.
_QUESTIONS: Final = ("tracks", "phases", "participants", "figures", "topics")


def config_faults(config: GoalsConfig, lines: YamlFile) -> list[Fault]:
    """Find what contradicts itself in a configuration: names that stand twice or nowhere, moments out of order."""

    def fault(loc: tuple[str | int, ...], what: str, value: str, rule: str) -> Fault:
        return Fault(lines.name, f"{loc[0]}: {what}", lines.line(loc), str(loc[0]), value, rule)

    found = [fault(*one) for check in (_names, _order, _references) for one in check(config)]
    questions = [
        name for key, named in config.named if key in _QUESTIONS for name in dict.fromkeys(one.id for one in named)
    ]
    for name in doubles([DURATION, *questions]).values():
        what = f"{name!r} is the name of two of {', '.join((*_QUESTIONS, DURATION))}. Rename one."
        found.append(Fault(lines.name, what, value=name, rule="double_question"))
    return found


#: Where a fault stands, what is wrong, with which value, and the broken rule.
_Wrong = tuple[tuple[str | int, ...], str, str, str]


def _names(config: GoalsConfig) -> Iterator[_Wrong]:
    """Find names that mean two things: ids, and what else something is called in the data."""
    lists: list[tuple[tuple[str | int, ...], Sequence[Named]]] = [(("units", "list"), config.units.list)]
    lists += [((key,), named) for key, named in config.named]
    lists += [(("tracks", place, "parts"), track.parts) for place, track in enumerate(config.tracks)]
    for loc, named in lists:
        twice = doubles(one.id for one in named)
        owners: dict[str, str] = {}
        for place, one in enumerate(named):
            if place in twice:
                yield (*loc, place), f"{one.id!r} stands twice. Keep one.", one.id, "double"
                continue
            for name in one.names:
                other = owners.setdefault(name, one.id)
                if other != one.id:
                    what = f"{name!r} is a name of {other!r} and of {one.id!r}. Keep one."
                    yield (*loc, place), what, name, "alias"


def _order(config: GoalsConfig) -> Iterator[_Wrong]:
    for place, (before, moment) in enumerate(pairwise(config.moments), start=1):
        if moment.month <= before.month:
            what = f"{moment.id!r} ({moment.month}) is not after the one before ({before.month}). "
            yield ("moments", place), what + "Put the earliest first.", str(moment.month), "order"


def _references(config: GoalsConfig) -> Iterator[_Wrong]:
    tracks = [track.id for track in config.tracks]
    for place, name in enumerate(config.flow):
        if name not in tracks:
            yield ("flow", place), f"no track {name!r}. {suggest(name, tracks)}", name, "unknown_track"
    figures = [figure.id for figure in config.figures]
    for place, figure in enumerate(config.figures):
        if figure.share_of and figure.share_of not in figures:
            what = f"{figure.id!r} is a share of {figure.share_of!r}, which is no figure. "
            yield ("figures", place), what + suggest(figure.share_of, figures), figure.share_of, "unknown_figure"


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
