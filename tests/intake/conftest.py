"""Exports to take in: the gold set of a real LimeSurvey, and invented ones written by the test itself."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import strategies as st

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.questionnaire import Questionnaire, load_questionnaire

DATA = Path(__file__).parent / "data"

#: Answer columns of the invented questionnaire, in the order of its export.
ANSWERS = (
    *("G01Q01", "G01Q01[other]", "G01Q02", "G01Q03[SQ001]", "G01Q03[other]", "G01Q03[SQ003]"),
    *("G01Q04[SQ001]", "G01Q04[SQ002]", "G01Q05", "G01Q06", "G01Q07"),
)
MOMENT = "2022-03-14 10:00:00"

WriteExport = Callable[..., Path]


@pytest.fixture
def data() -> Path:
    """Folder of the gold set: exports of one survey by LimeSurvey 6.4.2, along several paths."""
    return DATA / "limesurvey"


@pytest.fixture(scope="session")
def gold() -> Questionnaire:
    """Questionnaire of the gold set, as far as it has our kinds of questions."""
    return load_questionnaire(DATA / "gold.yaml")


@pytest.fixture(scope="session")
def kort() -> Questionnaire:
    """Invented questionnaire with every kind of question."""
    return load_questionnaire(DATA / "kort.yaml")


@pytest.fixture
def write_export(tmp_path: Path) -> WriteExport:
    """Write an export of the invented questionnaire as LimeSurvey does.

    Each row is a dict of cells by heading; id, submitdate and token are filled in unless they are given.
    """

    def write(rows: Sequence[dict[str, str]], *, columns: Sequence[str] = ANSWERS, delimiter: str = ";") -> Path:
        header = ["id", "submitdate", "lastpage", "token", "ipaddr", *columns]
        lines = [header]
        for number, row in enumerate(rows, start=1):
            known = {"id": str(number), "submitdate": MOMENT, "token": f"tok{number}", "ipaddr": "192.0.2.1"}
            assert set(row) <= set(header), "a cell without a column"
            lines.append([(known | row).get(heading, "") for heading in header])
        text = "".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)
        path = tmp_path / "export.csv"
        path.write_bytes(("\ufeff" + text + "\r\n").encode())
        return path

    return write


@pytest.fixture(scope="session")
def damage() -> Callable[[st.DataObject, bytes], bytes]:
    """Change bytes anywhere: flipped, cut off, dropped or doubled."""

    def change(data: st.DataObject, whole: bytes) -> bytes:
        raw = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(0, max(len(raw) - 1, 0)))
            kind = data.draw(st.sampled_from(["flip", "cut", "drop", "double"]))
            if kind == "cut":
                del raw[place:]
            elif kind == "drop":
                del raw[place : place + data.draw(st.integers(1, 80))]
            elif kind == "double":
                raw[place:place] = raw[place : place + data.draw(st.integers(1, 80))]
            elif raw:
                raw[place] = data.draw(st.integers(0, 255))
        return bytes(raw)

    return change


@pytest.fixture(scope="session")
def rearrange() -> Callable[..., None]:
    """Change rows, columns and cells of a table, in place; `pieces` are what can come to stand in a cell."""

    def change(data: st.DataObject, rows: list[list[str]], pieces: Sequence[str]) -> None:
        for _ in range(data.draw(st.integers(1, 4))):
            row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
            other = data.draw(st.integers(0, len(rows) - 1))
            kind = data.draw(st.sampled_from(["cell", "row", "double", "swap", "column", "columns"]))
            if kind == "cell":
                rows[row][column] = data.draw(st.sampled_from(pieces))
            elif kind == "row" and len(rows) > 1:
                del rows[row]
            elif kind == "double":
                rows.insert(row, list(rows[row]))
            elif kind == "swap":
                rows[row], rows[other] = rows[other], rows[row]
            elif kind == "column" and len(rows[0]) > 2:
                for cells in rows:
                    del cells[column]
            elif kind == "columns":
                for cells in rows:
                    cells.insert(column, cells[column])

    return change


@pytest.fixture
def accounted(tmp_path: Path) -> Callable[..., None]:
    """Take in bytes: either one error of ours, or every row is accounted for.

    `records` is how many rows there must be, where that is known.
    """

    def check(
        raw: bytes, questionnaire: Questionnaire, *, name: str = "export.csv", records: int | None = None, **how: object
    ) -> None:
        path = tmp_path / name
        path.write_bytes(raw)
        try:
            intake = take_in(path, questionnaire, **how)  # type: ignore[arg-type]
        except IntakeError:
            return
        received = len(read_export(path))
        flow = intake.report.flow.groupby("step")["rows"].sum()
        assert flow["received"] == flow["used"] + flow.get("set_aside", 0) == received
        assert intake.responses.n == flow["used"]
        assert received == (len(intake.quarantine.query('question == ""')) + flow["used"])
        assert records in (None, received)

    return check
