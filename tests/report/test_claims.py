"""What the published nulmeting claimed of the survey, said by the report on figures that reproduce it.

The operands of every claim are published; what holds is said, and what does not hold is not. Claims about budgets and
conversations are of `programme.yaml`, and claims that a table adds up are checked by `srsmeting verify`.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import srsmeting as srs
from srsmeting.bundled import bundled
from srsmeting.bundling import write_bundle
from srsmeting.presentation.words import share_words
from srsmeting.report import Report

NBSP = "\u00a0"
#: Where the content of the activities is asked after, and the one that asks after use.
CONTENT = [
    f"{name}.bekend_inhoud" for name in ("bekend_onderzoek", "bekend_campagnes", "bekend_leren", "bekend_behoud")
]
KNOWN = [*CONTENT, "bekend_werving.bekend_totaal"]
INFORMED = "respondenten die van hun WGO hooguit informatie ontvangen"

Say = Callable[[Report], object]


@pytest.fixture(scope="module")
def r(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Open the bundled report, with the groups of involvement and branche compared."""
    meting = srs.load_meting(bundled("analyses/srs_2021"))
    compared = {"comparisons": ["betrokkenheid", "branche_samengevoegd"]}
    config = type(meting.config).model_validate(meting.config.model_dump() | compared)
    meting = replace(meting, config=config)
    folder: Path = tmp_path_factory.mktemp("rapport")
    write_bundle(meting, srs.run_meting(meting).estimates, folder)
    return srs.open_report(folder)


