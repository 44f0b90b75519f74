"""A second pair of eyes: the bundled measurement counted again from its raw files, in plain Python.

What was asked of whom is typed here by hand from what the monitor says of each exhibit, and every formula is written
out. Of the package only the two functions under test are used, so an error in any room between export and estimate
frame shows.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from scipy import stats

from srsmeting import load_meting, run_meting

FOLDER = Path(__file__).parents[1] / "analyses" / "srs_2021"
Person = dict[str, str]
Key = tuple[str, str, str, str, str, str]


def numbered(names: str, first: str = "A1") -> dict[str, str]:
    """Return code: name, for codes that count on from the first."""
    letter, number = first[0], first[1:]
    return {f"{letter}{n:0{len(number)}}": name for n, name in enumerate(names.split(), int(number))}


WGO = "derotterdamsezorg flever sigra samen_voor_betere_zorg transvorm utrechtzorg viazorg wgv_zorg_en_welzijn wgv_zhz "
WGO += "wzw zorg_aan_zet zorgpleinnoord zwconnect"
BRANCHES = "ziekenhuizen ggz gehandicaptenzorg vvt huisartsenzorg sociaal_werk jeugdzorg kinderopvang overige"
MARK_SUMS = {"cijfer_le4": "1 2 3 4", "cijfer_le5": "1 2 3 4 5", "cijfer_7_8": "7 8", "cijfer_9_10": "9 10"}
INVOLVED = numbered("actief regelmatig af_en_toe geen_of_info")
INVOLVED_SUMS = {"actief_of_regelmatig": "actief regelmatig", "minstens_af_en_toe": "actief regelmatig af_en_toe"}
USE = numbered("niet_bekend bekend_niet_gebruikt gebruikt gaat_gebruiken")
USE_SUMS = {"benut_op_termijn": "gebruikt gaat_gebruiken"}
USE_SUMS |= {"bekend_totaal": "bekend_niet_gebruikt gebruikt gaat_gebruiken"}
BEKEND = (numbered("bekend_inhoud gehoord niet_bekend"), {"bekend_totaal": "bekend_inhoud gehoord"})
EENS_SUMS = {"top2": "helemaal_eens eens", "bottom2": "oneens helemaal_oneens"}
EENS_SUMS |= {"neutraal_of_weet_niet": "noch_eens_noch_oneens weet_ik_niet"}
EENS = (numbered("helemaal_eens eens noch_eens_noch_oneens oneens helemaal_oneens weet_ik_niet"), EENS_SUMS)
JA_NEE: tuple[dict[str, str], dict[str, str]] = (numbered("ja nee"), {})
JA_NEE_WEET_NIET: tuple[dict[str, str], dict[str, str]] = (numbered("ja nee weet_niet"), {})

# column of the export: question, item, codes, declared sums
ONE_OF: dict[str, tuple[str, str, dict[str, str], dict[str, str]]] = {
    "G00Q01": ("wgo", "", numbered(WGO, "W01"), {}),
    "G00Q02": ("branche", "", numbered(BRANCHES, "B1"), {}),
    "G00Q03": ("grootteklasse", "", numbered("lt50 50_249 250_1000 gt1000 onbekend", "S1"), {}),
    "G00Q04": ("functie", "", {"A1": "directeur_bestuurder", "A2": "hr", "-oth-": "overig"}, {}),
    "G01Q01": ("cijfer_wgo", "", {str(mark): str(mark) for mark in range(1, 11)}, MARK_SUMS),
    "G01Q02": ("betrokkenheid", "", INVOLVED, INVOLVED_SUMS),
    "G01Q03": ("digitale_tools", "", *JA_NEE),
    "G02Q01": ("bekend_onderzoek", "", *BEKEND),
    "G02Q03": ("impact_netwerk", "", JA_NEE_WEET_NIET[0], {"nee_of_weet_niet": "nee weet_niet"}),
    "G03Q01": ("bekend_werving", "", USE, USE_SUMS),
    "G03Q02": ("bekend_campagnes", "", *BEKEND),
    "G03Q05[SQ001]": ("impact_instroom", "onderwijs", *EENS),
    "G03Q05[SQ002]": ("impact_instroom", "zij_instroom", *EENS),
    "G04Q01": ("bekend_leren", "", *BEKEND),
    "G04Q03[SQ001]": ("impact_uitval", "minder_uitval", *EENS),
    "G05Q01": ("bekend_behoud", "", *BEKEND),
    "G05Q03[SQ001]": ("impact_behoud", "opleiding", *EENS),
    "G05Q03[SQ002]": ("impact_behoud", "uitstroom", *EENS),
    "G05Q03[SQ003]": ("impact_behoud", "verzuim", *EENS),
    "G06Q01[SQ001]": ("effect_innoveren", "digitaal", *JA_NEE_WEET_NIET),
    "G06Q01[SQ002]": ("effect_innoveren", "verander", *JA_NEE_WEET_NIET),
    "G06Q02[SQ001]": ("impact_innoveren", "digitaal", *EENS),
    "G06Q02[SQ002]": ("impact_innoveren", "verander", *EENS),
    "G06Q03": ("experimenten", "", *JA_NEE),
    "G06Q04": ("inzichten", "", *JA_NEE_WEET_NIET),
    "G07Q02": ("rol_transitie", "", *JA_NEE_WEET_NIET),
}
MULTIPLE = {
    "G02Q02": ("effect_onderzoek", "SQ001:inzicht SQ002:behoud SQ003:spp SQ004:instroombeleid other:anders SQ005:geen"),
    "G03Q03": ("effect_werving", "SQ001:realistisch_beeld SQ002:animo other:anders SQ003:geen"),
    "G03Q04": ("effect_campagnes", "SQ001:realistisch_beeld SQ002:animo other:anders SQ003:geen"),
    "G04Q02": ("effect_leren", "SQ001:op_de_hoogte SQ002:bpv_aangepast SQ003:kwaliteit other:anders SQ004:geen"),
    "G05Q02": ("effect_behoud", "SQ001:aandacht_verzuim SQ002:inzet_behoud SQ003:vitaliteit SQ004:interne_mobiliteit"
                                " other:anders SQ005:geen"),
}  # fmt: skip
OPEN = {"G06Q05": "soort_inzichten", "G07Q01": "thema_komend_jaar", "G07Q03": "soort_rol"}

# Who is asked what; everything else is asked of everyone.
ASKED: dict[str, Callable[[Person], bool]] = {
    "effect_onderzoek": lambda p: p["G02Q01"] == "A1",
    "impact_netwerk": lambda p: p["G01Q02"] in ("A1", "A2", "A3"),
    "effect_werving": lambda p: p["G03Q01"] == "A3",
    "effect_campagnes": lambda p: p["G03Q02"] == "A1",
    "impact_instroom": lambda p: p["G03Q01"] == "A3" or p["G03Q02"] == "A1",
    "effect_leren": lambda p: p["G04Q01"] == "A1",
    "impact_uitval": lambda p: p["G04Q01"] == "A1",
    "effect_behoud": lambda p: p["G05Q01"] == "A1",
    "impact_behoud": lambda p: p["G05Q01"] == "A1",
    "impact_innoveren": lambda p: p["G06Q01[SQ001]"] == "A1" or p["G06Q01[SQ002]"] == "A1",
    "inzichten": lambda p: p["G06Q03"] == "A1",
    "soort_inzichten": lambda p: p["G06Q04"] == "A1",
    "soort_rol": lambda p: p["G07Q02"] == "A1",
}
OTHER = {"kinderopvang": "overige_kinderopvang", "overige": "overige_kinderopvang"}
SMALL = {"lt50": "lt50_of_onbekend", "onbekend": "lt50_of_onbekend"}
#: breakdown: column of the export, groups that are merged
BREAKDOWNS: dict[str, tuple[str, dict[str, str]]] = {
    "wgo": ("G00Q01", {}),
    "branche_samengevoegd": ("G00Q02", OTHER),
    "grootteklasse_samengevoegd": ("G00Q03", SMALL),
    "betrokkenheid": ("G01Q02", {}),
}


def read(name: str, separator: str) -> list[Person]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


PEOPLE = [row for row in read("export.csv", ";") if row["submitdate"]]
FRAME_SIZE = len(read("frame.csv", ","))


def domains() -> Iterator[tuple[str, str, str, list[Person]]]:
    """Yield the groups of all tables: breakdown, group, the question behind it, and who is in it."""
    yield "", "", "", PEOPLE
    for by, (column, merged) in BREAKDOWNS.items():
        question, _, codes, _ = ONE_OF[column]
        for group in dict.fromkeys(merged.get(code, code) for code in codes.values()):
            inside = [code for code, name in codes.items() if merged.get(name, name) == group]
            yield by, group, question, [person for person in PEOPLE if person[column] in inside]


def shares_of(people: list[Person], without: str) -> Iterator[tuple[tuple[str, str, str], int, int]]:
    """Yield (question, item, category), numerator and denominator for these people."""

    def asked(question: str) -> list[Person]:
        return [person for person in people if ASKED.get(question, lambda _: True)(person)]

    for column, (question, item, codes, sums) in ONE_OF.items():
        given = [codes[person[column]] for person in asked(question) if person[column]]
        if question != without:
            for category, members in [(code, code) for code in codes.values()] + list(sums.items()):
                yield (question, item, category), sum(given.count(code) for code in members.split()), len(given)
    for column, (question, options) in MULTIPLE.items():
        columns = {f"{column}[{code}]": name for code, name in (option.split(":") for option in options.split())}
        given_some = [person for person in asked(question) if any(person[name].strip() for name in columns)]
        for name, category in columns.items():
            yield (question, "", category), sum(bool(p[name].strip()) for p in given_some), len(given_some)
    for column, question in OPEN.items():
        yield (question, "", "answered"), sum(bool(p[column].strip()) for p in asked(question)), len(asked(question))


@cache
def t(df: int) -> float:
    return float(stats.t.ppf(0.975, df))


def wilson(k: int, base: int) -> tuple[float, float, float]:
    """Return standard error and interval; ``nan`` where one respondent shows no spread."""
    if base < 2:
        return (math.nan,) * 3
    n, population, p = len(PEOPLE), FRAME_SIZE, k / base
    effective = base * (n - 1) / n / (1 - n / population)
    z = t(base - 1)
    middle, spread = p + z * z / 2 / effective, z * math.sqrt(p * (1 - p) / effective + (z / 2 / effective) ** 2)
    # The roots at 0 and 1 are exact on paper.
    low, high = (middle - spread) / (1 + z * z / effective), (middle + spread) / (1 + z * z / effective)
    return math.sqrt(p * (1 - p) / effective), 0.0 if k == 0 else low, 1.0 if k == base else high


def mean_of(people: Iterable[Person]) -> tuple[Fraction, float, int]:
    marks = [int(person["G01Q01"]) for person in people]
    mean = Fraction(sum(marks), len(marks))
    n, population, squares = len(PEOPLE), FRAME_SIZE, sum((mark - mean) ** 2 for mark in marks)
    return mean, math.sqrt((1 - Fraction(n, population)) * Fraction(n, n - 1) * squares) / len(marks), len(marks)


def by_key(frame: pd.DataFrame, *measures: str) -> dict[Key, dict[str, object]]:
    names = ["question", "item", "category", "by", "group", "measure"]
    rows = frame[frame["measure"].isin(measures)].to_dict("records")
    return {tuple(str(row[name]) for name in names): row for row in rows}  # type: ignore[misc]


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return run_meting(load_meting(FOLDER)).estimates


@pytest.fixture(scope="module")
def everything(published: pd.DataFrame) -> pd.DataFrame:
    """Estimate without publication rules."""
    from dataclasses import replace

    meting = load_meting(FOLDER)
    open_rules = meting.config.publication.model_copy(update={"min_base": 1, "groups": {}})
    config = meting.config.model_copy(update={"publication": open_rules})
    frame = run_meting(replace(meting, config=config)).estimates
    assert len(frame) == len(published)
    assert not (frame["status"] == "Q").any()
    return frame


def test_every_share_has_the_counts_and_the_interval_of_the_raw_file(everything: pd.DataFrame) -> None:
    computed = by_key(everything, "share")
    counted = {
        (*key, by, group, "share"): (k, base)
        for by, group, without, people in domains()
        for key, k, base in shares_of(people, without)
    }
    assert counted.keys() == computed.keys()
    for key, (k, base) in counted.items():
        row = computed[key]
        assert (row["numerator"], row["denominator"]) == (k, base), key
        expected = [k / base if base else math.nan, *wilson(k, base)]
        assert [row[name] for name in ("estimate", "se", "ci_low", "ci_high")] == pytest.approx(
            expected, rel=1e-9, abs=1e-12, nan_ok=True
        ), key


def test_every_mean_has_the_value_and_the_interval_of_the_raw_file(everything: pd.DataFrame) -> None:
    computed = by_key(everything, "mean")
    counted = {("cijfer_wgo", "", "", by, group, "mean"): mean_of(people) for by, group, _, people in domains()}
    assert counted.keys() == computed.keys()
    for key, (mean, se, base) in counted.items():
        row, half = computed[key], t(base - 1) * se
        assert row["denominator"] == base, key
        assert [row[name] for name in ("estimate", "se", "ci_low", "ci_high")] == pytest.approx(
            [float(mean), se, float(mean) - half, float(mean) + half], rel=1e-9
        ), key


def test_publication_hides_the_small_and_changes_nothing_else(
    published: pd.DataFrame, everything: pd.DataFrame
) -> None:
    hidden = published["status"] == "Q"
    pd.testing.assert_frame_equal(published[~hidden], everything[~hidden])
    numbers = ["estimate", "se", "ci_low", "ci_high", "numerator", "denominator"]
    assert published.loc[hidden, numbers].isna().all(axis=None)
    answers = everything["measure"].isin(["share", "mean"]) & (everything["by"] != "")
    small = answers & everything["denominator"].between(1, 9)
    assert hidden[small].all()
    # 4 and 8 respondents: less than the monitor asks of a region.
    assert hidden[answers & everything["group"].isin(["flever", "samen_voor_betere_zorg"])].all()
    for _, table in everything[answers & hidden].groupby(["question", "item", "by"]):
        bases = table.drop_duplicates("group").set_index("group")["denominator"]
        assert (bases > 0).sum() >= 2
        assert bases.sum() >= 10


def test_a_hidden_group_does_not_come_back_as_an_answer(published: pd.DataFrame) -> None:
    # "Which WGO, by involvement" would count what "involvement, by WGO" hides.
    crossed = published[(published["by"] != "") & published["question"].isin(["wgo", "branche", "grootteklasse"])]
    small = crossed["category"].isin(["flever", "samen_voor_betere_zorg", "kinderopvang", "onbekend"])
    assert set(crossed.loc[small, "status"]) == {"Q"}
    assert crossed["numerator"].isna().all()
