"""Structure files of survey tools: two that LimeSurvey 6.4.2 wrote, and small ones made here."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture
def gold_lss() -> Path:
    return DATA / "structure.lss"


@pytest.fixture
def gold_lsa() -> Path:
    return DATA / "archive.lsa"


def lss(version: int = 620, languages: str = "nl", **tables: Sequence[Mapping[str, object]]) -> str:
    """Write a LimeSurvey structure of a few tables."""
    parts = [f"<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion><languages>"]
    parts += [f"<language>{language}</language>" for language in languages.split()]
    parts.append("</languages>")
    for name, rows in tables.items():
        cells = ["".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) for row in rows]
        parts.append(f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>")
    return "".join([*parts, "</document>"])


def logic(*expressions: Mapping[str, str], join: str = "Or") -> dict[str, Any]:
    """Write a display logic of one set as Qualtrics does."""
    numbered = {
        str(n): {"LogicType": "Question", "Type": "Expression", **expression} | ({"Conjuction": join} if n else {})
        for n, expression in enumerate(expressions)
    }
    return {"0": {**numbered, "Type": "If"}, "Type": "BooleanExpression", "inPage": False}


def selected(qid: str, choice: str, operator: str = "Selected") -> dict[str, str]:
    return {
        "QuestionID": qid,
        "LeftOperand": f"q://{qid}/SelectableChoice/{choice}",
        "Operator": operator,
        "Description": f"<span class='ConjDesc'>If</span> {qid} {choice} Is {operator}",
    }


def qsf(
    *payloads: Mapping[str, Any],
    blocks: Mapping[str, Sequence[str]] | None = None,
    flow: Sequence[Mapping[str, Any]] | None = None,
) -> str:
    """Write a Qualtrics survey; without blocks one that holds all questions."""
    blocks = blocks or {"Vragen": [payload["QuestionID"] for payload in payloads]}
    elements: list[dict[str, Any]] = [
        {
            "Element": "BL",
            "Payload": [
                {
                    "Type": "Trash" if title == "Prullenbak" else "Standard",
                    "Description": title,
                    "ID": f"BL_{title}",
                    "BlockElements": [{"Type": "Question", "QuestionID": qid} for qid in qids],
                }
                for title, qids in blocks.items()
            ],
        },
        {
            "Element": "FL",
            "Payload": {
                "Type": "Root",
                "Flow": [*flow] if flow is not None else [{"Type": "Block", "ID": f"BL_{title}"} for title in blocks],
            },
        },
        *({"Element": "SQ", "PrimaryAttribute": payload["QuestionID"], "Payload": payload} for payload in payloads),
    ]
    entry = {"SurveyID": "SV_1", "SurveyName": "Ledenpeiling", "SurveyLanguage": "NL"}
    return json.dumps({"SurveyEntry": entry, "SurveyElements": elements})


def choices(*labels: str) -> dict[str, Any]:
    return {str(n): {"Display": label} for n, label in enumerate(labels, start=1)}


def xlsform(**sheets: Sequence[Sequence[object]]) -> bytes:
    """Write a workbook; the first row of every sheet holds its headings."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes, str], Path]:
    """Write a structure file."""

    def write(content: str | bytes, name: str = "survey.lss") -> Path:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


@pytest.fixture
def make() -> SimpleNamespace:
    """Hand over the functions above, which write the content of a file."""
    return SimpleNamespace(lss=lss, qsf=qsf, logic=logic, selected=selected, choices=choices, xlsform=xlsform)
