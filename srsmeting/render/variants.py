"""Several documents from one project, such as one for each region: side by side, and never in each other's way.

Every document is made in a copy of the project of its own, so that the pictures of one cannot take the place of those
of another. Those who make them each keep one kernel: what takes long to load is loaded once.
"""

from __future__ import annotations

import os
import queue
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from srsmeting.errors import RenderError, SrsmetingError
from srsmeting.render.job import Job
from srsmeting.render.kernel import SharedKernel

#: What need not be copied along: results, caches and version control.
_LEFT_OUT: Final = shutil.ignore_patterns("_book", "_site", "_freeze", ".*", "__pycache__", "*.pyc")
#: A kernel takes some 200 MB; more of them than this help little.
_MOST_WORKERS: Final = 4


@dataclass(frozen=True)
class Variant:
    """One of the documents to make.

    Parameters
    ----------
    name
        What the results are called, without suffix.
    label
        What it is about, such as the name of a region: the subtitle of a document, and how messages call it.
    document
        Which document of a project that is no book, such as ``index.qmd``; default the only one, or that one.
    env
        Environment variables for its cells.
    data
        Files and folders that its cells read.
    """

    name: str
    label: str = ""
    document: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    data: tuple[Path, ...] = ()


def render_all(
    project: Path, job: Job, variants: Sequence[Variant], temporary: Path, make: Callable[[Job], list[Path]]
) -> list[Path]:
    """Make every variant; return the files in their order.

    Parameters
    ----------
    project
        The folder of the sources.
    job
        What is the same for all of them.
    variants
        What differs.
    temporary
        A folder to work in.
    make
        Makes one.

    Raises
    ------
    RenderError
        With what went wrong with the first that cannot be made; where there are more than one, its label comes first.
    """
    _check_names(variants)
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for at in range(len(variants)):
        waiting.put(at)
    made: dict[int, list[Path]] = {}
    failed: dict[int, SrsmetingError] = {}

    def work() -> None:
        with SharedKernel() as kernel:
            # Where one fails the others most likely do, too.
            while not failed:
                try:
                    at = waiting.get_nowait()
                except queue.Empty:
                    return
                try:
                    made[at] = _render(project, job, variants[at], temporary / str(at), kernel, make, len(variants))
                except SrsmetingError as error:
                    failed[at] = error
                else:
                    if len(variants) > 1:
                        job.progress(f"{len(made)} of {len(variants)}: {variants[at].name}")

    workers = min(len(variants), _processors(), _MOST_WORKERS)
    if workers == 1:
        work()
    else:
        with ThreadPoolExecutor(max_workers=workers) as pool:
            for future in [pool.submit(_in_thread, work) for _ in range(workers)]:
                future.result()
    if failed:
        first = min(failed)
        raise failed[first] if len(variants) == 1 else _named(variants[first], failed[first])
    return [path for at in sorted(made) for path in made[at]]


def _in_thread(work: Callable[[], None]) -> None:
    """Work in a thread that ends here, with the event loop that the client of a kernel made for it."""
    from jupyter_core.utils import ensure_event_loop

    try:
        work()
    finally:
        ensure_event_loop().close()


def _render(
    project: Path,
    job: Job,
    variant: Variant,
    folder: Path,
    kernel: SharedKernel,
    make: Callable[[Job], list[Path]],
    total: int,
) -> list[Path]:
    copy = folder / "project"  # not removed before the kernel, which works in it
    try:
        shutil.copytree(project, copy, ignore=_LEFT_OUT)
    except OSError as error:
        raise RenderError(f"{job.shown}: cannot be copied ({reason(error)}). Check the files in it.") from None
    own = replace(
        job,
        copy=copy,
        name=variant.name,
        env=variant.env,
        data=variant.data,
        document=variant.document,
        subtitle=variant.label,
        kernel=kernel,
        # Of many, only how far they are is told.
        progress=job.progress if total == 1 else _quiet,
    )
    try:
        return make(own)
    except OSError as error:
        raise RenderError(f"{job.shown}: cannot be rendered ({reason(error)}). {_room(folder)}") from None


def _named(variant: Variant, error: SrsmetingError) -> SrsmetingError:
    named = type(error)(f"{variant.label or variant.name}: {error}", faults=error.faults)
    for note in getattr(error, "__notes__", ()):
        named.add_note(note)
    return named


def _check_names(variants: Sequence[Variant]) -> None:
    seen: dict[str, str] = {}
    for variant in variants:
        # Some disks do not tell upper case from lower case.
        first = seen.setdefault(variant.name.lower(), variant.name)
        if sum(other.name.lower() == variant.name.lower() for other in variants) > 1:
            message = f"two documents would be called {first!r}. Give their groups codes that differ in more than case."
            raise RenderError(message)


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _quiet(_: str) -> None:
    return None


def reason(error: OSError) -> str:
    """Say what was wrong with which file, as far as the user knows it."""
    # copytree() collects what went wrong with every file.
    first = error.args[0][0] if isinstance(error, shutil.Error) and error.args[0] else None
    if first:
        return f"{Path(first[0]).name}: {str(first[2]).partition('] ')[2].partition(':')[0] or first[2]}"
    return error.strerror or str(error)


def _room(folder: Path) -> str:
    return f"Look whether the disk of {folder.parents[1].as_posix()} is full."
