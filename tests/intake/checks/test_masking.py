"""What is taken out of a text before others read it, and what stays. All of it is invented."""

import time

import pytest

from srsmeting.intake.checks.masking import mask_traces
from srsmeting.intake.checks.traces import traces_in


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mail jan.de-vries+werk@zorg.example.org.", "Mail [e-mailadres]."),
        ("a@b.nl, c@d.nl", "[e-mailadres], [e-mailadres]"),
        ("bel (020) 123 45 67 na zessen", "bel [telefoonnummer] na zessen"),
        ("+32 470 12 34 56", "[telefoonnummer]"),
        # Nine digits that pass and that fail the eleven test.
        ("bsn: 111222333, dossier 111222334", "bsn: [burgerservicenummer], dossier 111222334"),
        ("graag op nl91 abna 0417 1643 00 dank u", "graag op [rekeningnummer] dank u"),
        ("NL91ABNA0417164301", "NL91ABNA0417164301"),
        ("Kerkstraat 12, 1234 AB Ons Dorp", "Kerkstraat [adres] Ons Dorp"),
        ("1234ab nr. 5 en 5678 CD, 7", "[adres] en [adres]"),
        ("wij zitten in 1234 AB", "wij zitten in 1234 AB"),
        ("jan@example.org, 06 12345678, NL91 ABNA 0417 1643 00", "[e-mailadres], [telefoonnummer], [rekeningnummer]"),
        ("2021 en 2022 waren zwaar: 150 fte, 12,5% uitstroom", "2021 en 2022 waren zwaar: 150 fte, 12,5% uitstroom"),
    ],
)
def test_a_trace_gives_way_to_what_it_was(text: str, masked: str) -> None:
    assert mask_traces(text) == masked
    assert traces_in(masked) == ()


@pytest.mark.parametrize("piece", ["a", "1", "a.", "1 ", "@", "a@", "NL91 ABNA ", "0", "+31", "1234 AB"])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = f"jan@example.org {piece * (100_000 // len(piece))}"
    start = time.perf_counter()
    mask_traces(text)
    assert time.perf_counter() - start < 5
