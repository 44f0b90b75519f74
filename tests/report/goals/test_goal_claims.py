from collections.abc import Callable
from itertools import permutations

import pytest

from srsmeting.report.goals import GoalsReport

Open = Callable[..., GoalsReport]
GOALS = "unit,track,part,value,note\ndelta,werven,,40,\neems,werven,,20,\nfries,werven,,10,\n"
HEAD = "unit,track,part,moment,value,note\n"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def results(delta: str, eems: str, fries: str) -> str:
    return HEAD + "".join(
        f"{unit},werven,,eind,{value},\n"
        for unit, value in zip(("delta", "eems", "fries"), (delta, eems, fries), strict=True)
    )


def test_who_set_a_goal_is_told_with_the_sum(report: GoalsReport) -> None:
    assert report.goals_set("werven") == (
        "Voor werven hebben twee van de drie pilots een doel in aantallen; Friese Meren niet. Samen is dat 60 tot 70."
    )
    assert (
        report.goals_set("plaatsen") == "Alle drie pilots hebben voor plaatsen een doel in aantallen. Samen is dat 39."
    )


def test_a_track_without_goals_says_so(reopen: Open) -> None:
    report = reopen(goals="unit,track,part,value,note\ndelta,werven,,40,\n")

    assert report.goals_set("plaatsen") == "Voor plaatsen is geen doel in aantallen gesteld."
    assert report.goals_set("werven") == (
        "Voor werven heeft één van de drie pilots een doel in aantallen; Eems en Friese Meren niet."
    )
    assert report.without_goals() == "Eems en Friese Meren hebben geen enkel doel in aantallen."


def test_one_that_reached_its_goal_is_the_only_one(report: GoalsReport) -> None:
    assert plain(report.reached("werven")) == "Alleen Delta (125 procent) haalde het doel."
    assert plain(report.nearly("werven")) == "Eems (circa 60 tot 90 procent) haalde het doel bijna."
    assert report.missed("werven") == ""
    assert plain(report.together("werven")) == (
        "Alle pilots samen kwamen bij werven op circa 77. De pilots met een doel en een resultaat kwamen samen op circa "
        "68, circa 97 tot 113 procent van hun gezamenlijke doel van 60 tot 70."
    )


@pytest.mark.parametrize("values", list(permutations((80, 18, 0))))
def test_whatever_the_results_are_the_sentences_are_true(values: tuple[int, int, int], reopen: Open) -> None:
    report = reopen(goals=GOALS, results=results(*map(str, values)))
    names, goals = ("Delta", "Eems", "Friese Meren"), (40, 20, 10)
    shares = {name: 100 * value / goal for name, value, goal in zip(names, values, goals, strict=True)}
    reached = [name for name, share in shares.items() if share >= 100]
    nearly = [name for name, share in shares.items() if 85 <= share < 100]
    missed = [name for name, share in shares.items() if 0 < share < 85]
    none = [name for name, share in shares.items() if not share]
    told = [plain(getattr(report, call)("werven")) for call in ("reached", "nearly", "missed")]

    assert [name for name in names if name in told[0]] == reached
    assert told[0].startswith("Alleen ") == (len(reached) == 1)
    assert told[0].startswith("Twee van de drie pilots haalden het doel: ") == (len(reached) == 2)
    assert [name for name in names if name in told[1]] == nearly
    assert [name for name in names if name in told[2]] == sorted(missed + none, key=names.index)
    assert f"Bij {none[0]} is het resultaat nul." in told[2]
    assert plain(report.together("werven")) == (
        "Alle pilots samen kwamen bij werven op 98. Dat is 140 procent van het gezamenlijke doel van 70."
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("40", "20", "10"), "Alle drie pilots haalden het doel: Delta (100 procent), Eems (100 procent) en Friese Meren (100 procent)."),
        (("1", "2", "3"), "Geen van de drie pilots haalde het doel."),
        (("-", "2", "3"), "Geen van beide pilots met een doel en een resultaat haalde het doel."),
        (("-", "-", "12"), "Alleen Friese Meren heeft een doel en een resultaat, en haalde het doel (120 procent)."),
        (("-", "-", "3"), "Alleen Friese Meren heeft een doel en een resultaat, en haalde het doel niet (30 procent)."),
        (("-", "-", "-"), "Voor werven is er nog geen doel met een resultaat om te vergelijken."),
    ],
)  # fmt: skip
def test_all_none_and_one_have_words_of_their_own(values: tuple[str, str, str], expected: str, reopen: Open) -> None:
    assert plain(reopen(goals=GOALS, results=results(*values)).reached("werven")) == expected


def test_who_came_furthest_is_told_where_that_is_news(reopen: Open) -> None:
    assert plain(reopen(goals=GOALS, results=results("60", "30", "5")).furthest("werven")) == (
        "Naar verhouding kwamen Delta en Eems het verst: elk 150 procent."
    )
    assert reopen(goals=GOALS, results=results("40", "20", "10")).furthest("werven") == ""
    assert reopen(goals=GOALS, results=results("60", "2", "3")).furthest("werven") == ""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("40", "20", "10"), "Alle drie doelen met een resultaat zijn gehaald."),
        (("40", "19", "1"), "Van de drie doelen met een resultaat is er één gehaald, één bijna en één niet."),
        (("1", "2", "3"), "Geen van de drie doelen met een resultaat is gehaald."),
        (("1", "18", "9"), "Geen van de drie doelen met een resultaat is gehaald; twee zijn bijna gehaald."),
        (("-", "-", "9"), "Er is één doel met een resultaat, en dat is bijna gehaald."),
        (("-", "-", "-"), "Er is nog geen doel met een resultaat om te vergelijken."),
    ],
)
def test_all_goals_are_counted(values: tuple[str, str, str], expected: str, reopen: Open) -> None:
    assert reopen(goals=GOALS, results=results(*values)).overall() == expected


