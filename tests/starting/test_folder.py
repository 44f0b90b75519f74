"""The folder of a new measurement: what is in it, and what is never written over."""

from pathlib import Path

import pytest

from srsmeting.bundled import bundled
from srsmeting.configuration import read_config
from srsmeting.errors import ConfigurationError, PopulationError
from srsmeting.meting import load_meting
from srsmeting.population import read_population
from srsmeting.proofing import proof_report
from srsmeting.questionnaire import load_questionnaire
from srsmeting.running import run_meting
from srsmeting.starting import new_meting
from srsmeting.starting.questionnaires import next_version

BEFORE = bundled("analyses/srs_2021")


def test_a_first_measurement_has_a_questionnaire_settings_and_empty_places(tmp_path: Path) -> None:
    made = new_meting(tmp_path / "peiling-2027")

    assert made.files == (
        ".gitignore",
        "README.md",
        "coverage.csv",
        "frame.csv",
        "meting.yaml",
        "questionnaire.yaml",
        "report/_quarto.yml",
        "report/bijlage-respons.qmd",
        "report/hoofdstuk-algemeen.qmd",
        "report/hoofdstuk-kennis.qmd",
        "report/hoofdstuk-samen-werken.qmd",
        "report/index.qmd",
    )
    _, config, _ = read_config(made.folder)
    questionnaire = load_questionnaire(made.folder / "questionnaire.yaml")
    assert (made.id, config.meting, questionnaire.meting) == ("peiling-2027", "peiling-2027", "peiling-2027")
    assert (config.title, questionnaire.title) == ("Peiling 2027", "Peiling 2027")
    assert config.report is not None
    assert config.report.period == "2027"
    assert {question.kind for question in questionnaire.questions} == {
        *("single", "multiple", "statements", "mark", "number", "open"),
    }
    assert (made.folder / "frame.csv").read_text(encoding="utf-8") == "token,regio,branche\n"
    assert (made.folder / "coverage.csv").read_text(encoding="utf-8").splitlines()[:2] == [
        "moment,date,branche,employees_members,employees,included_in",
        "2027,,ziekenhuizen,,,",
    ]


def test_what_is_not_filled_in_is_said(tmp_path: Path) -> None:
    made = new_meting(tmp_path / "peiling-2027")

    with pytest.raises(ConfigurationError) as caught:
        load_meting(made.folder)
    assert str(caught.value) == (
        f"meting.yaml:7: export: there is no file 'export.csv' in {made.folder}. Put it there, or correct the name."
    )
    with pytest.raises(PopulationError) as empty:
        read_population(made.folder / "frame.csv", load_questionnaire(made.folder / "questionnaire.yaml"))
    assert str(empty.value) == "frame.csv: no organisations. Is it the right file?"


