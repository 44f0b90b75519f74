"""Respondents held against the frame: which organisation each is, by token or by name, and whether the frame agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from srsmeting.errors import Fault
from srsmeting.intake.account.words import number
from srsmeting.intake.checks.findings import Finding, respondents, where
from srsmeting.intake.checks.organisations import AMBIGUOUS, NOWHERE, Matches, NameIndex, Positions, normal_name
from srsmeting.intake.raw import Lines
from srsmeting.population import ORGANISATION, TOKEN, Population
from srsmeting.responses import Mask

_SHOWN = 5


@dataclass(frozen=True)
class Identity:
    """Which organisation each respondent is.

    Parameters
    ----------
    places
        Row in the frame; NOWHERE, or AMBIGUOUS where a name is of more than one organisation.
    names
        Name in its normal form, "" where there is none; None when the export has no column of names.
    tokens
        Token, "" where there is none; None when the export or the frame has no tokens.
    by_token, by_name
        How many were found by what.
    of_another
        Whose name is that of another organisation in the frame than the token; None where not both are known.
    has_names
        Whether the frame has names.
    export_has_tokens
        Whether the export has tokens, whatever the frame has.
    """

    places: Positions
    names: pd.Series[str] | None
    tokens: pd.Series[str] | None
    by_token: int = 0
    by_name: int = 0
    of_another: Mask | None = None
    has_names: bool = False
    export_has_tokens: bool = False

    @property
    def have(self) -> frozenset[str]:
        """Which of :data:`srsmeting.intake.checks.findings.NEEDS` there is."""
        found = {
            "tokens": self.tokens is not None,
            "names": self.names is not None and self.has_names,
            "identity": self.tokens is not None or (self.names is not None and self.has_names),
            "organisations": self.names is not None,
        }
        return frozenset(need for need, there in found.items() if there)

    def note(self) -> tuple[str, ...]:
        """Say in Dutch how many respondents were found, where names played a part."""
        if self.names is None or not self.has_names:
            return ()
        by_token = f"{self.by_token} op token, " if self.tokens is not None else ""
        return (f"Gekoppeld met het steekproefkader: {by_token}{self.by_name} op naam van de organisatie.",)


def identify(
    tokens: pd.Series[str] | None,
    names: pd.Series[str] | None,
    population: Population | None,
    matches: Matches | None = None,
) -> Identity:
    """Find the organisation of each respondent in the frame: by token, and where that gives none by name.

    `tokens` and `names` are of the respondents, None where the export has no such column.
    """
    given = tokens if tokens is not None else names
    places = np.full(0 if given is None else len(given), NOWHERE, dtype=np.intp)
    plain = None if names is None else _normal(names)
    if population is None:
        return Identity(places, plain, None)
    listed, export_has_tokens = population.organisations[TOKEN], tokens is not None
    if tokens is not None and (listed == "").all():
        tokens = None
    if tokens is not None:
        places = _places(tokens, listed)
    by_token = int((places >= 0).sum())
    has_names, of_another = ORGANISATION in population.organisations, None
    if names is not None and has_names:
        numbers, values = pd.factorize(names)
        index = NameIndex(population, matches)
        named = np.array([index.place(value) for value in values], dtype=np.intp)[numbers]
        of_another = (places >= 0) & (named >= 0) & (places != named)
        places = np.where(places >= 0, places, named)
    by_name = int((places >= 0).sum()) - by_token
    return Identity(places, plain, tokens, by_token, by_name, of_another, has_names, export_has_tokens)


def group_faults(answers: pd.DataFrame, population: Population, name: str) -> Iterator[Fault]:
    """Yield the groups that respondents name and of which the frame has no organisation: they have no response."""
    for variable in population.variables:
        if variable not in answers:
            continue
        frame = population.organisations[variable]
        if frame.isna().any():
            continue  # an organisation whose group is not known may be of this one
        listed = set(frame.cat.codes)
        named, counts = np.unique(_codes(answers[variable]), return_counts=True)
        for place, count in zip(named.tolist(), counts.tolist(), strict=True):
            if place < 0 or place in listed:
                continue
            group = answers[variable].cat.categories[place]
            who = f"{count} respondent in {name!r} names" if count == 1 else f"{count} respondents in {name!r} name"
            message = f"has no organisation of {variable} {group!r}, which {who}. Add the organisations to the frame."
            yield Fault(population.name, message, None, variable, str(group), "group_not_in_frame")


def frame_findings(
    answers: pd.DataFrame, identity: Identity, population: Population, lines: Lines
) -> Iterator[Finding]:
    """Yield what the match of the respondents with the frame shows."""
    if len(answers) > population.size:
        organisations = "1 organisatie" if population.size == 1 else f"{number(population.size)} organisaties"
        message = (
            f"{number(len(answers))} responsen tellen, en het steekproefkader heeft {organisations}. "
            "Zo zijn er geen cijfers te maken."
        )
        yield Finding("more_than_frame", "", len(answers) - population.size, message)
    if "identity" not in identity.have:
        message = f"{_lacking(identity)}: respondenten zijn niet met het steekproefkader vergeleken."
        yield Finding("no_tokens", "", len(answers), message)
        return
    yield from _not_found(identity, lines)
    another = np.flatnonzero(identity.of_another) if identity.of_another is not None else np.array([], dtype=np.intp)
    if len(another):
        message = (
            f"{respondents(len(another), 'noemt', 'noemen')} een andere organisatie uit het steekproefkader dan die "
            f"van het token. Het token beslist. {where(another, lines)}"
        )
        yield Finding("organisation_differs", "", len(another), message)
    for variable in population.variables:
        if variable not in answers:
            continue
        named = _codes(answers[variable])
        # Whoever was not found gets the -1 at the end: not known.
        listed = np.append(_codes(population.organisations[variable]), np.int16(-1))[np.maximum(identity.places, -1)]
        other = np.flatnonzero((named >= 0) & (listed >= 0) & (named != listed))
        if len(other):
            message = (
                f"{respondents(len(other), 'noemt', 'noemen')} een andere {variable} dan het steekproefkader. "
                f"Het antwoord telt. {where(other, lines)}"
            )
            yield Finding("frame_mismatch", variable, len(other), message)


def double_findings(identity: Identity, lines: Lines) -> Iterator[Finding]:
    """Yield the responses that are of one organisation, by their place in the frame or by their name."""
    if identity.names is None:
        return  # one token counts once
    table = pd.DataFrame({"place": identity.places, "name": identity.names})
    known = table[(table["place"] >= 0) & (table["name"] != "")].drop_duplicates()
    of_name = known.drop_duplicates("name", keep=False).set_index("name")["place"]
    # Who is not in the frame is told by the name, also from someone of that name who is.
    outside = (table["place"] == NOWHERE) & (table["name"] != "")
    places = table["place"].where(table["place"] >= 0, table["name"].map(of_name).where(outside))
    alone = outside & places.isna()
    keys = places.where(~alone, -2.0 - pd.factorize(table["name"])[0])
    keys = keys[keys.notna() & keys.duplicated(keep=False)]
    if not len(keys):
        return
    several = keys.unique()
    groups = [[int(lines[row]) for row in keys.index[keys == key]] for key in several[:_SHOWN]]
    shown = "; ".join(f"{', '.join(map(str, group[:-1]))} en {group[-1]}" for group in groups)
    more = f"; en nog {len(several) - _SHOWN}" if len(several) > _SHOWN else ""
    of = "één organisatie" if len(several) == 1 else f"{len(several)} organisaties die er meer dan één hebben"
    message = (
        f"{len(keys)} responsen zijn van {of}: regels {shown}{more}. Alle tellen; leg in corrections.yaml terzijde "
        "welke dubbel is."
    )
    yield Finding("double_organisation", "", len(keys), message)


def _lacking(identity: Identity) -> str:
    whose = "Het steekproefkader" if identity.export_has_tokens else "De export"
    if identity.names is not None:
        return f"{whose} heeft geen tokens, en het steekproefkader geen kolom ‘organisation’ met namen"
    if identity.has_names:
        return (
            f"{whose} heeft geen tokens, en ‘organisation’ in meting.yaml noemt geen kolom met namen van organisaties"
        )
    return f"{whose} heeft geen tokens"


def _not_found(identity: Identity, lines: Lines) -> Iterator[Finding]:
    nowhere = identity.places == NOWHERE
    nobody = np.zeros(len(nowhere), dtype=np.bool_)
    named = nobody if identity.names is None or not identity.has_names else _filled(identity.names)
    coded = nobody if identity.tokens is None else _filled(identity.tokens)
    several = np.flatnonzero(identity.places == AMBIGUOUS)
    if len(several):
        message = (
            f"{respondents(len(several), 'noemt', 'noemen')} een organisatie waarvan de naam vaker in het "
            f"steekproefkader staat. {where(several, lines)}"
        )
        yield Finding("organisation_ambiguous", "", len(several), message)
    missing = np.flatnonzero(nowhere & ~named & ~coded)
    if len(missing) and identity.tokens is None:
        message = f"{respondents(len(missing), 'noemt', 'noemen')} geen organisatie. {where(missing, lines)}"
        yield Finding("organisation_missing", "", len(missing), message)
    elif len(missing):
        nor_name = " en noemt geen organisatie" if len(missing) == 1 else " en noemen geen organisatie"
        message = f"{respondents(len(missing), 'heeft', 'hebben')} geen token{nor_name * ('names' in identity.have)}."
        yield Finding("token_missing", "", len(missing), f"{message} {where(missing, lines)}")
    strange = np.flatnonzero(nowhere & coded & ~named)
    if len(strange):
        what = "een token dat niet in het steekproefkader staat"
        message = f"{respondents(len(strange), 'heeft', 'hebben')} {what}. {where(strange, lines)}"
        yield Finding("token_not_in_frame", "", len(strange), message)
    outside = np.flatnonzero(nowhere & named)
    if len(outside):
        message = (
            f"{respondents(len(outside), 'noemt', 'noemen')} een organisatie die niet in het steekproefkader staat. "
            f"Met `srsmeting match` zijn namen te koppelen die anders zijn geschreven. {where(outside, lines)}"
        )
        yield Finding("organisation_not_in_frame", "", len(outside), message)


def _places(tokens: pd.Series[str], listed: pd.Series[str]) -> Positions:
    # An index of pandas would make an object of every token.
    found = pc.index_in(pa.array(tokens), pa.array(listed))
    return np.asarray(pc.fill_null(found, NOWHERE)).astype(np.intp)


def _filled(texts: pd.Series[str]) -> Mask:
    return (texts != "").to_numpy(dtype=np.bool_)


def _normal(texts: pd.Series[str]) -> pd.Series[str]:
    numbers, values = pd.factorize(texts)
    return pd.Series([normal_name(value) for value in values], dtype=texts.dtype).take(numbers).reset_index(drop=True)


def _codes(column: pd.Series[str]) -> npt.NDArray[np.int16]:
    return np.asarray(column.cat.codes, dtype=np.int16)
