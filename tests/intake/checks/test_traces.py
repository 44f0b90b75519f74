"""What of a person is found in a text, and what only looks like it. All of it is invented."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.intake import take_in
from srsmeting.intake.checks.traces import traces_in
from srsmeting.questionnaire import Questionnaire

MAIL, PHONE, BSN, IBAN, HOUSE = (
    "een e-mailadres",
    "een telefoonnummer",
    "een burgerservicenummer",
    "een rekeningnummer",
    "een postcode met huisnummer",
)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mail jan.de-vries+werk@zorg.example.org.", [MAIL]),
        ("piet@localhost", []),
        ("@zorg op sociale media", []),
        ("Bel 06-12345678", [PHONE]),
        ("bel (020) 123 45 67 na zessen", [PHONE]),
        ("+31 6 1234 5678", [PHONE]),
        ("0031201234567", [PHONE]),
        ("+31 (0)20-1234567", [PHONE]),
        ("+32 470 12 34 56", [PHONE]),
        # Nine digits that pass and that fail the eleven test.
        ("bsn: 111222333", [BSN]),
        ("1112.22.333", [BSN]),
        ("bsn: 111222334", []),
        ("dossier A111222333", []),
        ("NL91ABNA0417164300", [IBAN]),
        ("graag op nl91 abna 0417 1643 00 dank u", [IBAN]),
        ("BE68 5390 0754 7034 van ons", [IBAN]),
        ("NL91ABNA0417164301", []),
        ("Kerkstraat 12, 1234 AB Ons Dorp", [HOUSE]),
        ("1234AB 12", [HOUSE]),
        ("postcode 1234ab, nr. 7", [HOUSE]),
        ("wij zitten in 1234 AB", []),
        ("1234 SS 12", []),
        ("In 2021 is het 5 keer zo veel", []),
        ("2021 en 2022 waren zwaar: 150 fte, 12,5% uitstroom, 2.500 uren", []),
        ("KvK 01234567", []),
        ("jan@example.org, 06 12345678, NL91 ABNA 0417 1643 00", [MAIL, PHONE, IBAN]),
    ],
)
def test_what_is_found(text: str, kinds: list[str]) -> None:
    assert list(traces_in(text)) == kinds


@pytest.mark.parametrize("piece", ["a", "1", "a.", "1 ", "@", "a@", "NL91 ABNA ", "0", "+31", "1234 AB"])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    start = time.process_time()
    traces_in(text)
    assert time.process_time() - start < 5


def test_the_report_counts_them_by_column_and_kind(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    rows = [
        {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1", "G01Q07": "mail jan@example.org"},
        {"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1", "G01Q07": "piet@example.org, 06-12345678"},
        {"G01Q01": "-oth-", "G01Q01[other]": "1234 AB 5", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"},
        # Set aside, and in the file all the same.
        {"submitdate": "", "G01Q07": "an@example.org"},
    ]
    intake = take_in(write_export(rows), kort)
    found = intake.report.findings[intake.report.findings["check"] == "personal_data"]
    assert found[["severity", "question", "count", "message"]].values.tolist() == [
        ["note", "", 1, "Kolom ‘G01Q01[other]’: 1 tekst met een postcode met huisnummer. Regel 4."],
        ["note", "", 3, "Kolom ‘G01Q07’: 3 teksten met een e-mailadres. Regels 2, 3, 5."],
        ["note", "", 1, "Kolom ‘G01Q07’: 1 tekst met een telefoonnummer. Regel 3."],
    ]


def test_a_column_that_is_ignored_is_looked_at_too(kort: Questionnaire, write_export: Callable[..., Path]) -> None:
    rows = [{"G01Q01": "A1", "G01Q02": "A2", "G01Q05": "7", "G01Q06": "1"}]
    path = write_export(rows)
    text = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text(f'{text[0]};"Wie?"\n{text[1]};"jan@example.org"\n', encoding="utf-8")
    findings = take_in(path, kort, ignore=["Wie?"]).report.findings
    assert findings["message"].tolist() == ["Kolom ‘Wie?’: 1 tekst met een e-mailadres. Regel 2."]
