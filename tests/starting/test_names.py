"""What a new measurement is called."""

from pathlib import Path

import pytest

from srsmeting.errors import ConfigurationError
from srsmeting.starting.names import choose_id, refuse_known


@pytest.mark.parametrize(
    ("folder", "given", "earlier", "id"),
    [
        ("peiling-2027", "", "", "peiling-2027"),
        ("Peiling 2027", "peiling", "", "peiling"),
        ("volgend", "", "srs-2021", "srs-2022"),
        ("srs_2024", "", "srs-2021", "srs-2024"),
        ("srs_2021", "", "srs-2021", "srs-2022"),
        ("srs_2024", "srs-2023", "srs-2021", "srs-2023"),
        ("peiling-tweede", "", "peiling", "peiling-tweede"),
        ("x", "", "srs-1999", "srs-2000"),
        # A number that is no year is nothing to move on.
        ("nieuw", "", "wijk-12345", "nieuw"),
    ],
)
def test_the_id_comes_from_what_is_known(folder: str, given: str, earlier: str, id: str) -> None:
    assert choose_id(Path(folder), given, earlier) == id


@pytest.mark.parametrize(
    ("folder", "given", "earlier", "message"),
    [
        (
            "Peiling 2027",
            "",
            "",
            "'Peiling 2027' cannot be the id of a measurement: small letters, digits, '-' and '_', starting with a letter. Name one with --id, such as --id peiling-2027.",
        ),
        (
            "2027",
            "",
            "",
            "'2027' cannot be the id of a measurement: small letters, digits, '-' and '_', starting with a letter. Name one with --id, such as --id meting-2027.",
        ),
        (
            "x",
            "!!",
            "",
            "'!!' cannot be the id of a measurement: small letters, digits, '-' and '_', starting with a letter. Name one with --id.",
        ),
        (
            "x",
            "srs-2021",
            "srs-2021",
            "'srs-2021' is the id of the measurement that it starts from, and two measurements are told apart by their id. Name another with --id.",
        ),
    ],
)
def test_what_is_no_id_is_refused(folder: str, given: str, earlier: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        choose_id(Path(folder), given, earlier)

    assert str(caught.value) == message


def test_an_id_is_of_one_measurement(tmp_path: Path) -> None:
    for name, text in (("een", "meting: peiling-1\n"), ("stuk", "meting: [\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "meting.yaml").write_text(text, encoding="utf-8")

    refuse_known("peiling-2", [tmp_path, tmp_path / "niet_hier"])
    with pytest.raises(ConfigurationError) as caught:
        refuse_known("peiling-1", [tmp_path])
    assert str(caught.value) == (
        f"'peiling-1' is the id of {tmp_path.as_posix()}/een/meting.yaml already, and two measurements are told apart by their id. Name another with --id."
    )
