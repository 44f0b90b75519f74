"""What the exports of LimeSurvey lose on the way, said to the researcher in Dutch."""

from __future__ import annotations

NOT_SHOWN = "Niet gesteld en opengelaten zijn allebei een lege cel: de routing van de vragenlijst bepaalt wat het is."
NUMBERS = (
    "Bij getallen en datums is niet te zien of de vraag niet is gesteld of is opengelaten. De routing van de "
    "vragenlijst bepaalt welke van de twee het is."
)
TICKS = "Een optie die niet is aangekruist en een optie van een vraag die niet is gesteld, zijn allebei ‘Nee’."
YES_NO = "Een ja-neevraag zonder antwoord is ‘N/A’ of leeg, ook als zij niet is gesteld."
COMMENTS = (
    "De toelichting bij een lijst met toelichting ontbreekt: LimeSurvey exporteert haar niet bij volledige antwoorden."
)
CONVERTED = (
    "Ja en nee zijn omgezet in 1 en 2: een ja-neevraag zonder antwoord is ook 2 en telt als ‘nee’, en een 2 bij "
    "‘anders’ of in een toelichting bij opties is geen tekst."
)
LEADING_ZEROS = "Wat op een getal lijkt, is een getal geworden: nullen vooraan zijn weg."
LINE_BREAKS = "Regeleinden in teksten zijn spaties, en lange teksten kunnen zijn afgekapt."

#: By what the answers are, of the exports that are one table.
CODES_LOSE = (NOT_SHOWN,)
TEXTS_LOSE = (NOT_SHOWN, TICKS, YES_NO, COMMENTS)
CONVERTED_LOSE = (NOT_SHOWN, CONVERTED)
