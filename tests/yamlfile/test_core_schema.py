"""The core schema of YAML 1.2, tag by tag as its specification lists them (section 10.3.2)."""

from pathlib import Path
from typing import Any

import pytest

from srsmeting.yamlfile import read_yaml


def value_of(written: str, folder: Path) -> Any:
    file = folder / "x.yaml"
    file.write_text(f"key: {written}\n", encoding="utf-8")
    return read_yaml(file).data["key"]


@pytest.mark.parametrize("word", ["no", "No", "yes", "on", "off", "y", "n", "ja", "nee", "tRUE", "nan"])
def test_words_that_older_yaml_takes_for_booleans_are_texts(word: str, tmp_path: Path) -> None:
    assert value_of(word, tmp_path) == word


@pytest.mark.parametrize(
    "written", ["2019-08-01", "12:30:45", "1_000", "0b11", "50_249", "1.000.000", "=", "<<", "+", "-x"]
)
def test_what_looks_like_a_date_a_time_or_a_grouped_number_is_a_text(written: str, tmp_path: Path) -> None:
    assert value_of(written, tmp_path) == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("012", 12),
        ("0o17", 15),
        ("0xFf", 255),
        ("1.5", 1.5),
        (".5", 0.5),
        ("2.", 2.0),
        ("1e3", 1000.0),
        ("-.INF", float("-inf")),
        ("'12'", "12"),
        ("!!str 12", "12"),
    ],
)
def test_numbers_booleans_and_nothing(written: str, expected: object, tmp_path: Path) -> None:
    value = value_of(written, tmp_path)
    assert (type(value) is bool) == (type(expected) is bool)
    assert value == expected


def test_a_whole_number_remembers_how_it_was_written(tmp_path: Path) -> None:
    assert str(value_of("012", tmp_path)) == "012"
    assert str(value_of("12", tmp_path)) == "12"
