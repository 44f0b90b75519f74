"""``coded.csv``: checked against the codebook and the export, and counted."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from srsmeting.checking import check_meting
from srsmeting.errors import CodingError, ConfigurationError
from srsmeting.estimation.audit import audit_estimates
from srsmeting.meting import load_meting
from srsmeting.questionnaire import load_questionnaire
from srsmeting.running import run_meting
from srsmeting.themes import read_coded

CODES = """\
1,idee,bijeenkomst
2,idee,geen
3,idee,nieuwsbrief
4,idee,nieuwsbrief
4,idee,bijeenkomst
5,idee,geen
6,idee,nieuwsbrief
7,idee,bijeenkomst
8,idee,bijeenkomst
9,idee,kosten
"""


def name(folder: Path, *lines: str) -> None:
    config = folder / "meting.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def write(folder: Path, codes: str = CODES) -> Path:
    if "coded:" not in (folder / "meting.yaml").read_text(encoding="utf-8"):
        name(folder, "coded: coded.csv")
    path = folder / "coded.csv"
    path.write_text("respondent,question,theme\n" + codes, encoding="utf-8")
    return path


def counts(folder: Path) -> pd.DataFrame:
    frame = run_meting(load_meting(folder)).estimates
    return frame[(frame["measure"] == "count") & (frame["question"] == "idee")].reset_index(drop=True)


def told(folder: Path) -> list[list[object]]:
    rows = counts(folder)[["category", "numerator", "denominator", "status", "reason"]].astype(object)
    return rows.where(rows.notna(), None).to_numpy().tolist()


def said(folder: Path) -> list[str]:
    with pytest.raises(CodingError) as caught:
        run_meting(load_meting(folder))
    return str(caught.value).splitlines()


COUNTED = [
    # 1, 4, 7 and 8; 3, 4 and 6; of the nine who wrote something.
    ["bijeenkomst", 4, 9, "A", ""],
    ["nieuwsbrief", 3, 9, "A", ""],
    ["kosten", None, None, "Q", "small_count"],
]


def test_mentions_are_counted_among_those_who_answered(folder: Path) -> None:
    write(folder)

    assert told(folder) == COUNTED
    meting = load_meting(folder)
    rules = meting.config.publication.rules(meting.questionnaire, ["wgo"])
    assert audit_estimates(run_meting(meting).estimates, meting.questionnaire, rules).empty


def test_pseudonyms_count_as_ids_do(folder: Path, salt: Path, names: dict[str, str]) -> None:
    pseudonymous = "".join(f"{names[line[0]]}{line[1:]}\n" for line in CODES.splitlines())

    write(folder, pseudonymous)
    assert told(folder) == COUNTED


def test_without_the_salt_the_number_of_answers_is_compared(folder: Path, salt: Path, names: dict[str, str]) -> None:
    lines = [f"{names[line[0]]}{line[1:]}\n" for line in CODES.splitlines()]
    salt.unlink()
    write(folder, "".join(lines))
    assert told(folder) == COUNTED

    write(folder, "".join(lines[:-1]))
    assert said(folder) == [
        "coded.csv: codes 8 answers to 'idee', and export.csv has 9. Export the answers again, code them, and import "
        "them."
    ]


def test_another_salt_is_told_once(folder: Path, salt: Path, names: dict[str, str]) -> None:
    write(folder, "".join(f"{names[line[0]]}{line[1:]}\n" for line in CODES.splitlines()))
    salt.write_bytes(b"another salt of these tests")

    assert said(folder) == [
        "coded.csv: none of its 9 pseudonyms is of a respondent in export.csv: they were made with another salt. "
        "Name the file with that salt in SRSMETING_SALT."
    ]


def test_codes_of_who_does_not_count_do_not_count_either(folder: Path) -> None:
    # Number 11 did not finish; number 6 is set aside by hand.
    write(folder, CODES + "11,idee,kosten\n")
    name(folder, "corrections: corrections.yaml")
    (folder / "corrections.yaml").write_text(
        "set_aside:\n  - {respondent: '6', reason: dubbel, date: 2026-03-03}\n", encoding="utf-8"
    )

    assert told(folder) == [
        ["bijeenkomst", 4, 8, "A", ""],
        ["nieuwsbrief", 2, 8, "A", ""],
        ["kosten", None, None, "Q", "small_count"],
    ]


def test_answers_and_codes_are_the_same(folder: Path) -> None:
    again = "Export the answers again, code them, and import them."
    write(folder, CODES.replace("1,idee,bijeenkomst\n", "").replace("2,idee,geen\n", "10,idee,geen\n99,idee,geen\n"))

    assert said(folder) == [
        f"coded.csv:2: respondent '10' gave no answer to 'idee' that counts. {again}",
        f"coded.csv:3: respondent '99' is not in export.csv. {again}",
        f"coded.csv: 2 answers to 'idee' are not coded, the first that of respondent '1'. {again}",
    ]


def test_weighted_figures_have_the_same_counts(folder: Path) -> None:
    write(folder)
    name(folder, "weights: {margins: [wgo]}")
    config = folder / "meting.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("breakdowns: [wgo]", "breakdowns: []"), encoding="utf-8"
    )

    assert told(folder) == COUNTED


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ("1,idee,kostn\n", "coded.csv:2: no code 'kostn' for question 'idee'. Did you mean 'kosten'? "
         "Known: 'bijeenkomst', 'nieuwsbrief', 'kosten', 'ander', 'geen'."),
        ("1,bekend,kosten\n2,bekend,kosten\n", "coded.csv:2: no question with themes 'bekend'. Known: 'idee'."),
        ("1,idee,kosten\n1,idee,kosten\n", "coded.csv:3: respondent '1' has code 'kosten' twice for question 'idee'. "
         "Remove this row."),
        ("1,idee,kosten\n1,idee,geen\n", "coded.csv:3: respondent '1' has both 'kosten' and 'geen' for question "
         "'idee', and one of them says that no theme fits. Keep one."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_named_with_its_line(folder: Path, codes: str, message: str) -> None:
    path = write(folder, codes)

    with pytest.raises(CodingError) as caught:
        read_coded(path, load_questionnaire(folder / "questionnaire.yaml"))
    assert str(caught.value) == message


def test_other_columns_are_no_codes(folder: Path) -> None:
    path = write(folder)
    path.write_text("id,theme\n1,kosten\n", encoding="utf-8")

    with pytest.raises(CodingError) as caught:
        read_coded(path, load_questionnaire(folder / "questionnaire.yaml"))
    assert str(caught.value) == (
        "coded.csv:1: the columns are id, theme. A file of coded answers has respondent, question, theme."
    )


def test_codes_need_an_export(folder: Path) -> None:
    write(folder)
    config = folder / "meting.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("export: export.csv", "estimates: coded.csv"), encoding="utf-8"
    )

    with pytest.raises(ConfigurationError) as caught:
        load_meting(folder)
    assert str(caught.value) == "meting.yaml:12: coded: needs 'export', which has the answers. Add it."


def test_codes_are_sealed_with_the_other_files(folder: Path) -> None:
    path = write(folder)
    check_meting(load_meting(folder), seal=True)
    path.write_text(path.read_text(encoding="utf-8").replace("9,idee,kosten", "9,idee,geen"), encoding="utf-8")

    findings = check_meting(load_meting(folder)).report.findings
    assert findings.loc[findings["check"] == "file_changed", "message"].tolist() == [
        "coded.csv (coded) is veranderd sinds het in manifest.yaml is vastgelegd: 195 bytes, dat waren er 197. "
        "Klopt dit, leg de bestanden dan opnieuw vast: `srsmeting check --seal`."
    ]


def test_a_question_that_nobody_answered_needs_no_codes(folder: Path) -> None:
    export = folder / "export.csv"
    with export.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    # The open question is the last column.
    emptied = [rows[0], *([*row[:-1], ""] for row in rows[1:])]
    with export.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(emptied)
    write(folder, "")

    assert told(folder) == [[theme, 0, 0, "O", "no_base"] for theme in ("bijeenkomst", "nieuwsbrief", "kosten")]
