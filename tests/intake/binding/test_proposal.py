"""`srsmeting map`: what is sure is written, what is not is a comment that does nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.intake import read_export
from srsmeting.intake.binding.mapping import read_mapping
from srsmeting.intake.binding.proposal import propose
from srsmeting.intake.binding.proposal_text import to_yaml
from srsmeting.questionnaire import Questionnaire, load_questionnaire

HEADER = "Respondent;Regio;Rapportcijfer;Kent u het onderzoeken?;Wat heeft het onderzoek veranderd?;Iets heel anders\n"
ROWS = "1;Noord;7;Bekend met inhoud;Meer inzicht;x\n2;Zuid;8;Niet bekend;Ander beleid | Geen effect;y\n"


@pytest.fixture
def questionnaire(mini: Path) -> Questionnaire:
    return load_questionnaire(mini / "questionnaire.yaml")


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_what_is_not_sure_is_a_comment_with_the_candidates(mini: Path, questionnaire: Questionnaire) -> None:
    (mini / "export.csv").write_text(HEADER + ROWS, encoding="utf-8")
    text = to_yaml(propose(read_export(mini / "export.csv"), questionnaire))
    assert (
        text
        == """\
# Proposed from "export.csv". What stands here is used as it stands: check it.
# Lines with '#' are suggestions and do nothing. Take the '#' away from the one that is right.

columns:
  - {column: "Regio", question: wgo}
  - {column: "Rapportcijfer", question: cijfer}
  - {column: "Wat heeft het onderzoek veranderd?", question: effect, delimiter: " | "}

# Not sure. Choose at most one per column:
#  - {column: "Kent u het onderzoeken?", question: bekend}  # 95 %

# Without a column:
#  - {column: "?", question: bekend}
#  - {column: "?", question: idee}

