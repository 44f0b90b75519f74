"""Exports to take in: the gold set of a real LimeSurvey, and invented ones written by the test itself."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

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
