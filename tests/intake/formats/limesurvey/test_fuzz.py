"""Damage to the syntax beside the data of SPSS; damage to every sample file is in tests/intake/test_fuzz.py."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import take_in
from srsmeting.questionnaire import Questionnaire

FOLDER = Path(__file__).parents[2] / "data" / "limesurvey"
IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")
TIMES = 5

Damage = Callable[[random.Random, bytes], bytes]


def _span(dice: random.Random, raw: bytes) -> tuple[int, int]:
    start = dice.randrange(len(raw))
    return start, min(len(raw), start + dice.choice([1, 2, 20, 300]))


def drop(dice: random.Random, raw: bytes) -> bytes:
    start, end = _span(dice, raw)
    return raw[:start] + raw[end:]


def duplicate(dice: random.Random, raw: bytes) -> bytes:
    start, end = _span(dice, raw)
    return raw[:end] + raw[start:end] + raw[end:]


def swap(dice: random.Random, raw: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(dice, raw), _span(dice, raw)))
    return raw if b > c else raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]


def truncate(dice: random.Random, raw: bytes) -> bytes:
    return raw[: dice.randrange(len(raw))]


def flip(dice: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.choice([1, 3, 10])):
        changed[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def insert(dice: random.Random, raw: bytes) -> bytes:
    start = dice.randrange(len(raw))
    return raw[:start] + dice.choice([b"\0", b'"', b"\n", b";", b"\xff", b"<", b"{", b"\r", b"'"]) + raw[start:]


DAMAGES: list[Damage] = [drop, duplicate, swap, truncate, flip, insert]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
def test_damage_to_the_syntax_of_spss(damage: Damage, tmp_path: Path, survey: Questionnaire) -> None:
    (tmp_path / "spss_data.dat").write_bytes((FOLDER / "spss_data.dat").read_bytes())
    dice = random.Random(damage.__name__)  # noqa: S311 - the same damage in every run
    for _ in range(TIMES):
        (tmp_path / "spss_syntax.sps").write_bytes(damage(dice, (FOLDER / "spss_syntax.sps").read_bytes()))
        try:
            intake = take_in(tmp_path / "spss_data.dat", survey, ignore=IGNORED)
        except IntakeError:
            continue
        assert (intake.report.rows_received, intake.responses.n) == (4, 3)
