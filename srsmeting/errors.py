"""Every error that srsmeting raises on purpose.

::

    SrsmetingError
    ├── UnknownNameError      LookupError   a question, category, breakdown or column that does not exist
    ├── UnknownCallError      AttributeError  a chapter that asks a report for something it cannot say
    ├── ConfigurationError    ValueError    a meting.yaml that cannot be followed
    ├── QuestionnaireError    ValueError    a questionnaire that contradicts itself
    ├── CrosswalkError        ValueError    a crosswalk that contradicts its questionnaires, or leaves something open
    ├── IntakeError           ValueError    an export that cannot be read or bound to its questionnaire
    ├── RoundError            ValueError    a round of a monitor that cannot be asked, or does not fit what is known
    ├── CodingError           ValueError    codes of open answers that do not fit the answers or the codebook
    ├── PopulationError       ValueError    a frame or coverage file that does not fit the responses
    ├── EstimateError         ValueError    an estimate frame that breaks its contract
    ├── RecordError           ValueError    a record of a publication that was changed, or cannot be made
    ├── DesignError           ValueError    a sampling design that is not possible
    ├── SynthesisError        ValueError    targets that no set of responses can meet
    ├── ReportError           ValueError    a report that asks for a number that cannot be printed
    └── RenderError           RuntimeError  a document that cannot be rendered

A message reads: *where: what is wrong, with which value. The likely repair. What exists.*
Faults in a file are collected and raised once; they are then in ``.faults``, and as a frame in ``.frame()``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

#: A message shows this many faults; all of them are in ``.faults``.
FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one place of a file.

    Parameters
    ----------
    file
        Name of the file, as the user knows it.
    message
        What is wrong, with which value, and the likely repair.
    line
        Line in a text file, or row in a table, counted from 1 as editors and spreadsheets do.
    column
        Key, column or place inside the line.
    value
        The offending value as text.
    rule
        Short name of the broken rule, stable enough to filter on.
    """

    file: str
    message: str
    line: int | None = None
    column: str = ""
    value: str = ""
    rule: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


class SrsmetingError(Exception):
    """Base of all errors of this package.

    Parameters
    ----------
    message
        The whole message; leave it out when `faults` tell the story.
    faults
        What is wrong in a file, one by one.

    Examples
    --------
    >>> print(QuestionnaireError(faults=[Fault("q.yaml", "no 'title'.", line=3)]))
    q.yaml:3: no 'title'.
    """

    def __init__(self, message: str = "", *, faults: Iterable[Fault] = ()) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(message or _tell(self.faults))

    def frame(self) -> pd.DataFrame:
        """Return the faults as a frame with columns file, line, column, value, rule, message."""
        import pandas as pd

        columns = ["file", "line", "column", "value", "rule", "message"]
        rows = [{field.name: getattr(fault, field.name) for field in fields(fault)} for fault in self.faults]
        return pd.DataFrame(rows, columns=columns).astype({"line": "Int64"})


class UnknownNameError(SrsmetingError, LookupError):
    """A name that does not exist.

    Of one that :func:`unknown_name` made, ``where``, ``kind`` and ``value`` tell what is missing where.
    """

    where: str = ""
    kind: str = ""
    value: str = ""


class UnknownCallError(SrsmetingError, AttributeError):
    """Something that a report cannot say."""


class ConfigurationError(SrsmetingError, ValueError):
    """A measurement's configuration that cannot be followed."""


class QuestionnaireError(SrsmetingError, ValueError):
    """A questionnaire that contradicts itself."""


class CrosswalkError(SrsmetingError, ValueError):
    """A crosswalk that contradicts its questionnaires, or leaves something open."""


class IntakeError(SrsmetingError, ValueError):
    """An export that cannot be read or bound to its questionnaire."""


class CodingError(SrsmetingError, ValueError):
    """Codes of open answers that do not fit the answers or the codebook."""


class RoundError(SrsmetingError, ValueError):
    """A round of a monitor of goals that cannot be asked, or whose answers do not fit what is known."""


class PopulationError(SrsmetingError, ValueError):
    """A frame or coverage file that does not fit the responses."""


class EstimateError(SrsmetingError, ValueError):
    """An estimate frame that breaks its contract."""


class RecordError(SrsmetingError, ValueError):
    """A record of a publication that was changed, or cannot be made."""


class DesignError(SrsmetingError, ValueError):
    """A sampling design that is not possible."""


class SynthesisError(SrsmetingError, ValueError):
    """Targets that no set of responses can meet."""


class ReportError(SrsmetingError, ValueError):
    """A report that asks for a number that cannot be printed."""


class RenderError(SrsmetingError, RuntimeError):
    """A document that cannot be rendered."""


def _tell(faults: Sequence[Fault]) -> str:
    shown = [str(fault) for fault in faults[:FAULTS_SHOWN]]
    hidden = len(faults) - len(shown)
    if hidden:
        shown.append(f"… and {hidden} more.")
    return "\n".join(shown)


#: So many known names are listed.
_SHOWN = 40


def suggest(value: str, known: Iterable[str]) -> str:
    """Return the repair and the known names for a name that does not exist.

    Examples
    --------
    >>> suggest("brance", ["branche", "wgo"])
    "Did you mean 'branche'? Known: 'branche', 'wgo'."
    >>> suggest("x", [])
    'Known: none.'
    """
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(value, names, n=1, cutoff=0.6)
    repair = f"Did you mean {close[0]!r}? " if close else ""
    shown = ", ".join(repr(name) for name in names[:_SHOWN]) or "none"
    # A list that nobody reads through hides the repair.
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{repair}Known: {shown}{more}."


def unknown_name(where: str, kind: str, value: str, known: Iterable[str]) -> UnknownNameError:
    """Make the error for a name that does not exist; raise what it returns.

    Examples
    --------
    >>> print(unknown_name("estimate_shares()", "breakdown", "brance", ["bekend", "branche"]))
    estimate_shares(): no breakdown 'brance'. Did you mean 'branche'? Known: 'bekend', 'branche'.
    """
    error = UnknownNameError(f"{where}: no {kind} {value!r}. {suggest(value, known)}")
    error.where, error.kind, error.value = where, kind, value
    return error
