"""`earlier` in a meting.yaml: one measurement leads to all before it, and a report gets them beside its own figures."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from srsmeting.bundled import bundled
from srsmeting.bundling import write_bundle
from srsmeting.cli import main
from srsmeting.errors import RecordError
from srsmeting.estimates import read_estimates
from srsmeting.meting import load_meting
from srsmeting.running import run_meting
from srsmeting.years import compare_earlier, compare_metings, follow


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a report on 2023, with the years before it."""
    folder = tmp_path_factory.mktemp("bundle")
    meting = load_meting(bundled("analyses/srs_2023"))
    run = run_meting(meting)
    write_bundle(meting, run.estimates, folder, compare_earlier(meting, run))
    return folder


@pytest.fixture
def analyses(tmp_path: Path) -> Path:
    """Return a copy of the bundled years."""
    for name in ("analyses", "questionnaires"):
        shutil.copytree(bundled(name), tmp_path / name)
    return tmp_path / "analyses"


def _change(config: Path, old: str, new: str) -> None:
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new), encoding="utf-8")


def _figure(frame: pd.DataFrame, **key: str) -> pd.Series:
    for name in ("item", "by", "group"):
        key.setdefault(name, "")
    found = frame
    for name, value in key.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_one_measurement_leads_to_all_before_it() -> None:
    metings = follow(load_meting(bundled("analyses/srs_2023")))

    assert [meting.config.meting for meting in metings] == ["srs-2021", "srs-2022", "srs-2023"]
    assert [meting.config.meting for meting in follow(load_meting(bundled("analyses/srs_2021")))] == ["srs-2021"]


def test_a_report_knows_which_measurements_came_before(bundle: Path) -> None:
    texts = json.loads((bundle / "report.json").read_text(encoding="utf-8"))

    asked = "Enquête onder leden van de WGO’s over"
    assert texts["earlier"] == [
        {"meting": "srs-2021", "period": "2021", "title": "Nulmeting Samen Regionaal Sterk over 2021",
         "record": 1, "source": f"{asked} 2021; synthetische reconstructie met verzonnen antwoorden"},
        {"meting": "srs-2022", "period": "2022", "title": "Vervolgmeting Samen Regionaal Sterk over 2022",
         "record": 2, "source": f"{asked} 2022; verzonnen vervolg op een synthetische reconstructie"},
    ]  # fmt: skip


def test_a_baseline_has_none(tmp_path: Path) -> None:
    meting = load_meting(bundled("analyses/srs_2021"))
    run = run_meting(meting)
    years = compare_earlier(meting, run)
    write_bundle(meting, run.estimates, tmp_path, years)

    assert years is None
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["earlier"] == []
    assert not (tmp_path / "years.csv").exists()
    assert not (tmp_path / "apart.csv").exists()


def test_earlier_figures_are_those_that_were_published_last(analyses: Path) -> None:
    """The answers of 2022 are changed behind the back of its record: its figures are those of the record."""
    meting = load_meting(bundled("analyses/srs_2022"))
    recorded = read_estimates(meting.record / "2" / "estimates.csv")
    export = analyses / "srs_2022" / "export.csv"
    rows = pd.read_csv(export, sep=";", encoding="utf-8-sig", dtype="str", keep_default_na=False)
    rows.loc[rows["G04Q01"] == "A2", "G04Q01"] = "A1"
    rows.to_csv(export, sep=";", index=False, encoding="utf-8-sig")
    last = load_meting(analyses / "srs_2023")
    years = compare_metings(follow(last))
    key = {"question": "bekend_leren", "category": "bekend_inhoud", "measure": "share"}

    assert _figure(years.years, meting="srs-2022", **key)["estimate"] == _figure(recorded, **key)["estimate"]
    assert list(years.lost) == ["srs-2022"]
    with pytest.raises(RecordError) as caught:
        compare_earlier(last, run_meting(last))
    assert str(caught.value) == (
        f"srs-2022: {years.lost['srs-2022']} shares of record 2 no longer come out of its files, and what changed since "
        "would not be the difference of what readers have. Put back what changed (`srsmeting verify` tells what), or "
        "publish a revision with `srsmeting record`."
    )


