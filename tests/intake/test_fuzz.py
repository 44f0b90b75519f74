"""Damage to every sample file and every format: a clean read that accounts for every row and cell, or one clear error.

Never another error, never a hang, never a row that is gone. The same damage in every run.
"""

import io
import random
import re
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from srsmeting.errors import IntakeError, SrsmetingError
from srsmeting.intake import Intake, read_export, take_in
from srsmeting.intake.binding.mapping import AnswerMapping, read_mapping
from srsmeting.questionnaire import Questionnaire, load_questionnaire, parse_questionnaire
from srsmeting.questionnaire.structures import ToolStructure, read_structure

DATA = Path(__file__).parent / "data"
IGNORED = ("dual", "getal", "geld", "rang", "datum", "kort", "eq")
GOLD = sorted(path.name for path in (DATA / "limesurvey").iterdir() if path.suffix not in (".lss", ".sps"))
#: How often each damage is done to each file, and how long one file may take, in seconds.
TIMES, LONGEST = 2, 10

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
    return raw[:start] + dice.choice([b"\0", b'"', b"\n", b";", b",", b"\xff", b"<", b"{", b"\r", b"'"]) + raw[start:]


def lines(dice: random.Random, raw: bytes) -> bytes:
    """Drop, repeat or exchange whole lines, which leaves a file that reads well."""
    listed = raw.split(b"\n")
    one, other = dice.randrange(len(listed)), dice.randrange(len(listed))
    what = dice.choice(["drop", "repeat", "exchange"])
    if what == "drop":
        del listed[one]
    elif what == "repeat":
        listed.insert(other, listed[one])
    else:
        listed[one], listed[other] = listed[other], listed[one]
    return b"\n".join(listed)


DAMAGES: list[Damage] = [drop, duplicate, swap, truncate, flip, insert, lines]


def inside(dice: random.Random, raw: bytes, damage: Damage) -> bytes:
    """Damage a file in an archive, and leave the archive whole."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        members = [member for member in old.namelist() if not member.endswith("/")]
        hit = dice.choice([member for member in members if member.endswith((".lsr", ".lss", ".xml"))])
        for member in members:
            content = old.read(member)
            new.writestr(zipfile.ZipInfo(member), damage(dice, content) if member == hit and content else content)
    return copy.getvalue()


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Stop what takes longer; a hang would stop the whole run."""

    def stop(*_: object) -> None:
        raise TimeoutError

    started = time.monotonic()
    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)
    assert time.monotonic() - started < seconds


def accounted_for(intake: Intake) -> None:
    """Check that rows and cells received are those that count and those that were set aside."""
    report = intake.report
    for frame, unit in ((report.flow, "rows"), (report.cells, "cells")):
        sums = frame.groupby("step")[unit].sum()
        assert sums["received"] == sums.get("used", 0) + sums.get("set_aside", 0)
    assert report.rows_used == intake.responses.n
    aside = int((intake.quarantine["question"] == "").sum())
    assert report.rows_received == report.rows_used + aside
    asked = report.questions
    assert (asked["asked"] + asked["not_asked"] == report.rows_used).all()
    assert (asked["answered"] + asked["empty"] == asked["asked"]).all()


def harm(
    path: Path,
    raw: bytes,
    damage: Damage,
    questionnaire: Questionnaire,
    structures: tuple[ToolStructure | None, ...],
    mapping: AnswerMapping | None = None,
    times: int = TIMES,
) -> int:
    """Damage a file so many times, and return how often it was still read."""
    dice = random.Random(f"{path.name} {damage.__name__}")  # noqa: S311 - the same damage in every run
    ignore = IGNORED if "limesurvey" in questionnaire.meting else ()
    read = 0
    for number in range(times):
        packed = raw.startswith(b"PK") and number % 4 != 3
        path.write_bytes(inside(dice, raw, damage) if packed else damage(dice, raw))
        structure = structures[number % len(structures)]
        with no_longer_than(LONGEST):
            try:
                intake = take_in(path, questionnaire, ignore=ignore, structure=structure, mapping=mapping)
            except SrsmetingError:
                continue
            accounted_for(intake)
            read += 1
    return read


@pytest.fixture(scope="session")
def survey() -> Questionnaire:
    return load_questionnaire(DATA / "limesurvey.yaml")


@pytest.fixture(scope="session")
def structure() -> ToolStructure:
    return read_structure(DATA / "limesurvey" / "structure.lss")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
