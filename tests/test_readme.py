"""The README names what there is: no format, key or command more or fewer."""

import re
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
import yaml
from click.testing import CliRunner

from srsmeting.cli import main
from srsmeting.configuration import MetingConfig
from srsmeting.goals import COLUMNS, GoalsConfig, read_value
from srsmeting.intake.binding.mapping import MappingConfig
from srsmeting.intake.formats.readers import LAST_RESORT, READERS
from srsmeting.presentation.signs import REASONS
from srsmeting.questionnaire import load_questionnaire
from srsmeting.questionnaire.entries import Kind

README = Path(__file__).parents[1] / "README.md"


@pytest.fixture(scope="module")
def text() -> str:
    return README.read_text(encoding="utf-8")


def _yaml(text: str, first: str) -> dict[str, object]:
    block = re.search(rf"^   ```yaml\n(   {first}:.*?)^   ```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    found = yaml.safe_load(block[1])
    assert isinstance(found, dict)
    return found


def test_the_table_of_formats_is_the_list_of_readers(text: str) -> None:
    table = text.partition("| `format` |")[2].partition("\n\n")[0]
    keys = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert keys == [reader.KEY for reader in (*READERS, LAST_RESORT)]


def test_the_example_of_a_meting_is_one(text: str) -> None:
    example = MetingConfig.model_validate(_yaml(text, "meting"))
    assert example.format in {reader.KEY for reader in READERS}
    assert example.model_fields_set >= {"structure", "mapping", "format", "ignore"}


def test_the_example_of_a_mapping_is_one(text: str) -> None:
    example = MappingConfig.model_validate(_yaml(text, "columns"))
    assert [entry.question for entry in example.columns] == ["bekend", "effect", "impact"]
    assert example.answers == {"bekend": {"Bekend met inhoud": "inhoud", "n.v.t.": ""}}


def test_the_example_of_a_questionnaire_is_one_with_every_kind(text: str, tmp_path: Path) -> None:
    block = re.search(r"^```yaml\n(meting: .*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    (tmp_path / "questionnaire.yaml").write_text(block[1], encoding="utf-8")
    questionnaire = load_questionnaire(tmp_path / "questionnaire.yaml")
    assert {question.kind for question in questionnaire.questions} == set(get_args(Kind))
    assert questionnaire.explain("effect") == "leden die het onderzoek kennen"


def test_every_command_in_the_readme_exists(text: str) -> None:
    named = set(re.findall(r"`srsmeting ([\w-]+)", text))
    assert named <= set(main.commands)
    assert {"check", "map", "estimate", "verify", "render", "questionnaire"} <= named


def test_every_reason_in_the_readme_has_its_dutch_words(text: str) -> None:
    table = text.partition("| status | reasons |")[2].partition("\n\n")[0]
    cells = [row.split("|")[2] for row in table.splitlines() if row.startswith("| `")]
    reasons = {reason for cell in cells for reason in re.findall(r"`(\w+)`", cell)}
    # Their sign says it all.
    assert reasons - {"included_elsewhere", "includes_other", "trend_break"} == set(REASONS)


def test_the_example_of_a_codebook_is_one(text: str, tmp_path: Path) -> None:
    block = re.search(r"^```yaml\n(  - id: thema\n.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    head = "meting: m\ntitle: M\npijlers: [{id: p, label: P}]\nquestions:\n"
    entry = block[1].replace("    # …\n", "    title: T\n    text: T\n    pijler: p\n    fase: impact\n")
    (tmp_path / "questionnaire.yaml").write_text(head + entry, encoding="utf-8")
    thema = load_questionnaire(tmp_path / "questionnaire.yaml").question("thema")
    assert ([theme.code for theme in thema.themes], thema.min_mentions) == (["behoud", "imago"], 7)


def test_the_example_of_a_monitor_of_goals_is_one_with_every_key(text: str) -> None:
    block = re.search(r"^```yaml\n(kind: goals\n.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    example = GoalsConfig.model_validate(yaml.load(block[1], Loader=yaml.BaseLoader))  # noqa: S506 - every scalar a text
    assert set(GoalsConfig.model_fields) - example.model_fields_set <= {"programme", "statements"}


def test_the_files_and_values_of_a_monitor_of_goals_are_those_it_reads(text: str) -> None:
    files = text.partition("| key of `files` | columns |")[2].partition("\n\n")[0]
    rows = {row.split("|")[1].strip(" `"): row.split("|")[2] for row in files.splitlines() if row.startswith("| `")}
    assert set(rows) == set(COLUMNS)
    for key, (needed, optional) in COLUMNS.items():
        assert set(re.findall(r"`([a-z_]+)`", rows[key])) == {*needed, *optional}
    values = text.partition("| value | means |")[2].partition("\n\n")[0]
    for cell in re.findall(r"^\| (`.*?`) \|", values, re.MULTILINE):
        for value in re.findall(r"`([^`]+)`", cell):
            assert str(read_value(value)) == value


def test_the_commands_of_a_round_run_one_after_the_other(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = re.search(r"^```sh\n(srsmeting new voorbeeld --kind goals.*?)\n```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    commands = [line.split()[1:] for line in block[1].splitlines()]
    assert [command[0] for command in commands] == ["new", "render", "round", "round"]
    monkeypatch.chdir(tmp_path)
    for command in (command for command in commands if command[0] != "render"):
        names = [sorted(map(str, Path().glob(word))) if "*" in word else [word] for word in command]
        done = CliRunner().invoke(main, [name for found in names for name in found])
        # What nobody has filled in yet is a finding.
        assert done.exit_code == (1 if command[1] == "read" else 0), done.output
    assert "not answered yet: duinen, heide, polder." in done.output


def test_the_fault_of_a_round_in_the_readme_is_what_is_said(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["new", "voorbeeld", "--kind", "goals", "--example"])
    CliRunner().invoke(main, ["round", "new", "voorbeeld", "--moment", "eindmeting", "--unit", "heide", "-o", "."])
    book = openpyxl.load_workbook("heide-eindmeting.xlsx")
    book["Resultaten"]["E5"].value, book["Resultaten"]["E5"].number_format = 0.35, "0%"
    book.save("heide.xlsx")
    said = CliRunner().invoke(main, ["round", "read", "voorbeeld", "heide.xlsx"]).output

    assert said.startswith("srsmeting: heide.xlsx: sheet ")
    assert said in text
