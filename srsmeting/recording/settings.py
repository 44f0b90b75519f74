"""The recorded settings, on the files as they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from srsmeting.configuration import MetingConfig, read_config
from srsmeting.contradictions import config_faults, configuration_faults
from srsmeting.errors import ConfigurationError, RecordError, SrsmetingError
from srsmeting.meting import Meting
from srsmeting.questionnaire import Questionnaire, load_questionnaire
from srsmeting.record.inputs import BESIDE, DATA, KEPT, kept_name
from srsmeting.record.model import Record
from srsmeting.running import run_meting
from srsmeting.yamlfile import YamlFile

#: The key of ``meting.yaml`` itself.
CONFIGURATION: Final = "configuration"

#: Settings that say where a file is, or what no figure depends on.
_NO_FIGURES: Final = {*KEPT, *DATA, *BESIDE, "earlier", "not_comparable", "title", "report", "limesurvey"}

_SHOWN: Final = 4


@dataclass(frozen=True)
class Recipe:
    """How a record was made: its settings and the files that it kept, to be put on the present data.

    Parameters
    ----------
    meting
        The measurement as it is.
    record
        The record.
    """

    meting: Meting
    record: Record

    @cached_property
    def config(self) -> MetingConfig:
        """The recorded settings."""
        return self._read()[1]

    @property
    def parts(self) -> tuple[str, ...]:
        """Keys of the files whose recorded copy can take the place of the present one."""
        return tuple(key for key in KEPT if key != CONFIGURATION)

    def run(self, present: Collection[str]) -> pd.DataFrame:
        """Return the figures by the record on the present data, with these parts as they are at present.

        Raises
        ------
        SrsmetingError
            When they do not fit each other or the data.
        """
        now, kept = self.meting.config, self.record.config.inputs
        config = now if CONFIGURATION in present else self.config
        places: dict[str, str] = {key: getattr(now, key) for key in DATA if key in MetingConfig.model_fields}
        for key in self.parts:
            name = kept[key].kept if key in kept else ""
            recorded = str(self.record.folder.resolve() / name) if name else ""
            places[key] = getattr(now, key) if key in present else recorded
        config = config.model_copy(update=places)
        questionnaire = self.meting.questionnaire if "questionnaire" in present else self._read_questionnaire()
        file, _, lines = read_config(self.meting.file) if CONFIGURATION in present else self._read()
        faults = [*config_faults(file, config, lines), *configuration_faults(config, questionnaire, lines)]
        if faults:
            raise ConfigurationError(faults=faults)
        return run_meting(Meting(self.meting.file, config, questionnaire)).estimates

    def _read(self) -> tuple[Path, MetingConfig, YamlFile]:
        try:
            return read_config(self.record.folder / kept_name(CONFIGURATION, ""))
        except SrsmetingError as problem:
            raise _of(self.record, problem) from None

    def _read_questionnaire(self) -> Questionnaire:
        try:
            return load_questionnaire(self.record.folder / kept_name("questionnaire", ""))
        except SrsmetingError as problem:
            raise _of(self.record, problem) from None


def _of(record: Record, problem: SrsmetingError) -> RecordError:
    """Say of a fault that it is in the copy, which has the name of the file that it was made of."""
    place = f"{record.folder.parent.name}/{record.folder.name}"
    return RecordError(faults=[replace(fault, file=f"{place}/{fault.file}") for fault in problem.faults])


def changed_settings(now: MetingConfig, before: MetingConfig) -> tuple[str, ...]:
    """Tell which settings that figures depend on are not the same.

    Examples
    --------
    >>> before = MetingConfig(meting="m", title="M", questionnaire="q.yaml", breakdowns=("wgo",))
    >>> now = before.model_copy(update={"interval": "wald", "title": "N", "breakdowns": ()})
    >>> changed_settings(now, before)
    ('breakdowns was [wgo], is []', 'interval was wilson, is wald')
    """
    flat_now, flat_before = _flat(now), _flat(before)
    told = [
        f"{name} was {_show(flat_before.get(name))}, is {_show(flat_now.get(name))}"
        for name in dict.fromkeys((*flat_before, *flat_now))
        if flat_now.get(name) != flat_before.get(name)
    ]
    more = (f"and {len(told) - _SHOWN} more",) if len(told) > _SHOWN else ()
    return (*told[:_SHOWN], *more)


def _flat(config: MetingConfig) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def walk(data: Mapping[str, Any], above: str) -> None:
        for key, value in data.items():
            if isinstance(value, Mapping) and value:
                walk(value, f"{above}{key}.")
            else:
                found[f"{above}{key}"] = value

    walk(config.model_dump(mode="json", exclude=_NO_FIGURES), "")
    return found


def _show(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_show, value))}]"
    return "not set" if value in (None, "", {}) else str(value)