@pytest.mark.parametrize("name", GOLD)
def test_the_gold_set(
    name: str, damage: Damage, tmp_path: Path, survey: Questionnaire, structure: ToolStructure
) -> None:
    (tmp_path / "spss_syntax.sps").write_bytes((DATA / "limesurvey" / "spss_syntax.sps").read_bytes())
    raw = (DATA / "limesurvey" / name).read_bytes()
    harm(tmp_path / name, raw, damage, survey, (None, structure))


ANSWERS = [{"code": "ja", "export": "1", "label": "Ja"}, {"code": "nee", "export": "2", "label": "Nee"}]
QUESTIONS = [
    {"id": "bekend", "kind": "single", "categories": ANSWERS},
    {"id": "fte", "kind": "number", "asked_if": "bekend == ja"},
    {"id": "idee", "kind": "open"},
]
MAPPING = "columns:\n" + "".join(f"  - {{column: {name}, question: {name}}}\n" for name in ("bekend", "fte", "idee"))
HEADER = ("id", "bekend", "fte", "idee")
ROWS = [("1", "1", "12", "Meer tijd"), ("2", "2", "", ""), ("3", "1", "3", "Een krant, of een bijeenkomst")]


@pytest.fixture(scope="session")
def small() -> Questionnaire:
    known = {"pijler": "basis", "fase": "algemeen"}
    questions = [{"title": found["id"], "text": found["id"], **known, **found} for found in QUESTIONS]
    pijlers = [{"id": "basis", "label": "Basis"}]
    return parse_questionnaire({"meting": "klein", "title": "Klein", "pijlers": pijlers, "questions": questions})


def _text(*rows: tuple[str, ...], mark: str = ",") -> bytes:
    return "".join(mark.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows).encode()


def _with(before: tuple[str, ...], *cells: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(*before, *HEADER[1:]), *((*first, *row[1:]) for first, row in zip(cells, ROWS, strict=True))]