def test_shares_on_a_base_that_was_agreed_to_be_another_are_not_lost(analyses: Path) -> None:
    """Who does not know counted in 2021, and does not in 2022: the record of 2021 is what it was."""
    asked, changed = (
        "asked_if: experimenten == ja\n",
        "Heeft uw organisatie van deze experimenten of pilots iets nieuws geleerd?,",
    )
    _change(analyses.parent / "questionnaires" / "srs_2022.yaml", asked, f"{asked}    outside_base: [dont_know]\n")
    _change(analyses / "srs_2022" / "crosswalk.csv", f"{changed}same,yes,", f"{changed}base_changed,yes,Telt niet mee.")
    last = load_meting(analyses / "srs_2022")

    years = compare_earlier(last, run_meting(last))

    assert years is not None
    assert years.lost == {}
    then = _figure(years.years, meting="srs-2021", question="inzichten", category="ja", measure="share")
    change = _figure(years.years, meting="srs-2022", question="inzichten", category="ja", measure="change")
    assert then["denominator"] > change["numerator"] > then["numerator"]


def test_shares_that_no_longer_come_out_are_counted_and_told(analyses: Path) -> None:
    """One respondent of no group gives another mark: 8 and 10, and the sum of 7 and 8, and of 9 and 10."""
    config = analyses / "srs_2021" / "meting.yaml"
    _change(config, "frame: frame.csv", "frame: frame.csv\ncorrections: corrections.yaml")
    _change(
        config, "breakdowns: [wgo, branche_samengevoegd, grootteklasse_samengevoegd, betrokkenheid]", "breakdowns: []"
    )
    correction = '{respondent: "2", question: cijfer_wgo, old: "8", new: "10", reason: proef, date: 2023-11-06}'
    (config.parent / "corrections.yaml").write_text(f"corrections:\n  - {correction}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2022"), "-o", str(analyses / "years.csv")])

    assert result.exit_code == 1
    assert result.stdout.splitlines()[1:3] == [
        "  srs-2021: as published, record 1.",
        "    4 of its shares no longer come out of its files, and changes are of the answers as they are. `srsmeting "
        "verify` tells why; `srsmeting record` publishes a revision.",
    ]


def test_a_report_knows_which_groups_were_several_the_year_before(bundle: Path, tmp_path: Path) -> None:
    meting = load_meting(bundled("analyses/srs_2022"))
    run = run_meting(meting)
    write_bundle(meting, run.estimates, tmp_path / "bundle", compare_earlier(meting, run))

    texts = json.loads((tmp_path / "bundle/report.json").read_text(encoding="utf-8"))
    said = "Viazorg en WZW zijn samengegaan."
    assert texts["joined"] == [{"by": "wgo", "group": "fusie_zuid", "of": ["Viazorg", "WZW"], "reason": said}]
    # In 2022 they were one already.
    last = json.loads((bundle / "report.json").read_text(encoding="utf-8"))
    assert last["joined"] == []
    told = [
        (one["earlier"], one["question"], one["category"], one["kind"], one["of"], one["reason"])
        for one in last["noted"]
    ]
    assert told == [
        ("srs-2021", "wgo", "", "same", [], "Twee WGO’s zijn samengegaan; de andere bleven dezelfde."),
        ("srs-2021", "wgo", "fusie_zuid", "merged", ["Viazorg", "WZW"], said),
        (
            "srs-2022",
            "effect_behoud",
            "",
            "same",
            [],
            "Er kwam een antwoord bij; wie het kiest, kon de andere ook kiezen.",
        ),
    ]


def test_groups_that_merged_are_together_in_the_years_before(bundle: Path) -> None:
    """Viazorg and WZW, in 2021: 18 and 30 respondents."""
    years = read_estimates(bundle / "years.csv")
    before = read_estimates(bundled("analyses/srs_2021") / "record" / "1" / "estimates.csv")
    key = {"question": "bekend_leren", "category": "bekend_inhoud", "by": "wgo", "measure": "share"}
    parts = [_figure(before, group=group, **key) for group in ("viazorg", "wzw")]
    together = _figure(years, meting="srs-2021", group="fusie_zuid", **key)

    assert [part["denominator"] for part in parts] == [18, 30]
    assert together["denominator"] == 48
    assert together["numerator"] == sum(part["numerator"] for part in parts)
    assert not set(years["group"]) & {"viazorg", "wzw"}


