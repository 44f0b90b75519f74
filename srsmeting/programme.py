"""Facts of the programme that no respondent was asked: budgets, interviews, sessions.

They stand in a file of the measurement, each with its unit and its source, so that a chapter types none of them and
next year's report prints next year's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from srsmeting.errors import ConfigurationError, Fault, UnknownNameError, unknown_name
from srsmeting.yamlfile import Text, read_yaml, validate

#: A number as it is written in the file: 14.4 keeps its one decimal.
Amount = Annotated[Decimal, Field(allow_inf_nan=False)]


class Part(BaseModel):
    """One of the things that a fact is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    value: Amount


class Fact(BaseModel):
    """A number with its unit, or the parts of a whole, or a text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    value: Amount | None = None
    parts: Mapping[str, Part] = {}
    text: Text = ""
    unit: str = ""
    source: str = ""
    #: Whether the source says "about".
    approximate: bool = False


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str = ""
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Programme:
    """The facts of a file, by their name.

    Examples
    --------
    >>> parts = {"subsidie": {"label": "Subsidie", "value": 14.4}, "eigen": {"label": "Eigen geld", "value": 5.7}}
    >>> Programme({"budget": Fact(label="Budget", parts=parts)}).total("budget")
    Decimal('20.1')
    """

    facts: Mapping[str, Fact]
    name: str = "programme.yaml"

    def fact(self, name: str) -> Fact:
        """Return a fact.

        Raises
        ------
        UnknownNameError
            When the file does not have it.
        """
        if not self.facts:
            message = f"no fact {name!r}: there are no facts. Name the file with them under 'programme' in meting.yaml."
            raise UnknownNameError(message)
        if name not in self.facts:
            raise unknown_name(self.name, "fact", name, self.facts)
        return self.facts[name]

    def part(self, name: str, part: str) -> Part:
        """Return one of the parts of a fact.

        Raises
        ------
        UnknownNameError
            When the file does not have the fact, or the fact not the part.
        """
        parts = self.fact(name).parts
        if part not in parts:
            raise unknown_name(f"{self.name}, fact {name!r}", "part", part, parts)
        return parts[part]

    def total(self, name: str) -> Decimal | None:
        """Return the number of a fact: its value, or the sum of its parts; none for a text."""
        fact = self.fact(name)
        if not fact.parts:
            return fact.value
        return sum((part.value for part in fact.parts.values()), Decimal())


def read_programme(path: str | os.PathLike[str]) -> Programme:
    """Read the facts of a programme.

    Parameters
    ----------
    path
        YAML: ``facts``, each with a ``label`` and either a ``value``, ``parts`` (each with ``label`` and ``value``) or
        a ``text``; ``unit``, ``source`` and ``approximate`` where they apply.

    Raises
    ------
    ConfigurationError
        With every fault of the file.
    """
    lines = read_yaml(Path(path))
    facts = validate(_Facts, lines, ConfigurationError).facts
    faults = []
    for name, fact in facts.items():
        given = [kind for kind in ("value", "parts", "text") if getattr(fact, kind) not in (None, {}, "")]
        what = ""
        if not given:
            what = "says nothing. Give it a value, parts or a text."
        elif len(given) > 1:
            what = f"has {' and '.join(given)}. Keep one of them; the sum of parts is computed."
        if what:
            line = lines.line(("facts", name))
            faults.append(Fault(lines.name, f"fact {name!r} {what}", line, "facts", name, "fact"))
    if faults:
        raise ConfigurationError(faults=faults)
    return Programme(facts, lines.name)
