import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake.files.encoding import as_utf_8, check_text, encoding_finding


def refusal(raw: bytes) -> str:
    try:
        check_text(raw, "export.csv")
    except IntakeError as error:
        return str(error)
    return ""


def no_text(raw: bytes) -> str:
    with pytest.raises(IntakeError) as caught:
        as_utf_8(raw, "export.csv")
    return str(caught.value)


def test_utf_8_with_and_without_bom_passes() -> None:
    assert refusal('\ufeff"id"\nCafé Ünïcode 🎉 €'.encode()) == ""
    assert refusal(b"id") == ""


def test_windows_1252_is_refused_with_the_first_line_and_how_many() -> None:
    raw = '"id"\n"geïnteresseerd"\n"1"\n"enquête"\n'.encode("cp1252")
    assert refusal(raw) == (
        "export.csv:2: byte 0xef, 'ï' in Windows-1252, is not UTF-8; 2 lines have such bytes. Export again and do not "
        "save the file with a spreadsheet program, or save it as 'CSV UTF-8'."
    )


def test_a_byte_that_windows_1252_does_not_have() -> None:
    assert refusal(b"id\n\x81") == (
        "export.csv:2: byte 0x81 is not UTF-8; 1 line has such bytes. Export again and do not "
        "save the file with a spreadsheet program, or save it as 'CSV UTF-8'."
    )


def test_a_character_cut_off_at_the_end() -> None:
    assert refusal("id\né".encode()[:-1]).startswith("export.csv:2: byte 0xc3, 'Ã' in Windows-1252, is not UTF-8;")


def test_a_character_across_two_blocks_is_whole() -> None:
    block = 1 << 22
    assert refusal(b"a" * (block - 1) + "é".encode() + b"b" * block) == ""
    wrong = b"a" * (block - 1) + b"\xc3" + b"\nb\n"
    assert refusal(wrong).startswith("export.csv:1: byte 0xc3")


def test_utf_16_is_named() -> None:
    raw = '"id"'.encode("utf-16")
    assert refusal(raw) == "export.csv:1: is UTF-16 text. Save it as 'CSV UTF-8', or export again."


def test_a_nul_byte_is_damage() -> None:
    assert refusal(b'"id"\n"\x00"\n') == (
        "export.csv:2: holds a NUL byte, which no text has. The file is damaged: export again."
    )


@pytest.mark.parametrize("text", ["\ufeffid\ngeïnteresseerd 🎉", "id", "", "CAFÉ’s\n"])
def test_utf_8_stays_as_it_is(text: str) -> None:
    raw = text.encode()
    assert as_utf_8(raw, "export.csv") is raw


@pytest.mark.parametrize("text", ["id\ngeïnteresseerd\n", "“Één enquête – € 12…”\n", "CAFÉ’s, ‘à la carté’”.\n", "Œæ"])
def test_windows_1252_becomes_utf_8(text: str) -> None:
    assert as_utf_8(text.encode("cp1252"), "export.csv") == text.encode()


def test_a_large_file_in_windows_1252() -> None:
    text = "é" * ((1 << 22) + 3) + "\n"
    assert as_utf_8(text.encode("cp1252"), "export.csv") == text.encode()


def test_two_encodings_in_one_file_are_refused_with_a_line_of_each() -> None:
    raw = "id\nmooi\nBelgië\n".encode() + "geïnteresseerd\n".encode("cp1252")
    assert no_text(raw) == (
        "export.csv:4: byte 0xef is not UTF-8, but 'ë' on line 3 is: two encodings in one file, as when parts of files "
        "are pasted together. Export again."
    )
    assert no_text(b"\xef\xbb\xbfid\n\xe9\n").startswith(
        "export.csv:2: byte 0xe9 is not UTF-8, but a byte order mark on line 1 is: two encodings in one file"
    )


def test_a_byte_that_neither_has_is_refused() -> None:
    assert no_text(b"id\ncaf\xe9 \x81\n") == (
        "export.csv:2: byte 0xe9 is not UTF-8, and 0x81 on line 2 is not Windows-1252. Export again."
    )


def test_half_a_character_at_the_end_is_no_windows_1252() -> None:
    assert no_text("id\né".encode()[:-1]) == (
        "export.csv:2: byte 0xc3 is half a character: the file breaks off here. Export again."
    )


@pytest.mark.parametrize("text", ["id\né\x00", "id\ne\x00"])
def test_a_nul_byte_is_damage_in_either(text: str) -> None:
    assert no_text(text.encode("cp1252")) == (
        "export.csv:2: holds a NUL byte, which no text has. The file is damaged: export again."
    )


def test_the_finding_gives_the_characters_and_the_lines() -> None:
    found = encoding_finding("id\nà\né\ni\nïëêöüçñ\n".encode("cp1252"))
    assert (found.check, found.severity, found.count) == ("encoding", "warning", 3)
    assert found.message == (
        "Het bestand is geen UTF-8 en is gelezen als Windows-1252. Horen deze tekens in de tekst: "
        "‘à’, ‘ç’, ‘é’, ‘ê’, ‘ë’, ‘ï’, ‘ñ’, ‘ö’ en 1 andere? Regels 2, 3, 5."
    )
