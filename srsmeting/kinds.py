"""What kind of measurement a ``meting.yaml`` is about: a survey, or what became of the goals of a programme."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from srsmeting.errors import ConfigurationError, Fault, suggest
from srsmeting.yamlfile import YamlFile, read_yaml

#: Name of the configuration in a measurement's folder.
FILE_NAME: Final = "meting.yaml"

#: The value of ``kind`` of a monitor of goals; a survey names no kind.
GOALS: Final = "goals"

#: Keys that only a monitor of goals has.
_OF_GOALS: Final = ("units", "tracks", "moments")


def open_config(path: str | os.PathLike[str]) -> tuple[Path, YamlFile]:
    """Read a ``meting.yaml``, or that of a folder.

    Raises
    ------
    ConfigurationError
        When there is none, or it cannot be read as YAML.
    """
    file = Path(path)
    file = file / FILE_NAME if file.is_dir() else file
    if not file.is_file():
        raise ConfigurationError(
            f"{path}: no measurement here. Name a {FILE_NAME} or the folder that holds one, such as analyses/srs_2021."
        )
    return file, read_yaml(file)


def has_goals(lines: YamlFile) -> bool:
    """Say whether a ``meting.yaml`` is that of a monitor of goals.

    Raises
    ------
    ConfigurationError
        When it names a kind that does not exist, or has the keys of such a monitor without its kind.

    Examples
    --------
    >>> has_goals(YamlFile("meting.yaml", {"kind": "goals"})), has_goals(YamlFile("meting.yaml", {"meting": "srs"}))
    (True, False)
    >>> has_goals(YamlFile("meting.yaml", {"kind": "gaols"}))
    Traceback (most recent call last):
    ...
    srsmeting.errors.ConfigurationError: meting.yaml: unknown kind 'gaols'. Did you mean 'goals'? Known: 'goals'. A survey names no kind: leave it out.
    """  # noqa: E501 - the message is one line
    data: Any = lines.data
    kind = data.get("kind")
    if kind == GOALS:
        return True
    if "kind" in data:
        written = str(kind)
        what = f"unknown kind {written!r}. {suggest(written, [GOALS])} A survey names no kind: leave it out."
        raise ConfigurationError(
            faults=[Fault(lines.name, what, lines.line(("kind",)), "kind", written, "unknown_kind")]
        )
    misspelt = next((key for key in data if data[key] == GOALS and get_close_matches(key, ["kind"])), "")
    own = [key for key in _OF_GOALS if key in data]
    if misspelt or (own and "questionnaire" not in data):
        found = f"unknown key {misspelt!r}. Did you mean 'kind'?" if misspelt else f"has {own[0]!r}, but no 'kind'."
        what = f"{found} A monitor of goals begins with 'kind: goals'."
        line = lines.line((misspelt or own[0],))
        raise ConfigurationError(faults=[Fault(lines.name, what, line, misspelt or own[0], rule="no_kind")])
    return False


def is_monitor(path: str | os.PathLike[str]) -> bool:
    """Say whether a ``meting.yaml``, or that of a folder, is that of a monitor of goals.

    Raises
    ------
    ConfigurationError
        As :func:`open_config` and :func:`has_goals` do.
    """
    return has_goals(open_config(path)[1])


def refuse_goals(file: Path, lines: YamlFile) -> None:
    """Refuse a monitor of goals where a survey is asked for.

    Raises
    ------
    ConfigurationError
        When it is one.
    """
    if has_goals(lines):
        raise ConfigurationError(
            f"{file.name}: is a monitor of goals (kind: goals), which has no respondents; this is for surveys. "
            "Its figures come from `srsmeting estimate`, and `srsmeting verify` holds them against the published ones."
        )
