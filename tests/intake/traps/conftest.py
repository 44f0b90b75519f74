"""The traps in exports of survey tools, by their number: what every file of this folder needs to set one up."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from srsmeting.intake import Intake, take_in
from srsmeting.intake.binding.mapping import AnswerMapping, read_mapping
from srsmeting.questionnaire import Questionnaire, load_questionnaire, parse_questionnaire
from srsmeting.questionnaire.structures import ToolStructure, read_structure

DATA = Path(__file__).parents[1] / "data"
#: Questions of the gold set that a questionnaire has no kind for: two scales, tables of numbers, ranking, date, equation.
IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")


@pytest.fixture
def folder() -> Path:
    """Folder of the gold set: one survey of which the true answers are known, as LimeSurvey 6.4.2 exports it."""
    return DATA / "limesurvey"


@pytest.fixture(scope="session")
def structure() -> ToolStructure:
    """Structure of the gold set."""
    return read_structure(DATA / "limesurvey" / "structure.lss")


@pytest.fixture(scope="session")
def survey() -> Questionnaire:
    """Questionnaire of the gold set."""
    return load_questionnaire(DATA / "limesurvey.yaml")


@pytest.fixture
def gold(folder: Path, survey: Questionnaire) -> Callable[..., Intake]:
    """Take in a file of the gold set, or a changed copy of one."""

    def take(file: str | Path, structure: ToolStructure | None = None) -> Intake:
        return take_in(folder / file, survey, ignore=IGNORED, structure=structure)

    return take


@pytest.fixture
def changed(folder: Path, tmp_path: Path) -> Callable[..., Path]:
    """Write a changed copy of a text file of the gold set."""

    def write(name: str, *changes: tuple[str, str]) -> Path:
        text = (folder / name).read_bytes().decode()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return write


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file, from text or bytes."""

    def write_file(content: str | bytes, name: str = "export.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook of one sheet."""

    def write_book(*rows: Sequence[object], name: str = "export.xlsx") -> Path:
        workbook = openpyxl.Workbook()
        assert workbook.active is not None
        for row in rows:
            workbook.active.append(list(row))
        path = tmp_path / name
        workbook.save(path)
        return path

    return write_book


@pytest.fixture
def ask() -> Callable[..., Questionnaire]:
    """Make a questionnaire; a question is id, kind and the rest, answers and items being code, export and label."""

    def make(*questions: Mapping[str, Any]) -> Questionnaire:
        listed = []
        for question in questions:
            known = {"title": question["id"], "text": question["id"], "pijler": "basis", "fase": "algemeen"}
            rest = {key: value for key, value in question.items() if key not in ("answers", "items")}
            answers = [
                dict(zip(("code", "export", "label", "kind"), answer, strict=False))
                for answer in question.get("answers", ())
            ]
            items = [dict(zip(("id", "export", "label"), item, strict=True)) for item in question.get("items", ())]
            rest |= {"categories": answers} if answers else {}
            listed.append(known | rest | ({"items": items} if items else {}))
        pijlers = [{"id": "basis", "label": "Basis"}]
        return parse_questionnaire({"meting": "val", "title": "Val", "pijlers": pijlers, "questions": listed})

    return make


@pytest.fixture
def mapped(tmp_path: Path) -> Callable[[str, Questionnaire], AnswerMapping]:
    """Write a mapping.yaml and read it."""

    def read(text: str, questionnaire: Questionnaire) -> AnswerMapping:
        path = tmp_path / "mapping.yaml"
        path.write_text(text, encoding="utf-8")
        return read_mapping(path, questionnaire)

    return read
