"""What is written to CSV opens safely in a spreadsheet program, and reads back unchanged."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.errors import EstimateError
from srsmeting.frames import guard, read_frame, unguard, write_frame

#: What a spreadsheet program takes for the beginning of a formula.
RISKY = tuple("=+-@\t\r\n＝＋－＠")
#: Whatever a text file of ours can hold.
CELLS = st.text(st.one_of(st.sampled_from("='+-@\t\r\n\",; a1"), st.characters(codec="utf-8", exclude_characters="\0")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+31 6", "-2 is ook een getal €", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1"]
)
def test_a_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert guard(f"'{text}") == f"''{text}"
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    "text", ["", "'", "'s Hertogenbosch", "''n", "5-2", "a=1", "jan@example.org", "geïnteresseerd"]
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == unguard(text) == text


@given(CELLS)
def test_guarding_hides_every_formula_and_loses_nothing(text: str) -> None:
    assert not guard(text).lstrip(" ").startswith(RISKY)
    assert unguard(guard(text)) == text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 5), CELLS, st.floats(allow_nan=False), CELLS), max_size=4))
def test_a_frame_reads_back_unchanged(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]) -> None:
    path = tmp_path_factory.mktemp("frame") / "f.csv"
    dtypes = {"line": "Int64", "=value": "str", "share": "float64", "reason": "str"}
    frame = pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
    write_frame(frame, path)

    back = read_frame(path, {"line": "Int64", "share": "float64"})
    pd.testing.assert_frame_equal(back, frame, check_exact=True)


def test_numbers_are_not_touched_and_missing_stays_missing(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": pd.array([-1, pd.NA], dtype="Int64"), "t": pd.Series(["-1", None], dtype="object")})
    write_frame(frame, tmp_path / "f.csv")

    assert (tmp_path / "f.csv").read_text(encoding="utf-8") == "n,t\n-1,'-1\n,\n"


def test_the_frame_that_is_written_is_not_changed(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=t": ["=1+1"]})
    write_frame(frame, tmp_path / "f.csv")

    assert frame.to_dict("list") == {"=t": ["=1+1"]}
    assert (tmp_path / "f.csv").read_text(encoding="utf-8") == "'=t\n'=1+1\n"


def test_standard_output_is_as_safe_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = pd.DataFrame({"t": ["@a", "b"]})
    write_frame(frame, "-")
    write_frame(frame, tmp_path / "f.csv")

    assert capsys.readouterr().out == (tmp_path / "f.csv").read_text(encoding="utf-8") == "t\n'@a\nb\n"


def test_parquet_has_types_of_its_own_and_needs_no_guard(tmp_path: Path) -> None:
    frame = pd.DataFrame({"t": ["=1+1"], "n": [1]})
    write_frame(frame, tmp_path / "f.parquet")

    assert pd.read_parquet(tmp_path / "f.parquet")["t"].tolist() == ["=1+1"]
    assert read_frame(tmp_path / "f.parquet")["t"].tolist() == ["=1+1"]


def test_a_file_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "f.csv").mkdir()
    with pytest.raises(EstimateError) as caught:
        write_frame(pd.DataFrame({"t": ["a"]}), tmp_path / "f.csv")

    assert str(caught.value) == f"{tmp_path / 'f.csv'}: cannot be written: Is a directory."
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]


def test_what_is_no_table_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(EstimateError) as caught:
        read_frame(tmp_path / "f.csv")
    assert str(caught.value) == f"{tmp_path / 'f.csv'}: there is no such file."

    (tmp_path / "f.csv").write_bytes(b"a,b\n1,twee\n")
    with pytest.raises(EstimateError, match=r"^.*f\.csv: not a table that can be read \("):
        read_frame(tmp_path / "f.csv", {"b": "Int64"})