def test_a_break_is_marked_and_what_is_not_comparable_has_no_number(bundle: Path) -> None:
    years = read_estimates(bundle / "years.csv")
    tools = years[(years["question"] == "digitale_tools") & (years["meting"] == "srs-2021") & (years["by"] == "")]
    effects = years[(years["question"] == "effect_leren") & (years["meting"] == "srs-2022")]

    assert tools[["category", "measure", "status", "reason"]].to_numpy().tolist() == [
        ["ja", "share", "B", "trend_break"],
        ["nee", "share", "B", "trend_break"],
    ]
    # By hand: 207 of the 301 who answered in 2021.
    assert tools["numerator"].to_list() == [207, 94]
    shown = effects[effects["status"] != "Q"]
    assert set(zip(shown["status"], shown["reason"], strict=True)) == {("M", "not_comparable")}
    assert shown["estimate"].isna().all()


def test_what_is_set_apart_is_told_in_dutch(bundle: Path) -> None:
    apart = pd.read_csv(bundle / "apart.csv", dtype="str", keep_default_na=False)

    asked = apart[apart["question"] != ""]
    others = apart[apart["question"] == ""]

    assert others[["earlier", "later", "level", "group", "comparable", "reason"]].to_numpy().tolist() == [
        ["Monitor van het programma Koersen op Kansen", "srs-2021", "measurement", "", "no", "Die was anders opgezet, "
         "en tussen de metingen lag de coronapandemie."],
        ["2019", "2021", "coverage", "revalidatiecentra", "no", "Op een van beide momenten zijn deze werknemers bij een "
         "andere branche geteld."],
        ["2019", "2021", "coverage", "ziekenhuizen", "break", "Op het ene moment telden hier werknemers van een andere "
         "branche mee, op het andere niet."],
    ]  # fmt: skip
    assert asked[["later", "level", "question", "category", "comparable", "reason"]].to_numpy().tolist() == [
        ["srs-2022", "question", "digitale_tools", "", "break", "De vraag noemt geen voorbeelden van hulpmiddelen meer "
         "en telt wie er minstens een gebruikte."],
        ["srs-2023", "question", "effect_leren", "", "no", "De vraag ging eerst alleen naar wie de inhoud kent, en nu "
         "ook naar wie van de activiteiten heeft gehoord."],
        ["srs-2023", "answer", "effect_behoud", "roosters", "no", "Dit antwoord is nieuw."],
    ]  # fmt: skip


def test_compare_with_one_measurement_follows_the_chain(tmp_path: Path) -> None:
    target = tmp_path / "years.csv"
    result = CliRunner().invoke(main, ["compare", str(bundled("analyses/srs_2022")), "-o", str(target)])

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "  srs-2021: as published, record 1.",
        "  srs-2021 and srs-2022: 150 organisations answered both times.",
        "  Not compared: 4 questions, answers, groups and others; --apart FILE lists them, with the reason.",
    ]
    frame = read_estimates(target)
    named = compare_metings([load_meting(bundled(f"analyses/srs_{year}")) for year in (2021, 2022)])
    assert len(frame) == len(named.estimates)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "earlier: ../srs_2021",
            "earlier: ../srs_2020",
            "meting.yaml:13: earlier: there is no measurement '../srs_2020' seen from {analyses}/srs_2022. Name the "
            "folder of one.",
        ),
        (
            "crosswalk: crosswalk.csv",
            "",
            "meting.yaml:13: earlier: needs 'crosswalk', which says what of both may be compared; `srsmeting crosswalk "
            "propose` makes it. Add it.",
        ),
        (
            "earlier: ../srs_2021",
            "earlier: .",
            "{analyses}/srs_2022/meting.yaml: earlier: '.' leads round in a circle: 'srs-2022', 'srs-2022'. Name the "
            "measurement before 'srs-2022', or leave 'earlier' out.",
        ),
        (
            "earlier: ../srs_2021",
            "earlier: ../srs_2023",
            "{analyses}/srs_2023/meting.yaml: earlier: '../srs_2022' leads round in a circle: 'srs-2022', 'srs-2023', "
            "'srs-2022'. Name the measurement before 'srs-2023', or leave 'earlier' out.",
        ),
    ],
)
def test_an_earlier_that_cannot_be_followed_is_one_message(analyses: Path, old: str, new: str, message: str) -> None:
    _change(analyses / "srs_2022" / "meting.yaml", old, new)
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2022"), "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr == f"srsmeting: {message.format(analyses=analyses)}\n"


