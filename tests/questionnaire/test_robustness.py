"""Whatever is put in the place of any value of a questionnaire: no foreign exception reaches the user."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from srsmeting.errors import QuestionnaireError
from srsmeting.questionnaire import parse_questionnaire

WRONG: list[Any] = [None, True, 7, -1.5, "", "ja", "{item}", [], ["x"], {}, {"id": "x"}, [{"code": "x", "label": []}]]


def places(data: Any, loc: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield (*loc, key)
        yield from places(data[key], (*loc, key))


def parent_of(data: Any, loc: tuple[Any, ...]) -> Any:
    for step in loc[:-1]:
        data = data[step]
    return data


def messages_of(data: dict[str, Any]) -> list[str]:
    try:
        parse_questionnaire(data)
    except QuestionnaireError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_any_value_replaced(wrong: Any, small_text: str) -> None:
    sound = yaml.safe_load(small_text)
    for loc in places(sound):
        data = copy.deepcopy(sound)
        parent_of(data, loc)[loc[-1]] = copy.deepcopy(wrong)
        assert not [message for message in messages_of(data) if "Input should" in message], loc


def test_any_value_removed(small_text: str) -> None:
    sound = yaml.safe_load(small_text)
    for loc in places(sound):
        data = copy.deepcopy(sound)
        del parent_of(data, loc)[loc[-1]]
        messages_of(data)


def test_any_key_misspelt(small_text: str) -> None:
    sound = yaml.safe_load(small_text)
    for loc in places(sound):
        if not isinstance(loc[-1], str) or loc[:-1] == ("scales",):
            continue
        data = copy.deepcopy(sound)
        parent = parent_of(data, loc)
        parent[loc[-1] + "x"] = parent.pop(loc[-1])
        messages = messages_of(data)
        assert len(messages) == 1, (loc, messages)
        assert f"unknown key '{loc[-1]}x'" in messages[0]
