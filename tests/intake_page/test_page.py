"""The page: what it says, that everyone can read it, and that it needs nothing else."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

import srsmeting.intake_page
from srsmeting.intake import IntakeReport
from srsmeting.intake.checks.findings import CHECKS, FAULT, findings_frame
from srsmeting.intake_page import intake_page
from srsmeting.intake_page.advice import ADVICE
from srsmeting.presentation.figures.style import contrast

STYLE = Path(srsmeting.intake_page.__file__).with_name("page.css").read_text(encoding="utf-8")


def parse(page: str) -> Element:
    # Written as XML would be, so that a parser that forgives nothing can read it.
    root: Element = fromstring(page.removeprefix("<!DOCTYPE html>\n"))
    return root


def section(page: str, id: str) -> list[str]:
    """Return the texts of a section, one per block."""
    found = next(element for element in parse(page).iter("section") if element.attrib["id"] == id)
    blocks = ("h2", "h3", "h4", "p", "li", "caption", "tr", "figcaption", "div")
    return [" ".join("".join(e.itertext()).split()) for e in found.iter() if e.tag in blocks and not _holds(e, blocks)]


def _holds(element: Element, tags: tuple[str, ...]) -> bool:
    return any(child.tag in tags for child in element.iter() if child is not element)


def rows(page: str, id: str) -> list[list[str]]:
    found = next(element for element in parse(page).iter("section") if element.attrib["id"] == id)
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found.iter("tr")]


def test_the_head_says_what_it_is_and_whether_something_must_be_looked_at(report: IntakeReport) -> None:
    page = intake_page(report)
    header = next(parse(page).iter("header"))
    assert ["".join(element.itertext()) for element in header] == [
        "Intern, niet om te publiceren",
        "Intakerapport: Peiling <2026>",
        "Er is 1 bevinding om te bekijken. Van 12 ontvangen rijen tellen er 10 mee.",
    ]
    clean = replace(report, findings=findings_frame([]))
    assert "Er is niets dat iemand moet bekijken.</strong> Van 12 ontvangen rijen tellen er 10 mee." in intake_page(
        clean
    )
    assert "<p>Er zijn geen bevindingen.</p>" in intake_page(clean)


def test_the_file(report: IntakeReport) -> None:
    assert section(intake_page(report), "bestand") == [
        "Het bestand",
        "Bestandantwoorden & meer.csv",
        "Herkend alsLimeSurvey, antwoorden als codes (CSV)",
        "Grootte1.204 bytes",
        f"SHA-256{'0f' * 32}",
        "Veldwerk28 februari 2026 tot en met 1 april 2026",
        "VastgelegdDe bestanden zijn die van de verzegeling.",
        "Cellen gescheiden door een puntkomma.",
        "Wat deze export niet vertelt",
        "Niet gesteld en opengelaten zijn allebei een lege cel.",
    ]


def test_the_findings_come_with_what_to_do_and_warnings_first(report: IntakeReport) -> None:
    assert section(intake_page(report), "bevindingen") == [
        "Bevindingen",
        "Bekijken (1)",
        "Verstuurd zonder antwoord",
        "1 respondent verstuurde de vragenlijst zonder één antwoord. Regel 9.",
        "Wat te doen: Beslis of deze rijen meetellen. Zo niet: leg ze terzijde in corrections.yaml, met de reden.",
        "Ter kennisgeving (2)",
        "Vraag opengelaten",
        "Rapportcijfer cijfer: 1 respondent liet de vraag open.",
        "Effecten effect: 2 respondenten lieten de vraag open.",
        "Wat te doen: Niets, tenzij het er veel zijn: vermeld dat dan bij de uitkomst.",
    ]


def test_every_check_has_something_to_do() -> None:
    assert {id for id, check in CHECKS.items() if check.severity != FAULT} <= set(ADVICE)


def test_rows_and_cells_flow(report: IntakeReport) -> None:
    page = intake_page(report)
    assert section(page, "rijen")[1:] == [
        "De rijen van het bestand. Rijen ontvangen: 12. Terzijde gelegd: 2 (1 niet voltooid, 1 dubbel ingevuld). "
        "Rijen gebruikt: 10 (9 voltooid, 1 gedeeltelijk).",
        "Wat terzijde is gelegd, staat met de reden in de quarantaine.",
    ]
    assert section(page, "cellen")[1:] == [
        "De gevulde cellen van het bestand. Gevulde cellen ontvangen: 1.204. Terzijde gelegd: 6 (4 in een rij die niet "
        "meetelt, 2 antwoord op een vraag die niet is gesteld). Gevulde cellen gebruikt: 1.198.",
        "Geteld nadat de correcties zijn toegepast.",
        "De antwoorden van 10 respondenten, 3 vragen en stellingen. Antwoorden mogelijk: 30. Niet gesteld: 12. "
        "Gesteld: 18. Opengelaten: 3. Beantwoord: 15 (1 ‘weet niet’).",
        "Of een vraag gesteld is, volgt uit de routing van de vragenlijst.",
    ]


def test_the_response_is_never_clipped(report: IntakeReport) -> None:
    page = intake_page(report)
    assert rows(page, "respons") == [
        ["Groep", "Respondenten", "Benaderd", "Respons"],
        ["Alle organisaties", "10", "20", "50%"],
        ["Noord", "6", "5", "120%"],
        ["Zuid", "4", "15", "27%"],
        ["Oost", "0", "0", "niet te bepalen"],
    ]
    # Bars against the longest, 120%: 50/120, 120/120 and 26,67/120.
    widths = re.findall(r'class="share" width="([\d.]+)"', page.partition('id="respons"')[2].partition("</section>")[0])
    assert widths == ["41.666", "100", "22.222"]
    assert "Een respons boven 100% kan niet: antwoorden en steekproefkader verschillen." in section(page, "respons")


def test_without_a_frame_there_is_no_response(report: IntakeReport) -> None:
    page = intake_page(replace(report, response=report.response.iloc[:0]))
    assert section(page, "respons")[1:] == ["Er is geen steekproefkader, dus de respons is niet te bepalen."]


def test_what_was_left_open_is_a_share_of_who_was_asked(report: IntakeReport) -> None:
    assert rows(intake_page(report), "vragen") == [
        ["Vraag of stelling", "Gesteld", "Open", "Aandeel open", "Niet gesteld", "Weet niet"],
        ["Rapportcijfer cijfer", "10", "1", "10%", "0", "0"],
        ["Effecten effect", "8", "2", "25%", "2", "1"],
        ["Er is meer impact.meer", "0", "0", "–", "10", "0"],
    ]


def test_every_check_is_listed(report: IntakeReport) -> None:
    listed = dict(rows(intake_page(report), "controles")[1:])
    assert list(listed) == [check.name for check in CHECKS.values()]
    assert listed["verstuurd zonder antwoord"] == "1, bekijken"
    assert listed["vraag opengelaten"] == "3, ter kennisgeving"
    assert listed["respondent zonder token"] == "niets gevonden"
    assert listed["vraag getoond die de routing overslaat"] == "niet gedaan: de export vertelt niet wat getoond is"


def test_corrections_and_columns_that_were_left_behind(report: IntakeReport) -> None:
    page = intake_page(report)
    assert rows(page, "correcties")[1:] == [
        ["4", "cijfer", "1", "10", "typefout", "2026-03-03"],
        ["9", "(hele respons telt niet)", "", "", "dubbel", "2026-03-04"],
    ]
    assert rows(page, "weggelaten")[1:] == [
        ["ipaddr", "adres van de computer", "12"],
        ["G01Q07", "open antwoord", "3"],
    ]
    none = replace(report, corrections=report.corrections.iloc[:0])
    assert section(intake_page(none), "correcties")[1:] == ["Er zijn geen correcties toegepast."]


def test_everyone_can_read_it(report: IntakeReport) -> None:
    root = parse(intake_page(report))
    elements = list(root.iter())
    assert root.attrib["lang"] == "nl"
    assert [e.tag for e in elements].count("h1") == 1
    headings = [int(e.tag[1]) for e in elements if re.fullmatch(r"h\d", e.tag)]
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert all(e.attrib.get("scope") in ("col", "row") for e in elements if e.tag == "th")
    assert all(e.find("caption") is not None for e in elements if e.tag == "table")
    ids = [e.attrib["id"] for e in elements if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    named = [e.attrib[name] for e in elements for name in ("aria-labelledby", "aria-describedby") if name in e.attrib]
    assert {id for value in named for id in value.split()} <= set(ids)
    assert {e.attrib["href"].removeprefix("#") for e in elements if e.tag == "a"} <= set(ids)
    for picture in (e for e in elements if e.tag == "svg"):
        assert picture.attrib.get("role") == "img" or picture.attrib.get("aria-hidden") == "true"


def test_it_needs_nothing_else_and_does_nothing(report: IntakeReport) -> None:
    page = intake_page(report)
    root = parse(page)
    assert not [e for e in root.iter() if e.tag in ("script", "link", "img", "iframe", "object")]
    assert not re.search(r"https?:|url\(|@import", page)
    assert page == intake_page(report)


def test_what_others_wrote_stays_text(report: IntakeReport) -> None:
    nasty = '<script>alert("x")</script>'
    odd = replace(report, title=nasty, file=nasty, notes=(nasty,), lost=(nasty,), manifest=nasty)
    odd = replace(odd, dropped=odd.dropped.assign(column=nasty), response=odd.response.assign(label=nasty))
    odd = replace(odd, corrections=odd.corrections.assign(reason=nasty), questions=odd.questions.assign(title=nasty))
    odd = replace(odd, findings=odd.findings.assign(message=nasty))
    page = intake_page(odd)
    assert "<script" not in page
    assert not [e for e in parse(page).iter() if e.tag == "script"]


@pytest.mark.parametrize("name", ["ink", "soft", "accent"])
def test_text_stands_out_from_its_ground(name: str) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", STYLE))
    for ground in ("#ffffff", colours["ground"]):
        assert contrast(colours[name].upper(), ground.upper()) >= 4.5
