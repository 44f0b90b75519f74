"""Rendering with Quarto itself, where it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from srsmeting.errors import RenderError
from srsmeting.render.job import Job

#: Our formats, as Quarto calls them: PDF is made through Typst.
_FORMATS = {"html": "html", "docx": "docx", "pdf": "typst"}
#: Where Quarto writes, inside the copy of the project.
_OUTPUT = "_srsmeting_output"
_TAIL = 15


def render_quarto(quarto: str, job: Job) -> list[Path]:
    """Render a book with Quarto; HTML becomes a folder with a page per chapter, the others one file.

    Parameters
    ----------
    quarto
        The program.
    job
        What to do.

    Raises
    ------
    RenderError
        When Quarto fails, leaves a reference unresolved (which it only warns about), or makes nothing.
    """
    env = {**os.environ, "QUARTO_PYTHON": sys.executable, **job.env}
    _choose(job)
    given = [part for key, value in job.parameters.items() for part in ("-P", f"{key}:{json.dumps(value)}")]
    given += ["-M", f"subtitle:{job.subtitle}"] if job.subtitle else []
    return [_render(quarto, job, format_, env, given) for format_ in job.formats]


def _choose(job: Job) -> None:
    """Leave only the wanted document in the copy of the project, under the name that Quarto begins with."""
    if not job.document:
        return
    wanted = job.copy / job.document
    for other in job.copy.glob("*.qmd"):
        if other != wanted and not other.name.startswith("_"):
            other.unlink()
    wanted.replace(job.copy / "index.qmd")


def _render(quarto: str, job: Job, format_: str, env: Mapping[str, str], given: Sequence[str]) -> Path:
    job.progress(f"quarto: {format_}")
    command = [quarto, "render", ".", "--to", _FORMATS[format_], "--output-dir", f"{_OUTPUT}/{format_}", *given]
    done = subprocess.run(command, cwd=job.copy, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    said = done.stderr.strip().splitlines()
    lost = [line.strip() for line in said if "Unable to resolve crossref" in line]
    where = f"{job.shown}: 'quarto render' to {format_}"
    if done.returncode:
        raise RenderError(f"{where} stopped with exit status {done.returncode}. It said:\n" + "\n".join(said[-_TAIL:]))
    if lost:
        raise RenderError(f"{where} left references open. It said:\n" + "\n".join(lost))
    return _collect(job, format_, where)


def _collect(job: Job, format_: str, where: str) -> Path:
    made = job.copy / _OUTPUT / format_
    if format_ == "html" and (made / "index.html").is_file():
        made.rename(job.staging / job.name)
        return job.staging / job.name / "index.html"
    files = sorted(made.glob(f"*.{format_}"))
    if format_ == "html" or len(files) != 1:
        raise RenderError(f"{where} made nothing. Use the built-in renderer: engine 'embedded'.")
    return files[0].rename(job.staging / f"{job.name}.{format_}")
