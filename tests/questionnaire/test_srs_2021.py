"""The questionnaire of the nulmeting over 2021 against the facts of the published report."""

from collections import Counter
from pathlib import Path

import pytest

from srsmeting.questionnaire import Questionnaire, load_questionnaire

FILE = Path(__file__).parents[2] / "questionnaires" / "srs_2021.yaml"

BACKGROUND = ("wgo", "branche", "grootteklasse", "functie")
# exhibit, kind, pijler, fase, who is asked
BLOCKS = {
    "cijfer_wgo": ("figuur 2.1", "mark", "algemeen", "algemeen"),
    "betrokkenheid": ("figuur 2.2", "single", "algemeen", "algemeen"),
    "digitale_tools": ("", "single", "algemeen", "bereik"),
    "bekend_onderzoek": ("figuur 2.3", "single", "basis", "bereik"),
    "effect_onderzoek": ("figuur 2.4", "multiple", "basis", "effect"),
    "impact_netwerk": ("figuur 2.5", "single", "basis", "impact"),
    "bekend_werving": ("figuur 2.6", "single", "kiezen_toeleiden", "bereik"),
    "bekend_campagnes": ("figuur 2.7", "single", "kiezen_toeleiden", "bereik"),
    "effect_werving": ("figuur 2.8", "multiple", "kiezen_toeleiden", "effect"),
    "effect_campagnes": ("figuur 2.9", "multiple", "kiezen_toeleiden", "effect"),
    "impact_instroom": ("figuur 2.10", "statements", "kiezen_toeleiden", "impact"),
    "bekend_leren": ("figuur 2.11", "single", "leren_opleiden", "bereik"),
    "effect_leren": ("figuur 2.12", "multiple", "leren_opleiden", "effect"),
    "impact_uitval": ("figuur 2.13", "statements", "leren_opleiden", "impact"),
    "bekend_behoud": ("figuur 2.14", "single", "werken_behoud", "bereik"),
    "effect_behoud": ("figuur 2.15", "multiple", "werken_behoud", "effect"),
    "impact_behoud": ("figuur 2.16", "statements", "werken_behoud", "impact"),
    "effect_innoveren": ("figuur 2.17", "statements", "innoveren", "effect"),
    "impact_innoveren": ("figuur 2.18", "statements", "innoveren", "impact"),
    "experimenten": ("tabel 2.1", "single", "innoveren", "bereik"),
    "inzichten": ("tabel 2.1", "single", "innoveren", "effect"),
    "soort_inzichten": ("tabel 2.1", "open", "innoveren", "effect"),
    "thema_komend_jaar": ("tabel 3.1", "open", "algemeen", "algemeen"),
    "rol_transitie": ("tabel 3.2", "single", "algemeen", "algemeen"),
    "soort_rol": ("tabel 3.2", "open", "algemeen", "algemeen"),
}
ASKED_OF = {
    "effect_onderzoek": "die bekend zijn met de inhoud van het regionale arbeidsmarktonderzoek",
    "impact_netwerk": "die minstens af en toe contact hebben met hun WGO of daar aan activiteiten meedoen",
    "effect_werving": "die gebruik hebben gemaakt van de wervings- en selectieactiviteiten van hun WGO",
    "effect_campagnes": "die bekend zijn met de inhoud van de imago- en voorlichtingscampagnes",
    "impact_instroom": "die gebruik hebben gemaakt van de wervings- en selectieactiviteiten van hun WGO "
    "of bekend zijn met de inhoud van de imago- en voorlichtingscampagnes",
    "effect_leren": "die bekend zijn met de inhoud van de activiteiten voor leren en opleiden",
    "impact_uitval": "die bekend zijn met de inhoud van de activiteiten voor leren en opleiden",
    "effect_behoud": "die bekend zijn met de inhoud van de activiteiten voor werken en behoud",
    "impact_behoud": "die bekend zijn met de inhoud van de activiteiten voor werken en behoud",
    "impact_innoveren": "die meer hebben ingezet op de digitale vaardigheden of de verandervaardigheden "
    "van hun personeel",
    "inzichten": "die hebben meegewerkt aan experimenten of pilots",
    "soort_inzichten": "die nieuwe inzichten hebben opgedaan in experimenten of pilots",
    "soort_rol": "die in de zorgtransitie een rol zien voor hun WGO",
}
EENS = "helemaal_eens eens noch_eens_noch_oneens oneens helemaal_oneens weet_ik_niet"
CODES = {
    "functie": "directeur_bestuurder hr overig",
    "cijfer_wgo": "1 2 3 4 5 6 7 8 9 10",
    "betrokkenheid": "actief regelmatig af_en_toe geen_of_info",
    "digitale_tools": "ja nee",
    "bekend_onderzoek": "bekend_inhoud gehoord niet_bekend",
    "effect_onderzoek": "inzicht behoud spp instroombeleid anders geen",
    "impact_netwerk": "ja nee weet_niet",
    "bekend_werving": "niet_bekend bekend_niet_gebruikt gebruikt gaat_gebruiken",
    "bekend_campagnes": "bekend_inhoud gehoord niet_bekend",
    "effect_werving": "realistisch_beeld animo anders geen",
    "effect_campagnes": "realistisch_beeld animo anders geen",
    "impact_instroom": EENS,
    "bekend_leren": "bekend_inhoud gehoord niet_bekend",
    "effect_leren": "op_de_hoogte bpv_aangepast kwaliteit anders geen",
    "impact_uitval": EENS,
    "bekend_behoud": "bekend_inhoud gehoord niet_bekend",
    "effect_behoud": "aandacht_verzuim inzet_behoud vitaliteit interne_mobiliteit anders geen",
    "impact_behoud": EENS,
    "effect_innoveren": "ja nee weet_niet",
    "impact_innoveren": EENS,
    "experimenten": "ja nee",
    "inzichten": "ja nee weet_niet",
    "rol_transitie": "ja nee weet_niet",
    "wgo": "derotterdamsezorg flever sigra samen_voor_betere_zorg transvorm utrechtzorg viazorg wgv_zorg_en_welzijn "
    "wgv_zhz wzw zorg_aan_zet zorgpleinnoord zwconnect",
    "branche": "ziekenhuizen ggz gehandicaptenzorg vvt huisartsenzorg sociaal_werk jeugdzorg kinderopvang overige",
    "grootteklasse": "lt50 50_249 250_1000 gt1000 onbekend",
}
ITEMS = {
    "impact_instroom": "onderwijs zij_instroom",
    "impact_uitval": "minder_uitval",
    "impact_behoud": "opleiding uitstroom verzuim",
    "effect_innoveren": "digitaal verander",
    "impact_innoveren": "digitaal verander",
}
SUMS = {
    ("cijfer_wgo", "cijfer_le4"): "1 2 3 4",
    ("cijfer_wgo", "cijfer_le5"): "1 2 3 4 5",
    ("cijfer_wgo", "cijfer_7_8"): "7 8",
    ("cijfer_wgo", "cijfer_9_10"): "9 10",
    ("betrokkenheid", "actief_of_regelmatig"): "actief regelmatig",
    ("betrokkenheid", "minstens_af_en_toe"): "actief regelmatig af_en_toe",
    ("impact_netwerk", "nee_of_weet_niet"): "nee weet_niet",
    ("bekend_werving", "bekend_totaal"): "bekend_niet_gebruikt gebruikt gaat_gebruiken",
    ("bekend_werving", "benut_op_termijn"): "gebruikt gaat_gebruiken",
    ("impact_instroom", "top2"): "helemaal_eens eens",
    ("impact_instroom", "bottom2"): "oneens helemaal_oneens",
    ("impact_instroom", "neutraal_of_weet_niet"): "noch_eens_noch_oneens weet_ik_niet",
}


