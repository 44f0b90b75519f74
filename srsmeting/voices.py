"""Quotations and examples of practice that a report may print: who agreed, what was made anonymous, where they go.

What nobody agreed to, and what was not made anonymous where it should be, never leaves the measurement's folder.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from srsmeting.errors import ConfigurationError, Fault
from srsmeting.yamlfile import read_yaml, validate

_TRACES: Final = {
    "een e-mailadres": "an e-mail address",
    "een telefoonnummer": "a telephone number",
    "een burgerservicenummer": "a citizen service number",
    "een rekeningnummer": "an account number",
    "een postcode met huisnummer": "an address",
}


class Consent(BaseModel):
    """Whether the speaker, or whose example it is, agreed to publication, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    given: bool
    on: date | None = None


class Quotation(BaseModel):
    """What someone said; ``place`` is the section that it stands in, ``role`` who said it, never a name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    place: str
    text: str
    role: str
    consent: Consent
    anonymised: bool


class Box(BaseModel):
    """An example of practice, which may name the organisation that agreed to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    place: str
    title: str
    text: str
    organisation: str = ""
    consent: Consent


class Voices(BaseModel):
    """The file: what may be said beside the figures, and a notice where it is invented."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notice: str = ""
    quotations: tuple[Quotation, ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def publishable(self) -> Voices:
        """What may be published: agreed to and, for quotations, anonymous."""
        quotations = tuple(said for said in self.quotations if said.consent.given and said.anonymised)
        return Voices(
            notice=self.notice, quotations=quotations, boxes=tuple(box for box in self.boxes if box.consent.given)
        )


def read_voices(path: str | os.PathLike[str]) -> Voices:
    """Read the quotations and examples of a measurement.

    Parameters
    ----------
    path
        YAML: ``notice``, ``quotations`` (``id``, ``place``, ``text``, ``role``, ``consent``, ``anonymised``) and
        ``boxes`` (``id``, ``place``, ``title``, ``text``, ``organisation``, ``consent``); ``consent`` has ``given`` and
        the date ``on`` which.

    Raises
    ------
    ConfigurationError
        With every fault of the file: an id that stands twice, consent without a date, and a text with an address or a
        number of a person in it.
    """
    # A report that reads what has been checked needs no intake.
    from srsmeting.intake.checks.traces import traces_in

    lines = read_yaml(Path(path))
    voices = validate(Voices, lines, ConfigurationError)
    faults, seen = [], set()
    for key in ("quotations", "boxes"):
        for at, voice in enumerate(getattr(voices, key)):
            what = []
            if voice.id in seen:
                what.append("stands twice. Give every quotation and box an id of its own.")
            if voice.consent.given and voice.consent.on is None:
                what.append("has consent without a date. Add 'on', the day on which it was given.")
            if traces := traces_in(voice.text):
                # The text itself is not repeated: an error may end up in a mail.
                what.append(f"holds what looks like {' and '.join(_TRACES[kind] for kind in traces)}. Take it out.")
            seen.add(voice.id)
            line = lines.line((key, at))
            faults += [Fault(lines.name, f"{key}: {voice.id!r} {text}", line, key, voice.id, "voice") for text in what]
    if faults:
        raise ConfigurationError(faults=faults)
    return voices
