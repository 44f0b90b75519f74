"""Quotations and examples of practice that a report may print: who agreed, what was made anonymous, where they go.

What nobody agreed to, and what was not made anonymous where it should be, never leaves the measurement's folder.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from srsmeting.errors import ConfigurationError, Fault, suggest
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
    """The file: what may be said beside the figures, and a notice where it is invented.

    ``places`` are the sections that a report may ask for; a section of which there is nothing yet is named here only.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    notice: str = ""
    places: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    boxes: tuple[Box, ...] = ()

    @property
    def publishable(self) -> Voices:
        """What may be published: agreed to and, for quotations, anonymous."""
        quotations = tuple(said for said in self.quotations if said.consent.given and said.anonymised)
        boxes = tuple(box for box in self.boxes if box.consent.given)
        # A section stays known when all of what was said for it is withdrawn.
        return Voices(notice=self.notice, places=self.known_places, quotations=quotations, boxes=boxes)

    @property
    def known_places(self) -> tuple[str, ...]:
        """The sections that are named under `places`; without such a list, those that something stands in."""
        filled = [said.place for said in self.quotations] + [box.place for box in self.boxes]
        return self.places or tuple(dict.fromkeys(filled))


def read_voices(path: str | os.PathLike[str]) -> Voices:
    """Read the quotations and examples of a measurement.

    Parameters
    ----------
    path
        YAML: ``notice``, ``places``, ``quotations`` (``id``, ``place``, ``text``, ``role``, ``consent``,
        ``anonymised``) and ``boxes`` (``id``, ``place``, ``title``, ``text``, ``organisation``, ``consent``);
        ``consent`` has ``given`` and the date ``on`` which.

    Raises
    ------
    ConfigurationError
        With every fault of the file: an id that stands twice, a place that is not one of ``places``, consent without a
        date, and a text with an address or a number of a person in it.
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
            if voice.place not in voices.known_places:
                what.append(f"has no place {voice.place!r} to stand in. {suggest(voice.place, voices.known_places)}")
            if voice.consent.given and voice.consent.on is None:
                what.append("has consent without a date. Add 'on', the day on which it was given.")
            if traces := traces_in(_told(voice)):
                # The text itself is not repeated: an error may end up in a mail.
                what.append(f"holds what looks like {' and '.join(_TRACES[kind] for kind in traces)}. Take it out.")
            seen.add(voice.id)
            line = lines.line((key, at))
            faults += [Fault(lines.name, f"{key}: {voice.id!r} {text}", line, key, voice.id, "voice") for text in what]
    if faults:
        raise ConfigurationError(faults=faults)
    return voices


def _told(voice: Quotation | Box) -> str:
    """Return all that a report would print of it."""
    return "\n".join((voice.role, voice.text) if isinstance(voice, Quotation) else (voice.title, voice.text))
