"""Fetching the responses of a measurement from the survey tool, into the file that it names as its export."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srsmeting.configuration import LimeSurveyConfig, read_config
from srsmeting.errors import ConfigurationError, IntakeError, SrsmetingError
from srsmeting.intake.files.source import Source
from srsmeting.intake.formats.limesurvey import csv_file
from srsmeting.intake.formats.limesurvey.remote import fetch_responses
from srsmeting.intake.raw import RawExport
from srsmeting.worktree import refuse_inside_git


@dataclass(frozen=True)
class Errand:
    """What is to be fetched, and where it goes.

    Parameters
    ----------
    survey
        Where the responses are.
    path
        The export: a file that is not there yet.
    """

    survey: LimeSurveyConfig
    path: Path


def plan_fetch(meting: str | os.PathLike[str], *, inside_git: bool = False) -> Errand:
    """Say what fetching a measurement would do; nothing is asked or written.

    Parameters
    ----------
    meting
        A ``meting.yaml`` or the folder that holds it.
    inside_git
        Whether answers of persons may be written inside a git work tree.

    Raises
    ------
    SrsmetingError
        The configuration names no survey or no export, the export is there already, or would end up in a repository.
    """
    file, config, _ = read_config(meting)
    if config.limesurvey is None:
        message = "names no survey to fetch. Add 'limesurvey: {url: …, survey: …}'."
        raise ConfigurationError(f"{file.name}: {message}")
    if not config.export:
        raise ConfigurationError(f"{file.name}: names no 'export' to write to. Add it: 'export: responses.csv'.")
    path = file.parent / config.export
    if path.exists() or path.is_symlink():
        message = "is there already, and is not written over. Move it away, or name another file under 'export'."
        raise SrsmetingError(f"{path}: {message}")
    if not inside_git:
        refuse_inside_git(path)
    return Errand(config.limesurvey, path)


def fetch(errand: Errand, user: str, password: str, session: Any = None) -> RawExport:
    """Fetch responses and write them to a file that only its owner can read.

    Parameters
    ----------
    errand
        As :func:`plan_fetch` has it.
    user, password
        Of an account that may export responses.
    session
        What to send requests with, as `requests.Session`.

    Returns
    -------
    RawExport
        What was written, as :func:`srsmeting.read_export` would read it.

    Raises
    ------
    SrsmetingError
        The server cannot be reached, refuses, or sends something else than responses; or the file cannot be written.
    """
    raw = fetch_responses(errand.survey.url, errand.survey.survey, user, password, session)
    source = Source(errand.path, raw)
    if not csv_file.recognises(source):
        message = f"survey {errand.survey.survey}: what came is no export of responses. Nothing was written."
        raise source.damage or IntakeError(message)
    export = csv_file.read(source)
    try:
        with os.fdopen(os.open(errand.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
    except FileExistsError:
        raise SrsmetingError(f"{errand.path}: is there already, and is not written over.") from None
    except OSError as problem:
        raise SrsmetingError(f"{errand.path}: cannot be written: {problem.strerror}.") from None
    return export
