"""Facts and voices in a chapter: what the file says, in Dutch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.programme import Fact, Programme
from srsmeting.report import Report, open_report
from srsmeting.report.bundle import read_bundle
from srsmeting.voices import Box, Consent, Quotation, Voices


def _facts() -> dict[str, Fact]:
    money = {"a": {"label": "Subsidie", "value": 14.4}, "b": {"label": "VWS-geld", "value": 5.7}}
    shares = {
        "x": {"label": "Basis", "value": 41},
        "y": {"label": "Leren", "value": 5},
        "z": {"label": "Doen", "value": 5},
    }
    return {
        "budget": Fact.model_validate({"label": "Budget", "unit": "miljoen euro", "parts": money, "source": "Boek"}),
        "delen": Fact.model_validate({"label": "Deel", "unit": "procent", "parts": shares}),
        "sessies": Fact.model_validate({"label": "Sessies", "value": 11}),
        "projecten": Fact.model_validate({"label": "Projecten", "value": 1250, "approximate": True}),
        "minst": Fact.model_validate({"label": "Minste", "value": 3, "approximate": True}),
        "deelnemers": Fact.model_validate(
            {"label": "D", "parts": {"a": {"label": "Scholen", "value": 16}, "b": {"label": "Overig", "value": 0}}}
        ),
        "niemand": Fact.model_validate({"label": "D", "parts": {"a": {"label": "Scholen", "value": 0}}}),
        "naam": Fact.model_validate({"label": "Naam", "text": "Samen"}),
        "gelijk": Fact.model_validate(
            {"label": "G", "parts": {"a": {"label": "A", "value": 2}, "b": {"label": "B", "value": 2}}}
        ),
    }


@pytest.fixture
def report(bundle: Path) -> Report:
    yes = Consent(given=True, on=date(2022, 5, 16))
    said = Quotation(id="q", place="basis", text='Wij *zien* "meer".', role="HR-manager", consent=yes, anonymised=True)
    box = Box(id="b", place="basis", title="Voorbeeld", text="Zo gaat dat.", organisation="Sigra", consent=yes)
    voices = Voices(notice="Verzonnen.", places=("basis", "leren"), quotations=(said,), boxes=(box,))
    return Report(replace(read_bundle(bundle), programme=Programme(_facts()), voices=voices))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda r: r.fact("budget"), "20,1\u00a0miljoen euro"),
        (lambda r: r.fact("budget", "a"), "14,4\u00a0miljoen euro"),
        (lambda r: r.fact("naam"), "Samen"),
        (lambda r: r.fact("projecten"), "circa 1.250"),
        (lambda r: r.fact_words("sessies"), "elf"),
        (lambda r: r.fact_counted("sessies", "sessie", "sessies"), "elf sessies"),
        (lambda r: r.fact_parts("budget"), "subsidie (14,4\u00a0miljoen euro) en VWS-geld (5,7\u00a0miljoen euro)"),
        (
            lambda r: r.fact_extremes("delen", "Het meest ging naar", "het minst naar"),
            "Het meest ging naar basis (41\u00a0procent), het minst naar leren en doen (elk 5\u00a0procent).",
        ),
        (lambda r: r.fact_extremes("gelijk", "Het meest", "het minst"), "Alle delen zijn even groot (2)."),
        (
            lambda r: r.fact_extremes("gelijk", "Het meest", "het minst", "Elk kreeg evenveel"),
            "Elk kreeg evenveel (2).",
        ),
        # Who was not there is not named among those who were.
        (lambda r: r.fact_parts("deelnemers"), "scholen (16)"),
        (lambda r: r.fact_parts("niemand"), "scholen (0)"),
        (lambda r: r.fact_range("minst", "sessies"), "circa 3 tot 11"),
        (lambda r: r.fact_range("minst", "sessies", words=True), "drie tot elf"),
        (lambda r: r.fact_range("sessies", "sessies", words=True), "elf"),
    ],
)
def test_a_fact_in_a_sentence(report: Report, said: Callable[[Report], str], expected: str) -> None:
    assert said(report) == expected


def test_a_text_is_no_number_and_a_number_has_no_extremes(report: Report) -> None:
    with pytest.raises(ReportError) as caught:
        report.fact_words("naam")
    assert str(caught.value) == "fact 'naam' is a text, not a number. Take it with r.fact('naam')."
    with pytest.raises(ReportError) as caught:
        report.fact_extremes("sessies", "a", "b")
    assert str(caught.value) == "fact_extremes(): fact 'sessies' has no parts. Add them to programme.yaml."


def test_a_chapter_can_ask_whether_there_are_voices(report: Report) -> None:
    assert (report.has_voices("basis"), report.has_voices("leren")) == (True, False)


def test_a_place_that_the_file_does_not_know_is_an_error(report: Report, bundle: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        report.voices("lerren")
    assert str(caught.value) == (
        "voices(): no place of quotations 'lerren'. Did you mean 'leren'? Known: 'basis', 'leren'."
    )
    with pytest.raises(UnknownNameError) as caught:
        report.has_voices("lerren")
    assert str(caught.value) == (
        "has_voices(): no place of quotations 'lerren'. Did you mean 'leren'? Known: 'basis', 'leren'."
    )
    # A measurement without a file of them has none, wherever a report asks.
    assert open_report(bundle).voices("lerren").markdown == ""


def test_voices_stand_in_their_section_as_text_and_nowhere_else(report: Report) -> None:
    assert report.voices("basis").markdown == (
        '\n> “Wij \\*zien\\* \\"meer\\".”\n>\n> (HR-manager)\n\n'
        '::: {.callout-note icon="false"}\n\n## Voorbeeld (Sigra)\n\nZo gaat dat.\n\n:::\n\n'
        "::: {.bron}\n\nVerzonnen.\n\n:::\n"
    )
    assert report.voices("leren").markdown == ""
