"""A crosswalk that leaves something to guess is refused, with every fault at once."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from srsmeting.crosswalk import read_crosswalk
from srsmeting.crosswalk.rows import COMPARABLE
from srsmeting.crosswalk.rows import KINDS as KINDS_OF_ROWS
from srsmeting.errors import CrosswalkError

Make = Callable[..., Any]

MERGED = ("{code: zuid, label: Zuid}, {code: oost, label: Oost}", "{code: zuidoost, label: Zuidoost}")
REWORDED = ("Kent u het", "Bent u bekend met het")
OTHER_RANGE = ("[1, 10]", "[0, 10]")
GAINED = ("label: Beleid}", "label: Beleid}, {code: scholing, label: Scholing}")
KINDS = "'same', 'renamed', 'merged', 'split', 'wording_changed', 'base_changed', 'new', 'dropped'"


def test_what_is_open_is_refused_with_what_there_is_to_decide(draft: Make) -> None:
    work = draft(REWORDED, ("label: Noord}", "label: Noord-Nederland}"))

    assert work.refused() == (
        "crosswalk.csv:3: 'noord' of 'wgo': 'kind' and 'comparable' are still open. Decide: the label differs: 'renamed' where it means the same, else 'wording_changed'.\n"
        "crosswalk.csv:12: 'bekend': 'comparable' is still open. Decide: the text differs: can the answers be compared all the same, and why.\n"
        "crosswalk.csv:18: 'effect': 'comparable' is still open. Decide: who is asked follows from 'bekend', which is not certain: decide that first."
    )


def test_the_question_of_a_proposal_is_no_reason(draft: Make) -> None:
    work = draft(REWORDED).decide(
        "bekend -> bekend: wording_changed, yes (? the text differs)", "effect -> effect: same, yes"
    )

    assert work.refused() == (
        "crosswalk.csv:31: 'bekend': 'reason' is still the question of the proposal. Write the reason, or leave it empty: the text differs."
    )


def test_two_answers_to_one_must_be_said_to_be_merged(draft: Make) -> None:
    work = draft(MERGED).decide("wgo -> wgo: same, yes").without("wgo/zuid", "wgo/oost", "-> wgo/zuidoost")
    work.add("wgo/zuid -> wgo/zuidoost: renamed, yes", "wgo/oost -> wgo/zuidoost: renamed, yes")

    assert work.refused() == (
        "crosswalk.csv:31: 'zuid' of 'wgo' and 'oost' of 'wgo' both go to 'zuidoost' of 'wgo', but line 31 says 'renamed'. "
        "Write 'merged' at each, or correct the codes."
    )


def test_one_answer_to_two_must_be_said_to_be_split(draft: Make) -> None:
    work = draft(("{code: zuid, label: Zuid}", "{code: zuid, label: Zuid}, {code: zuidwest, label: Zuidwest}"))
    work.decide("wgo -> wgo: same, yes").without("-> wgo/zuidwest").add("wgo/zuid -> wgo/zuidwest: renamed, yes")

    assert work.refused() == (
        "crosswalk.csv:3: 'zuid' of 'wgo' goes to 'zuid' of 'wgo' and 'zuidwest' of 'wgo', but line 3 says 'same'. "
        "Write 'split' at each, or correct the codes."
    )


@pytest.mark.parametrize(
    ("changes", "decided", "added", "told"),
    [
        pytest.param(
            [],
            ["wgo/zuid -> wgo/zuid: merged, yes"],
            [],
            ["32: 'zuid' of 'wgo': is merged, but nothing else goes to 'zuid' of 'wgo'. Add the others, or write what became of it."],
            id="merged with nothing",
        ),
        pytest.param(
            [],
            ["wgo/zuid -> wgo/zuid: split, yes"],
            [],
            ["32: 'zuid' of 'wgo': is split, but nothing else comes of 'zuid' of 'wgo'. Add the others, or write what became of it."],
            id="split into one",
        ),
        pytest.param(
            [],
            ["wgo/zuid -> wgo/zuid: split, yes", "wgo/oost -> wgo/oost: merged, yes"],
            ["wgo/zuid -> wgo/oost: split, yes"],
            [
                "33: 'oost' of 'wgo' and 'zuid' of 'wgo' both go to 'oost' of 'wgo', and line 33 is part of a split too. "
                "What is compared cannot be told apart then: write 'dropped' and 'new'."
            ],
            id="part of a merge and of a split",
        ),
        pytest.param(
            [], [], ["wgo/zuid -> wgo/zuid: same, yes"], ["33: 'zuid' of 'wgo': stands on line 4 already. Keep one of the two."], id="twice"
        ),
        pytest.param(
            [],
            [],
            ["wgo/zuid -> : dropped, no"],
            ["33: 'zuid' of 'wgo': is dropped, and line 4 says what it goes with. Keep one of the two."],
            id="dropped and there",
        ),
        pytest.param(
            [],
            ["wgo/noord -> branche/vvt: renamed, yes"],
            [],
            [
                "31: 'noord' of 'wgo': goes to 'vvt' of 'branche', and line 2 says that 'wgo' goes to 'wgo'.",
                " leaves out 'vvt' of 'branche' in mini-2021. Add a row.",
                " leaves out 'noord' of 'wgo' in mini-2022. Add a row.",
            ],
            id="answer to another question",
        ),
        pytest.param(
            [],
            ["wgo/zuidd -> wgo/zuid: renamed, yes"],
            ["bekent -> bekend: renamed, yes"],
            [
                "32: 'zuidd' of 'wgo': 'wgo' of mini-2021 has no 'zuidd' that needs a row. Did you mean 'zuid'? Known: 'noord', 'zuid', 'oost'.",
                "33: 'bekent': mini-2021 has no 'bekent'. Did you mean 'bekend'? Known: 'wgo', 'branche', 'cijfer', 'bekend', 'effect', "
                "'impact', 'impact.meer', 'impact.beter', 'fte', 'idee', 'branche_grof'.",
                " leaves out 'zuid' of 'wgo' in mini-2021. Add a row.",
            ],
            id="unknown names",
        ),
        pytest.param(
            [],
            [],
            ["cijfer/7 -> cijfer/7: same, yes"],
            [
                "33: '7' of 'cijfer': 'cijfer' of mini-2021 has no '7' that needs a row. Known: 'hoog'.",
                "33: '7' of 'cijfer': 'cijfer' of mini-2022 has no '7' that needs a row. Known: 'hoog'.",
            ],
            id="a mark has no row",
        ),
        pytest.param(
            [],
            ["wgo -> wgo: merged, yes", "bekend/samen -> bekend/samen: wording_changed, yes (Zo.)"],
            [],
            [
                "31: 'wgo': kind 'merged' does not go with a question. Write 'dropped' and 'new'. "
                "Known: 'same', 'renamed', 'wording_changed', 'base_changed', 'new', 'dropped'.",
                "32: 'samen' of 'bekend': kind 'wording_changed' does not go with a sum. Known: 'same', 'renamed', 'new', 'dropped'.",
            ],
            id="kind of a question and of a sum",
        ),
        pytest.param(
            [],
            ["wgo/noord -> wgo/noord: base_changed, break (Zo.)", "fte -> fte: gone, yes"],
            [],
            [
                "31: 'noord' of 'wgo': kind 'base_changed' does not go with an answer. The base belongs to the question: write it there. "
                "Known: 'same', 'renamed', 'merged', 'split', 'wording_changed', 'new', 'dropped'.",
                f"32: 'fte': no kind 'gone'. Known: {KINDS}.",
            ],
            id="kind of an answer and of nothing",
        ),
        pytest.param(
            [("Hoeveel fte?", "Hoeveel voltijdbanen?")],
            ["wgo -> wgo: same, break", "fte -> fte: wording_changed, yes", "effect -> effect: base_changed, yes"],
            [],
            [
                "30: 'wgo': comparable is 'break', and no reason is given. Write it: it is printed.",
                "31: 'fte': comparable is 'yes' though the wording changed, and no reason is given. Write why it is.",
                "32: 'effect': comparable is 'yes' though the base changed, and no reason is given. Write why it is.",
            ],
            id="no reason",
        ),
        pytest.param(
            [],
            ["wgo/zuid -> : same, yes"],
            ["-> wgo/zuid: new, break (Zo.)", "fte -> fte: new, no"],
            [
                "32: 'zuid' of 'wgo': is same, but 'var_name_target' and 'val_code_target' are empty. Fill them in, or write 'dropped'.",
                "33: 'zuid' of 'wgo': is new, so there is nothing to compare it with. Write 'no' under 'comparable'.",
                "34: 'fte': is new, and stands for 'fte' all the same. Empty 'var_name_orig' and 'val_code_orig', or write another kind.",
            ],
            id="sides that are empty or not",
        ),
        pytest.param(
            [],
            ["wgo/zuid -> wgo: renamed, yes"],
            [],
            [
                "31: 'zuid' of 'wgo': an answer cannot become a question, 'wgo'. Write 'dropped' and 'new'.",
                " leaves out question 'wgo' of mini-2021. Add a row for it and, where it is not new or dropped, for its answers.",
            ],
            id="an answer to a question",
        ),
        pytest.param(
            [REWORDED],
            ["bekend -> bekend: same, yes", "effect -> effect: same, yes"],
            [],
            [
                "31: 'bekend': is said to be 'same', but was 'Kent u het onderzoek?' and is 'Bent u bekend met het onderzoek?'. "
                "Write 'wording_changed', and whether it can be compared."
            ],
            id="another text",
        ),
        pytest.param(
            [("code: zuid,", "code: zuidelijk,")],
            [
                "bekend -> bekend: wording_changed, break (Anders gevraagd.)",
                # But for the year that it asks about.
                "cijfer -> cijfer: wording_changed, yes (Alleen het jaar.)",
                "wgo/zuid -> wgo/zuidelijk: wording_changed, yes (Een andere naam.)",
            ],
            [],
            [
                "30: 'bekend': is said to be 'wording_changed', but has the same text in both years. "
                "Write what else became of it, or 'same': that too can be 'break' or 'no', with the reason.",
                "31: 'cijfer': is said to be 'wording_changed', but has the same text in both years. "
                "Write what else became of it, or 'same': that too can be 'break' or 'no', with the reason.",
                "32: 'zuid' of 'wgo': is said to be 'wording_changed', but has the same text in both years. "
                "Write what else became of it, or 'renamed': that too can be 'break' or 'no', with the reason.",
            ],
            id="the same text",
        ),
        pytest.param(
            [("label: Noord}", "label: Noord-Nederland}")],
            ["wgo/noord -> wgo/noord: same, yes"],
            [],
            [
                "32: 'noord' of 'wgo': is said to be 'same', but was 'Noord' and is 'Noord-Nederland'. "
                "Write 'renamed' where only the name changed, or else 'wording_changed'."
            ],
            id="another label",
        ),
        pytest.param(
            [("code: zuid,", "code: zuidelijk,")],
            ["wgo/zuid -> wgo/zuidelijk: same, yes", "fte -> fte: renamed, yes"],
            [],
            [
                "31: 'zuid' of 'wgo': is called 'zuidelijk' of 'wgo' now, so it is not 'same'. Write 'renamed', or what else became of it.",
                "32: 'fte': is said to be 'renamed', and has the same name in both. Write 'same'.",
            ],
            id="another name, and the same name",
        ),
        pytest.param(
            [("bekend == inhoud", "bekend in [inhoud, gehoord]")],
            ["effect -> effect: same, yes"],
            [],
            [
                "32: 'effect': is said to be 'same', but was asked of 'bekend == inhoud' first, and of 'bekend in [inhoud, gehoord]' now. "
                "Write 'base_changed', and whether it can be compared."
            ],
            id="another base",
        ),
        pytest.param(
            [("bekend == inhoud", "bekend in [inhoud, gehoord]"), ("Wat veranderde er?", "Wat is er veranderd?")],
            ["effect -> effect: wording_changed, yes (Alleen de tijd van het werkwoord.)"],
            [],
            [
                "32: 'effect': is said to be 'wording_changed', but was asked of 'bekend == inhoud' first, and of 'bekend in [inhoud, gehoord]' now. "
                "Write 'base_changed', and whether it can be compared."
            ],
            id="another base beside another wording",
        ),
        pytest.param(
            [REWORDED],
            ["bekend -> bekend: wording_changed, break (De vraag is anders gesteld.)", "effect -> effect: same, yes"],
            [],
            [
                "32: 'effect': is said to be comparable, but who is asked follows from 'bekend', which is not (line 31). "
                "Write 'base_changed', and whether it can be compared."
            ],
            id="asked of whoever answered what cannot be compared",
        ),
        pytest.param(
            [OTHER_RANGE],
            ["cijfer -> cijfer: wording_changed, yes (Het scheelt weinig.)"],
            [],
            [
                "31: 'cijfer': had marks from 1 to 10 and has marks from 0 to 10, so nothing can be compared. "
                "Write 'break' or 'no' under 'comparable'."
            ],
            id="another range of marks",
        ),
        pytest.param(
            [OTHER_RANGE],
            ["cijfer -> cijfer: wording_changed, no (Andere cijfers.)"],
            ["cijfer/hoog -> cijfer/hoog: same, yes"],
            [
                "32: 'hoog' of 'cijfer': the answers to 'cijfer' in mini-2021 and to 'cijfer' in mini-2022 cannot be expressed in each other. "
                "Leave this row out."
            ],
            id="parts of what cannot be expressed",
        ),
        pytest.param(
            [("id: fte, kind: number", "id: fte, kind: open")],
            ["fte -> fte: same, yes"],
            [],
            ["32: 'fte': is said to be 'same', but was of kind 'number' and is of kind 'open'. Write 'wording_changed'."],
            id="another kind",
        ),
        pytest.param(
            [GAINED],
            ["effect -> effect: same, yes", "-> effect/scholing: new, no"],
            [],
            [
                "32: 'effect': 'scholing' of 'effect' is new (line 33), so the other answers may have been chosen otherwise. "
                "Write why they can be compared."
            ],
            id="one more answer",
        ),
        pytest.param(
            [("of: [inhoud, gehoord]}", "of: [inhoud, gehoord, niet]}")],
            ["bekend/samen -> bekend/samen: same, yes"],
            [],
            [
                "32: 'samen' of 'bekend': is declared comparable, but was made of 'gehoord', 'inhoud' and is made of 'gehoord', 'inhoud', 'niet', "
                "which are not the same answers. Write 'dropped' and 'new'."
            ],
            id="a sum of other answers",
        ),
        pytest.param(
            [("of: [ggz, jeugd]}", "of: [ggz, vvt]}")],
            ["branche_grof/rest -> branche_grof/rest: same, yes"],
            [],
            [
                "32: 'rest' of 'branche_grof': is declared comparable, but was made of 'ggz', 'jeugd' and is made of 'ggz', 'vvt', "
                "which are not the same answers. Write 'dropped' and 'new'."
            ],
            id="a group of other answers",
        ),
        pytest.param(
            [("  - {id: fte", "  - {id: nieuw, kind: single, title: N, text: N, pijler: basis, fase: algemeen, categories: [{code: a, label: A}, {code: b, label: B}]}\n  - {id: fte")],
            [],
            ["-> nieuw/a: new, no"],
            ["34: 'a' of 'nieuw': 'nieuw' is new as a whole (line 27). Leave this row out."],
            id="answers of what is new as a whole",
        ),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_the_repair(
    draft: Make, changes: list[tuple[str, str]], decided: list[str], added: list[str], told: list[str]
) -> None:
    assert draft(*changes).decide(*decided).add(*added).refused().splitlines() == [
        f"crosswalk.csv:{line}" for line in told
    ]


def test_what_goes_together_is_comparable_alike(draft: Make) -> None:
    work = draft(MERGED).decide("wgo -> wgo: same, yes").without("wgo/zuid", "wgo/oost", "-> wgo/zuidoost")
    work.add("wgo/zuid -> wgo/zuidoost: merged, yes", "wgo/oost -> wgo/zuidoost: merged, break (Andere grenzen.)")

    assert work.refused() == (
        "crosswalk.csv:31: 'zuid' of 'wgo' and 'oost' of 'wgo' both go to 'zuidoost' of 'wgo', and are not comparable alike. "
        "Write the same under 'comparable' at each."
    )


def test_questions_answers_and_groups_that_are_left_out_are_named(draft: Make) -> None:
    work = draft().without("fte", "wgo/zuid", "wgo/oost", "branche_grof/rest", "idee/imago", "impact.meer", "branche")

    assert work.refused().splitlines() == [
        "crosswalk.csv: leaves out question 'branche' of mini-2021. Add a row for it and, where it is not new or dropped, for its answers.",
        "crosswalk.csv: leaves out question 'fte' of mini-2021. Add a row for it and, where it is not new or dropped, for its answers.",
        "crosswalk.csv: leaves out 'zuid' and 'oost' of 'wgo' in mini-2021. Add a row for each.",
        "crosswalk.csv: leaves out 'impact.meer' of 'impact' in mini-2021. Add a row.",
        "crosswalk.csv: leaves out 'imago' of 'idee' in mini-2021. Add a row.",
        "crosswalk.csv: leaves out 'rest' of 'branche_grof' in mini-2021. Add a row.",
        "crosswalk.csv: leaves out question 'branche' of mini-2022. Add a row for it and, where it is not new or dropped, for its answers.",
        "crosswalk.csv: leaves out question 'fte' of mini-2022. Add a row for it and, where it is not new or dropped, for its answers.",
        "crosswalk.csv: leaves out 'zuid' and 'oost' of 'wgo' in mini-2022. Add a row for each.",
        "crosswalk.csv: leaves out 'impact.meer' of 'impact' in mini-2022. Add a row.",
        "crosswalk.csv: leaves out 'imago' of 'idee' in mini-2022. Add a row.",
        "crosswalk.csv: leaves out 'rest' of 'branche_grof' in mini-2022. Add a row.",
    ]


def test_a_word_that_is_none_of_the_three_is_refused(draft: Make) -> None:
    work = draft()
    text = work.write().read_text(encoding="utf-8").replace("mini-2022,fte,,,same,yes", "mini-2022,fte,,,same,ja")
    text += ",,,,,,,,same,yes,\n"
    text = text.replace(",,,,,,,,same", "mini-2021,,,,mini-2022,,,,same")
    work.path.write_text(text, encoding="utf-8")

    with pytest.raises(CrosswalkError) as caught:
        read_crosswalk(work.path, work.earlier, work.later)
    assert str(caught.value) == (
        "crosswalk.csv:27: 'fte': no comparable 'ja'. Known: 'yes', 'break', 'no'.\n"
        "crosswalk.csv:33: names nothing, neither in the earlier year nor in the later. Name it, or remove the row."
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("mini-2022", "mini-2023"),
            ":2: goes from 'mini-2021' to 'mini-2023', and was asked for from 'mini-2021' to 'mini-2022'. "
            "Name the crosswalk between these two, or correct 'meting_orig' and 'meting_target'.",
        ),
        (
            ("wgo,noord,,", "wgo,noord,Zuid,"),
            ":3: 'noord' of 'wgo': mini-2021 has 'Noord' there, and the row says 'Zuid'. Correct or empty it.\n"
            "crosswalk.csv:3: 'noord' of 'wgo': mini-2022 has 'Noord' there, and the row says 'Zuid'. Correct or empty it.",
        ),
        (
            ("wgo,noord,,mini-2022", "wgo,noord,mini-2022"),
            ":3: has 10 cells, and the heading has 11. Put a text with commas in quotes.",
        ),
        (("wgo,noord", 'wgo,"noord'), ":3: not a table that can be read (',' expected after '\"')."),
        (
            ("kind,comparable", "kind,comparible"),
            ":1: no column 'comparable'. Did you mean 'comparible'? Known: 'meting_orig', 'var_name_orig', 'val_code_orig', 'val_label_orig', "
            "'meting_target', 'var_name_target', 'val_code_target', 'val_label_target', 'kind', 'comparible', 'reason'.\n"
            "crosswalk.csv:1: a column 'comparible' is not one of a crosswalk. Did you mean 'comparable'? Known: 'meting_orig', 'var_name_orig', "
            "'val_code_orig', 'val_label_orig', 'meting_target', 'var_name_target', 'val_code_target', 'val_label_target', 'kind', 'comparable', "
            "'reason'.",
        ),
        (("reason\r\n", "reason,kind\r\n"), ":1: column 'kind' stands there twice."),
    ],
)
def test_a_table_that_is_not_one_is_refused(draft: Make, change: tuple[str, str], told: str) -> None:
    work = draft()
    text = work.write().read_bytes().decode()
    assert change[0] in text
    work.path.write_bytes(text.replace(*change).encode())

    with pytest.raises(CrosswalkError) as caught:
        read_crosswalk(work.path, work.earlier, work.later)
    assert str(caught.value) == f"crosswalk.csv{told}"


def test_a_crosswalk_the_other_way_round_is_refused(draft: Make) -> None:
    work = draft()
    text = work.write().read_text(encoding="utf-8")
    turned = text.replace("mini-2021", "?").replace("mini-2022", "mini-2021").replace("?", "mini-2022")
    work.path.write_text(turned, encoding="utf-8")

    with pytest.raises(CrosswalkError) as caught:
        read_crosswalk(work.path, work.earlier, work.later)
    assert str(caught.value) == (
        "crosswalk.csv:2: goes from 'mini-2022' to 'mini-2021', and was asked for from 'mini-2021' to 'mini-2022'. "
        "The years are in the wrong order: name the earlier one first."
    )


def test_files_that_cannot_be_read_are_told(draft: Make) -> None:
    work = draft()
    for content, told in (
        (b"", "crosswalk.csv: is empty. Run 'srsmeting crosswalk propose'."),
        ("é".encode("cp1252"), "crosswalk.csv: is not in UTF-8. Save it as 'CSV UTF-8'."),
    ):
        work.path.write_bytes(content)
        with pytest.raises(CrosswalkError) as caught:
            read_crosswalk(work.path, work.earlier, work.later)
        assert str(caught.value) == told
    with pytest.raises(CrosswalkError) as caught:
        read_crosswalk(work.path / "x.csv", work.earlier, work.later)
    assert str(caught.value) == f"{work.path / 'x.csv'}: cannot be read: Not a directory."


def test_a_file_of_a_spreadsheet_program_is_read(draft: Make) -> None:
    work = draft(REWORDED).decide(
        "bekend -> bekend: wording_changed, break (Anders, korter.)", "effect -> effect: base_changed, break (Idem.)"
    )
    frame = work.read().rows
    text = work.path.read_text(encoding="utf-8").replace('"Anders, korter."', "Anders, korter.")
    head, _, reason = "Anders, korter.".partition(",")
    text = text.replace(f"{head},{reason}", "@").replace(",", ";").replace("@", f"{head},{reason}")
    work.path.write_bytes(("\ufeff" + text).encode())

    assert read_crosswalk(work.path, work.earlier, work.later).rows.equals(frame)


def test_the_readme_tells_of_every_kind_and_word() -> None:
    section = Path("README.md").read_text(encoding="utf-8").partition("#### Say what changed in the questionnaire")[2]
    words = re.findall(r"^   \| (`.*?`) \|", section.partition("\n#")[0], re.MULTILINE)

    assert re.findall(r"`(\w+)`", " ".join(words)) == ["comparable", *COMPARABLE, "kind", *KINDS_OF_ROWS]
