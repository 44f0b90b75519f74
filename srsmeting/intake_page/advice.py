"""What a researcher can do about a finding: one plain sentence or two per check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: By the id of the check, as :data:`srsmeting.intake.checks.findings.CHECKS` has them.
ADVICE: Final[Mapping[str, str]] = {
    "encoding": (
        "Kijk of letters met een accent goed zijn gelezen. Zo niet: exporteer opnieuw, als UTF-8, en sla het bestand "
        "niet op in een spreadsheetprogramma."
    ),
    "cut_off": (
        "Vergelijk met het enquêteprogramma of er iets ontbreekt, en exporteer in dat geval opnieuw in een andere vorm "
        "(CSV)."
    ),
    "row_of_sums": "Kijk of de laatste rij een optelling is. Zo ja: leg haar terzijde in corrections.yaml.",
    "answer_not_asked": (
        "Vergelijk de routing in de vragenlijst met die in het enquêteprogramma. Klopt de vragenlijst, dan hoeft er "
        "niets: het antwoord telt niet mee."
    ),
    "shown_not_asked": "Vergelijk de routing in de vragenlijst met die in het enquêteprogramma en verbeter haar.",
    "asked_not_shown": (
        "Vergelijk de routing in de vragenlijst met die in het enquêteprogramma. Stopte iemand halverwege, dan hoeft "
        "er niets."
    ),
    "left_empty": "Niets, tenzij het er veel zijn: vermeld dat dan bij de uitkomst.",
    "nothing_answered": "Beslis of deze rijen meetellen. Zo niet: leg ze terzijde in corrections.yaml, met de reden.",
    "exclusive_with_others": (
        "Beslis welk antwoord telt, en zet dat in corrections.yaml. Doet u niets, dan tellen beide antwoorden."
    ),
    "other_not_chosen": (
        "Lees de tekst in het bestand. Hoort er een antwoord bij, zet dat dan in corrections.yaml; anders hoeft er "
        "niets."
    ),
    "text_among_answers": (
        "Kijk of de tekst toch een van de antwoorden is, anders geschreven. Zo ja: zet haar onder ‘answers’ in "
        "mapping.yaml."
    ),
    "formula_in_text": (
        "Lees in het bestand wat iemand bedoelde. Klopt de tekst die de cel toont niet, zet de bedoelde dan in "
        "corrections.yaml."
    ),
    "label_differs": "Kijk of het antwoord hetzelfde bedoelt. Zo ja, dan hoeft er niets.",
    "label_of_another": (
        "Ga na welk antwoord de code in het bestand betekent, en verbeter de codes in de vragenlijst of maak de export "
        "opnieuw."
    ),
    "more_than_frame": (
        "Vul het steekproefkader aan met de organisaties die ontbreken, of leg terzijde wat dubbel is, in "
        "corrections.yaml."
    ),
    "no_tokens": "Niets, tenzij er tokens zijn: exporteer dan opnieuw met de kolom token.",
    "token_missing": "Ga na of iemand zonder uitnodiging kon meedoen. Zo nodig: leg de rij terzijde.",
    "token_not_in_frame": (
        "Ga na of het steekproefkader volledig is. Hoort de organisatie er niet in, leg de rij dan terzijde in "
        "corrections.yaml."
    ),
    "frame_mismatch": (
        "Ga na wie gelijk heeft. Is het antwoord verkeerd, zet de verbetering dan in corrections.yaml; is het kader "
        "verouderd, werk dat dan bij."
    ),
    "too_fast": "Bekijk de antwoorden van deze rijen. Zijn ze niet serieus, leg ze dan terzijde in corrections.yaml.",
    "end_before_start": "Ga na of de klok of de tijdzone (‘timezone’ in meting.yaml) klopt. De antwoorden tellen mee.",
    "straight_lining": "Bekijk de andere antwoorden van deze rijen. Hetzelfde antwoord op alles kan ook gemeend zijn.",
    "double_organisation": (
        "Beslis welke van de rijen telt, en leg de andere terzijde in corrections.yaml. Tot dan tellen zij allebei."
    ),
    "organisation_missing": (
        "Ga na of iemand van buiten het steekproefkader kon meedoen. Zo nodig: leg de rij terzijde in corrections.yaml."
    ),
    "organisation_differs": (
        "Ga na of de uitnodiging is doorgestuurd. Telt het antwoord niet voor de uitgenodigde organisatie, leg de rij "
        "dan terzijde in corrections.yaml."
    ),
    "organisation_ambiguous": (
        "Geef de organisaties in het steekproefkader elk een eigen naam, en zeg in matches.yaml welke de respondent "
        "bedoelt."
    ),
    "moment_unreadable": "Niets, tenzij het er veel zijn: exporteer dan opnieuw, en open het bestand niet tussendoor.",
    "organisation_not_in_frame": (
        "Zoek de organisatie op in het steekproefkader en zet de koppeling in matches.yaml (`srsmeting match` doet een "
        "voorstel), of leg de rij terzijde in corrections.yaml."
    ),
    "file_changed": (
        "Ga na wie het bestand heeft gewijzigd, en waarom. Is het zo bedoeld, aanvaard het dan met "
        "`srsmeting check … --seal`."
    ),
    "personal_data": (
        "De teksten worden niet bewaard, maar staan wel in het exportbestand: ga daar zorgvuldig mee om, en verwijder "
        "het zodra dat kan."
    ),
}
