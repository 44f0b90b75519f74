"""What a report needs of a measurement, in a folder of its own: no microdata goes into it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import pandas as pd

from srsmeting.errors import ConfigurationError
from srsmeting.frames import write_frame
from srsmeting.meting import Meting
from srsmeting.programme import read_programme
from srsmeting.voices import read_voices
from srsmeting.years import Compared, follow, gone_names, joined_groups, noted_changes

#: The variant of a report that is made of a measurement that was preceded by another.
REPEAT: Final = "vervolgmeting"


def report_env(bundle: Path, formats: Sequence[str], years: Compared | None = None) -> dict[str, str]:
    """Return the environment in which a report is rendered: where its figures are, for which formats, which variant.

    Parameters
    ----------
    bundle
        As :func:`write_bundle` wrote it.
    formats
        What will be made.
    years
        The years before it, where it stands beside them.
    """
    env = {"SRSMETING_REPORT": str(bundle), "SRSMETING_FORMATS": ",".join(formats)}
    return env | ({"QUARTO_PROFILE": REPEAT} if years else {})


def write_group_bundle(bundle: Path, by: str, group: str, folder: Path) -> None:
    """Write the folder of a report about one group, out of one about all respondents.

    Parameters
    ----------
    bundle
        As :func:`write_bundle` wrote it.
    by, group
        Breakdown and group.
    folder
        Where to write it; must not exist.
    """
    shutil.copytree(bundle, folder)
    texts = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    texts["group"] = {"by": by, "code": group}
    (folder / "report.json").write_text(json.dumps(texts, ensure_ascii=False, indent=2), encoding="utf-8")


def write_bundle(meting: Meting, estimates: pd.DataFrame, folder: Path, years: Compared | None = None) -> None:
    """Write what a report needs and no microdata: the estimate frame, the questionnaire, the texts of the report.

    With the years before it beside it (`years`) also what was found then and what changed since (``years.csv``), and
    what may not be compared (``apart.csv``).
    """
    config = meting.config
    if config.report is None:
        message = "has no 'report', and a report prints the source of its figures. Add 'report' with 'source' below it."
        raise ConfigurationError(f"{meting.file.name}: {message}")
    others = sorted(set(estimates["meting"]) - {config.meting})
    if others:
        what = f"'estimates' names {config.estimates!r}, which is of {others[0]!r} and not of {config.meting!r}"
        raise ConfigurationError(f"{meting.file.name}: {what}. Name the estimates of this measurement.")
    folder.mkdir(parents=True, exist_ok=True)
    write_frame(estimates, folder / "estimates.csv")
    shutil.copyfile(meting.path(config.questionnaire), folder / "questionnaire.yaml")
    texts: dict[str, object] = {"meting": config.meting, "title": config.title} | config.report.model_dump()
    # A report says under which rules it leaves results out.
    texts["rules"] = {by: rule.model_dump() for by, rule in config.publication.groups.items()}
    texts["min_base"] = config.publication.min_base
    texts["decimals_from"] = config.publication.decimals_from
    if config.weights.margins:
        texts["weights"] = config.weights.model_dump(include={"margins", "unit"})
    elif config.design.strata:
        # Respondents of a stratum count for its organisations, as if they were weighted to it.
        texts["weights"] = {"margins": [config.design.strata]}
    sources = (
        {one.config.meting: one.config.report.source for one in follow(meting) if one.config.report} if years else {}
    )
    texts["earlier"] = [
        asdict(before) | {"source": sources.get(before.meting, "")} for before in (years.earlier if years else ())
    ]
    if years and years.onward:
        # From the year before to this one: of that year a reader has the groups by their own names.
        joined = joined_groups(years.onward[-1], config.breakdowns)
        texts["joined"] = [asdict(group) for group in joined]
        texts["noted"] = [asdict(change) for change in noted_changes(years.onward)]
        texts["gone"] = [asdict(name) for name in gone_names(years.onward)]
    if years:
        write_frame(years.years, folder / "years.csv")
        write_frame(years.apart, folder / "apart.csv")
    if config.programme:
        read_programme(meting.path(config.programme))
        shutil.copyfile(meting.path(config.programme), folder / "programme.yaml")
    if config.voices:
        said = read_voices(meting.path(config.voices)).publishable
        (folder / "voices.json").write_text(said.model_dump_json(indent=2), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(texts, ensure_ascii=False, indent=2), encoding="utf-8")
