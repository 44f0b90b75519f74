"""The commands as a user types them: what they say, leave behind and return."""

import re
from pathlib import Path

import pandas as pd
from click.testing import CliRunner, Result

from srsmeting.bundled import bundled
from srsmeting.cli import main
from srsmeting.estimates import read_estimates


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_help_shows_the_commands_in_the_order_of_the_work_with_examples() -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert re.findall(r"^  ([\w-]+)  ", result.output.partition("Commands:")[2], re.M) == [
        "demo",
        "new",
        "questionnaire",
        "dry-run",
        "crosswalk",
        "fetch",
        "round",
        "check",
        "map",
        "match",
        "code",
        "estimate",
        "compare",
        "verify",
        "audit",
        "record",
        "tables",
        "render",
        "preview",
        "proof",
    ]
    for command in re.findall(r"^  ([\w-]+)  ", result.output.partition("Commands:")[2], re.M):
        assert f"  srsmeting {command} " in run(command, "--help").output.partition("Example")[2]


def test_a_misspelt_command_is_one_message() -> None:
    result = run("estimat", "x")

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: no command 'estimat'. Did you mean 'estimate'? "
        "Known: 'demo', 'new', 'questionnaire', 'dry-run', 'crosswalk', 'fetch', 'round', 'check', 'map', 'match', 'code', 'estimate', 'compare', 'verify', 'audit', 'record', 'tables', 'render', 'preview', 'proof'."
    )


def test_a_measurement_that_is_not_there_is_one_message(tmp_path: Path) -> None:
    result = run("check", tmp_path)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"srsmeting: {tmp_path}: no measurement here. "
        "Name a meting.yaml or the folder that holds one, such as analyses/srs_2021.\n"
    )


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    result = run("--debug", "check", tmp_path)

    assert type(result.exception).__name__ == "ConfigurationError"


def test_estimate_writes_the_frame_by_suffix_and_to_standard_output(mini: Path, tmp_path: Path) -> None:
    assert run("estimate", mini, "-o", tmp_path / "e.csv").exit_code == 0
    assert run("estimate", mini, "-o", tmp_path / "e.parquet").exit_code == 0
    frame = read_estimates(tmp_path / "e.csv")
    pd.testing.assert_frame_equal(read_estimates(tmp_path / "e.parquet"), frame)
    assert run("estimate", mini, "-o", "-").stdout == (tmp_path / "e.csv").read_text(encoding="utf-8")

    # Counted on paper: 6 of the 10 know the content, 4 of the 5 who answered saw more insight.
    known = frame[(frame["question"] == "bekend") & (frame["category"] == "inhoud") & (frame["by"] == "")]
    assert known[["numerator", "denominator", "estimate"]].to_numpy().tolist() == [[6, 10, 0.6]]
    insight = frame[(frame["question"] == "effect") & (frame["category"] == "inzicht") & (frame["by"] == "")]
    assert insight[["numerator", "denominator", "estimate"]].to_numpy().tolist() == [[4, 5, 0.8]]
    mark = frame[(frame["measure"] == "mean") & (frame["by"] == "")]
    assert mark[["denominator", "estimate"]].to_numpy().tolist() == [[9, 7.0]]
    response = frame[(frame["measure"] == "response_rate") & (frame["group"] == "zuid")]
    assert response[["numerator", "denominator", "estimate"]].to_numpy().tolist() == [[4, 8, 0.5]]


def test_an_output_that_cannot_be_written_is_one_message(mini: Path, tmp_path: Path) -> None:
    result = run("estimate", mini, "-o", tmp_path / "e.sav")

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: {tmp_path / 'e.sav'}: cannot tell the format from the suffix '.sav'. Known: '.csv', '.parquet'.\n"
    )
    assert not (tmp_path / "e.sav").exists()


