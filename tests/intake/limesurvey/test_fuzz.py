"""Damage to every sample file: a clean read in which every row is accounted for, or one clear error."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from srsmeting.errors import IntakeError
from srsmeting.intake import read_export, take_in
from srsmeting.questionnaire import Questionnaire
from srsmeting.questionnaire.structures import ToolStructure

FOLDER = Path(__file__).parents[1] / "data" / "limesurvey"
SAMPLES = sorted(path.name for path in FOLDER.iterdir() if path.suffix not in (".lss", ".sps"))
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


def inside(dice: random.Random, raw: bytes, damage: Damage) -> bytes:
    """Damage a file in an archive, and leave the archive whole."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        members = old.namelist()
        hit = dice.choice([member for member in members if member.endswith((".lsr", ".lss", ".xml"))])
        for member in members:
            new.writestr(member, damage(dice, old.read(member)) if member == hit else old.read(member))
    return copy.getvalue()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
@pytest.mark.parametrize("name", SAMPLES)
def test_a_clean_read_or_one_clear_error(
    name: str, damage: Damage, tmp_path: Path, survey: Questionnaire, structure: ToolStructure
) -> None:
    raw = (FOLDER / name).read_bytes()
    (tmp_path / "spss_syntax.sps").write_bytes((FOLDER / "spss_syntax.sps").read_bytes())
    path = tmp_path / name
    dice = random.Random(f"{name} {damage.__name__}")  # noqa: S311 - the same damage in every run
    for number in range(TIMES):
        packed = raw.startswith(b"PK") and number % 4
        path.write_bytes(inside(dice, raw, damage) if packed else damage(dice, raw))
        known = structure if number % 2 else None
        try:
            intake = take_in(path, survey, ignore=IGNORED, structure=known)
        except IntakeError:
            continue
        aside = int((intake.quarantine["question"] == "").sum())
        assert intake.report.rows_received == intake.report.rows_used + aside == len(read_export(path, known))


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
