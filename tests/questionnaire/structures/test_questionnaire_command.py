"""`srsmeting questionnaire` as a user types it."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.questionnaire import load_questionnaire
from srsmeting.questionnaire.structures import read_structure

Write = Callable[..., Path]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["questionnaire", *(str(argument) for argument in arguments)])


def test_from_writes_a_questionnaire_and_says_what_is_not_in_it(gold_lsa: Path, tmp_path: Path) -> None:
    result = run("from", gold_lsa, "-o", tmp_path / "q.yaml")

    assert result.exit_code == 1
    assert result.stdout == f"{tmp_path / 'q.yaml'}\n"
    assert result.stderr == (
        "srsmeting: 7 questions not taken over: dual, getal, geld, rang, datum, kort, eq. "
        "They are in the draft as comments.\n"
    )
    assert len(load_questionnaire(tmp_path / "q.yaml").questions) == 15
    assert run("from", gold_lsa).stdout == (tmp_path / "q.yaml").read_text(encoding="utf-8")


def test_from_a_qualtrics_survey(make: SimpleNamespace, tmp_path: Path, write: Write) -> None:
    def payload(n: int, **more: object) -> dict[str, object]:
        asked = {"QuestionID": f"QID{n}", "DataExportTag": f"Q{n}", "QuestionType": "MC", "Selector": "MAVR"}
        return {**asked, "QuestionText": f"Vraag {n}?", "Choices": make.choices("Ja", "Nee"), **more}

    logic = make.logic(make.selected("QID1", "1"), make.selected("QID2", "2", "NotSelected"), join="And")
    survey = make.qsf(payload(1, Selector="SAVR"), payload(2), payload(3, DisplayLogic=logic))

    assert run("from", write(survey, "s.qsf"), "-o", tmp_path / "q.yaml").exit_code == 0
    assert load_questionnaire(tmp_path / "q.yaml").question("q3").asked_if == "q1 == ja and not selected(q2, nee)"
    assert "# check: the tool also asks this where Q2 was left empty;" in (tmp_path / "q.yaml").read_text(
        encoding="utf-8"
    )


def test_from_an_xlsform(make: SimpleNamespace, tmp_path: Path, write: Write) -> None:
    survey = [["type", "name", "label", "relevant"], ["select_one jn", "lid", "Lid?"]]
    survey += [["select_multiple jn", "wat", "Wat?"], ["text", "uit-leg", "Uitleg?", "selected(${wat}, 'ja')"]]
    survey += [["text", "slot", "Slot?", "${lid} = 'nee' or once(${lid})"]]
    form = make.xlsform(
        survey=survey, choices=[["list_name", "name", "label"], ["jn", "ja", "Ja"], ["jn", "nee", "Nee"]]
    )

    result = run("from", write(form, "form.xlsx"), "-o", tmp_path / "q.yaml")
    assert result.exit_code == 1
    assert result.stderr == "srsmeting: 1 routing not taken over: slot. They are in the draft as comments.\n"
    made = load_questionnaire(tmp_path / "q.yaml")
    # A name with a hyphen is no export: its columns have to be mapped.
    assert (made.question("uit_leg").export, made.question("uit_leg").asked_if) == ("uit_leg", "selected(wat, ja)")
    assert made.question("slot").asked_if == ""


def test_to_writes_a_structure_that_reads_back(mini: Path, tmp_path: Path) -> None:
    result = run("to", mini / "questionnaire.yaml", "-o", tmp_path / "s.lss")

    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 's.lss'}\n")
    read = read_structure(tmp_path / "s.lss")
    assert [(question.code, question.kind, question.relevance) for question in read] == [
        ("G01Q01", "single", ""),
        ("G01Q02", "mark", ""),
        ("G01Q03", "single", ""),
        ("G01Q04", "multiple", '(G01Q03.NAOK == "A1")'),
        ("G01Q05", "open", ""),
    ]
    assert read.question("G01Q04").parts == (
        ("SQ001", "Meer inzicht"),
        ("SQ002", "Ander beleid"),
        ("SQ003", "Geen effect"),
    )
    assert read.question("G01Q04").exclusive == ("SQ003",)


def test_no_file_is_written_over(gold_lss: Path, tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text("mijn werk", encoding="utf-8")
    result = run("from", gold_lss, "-o", tmp_path / "q.yaml")

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {tmp_path / 'q.yaml'}: is there already. Name another file, or remove it.\n"
    assert (tmp_path / "q.yaml").read_text(encoding="utf-8") == "mijn werk"
    result = run("from", gold_lss, "-o", tmp_path / "weg" / "q.yaml")
    assert result.stderr == (
        f"srsmeting: {tmp_path / 'weg' / 'q.yaml'}: cannot be written: No such file or directory.\n"
    )


def test_a_misspelt_word_and_a_wrong_file_are_one_message(tmp_path: Path) -> None:
    assert (
        run("form", "x").stderr.splitlines()[-1]
        == "Error: no command 'form'. Did you mean 'from'? Known: 'from', 'to'."
    )
    result = run("from", tmp_path / "weg.lss")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "srsmeting: weg.lss: no such file. Name the file that the survey tool exported.\n"
    debug = CliRunner().invoke(main, ["--debug", "questionnaire", "from", str(tmp_path / "weg.lss")])
    assert type(debug.exception).__name__ == "QuestionnaireError"
