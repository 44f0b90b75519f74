"""Pseudonyms find a respondent back, and tell nothing to whoever has not the salt."""

import hashlib
import hmac
import os
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.intake.pseudonyms import VARIABLE, Pseudonyms, is_pseudonym, need_salt, read_salt, salt_path

SALT = b"a salt of these tests"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "salt"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_a_pseudonym_is_the_hash_of_the_id_with_a_key_of_the_measurement() -> None:
    key = hmac.new(SALT, b"srsmeting srs-2021", hashlib.sha256).digest()
    expected = "r-" + hmac.new(key, b"12", hashlib.sha256).hexdigest()[:10]

    assert Pseudonyms(SALT, "srs-2021").of("12") == expected
    assert is_pseudonym(expected)


def test_it_is_another_with_another_salt_measurement_or_id() -> None:
    made = [
        Pseudonyms(SALT, "srs-2021").of("12"),
        Pseudonyms(SALT, "srs-2021").of("13"),
        Pseudonyms(SALT, "srs-2023").of("12"),
        Pseudonyms(SALT + b"!", "srs-2021").of("12"),
    ]

    assert len(set(made)) == 4


def test_who_has_no_id_has_no_pseudonym() -> None:
    found = Pseudonyms(SALT, "m").of_all(pd.Series(["1", "", "1"], dtype="str"))

    assert found.tolist() == [Pseudonyms(SALT, "m").of("1"), "", Pseudonyms(SALT, "m").of("1")]
    assert str(found.dtype) == "str"


def test_the_salt_is_not_shown() -> None:
    assert repr(Pseudonyms(SALT, "m")) == "Pseudonyms(meting='m')"


@pytest.mark.parametrize("name", ["12", "r-12", "R-5f0c1b9a3e", "r-5f0c1b9a3e1", "x r-5f0c1b9a3e"])
def test_an_id_is_no_pseudonym(name: str) -> None:
    assert not is_pseudonym(name)


def test_a_salt_is_made_once_for_its_owner_only(place: Path) -> None:
    assert read_salt() is None
    salt = need_salt()

    assert len(salt) == 64
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert need_salt() == read_salt() == salt


def test_the_salt_stands_in_the_folder_for_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    assert salt_path().is_relative_to(tmp_path)
    assert salt_path().parts[-2:] == ("srsmeting", "salt")


def test_a_salt_in_a_repository_is_refused(place: Path) -> None:
    (place.parent / ".git").mkdir(parents=True)
    for ask in (read_salt, need_salt):
        with pytest.raises(ConfigurationError) as caught:
            ask()
        assert str(caught.value) == (
            f"{place}: the salt lies in the git work tree {str(place.parent.resolve())!r}, and who has it can tell who is "
            "who. Name a file elsewhere in SRSMETING_SALT."
        )
    assert not place.exists()


def test_a_salt_that_keeps_no_secret_is_refused(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("geheim\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        need_salt()

    assert str(caught.value) == (
        f"{place}: is no salt: it holds 6 bytes, and at least 16 keep a secret. "
        "Remove it to have one made, or name another file in SRSMETING_SALT."
    )
    assert place.read_text(encoding="utf-8") == "geheim\n"


def test_a_salt_that_cannot_be_read_or_made_is_one_message(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.mkdir(parents=True)
    with pytest.raises(ConfigurationError) as caught:
        read_salt()
    assert str(caught.value) == f"{place}: the salt cannot be read: Is a directory."

    (place / "file").write_text("", encoding="utf-8")
    below = place / "file" / "salt"
    monkeypatch.setenv(VARIABLE, os.fspath(below))
    with pytest.raises(ConfigurationError) as caught:
        need_salt()
    assert str(caught.value) == f"{below}: the salt cannot be read: Not a directory."
