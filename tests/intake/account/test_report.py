import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from srsmeting.intake import take_in
from srsmeting.questionnaire import Questionnaire

ROWS = [
    {"G01Q01": "A1", "G01Q02": "A1", "G01Q03[SQ001]": "Y", "G01Q04[SQ001]": "A1", "G01Q05": "7", "G01Q07": "Meer tijd"},
    {"G01Q01": "-oth-", "G01Q01[other]": "Buiten", "G01Q02": "A3", "G01Q05": "8", "G01Q06": "2"},
    {"G01Q01": "A2", "G01Q02": "A2", "G01Q03[SQ001]": "Y", "G01Q05": "6", "G01Q06": "3"},
    {"submitdate": "", "G01Q01": "A1"},
]

EXPECTED = """\
# Intakerapport: Korte nulmeting

## Bestand

|  |  |
| --- | --- |
| Bestand | export.csv |
| Herkend als | LimeSurvey, antwoorden als codes (CSV) |
| Grootte | SIZE bytes |
| SHA-256 | HASH |
| Veldwerk | 14 maart 2022 |

Cellen gescheiden door een puntkomma.

## Wat deze export niet vertelt

- Niet gesteld en opengelaten zijn allebei een lege cel: de routing van de vragenlijst bepaalt wat het is.

## Rijen

|  | rijen |
| --- | ---: |
| Ontvangen | 4 |
| Terzijde gelegd: niet voltooid | 1 |
| Gebruikt | 3 |

Ontvangen is gebruikt plus terzijde gelegd. Wat terzijde is gelegd, staat met de reden in de quarantaine.

## Cellen

|  | gevulde cellen |
| --- | ---: |
| Ontvangen | 32 |
| Terzijde gelegd: in een rij die niet meetelt | 4 |
| Terzijde gelegd: in een kolom die niet is overgenomen | 12 |
| Terzijde gelegd: antwoord op een vraag die niet is gesteld | 1 |
| Gebruikt | 15 |

## Bevindingen

|  | controle | vraag | aantal | bevinding |
| --- | --- | --- | ---: | --- |
| bekijken | answer_not_asked | effect | 1 | \
1 respondent beantwoordde de vraag hoewel de routing haar oversloeg. Het antwoord telt niet. Regel 4. |
| ter kennisgeving | left_empty | impact | 1 | 1 respondent liet een of meer stellingen open. |
| ter kennisgeving | left_empty | fte | 1 | 1 respondent liet de vraag open. |

## Vragen

| vraag | titel | gesteld | beantwoord | opengelaten | niet gesteld | weet niet |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
| wgo | Regio | 3 | 3 | 0 | 0 | 0 |
| bekend | Bekendheid | 3 | 3 | 0 | 0 | 1 |
| effect | Effecten | 1 | 1 | 0 | 2 | 0 |
| impact.meer | Er is meer | 1 | 1 | 0 | 2 | 0 |
| impact.beter | Het is beter | 1 | 0 | 1 | 2 | 0 |
| cijfer | Cijfer | 3 | 3 | 0 | 0 | 0 |
| fte | Fte | 3 | 2 | 1 | 0 | 0 |
| idee | Ideeën | 3 | 1 | 2 | 0 | 0 |

Gesteld en niet gesteld volgen uit de routing van de vragenlijst; ‘weet niet’ is een antwoord.

## Niet overgenomen

| kolom | reden | gevulde cellen |
| --- | --- | ---: |
| submitdate | moment of duur | 3 |
| lastpage | technisch gegeven | 0 |
| token | alleen gebruikt om te koppelen met het steekproefkader | 4 |
| ipaddr | adres van de computer | 4 |
| G01Q01[other] | open antwoord; alleen bewaard of er iets is ingevuld | 1 |
| G01Q03[other] | open antwoord; alleen bewaard of er iets is ingevuld | 0 |
| G01Q07 | open antwoord; alleen bewaard of er iets is ingevuld | 1 |
"""


def test_the_whole_report(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    path = write_export(ROWS)
    raw = path.read_bytes()
    size = f"{len(raw) // 1000}.{len(raw) % 1000:03}" if len(raw) >= 1000 else str(len(raw))
    expected = EXPECTED.replace("SIZE", size).replace("HASH", hashlib.sha256(raw).hexdigest())
    report = take_in(path, kort).report.to_markdown()
    # The list of checks grows with every check there is; tests/intake/test_findings.py looks at it.
    before, _, checks = report.partition("## Controles\n")
    assert before + checks[checks.index("## Vragen") :] == expected


def test_no_value_of_a_person_is_in_what_comes_out(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    rows = [row | {"G01Q03[other]": "Naam Van Iemand", "token": f"geheim{n}"} for n, row in enumerate(ROWS)]
    intake = take_in(write_export(rows), kort)
    out = intake.report.to_markdown() + intake.quarantine.to_csv() + intake.responses.answers.to_csv()
    for secret in ("geheim", "192.0.2.1", "Iemand", "Meer tijd", "Buiten"):
        assert secret not in out


def test_without_findings(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    report = take_in(write_export([{"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"}]), kort).report
    assert "## Bevindingen\n\nGeen.\n" in report.to_markdown()
    assert (report.rows_received, report.rows_used) == (1, 1)


def test_a_name_cannot_break_out_of_its_cell(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    path = write_export([{"G01Q01": "A1"}])
    odd = path.rename(path.with_name("a|b.csv"))
    assert "| Bestand | a\\|b.csv |" in take_in(odd, kort).report.to_markdown()


def test_what_others_wrote_is_neither_html_nor_a_link(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    heading = "<script>x</script> ![](http://x) a|b"
    path = write_export(ROWS[:1])
    path.write_text(path.read_text(encoding="utf-8").replace('"ipaddr"', f'"{heading}"'), encoding="utf-8")
    intake = take_in(path, replace(kort, title="<b>Kort</b> & goed"), ignore=[heading])
    text = replace(intake.report, notes=(f"Verborgen kolommen: ‘{heading}’.",)).to_markdown()

    shown = "&lt;script&gt;x&lt;/script&gt; ![]\\(http://x) a\\|b"
    assert text.startswith("# Intakerapport: &lt;b&gt;Kort&lt;/b&gt; &amp; goed\n")
    assert f"\n\nVerborgen kolommen: ‘{shown}’.\n\n" in text
    assert f"\n| {shown} | genegeerd volgens de configuratie | 1 |\n" in text
    assert "<" not in text
