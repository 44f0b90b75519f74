from srsmeting.errors import IntakeError
from srsmeting.intake.encoding import check_text


def refusal(raw: bytes) -> str:
    try:
        check_text(raw, "export.csv")
    except IntakeError as error:
        return str(error)
    return ""


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
