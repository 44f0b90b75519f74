"""Quotations and examples: only what was agreed to and made anonymous may leave the folder."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.voices import read_voices

VOICES = """\
notice: Verzonnen.
quotations:
  - {id: q1, place: basis, text: Goed., role: HR-manager, consent: {given: true, on: 2022-05-16}, anonymised: true}
  - {id: q2, place: basis, text: Slecht., role: recruiter, consent: {given: false}, anonymised: true}
  - {id: q3, place: basis, text: Zo zo., role: adviseur, consent: {given: true, on: 2022-05-16}, anonymised: false}
boxes:
  - {id: b1, place: basis, title: Voorbeeld, text: Zo doen zij dat., consent: {given: true, on: 2022-05-16}}
  - {id: b2, place: basis, title: Ander, text: Anders., consent: {given: false}}
"""


def test_only_what_was_agreed_to_and_is_anonymous_may_be_published(tmp_path: Path) -> None:
    file = tmp_path / "voices.yaml"
    file.write_text(VOICES, encoding="utf-8")

    voices = read_voices(file)

    assert [one.id for one in voices.publishable.quotations] == ["q1"]
    assert [box.id for box in voices.publishable.boxes] == ["b1"]
    assert voices.publishable.notice == "Verzonnen."


def test_every_fault_is_told_and_no_text_is_repeated(tmp_path: Path) -> None:
    file = tmp_path / "voices.yaml"
    text = VOICES.replace("Zo doen zij dat.", "Bel mij op 06-12345678.").replace("id: b1", "id: q1")
    file.write_text(
        text.replace("given: true, on: 2022-05-16}, anonymised: true", "given: true}, anonymised: true"),
        encoding="utf-8",
    )

    with pytest.raises(ConfigurationError) as caught:
        read_voices(file)
    assert [fault.message for fault in caught.value.faults] == [
        "quotations: 'q1' has consent without a date. Add 'on', the day on which it was given.",
        "boxes: 'q1' stands twice. Give every quotation and box an id of its own.",
        "boxes: 'q1' holds what looks like a telephone number. Take it out.",
    ]


def test_a_place_is_known_when_it_is_listed_or_when_something_stands_in_it(tmp_path: Path) -> None:
    file = tmp_path / "voices.yaml"
    file.write_text(VOICES.replace("given: true, on: 2022-05-16", "given: false"), encoding="utf-8")
    # All of it is withdrawn: the place is known nevertheless, and empty.
    assert read_voices(file).publishable.known_places == ("basis",)

    file.write_text(f"places: [basis, leren]\n{VOICES}", encoding="utf-8")
    assert read_voices(file).publishable.known_places == ("basis", "leren")

    file.write_text(f"places: [leren]\n{VOICES}", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_voices(file)
    assert [fault.message for fault in caught.value.faults] == [
        f"{key}: {name!r} has no place 'basis' to stand in. Known: 'leren'."
        for key, name in (
            ("quotations", "q1"),
            ("quotations", "q2"),
            ("quotations", "q3"),
            ("boxes", "b1"),
            ("boxes", "b2"),
        )
    ]


def test_roles_and_titles_name_nobody_either(tmp_path: Path) -> None:
    file = tmp_path / "voices.yaml"
    text = VOICES.replace("role: HR-manager", "role: jan@voorbeeld.nl").replace(
        "title: Ander", "title: Bel 06-12345678"
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_voices(file)
    assert [fault.message for fault in caught.value.faults] == [
        "quotations: 'q1' holds what looks like an e-mail address. Take it out.",
        "boxes: 'b2' holds what looks like a telephone number. Take it out.",
    ]