def test_verify_reproduces_every_published_figure(tmp_path: Path) -> None:
    result = run("verify", bundled("analyses/srs_2021"), "-o", tmp_path / "v.csv")
    assert result.exit_code == 0, result.output

    frame = pd.read_csv(tmp_path / "v.csv", dtype="str", keep_default_na=False)
    assert list(frame.columns) == ["published_id", "option", "published", "computed", "agrees", "note"]
    assert set(frame["agrees"]) == {"True"}
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"all {(frame['agrees'] == 'True').sum()} published figures" in readme
    in_words = frame[frame["note"].str.startswith("in words: ")]
    assert set(in_words["published_id"]) == {"tab_2_1c", "tab_3_1", "tab_3_2b"}
    told = in_words.set_index("option")[["published", "computed", "note"]]
    assert told.loc["behoud"].tolist() == ["circa 40", "40", "in words: 36 to 44"]
    assert told.loc["imago"].tolist() == ["10-20", "12", "in words: 10 to 20"]
    assert told.loc["trekken_verbinden"].tolist() == [">= 21", "26", "in words: at least 21"]


def test_verify_ends_with_one_when_a_figure_differs(mini: Path) -> None:
    (mini / "published.yaml").write_text(
        "source: s\nresults:\n  - {id: f, question: bekend, percent: {inhoud: 61, niet: 20}}\n", encoding="utf-8"
    )
    config = mini / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "published: published.yaml\n", encoding="utf-8")

    result = run("verify", mini)
    assert result.exit_code == 1
    assert result.stderr == "srsmeting: 1 figure differs from the published one without a known fault.\n"
    assert result.stdout.splitlines()[-1] == "1 of 2 published figures reproduced."


def test_verify_without_published_figures_is_one_message(mini: Path) -> None:
    result = run("verify", mini)

    assert result.exit_code == 2
    assert result.stderr == (
        "srsmeting: meting.yaml: names no published figures. Add 'published', or record a publication with `srsmeting record`.\n"
    )


def test_coverage_that_is_not_filled_in_is_told_after_the_answers_and_once(mini: Path) -> None:
    header = "moment,date,branche,employees_members,employees,included_in\n"
    (mini / "coverage.csv").write_text(f"{header}2021,,ggz,,,\n2021,,vvt,,,\n", encoding="utf-8")
    told = (
        "srsmeting: coverage.csv: has no counts yet. Fill in employees_members and employees per moment and branche, or "
        "take 'coverage' out of meting.yaml.\n"
    )

    result = run("check", mini)
    assert (result.exit_code, result.stderr) == (2, told)
    assert result.stdout.startswith("Nulmeting in het klein\n")
    assert run("estimate", mini, "-o", mini / "figures.csv").stderr == told


def test_audit_finds_nothing_in_a_measurement_under_the_rules(mini: Path, tmp_path: Path) -> None:
    result = run("audit", mini)
    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing that is suppressed can be worked out from the figures of mini-2021.\n",
    )
    target = tmp_path / "found.csv"
    assert run("audit", mini, "-o", target).exit_code == 0
    assert target.read_text(encoding="utf-8").strip() == "question,item,category,by,group,low,high,how"

    frame = mini / "frame.csv"
    before = frame.read_bytes()
    result = run("audit", mini, "-o", frame)
    told = f"srsmeting: {frame}: is the frame of this measurement. Write to another file.\n"
    assert (result.exit_code, result.stderr, frame.read_bytes()) == (2, told, before)


def test_audit_ends_with_one_when_a_suppressed_figure_follows(mini: Path) -> None:
    figures, config = mini / "figures.csv", mini / "meting.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("min_base: 3", "min_base: 1"), encoding="utf-8")
    assert run("estimate", mini, "-o", figures).exit_code in (0, 1)
    # Of the 5 who were asked about effects 4 are in the north; the one in the south is hidden, and nothing beside it.
    frame = read_estimates(figures)
    south = (frame["question"] == "effect") & (frame["group"] == "zuid")
    frame.loc[south, ["estimate", "se", "ci_low", "ci_high"]] = float("nan")
    frame.loc[south, ["numerator", "denominator"]] = pd.NA
    frame.loc[south, ["method", "status", "reason"]] = ["", "Q", "small_base"]
    frame.to_csv(figures, index=False)
    config.write_text(text + "estimates: figures.csv\n", encoding="utf-8")

    result = run("audit", mini)
    assert result.exit_code == 1
    told = [line.split() for line in result.stdout.splitlines()]
    assert told[0] == ["question", "item", "category", "by", "group", "low", "high", "how"]
    assert ["effect", "inzicht", "wgo", "zuid", "1.0", "1.0", "unanimous"] in told
    assert told[-1][1:] == ["figures", "can", "be", "worked", "out", "from", "the", "figures", "of", "mini-2021."]
