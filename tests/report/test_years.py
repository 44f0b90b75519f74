"""What the small report says of the year before: a change only where it is significant, a break as a break."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.errors import ReportError, UnknownNameError
from srsmeting.estimates import bind_estimates, estimate_frame
from srsmeting.frames import write_frame
from srsmeting.presentation.figures.years import YearsFigure
from srsmeting.presentation.semantic_table import Table
from srsmeting.report import Report, open_report

#: Question, item, category, by and group; the level then, the change, its corrected p-value.
Was = tuple[str, str, str, str, str, float, float, float]
#: Of 20 now: 13 know it, 2 the course, 5 and 9 agree; the mean is 7,25.
THEN: list[Was] = [
    ("bekend", "", "inhoud", "", "", 0.40, 0.25, 0.01),
    ("bekend", "", "niet", "", "", 0.60, -0.25, 0.01),
    ("bekend_cursus", "", "inhoud", "", "", 0.12, -0.02, 0.90),
    ("bekend_cursus", "", "niet", "", "", 0.88, 0.02, 0.90),
    ("impact", "uitval", "eens", "", "", 0.45, -0.20, 0.06),
    ("impact", "instroom", "eens", "", "", 0.45, 0.0, 1.0),
    ("cijfer", "", "", "", "", 7.0, 0.25, 0.03),
    ("effect", "", "inzicht", "", "", 0.5, 0.1154, 0.5),
    ("bekend", "", "inhoud", "wgo", "sigra", 0.5, 0.25, 0.6),
]
APART = ["earlier", "later", "question", "item", "category", "by", "group", "kind", "comparable", "reason"]
BREAK = ("mini-2020", "mini-2021", "effect", "", "", "", "", "base_changed", "break", "Nu aan iedereen gevraagd.")
NEW = ("mini-2020", "mini-2021", "impact", "instroom", "", "", "", "new", "no", "")


def years(rows: list[Was]) -> pd.DataFrame:
    frames = []
    for question, item, category, by, group, level, change, p in rows:
        place = {"question": question, "item": item, "category": category, "by": by, "group": group}
        measure = "share" if category else "mean"
        then = place | {"meting": "mini-2020", "denominator": 25}
        now = place | {"meting": "mini-2021", "denominator": 20}
        frames.append(estimate_frame(then | {"measure": measure, "estimate": level}))
        frames.append(estimate_frame(now | {"measure": "change", "estimate": change}))
        frames.append(estimate_frame(now | {"measure": "change_p_holm", "estimate": p}))
        frames.append(estimate_frame(now | {"measure": "detectable_change", "estimate": 0.2 if by else 0.1}))
        frames.append(
            estimate_frame(now | {"measure": "panel_change", "estimate": 2 * change, "numerator": 9, "denominator": 9})
        )
    return bind_estimates(*frames)


@pytest.fixture
def repeat(bundle: Path) -> Callable[..., Report]:
    """Open the small report as a repeat, with what may not be compared."""

    def make(*apart: tuple[str, ...], then: list[Was] | None = None, **texts: object) -> Report:
        report = json.loads((bundle / "report.json").read_text(encoding="utf-8"))
        earlier = [{"meting": "mini-2020", "period": "2020", "title": "Nulmeting"}]
        (bundle / "report.json").write_text(json.dumps({**report, "earlier": earlier, **texts}), encoding="utf-8")
        write_frame(years(THEN if then is None else then), bundle / "years.csv")
        write_frame(pd.DataFrame(apart, columns=APART, dtype="str"), bundle / "apart.csv")
        return open_report(bundle)

    return make


def test_without_a_measurement_before_there_is_nothing_to_say(r: Report) -> None:
    assert (r.is_repeat, r.kind, r.profile, r.earlier_period, r.earlier_periods) == (False, "nulmeting", "", "", "")
    assert (r.change("bekend", "inhoud"), r.change_sentence("het deel", "bekend", "inhoud")) == ("", "")
    assert (r.changes(["bekend.inhoud"]), r.change_rule, r.panel, r.comparable_span) == ("", "", "", "")
    assert r.detectable_change(["bekend.inhoud"]) == ""
    for block in (r.years_table("bekend"), r.years_figure("bekend"), r.not_comparable(), r.group_years("bekend")):
        assert block._repr_markdown_() == ""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (("bekend", "inhoud"), "gestegen van 40 naar 65\u00a0procent"),
        (("bekend", "niet"), "gedaald van 60 naar 35\u00a0procent"),
        # 12 and 10: small, and not significant.
        (("bekend_cursus", "inhoud"), "vrijwel gelijk gebleven (12 en 10\u00a0procent)"),
        (("cijfer", ""), "gestegen van een 7,0 naar een 7,3"),
    ],
)
def test_a_change_is_told_where_it_is_significant(
    repeat: Callable[..., Report], address: tuple[str, str], told: str
) -> None:
    assert repeat().change(*address) == told


def test_what_is_not_significant_is_never_said_to_have_risen_or_fallen(repeat: Callable[..., Report]) -> None:
    r = repeat()

    assert r.change("impact", "eens", item="uitval") == "niet aantoonbaar veranderd (45 en 25\u00a0procent)"
    assert r.change("impact", "eens", item="instroom") == "vrijwel gelijk gebleven (beide keren 45\u00a0procent)"


def test_a_break_is_told_with_its_reason(repeat: Callable[..., Report]) -> None:
    r = repeat(BREAK)

    assert r.change("effect", "inzicht") == "niet te vergelijken met 2020: nu aan iedereen gevraagd"
    assert r.change_sentence("het deel dat meer inzicht heeft", "effect", "inzicht") == (
        "Het deel dat meer inzicht heeft, is niet te vergelijken met 2020: nu aan iedereen gevraagd."
    )


def test_a_figure_that_the_year_before_did_not_publish(repeat: Callable[..., Report]) -> None:
    assert repeat(then=THEN[:2]).change("bekend_cursus", "inhoud") == "niet te vergelijken met 2020: geen gegevens"


def test_a_sentence_carries_the_levels_the_change_and_its_test(repeat: Callable[..., Report]) -> None:
    told = repeat().change_sentence("het deel dat het kent", "bekend", "inhoud")

    assert told == "Het deel dat het kent, is sinds 2020 gestegen van 40 naar 65\u00a0procent."
    assert told.keys == (  # type: ignore[attr-defined]
        "mini-2020|bekend||inhoud|||share",
        "mini-2021|bekend||inhoud|||share",
        "mini-2021|bekend||inhoud|||change",
        "mini-2021|bekend||inhoud|||change_p_holm",
    )
    assert 'value="40% 65% +25 0,010"' in told._repr_markdown_()  # type: ignore[attr-defined]


def test_of_several_outcomes_those_that_changed_are_named(repeat: Callable[..., Report]) -> None:
    r = repeat(BREAK)
    several = ["bekend.inhoud", "bekend.niet", "bekend_cursus.inhoud", "impact.uitval.eens", "effect.inzicht"]

    assert r.changes(several) == (
        "Significant gestegen sinds 2020 is ‘bekendheid: bekend met de inhoud’ (van 40 naar 65\u00a0procent; bij de 9 "
        "organisaties die beide keren antwoordden 50\u00a0procentpunt hoger). Significant gedaald sinds 2020 is "
        "‘bekendheid: niet bekend’ (van 60 naar 35\u00a0procent; bij de 9 organisaties die beide keren antwoordden "
        "50\u00a0procentpunt lager). De andere twee uitkomsten zijn niet aantoonbaar veranderd. Eén uitkomst is niet te "
        "vergelijken met 2020."
    )
    assert r.changes(["bekend_cursus.inhoud", "impact.uitval.eens"]) == (
        "Geen van beide uitkomsten is sinds 2020 aantoonbaar veranderd."
    )
    # The table calls 12 and 10 about the same, and so does the sentence.
    assert r.changes(["bekend.inhoud", "bekend_cursus.inhoud"]) == (
        "Significant gestegen sinds 2020 is ‘bekendheid: bekend met de inhoud’ (van 40 naar 65\u00a0procent; bij de 9 "
        "organisaties die beide keren antwoordden 50\u00a0procentpunt hoger). De andere uitkomst is vrijwel gelijk "
        "gebleven."
    )
    assert r.changes(["effect.inzicht"]) == "Geen enkele uitkomst is te vergelijken met 2020."


def test_what_is_said_of_the_comparison_as_a_whole(repeat: Callable[..., Report]) -> None:
    r = repeat(BREAK)

    assert (r.kind, r.profile, r.earlier_period, r.earlier_periods) == (
        "vervolgmeting",
        "vervolgmeting",
        "2020",
        "2020",
    )
    assert r.panel == "Van de respondenten over 2021 antwoordden 9 organisaties ook over 2020."
    assert r.detectable_change(["bekend.inhoud", "cijfer"]) == (
        "Bij vragen met 20 antwoorden merkt een enkele toets een werkelijke verandering van 10\u00a0procentpunt in vier "
        "van de vijf gevallen op. Een kleinere blijft vaker verborgen, en bij minder antwoorden ook een grotere, zeker na "
        "de correctie voor het aantal toetsen."
    )
    assert r.comparable_span == "Behalve bij ‘Effecten’ is elke vraag sinds 2020 zonder onderbreking te volgen."
    assert repeat().comparable_span == "Elke vraag is sinds 2020 zonder onderbreking te volgen."


def test_the_list_of_what_may_not_be_compared(repeat: Callable[..., Report]) -> None:
    group = (
        "mini-2020",
        "mini-2021",
        "",
        "",
        "",
        "wgo",
        "sigra",
        "merged",
        "break",
        "Sigra is samengegaan met Flever.",
    )

    assert repeat(BREAK, NEW, group).not_comparable().markdown == (
        "\nTussen 2020 en 2021 is het volgende niet te vergelijken:\n\n"
        "- **Effecten** (trendbreuk). Nu aan iedereen gevraagd.\n"
        "- **Impact: er kwam meer in**. Voor het eerst gemeten over 2021.\n"
        "- **Werkgeversorganisatie (WGO): Sigra** (trendbreuk). Sigra is samengegaan met Flever.\n"
    )
    assert repeat().not_comparable().markdown == (
        "\nTussen 2020 en 2021 is alles te vergelijken wat beide keren is gevraagd.\n"
    )


def test_what_changed_and_is_compared_all_the_same_is_listed_too(repeat: Callable[..., Report]) -> None:
    ends = {"earlier": "mini-2020", "later": "mini-2021"}
    r = repeat(
        BREAK,
        noted=[
            {**ends, "question": "wgo", "category": "sigra", "kind": "merged", "of": ["Amstel", "IJ"], "reason": ""},
            {**ends, "question": "bekend", "kind": "wording_changed", "reason": "Korter gevraagd"},
            {**ends, "question": "bekend_cursus", "category": "niet", "kind": "split", "of": ["Anders"], "reason": ""},
        ],
    )

    assert r.not_comparable().markdown == (
        "\nTussen 2020 en 2021 is het volgende niet te vergelijken:\n\n"
        "- **Effecten** (trendbreuk). Nu aan iedereen gevraagd.\n"
        "- **Bekendheid van de cursus: niet bekend**. Over 2020 was dit een deel van ‘Anders’.\n\n"
        "Wel vergeleken tussen 2020 en 2021, al veranderde er iets:\n\n"
        "- **Werkgeversorganisatie (WGO): Sigra**. Over 2020 waren dit ‘Amstel’ en ‘IJ’ samen.\n"
        "- **Bekendheid**. Korter gevraagd.\n"
    )


def test_exhibits_of_years_have_an_id_of_their_own(repeat: Callable[..., Report]) -> None:
    r = repeat()
    r.outcomes("kern", ["bekend.inhoud", "cijfer"])
    table, figure = r.years_table("kern", "Kern"), r.years_figure("bekend")

    assert isinstance(table, Table)
    assert isinstance(figure, YearsFigure)
    assert (table.id, table.caption) == ("tbl-jaren-kern", "Kern, 2020 en 2021")
    assert (figure.id, figure.caption) == ("fig-jaren-bekend", "Bekendheid, 2020 en 2021")
    assert [row.header for row in table.rows] == ["Bekendheid: bekend met de inhoud", "Rapportcijfer: gemiddelde"]
    with pytest.raises(UnknownNameError, match="'bekendd'"):
        r.years_table("bekendd")


def test_exhibits_of_years_name_the_sources_of_all_of_them(repeat: Callable[..., Report], bundle: Path) -> None:
    def source(of_the_year_before: str) -> str:
        repeat()
        texts = json.loads((bundle / "report.json").read_text(encoding="utf-8"))
        texts["earlier"][0]["source"] = of_the_year_before
        (bundle / "report.json").write_text(json.dumps(texts), encoding="utf-8")
        table = open_report(bundle).years_table("bekend")
        assert isinstance(table, Table)
        return table.source

    assert source("De enquête van toen.") == "Een verzonnen enquête. Over 2020: De enquête van toen"
    assert (source("Een verzonnen enquête"), source("")) == ("Een verzonnen enquête", "Een verzonnen enquête")


def test_a_region_beside_its_year_before(repeat: Callable[..., Report]) -> None:
    r = repeat(group={"by": "wgo", "code": "sigra"})

    assert r.group_changes(["bekend.inhoud", "effect.inzicht"]) == (
        "Hieronder staat één uitkomst naast die over 2020. Geen enkele uitkomst is sinds 2020 aantoonbaar veranderd. Eén "
        "uitkomst is niet te vergelijken met 2020, of niet van beide jaren gepubliceerd."
    )
    assert '<td style="text-align: right">+25</td>' in r.group_years(["bekend.inhoud", "effect.inzicht"]).markdown
    other = repeat(group={"by": "wgo", "code": "flever"})
    assert other.group_changes(["bekend.inhoud"]) == ("Van Flever is geen van deze uitkomsten met 2020 te vergelijken.")
    assert other.group_years(["bekend.inhoud"]).markdown == ""


def test_a_region_that_merged_says_whose_the_year_before_is(repeat: Callable[..., Report]) -> None:
    joined = {"by": "wgo", "group": "sigra", "of": ["Amstel", "IJ"], "reason": "Amstel en IJ gingen op in Sigra."}
    r = repeat(group={"by": "wgo", "code": "sigra"}, joined=[joined])

    assert r.group_changes(["bekend.inhoud"]) == (
        "Hieronder staat één uitkomst naast die over 2020. De uitkomsten over 2020 zijn die van Amstel en IJ samen. Amstel "
        "en IJ gingen op in Sigra. Geen enkele uitkomst is sinds 2020 aantoonbaar veranderd."
    )
    assert "2020: Amstel en IJ samen." in r.group_years(["bekend.inhoud"]).markdown
    unsaid = repeat(group={"by": "wgo", "code": "sigra"}, joined=[{**joined, "reason": ""}])
    assert unsaid.group_changes(["bekend.inhoud"]) == (
        "Hieronder staat één uitkomst naast die over 2020. De uitkomsten over 2020 zijn die van Amstel en IJ samen. Geen "
        "enkele uitkomst is sinds 2020 aantoonbaar veranderd."
    )
    other = repeat(group={"by": "wgo", "code": "sigra"}, joined=[{**joined, "group": "flever"}])
    assert "samen" not in other.group_changes(["bekend.inhoud"]) + other.group_years(["bekend.inhoud"]).markdown


def test_a_region_that_was_split_off_says_of_what(repeat: Callable[..., Report]) -> None:
    split = {"earlier": "mini-2020", "later": "mini-2021", "question": "wgo", "category": "flever", "kind": "split"}
    noted = [{**split, "of": ["Polder"], "reason": "Polder is gesplitst."}]
    r = repeat(group={"by": "wgo", "code": "flever"}, noted=noted)

    assert r.group_changes(["bekend.inhoud"]) == (
        "Van Flever is geen van deze uitkomsten met 2020 te vergelijken. Over 2020 was dit een deel van ‘Polder’. Polder "
        "is gesplitst."
    )


def test_a_folder_that_lacks_its_years(bundle: Path, repeat: Callable[..., Report]) -> None:
    repeat()
    (bundle / "apart.csv").unlink()
    with pytest.raises(ReportError) as caught:
        open_report(bundle)
    assert str(caught.value) == (
        f"{bundle}: report.json names earlier measurements, and there is no apart.csv. Render the report again."
    )


def test_years_of_another_measurement(bundle: Path, repeat: Callable[..., Report]) -> None:
    repeat()
    frame = years(THEN)
    frame["meting"] = frame["meting"].replace({"mini-2020": "mini-2019"})
    write_frame(frame, bundle / "years.csv")
    with pytest.raises(ReportError) as caught:
        open_report(bundle)
    assert str(caught.value) == (
        f"{bundle}: years.csv has figures of 'mini-2019', and report.json names 'mini-2021', 'mini-2020'. "
        "Render the report again."
    )


def test_coverage_and_measurements_of_others_are_listed_apart(repeat: Callable[..., Report], bundle: Path) -> None:
    r = repeat(BREAK)
    apart = pd.DataFrame(
        [
            ["mini-2020", "mini-2021", "question", *BREAK[2:7], "", *BREAK[7:]],
            [
                "Een oude monitor",
                "mini-2020",
                "measurement",
                *[""] * 5,
                "Een oude monitor",
                "other_measurement",
                "no",
                "X.",
            ],
            [
                "2019",
                "2021",
                "coverage",
                "",
                "",
                "",
                "branche",
                "ggz",
                "GGZ",
                "base_changed",
                "break",
                "Anders geteld.",
            ],
            # The same branche as a group of the survey is another matter.
            ["mini-2020", "mini-2021", "coverage", "", "", "", "wgo", "sigra", "Sigra", "new", "no", "Nieuw."],
        ],
        columns=[*APART[:2], "level", *APART[2:7], "label", *APART[7:]],
        dtype="str",
    )
    write_frame(apart, bundle / "apart.csv")
    r = open_report(bundle)

    assert r.not_comparable(others=True).markdown == (
        "\nTussen 2020 en 2021 is het volgende niet te vergelijken:\n\n"
        "- **Effecten** (trendbreuk). Nu aan iedereen gevraagd.\n"
        "- **Dekkingsgraad: sigra**. Nieuw.\n\n"
        "Tussen 2019 en 2021 is het volgende niet te vergelijken:\n\n"
        "- **Dekkingsgraad: GGZ** (trendbreuk). Anders geteld.\n\n"
        "Met metingen van anderen zijn deze uitkomsten niet te vergelijken:\n\n"
        "- **Een oude monitor**. X.\n"
    )
    assert "oude monitor" not in r.not_comparable().markdown
    assert r.change("bekend", "inhoud", by="wgo", group="sigra") == "niet aantoonbaar veranderd (50 en 75\u00a0procent)"


def test_what_changed_over_all_years_is_told_apart(repeat: Callable[..., Report], bundle: Path) -> None:
    repeat()
    report = json.loads((bundle / "report.json").read_text(encoding="utf-8"))
    report["earlier"].insert(0, {"meting": "mini-2019", "period": "2019", "title": "Nulmeting"})
    (bundle / "report.json").write_text(json.dumps(report), encoding="utf-8")
    place = {"question": "impact", "item": "uitval", "category": "eens"}
    whole = {**place, "meting": "mini-2021", "method": "against mini-2019; wilson_change"}
    frames = [
        years(THEN),
        estimate_frame({**place, "meting": "mini-2019", "measure": "share", "estimate": 0.6, "denominator": 10}),
        estimate_frame({**whole, "measure": "trend_change", "estimate": -0.35}),
        estimate_frame({**whole, "measure": "trend_change_p_holm", "estimate": 0.01}),
    ]
    write_frame(bind_estimates(*frames), bundle / "years.csv")
    r = open_report(bundle)

    assert r.earlier_periods == "2019 en 2020"
    assert r.change_sentence("de instemming", "impact", "eens", item="uitval") == (
        "De instemming is sinds 2020 niet aantoonbaar veranderd (45 en 25\u00a0procent). Over de hele periode sinds 2019 was "
        "er een daling van 60 naar 25\u00a0procent."
    )
    assert r.changes(["impact.uitval.eens", "bekend_cursus.inhoud"]) == (
        "Geen van beide uitkomsten is sinds 2020 aantoonbaar veranderd. Over de hele periode sinds 2019 is significant "
        "gedaald: ‘er viel minder uit: eens’ (van 60 naar 25\u00a0procent)."
    )


def test_a_repeat_has_a_sign_more(repeat: Callable[..., Report], r: Report) -> None:
    assert repeat().signs().markdown == r.signs().markdown.rstrip() + "\n- **\\*** = significante verandering\n"