def test_what_belongs_to_persons_is_kept_out_of_git(tmp_path: Path) -> None:
    ignored = (new_meting(tmp_path / "peiling").folder / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert {"export.*", "frame.csv", "coded.csv", "*quarantine*", "*salt*"} <= set(ignored)


def test_a_folder_in_a_work_tree_is_told_of(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert new_meting(tmp_path / "peiling").notes == (
        f"{tmp_path.as_posix()}/peiling lies in the git work tree {str(tmp_path)!r}. Its .gitignore keeps answers and names out of git; outside any repository they are safer.",
    )
    assert new_meting(tmp_path / "voorbeeld", example=True).notes == ()


def test_a_later_measurement_has_the_questionnaire_and_settings_of_the_one_before(tmp_path: Path) -> None:
    made = new_meting(tmp_path / "srs_2031", source=BEFORE)
    _, config, _ = read_config(made.folder)
    _, before, _ = read_config(BEFORE)
    asked = load_questionnaire(made.folder / "questionnaire.yaml")

    assert made.id == "srs-2031"
    assert asked.questions == load_questionnaire(BEFORE / before.questionnaire).questions
    assert (config.breakdowns, config.publication) == (before.breakdowns, before.publication)
    assert config.title == "Nulmeting Samen Regionaal Sterk over 2031"
    assert (config.export, config.frame, config.coverage) == ("export.csv", "frame.csv", "coverage.csv")
    assert (config.published, config.coded, config.programme, config.voices) == ("", "", "", "")
    assert config.report is not None
    assert (config.report.period, config.report.notice) == ("2031", "")


def test_none_of_the_data_of_the_one_before_come_along(tmp_path: Path) -> None:
    made = new_meting(tmp_path / "srs_2031", source=BEFORE)

    assert (made.folder / "frame.csv").read_text(encoding="utf-8") == "token,wgo,branche,grootteklasse\n"
    assert set((made.folder / "coverage.csv").read_text(encoding="utf-8").splitlines()[1:]) == {
        f"2031,,{branche.code},,,"
        for branche in load_questionnaire(made.folder / "questionnaire.yaml").coverage_branches
    }
    assert not {"export.csv", "coded.csv", "manifest.yaml", "published.yaml"} & set(made.files)
    for name in ("programme.yaml", "voices.yaml"):
        lines = (made.folder / name).read_text(encoding="utf-8").splitlines()
        assert all(line.startswith("#") for line in lines)
    assert "14.4" not in (made.folder / "programme.yaml").read_text(encoding="utf-8")


def test_what_to_check_after_copying_is_in_the_readme(tmp_path: Path) -> None:
    text = (new_meting(tmp_path / "srs_2031", source=BEFORE).folder / "README.md").read_text(encoding="utf-8")

    assert (
        "- The year of `srs-2021` stands in the texts of `cijfer_wgo`, `betrokkenheid`, `digitale_tools`, `bekend_werving`, `experimenten`.\n"
        in text
    )
    assert (
        "- Not taken over from its `meting.yaml`, because it is of that measurement: `published`, `notice`.\n" in text
    )
    place = tmp_path.as_posix() + "/srs_2031"
    assert (
        f"`srsmeting crosswalk propose {BEFORE.as_posix()} {place}/questionnaire.yaml -o {place}/crosswalk.csv` fills in what is certain. "
        "Once the rest is decided, take the `#` away before `earlier` and `crosswalk` in `meting.yaml`: then the years stand beside each other in the report, the tables and the factsheets.\n"
        in text
    )
    commands = [line.split("  #")[0].rstrip() for line in text.splitlines() if line.startswith("srsmeting ")]
    assert f"srsmeting compare {place} -o years.csv" in commands
    assert commands[-1] == f"srsmeting record {place}"


def test_comments_in_a_copied_questionnaire_stay_but_for_those_about_that_version(tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    file.write_text(
        "# Frozen: fieldwork is over.\n\nmeting: een\ntitle: Een\n# who answers\nrespondents: leden\n", encoding="utf-8"
    )

    assert next_version(file, "twee", r"Twee \1") == (
        "# Copied from q.yaml: wording, answers and routing are still those of that measurement.\n"
        'meting: twee\ntitle: "Twee \\\\1"\n# who answers\nrespondents: leden\n'
    )


def test_a_questionnaire_on_one_line_is_not_copied(tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    file.write_text("{meting: een, title: Een}\n", encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        next_version(file, "twee", "Twee")
    assert str(caught.value) == f"{file}: its 'meting' does not stand on a line of its own. Write it so, and copy."


def test_an_example_gives_figures_and_a_report_that_is_clean(tmp_path: Path) -> None:
    from srsmeting.bundling import write_bundle

    made = new_meting(tmp_path / "voorbeeld", example=True)
    meting = load_meting(made.folder)
    run = run_meting(meting)
    write_bundle(meting, run.estimates, tmp_path / "bundle")

    assert run.intake is not None
    assert (run.intake.report.rows_used, run.intake.report.rows_received) == (260, 266)
    assert not run.intake.report.has_findings
    assert meting.config.report is not None
    assert "verzonnen" in meting.config.report.notice
    assert {"Q", "U"} <= set(run.estimates["status"])
    assert proof_report(made.folder / "report") == []
    assert proof_report(made.folder / "report", bundle=tmp_path / "bundle") == []


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "notitie.txt").write_text("van mij", encoding="utf-8")
    (tmp_path / "leeg").mkdir()
    (tmp_path / "bestand").write_text("van mij", encoding="utf-8")

    new_meting(tmp_path / "leeg")
    for name, message in (
        ("vol", "is not empty, and nothing there is written over. Name a new folder."),
        ("bestand", "is no folder, but something else. Name a new folder."),
        ("bestand/nieuw", "cannot be made: what it would stand in is no folder. Name another folder."),
        ("een\0twee", "cannot be made: not the name of a folder. Name another folder."),
    ):
        with pytest.raises(ConfigurationError) as caught:
            new_meting(tmp_path / name, id="proef")
        assert str(caught.value) == f"{tmp_path.as_posix()}/{name}: {message}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestand", "leeg", "vol"]
    assert [path.name for path in (tmp_path / "vol").iterdir()] == ["notitie.txt"]


def test_what_it_starts_from_must_be_a_measurement(tmp_path: Path) -> None:
    new_meting(tmp_path / "een")
    asked = tmp_path / "een" / "questionnaire.yaml"

    for source, message in (
        (
            asked,
            f"{asked.as_posix()}: is a questionnaire, and a measurement starts from another measurement. Name the meting.yaml that names it, or its folder.",
        ),
        (
            tmp_path / "twee",
            f"{tmp_path}/twee: no measurement here. Name a meting.yaml or the folder that holds one, such as analyses/srs_2021.",
        ),
    ):
        with pytest.raises(ConfigurationError) as caught:
            new_meting(tmp_path / "nieuw", source=source)
        assert str(caught.value) == message
    with pytest.raises(ConfigurationError) as both:
        new_meting(tmp_path / "nieuw", source=tmp_path / "een", example=True)
    assert str(both.value) == ("an example has answers of its own, and starts from no other measurement. Choose one.")
    assert not (tmp_path / "nieuw").exists()


def test_the_questionnaire_of_the_one_before_must_be_there(tmp_path: Path) -> None:
    new_meting(tmp_path / "een")
    (tmp_path / "een" / "questionnaire.yaml").unlink()

    with pytest.raises(ConfigurationError) as caught:
        new_meting(tmp_path / "twee", source=tmp_path / "een")
    assert str(caught.value) == (
        f"{tmp_path.as_posix()}/een/meting.yaml: its questionnaire 'questionnaire.yaml' does not exist."
    )
