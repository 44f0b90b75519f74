"""Signs: what stands where a number is missing or needs a warning, and the legend that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sign:
    """What a status looks like in print.

    Parameters
    ----------
    sign
        The sign itself.
    meaning
        What it means, in Dutch.
    replaces
        True where the sign stands instead of a number, False where it stands behind one.
    """

    sign: str
    meaning: str
    replaces: bool


#: The signs of Statistics Netherlands where it has one (x, .), a letter of our own where it has none.
SIGNS: Final[Mapping[str, Sign]] = {
    "Q": Sign("x", "niet gepubliceerd", replaces=True),
    "O": Sign(".", "geen gegevens", replaces=True),
    "M": Sign(".", "geen gegevens", replaces=True),
    "K": Sign("k", "meegeteld bij een andere categorie", replaces=True),
    "E": Sign("c", "circa, niet precies geteld", replaces=False),
    "B": Sign("b", "trendbreuk, niet zonder meer te vergelijken", replaces=False),
    "W": Sign("w", "inclusief een andere categorie", replaces=False),
    "U": Sign("u", "minder betrouwbaar", replaces=False),
}

#: Why a value carries a sign, as far as a reader needs it.
REASONS: Final[Mapping[str, str]] = {
    "small_base": "te weinig respondenten",
    "small_count": "te weinig vermeldingen",
    "low_response": "te lage respons",
    "complementary": "bescherming van een ander cijfer",
    "no_base": "geen waarnemingen",
    "indicative": "klein aantal respondenten, indicatief",
    "one_respondent": "één respondent",
    "lonely_stratum": "één respondent in een stratum",
    "no_degrees_of_freedom": "niet meer respondenten dan strata",
    "not_linked": "respondenten zijn niet in het steekproefkader gezocht",
    "not_all_linked": "niet alle respondenten zijn in het steekproefkader gevonden",
    "separated": "een groep antwoordde volledig of niet",
    "named_exceeds_frame": "meer respondenten dan organisaties",
    "divides_by_zero": "verhouding tot nul",
    "no_spread": "geen spreiding in de antwoorden",
    "ties": "te veel gelijke waarden",
    "few_expected": "kleine verwachte aantallen",
    "few_respondents": "weinig respondenten in een groep",
    "few_events": "weinig antwoorden per kenmerk",
    "unweighted": "toets zonder weging",
    "perfect_separation": "een groep gaf maar één antwoord",
    "collinear": "kenmerken die samenvallen",
    "library_warning": "berekening niet zeker",
    "one_group": "maar één groep",
    "census": "alle organisaties antwoordden",
    "margin": "ligt vast door de weging",
    "unknown_overlap": "niet bekend wie beide keren antwoordde",
    "few_in_both": "te weinig organisaties antwoordden beide keren",
    "not_comparable": "niet te vergelijken",
    "group_without_respondents": "een groep zonder respondenten",
    "approximate": "niet precies geteld",
    "no_goal": "geen doel gesteld",
    "goal_dropped": "doel losgelaten",
    "no_result": "geen resultaat gemeld",
    "not_applicable": "niet van toepassing",
    "not_yet": "nog niet aan de orde",
    "unknown": "onbekend",
    "in_words": "alleen in woorden gemeld",
    "incomplete": "niet van alle onderdelen bekend",
    "exceeds_whole": "meer dan het geheel",
}


@dataclass(frozen=True)
class Cell:
    """One printed value: its text, the sign behind it, and where both come from.

    Examples
    --------
    >>> str(Cell("69%", mark="w"))
    '69% (w)'
    """

    text: str
    mark: str = ""
    status: str = "A"
    reason: str = ""

    @property
    def hidden(self) -> bool:
        """Whether a sign stands where the number would be."""
        return self.status in SIGNS and self.text in {sign.sign for sign in SIGNS.values() if sign.replaces}

    def __str__(self) -> str:
        return f"{self.text} ({self.mark})" if self.mark else self.text


def legend(cells: Iterable[Cell]) -> str:
    """Explain the signs that occur, and only those.

    Returns
    -------
    str
        One Dutch sentence, or an empty text where no cell has a sign.

    Examples
    --------
    >>> legend([Cell("66%"), Cell("x", status="Q", reason="small_base"), Cell("69%", "w", "W", "includes_other")])
    'Verklaring van tekens: x = niet gepubliceerd (te weinig respondenten); w = inclusief een andere categorie.'
    """
    signed = [cell for cell in cells if cell.status != "A"]
    lines: dict[tuple[str, str], list[str]] = {}
    for status, sign in SIGNS.items():
        for cell in signed:
            if cell.status == status:
                reasons = lines.setdefault((sign.sign, sign.meaning), [])
                # "Geen gegevens (geen waarnemingen)" says nothing twice.
                if cell.reason in REASONS and status != "O" and REASONS[cell.reason] not in reasons:
                    reasons.append(REASONS[cell.reason])
    empty = SIGNS["O"]
    if any(cell.text == empty.sign for cell in signed):
        lines.setdefault((empty.sign, empty.meaning), [])
    if not lines:
        return ""
    told = [
        f"{sign} = {meaning}" + (f" ({' of '.join(reasons)})" if reasons else "")
        for (sign, meaning), reasons in lines.items()
    ]
    return f"Verklaring van tekens: {'; '.join(told)}."
