"""The codebook: one row per answer."""

from srsmeting.questionnaire import Questionnaire


def test_one_row_per_question_item_and_answer(small: Questionnaire) -> None:
    book = small.to_frame()
    # regio 3, cijfer 10 + 1 sum, krant 3 + 1 sum, effect 3, inzet 2 items of 3 answers, lezers 1, wens 1
    assert book.groupby("question", sort=False).size().to_dict() == {
        "regio": 3,
        "cijfer": 11,
        "krant": 4,
        "effect": 3,
        "inzet": 6,
        "lezers": 1,
        "wens": 1,
    }
    assert not book.isna().to_numpy().any()


def test_what_a_row_says(small: Questionnaire) -> None:
    book = small.to_frame()
    assert book[book["question"] == "krant"].iloc[3].to_dict() == {
        "question": "krant",
        "export": "krant",
        "kind": "single",
        "title": "Krant",
        "text": "Kent u de krant?",
        "pijler": "basis",
        "fase": "bereik",
        "exhibit": "",
        "asked_if": "",
        "asked_of": "alle respondenten",
        "item": "",
        "item_export": "",
        "item_label": "",
        "category": "samen",
        "category_export": "",
        "category_label": "Samen",
        "category_kind": "sum",
        "sum_of": "inhoud gehoord",
    }
    row = book[book["question"] == "inzet"].iloc[5]
    assert row[["item", "item_export", "item_label"]].tolist() == ["rekenen", "rekenen", "Rekenen"]
    assert row[["category", "category_export", "category_kind"]].tolist() == ["weet_niet", "weet_niet", "dont_know"]
    assert book.iloc[-1]["asked_if"] == "selected(effect, meer) or inzet.lezen == ja"
