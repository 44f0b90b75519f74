"""What pydantic finds, told in our own words: each message whole."""

from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from srsmeting.errors import ConfigurationError
from srsmeting.yamlfile import Text, YamlFile, validate


class Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: Text
    least: Annotated[int, Field(ge=1)] = 10


class Config(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    kind: Literal["a", "bee"] = "a"
    share: float = 0.5
    flag: bool = False
    rules: list[Rule] = []
    by: dict[str, Rule] = {}
    names: tuple[str, ...] = ()
    pair: tuple[int, int] = (1, 2)
    part: Decimal = Decimal(1)
    first: Rule | None = None

    @field_validator("share")
    @classmethod
    def _not_two(cls, value: float) -> float:
        if value == 2:
            raise ValueError("two is too much.")
        return value


def faults(**data: object) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        validate(Config, YamlFile("m.yaml", {"title": "T"} | data), nouns={"rules": "rule"})
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "be"}, "unknown kind 'be'. Did you mean 'bee'? Known: 'a', 'bee'."),
        ({"kind": 3}, "'kind' must be one of 'a', 'bee', not 3. Put it in quotes: '3'."),
        ({"title": 2021}, "'title' must be text, not 2021. Put it in quotes: '2021'."),
        ({"title": True}, "'title' must be text, not true. Put it in quotes: 'true'."),
        ({"title": None}, "'title' must be text, not nothing."),
        ({"share": "half"}, "'share' must be a number, not 'half'."),
        ({"part": "0,85"}, "'part' must be a number, with a point (0.85), not '0,85'."),
        (
            {"first": {"code": "x", "leest": 5}},
            "first: unknown key 'leest'. Did you mean 'least'? Known: 'code', 'least'.",
        ),
        ({"share": 2}, "'share': two is too much."),
        ({"flag": "maybe"}, "'flag' must be true or false, not 'maybe'."),
        ({"rules": {"code": "x"}}, "'rules' must be a list, not a mapping."),
        ({"rules": ["x"]}, "entry 1 of 'rules' must be a mapping (key: value), not 'x'."),
        ({"rules": [{"code": "x", "least": 0}]}, "rule 'x': 'least' must be at least 1, not 0."),
        ({"rules": [{"code": "x"}, {"code": "y", "least": 1.5}]}, "rule 'y': 'least' must be a whole number, not 1.5."),
        ({"rules": [{"least": 3}]}, "rule 1: key 'code' is missing."),
        (
            {"by": {"wgo": {"code": "x", "leest": 5}}},
            "by, wgo: unknown key 'leest'. Did you mean 'least'? Known: 'code', 'least'.",
        ),
        ({"by": []}, "'by' must be a mapping (key: value), not a list."),
        ({"names": ["a", ["b"]]}, "entry 2 of 'names' must be text, not a list."),
        ({"pair": [1]}, "'pair' has too few entries."),
        ({"pair": [1, 2, 3]}, "'pair' must have at most 2 entries."),
        (
            {"x": 1},
            "unknown key 'x'. Known: 'title', 'kind', 'share', 'flag', 'rules', 'by', 'names', 'pair', 'part', 'first'.",
        ),
    ],
)
def test_one_fault(data: dict[str, object], message: str) -> None:
    assert faults(**data) == [f"m.yaml: {message}"]


def test_all_faults_of_a_file_come_together_in_the_order_of_its_lines() -> None:
    data = {"titel": "T", "rules": [{"code": 1}, {}]}
    lines = {(): 1, ("titel",): 5, ("rules",): 2, ("rules", 0): 3, ("rules", 1): 4}
    with pytest.raises(ConfigurationError) as caught:
        validate(Config, YamlFile("m.yaml", data, lines), nouns={"rules": "rule"})
    assert str(caught.value) == (
        "m.yaml:4: rule 2: key 'code' is missing.\n"
        "m.yaml:5: unknown key 'titel'. Did you mean 'title'? "
        "Known: 'title', 'kind', 'share', 'flag', 'rules', 'by', 'names', 'pair', 'part', 'first'."
    )
    assert [(fault.line, fault.column, fault.value, fault.rule) for fault in caught.value.faults] == [
        (4, "code", "", "missing_key"),
        (5, "titel", "titel", "unknown_key"),
    ]


def test_a_whole_number_will_do_for_a_code() -> None:
    data = {"title": "T", "rules": [{"code": 7}]}
    assert validate(Config, YamlFile("m.yaml", data)).rules[0].code == "7"