# Columns that are like no question. Those that are no part of the measurement:
#ignore:
#  - "Iets heel anders"
"""
    )
    (mini / "mapping.yaml").write_text(text, encoding="utf-8")
    assert list(read_mapping(mini / "mapping.yaml", questionnaire).columns) == [
        *("Regio", "Rapportcijfer", "Wat heeft het onderzoek veranderd?")
    ]


def test_answers_that_are_no_answer_are_shown_with_what_they_could_be(mini: Path, questionnaire: Questionnaire) -> None:
    (mini / "export.csv").write_text(HEADER.replace("onderzoeken", "onderzoek") + ROWS, encoding="utf-8")
    text = to_yaml(propose(read_export(mini / "export.csv"), questionnaire))
    assert '#answers:\n#  bekend:\n#    "Bekend met inhoud": inhoud  # inhoud 92 %\n' in text


def test_an_answer_with_a_trace_of_a_person_is_not_written_down(mini: Path, questionnaire: Questionnaire) -> None:
    rows = ROWS.replace("Bekend met inhoud", "bel 06-12345678")
    (mini / "export.csv").write_text(HEADER.replace("onderzoeken", "onderzoek") + rows, encoding="utf-8")
    assert "bel 06-12345678" in rows
    assert "#answers:" not in to_yaml(propose(read_export(mini / "export.csv"), questionnaire))


def test_a_proposal_can_be_taken_over_by_taking_the_marks_away(mini: Path) -> None:
    (mini / "export.csv").write_text(HEADER + ROWS, encoding="utf-8")
    result = _run("map", mini, "-o", mini / "mapping.yaml")
    assert result.exit_code == 1
    assert result.stderr == "3 columns are sure, 2 are yours to choose; see the comments.\n"

    text = (mini / "mapping.yaml").read_text(encoding="utf-8")
    text = text.replace('#  - {column: "Kent u', '  - {column: "Kent u').replace("#ignore:\n#  -", "ignore:\n  -")
    text += 'answers: {bekend: {"Bekend met inhoud": inhoud}}\n'
    (mini / "mapping.yaml").write_text(text, encoding="utf-8")
    with (mini / "meting.yaml").open("a", encoding="utf-8") as file:
        file.write("mapping: mapping.yaml\n")
    checked = _run("check", mini)
    assert checked.stderr == (
        "srsmeting: export.csv:1: question 'idee' has no column 'G01Q05'. "
        "Export every question, or correct its 'export' in the questionnaire.\n"
    )


def test_an_existing_file_is_not_written_over(mini: Path) -> None:
    (mini / "mapping.yaml").write_text("columns: []\n", encoding="utf-8")
    result = _run("map", mini, "-o", mini / "mapping.yaml")
    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {mini / 'mapping.yaml'}: is there already. Name another file, or remove it.\n"
    )


def test_an_export_with_codes_needs_no_mapping(mini: Path, questionnaire: Questionnaire) -> None:
    proposal = propose(read_export(mini / "export.csv"), questionnaire)
    assert (proposal.by_name, dict(proposal.sure), proposal.missing) == (7, {}, ())
    assert "columns: []\n" in to_yaml(proposal)


def test_two_columns_that_could_be_one_question_are_not_chosen_between(
    mini: Path, questionnaire: Questionnaire
) -> None:
    (mini / "export.csv").write_text("Respondent;Regio;regio.\n1;Noord;Zuid\n", encoding="utf-8")
    proposal = propose(read_export(mini / "export.csv"), questionnaire)
    assert dict(proposal.sure) == {}
    assert list(proposal.unsure) == ["Regio", "regio."]


def test_what_someone_wrote_is_not_in_the_proposal(mini: Path, questionnaire: Questionnaire) -> None:
    text = HEADER.replace("Iets heel anders", "Ideeën") + "1;Noord;7;;;bel mij op 06-12345678\n"
    (mini / "export.csv").write_text(text, encoding="utf-8")
    assert "06-12345678" not in to_yaml(propose(read_export(mini / "export.csv"), questionnaire))


def test_headings_with_signs_that_yaml_does_not_hold_come_back_whole(mini: Path, questionnaire: Questionnaire) -> None:
    (mini / "export.csv").write_text('Respondent;"Regio\x07\n"\n1;Noord\n', encoding="utf-8")
    raw = read_export(mini / "export.csv")
    (mini / "mapping.yaml").write_text(
        to_yaml(propose(raw, questionnaire))
        .replace("columns: []", "columns:")
        .replace('#  - {column: "Regio', '  - {column: "Regio'),
        encoding="utf-8",
    )
    text = (mini / "mapping.yaml").read_text(encoding="utf-8")
    assert '"Regio\\u0007\\n"' in text


def test_comments_beside_options_are_no_answers(tmp_path: Path, gold: Questionnaire) -> None:
    header = '"id";"submitdate";"prob[SQ001]";"prob[SQ001comment]";"sector";"sector[other]"\n'
    row = '"1";"2022-03-14 10:00:00";"Y";"te weinig";"-oth-";"Natuur"\n'
    (tmp_path / "export.csv").write_text(header + row, encoding="utf-8")
    proposal = propose(read_export(tmp_path / "export.csv"), gold)
    assert (proposal.by_name, dict(proposal.sure), dict(proposal.answers)) == (4, {}, {})


def test_the_text_at_other_of_a_single_choice_is_proposed_and_never_missed(tmp_path: Path, gold: Questionnaire) -> None:
    sector = gold.question("sector")
    label = next(category.label for category in sector.categories if category.is_written_in)
    heading = f"{sector.text} [{label}]"
    (tmp_path / "export.csv").write_text(f'id;"{sector.text}";"{heading}"\n1;;\n', encoding="utf-8")

    proposal = propose(read_export(tmp_path / "export.csv"), gold)

    text = to_yaml(proposal)
    assert f'  - {{column: "{heading}", question: sector, option: {sector.codes[-1]}}}\n' in text
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    assert read_mapping(tmp_path / "mapping.yaml", gold).columns[heading].holds == "other"

    (tmp_path / "export.csv").write_text(f'id;"{sector.text}"\n1;\n', encoding="utf-8")
    missing = propose(read_export(tmp_path / "export.csv"), gold).missing
    assert "sector" not in [place.question for place in missing]


def test_a_comment_does_not_stand_for_the_answer_beside_it(tmp_path: Path, gold: Questionnaire) -> None:
    (tmp_path / "export.csv").write_text("id;sector[other];sector_comment\n1;;\n", encoding="utf-8")

    missing = propose(read_export(tmp_path / "export.csv"), gold).missing

    assert "sector" in [place.question for place in missing]


def test_answers_are_not_written_inside_a_git_work_tree(mini: Path) -> None:
    (mini / "export.csv").write_text(HEADER + ROWS, encoding="utf-8")
    (mini / ".git").mkdir()
    result = _run("map", mini, "-o", mini / "mapping.yaml")
    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {mini / 'mapping.yaml'}: lies in the git work tree {str(mini)!r}, and answers of persons could be "
        "committed there. Write elsewhere, or add --inside-git.\n"
    )
    assert _run("map", mini, "-o", mini / "mapping.yaml", "--inside-git").exit_code == 1
