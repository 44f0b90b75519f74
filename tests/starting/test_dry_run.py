"""A dry run: from a questionnaire alone to what a report is rendered from, with what must be known before fieldwork."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from srsmeting.bundled import bundled
from srsmeting.bundling import write_bundle
from srsmeting.errors import ConfigurationError
from srsmeting.meting import load_meting
from srsmeting.proofing import proof_report
from srsmeting.running import run_meting
from srsmeting.starting import DryRun, dry_run, new_meting

SRS = bundled("questionnaires/srs_2021.yaml")

YES_NO = [{"code": "ja", "label": "Ja", "who": "dat doen"}, {"code": "nee", "label": "Nee"}]
ASKED = {"kind": "single", "title": "T", "text": "Doet u mee?", "pijler": "a", "fase": "bereik", "categories": YES_NO}
REGION = {"id": "regio", "fase": "algemeen", "categories": [{"code": code, "label": code} for code in ("n", "o", "z")]}


def run(tmp_path: Path, *questions: dict[str, Any], **options: Any) -> DryRun:
    data = {"meting": "peiling-2026", "title": "Peiling 2026", "pijlers": [{"id": "a", "label": "A"}]}
    asked = [ASKED | question for question in (REGION, *questions)]
    file = tmp_path / "q.yaml"
    file.write_text(json.dumps(data | {"questions": asked}, indent=1), encoding="utf-8")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return dry_run(file, tmp_path / "uit", scratch, **options)


def told(made: DryRun) -> list[str]:
    return [fault.message for fault in made.found]


def test_the_bundled_questionnaire_has_nothing_to_look_at(tmp_path: Path) -> None:
    made = dry_run(SRS, tmp_path / "uit", tmp_path)

    assert told(made) == []
    assert (made.respondents, made.invited) == (200, 480)


def test_the_drafted_report_is_clean_and_says_in_every_chapter_that_it_is_a_dry_run(tmp_path: Path) -> None:
    made = dry_run(SRS, tmp_path / "uit", tmp_path)
    meting = load_meting(made.meting)
    estimates = run_meting(meting).estimates
    write_bundle(meting, estimates, tmp_path / "bundle")

    assert proof_report(made.report, bundle=tmp_path / "bundle") == []
    assert {"A", "Q", "U"} <= set(estimates["status"])
    chapters = list(made.report.glob("*.qmd"))
    assert len(chapters) == 8
    for chapter in chapters:
        assert chapter.read_text(encoding="utf-8").count("Proefdraai: alle antwoorden zijn verzonnen.") == 1
    title = yaml.safe_load((made.report / "_quarto.yml").read_text(encoding="utf-8"))["book"]["title"]
    assert title == "Proefdraai: Nulmeting Samen Regionaal Sterk"
    assert meting.config.report is not None
    assert meting.config.report.source == "proefdraai met verzonnen antwoorden"


def test_a_report_of_ones_own_is_copied_and_marked_and_never_written_to(tmp_path: Path) -> None:
    report = bundled("reports/nulmeting")
    before = {path.name: path.read_bytes() for path in report.glob("*.qmd")}
    made = dry_run(bundled("analyses/srs_2021"), tmp_path / "uit", tmp_path, report=report)

    assert made.report.name == "proefdraai-nulmeting"
    assert {path.name: path.read_bytes() for path in report.glob("*.qmd")} == before
    index = (made.report / "index.qmd").read_text(encoding="utf-8")
    assert index.count("Proefdraai: alle antwoorden zijn verzonnen.") == 1
    assert "r.notice()" not in index


def test_a_message_about_the_copy_names_the_place_in_the_report_itself(tmp_path: Path) -> None:
    report = bundled("reports/nulmeting")
    made = dry_run(bundled("analyses/srs_2021"), tmp_path / "uit", tmp_path, report=report)

    for name in ("index.qmd", "hoofdstuk-1.qmd"):
        original = (report / name).read_text(encoding="utf-8").splitlines()
        copy = (made.report / name).read_text(encoding="utf-8").splitlines()
        for line, text in enumerate(original, 1):
            if text.startswith(("#", "Elke", "Voor", "De ")):
                at = copy.index(text) + 1
                assert made.as_written(f"{made.report}/{name}:{at}: x") == f"{report}/{name}:{line}: x"


def test_rules_breakdowns_and_weights_of_a_measurement_count_and_its_data_need_not_be_there(tmp_path: Path) -> None:
    folder = new_meting(tmp_path / "peiling").folder
    settings = folder / "meting.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text + "weights: {margins: [regio], unit: employees}\ncomparisons: [regio]\npartial: 0.5\n", encoding="utf-8"
    )
    (folder / "frame.csv").unlink()
    made = dry_run(folder, tmp_path / "uit", tmp_path)
    meting = load_meting(made.meting)

    assert meting.config.weights.margins == ("regio",)
    assert (made.meting / "frame.csv").read_text(encoding="utf-8").startswith("token,regio,branche,employees\n")
    assert {"share", "mean", "effective_n", "p_value", "count"} <= set(run_meting(meting).estimates["measure"])


def test_a_question_that_nobody_gets_is_told(tmp_path: Path) -> None:
    made = run(tmp_path, {"id": "een"}, {"id": "twee", "asked_if": "een == ja and regio not in [n, o, z]"})

    assert told(made)[0] == (
        "question 'twee': nobody is asked it, whatever was answered before: 'asked_if: een == ja and regio not in [n, o, z]' never holds. Look at it, and at the routing of the questions that it names."
    )
    # Its questions stand below each other in the file: this is where the last of them begins.
    lines = (tmp_path / "q.yaml").read_text(encoding="utf-8").splitlines()
    assert made.found[0].line is not None
    assert '"id": "twee"' in "".join(lines[made.found[0].line - 1 :])
    assert '"id": "een"' not in "".join(lines[made.found[0].line - 1 :])


def test_a_question_that_few_get_is_told_and_what_becomes_of_it(tmp_path: Path) -> None:
    made = run(tmp_path, {"id": "een"}, {"id": "twee", "asked_if": "een == ja"}, respondents=12)

    assert len(told(made)) == 1
    assert told(made)[0].startswith("question 'twee': it is put to ")
    assert told(made)[0].endswith(
        " of 12 invented respondents (respondenten die dat doen), and then it is hidden in every breakdown."
    )


def test_a_sentence_that_lacks_words_is_told(tmp_path: Path) -> None:
    made = run(tmp_path, {"id": "een"}, {"id": "twee", "asked_if": "een == nee"})

    assert told(made) == [
        "question 'twee': who is asked it reads “respondenten die op de vraag ‘Doet u mee?’ met ‘Nee’ hebben geantwoord”. To say it in words, give a 'who' to 'nee' of 'een'."
    ]


def test_what_does_not_fit_a_figure_or_a_table_is_told(tmp_path: Path) -> None:
    def answers(n: int) -> list[dict[str, str]]:
        return [{"code": f"c{at}", "label": f"Antwoord {at}"} for at in range(n)]

    groups = [*answers(14), {"code": "lang", "label": "L" * 80}]
    items = [{"id": "kort", "label": "Kort"}, {"id": "lang", "label": "L" * 160}]
    made = run(
        tmp_path,
        {"id": "branche", "fase": "algemeen", "categories": groups},
        {"id": "eens", "kind": "statements", "categories": answers(7), "items": items},
        {"id": "cijfer", "kind": "mark", "range": [0, 100], "categories": []},
        {"id": "lijst", "kind": "multiple", "categories": [*answers(20), {"code": "lang", "label": "L" * 91}]},
        respondents=2000,
    )

    assert told(made) == [
        "question 'eens': the statement 'lang' has 160 letters, and a figure has room for 150. Shorten its label.",
        "question 'eens': its 7 answers do not fit in the bar of a statement, 6 do. Declare sums of all.",
        "question 'cijfer': its 101 marks do not fit in columns, 11 do. Declare sums to show instead, or ask a number.",
        "question 'lijst': the label of 'lang' has 91 letters, and a figure has room for 90. Shorten it; the full text stays in 'text'.",
        "question 'lijst': its 21 answers make a figure that no page holds. Merge some, or show sums.",
        "breakdown 'branche': its 15 groups make a table that no page holds, 14 do. Merge some in a grouping.",
        "breakdown 'branche': the label of 'lang' has 80 letters, and a column has room for 70. Shorten it.",
    ]


def test_another_year_in_a_text_is_told(tmp_path: Path) -> None:
    made = run(tmp_path, {"id": "een", "text": "Deed u mee in 2025?"})

    assert told(made) == ["question 'een': its texts name 2025, and the measurement is of 2026. Is that meant?"]


def test_a_question_that_the_report_is_silent_about_is_told(tmp_path: Path) -> None:
    report = tmp_path / "rapport"
    report.mkdir()
    (report / "_quarto.yml").write_text("project: {type: book}\nbook: {title: T, chapters: [index.qmd]}\n")
    (report / "index.qmd").write_text(
        '# T\n\n`{python} r.percent("regio", "n")` en `{python} r.words_of(["een.ja"])`\n'
    )
    made = run(tmp_path, {"id": "een"}, {"id": "twee"}, report=report)

    assert told(made) == ["question 'twee' is asked, and the report says nothing of it."]


def test_what_was_not_made_by_a_dry_run_is_left_alone(tmp_path: Path) -> None:
    dry_run(SRS, tmp_path / "uit", _new(tmp_path / "a"))
    dry_run(SRS, tmp_path / "uit", _new(tmp_path / "b"))
    folder = new_meting(tmp_path / "peiling").folder
    before = sorted(folder.iterdir())

    with pytest.raises(ConfigurationError) as caught:
        dry_run(SRS, folder, _new(tmp_path / "c"))
    assert str(caught.value) == f"{folder.as_posix()}: is not that of a dry run. Name another folder with -o."
    assert sorted(folder.iterdir()) == before


def test_what_it_is_about_must_be_there(tmp_path: Path) -> None:
    for source, message in (
        (tmp_path / "weg", "does not exist. Name a measurement or a questionnaire."),
        (tmp_path, "has no meting.yaml. Name a measurement or a questionnaire."),
    ):
        with pytest.raises(ConfigurationError) as caught:
            dry_run(source, tmp_path / "uit", tmp_path)
        assert str(caught.value) == f"{source.as_posix()}: {message}"
    with pytest.raises(ConfigurationError) as no_report:
        dry_run(SRS, tmp_path / "uit", tmp_path, report=tmp_path)
    assert str(no_report.value) == (
        f"{tmp_path.as_posix()}: no '_quarto.yml' here. Give the folder of a Quarto project."
    )
    with pytest.raises(ConfigurationError) as nobody:
        dry_run(SRS, tmp_path / "uit", tmp_path, respondents=0)
    assert str(nobody.value) == "0 respondents answer nothing. Ask for at least 1."


def _new(path: Path) -> Path:
    path.mkdir()
    return path