def _sheet(rows: list[tuple[str, ...]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([cell or None for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _ods(rows: list[tuple[str, ...]]) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = f'<office:body><office:spreadsheet><table:table table:name="a">{lines}</table:table>'
        archive.writestr("content.xml", f"<office:d {spaces}>{body}</office:spreadsheet></office:body></office:d>")
    return target.getvalue()


def _package(folder: Path, suffix: str) -> bytes:
    path = folder / f"bron.{suffix}"
    frame = pd.DataFrame(ROWS, columns=list(HEADER))
    frame = frame.assign(bekend=frame["bekend"].astype(float))
    if suffix == "dta":
        pyreadstat.write_dta(frame, path, variable_value_labels={"bekend": {1: "Ja", 2: "Nee"}})
    elif suffix == "parquet":
        frame.to_parquet(path)
    else:
        labels: dict[str, dict[float | int, str]] = {"bekend": {1: "Ja", 2: "Nee"}}
        pyreadstat.write_sav(frame, path, compress=suffix == "zsav", variable_value_labels=labels)
    return path.read_bytes()


FORMS = _with(
    ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam"),
    *((n, "3/2/26 9:14", "3/2/26 9:20", "anonymous", "") for n in "123"),
)
GOOGLE = _with(("Tijdstempel",), *(("2026/03/02 9:14:05 AM CET",) for _ in ROWS))
KOBO = _with(("_id", "_uuid", "_submission_time"), *((n, f"u{n}", "2026-09-21T08:09:00") for n in "123"))
MONKEY = _with(("Respondent ID", "Collector ID"), *((f"11{n}", "9") for n in "123"))
MONKEY.insert(1, ("", "", "Response", "Open-Ended Response", "Open-Ended Response"))
QUALTRICS = _with(("ResponseId", "Finished", "Status"), *((f"R_{n}", "1", "0") for n in "123"))
IDENTITIES = ("_recordId", "finished", "status", "QID1", "QID2_TEXT", "QID3_TEXT")
QUALTRICS[1:1] = [("Id", "Klaar", "Soort", *"abc"), tuple(f'{{"ImportId":"{name}"}}' for name in IDENTITIES)]
LEGACY = _with(("V1", "V2", "V10"), *((f"R_{n}", "Default", "1") for n in "123"))
LEGACY.insert(1, ("ResponseID", "ResponseSet", "Finished", *"abc"))
FORMATS: dict[str, Callable[[Path], bytes]] = {
    "tabel.csv": lambda _: _text(HEADER, *ROWS, mark=";"),
    "tabel.xlsx": lambda _: _sheet([HEADER, *ROWS]),
    "tabel.ods": lambda _: _ods([HEADER, *ROWS]),
    **{f"tabel.{suffix}": lambda folder, suffix=suffix: _package(folder, suffix)  # type: ignore[misc]
       for suffix in ("parquet", "sav", "zsav", "dta")},
    **{f"{name}.csv": lambda _, rows=rows: _text(*rows)  # type: ignore[misc]
       for name, rows in {"forms": FORMS, "google": GOOGLE, "kobo": KOBO, "monkey": MONKEY, "qualtrics": QUALTRICS,
                          "legacy": LEGACY}.items()},
    **{f"{name}.xlsx": lambda _, rows=rows: _sheet(rows)  # type: ignore[misc]
       for name, rows in {"forms": FORMS, "google": GOOGLE, "kobo": KOBO, "monkey": MONKEY, "qualtrics": QUALTRICS}.items()},
}  # fmt: skip


def without_clock(raw: bytes) -> bytes:
    """Take the moment of writing out of a file, so that the same damage is the same file at any time."""
    raw = re.sub(rb"\d\d [A-Z][a-z]{2} \d{2}\d\d:\d\d:\d\d", b"14 Mar 2210:00:00", raw[:200]) + raw[200:]
    raw = re.sub(rb"\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d", b"14 Mar 2022 10:00", raw)
    if not raw.startswith(b"PK"):
        return raw
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2022-03-14T10:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def test_a_file_has_no_clock_in_it(tmp_path: Path) -> None:
    for name, write in FORMATS.items():
        raw = without_clock(write(tmp_path))
        dates = re.findall(rb"20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d\d [A-Z][a-z]{2} (?:20)?\d\d", raw)
        assert set(dates) <= {b"14 Mar 22", b"14 Mar 2022", b"2022-03-14T10:00:00Z"}, name


def prepared(name: str, folder: Path, small: Questionnaire) -> tuple[bytes, AnswerMapping | None]:
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    by_text = name.startswith(("forms", "google"))
    return without_clock(FORMATS[name](folder)), read_mapping(folder / "mapping.yaml", small) if by_text else None


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_read_before_it_is_damaged(name: str, tmp_path: Path, small: Questionnaire) -> None:
    raw, mapping = prepared(name, tmp_path, small)
    path = tmp_path / name
    path.write_bytes(raw)
    intake = take_in(path, small, mapping=mapping)
    assert intake.responses.answers["bekend"].tolist() == ["ja", "nee", "ja"]
    accounted_for(intake)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format(name: str, damage: Damage, tmp_path: Path, small: Questionnaire) -> None:
    raw, mapping = prepared(name, tmp_path, small)
    harm(tmp_path / name, raw, damage, small, (None,), mapping)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
@pytest.mark.parametrize("name", ["msforms_nl.xlsx", "googleforms_nl.csv"])
def test_the_invented_forms(name: str, damage: Damage, tmp_path: Path) -> None:
    raw, dice = (DATA / name).read_bytes(), random.Random(f"{name} {damage.__name__}")  # noqa: S311 - the same each run
    path = tmp_path / name
    for number in range(TIMES):
        path.write_bytes(inside(dice, raw, damage) if raw.startswith(b"PK") and number else damage(dice, raw))
        with no_longer_than(LONGEST):
            try:
                export = read_export(path)
            except SrsmetingError:
                continue
            assert len(export) == len(export.lines) == len(export.set_aside) == len(export.cells)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
def test_damage_to_the_syntax_of_spss(damage: Damage, tmp_path: Path, survey: Questionnaire) -> None:
    folder = DATA / "limesurvey"
    (tmp_path / "spss_data.dat").write_bytes((folder / "spss_data.dat").read_bytes())
    dice = random.Random(damage.__name__)  # noqa: S311 - the same damage in every run
    for _ in range(TIMES):
        (tmp_path / "spss_syntax.sps").write_bytes(damage(dice, (folder / "spss_syntax.sps").read_bytes()))
        try:
            intake = take_in(tmp_path / "spss_data.dat", survey, ignore=IGNORED)
        except IntakeError:
            continue
        assert (intake.report.rows_received, intake.responses.n) == (4, 3)
