"""A planted case for each kind of row, with what a statistician would defend: what is compared, on which base, or not."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from srsmeting.crosswalk import common_ground, harmonise
from srsmeting.errors import UnknownNameError
from srsmeting.responses import Responses

Make = Callable[..., Any]


def shares(responses: Responses, question: str) -> dict[str, tuple[int, int]]:
    """Count the answers to a question, each with its base: who answered, and counts."""
    asked = responses.questionnaire.question(question)
    answered = responses.answered(question)
    if asked.kind == "multiple":
        ticked = responses.ticked(question)[answered]
        return {code: (int(ticked[:, n].sum()), int(answered.sum())) for n, code in enumerate(asked.codes)}
    codes = responses.codes(question)
    base = sum(int((codes == n).sum()) for n, code in enumerate(asked.codes) if asked.in_base(code))
    return {code: (int((codes == n).sum()), base) for n, code in enumerate(asked.codes)}


def test_same_is_compared_as_it_is(draft: Make, responses: Make) -> None:
    crosswalk = draft().read()
    before = responses(
        crosswalk.earlier, bekend=["inhoud", "inhoud", "niet", "weet_niet", None], fte=[8, 9, 10, None, 1]
    )

    same = harmonise(before, crosswalk)

    assert crosswalk.verdict("bekend", "inhoud") == ("yes", "")
    assert shares(same, "bekend") == {"inhoud": (2, 3), "gehoord": (0, 3), "niet": (1, 3), "weet_niet": (1, 3)}
    assert same.answers["fte"].tolist()[:3] == [8, 9, 10]
    assert same.questionnaire.meting == "mini-2021"


def test_renamed_goes_by_its_later_name(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(
            ("id: fte", "id: omvang"), ("code: zuid", "code: zuidelijk"), ("label: Noord}", "label: Noord-Nederland}")
        )
        .decide("fte -> omvang: renamed, yes", "wgo/noord -> wgo/noord: renamed, yes")
        .read()
    )
    before = responses(crosswalk.earlier, wgo=["noord", "zuid", "zuid"], fte=[8, 9, None])

    renamed = harmonise(before, crosswalk)

    assert crosswalk.question("omvang").orig_id == "fte"
    assert crosswalk.category("wgo", "zuidelijk") == ("zuid",)
    assert renamed.answers["omvang"].tolist()[:2] == [8, 9]
    assert renamed.status["omvang"].tolist() == [0, 0, 1]
    assert shares(renamed, "wgo") == {"noord": (1, 3), "zuidelijk": (2, 3), "oost": (0, 3)}
    assert renamed.questionnaire.breakdown("wgo").labels["noord"] == "Noord-Nederland"


MERGED = ("{code: zuid, label: Zuid}, {code: oost, label: Oost}", "{code: zuidoost, label: Zuidoost}")


def merged(draft: Make) -> Any:
    work = draft(MERGED).decide("wgo -> wgo: same, yes").without("wgo/zuid", "wgo/oost", "-> wgo/zuidoost")
    return work.add("wgo/zuid -> wgo/zuidoost: merged, yes", "wgo/oost -> wgo/zuidoost: merged, yes").read()


def test_merged_answers_are_one_answer_in_the_earlier_year_too(draft: Make, responses: Make) -> None:
    crosswalk = merged(draft)
    before = harmonise(responses(crosswalk.earlier, wgo=["noord", "zuid", "zuid", "oost", None]), crosswalk)
    now = harmonise(responses(crosswalk.later, wgo=["noord", "zuidoost"]), crosswalk)

    # 2 of Zuid and 1 of Oost are 3 of Zuidoost, of the 4 who answered.
    assert shares(before, "wgo") == {"noord": (1, 4), "zuidoost": (3, 4)}
    assert shares(now, "wgo") == {"noord": (1, 2), "zuidoost": (1, 2)}
    assert crosswalk.category("wgo", "zuidoost") == ("zuid", "oost")
    assert [(pair.orig, pair.target, pair.kind) for pair in crosswalk.groups("wgo")] == [
        (("noord",), ("noord",), "same"),
        (("zuid", "oost"), ("zuidoost",), "merged"),
    ]
    # A frame with the old codes goes the same way.
    assert common_ground(crosswalk).codes("wgo", "mini-2021") == {
        "noord": "noord",
        "zuid": "zuidoost",
        "oost": "zuidoost",
    }
    assert crosswalk.set_apart().empty


def test_of_merged_options_one_ticked_is_enough(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(
            ("{code: beleid, label: Beleid}, {code: inzicht, label: Inzicht}", "{code: iets, label: Beleid of inzicht}")
        )
        .without("effect/beleid", "effect/inzicht", "-> effect/iets")
        .add("effect/beleid -> effect/iets: merged, yes", "effect/inzicht -> effect/iets: merged, yes")
        .decide("effect -> effect: same, yes")
        .read()
    )
    given = [["beleid"], ["beleid", "inzicht"], ["inzicht"], ["geen"], ""]

    before = harmonise(responses(crosswalk.earlier, effect=given), crosswalk)

    # Three persons ticked the one or the other or both, not four.
    assert shares(before, "effect") == {"iets": (3, 4), "geen": (1, 4)}


def test_what_was_split_is_compared_as_the_whole_that_it_was(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(("{code: vvt, label: VVT}", "{code: vvt, label: VVT}, {code: wijk, label: Wijkverpleging}"))
        .decide("branche -> branche: same, yes")
        .without("branche/vvt", "-> branche/wijk")
        .add("branche/vvt -> branche/vvt: split, yes", "branche/vvt -> branche/wijk: split, yes")
        .read()
    )
    common = common_ground(crosswalk)
    before = harmonise(responses(crosswalk.earlier, branche=["vvt", "vvt", "ggz"]), common)
    now = harmonise(responses(crosswalk.later, branche=["vvt", "wijk", "wijk", "ggz"]), common)

    # The later VVT is a part of the earlier one: the whole cannot bear its name.
    assert shares(before, "branche") == {"vvt_wijk": (2, 3), "ggz": (1, 3), "jeugd": (0, 3)}
    assert shares(now, "branche") == {"vvt_wijk": (3, 4), "ggz": (1, 4), "jeugd": (0, 4)}
    assert common.questionnaire.question("branche").labels["vvt_wijk"] == "VVT en Wijkverpleging"
    assert common.verdict("branche", "vvt_wijk") == ("yes", "")
    assert crosswalk.category("branche", "wijk") == ("vvt",)
    # So in a grouping in which both stand as they are.
    grouping = common.questionnaire.breakdown("branche_grof")
    assert [(group.code, group.of) for group in grouping.groups] == [
        ("vvt_wijk", ("vvt_wijk",)),
        ("rest", ("ggz", "jeugd")),
    ]
    assert common.codes("branche_grof", "mini-2022") == {"vvt": "vvt_wijk", "wijk": "vvt_wijk", "rest": "rest"}


def test_a_split_into_answers_with_names_of_their_own_keeps_the_name_of_the_whole(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(("{code: vvt, label: VVT}", "{code: verpleging, label: Verpleging}, {code: thuiszorg, label: Thuiszorg}"))
        .decide("branche -> branche: same, yes")
        .without("branche/vvt", "-> branche/verpleging", "-> branche/thuiszorg")
        .add("branche/vvt -> branche/verpleging: split, yes", "branche/vvt -> branche/thuiszorg: split, yes")
        .read()
    )

    now = harmonise(responses(crosswalk.later, branche=["verpleging", "thuiszorg", "ggz"]), crosswalk)

    assert shares(now, "branche") == {"vvt": (2, 3), "ggz": (1, 3), "jeugd": (0, 3)}


REWORDED = ("Kent u het", "Bent u bekend met het")


def test_a_changed_wording_breaks_the_series_and_what_is_asked_after_it(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(REWORDED)
        .decide(
            "bekend -> bekend: wording_changed, break (De vraag is anders gesteld.)",
            "effect -> effect: base_changed, break (Wie het onderzoek kent, is anders gevraagd.)",
        )
        .read()
    )
    common = common_ground(crosswalk)

    assert crosswalk.verdict("bekend") == ("break", "De vraag is anders gesteld.")
    assert crosswalk.verdict("bekend", "samen") == ("break", "De vraag is anders gesteld.")
    assert [question.id for question in common.questionnaire.questions] == [
        "wgo",
        "branche",
        "cijfer",
        "impact",
        "fte",
        "idee",
    ]
    assert crosswalk.set_apart().drop(columns="label").to_numpy().tolist() == [
        ["question", "bekend", "", "bekend", "", "wording_changed", "break", "De vraag is anders gesteld."],
        [
            "question",
            "effect",
            "",
            "effect",
            "",
            "base_changed",
            "break",
            "Wie het onderzoek kent, is anders gevraagd.",
        ],
    ]
    with pytest.raises(UnknownNameError) as caught:
        harmonise(responses(crosswalk.later, wgo=["noord"]), crosswalk).codes("bekend")
    assert str(caught.value).startswith("questionnaire 'mini-2022': no question 'bekend'.")


def test_a_changed_wording_that_is_declared_comparable_is_compared_with_its_reason(draft: Make) -> None:
    crosswalk = (
        draft(REWORDED)
        .decide("bekend -> bekend: wording_changed, yes (Alleen de aanhef is anders.)", "effect -> effect: same, yes")
        .read()
    )

    assert crosswalk.verdict("bekend", "inhoud") == ("yes", "Alleen de aanhef is anders.")
    assert common_ground(crosswalk).questionnaire.explain("effect") == "respondenten die het onderzoek kennen"


def test_a_changed_label_breaks_that_answer_only(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(("label: Van gehoord", "label: Weleens iets van gezien"))
        .decide(
            "bekend/gehoord -> bekend/gehoord: wording_changed, break (Ruimer omschreven.)",
            "bekend/samen -> bekend/samen: same, break (Ruimer omschreven.)",
        )
        .read()
    )
    common = common_ground(crosswalk)
    before = harmonise(responses(crosswalk.earlier, bekend=["inhoud", "gehoord", "niet"]), common)

    assert common.verdict("bekend", "inhoud") == ("yes", "")
    assert common.verdict("bekend", "gehoord") == ("break", "Ruimer omschreven.")
    # It still counts in the base of the others.
    assert shares(before, "bekend")["inhoud"] == (1, 3)
    assert crosswalk.set_apart()["val_code_target"].tolist() == ["gehoord", "samen"]


def test_a_changed_base_is_no_change_of_answers(draft: Make) -> None:
    change = ("bekend == inhoud", "bekend in [inhoud, gehoord]")
    reason = "Ook wie er alleen van hoorde, kreeg de vraag."
    crosswalk = draft(change).decide(f"effect -> effect: base_changed, no ({reason})").read()

    assert crosswalk.verdict("effect", "beleid") == ("no", reason)
    assert "effect" not in common_ground(crosswalk).pairings


def test_a_new_answer_is_not_compared_and_leaves_the_base_of_the_others_alone(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(("label: Niet bekend}", "label: Niet bekend}\n      - {code: anders, label: Anders}"))
        .decide(
            "bekend -> bekend: same, yes (Wie anders antwoordt, antwoordde eerst niet.)", "-> bekend/anders: new, no"
        )
        .decide("effect -> effect: same, yes")
        .read()
    )
    common = common_ground(crosswalk)
    before = harmonise(responses(crosswalk.earlier, bekend=["inhoud", "niet"]), common)
    now = harmonise(responses(crosswalk.later, bekend=["inhoud", "anders", "anders"]), common)

    assert (shares(before, "bekend")["inhoud"], shares(now, "bekend")["inhoud"]) == ((1, 2), (1, 3))
    assert common.verdict("bekend", "anders") == ("no", "")
    assert crosswalk.category("bekend", "anders") == ()
    assert crosswalk.set_apart()[["level", "label", "kind", "comparable"]].to_numpy().tolist() == [
        ["answer", "Anders", "new", "no"]
    ]


def test_a_dropped_answer_still_counts_in_the_earlier_base(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(("      - {code: niet, label: Niet bekend}\n", ""))
        .decide(
            "bekend -> bekend: same, yes (Bijna niemand koos het.)",
            "bekend/niet -> : dropped, no",
            "effect -> effect: same, yes",
        )
        .read()
    )
    common = common_ground(crosswalk)
    before = harmonise(responses(crosswalk.earlier, bekend=["inhoud", "niet", "niet", "weet_niet"]), common)

    # 1 of 3, as it was published; not 1 of 1.
    assert shares(before, "bekend")["inhoud"] == (1, 3)
    assert common.verdict("bekend", "niet") == ("no", "")


def test_a_dropped_answer_whose_code_means_something_else_now_gets_another(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(("{code: niet, label: Niet bekend}", "{code: niet, label: Niet van toepassing}"))
        .without("bekend/niet")
        .add("bekend/niet -> : dropped, no", "-> bekend/niet: new, no")
        .decide("bekend -> bekend: same, yes (Beide komen weinig voor.)", "effect -> effect: same, yes")
        .read()
    )

    before = harmonise(responses(crosswalk.earlier, bekend=["inhoud", "niet"]), crosswalk)

    assert shares(before, "bekend") == {
        "inhoud": (1, 2),
        "gehoord": (0, 2),
        "niet": (0, 2),
        "weet_niet": (0, 2),
        "niet_eerder": (1, 2),
    }


def test_new_and_dropped_questions_and_statements_are_left_out(draft: Make, responses: Make) -> None:
    crosswalk = (
        draft(
            ("id: beter, label: Het is beter", "id: sneller, label: Snel"),
            ("id: fte", "id: banen"),
            ('"Hoeveel fte?"', '"Banen?"'),
        )
        .decide(
            "impact.beter -> : dropped, no", "-> impact.sneller: new, no", "fte -> : dropped, no", "-> banen: new, no"
        )
        .read()
    )

    before = harmonise(
        responses(crosswalk.earlier, impact_meer=["eens", "oneens"], impact_beter=["eens", "eens"]), crosswalk
    )

    assert [item.id for item in before.questionnaire.question("impact").items] == ["meer"]
    assert before.codes("impact", "meer").tolist() == [0, 1]
    assert crosswalk.question("banen") is None
    assert crosswalk.statement("impact", "sneller") is None
    assert crosswalk.verdict("impact", item="sneller") == ("no", "")
    assert crosswalk.verdict("impact", "eens", "meer") == ("yes", "")
    assert crosswalk.set_apart()[["level", "var_name_orig", "var_name_target", "kind"]].to_numpy().tolist() == [
        ["statement", "impact.beter", "", "dropped"],
        ["statement", "", "impact.sneller", "new"],
        ["question", "fte", "", "dropped"],
        ["question", "", "banen", "new"],
    ]


def test_marks_on_another_scale_are_not_compared(draft: Make) -> None:
    crosswalk = (
        draft(("[1, 10]", "[0, 10]")).decide("cijfer -> cijfer: wording_changed, break (Nul mag nu ook.)").read()
    )

    assert crosswalk.verdict("cijfer") == ("break", "Nul mag nu ook.")
    assert crosswalk.category("cijfer", "7") == ()
    assert "cijfer" not in common_ground(crosswalk).pairings


def test_a_sum_can_be_compared_where_its_parts_cannot_if_somebody_says_why(draft: Make, responses: Make) -> None:
    reason = "De grens tussen beide ligt anders."
    made = draft(("label: Ken ik", "label: Ken ik goed"), ("label: Van gehoord", "label: Ken ik een beetje")).decide(
        f"bekend/inhoud -> bekend/inhoud: wording_changed, break ({reason})",
        f"bekend/gehoord -> bekend/gehoord: wording_changed, break ({reason})",
        "bekend/samen -> bekend/samen: same, yes",
        f"effect -> effect: base_changed, break ({reason})",
    )
    line, part = (made.line(f"bekend/{code} -> bekend/{code}") for code in ("samen", "inhoud"))
    assert made.refused() == (
        f"crosswalk.csv:{line}: 'samen' of 'bekend': is declared comparable, and 'inhoud' of 'bekend', of which it is "
        f"made, is not (line {part}). Write why it can be compared all the same, or 'break' or 'no'."
    )
    made.decide("bekend/samen -> bekend/samen: same, yes (Samen is het hetzelfde.)")
    common = common_ground(made.read())

    assert common.verdict("bekend", "samen")[0] == "yes"
    assert common.verdict("bekend", "inhoud") == ("break", reason)
    assert [(sum.code, sum.of) for sum in common.questionnaire.question("bekend").sums] == [
        ("samen", ("inhoud", "gehoord"))
    ]


def test_a_grouping_takes_up_what_became_of_its_answers(draft: Make, responses: Make) -> None:
    changes = [
        ("{code: ggz, label: Ggz}, {code: jeugd, label: Jeugdzorg}", "{code: geestelijk, label: Ggz en jeugdzorg}"),
        ("of: [ggz, jeugd]", "of: [geestelijk]"),
    ]
    crosswalk = (
        draft(*changes)
        .without("branche/ggz", "branche/jeugd", "-> branche/geestelijk")
        .add("branche/ggz -> branche/geestelijk: merged, yes", "branche/jeugd -> branche/geestelijk: merged, yes")
        .decide("branche -> branche: same, yes", "branche_grof/rest -> branche_grof/rest: same, yes")
        .read()
    )
    before = harmonise(responses(crosswalk.earlier, branche=["vvt", "ggz", "jeugd"]), crosswalk)

    positions, breakdown = before.breakdown("branche_grof")
    assert [group.code for group in breakdown.groups] == ["vvt", "rest"]
    assert positions.tolist() == [0, 1, 1]
    assert crosswalk.verdict("branche_grof", "rest") == ("yes", "")


def test_a_group_of_other_answers_is_not_compared(draft: Make) -> None:
    crosswalk = draft(("of: [ggz, jeugd]}", "of: [ggz, vvt]}")).read()

    assert crosswalk.verdict("branche_grof", "rest") == ("no", "")
    # Youth care stands apart now; that it was in another group before is no matter to who they are.
    assert crosswalk.verdict("branche_grof", "jeugd") == ("yes", "")


def test_merged_themes_are_told(draft: Make) -> None:
    change = (
        "{code: behoud, label: Behoud, definition: Wie er werkt.}, {code: imago, label: Imago}",
        "{code: alles, label: Alles}",
    )
    crosswalk = (
        draft(change)
        .without("idee/behoud", "idee/imago", "-> idee/alles")
        .add("idee/behoud -> idee/alles: merged, yes", "idee/imago -> idee/alles: merged, yes")
        .read()
    )

    assert crosswalk.category("idee", "alles") == ("behoud", "imago")


def test_a_figure_of_a_group_is_as_comparable_as_its_group(draft: Make) -> None:
    crosswalk = (
        draft(("label: Noord}", "label: Noord en eilanden}"))
        .decide("wgo/noord -> wgo/noord: wording_changed, break (De eilanden kwamen erbij.)")
        .read()
    )
    rows = [
        ("bekend", "inhoud", "", "", ""),
        ("bekend", "inhoud", "", "wgo", "noord"),
        ("bekend", "inhoud", "", "wgo", "zuid"),
        ("impact", "eens", "meer", "wgo*branche", "noord*vvt"),
        ("impact", "eens", "meer", "wgo*branche", "zuid*vvt"),
        ("", "", "", "wgo", "noord"),
        ("", "", "", "wgo+branche", ""),
        ("wgo", "noord", "", "", ""),
        ("cijfer", "", "", "branche_grof", "rest"),
    ]
    frame = pd.DataFrame(rows, columns=["question", "category", "item", "by", "group"], index=range(5, 14))

    verdicts = common_ground(crosswalk).verdicts(frame)

    broken = ("break", "De eilanden kwamen erbij.")
    told = [tuple(row) for row in verdicts.to_numpy().tolist()]
    assert told == [("yes", ""), broken, ("yes", ""), broken, ("yes", ""), broken, ("yes", ""), broken, ("yes", "")]
    assert verdicts.index.tolist() == list(range(5, 14))


def test_a_name_that_is_not_there_is_an_error(draft: Make, responses: Make, questionnaire: Make) -> None:
    crosswalk = draft().read()

    for asked, told in (
        (
            lambda: crosswalk.question("bekent"),
            "questionnaire 'mini-2022': no question 'bekent'. Did you mean 'bekend'?",
        ),
        (lambda: crosswalk.verdict("bekend", "inhout"), "question 'bekend': no code 'inhout'. Did you mean 'inhoud'?"),
        (
            lambda: crosswalk.verdict("branche_grof", "res"),
            "breakdown 'branche_grof': no group 'res'. Did you mean 'rest'?",
        ),
        (lambda: crosswalk.groups("wg"), "questionnaire 'mini-2022': no breakdown 'wg'. Did you mean 'wgo'?"),
        (
            lambda: common_ground(crosswalk).codes("wg", "mini-2021"),
            "crosswalk: no comparable question or grouping 'wg'. Did you mean 'wgo'?",
        ),
        (
            lambda: harmonise(responses(questionnaire(meting="mini-2023"), wgo=["noord"]), crosswalk),
            "crosswalk: no measurement 'mini-2023'. Did you mean 'mini-2022'? Known: 'mini-2021', 'mini-2022'.",
        ),
    ):
        with pytest.raises(UnknownNameError) as caught:
            asked()
        assert str(caught.value).startswith(told)
