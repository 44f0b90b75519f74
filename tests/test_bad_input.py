"""A fault in any file that people hand over: one clear message, exit status 2, nothing half written.

Each case is one change to the small measurement of conftest, beside the whole message that it gives.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from srsmeting.cli import main

Break = Callable[[bytes], bytes]


def replace(old: str, new: str) -> Break:
    """Replace a text once; it must be there."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return change


def mixed(content: bytes) -> bytes:
    changed = content.replace(b"een nieuwsbrief", "één enquête".encode("cp1252"))
    return changed + '"99";"";"";"";"";"";"";"";"België"\r\n'.encode()


CASES: list[tuple[str, Break, str]] = [
    (
        "questionnaire.yaml",
        replace("topic: het", "topc: het"),
        "questionnaire.yaml:43: question 'bekend': unknown key 'topc'. Did you mean 'topic'? Known: 'id', 'export', "
        "'kind', 'title', 'text', 'topic', 'pijler', 'fase', 'exhibit', 'asked_if', 'scale', 'categories', 'items', "
        "'range', 'sums', 'outside_base', 'themes', 'min_mentions'.",
    ),
    (
        "questionnaire.yaml",
        replace("asked_if: bekend", "asked_if: bekent"),
        "questionnaire.yaml:60: question 'effect': asked_if: no question 'bekent'. Did you mean 'bekend'? "
        "Known: 'wgo', 'cijfer', 'bekend', 'effect', 'idee'.",
    ),
    (
        "questionnaire.yaml",
        replace("    exhibit: figuur 1.2\n", "    exhibit: figuur 1.2\n    asked_if: selected(effect, geen)\n"),
        "questionnaire.yaml:47: question 'bekend': asked_if goes round in a circle: bekend → effect → bekend. "
        "Take one of them out of it.",
    ),
    (
        "questionnaire.yaml",
        replace("{code: gehoord", "{code: inhoud"),
        "questionnaire.yaml:49: question 'bekend', category 'inhoud': code 'inhoud' is used twice. Give each its own. "
        "The first is on line 48.",
    ),
    (
        "export.csv",
        replace("G01Q03", "G01Q33"),
        "export.csv:1: question 'bekend' has no column 'G01Q03'. Export every question, or correct its 'export' in "
        "the questionnaire.\n"
        "export.csv:1: column 'G01Q33' is not in the questionnaire. Did you mean 'G01Q03'? Without a column: 'G01Q03'.",
    ),
    (
        "export.csv",
        replace('"7";"A1";"Y"', '"7";"A9";"Y"'),
        "export.csv:2: column 'G01Q03': 'A9' is no code of question 'bekend'. Known: 'A1', 'A2', 'A3'.",
    ),
    (
        "export.csv",
        replace('"8";"A2"', '"11";"A2"'),
        "export.csv:6: column 'G01Q02': '11' is outside the range of question 'cijfer', 1 to 10.",
    ),
    (
        "export.csv",
        replace('"3";"2022', '"2";"2022'),
        "export.csv:4: id '2' stands on 2 rows (lines 3, 4). Set aside what does not count, such as "
        "'set_aside: [{{respondent: \"2\", line: 4, reason: …, date: …}}]' in corrections.yaml, named under 'corrections' in meting.yaml.",
    ),
    (
        "export.csv",
        lambda content: content.replace(b'";"', b'"|"'),
        "export.csv:1: the header separates its cells with '|'. "
        "Export as CSV with a semicolon, a comma or a tab between the cells.",
    ),
    (
        "export.csv",
        mixed,
        "export.csv:7: byte 0xe9 is not UTF-8, but a byte order mark on line 1 is: two encodings in one file, as when "
        "parts of files are pasted together. Export again.",
    ),
    (
        "export.csv",
        lambda content: content.partition(b"\r\n")[0] + b"\r\n",
        "export.csv: has headings and no rows. Export all responses.",
    ),
    (
        "export.csv",
        lambda content: b"",
        "export.csv: is empty. Export the responses of LimeSurvey as CSV with 'Question code' as heading and 'Answer codes' as answers.",
    ),
    (
        "frame.csv",
        lambda content: content.replace(b"zuid", b"noord"),
        "frame.csv: has no organisation of wgo 'zuid', which 4 respondents in 'export.csv' name. "
        "Add the organisations to the frame.",
    ),
    (
        "coverage.csv",
        replace("vvt", "vtv"),
        "coverage.csv:3: branche: no 'vtv'. Did you mean 'vvt'? Known: 'ggz', 'vvt', 'revalidatie'.",
    ),
    (
        "meting.yaml",
        replace("export.csv", "exprt.csv"),
        "meting.yaml:4: export: there is no file 'exprt.csv' in {folder}. Put it there, or correct the name.",
    ),
]


@pytest.mark.parametrize(("name", "change", "message"), CASES, ids=[case[2][:60] for case in CASES])
def test_a_fault_gives_one_message_and_no_output(
    mini: Path, tmp_path: Path, name: str, change: Break, message: str
) -> None:
    (mini / name).write_bytes(change((mini / name).read_bytes()))
    before = {path.name: path.read_bytes() for path in mini.iterdir()}

    result = CliRunner().invoke(main, ["estimate", str(mini), "-o", str(tmp_path / "estimates.csv")])
    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {message.format(folder=mini)}\n"
    assert result.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["mini"]
    assert {path.name: path.read_bytes() for path in mini.iterdir()} == before