#: The claim, the call that says it, and what it says.
CLAIMS: list[tuple[str, Say, object]] = [
    ("response 301 of 985, 31%", lambda r: (r.respondents, r.invited, r.response), ("301", "985", "31 procent")),
    (
        "response runs from 22% to 53%",
        lambda r: r.response_extremes("wgo"),
        "De respons is met 53 procent het hoogst bij Transvorm en met 22 procent het laagst bij Flever.",
    ),
    ("results of 11 of 13 regions", lambda r: r.published_groups("wgo", "WGO", "WGO’s"), "elf van de dertien WGO’s"),
    ("two of thirteen fall out", lambda r: r.withheld_groups("wgo", "WGO", "WGO’s"), "twee van de dertien WGO’s"),
    (
        "7 or 8: well over three quarters, most of them",
        lambda r: (r.words("cijfer_wgo", "cijfer_7_8"), r.size("cijfer_wgo", "cijfer_7_8", "geeft", "geven")),
        ("ruim drie kwart", "het merendeel van de respondenten geeft"),
    ),
    ("six respondents 4 or lower, 2%", lambda r: r.count("cijfer_wgo", "cijfer_le4"), "6"),
    (
        "active or regular: 55%, more than half",
        lambda r: (r.percent("betrokkenheid", "actief_of_regelmatig"), r.words("betrokkenheid", "actief_of_regelmatig")),
        ("55 procent", "meer dan de helft"),
    ),
    ("the base of figure 2.4 is who knows the content", lambda r: r.base("effect_onderzoek"), "199"),
    ("the base of figure 2.8 is who used it", lambda r: r.base("effect_werving"), "128"),
    ("and not who knows it", lambda r: r.count("bekend_werving", "bekend_totaal") == r.base("effect_werving"), False),
    ("the base of figure 2.10 is a union", lambda r: r.base("impact_instroom", item="onderwijs"), "209"),
    ("the base of figure 2.18 is a union", lambda r: r.base("impact_innoveren", item="digitaal"), "109"),
    ("figure 2.3 adds up", lambda r: r.adds_up("bekend_onderzoek"), ""),
    (
        "figures 2.6, 2.7 and 2.11 do not",
        lambda r: [r.adds_up(name) for name in ("bekend_werving", "bekend_campagnes", "bekend_leren")],
        [f"Door afronding tellen de percentages op tot {total}." for total in (101, 99, 99)],
    ),
    (
        "tables I.1 and I.2",
        lambda r: (r.adds_up("branche"), r.adds_up("grootteklasse")),
        ("Door afronding tellen de percentages op tot 103.", ""),
    ),
    (
        "known in all: 83 and not 84",
        lambda r: (r.percent("bekend_werving", "bekend_totaal"), r.words("bekend_werving", "bekend_totaal")),
        ("83 procent", "ruim vier vijfde"),
    ),
    ("used in the end: 52%", lambda r: r.words("bekend_werving", "benut_op_termijn"), "iets meer dan de helft"),
    (
        "familiarity with the content from half to two thirds",
        lambda r: r.ranging(CONTENT, "de inhoudelijke bekendheid"),
        "De inhoudelijke bekendheid varieert van 50 procent (de activiteiten voor leren en opleiden) tot 66 procent (het "
        "regionale arbeidsmarktonderzoek).",
    ),
    ("with recruitment up to well over four fifths", lambda r: r.words_of(KNOWN), "van de helft tot ruim vier vijfde"),
    ("three of them (well over) half", lambda r: r.words_of(CONTENT[1:], start=True), "(ruim) de helft"),
    (
        "all over half: not so, 152 of 301 prints as 50",
        lambda r: [r.is_over(name) for name in CONTENT],
        [True, True, False, True],
    ),
    (
        "three of the four over half",
        lambda r: r.how_many(CONTENT, "helft", "activiteit", "activiteiten"),
        "drie van de vier activiteiten",
    ),
    ("insight named most", lambda r: r.is_most("effect_onderzoek", "inzicht"), True),
    (
        "insight named most, with its share",
        lambda r: r.most_named("effect_onderzoek"),
        "meer inzicht in tekorten en overschotten aan personeel (61 procent)",
    ),
    ("recruitment gives a more realistic picture first", lambda r: r.is_most("effect_werving", "realistisch_beeld"), True),
    (
        "above all retention and absence, of the effects proper",
        lambda r: r.ranked("effect_behoud", "Vooral"),
        "Vooral meer inzet op behoud (37 procent), gevolgd door meer aandacht voor verzuim (28 procent), vitalere "
        "medewerkers (8 procent) en meer interne mobiliteit (5 procent).",
    ),
    ("no effect is above absence", lambda r: r.is_larger("effect_behoud.geen", "effect_behoud.aandacht_verzuim"), True),
    (
        "agreement most on training",
        lambda r: r.ranked_statements("impact_behoud", "top2", "De meeste instemming is er voor").partition(",")[0],
        "De meeste instemming is er voor ‘Er volgden meer medewerkers een opleiding’ (28 procent)",
    ),
    ("lateral inflow more than education", lambda r: r.compared("impact_instroom", "top2", "zij_instroom", "onderwijs"),
     "groter dan"),
    (
        "neutral or don't know: 56 and 42",
        lambda r: [
            r.percent("impact_instroom", "neutraal_of_weet_niet", item=item) for item in ("onderwijs", "zij_instroom")
        ],
        ["56 procent", "42 procent"],
    ),
    ("campaigns give a picture like recruitment", lambda r: r.is_alike("effect_werving", "effect_campagnes"), True),
    (
        "a small part sees less turnover: none over a tenth",
        lambda r: r.how_many(
            ["impact_uitval.minder_uitval.top2", "impact_behoud.verzuim.top2"], "tiende", "uitspraak", "uitspraken"
        ),
        "geen van beide uitspraken",
    ),
    ("took part in experiments", lambda r: r.words("experimenten", "ja"), "ruim een derde"),
    ("new insights", lambda r: r.words("inzichten", "ja"), "twee derde"),
    ("open answers", lambda r: [r.percent(name, "answered") for name in ("soort_inzichten", "soort_rol")],
     ["84 procent", "80 procent"]),
    (
        "the role runs up with involvement",
        lambda r: r.gradient(
            "rol_transitie", "ja", "betrokkenheid", "het deel dat een rol ziet", "de betrokkenheid", down=True
        ),
        f"Het deel dat een rol ziet, loopt op met de betrokkenheid: van 48 procent bij {INFORMED} tot 92 procent bij "
        "respondenten die actief betrokken zijn bij hun WGO.",
    ),
    (
        "the mark does not: 6.3, 7.5, 7.3, 7.6",
        lambda r: "loopt op"
        in r.gradient("cijfer_wgo", "", "betrokkenheid", "het gemiddelde", "de betrokkenheid", down=True),
        False,
    ),
    (
        "those who take no part give a significantly lower mark",
        lambda r: r.significance("cijfer_wgo", "betrokkenheid", "geen_of_info"),
        f"Het gemiddelde bij {INFORMED}, is significant lager dan bij alle andere groepen.",
    ),
    (
        "highest branches: a difference that no test carries",
        lambda r: (r.extremes("cijfer_wgo", "branche_samengevoegd"), r.tested("cijfer_wgo", "branche_samengevoegd")),
        (
            "Het gemiddelde naar branche is met een 7,8 het hoogst bij huisartsenzorg en gezondheidscentra en met een 7,2 "
            "het laagst bij geestelijke gezondheidszorg (GGZ) en bij gehandicaptenzorg.",
            "De verschillen naar branche zijn niet significant.",
        ),
    ),
    (
        "coverage slightly up",
        lambda r: r.coverage_trend(),
        "De dekkingsgraad is sinds 2019 licht toegenomen, van 66 procent naar 68 procent.",
    ),
    (
        "down only in general practice and hospitals",
        lambda r: r.coverage_directions(),
        "De dekkingsgraad nam toe in zes van de acht branches die te vergelijken zijn. Alleen bij huisartsenzorg en "
        "gezondheidscentra en bij ziekenhuizen (met een trendbreuk) nam de dekkingsgraad af.",
    ),
    (
        "up most in social work",
        lambda r: r.coverage_largest(),
        "De grootste toename is er bij sociaal werk, welzijn en maatschappelijke dienstverlening: 23 procentpunt.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("call", "said"), [claim[1:] for claim in CLAIMS], ids=[claim[0] for claim in CLAIMS])
def test_every_claim_is_said_as_far_as_it_holds(r: Report, call: Say, said: object) -> None:
    found = call(r)

    assert _plain(found) == said


def test_the_calls_in_the_readme_say_what_it_says(r: Report) -> None:
    readme = (Path(srs.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| in a chapter |")[2].partition("\n\n")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    told = [(call, said) for calls, said in rows for call in [re.findall(r"`(r\.[^`]+)`", calls)[0]] if "…" not in call]

    assert len(rows) > len(told) > 9
    for calls, _ in rows:
        for name in re.findall(r"r\.(\w+)\(", calls):
            assert callable(getattr(r, name))
    for call, said in told:
        spoken = str(_plain(str(eval(call, {"r": r}))))  # noqa: S307 - our own README
        parts = said.split(", ")[0] if call.startswith("r.percent") else said
        pattern = ".*".join(re.escape(part.strip()) for part in parts.split("…"))
        assert re.search(pattern, spoken, re.DOTALL), f"{call} says: {spoken}"


def test_the_words_in_the_readme_are_those_of_the_code() -> None:
    readme = (Path(srs.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| percentage | words | percentage | words |")[2].partition("\n\n")[0]
    cells = [cell.strip() for row in table.splitlines()[2:] for cell in row.strip("|").split("|")]
    told = {span: words for span, words in zip(cells[::2], cells[1::2], strict=True) if span[0].isdigit()}

    def words(whole: int) -> str:
        only = {0: "geen (only when nobody)", 100: "alle (only when everybody)"}
        return only.get(whole) or share_words(Fraction(whole, 100))

    bands = {int(end) for span in told for end in span.split("–")}
    for span, said in told.items():
        first, last = (int(span.split("–")[place]) for place in (0, -1))
        assert {words(whole) for whole in range(first, last + 1)} == {said}
    named = {whole for whole in range(101) if "procent" not in words(whole)}
    assert {min(named), max(named)} <= bands
    assert len(named) == sum(int(span.split("–")[-1]) - int(span.split("–")[0]) + 1 for span in told)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.replace(NBSP, " ")
    if isinstance(value, list | tuple):
        return type(value)(_plain(one) for one in value)
    return value
