"""The measurements that come before one, each named by the next under ``earlier`` in its ``meting.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from srsmeting.configuration import measurement_file
from srsmeting.crosswalk import Crosswalk, read_crosswalk
from srsmeting.crosswalk.reading import check_order
from srsmeting.errors import ConfigurationError, SrsmetingError
from srsmeting.meting import Meting, load_meting


def follow(meting: Meting) -> tuple[Meting, ...]:
    """Return a measurement with those before it, the earliest first and itself last.

    Raises
    ------
    SrsmetingError
        When one of them cannot be read, or they lead round in a circle.
    """
    found = [meting]
    while found[0].config.earlier:
        after = found[0]
        place = measurement_file(after.path(after.config.earlier)).resolve()
        again = [one.config.meting for one in found if one.file.resolve() == place]
        if again:
            circle = ", ".join(repr(id) for id in [*(one.config.meting for one in reversed(found)), *again])
            raise ConfigurationError(
                f"{after.file}: earlier: {after.config.earlier!r} leads round in a circle: {circle}. Name the "
                f"measurement before {after.config.meting!r}, or leave 'earlier' out."
            )
        found.insert(0, _load(after))
    return tuple(found)


def _load(after: Meting) -> Meting:
    """Load what a measurement names as the one before it."""
    file = measurement_file(after.path(after.config.earlier))
    with told_of(file.parent):
        return load_meting(file)


@contextmanager
def told_of(folder: Path) -> Iterator[None]:
    """Tell faults in the files of a measurement with its folder: every year has files of the same names."""
    # The folder that one stands in has no name of its own.
    name = folder.resolve().name
    try:
        yield
    except SrsmetingError as problem:
        if not problem.faults:
            message = str(problem)
            # What begins with a place tells it already.
            told = message.startswith(f"{name}/") or (folder != Path() and str(folder) in message)
            raise type(problem)(message if told else f"{name}/{message}") from None
        faults = [replace(fault, file=f"{name}/{fault.file}") for fault in problem.faults]
        raise type(problem)(faults=faults) from None


def crosswalks_between(metings: Sequence[Meting]) -> list[Crosswalk]:
    """Return the crosswalk between each measurement and the next.

    Raises
    ------
    ConfigurationError
        For fewer than two measurements, two with one id, or one without a crosswalk.
    CrosswalkError
        When the years are in the wrong order, or with what is wrong in a crosswalk.
    """
    if len(metings) < 2:
        raise ConfigurationError(
            "compare: there is one measurement. Name two or more, the earliest first, or write 'earlier' in its "
            "meting.yaml."
        )
    found = [_between(earlier, later) for earlier, later in pairwise(metings)]
    ids = [meting.config.meting for meting in metings]
    for number, id in enumerate(ids):
        if id in ids[:number]:
            raise ConfigurationError(f"{id!r}: two measurements have this id. Give every year its own 'meting'.")
    return found


def _between(earlier: Meting, later: Meting) -> Crosswalk:
    check_order(earlier.questionnaire, later.questionnaire)
    if not later.config.crosswalk:
        ids = f"{earlier.config.meting!r} and {later.config.meting!r}"
        raise ConfigurationError(
            f"{later.file}: names no 'crosswalk', and nothing says what of {ids} may be compared. Make one with "
            "`srsmeting crosswalk propose`, decide what it leaves open, and name it."
        )
    with told_of(later.file.parent):
        return read_crosswalk(later.path(later.config.crosswalk), earlier.questionnaire, later.questionnaire)
