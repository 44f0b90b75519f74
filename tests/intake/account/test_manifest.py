"""The manifest: what is sealed, and what is noticed when it changes."""

import hashlib
from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.intake.account.manifest import (
    Comparison,
    Manifest,
    SealedFile,
    compare,
    read_manifest,
    sealed_now,
    take_stock,
    write_manifest,
)

AGAIN = "Klopt dit, leg de bestanden dan opnieuw vast: `srsmeting check --seal`."


def stock(**files: tuple[str, int, str]) -> Manifest:
    return Manifest(
        files={key: SealedFile(file=file, size=size, sha256=hash * 64) for key, (file, size, hash) in files.items()}
    )


def messages(found: Comparison) -> list[str]:
    return [finding.message.removesuffix(f" {AGAIN}") for finding in found.findings]


def test_every_file_has_its_hash_and_size(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "export.csv").write_bytes(b"id;Q1\n")
    found = take_stock({"export": "data/export.csv"}, tmp_path)

    assert found.files["export"] == SealedFile(
        file="data/export.csv", size=6, sha256=hashlib.sha256(b"id;Q1\n").hexdigest()
    )


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    sealed = stock(export=('raar "é": naam.csv', 5, "0"), frame=("frame.csv", 0, "a"))
    write_manifest(sealed, path)

    assert read_manifest(path) == sealed
    assert path.read_text(encoding="utf-8") == (
        "# Made by `srsmeting check --seal`: the files as they were then. Every later run compares them.\n"
        "files:\n"
        f'  export:\n    file: "raar \\"é\\": naam.csv"\n    size: 5\n    sha256: "{"0" * 64}"\n'
        f'  frame:\n    file: "frame.csv"\n    size: 0\n    sha256: "{"a" * 64}"\n'
    )
    assert [file.name for file in tmp_path.iterdir()] == ["manifest.yaml"]


def test_what_is_the_same_is_no_finding() -> None:
    sealed = stock(export=("export.csv", 5, "0"), frame=("frame.csv", 9, "1"))

    assert compare(sealed, sealed, "manifest.yaml") == Comparison(
        "De 2 bestanden zijn gelijk aan wat in manifest.yaml is vastgelegd."
    )


def test_every_file_that_differs_is_named() -> None:
    sealed = stock(
        export=("a.csv", 1500, "0"), frame=("frame.csv", 9, "1"), mapping=("m.yaml", 3, "2"), coverage=("c.csv", 4, "3")
    )
    found = stock(
        export=("a.csv", 1600, "9"),
        frame=("frame.csv", 9, "8"),
        corrections=("k.yaml", 3, "2"),
        coverage=("d.csv", 4, "3"),
    )
    outcome = compare(sealed, found, "manifest.yaml")

    assert outcome.told == "5 bestanden zijn niet als in manifest.yaml vastgelegd; zie de bevindingen."
    assert messages(outcome) == [
        "a.csv (export) is veranderd sinds het in manifest.yaml is vastgelegd: 1.600 bytes, dat waren er 1.500.",
        "frame.csv (frame) is veranderd sinds het in manifest.yaml is vastgelegd: evenveel bytes (9), andere inhoud.",
        "k.yaml (corrections) is niet in manifest.yaml vastgelegd.",
        "d.csv (coverage) is een ander bestand dan in manifest.yaml is vastgelegd, c.csv, met dezelfde inhoud.",
        "m.yaml (mapping) is in manifest.yaml vastgelegd, en wordt niet meer gebruikt.",
    ]
    assert {finding.check for finding in outcome.findings} == {"file_changed"}
    assert {finding.severity for finding in outcome.findings} == {"warning"}


def test_one_file_is_one_file() -> None:
    before, now = stock(export=("a.csv", 5, "0")), stock(export=("b.csv", 5, "1"))
    outcome = compare(before, now, "manifest.yaml")

    assert outcome.told == "1 bestand is niet als in manifest.yaml vastgelegd; zie de bevindingen."
    assert messages(outcome) == [
        "b.csv (export) is een ander bestand dan in manifest.yaml is vastgelegd, a.csv, met een andere inhoud."
    ]
    assert sealed_now(now, "manifest.yaml").told == "Het bestand is vastgelegd in manifest.yaml."


def test_without_a_manifest_nothing_is_compared(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.yaml") is None
    assert compare(None, None, "manifest.yaml") == Comparison(
        "Niet vastgelegd; doe dat met `srsmeting check --seal`.", sealed=False
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "manifest.yaml:1: must hold 'key: value' lines, but holds nothing."),
        (
            "files:\n  export:\n    file: a.csv\n    size: 5\n",
            "manifest.yaml:2: file 'export': key 'sha256' is missing.",
        ),
        ("version: 3\nfiles: {}\n", "manifest.yaml:1: unknown key 'version'. Known: 'files'."),
    ],
)
def test_a_damaged_manifest_is_not_taken_for_none(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "manifest.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_manifest(tmp_path / "manifest.yaml")

    assert str(caught.value) == f"{message} Take the file back from version control, or remove it and seal again."


def test_what_cannot_be_read_or_written_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        take_stock({"export": "export.csv"}, tmp_path)
    assert str(caught.value) == f"{tmp_path / 'export.csv'}: cannot be read: No such file or directory."

    (tmp_path / "manifest.yaml").mkdir()
    with pytest.raises(ConfigurationError) as caught:
        write_manifest(stock(), tmp_path / "manifest.yaml")
    assert str(caught.value) == f"{tmp_path / 'manifest.yaml'}: cannot be written: Is a directory."
    assert [file.name for file in tmp_path.iterdir()] == ["manifest.yaml"]
