"""Dutch words for the codes of the estimate frame: what a measure, a status and a method are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from srsmeting.presentation.nonresponse_tables import DISPOSITIONS
from srsmeting.presentation.signs import REASONS, SIGNS
from srsmeting.questionnaire import Questionnaire

#: Measures; what is not here goes by its code.
MEASURES: Final[Mapping[str, str]] = {
    "share": "aandeel",
    "mean": "gemiddelde",
    "count": "aantal keer genoemd",
    "response_rate": "respons naar opgegeven groep",
    "response_rate_1": "respons: volledig ingevuld (RR1)",
    "response_rate_2": "respons: volledig of gedeeltelijk ingevuld (RR2)",
    "cooperation_rate_1": "medewerking: volledig ingevuld van wie bereikt is (COOP1)",
    "disposition": "uitkomst van de uitnodiging",
    "frame_share": "aandeel in het steekproefkader",
    "respondents_share": "aandeel in de respondenten",
    "composition_difference": "verschil tussen respondenten en steekproefkader",
    "r_indicator": "R-indicator (1 = evenwichtige respons)",
    "r_indicator_unadjusted": "R-indicator zonder correctie voor toeval",
    "coverage": "dekkingsgraad",
    "coverage_change": "verandering van de dekkingsgraad",
    "effective_n": "effectief aantal respondenten na weging",
    "design_effect": "effect van de weging op de variantie",
    "p_value": "p-waarde van het verschil tussen alle groepen",
    "effect_size": "sterkte van het verband",
    "rank_p_value": "p-waarde van het verschil in rangorde",
    "rank_effect_size": "sterkte van het verband in rangorde",
    "difference": "verschil tussen twee groepen",
    "difference_p": "p-waarde van het verschil tussen twee groepen",
    "adjusted_share": "aandeel, gecorrigeerd voor andere kenmerken",
    "adjusted_p_value": "p-waarde, gecorrigeerd voor andere kenmerken",
    "change": "verandering sinds de vorige meting",
    "change_p": "p-waarde van de verandering",
    "change_p_holm": "p-waarde van de verandering, gecorrigeerd voor het aantal toetsen",
    "detectable_change": "kleinste verandering die deze metingen konden vinden",
    "panel_change": "verandering bij wie beide keren antwoordde",
    "panel_change_p": "p-waarde van de verandering bij wie beide keren antwoordde",
    "standardised_change": "verandering bij de samenstelling van het steekproefkader",
    "composition_change": "verandering door een andere samenstelling van de respondenten",
    "rate_change": "verandering door andere antwoorden binnen groepen",
    "trend_change": "verandering sinds de eerste vergelijkbare meting",
    "trend_change_p": "p-waarde van de verandering sinds de eerste vergelijkbare meting",
    "trend_change_p_holm": (
        "p-waarde van de verandering sinds de eerste vergelijkbare meting, gecorrigeerd voor het aantal toetsen"
    ),
}
#: What no sign needs to say: the number stands as it is.
_NORMAL: Final = "gewoon"
#: Reasons that their sign says in full.
_BY_SIGN: Final = {"included_elsewhere": "K", "includes_other": "W", "trend_break": "B"}


def measure_label(measure: str) -> str:
    """Name a measure.

    Examples
    --------
    >>> measure_label("share"), measure_label("something_new")
    ('aandeel', 'something_new')
    """
    return MEASURES.get(measure, measure)


def status_label(status: str) -> str:
    """Name a status.

    Examples
    --------
    >>> status_label("A"), status_label("Q")
    ('gewoon', 'niet gepubliceerd')
    """
    return SIGNS[status].meaning if status in SIGNS else _NORMAL if status == "A" else status


def reason_label(reason: str) -> str:
    """Name the reason of a status.

    Examples
    --------
    >>> reason_label("small_base"), reason_label("trend_break"), reason_label("")
    ('te weinig respondenten', 'trendbreuk, niet zonder meer te vergelijken', '')
    """
    if reason in _BY_SIGN:
        return SIGNS[_BY_SIGN[reason]].meaning
    return REASONS.get(reason, reason)


def item_label(questionnaire: Questionnaire, question: str, item: str) -> str:
    """Name an item: a statement, or the variables that a response was held against."""
    if question:
        return questionnaire.question(question).item(item).label if item else ""
    known = set(questionnaire.breakdowns)
    parts = item.split("+")
    if item and all(part in known for part in parts):
        return ", ".join(questionnaire.breakdown(part).label for part in parts)
    return item


def category_label(questionnaire: Questionnaire, question: str, category: str) -> str:
    """Name an answer, a sum or a theme; of the response, what became of an invitation."""
    if not question:
        return DISPOSITIONS.get(category, category)
    asked = questionnaire.question(question)
    if asked.kind == "open" and category == "answered":
        return "Heeft iets ingevuld"
    themes = {theme.code: theme.label for theme in asked.themes}
    return (themes | asked.labels).get(category, category)