def test_who_reached_every_goal_is_told(reopen: Open, report: GoalsReport) -> None:
    assert report.all_reached() == "Geen van beide pilots met een doel en een resultaat haalde alle eigen doelen."
    assert (
        reopen(goals=GOALS, results=results("40", "2", "3")).all_reached() == "Alleen Delta haalde alle eigen doelen."
    )
    assert (
        reopen(goals=GOALS, results=results("40", "20", "3")).all_reached()
        == "Delta en Eems haalden alle eigen doelen."
    )
    assert reopen(goals=GOALS, results=results("40", "20", "10")).all_reached() == ""


#: Delta has a goal for one part only, Eems gave up its goals, and Friese Meren changed one.
CHANGED = """unit,track,part,from_moment,value,note
delta,werven,,,40,
delta,plaatsen,leerwerkplek,,9,
delta,plaatsen,baan,,-,
eems,werven,,,20,
eems,werven,,eind,vervallen,Gestopt.
eems,plaatsen,,,5,
eems,plaatsen,,eind,vervallen,Gestopt.
fries,werven,,,10,
fries,werven,,eind,1.200,Meer vraag.
"""


PLACED = "delta,plaatsen,leerwerkplek,eind,9,\ndelta,plaatsen,baan,eind,1,\n"


def test_a_goal_that_was_given_up_or_is_of_a_part_is_no_missing_one(reopen: Open) -> None:
    report = reopen(goals=CHANGED, results=results("40", "20", "1.200") + PLACED)

    assert report.without_goals() == "Eems heeft elk eigen doel losgelaten."
    assert plain(report.goals_set("werven")) == (
        "Voor werven hebben twee van de drie pilots een doel in aantallen; Eems niet meer. Samen is dat 1.240."
    )
    # Nobody can say of Delta that it reached all its goals: of one part it is not known.
    assert report.all_reached() == "Alleen Friese Meren haalde alle eigen doelen."
    assert report.goals_table().lines()[0] == (
        "- = geen doel in aantallen; vervallen = doel losgelaten. a)\u00a0Alleen leerwerkplek: 9. "
        "b)\u00a0Doel vóór december 2020: 20. c)\u00a0Gestopt. d)\u00a0Doel vóór december 2020: 5. "
        "e)\u00a0Doel vóór december 2020: 10. f)\u00a0Meer vraag. g)\u00a0Zonder Eems."
    )


def test_who_has_a_goal_for_a_part_is_told_beside_who_has_none(reopen: Open) -> None:
    more = f"{CHANGED}fries,plaatsen,,,7,\n"

    assert reopen(goals=more, results=results("1", "-", "1") + PLACED).goals_set("plaatsen") == (
        "Voor plaatsen heeft één van de drie pilots een doel in aantallen; "
        "Delta alleen voor leerwerkplek en Eems niet meer."
    )


def test_tracks_are_held_against_each_other(reopen: Open, report: GoalsReport) -> None:
    assert report.most_often() == "Het doel is op elk spoor naar verhouding even vaak gehaald."

    more = HEAD + "delta,werven,,eind,40,\neems,werven,,eind,20,\neems,plaatsen,,eind,1,\nfries,plaatsen,,eind,15,\n"
    assert reopen(results=more).most_often() == (
        "Het vaakst is het doel gehaald bij werven (beide), het minst vaak bij plaatsen (één van de twee)."
    )


def test_before_anything_is_measured_goals_are_told_all_the_same(reopen: Open) -> None:
    report = reopen(results=HEAD)

    assert (
        report.goals_set("plaatsen") == "Alle drie pilots hebben voor plaatsen een doel in aantallen. Samen is dat 39."
    )
    assert (report.without_goals(), report.without_results(), report.interim()) == ("", "", "")
    assert report.overall() == "Er is nog geen doel met een resultaat om te vergelijken."
    assert report.results_table().caption == "Resultaten in aantallen"


def test_a_track_that_was_not_measured_yet_has_its_goals(reopen: Open) -> None:
    # Of plaatsen nothing is known: nobody can be said to have reached everything.
    report = reopen(results=f"{HEAD}delta,werven,,eind,50,\neems,werven,,eind,1,\n")

    assert (
        report.goals_set("plaatsen") == "Alle drie pilots hebben voor plaatsen een doel in aantallen. Samen is dat 39."
    )
    assert report.overall() == "Van de twee doelen met een resultaat is er één gehaald en één niet."
    assert report.all_reached() == "Geen van beide pilots met een doel en een resultaat haalde alle eigen doelen."


def test_tracks_may_be_measured_at_moments_of_their_own(reopen: Open) -> None:
    report = reopen(results=f"{HEAD}delta,werven,,eind,50,\neems,plaatsen,,begin,9,\n")

    assert report.overall() == "Beide doelen met een resultaat zijn gehaald."


def test_one_unit_is_told_track_by_track(report: GoalsReport) -> None:
    assert report.standing_of("delta") == "Doel gehaald bij werven; bijna gehaald bij plaatsen."
    assert report.standing_of("fries") == "Er is geen doel met een resultaat om te vergelijken."


def test_a_sentence_knows_its_estimates(report: GoalsReport) -> None:
    assert report.reached("werven").keys == (
        "klein-2020|werven|eind||||goals_reached",
        "klein-2020|werven|eind||pilot|delta|attainment",
    )
