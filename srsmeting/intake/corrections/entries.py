"""``corrections.yaml``: what is changed of an export, by whom it can be asked back, and which responses do not count.

Nobody edits an export. What a person knows better than the file stands here, cell by cell, with what the file says and
the reason; intake does it, and the report lists it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from srsmeting.errors import ConfigurationError, Fault
from srsmeting.intake.pseudonyms import is_pseudonym
from srsmeting.yamlfile import Loc, Text, YamlFile, read_yaml, validate

#: Under which key corrections and responses stand, and what one of them is called.
NOUNS = {"corrections": "correction", "set_aside": "response"}


def _cell(value: Any) -> Any:
    if value is None:
        raise ValueError('is left open. Write "" for an empty cell.')
    return value


#: A cell as the file writes it.
Cell = Annotated[Text, BeforeValidator(_cell)]


class SetAside(BaseModel):
    """A whole response that does not count."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Its id in the export, or its pseudonym.
    respondent: Text
    reason: str
    date: Text
    #: The line of the export, where more than one has this id.
    line: int | None = None


class Correction(SetAside):
    """One cell that should say something else."""

    question: Text
    #: The statement, of a battery.
    item: Text = ""
    #: The option, of a multiple choice; of a single choice "other, namely", when its text is meant.
    option: Text = ""
    #: As the file writes it, and as it should.
    old: Cell
    new: Cell

    @property
    def name(self) -> str:
        """The question with its part."""
        part = self.item or self.option
        return f"{self.question}.{part}" if part else self.question


class CorrectionsConfig(BaseModel):
    """What a ``corrections.yaml`` says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corrections: tuple[Correction, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True)
class Corrections:
    """A ``corrections.yaml`` that could be read; whether it fits the export is for `apply_corrections` to say.

    Parameters
    ----------
    config
        What the file says.
    source
        The file, for the lines of faults.
    """

    config: CorrectionsConfig = field(default_factory=CorrectionsConfig)
    source: YamlFile = field(default_factory=lambda: YamlFile("corrections.yaml", {}))

    @property
    def entries(self) -> Iterator[tuple[Loc, SetAside]]:
        """Everything in the file, with its place."""
        yield from ((("corrections", number), entry) for number, entry in enumerate(self.config.corrections))
        yield from ((("set_aside", number), entry) for number, entry in enumerate(self.config.set_aside))

    @property
    def has_pseudonyms(self) -> bool:
        """Whether a respondent may be named by a pseudonym, which takes the salt to find."""
        return any(is_pseudonym(entry.respondent) for _, entry in self.entries)

    def fault(self, loc: Loc, message: str, value: str, rule: str) -> Fault:
        """Return a fault at a place in the file, told with the respondent and the question that it is about."""
        entry = dict(self.entries)[loc[:2]]
        question = f", question {entry.name!r}" if isinstance(entry, Correction) else ""
        about_person = loc[-1] in ("respondent", "line")
        where = f"respondent {entry.respondent!r}{' ' if about_person else f'{question}: '}"
        return Fault(self.source.name, where + message, self.source.line(loc), str(loc[-1]), value, rule)

    def own_faults(self) -> Iterator[Fault]:
        """Yield what is wrong without a look at the export: no reason, no day, nothing that changes."""
        for loc, entry in self.entries:
            if not entry.reason.strip():
                message = "no reason is given. Say why, so that it can be understood next year."
                yield self.fault((*loc, "reason"), message, entry.reason, "no_reason")
            if not _is_day(entry.date):
                message = f"date {entry.date!r} is no day. Write one of the calendar, as 2026-03-31."
                yield self.fault((*loc, "date"), message, entry.date, "no_date")
            if isinstance(entry, Correction) and entry.old == entry.new:
                message = f"old and new are both {entry.new!r}. Correct one of them, or leave the correction out."
                yield self.fault((*loc, "new"), message, entry.new, "nothing_new")


def read_corrections(path: str | os.PathLike[str]) -> Corrections:
    r"""Read a ``corrections.yaml``.

    Raises
    ------
    ConfigurationError
        When it cannot be read, holds neither `corrections` nor `set_aside`, or has a key too many or too few.

    Examples
    --------
    >>> import tempfile
    >>> entry = '{respondent: 12, question: cijfer, old: 1, new: 10, reason: typefout, date: 2026-03-03}'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "corrections.yaml")
    ...     _ = file.write_text(f"corrections:\n  - {entry}\n", encoding="utf-8")
    ...     corrections = read_corrections(file)
    >>> [(entry.respondent, entry.name, entry.old, entry.new) for entry in corrections.config.corrections]
    [('12', 'cijfer', '1', '10')]
    """
    try:
        file = read_yaml(Path(path), ConfigurationError)
    except ConfigurationError as problem:
        if [fault.rule for fault in problem.faults] != ["wrong_type"]:
            raise
        # A file that was cut off must not pass for one without corrections.
        advice = "Begin with 'corrections:' or 'set_aside:', and the entries below it; 'corrections: []' for none."
        (fault,) = problem.faults
        message = f"{fault.message} {advice}"
        raise ConfigurationError(faults=[Fault(fault.file, message, fault.line, rule=fault.rule)]) from None
    config = validate(CorrectionsConfig, file, ConfigurationError, nouns=NOUNS)
    return Corrections(config, file)


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
