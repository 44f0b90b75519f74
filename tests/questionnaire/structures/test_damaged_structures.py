"""Whatever happens to a structure file: it is read, or refused in one message of ours; never another error, never a hang."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire import load_questionnaire
from srsmeting.questionnaire.structures import draft_questionnaire, read_structure

Write = Callable[..., Path]
FEW = settings(
    deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path: Path) -> str:
    """Read, draft and load; return the message where a file is refused."""
    try:
        draft = draft_questionnaire(read_structure(path), path.name)
    except QuestionnaireError as error:
        return str(error)
    result = path.with_suffix(".yaml")
    result.write_text(draft.text, encoding="utf-8")
    load_questionnaire(result)
    return ""


def samples(gold_lss: Path, gold_lsa: Path, make: SimpleNamespace) -> dict[str, bytes]:
    listed = make.choices("Ja", "Nee")
    payload = {"QuestionType": "MC", "Selector": "SAVR", "Choices": listed, "QuestionText": "Lid?"}
    survey = make.qsf(
        {"QuestionID": "QID1", "DataExportTag": "Q1", **payload},
        {
            "QuestionID": "QID2",
            "DataExportTag": "Q2",
            **payload,
            "DisplayLogic": make.logic(make.selected("QID1", "1")),
        },
    )
    form = make.xlsform(
        survey=[
            ["type", "name", "label", "relevant"],
            ["select_one a", "q1", "Lid?"],
            ["text", "q2", "Wat?", "${q1}='ja'"],
        ],
        choices=[["list_name", "name", "label"], ["a", "ja", "Ja"], ["a", "nee", "Nee"]],
    )
    sound = {"s.lss": gold_lss.read_bytes(), "s.lsa": gold_lsa.read_bytes(), "s.qsf": survey.encode()}
    return sound | {"s.xlsx": form}


@pytest.mark.parametrize("name", ["s.lss", "s.lsa", "s.qsf", "s.xlsx"])
@FEW
@given(data=st.data())
def test_bytes_changed_cut_doubled_or_swapped(
    name: str, data: st.DataObject, gold_lss: Path, gold_lsa: Path, make: SimpleNamespace, write: Write
) -> None:
    raw = bytearray(samples(gold_lss, gold_lsa, make)[name])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        end = min(len(raw), start + data.draw(st.sampled_from([1, 2, 16, 400, 10_000])))
        what = data.draw(st.sampled_from(["flip", "drop", "double", "cut", "zero", "swap"]))
        if what == "flip" and raw:
            raw[start] ^= data.draw(st.integers(1, 255))
        elif what == "drop":
            del raw[start:end]
        elif what == "double":
            raw[start:start] = raw[start:end]
        elif what == "cut":
            del raw[start:]
        elif what == "zero":
            raw[start:end] = bytes(end - start)
        else:
            raw[start:end] = raw[start:end][::-1]
    read(write(bytes(raw), name))


def places(data: Any, loc: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield (*loc, key)
        yield from places(data[key], (*loc, key))


@pytest.mark.parametrize("wrong", [None, True, 7, "x", [], ["x"], {}, {"1": "x"}, {"0": {"0": 1}}], ids=str)
def test_any_value_of_a_qualtrics_survey_replaced(
    wrong: Any, gold_lss: Path, gold_lsa: Path, make: SimpleNamespace, write: Write
) -> None:
    sound = samples(gold_lss, gold_lsa, make)["s.qsf"]
    for loc in places(json.loads(sound)):
        data = json.loads(sound)
        parent = data
        for step in loc[:-1]:
            parent = parent[step]
        parent[loc[-1]] = wrong
        read(write(json.dumps(data), "s.qsf"))


@pytest.mark.parametrize("value", ["", "9" * 30, "\u2028{²}<b>", '1X1X1 or (a.NAOK == "Y")'])
def test_any_field_of_a_limesurvey_row_replaced(value: str, gold_lss: Path, write: Write) -> None:
    tree = ET.parse(gold_lss)  # noqa: S314 - a file of ours
    for table in tree.getroot().iterfind("*[rows]"):
        for name in {cell.tag for cell in table.iterfind("rows/row/*")}:
            if table.tag in ("surveys", "surveys_languagesettings") and "language" not in name:
                continue
            cells = table.findall(f"rows/row/{name}")
            kept = [cell.text for cell in cells]
            for cell in cells[::3]:
                cell.text = value
            target = io.BytesIO()
            tree.write(target, encoding="utf-8")
            read(write(target.getvalue(), "s.lss"))
            for cell, text in zip(cells, kept, strict=True):
                cell.text = text


def test_a_workbook_with_entities_or_without_a_part(
    gold_lss: Path, gold_lsa: Path, make: SimpleNamespace, write: Write
) -> None:
    sound = zipfile.ZipFile(io.BytesIO(samples(gold_lss, gold_lsa, make)["s.xlsx"]))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    message = "s.xlsx: is a workbook that cannot be read. Save it again as .xlsx."
    for changed in sound.namelist():
        for content in (None, b"", bomb):
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w") as file:
                for member in sound.namelist():
                    if member != changed or content is not None:
                        file.writestr(
                            member, content if member == changed and content is not None else sound.read(member)
                        )
            outcome = read(write(target.getvalue(), "s.xlsx"))
            if content == bomb and changed.startswith("xl/w"):
                assert outcome == message