def test_a_year_cannot_come_after_a_later_one(analyses: Path) -> None:
    config = analyses / "srs_2021" / "meting.yaml"
    _change(config, "programme: programme.yaml", "earlier: ../srs_2023\ncrosswalk: ../srs_2023/crosswalk.csv")
    _change(analyses / "srs_2023" / "meting.yaml", "earlier: ../srs_2022\n", "")
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2021"), "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr == (
        "srsmeting: 'srs-2023' and 'srs-2021': the years are in the wrong order. Name the earlier measurement first.\n"
    )


def test_two_measurements_of_a_chain_cannot_have_one_id(analyses: Path) -> None:
    shutil.copytree(analyses / "srs_2021", analyses / "again")
    _change(analyses / "srs_2022" / "meting.yaml", "earlier: ../srs_2021", "earlier: ../again")
    _change(
        analyses / "again" / "meting.yaml",
        "programme: programme.yaml",
        "earlier: ../srs_2021\ncrosswalk: ../srs_2022/crosswalk.csv",
    )
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2022"), "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr == (
        "srsmeting: 'srs-2021' and 'srs-2021': both measurements have the same id. Give every year its own 'meting'.\n"
    )


def test_a_fault_in_an_earlier_measurement_is_told_with_its_folder(analyses: Path) -> None:
    _change(analyses / "srs_2021" / "meting.yaml", "export: export.csv", "export: gone.csv")
    result = CliRunner().invoke(main, ["compare", str(analyses / "srs_2023"), "-o", "-"])

    assert result.exit_code == 2
    assert result.stderr == (
        f"srsmeting: srs_2021/meting.yaml:6: export: there is no file 'gone.csv' in {analyses}/srs_2021. "
        "Put it there, or correct the name.\n"
    )


def test_an_answer_that_was_split_is_compared_as_a_whole(analyses: Path) -> None:
    """HR was one answer in 2021 and is two in 2022: neither is what it was, and together they are."""
    asked = analyses.parent / "questionnaires" / "srs_2022.yaml"
    _change(
        asked,
        '{code: hr, export: A2, label: "HR-manager, HR-medewerker of recruiter"}',
        "{code: hr_manager, export: A2, label: HR-manager}\n      - {code: hr_anders, export: A3, label: Recruiter}",
    )
    hr = 'srs-2021,functie,hr,"HR-manager, HR-medewerker of recruiter",srs-2022,functie,'
    same = f'{hr}hr,"HR-manager, HR-medewerker of recruiter",same,yes,'
    parts = [f"{hr}{code},split,yes,Gesplitst." for code in ("hr_manager,HR-manager", "hr_anders,Recruiter")]
    _change(analyses / "srs_2022" / "crosswalk.csv", same, "\n".join(parts))

    years = compare_metings([load_meting(analyses / f"srs_{year}") for year in (2021, 2022)]).years
    rows = years[(years["question"] == "functie") & (years["by"] == "")]
    before, changes = rows[rows["meting"] == "srs-2021"], rows[rows["measure"] == "change"]

    assert before[["category", "status"]].to_numpy().tolist() == [
        ["directeur_bestuurder", "A"],
        ["hr_manager", "M"],
        ["hr_anders", "M"],
        ["overig", "A"],
    ]
    # 187 of 301 in 2021, and 177 of 298 with either answer in 2022.
    whole = changes[~changes["category"].isin(["directeur_bestuurder", "overig"])]
    assert whole["estimate"].tolist() == pytest.approx([177 / 298 - 187 / 301], abs=1e-12)