@pytest.fixture(scope="module")
def srs() -> Questionnaire:
    return load_questionnaire(FILE)


def test_it_holds_the_25_blocks_and_the_background(srs: Questionnaire) -> None:
    assert len(BLOCKS) == 25
    assert {question.id for question in srs.questions} == {*BACKGROUND, *BLOCKS}


def test_each_figure_is_there_once(srs: Questionnaire) -> None:
    exhibits = Counter(question.exhibit for question in srs.questions)
    assert {name: exhibits[name] for name in exhibits if name.startswith("figuur")} == {
        f"figuur 2.{number}": 1 for number in range(1, 19)
    }
    assert {name: exhibits[name] for name in exhibits if name.startswith("tabel")} == {
        "tabel 2.1": 3,
        "tabel 3.1": 1,
        "tabel 3.2": 2,
    }


@pytest.mark.parametrize("name", BLOCKS)
def test_what_a_block_is(name: str, srs: Questionnaire) -> None:
    question = srs.question(name)
    assert (question.exhibit, question.kind, question.pijler, question.fase) == BLOCKS[name]


@pytest.mark.parametrize("name", [*BACKGROUND, *BLOCKS])
def test_the_answers_in_order(name: str, srs: Questionnaire) -> None:
    question = srs.question(name)
    assert question.codes == tuple(CODES.get(name, "").split())
    assert tuple(item.id for item in question.items) == tuple(ITEMS.get(name, "").split())


@pytest.mark.parametrize(("name", "code"), SUMS)
def test_the_declared_sums(name: str, code: str, srs: Questionnaire) -> None:
    assert {total.code: total.of for total in srs.question(name).sums}[code] == tuple(SUMS[name, code].split())


@pytest.mark.parametrize("name", [*BACKGROUND, *BLOCKS])
def test_who_is_asked(name: str, srs: Questionnaire) -> None:
    expected = f"respondenten {ASKED_OF[name]}" if name in ASKED_OF else "alle respondenten"
    assert srs.explain(name) == expected


def test_no_effect_excludes_every_effect(srs: Questionnaire) -> None:
    for question in srs.questions:
        if question.kind == "multiple":
            assert [category.code for category in question.categories if category.kind == "none_of_these"] == ["geen"]
            assert [category.export for category in question.categories if category.kind == "other"] == ["other"]


def test_every_answer_counts_in_the_denominator(srs: Questionnaire) -> None:
    assert all(question.in_base(code) for question in srs.questions for code in question.codes)


def test_exports_are_what_limesurvey_accepts(srs: Questionnaire) -> None:
    for question in srs.questions:
        assert question.export.isalnum()
        assert len(question.export) <= 20
        for answer in question.categories:
            assert answer.export.isalnum()
            assert len(answer.export) <= 5


def test_kinderopvang_is_merged_with_the_others_where_the_monitor_does(srs: Questionnaire) -> None:
    merged = srs.breakdown("branche_samengevoegd")
    assert [group.code for group in merged.groups] == [
        "ziekenhuizen",
        "ggz",
        "gehandicaptenzorg",
        "vvt",
        "huisartsenzorg",
        "sociaal_werk",
        "jeugdzorg",
        "overige_kinderopvang",
    ]
    assert merged.group("overige_kinderopvang").of == ("kinderopvang", "overige")


def test_every_pijler_but_the_programme_itself_has_an_aim(srs: Questionnaire) -> None:
    assert [pijler.id for pijler in srs.pijlers] == [
        "algemeen",
        "basis",
        "kiezen_toeleiden",
        "leren_opleiden",
        "werken_behoud",
        "innoveren",
    ]
    assert [pijler.id for pijler in srs.pijlers if not pijler.aim] == ["algemeen"]
